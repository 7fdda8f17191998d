"""What a file does not say, asked in plain words: never more than the file needs, each with a default."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from data.intake.decimal_signs import DECIMAL_CHOICES, DECIMAL_SIGN
from data.intake.doubts import (
    HIDDEN_CHOICES,
    HIDDEN_TOTALS,
    TOTALS_OFF,
    TOTALS_OFF_CHOICES,
    ask_doubts,
)
from data.intake.drafts import TableDraft
from data.intake.model import Question, TieOut
from data.intake.relative_years import NEXT_YEAR, THIS_YEAR
from data.intake.repeats import SAME_MONEY, SAME_MONEY_CHOICES, ask_same_money
from data.intake.scales import SCALE, SCALE_CHOICES
from data.intake.twins import ask_twins
from planning.vocabulary import Basis, Side, Unit

_MOST_YEAR_QUESTIONS = 6
_RELATIVE_YEAR = re.compile(r"\b(?:prior|previous|last|past|next|ly|ny|py|history)\b", re.I)
YEAR_CONVENTION = "year_convention"
FISCAL_YEAR = "fiscal_year"
SIDE = "side"
CONVENTIONS = ("ends", "starts", "calendar")
ANSWER_CHOICES: Mapping[str, tuple[str, ...]] = {
    YEAR_CONVENTION: CONVENTIONS,
    SIDE: (str(Side.EXPENDITURE), str(Side.REVENUE)),
    SCALE: SCALE_CHOICES,
    HIDDEN_TOTALS: HIDDEN_CHOICES,
    TOTALS_OFF: TOTALS_OFF_CHOICES,
    DECIMAL_SIGN: DECIMAL_CHOICES,
    SAME_MONEY: SAME_MONEY_CHOICES,
}
"""Every question that is answered by one of a few words; fiscal years are answered by a year."""


def list_questions(tables: Sequence[TableDraft], ties: Sequence[TieOut], answers: Mapping[str, str]) -> list[Question]:
    """The questions that are still open for the counted tables."""
    return [
        *_ask_convention(tables, answers),
        *_ask_this_year(tables),
        *_ask_years([table for table in tables if not table.asks_this_year]),
        *_ask_side(tables, answers),
        *_ask_scale(tables, answers),
        *ask_twins(tables),
        *ask_same_money(tables),
        *ask_doubts(tables, ties, answers),
    ]


def has_open_question(questions: Sequence[Question]) -> bool:
    """Whether a question has no safe default."""
    return any(not question.default for question in questions)


def _ask_convention(tables: Sequence[TableDraft], answers: Mapping[str, str]) -> list[Question]:
    """A bare 2025 is the year that ends in 2025 unless the district says otherwise; a spelled-out year settles it."""
    meanings = [value.meaning for table in tables for value in table.values]
    spelled = any(meaning.years and not meaning.bare_years for meaning in meanings)
    bare = any(meaning.bare_years for meaning in meanings) or any(table.rows_bare_years for table in tables)
    if YEAR_CONVENTION in answers or spelled or not bare:
        return []
    text = "The headers name single years. Is 2025 the fiscal year that ends in 2025, starts in 2025, or is 2025?"
    return [Question(YEAR_CONVENTION, text, CONVENTIONS, "ends")]


def _ask_this_year(tables: Sequence[TableDraft]) -> list[Question]:
    """Of which year a report is that is headed by last, this and next year: its title may name this or the next."""
    table = next((table for table in tables if table.asks_this_year), None)
    if table is None:
        return []
    text = (
        f"The columns of sheet {table.sheet.name} are headed by this year and the years before and after it. "
        "Which fiscal year is this year? Write it like 2026-27."
    )
    return [Question(f"{FISCAL_YEAR}:{THIS_YEAR}", text, (), table.this_year.removeprefix("FY"))]


def _ask_years(tables: Sequence[TableDraft]) -> list[Question]:
    """One question where all columns are of one year, as far as their headers tell; else one for each."""
    undated = [
        value
        for table in tables
        for value in table.values
        if value.fiscal_year is None and value.unit is Unit.USD and not value.empty
    ]
    headers = dict.fromkeys(value.header for value in undated)
    if not headers:
        return []
    if len(headers) > _MOST_YEAR_QUESTIONS or not _may_differ_in_year(headers, {value.basis for value in undated}):
        text = "Which fiscal year are the amounts for? The file does not say. Write it like 2026-27."
        return [Question(FISCAL_YEAR, text, (), "")]
    return [
        Question(
            f"{FISCAL_YEAR}:{header}",
            f"Which fiscal year is the column “{header}” for? The file does not say. Write it like 2026-27.",
            (),
            "",
        )
        for header in headers
    ]


def _may_differ_in_year(headers: Iterable[str], bases: Set[Basis]) -> bool:
    """Whether columns without a year may be of different ones: last year's actual beside next year's proposal.

    Schools across, or the original and the revised budget beside what is spent of it, are of one year.
    """
    relative = any(_RELATIVE_YEAR.search(header.replace("_", " ")) for header in headers)
    return len(set(headers)) > 1 and (relative or (Basis.ACTUAL in bases and bool(bases & NEXT_YEAR)))


def _ask_side(tables: Sequence[TableDraft], answers: Mapping[str, str]) -> list[Question]:
    tables = [table for table in tables if any(value.unit is Unit.USD for value in table.values)]
    sheets = dict.fromkeys(table.sheet.name for table in tables if table.side_assumed)
    if SIDE in answers or not sheets:
        return []
    of_sheets = "" if all(table.side_assumed for table in tables) else f" on sheet {', '.join(sheets)}"
    text = f"Are the amounts{of_sheets} revenue or expenditure? Neither titles nor codes say."
    return [Question(SIDE, text, ANSWER_CHOICES[SIDE], str(Side.EXPENDITURE))]


def _ask_scale(tables: Sequence[TableDraft], answers: Mapping[str, str]) -> list[Question]:
    if SCALE in answers or not any(table.scale_unsure for table in tables):
        return []
    text = (
        "The page says that its figures are in thousands or millions, but all cells hold round figures as if they were "
        "dollars already. Do the cells hold dollars, or what the page states?"
    )
    return [Question(SCALE, text, SCALE_CHOICES, "")]
