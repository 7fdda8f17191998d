"""The same report month after month, on a sheet for each: what it carries forward is counted once, from the last month.

A budget printed again on every sheet, what was spent to date and what is left are states and not sums; only what was
spent in each month adds up over the months.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from math import isnan

from data.intake.drafts import TableDraft, ValueDraft
from data.intake.headers import read_basis
from planning.vocabulary import Basis, TableKind

_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b"
    r"(?:\W+(?:\d{1,2}\W+)?((?:19|20)\d{2})\b)?",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STATES = frozenset({Basis.YEAR_TO_DATE, Basis.AVAILABLE, Basis.ENCUMBERED})
_BALANCE = re.compile(r"\bbalances?\b", re.I)
_FEWEST_ROWS = 2
_REASON = "it is an earlier month of the report on sheet {sheet}, which is counted."


def count_months_once(tables: Sequence[TableDraft]) -> None:
    """Takes out of earlier months what the last month states again; a month of which nothing is left is left out."""
    counted = [table for table in tables if not table.why_not_counted and len(table.detail) >= _FEWEST_ROWS]
    # The lines of a long ledger are not compared with those of tables that have other columns.
    for alike in _group(counted, _list_columns):
        for group in _group(alike, _list_lines):
            known = [month for table in group if (month := _read_month(table)) is not None]
            if len(known) == len(set(known)) == len(group):
                _count_once([table for _, table in sorted(zip(known, group, strict=True), key=lambda pair: pair[0])])


def _group(tables: Iterable[TableDraft], key: Callable[[TableDraft], tuple]) -> list[list[TableDraft]]:
    """Tables that are alike, where there are several."""
    groups: dict[tuple, list[TableDraft]] = {}
    for table in tables:
        groups.setdefault(key(table), []).append(table)
    return [group for group in groups.values() if len(group) > 1]


def _list_columns(table: TableDraft) -> tuple:
    return (table.side, tuple(value.key for value in table.values), len(table.detail), len(table.labels))


def _list_lines(table: TableDraft) -> tuple:
    return tuple(tuple(label.texts[p] for p in table.detail) for label in table.labels)


def _read_month(table: TableDraft) -> tuple[int, int] | None:
    """Year (0 where none is written) and month that the sheet's name or the lines above the table name."""
    found = (_MONTH.search(text) for text in (table.sheet.name, *table.titles.lines))
    match = next((match for match in found if match), None)
    return (int(match[2] or 0), _MONTHS.index(match[1].lower())) if match else None


def _count_once(months: Sequence[TableDraft]) -> None:
    """Only where a column stands unchanged on every sheet: months of different budgets are added up."""
    same = {values[0].index for values in _by_column(months) if _is_unchanged(months, values)}
    if not same or len(same) == len(months[0].values):
        return
    last = _find_last(months)
    stated = same | {value.index for value in last.values if _is_state(value)}
    for table in months:
        if table is not last:
            _leave_states_out(table, last, stated)


def _by_column(months: Sequence[TableDraft]) -> list[tuple[ValueDraft, ...]]:
    return list(zip(*(table.values for table in months), strict=True))


def _is_unchanged(months: Sequence[TableDraft], values: Sequence[ValueDraft]) -> bool:
    figures = {
        tuple(None if isnan(value.amounts[p]) else value.amounts[p] for p in table.detail)
        for table, value in zip(months, values, strict=True)
    }
    return len(figures) == 1 and any(next(iter(figures)))


def _find_last(months: Sequence[TableDraft]) -> TableDraft:
    """The month with the most spent to date where a column says that, else the latest of those that name their year."""
    to_date = [i for i, value in enumerate(months[0].values) if value.basis is Basis.YEAR_TO_DATE]
    if not to_date:
        return months[-1]
    return max(
        months, key=lambda table: sum(abs(a) for p in table.detail if (a := table.values[to_date[0]].amounts[p]) == a)
    )


def _is_state(value: ValueDraft) -> bool:
    return value.basis in _STATES or bool(_BALANCE.search(value.header) and read_basis(value.header) is None)


def _leave_states_out(table: TableDraft, last: TableDraft, stated: set[int]) -> None:
    left = [value for value in table.values if value.index not in stated]
    if not left:
        table.leave_out(TableKind.SUMMARY, _REASON.format(sheet=last.sheet.name))
        return
    names = ", ".join(value.header for value in table.values if value.index in stated)
    table.add_reason(f"{names}: counted once, from sheet {last.sheet.name}, which is the last month of this report.")
    table.values = left
