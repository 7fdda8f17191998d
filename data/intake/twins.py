"""Several columns of one table with the same fiscal year, basis and unit: parts to be added up, or rival versions.

The columns of a crosstab (one for each school, fund or category) are parts: a column of row totals proves it. Two
drafts of a year's budget are rivals: who wrote them may say their basis (a department requests, an administration
recommends); else a person says which counts, because added up they are an amount that the file shows nowhere.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from data.intake.cells import column_letter
from data.intake.drafts import TableDraft, Twins, ValueDraft
from data.intake.explanations import IN_HEADER
from data.intake.header_parts import have_codes, stand_under_each
from data.intake.model import Question
from planning.vocabulary import Basis, TableKind, Unit

BUDGET_COLUMN = "budget_column"
ALL_ADDED = "all of them, added up"
EVERY_YEAR = "every year"
_AUTHORS: tuple[tuple[re.Pattern[str], Basis], ...] = (
    (re.compile(r"\b(?:voted|enacted|final|board|council|town meeting)\b", re.I), Basis.ADOPTED),
    (
        re.compile(r"\badmin(?:istrat(?:ion|or))?\b|\b(?:manager|mayor|superintendent|executive|committee)\b", re.I),
        Basis.RECOMMENDED,
    ),
    (re.compile(r"\b(?:dept|departments?|division|agency|principal)\b", re.I), Basis.REQUESTED),
)


def settle_twins(table: TableDraft, answers: Mapping[str, str]) -> None:
    """Says of columns of money with one meaning whether they add up, or which of them counts; else it is asked."""
    for value in table.values:
        value.rival = False
    for drafts in _group_by_year(table):
        _tell_authors(table, drafts)
    open_twins: list[Twins] = []
    groups = _list_twins(table)
    for twins in groups:
        if _are_parts(table, twins):
            _add_up(table, f"{len(twins)} columns are parts of one amount: a column beside them adds them up.")
        elif have_codes(twins) or stand_under_each(twins, groups):
            _add_up(table, f"{len(twins)} columns are parts of one amount: their headers say so.")
        else:
            open_twins.append(_choose(table, twins, _name_question(table, twins, open_twins), answers))
    table.twins = open_twins


def _are_parts(table: TableDraft, twins: Sequence[ValueDraft]) -> bool:
    return {value.index for value in twins} <= table.parts


def _group_by_year(table: TableDraft) -> list[list[ValueDraft]]:
    """Columns of dollars with an amount somewhere, by fiscal year; where no year is known, it is asked first."""
    years: dict[str, list[ValueDraft]] = {}
    for value in table.values:
        if (
            value.fiscal_year
            and value.unit is Unit.USD
            and any((a := value.amounts[p]) and a == a for p in table.detail)
        ):
            years.setdefault(value.fiscal_year, []).append(value)
    return [values for values in years.values() if len(values) > 1]


def _list_twins(table: TableDraft) -> list[list[ValueDraft]]:
    """Columns of a fiscal year that share their basis too."""
    groups: dict[tuple[str | None, Basis], list[ValueDraft]] = {}
    for value in (value for values in _group_by_year(table) for value in values):
        groups.setdefault((value.fiscal_year, value.basis), []).append(value)
    return [twins for twins in groups.values() if len(twins) > 1]


def _add_up(table: TableDraft, reason: str) -> None:
    table.add_reason(reason)
    if table.kind is TableKind.LINES:
        table.kind = TableKind.CROSSTAB


def _tell_authors(table: TableDraft, drafts: Sequence[ValueDraft]) -> None:
    """Gives the columns of a year the basis that goes with whoever wrote them, where that tells them all apart."""
    silent = [value for value in drafts if not value.meaning.basis]
    # Under a year of the page, Administration and Departments are what the money is for.
    bases = {value.index: _read_author(value.header) if value.meaning.years else None for value in silent}
    told = [basis for basis in bases.values() if basis] + [value.basis for value in drafts if value.meaning.basis]
    if not silent or len(told) < len(drafts) or len(set(told)) < len(told):
        return
    for value in silent:
        basis = bases[value.index]
        if basis and basis is not value.basis:
            value.basis = basis
            value.why["basis"] = IN_HEADER
            table.add_reason(f"Column {value.header} is what {_name_author(basis)}.")


def _read_author(header: str) -> Basis | None:
    return next((basis for pattern, basis in _AUTHORS if pattern.search(header.replace("_", " "))), None)


def _name_author(basis: Basis) -> str:
    return {
        Basis.REQUESTED: "the department requested",
        Basis.RECOMMENDED: "the administration or its committee recommends",
    }.get(basis, "the governing body decided")


def _name_question(table: TableDraft, twins: Sequence[ValueDraft], asked: Sequence[Twins]) -> str:
    """The key of the question; a second one of the same year and table, of another basis, names that too."""
    # Where every row is a year, the columns are the same question in each of them.
    key = f"{BUDGET_COLUMN}:{EVERY_YEAR if table.own_year else twins[0].fiscal_year}"
    return f"{key} {twins[0].basis}" if any(other.key == key for other in asked) else key


def _find_default(twins: Sequence[ValueDraft], headers: Sequence[str]) -> str:
    """The last of several drafts of a year, all of a crosstab, of unlike columns the first that names its basis."""
    if all(value.meaning.years for value in twins):
        return headers[-1]
    named = [header for header, value in zip(headers, twins, strict=True) if value.meaning.basis]
    return named[0] if 0 < len(named) < len(twins) else ALL_ADDED


def _choose(table: TableDraft, twins: Sequence[ValueDraft], key: str, answers: Mapping[str, str]) -> Twins:
    """The columns with what a person chose, or else what they most probably are."""
    headers = _name_columns(twins)
    default = _find_default(twins, headers)
    given = answers.get(key, "")
    chosen = given if given in (*headers, ALL_ADDED) else default
    if chosen == ALL_ADDED:
        _add_up(table, f"Columns {', '.join(headers[:4])} are added up.")
    else:
        for value, header in zip(twins, headers, strict=True):
            value.rival = header != chosen
        table.add_reason(f"Of the columns {', '.join(headers[:4])} only {chosen} counts as the budget.")
    return Twins(key, tuple(headers), str(twins[0].basis).replace("_", " "), default, chosen == given)


def _name_columns(twins: Sequence[ValueDraft]) -> list[str]:
    """Their headers, with the letter of the column where one is missing or two are alike."""
    headers = [value.header for value in twins]
    return [
        value.header if value.header and headers.count(value.header) == 1
        else f"{value.header} (column {column_letter(value.index)})".strip()
        for value in twins
    ]  # fmt: skip


def ask_twins(tables: Iterable[TableDraft]) -> list[Question]:
    """One question for each fiscal year whose columns no one has told apart yet."""
    questions: dict[str, Question] = {}
    for table in tables:
        for twins in table.twins:
            if not twins.answered and twins.key not in questions:
                questions[twins.key] = _ask(table, twins)
    return list(questions.values())


def _ask(table: TableDraft, twins: Twins) -> Question:
    year = twins.key.partition(":")[2]
    of_year = "of one year" if year.startswith(EVERY_YEAR) else year.split()[0]
    names = " and ".join(f"“{header}”" for header in twins.headers[:4]) + (" …" if len(twins.headers) > 4 else "")
    text = (
        f"The columns {names} of sheet {table.sheet.name} all read as {of_year} {twins.basis}. "
        "Which of them is the budget to count, or are they parts to be added up?"
    )
    return Question(twins.key, text, (*twins.headers, ALL_ADDED), twins.default)
