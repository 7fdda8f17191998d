"""Tables whose columns are of both sides: receipts, expenditures and balances of each fund beside each other."""

import re
from dataclasses import replace

from data.intake.drafts import TableDraft, ValueDraft
from data.intake.headers import read_row_side, read_side
from planning.vocabulary import Basis, Side, Unit

_BALANCE = re.compile(r"\bbalances?\b|\bequity\b", re.I)
_BEGINS = re.compile(r"\b(?:begin\w*|open\w*|start\w*)\b", re.I)


def part_by_columns(table: TableDraft) -> list[TableDraft]:
    """The table itself, or one for each side that its columns of money name; all have the same rows."""
    sides = {value.index: _read_side(value) for value in table.values if value.meaning.unit in (None, Unit.USD)}
    if table.side is not Side.UNKNOWN or not {Side.REVENUE, Side.EXPENDITURE} <= set(sides.values()):
        return [table]
    columns: dict[Side, list[ValueDraft]] = {}
    for value in table.values:
        # Orders and what is left of a budget are of what is spent.
        side = sides.get(value.index, Side.UNKNOWN)
        columns.setdefault(Side.EXPENDITURE if side is Side.UNKNOWN else side, []).append(value)
    if balances := columns.get(Side.FUND_BALANCE):
        _leave_ends_out(table, balances)
    words = ", ".join(str(side).replace("_", " ") for side in columns)
    table.add_reason(f"The columns are read apart: {words}.")
    return [_take_part(table, side, values) for side, values in columns.items()]


def _read_side(value: ValueDraft) -> Side:
    header = value.header
    if _BALANCE.search(header) and (value.meaning.basis is not Basis.AVAILABLE or re.search(r"\bfund\b", header, re.I)):
        return Side.FUND_BALANCE
    own = read_row_side(header)
    return own if own is not Side.UNKNOWN else read_side(header)


def _leave_ends_out(table: TableDraft, balances: list[ValueDraft]) -> None:
    """The balance with which a fund ends is computed from what it began with; it is no line."""
    first = next((value for value in balances if _BEGINS.search(value.header)), balances[0])
    for value in [value for value in balances if value.meaning.years == first.meaning.years and value is not first]:
        balances.remove(value)
        table.add_reason(
            f"Column {value.header} is left out: it follows from {first.header} and the columns beside it."
        )


def _take_part(table: TableDraft, side: Side, values: list[ValueDraft]) -> TableDraft:
    return replace(
        table,
        side=side,
        values=values,
        roles=dict(table.roles),
        reasons=list(table.reasons),
        labels=list(table.labels),
        detail=list(table.detail),
        totals=[replace(total) for total in table.totals],
        headings=[replace(heading) for heading in table.headings],
    )
