"""Why a column of amounts is believed to mean what it was read as, in words a person can check on the page."""

from collections.abc import Mapping

from data.intake.documents import read_named_side, read_table_side
from data.intake.drafts import TableDraft, ValueDraft
from data.intake.headers import list_bases
from data.intake.titles import read_tab_basis
from planning.vocabulary import Side, Unit

ANSWERED = "you answered so"
NOT_SAID = "the file does not say"
IN_HEADER = "its header says it"
_BARE_YEAR = "its header names a single year"
SIDE_ANSWER = "side"


def explain_value(table: TableDraft, value: ValueDraft, years_from: str, stated_scale: int) -> dict[str, str]:
    """Why its year, basis, unit and scale are what `settle_values` has just made them; `years_from` as found there."""
    return {
        "fiscal_year": _explain_year(value, years_from),
        "basis": _explain_basis(table, value),
        "unit": IN_HEADER if value.meaning.unit else "nothing names another unit, so dollars",
        "scale": _explain_scale(table, value, stated_scale),
    }


def _explain_year(value: ValueDraft, years_from: str) -> str:
    if value.fiscal_year is None:
        return NOT_SAID
    if len(value.meaning.years) == 1:
        return _BARE_YEAR if value.meaning.bare_years else IN_HEADER
    return years_from


def _explain_basis(table: TableDraft, value: ValueDraft) -> str:
    if value.meaning.basis:
        return IN_HEADER
    if table.own_basis == value.basis:
        return "every row says it"
    if table.titles.basis == value.basis:
        of_tab = value.basis is read_tab_basis(table.sheet.name)
        of_lines = any(value.basis in list_bases(line) for line in table.titles.lines)
        return "the name of the sheet says it" if of_tab and not of_lines else "the lines above the table say it"
    same_year = [other for other in table.values if other.meaning.years == value.meaning.years]
    if any(other.meaning.basis == value.basis for other in same_year):
        return "the column of the same year before it says it"
    return f"{NOT_SAID} how firm it is"


def _explain_scale(table: TableDraft, value: ValueDraft, stated: int) -> str:
    if value.unit is not Unit.USD or stated == 1:
        return "nothing speaks of thousands or millions"
    if value.scale == stated:
        return "its header says it" if value.meaning.scale == stated else "the lines above the table say it"
    return "the number format of its cells prints whole dollars so" if table.sheet.formats else ANSWERED


def explain_side(table: TableDraft, answers: Mapping[str, str]) -> str:
    """Why its rows are revenue or expenditure."""
    if table.side is Side.UNKNOWN or table.side_assumed:
        return NOT_SAID
    if read_named_side(table) is table.side:
        return "titles, headers, totals or headings say it"
    if read_table_side(table) is table.side:
        return "its account codes say it"
    return ANSWERED if answers.get(SIDE_ANSWER) == table.side else "its rows, or tables laid out like it, say it"
