"""What a report adds up at the foot of each page and carries to the next: sums of lines that stand above, no lines.

`Page Total` adds up the lines of its page, `Carried Forward` all lines so far, and `Brought Forward` says the same
again on the next page. Totals of the report itself run on over the pages as if these rows were not there.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from data.intake.drafts import LabelDraft, TableDraft, TotalRow
from data.intake.numbers import leave_blanks_out, pick
from planning.vocabulary import RowRole

_HALF_CENT = 0.005
_LONGEST = 60
_MOST_ROWS = 20_000  # an export of this many rows has no pages
_PAGE = re.compile(
    r"\W*(?:(?:sub[ -]?)?totals? (?:(?:for|of|on) )?(?:this|the|per)? ?page(?: \d+)?"
    r"|page(?: \d+)? (?:sub[ -]?)?totals?)\W*",
    re.I,
)
_FORWARD = re.compile(
    r"\W*(?:(?:amounts?|balances?|(?:sub[ -]?)?totals?) )?(?:carried|brought|carry|bring) (?:forward|over|down)"
    r"(?: (?:to|from) (?:the )?(?:next|last|previous|prior) page)?\W*",
    re.I,
)
# Deeper than any hierarchy of rows: totals of one kind are ranked together.
_PAGE_DEPTH, _FORWARD_DEPTH = 98, 99


def set_page_totals_apart(table: TableDraft) -> None:
    """Marks totals of pages, and makes totals of what is carried forward where its figures say that it is."""
    lines = set(table.detail)
    forward = {position: text for position, text in sorted(list_carried(table.labels).items()) if position in lines}
    if forward and _are_carried(table, forward):
        _take_forward_out(table, forward)
    start = -1
    for total in table.totals:
        if _PAGE.fullmatch(total.label):
            within = [position for position in table.detail if start < position < total.position]
            if within:
                total.leaves, total.depth, total.of_page = (within[0], within[-1]), _PAGE_DEPTH, True
            start = total.position


def list_carried(labels: Sequence[LabelDraft]) -> dict[int, str]:
    """Rows that a label calls carried or brought forward, with the label."""
    found: dict[int, str] = {}
    if labels and len(labels[0].texts) > _MOST_ROWS:
        return found
    for label in labels:
        texts = {text for text in label.distinct if len(text) < _LONGEST and _FORWARD.fullmatch(text)}
        if texts:
            found.update((position, text) for position, text in enumerate(label.texts) if text in texts)
    return found


def _are_carried(table: TableDraft, forward: dict[int, str]) -> bool:
    """Whether one of the rows adds up the lines above it, or one says again what another said right before."""
    lines = [position for position in table.detail if position not in forward]
    rows = list(forward)
    again = any(
        _is_same(table, one, other) and not any(one < line < other for line in lines) for one, other in pairwise(rows)
    )
    return again or any(_adds_up(table, row, [line for line in lines if line < row]) for row in rows)


def _figures(table: TableDraft, position: int) -> Iterator[float]:
    return (amount if (amount := value.amounts[position]) == amount else 0.0 for value in table.values)


def _is_same(table: TableDraft, one: int, other: int) -> bool:
    pairs = list(zip(_figures(table, one), _figures(table, other), strict=True))
    return any(a for a, _ in pairs) and all(abs(a - b) < _HALF_CENT for a, b in pairs)


def _adds_up(table: TableDraft, row: int, lines: list[int]) -> bool:
    sums = [sum(leave_blanks_out(pick(value.amounts, lines))) for value in table.values]
    pairs = list(zip(_figures(table, row), sums, strict=True))
    return len(lines) > 1 and any(a for a, _ in pairs) and all(abs(a - b) < _HALF_CENT for a, b in pairs)


def _take_forward_out(table: TableDraft, forward: dict[int, str]) -> None:
    start = table.body.start
    table.detail = [position for position in table.detail if position not in forward]
    for position, text in forward.items():
        before = [line for line in table.detail if line < position]
        if before:
            leaves = (before[0], before[-1])
            row = TotalRow(start + position, position, text, "", 0, leaves, _FORWARD_DEPTH, of_page=True)
            table.totals.append(row)
        table.roles[start + position] = RowRole.SUBTOTAL
    table.totals.sort(key=lambda total: total.position)
    table.recount()
    table.add_reason(f"{len(forward)} rows carry forward what stands above them and are no lines.")
