"""Rows that print the sum of the rows under them without saying total: known by their place in a hierarchy.

A report shows by indent, by a column further left or by its codes (1000 over 1100 and 1200) which rows belong to which.
Where most rows over others also print their sum, they are totals: counted with their parts they would double the money.
Where they do not, they are lines with money of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.intake.drafts import Heading, TableDraft, TotalRow
from planning.vocabulary import RowRole

_HALF_CENT = 0.005
_MOST = 0.6
_MOST_LINES = 5000  # what is longer is an export of lines: nobody prints subtotals into it
_SHORTEST_CODE = 3
_CODED = frozenset({"function", "object", "account", "code"})
IsUnder = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class _Parent:
    """A row over others: its place, the leaves under it (as places), how deep it stands itself."""

    position: int
    leaves: tuple[int, ...]
    depth: int


def take_parents_out(table: TableDraft) -> None:
    """Makes totals of the rows that add up the rows under them, where their place in the hierarchy says so."""
    if len(table.detail) > _MOST_LINES or not table.labels:
        return
    for words, is_under, needs_more in _list_hierarchies(table):
        for order in (table.detail, table.detail[::-1]):
            parents = _find_parents(order, is_under)
            if parents and _are_sums(table, parents, needs_more):
                _make_totals(table, parents)
                table.add_reason(f"{len(parents)} rows are read as totals: they add up the rows {words} them.")
                return


def _list_hierarchies(table: TableDraft) -> list[tuple[str, IsUnder, bool]]:
    """The ways in which rows of the table stand under others, and whether sums must prove more than once."""
    found: list[tuple[str, IsUnder, bool]] = []
    indents = _read_indents(table)
    if indents:
        found.append(("indented under", lambda row, over: indents[row] > indents[over], False))
    filled = _read_filled(table)
    if len(set(filled.values())) > 1:
        found.append(("in a column right of", lambda row, over: _is_right_of(filled[row], filled[over]), False))
    codes = _read_codes(table)
    if codes:
        found.append(("with codes under", lambda row, over: _is_code_under(codes[row], codes[over]), True))
    return found


def _read_indents(table: TableDraft) -> dict[int, int]:
    """The leading blanks of every line in the first column of labels that has different ones."""
    for label in table.labels:
        cells = [
            table.sheet.rows[row][label.index] if label.index < len(table.sheet.rows[row]) else ""
            for row in table.detail_rows()
        ]
        texts = [cell if type(cell) is str else "" for cell in cells]
        indents = [len(text) - len(text.lstrip()) for text in texts]
        if len(set(indents)) > 1 and all(text.strip() for text in texts):
            return dict(zip(table.detail, indents, strict=True))
    return {}


def _read_filled(table: TableDraft) -> dict[int, frozenset[int]]:
    """Which columns of labels before the amounts a line fills."""
    first = min((value.index for value in table.values), default=0)
    labels = [label for label in table.labels if label.index < first]
    return {p: frozenset(label.index for label in labels if label.texts[p]) for p in table.detail}


def _is_right_of(row: frozenset[int], over: frozenset[int]) -> bool:
    """Whether a line starts right of where another ends: one that fills both columns only repeats no label."""
    return bool(row) and bool(over) and min(row) > max(over)


def _read_codes(table: TableDraft) -> dict[int, str]:
    """The codes of all lines, where they are figures of one length."""
    for label in table.labels:
        codes = {p: label.texts[p] for p in table.detail}
        if label.meaning.dimension in _CODED and not label.meaning.is_name:
            lengths = {len(code) for code in codes.values()}
            if len(lengths) == 1 and min(lengths) >= _SHORTEST_CODE and all(c.isdecimal() for c in codes.values()):
                return codes
    return {}


def _is_code_under(code: str, over: str) -> bool:
    """Whether a code belongs to a group: 1110 to 1100, and 1100 to 1000."""
    group = over.rstrip("0")
    return bool(group) and group != over and code != over and code.startswith(group)


def _find_parents(order: Sequence[int], is_under: IsUnder) -> list[_Parent]:
    """Every row with rows under it right after it in this order, and the leaves among those."""
    ends: list[int] = []
    for place, position in enumerate(order):
        end = place + 1
        while end < len(order) and is_under(order[end], position):
            end += 1
        ends.append(end)
    parents: list[_Parent] = []
    open_until: list[int] = []
    for place, end in enumerate(ends):
        open_until = [until for until in open_until if until > place]
        if end > place + 1:
            leaves = tuple(order[other] for other in range(place + 1, end) if ends[other] == other + 1)
            parents.append(_Parent(order[place], leaves, len(open_until)))
            open_until.append(end)
    return parents


def _are_sums(table: TableDraft, parents: Sequence[_Parent], needs_more: bool) -> bool:
    """Whether most of the rows over others print the sum of their leaves, one of them a sum of several figures."""
    same = strong = figures = 0
    for parent in parents:
        matches = _count_matches(table, parent)
        same += matches > 0
        if matches and _adds_several(table, parent):
            strong += 1
            figures = max(figures, matches)
    return strong > 0 and same >= _MOST * len(parents) and (not needs_more or strong > 1 or figures > 1)


def _count_matches(table: TableDraft, parent: _Parent) -> int:
    """How many different figures equal the sum of the leaves; none where one is not."""
    found: set[float] = set()
    for value in table.values:
        printed = value.amounts[parent.position]
        added = sum(amount for leaf in parent.leaves if (amount := value.amounts[leaf]) == amount)
        if abs((printed if printed == printed else 0.0) - added) >= _HALF_CENT:
            return 0
        if printed == printed and printed:
            found.add(round(printed, 2))
    return len(found)


def _adds_several(table: TableDraft, parent: _Parent) -> bool:
    return any(
        sum(1 for leaf in parent.leaves if (amount := value.amounts[leaf]) and amount == amount) > 1
        for value in table.values
    )


def _make_totals(table: TableDraft, parents: Sequence[_Parent]) -> None:
    """The rows over others become totals over their leaves, and name what stands under them."""
    over = {parent.position for parent in parents}
    table.detail = [position for position in table.detail if position not in over]
    start = table.body.start
    for parent in parents:
        table.roles[start + parent.position] = RowRole.SUBTOTAL
        filled = [label for label in table.labels if label.texts[parent.position]]
        text = " ".join(dict.fromkeys(label.texts[parent.position] for label in filled))
        key = filled[0].key if filled else ""
        leaves = (min(parent.leaves), max(parent.leaves))
        table.totals.append(TotalRow(start + parent.position, parent.position, text, key, 0, leaves, parent.depth))
        if text and parent.position < leaves[0]:
            table.headings.append(Heading(start + parent.position, text, 0))
    table.totals.sort(key=lambda total: total.position)
    table.headings.sort(key=lambda heading: heading.row)
    table.recount()
