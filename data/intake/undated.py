"""Columns of no one fiscal year beside columns of years: Prior Years and Future Years of a plan, hidden helpers.

They are left out with the reason: to ask for their year would be to ask for what is not there.
"""

import re

from data.intake.drafts import TableDraft, ValueDraft
from planning.vocabulary import Unit

_FEWEST_YEARS = 2
_SEVERAL = re.compile(
    r"\b(?:prior|previous|past|earlier|future|later|out|remaining|subsequent|additional|all)[ -]?years\b|\bbeyond\b"
    r"|\bthereafter\b|\bproject to[ -]date\b|\blife[ -]to[ -]date\b|\bltd (?:act|exp|spent|tot)|\bunfunded\b",
    re.I,
)


def leave_undated_out(table: TableDraft) -> None:
    """Takes out of a table of years the columns that cover several, and hidden ones that say nothing of theirs."""
    dated = {value.meaning.years for value in table.values if value.meaning.years}
    if len(dated) < _FEWEST_YEARS:
        return
    for value in [value for value in table.values if not value.meaning.years]:
        if _SEVERAL.search(value.header.replace("_", " ")):
            _leave_out(table, value, "it is of several years, and of no fiscal year alone.")
        elif _says_nothing(value) and value.index in table.sheet.hidden_columns:
            _leave_out(table, value, "it is hidden in the workbook and names no year.")


def _says_nothing(value: ValueDraft) -> bool:
    return value.meaning.basis is None and value.meaning.unit in (None, Unit.USD)


def _leave_out(table: TableDraft, value: ValueDraft, why: str) -> None:
    table.values.remove(value)
    table.add_reason(f"Column {value.header} is left out: {why}")
