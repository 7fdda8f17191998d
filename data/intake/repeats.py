"""Tables by school or department that show the same money twice: once broken down, once as a column of another table.

Two tables with the same rows are compared row by row: where everything in one adds up to a column of the other, or to
its row totals, its money is counted there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

from data.intake.drafts import TableDraft
from data.intake.model import Question
from data.intake.numbers import leave_blanks_out, pick
from data.intake.reconcile import add_exactly
from data.intake.sections import lists_flows
from planning.vocabulary import TableKind, Unit

SAME_MONEY = "same_money"
ONCE, _ = SAME_MONEY_CHOICES = ("once", "both")
_HALF_CENT = 0.005
_MOST = 0.95
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
ColumnMeaning = tuple[str | None, str, str]
_SHAPE_REASON = "its columns add up to the same figures as the table in row {row} of sheet {sheet}, which is counted."
_FLOW_REASON = "it sums up one side of the tables that are counted."
_REASON = "its rows add up to column {column} of sheet {sheet}, where the same money is counted."


@dataclass(slots=True)
class _Rows:
    """A table's money by row: keys are the texts of one label column, each once."""

    table: TableDraft
    keys: dict[str, int]
    sums: list[float]

    def columns(self) -> list[tuple[str, Sequence[float]]]:
        """The figures that another table may break down, by name."""
        every = [*self.table.row_sums, *self.table.values]
        printed = [(value.header, value.amounts) for value in every if value.meaning.unit in (None, Unit.USD)]
        return [*printed, ("of row totals", self.sums)]


def name_repeats(tables: Sequence[TableDraft]) -> None:
    """Takes tables out of the count whose every row is a figure of a table that is counted."""
    candidates = [rows for table in tables if not table.why_not_counted for rows in _read_rows(table)]
    for rows in sorted(candidates, key=lambda rows: len(rows.table.values)):
        for other in candidates:
            if other.table.why_not_counted or rows.table.why_not_counted or other.table is rows.table:
                continue
            column = _find_column(rows, other)
            if column:
                reason = _REASON.format(column=column, sheet=other.table.sheet.name)
                rows.table.leave_out(TableKind.CROSSTAB, reason)
                for value in rows.table.values:
                    value.unit = Unit.USD


def _read_rows(table: TableDraft) -> list[_Rows]:
    """One reading for each label column whose texts tell all rows apart; only for tables with several columns."""
    found = []
    several_years = len({value.fiscal_year for value in table.values}) > 1
    if len(table.values) < 2 or len(table.detail) < _FEWEST_ROWS or several_years:
        return []
    sums = [0.0] * len(table.body)
    for value in table.values:
        sums = [s + (a if a == a else 0.0) for s, a in zip(sums, value.amounts, strict=True)]
    for label in table.labels:
        keys = {label.texts[position]: position for position in table.detail if label.texts[position]}
        if len(keys) == len(table.detail):
            found.append(_Rows(table, keys, sums))
    return found


def _find_column(rows: _Rows, other: _Rows) -> str:
    """The column of another table that the rows add up to."""
    shared = rows.keys.keys() & other.keys.keys()
    if len(shared) < _MOST * max(len(rows.keys), len(other.keys)):
        return ""
    pairs = [(rows.keys[key], other.keys[key]) for key in shared]
    for name, amounts in other.columns():
        same = sum(1 for mine, theirs in pairs if abs(rows.sums[mine] - _or_zero(amounts[theirs])) < _HALF_CENT)
        if same >= _MOST * len(pairs) and any(rows.sums[mine] for mine, _ in pairs):
            return name
    return ""


def _or_zero(amount: float) -> float:
    return amount if amount == amount else 0.0


def name_equal_totals(tables: Sequence[TableDraft], answers: Mapping[str, str]) -> None:
    """Takes out of the count what shows the same money in another shape: by fund here, by department there.

    Every column that two tables share must add up to the same figure, and at least two figures must differ from each
    other; the table with more lines is counted. Where one figure is all that they share, a person says whether it is
    the same money.
    """
    counted = sorted((t for t in tables if not t.why_not_counted), key=lambda table: -len(table.detail))
    if len(counted) < 2:
        return
    sums = [_sum_columns(table) for table in counted]
    for index, table in enumerate(counted):
        if lists_flows(table) and _restates_side(table, sums[index], counted, sums):
            table.leave_out(TableKind.SUMMARY, _FLOW_REASON)
            continue
        for other, theirs in zip(counted[:index], sums, strict=False):
            figures = 0 if other.why_not_counted else _count_equal(sums[index], theirs)
            if not figures or not _may_show_same(table, other):
                continue
            if figures == 1 and SAME_MONEY not in answers:
                table.same_as = f"the table in row {other.first_row() + 1} of sheet {other.sheet.name}"
            elif figures >= _FEWEST_FIGURES or answers[SAME_MONEY] == ONCE:
                reason = _SHAPE_REASON.format(sheet=other.sheet.name, row=other.first_row() + 1)
                table.leave_out(TableKind.SUMMARY, reason)
                break


def _may_show_same(one: TableDraft, other: TableDraft) -> bool:
    """The same side in another layout, or other lines; two funds of the same lines are two funds."""
    named = one.titles.fields.keys() & other.titles.fields.keys()
    apart = any(one.titles.fields[name] != other.titles.fields[name] for name in named)
    alike = {label.key for label in one.labels} == {label.key for label in other.labels}
    return one.side is other.side and not apart and not (alike and _share_lines(one, other))


def _restates_side(
    table: TableDraft,
    flows: Mapping[ColumnMeaning, float],
    tables: Sequence[TableDraft],
    sums: Sequence[Mapping[ColumnMeaning, float]],
) -> bool:
    """Whether `Revenues` and `Expenditures` of a summary are the sums of all tables on that side."""
    others = [
        found
        for other, found in zip(tables, sums, strict=True)
        if other.side is table.side and not other.why_not_counted and not lists_flows(other)
    ]
    whole = {key: sum(found.get(key, 0.0) for found in others) for key in flows}
    return len(others) > 1 and _count_equal(flows, whole) > 0


def _share_lines(one: TableDraft, other: TableDraft) -> bool:
    """Whether a line of one table is called like a line of the other: salaries here and instruction there are not."""
    mine, theirs = ({label.texts[p] for label in t.labels for p in t.detail} - {""} for t in (one, other))
    return not mine.isdisjoint(theirs)


def _sum_columns(table: TableDraft) -> dict[ColumnMeaning, float]:
    """The total of each meaning; two columns that mean the same are no one figure and are left out."""
    sums: dict[ColumnMeaning, float] = {}
    for value in table.values if len(table.detail) > 1 or lists_flows(table) else ():
        key = (value.fiscal_year, str(value.basis), str(value.unit))
        sums[key] = nan if key in sums else float(add_exactly(leave_blanks_out(pick(value.amounts, table.detail))))
    return {key: total for key, total in sums.items() if total == total}


def _count_equal(one: Mapping[ColumnMeaning, float], other: Mapping[ColumnMeaning, float]) -> int:
    """How many different figures two tables share; none where a column that both have differs."""
    shared = [(total, other[key]) for key, total in one.items() if key in other]
    distinct = {round(total, 2) for total, _ in shared if total}
    return len(distinct) if all(abs(a - b) < _HALF_CENT for a, b in shared) else 0


def ask_same_money(tables: Sequence[TableDraft]) -> list[Question]:
    """Whether tables that add up to one and the same figure show the same money; no default, half would be wrong."""
    found = next((table for table in tables if table.same_as and not table.why_not_counted), None)
    if found is None:
        return []
    text = (
        f"The table in row {found.first_row() + 1} of sheet {found.sheet.name} adds up to the same figure as "
        f"{found.same_as}. Is it the same money in another shape, to be counted once, or are they two amounts?"
    )
    return [Question(SAME_MONEY, text, SAME_MONEY_CHOICES, "")]
