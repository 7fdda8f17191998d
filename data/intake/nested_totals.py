"""Rows over the lines that they add up, without the word total: proved by the grand total that the table prints.

    Grand Total        731,894
    2130 Health          6,580      the lines below it, to the next such row
    211 Retirement       1,672
    466 Utilities        4,908

One column of figures proves little by itself. But where all rows together are twice the printed total and fall, from
the first to the last, into rows that equal what follows them, nothing else explains the page. With funds over functions
they are three times the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from data.intake.drafts import Heading, TableDraft, TotalRow
from data.intake.rows import is_total_label
from planning.vocabulary import RowRole

_CENTS = 100
_BEYOND = 1e15  # no budget holds as much; an empty cell (NaN) is not below it either
_FEWEST_ROWS = 4
_MOST_ROWS = 600  # what is longer is an export of lines: nobody prints subtotals into it
_DEPTHS = (1, 2)
Figures = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Parent:
    """A row that equals the rows after it up to `stop`: its place, and how deep it stands itself."""

    place: int
    stop: int
    depth: int


def take_proved_parents_out(table: TableDraft) -> None:
    """Makes totals of rows over others where the printed total of the whole table proves all of them."""
    whole = _find_whole(table)
    if whole is None or not _FEWEST_ROWS <= len(table.detail) <= _MOST_ROWS:
        return
    rows = [_read_figures(table, position) for position in table.detail]
    added = _add(rows, len(whole))
    for depth in _DEPTHS:
        if added == tuple((depth + 1) * figure for figure in whole):
            for order in (1, -1):
                parents = _find_parents(rows[::order], depth)
                if parents:
                    _make_totals(table, table.detail[::order], parents, order)
                    return


def _find_whole(table: TableDraft) -> Figures | None:
    """The figures of the last total that says so, above or below all lines."""
    for total in reversed(table.totals):
        if total.detail_before in (0, len(table.detail)) and is_total_label(total.label):
            figures = _read_figures(table, total.position)
            return figures if any(figures) else None
    return None


def _read_figures(table: TableDraft, position: int) -> Figures:
    """The amounts of a row in cents."""
    amounts = (value.amounts[position] for value in table.values)
    return tuple(round(amount * _CENTS) if abs(amount) < _BEYOND else 0 for amount in amounts)


def _add(rows: Sequence[Figures], width: int) -> Figures:
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * width


def _find_parents(rows: Sequence[Figures], depth: int) -> tuple[_Parent, ...]:
    """Rows that equal the rows after them, so that they part all rows; none where they do not."""
    width = len(rows[0])
    before = [(0,) * width]
    for row in rows:
        before.append(tuple(a + b for a, b in zip(before[-1], row, strict=True)))

    @cache
    def part(start: int, end: int, level: int) -> tuple[_Parent, ...] | None:
        """The parents of a level and of those under it within some rows."""
        if level == 0 or start == end:
            return ()
        wanted = tuple(b + level * figure for b, figure in zip(before[start + 1], rows[start], strict=True))
        # The longest run first: rows of zeros behind the lines of a block belong to it.
        for stop in range(end, start + 1, -1):
            if before[stop] != wanted:
                continue
            inner = part(start + 1, stop, level - 1)
            rest = part(stop, end, level) if inner is not None else None
            if inner is not None and rest is not None:
                return (_Parent(start, stop, depth - level), *inner, *rest)
        return None

    return part(0, len(rows), depth) or ()


def _make_totals(table: TableDraft, order: Sequence[int], parents: Sequence[_Parent], step: int) -> None:
    """The rows become totals over what follows them (or stands before them, where totals stand below)."""
    over = {order[parent.place] for parent in parents}
    table.detail = [position for position in table.detail if position not in over]
    start = table.body.start
    for parent in parents:
        position = order[parent.place]
        label = next((label for label in table.labels if label.texts[position]), None)
        text, key = (label.texts[position], label.key) if label else ("", "")
        ends = sorted((order[parent.place + 1], order[parent.stop - 1]))
        table.roles[start + position] = RowRole.SUBTOTAL
        table.totals.append(TotalRow(start + position, position, text, key, 0, (ends[0], ends[1]), parent.depth))
        if text and step == 1:
            table.headings.append(Heading(start + position, text, 0))
    table.totals.sort(key=lambda total: total.position)
    table.headings.sort(key=lambda heading: heading.row)
    table.recount()
    words = "below" if step == 1 else "above"
    table.add_reason(
        f"{len(parents)} rows are read as totals: they equal the rows {words} them, and the printed total proves it."
    )
