"""The rules for what a printed total may cover: the rows above it, below it, of its code, of its heading, or all."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from data.intake.codes import part_code_title
from data.intake.documents import strip_total
from data.intake.drafts import Document, TableDraft, TotalRow

Ranges = tuple[tuple[int, int], ...]
_WORD = re.compile(r"[\w/&']+")


@dataclass(frozen=True, slots=True)
class Link:
    """What a total's label names: a label column, a dimension, a heading, everything, or nothing known."""

    kind: str
    name: str


@dataclass(slots=True)
class PlacedTotal:
    """A total row placed in its document: `at` detail rows stand before it; `covers` is found by the vote.

    `block_start` and `block_end` are where the totals beside it in its table stand, `same_end` where the next of its
    kind does.
    """

    table_index: int
    table: TableDraft
    total: TotalRow
    at: int
    block_start: int
    block_end: int
    same_end: int = 0
    link: Link = field(default_factory=lambda: Link("none", ""))
    covers: Ranges = ()
    level: int = 1
    rule: str = ""


@lru_cache(maxsize=65536)
def normal_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def find_heading(placed: PlacedTotal, words: tuple[str, ...]) -> int | None:
    """How many detail rows of the table stand above the heading that a total repeats."""
    for heading in reversed(placed.table.headings):
        if heading.row < placed.total.row and words in (normal_words(heading.text), _words_behind_code(heading.text)):
            return heading.detail_before
    return None


@lru_cache(maxsize=4096)
def _words_behind_code(text: str) -> tuple[str, ...]:
    """`002 SPECIAL REVENUE FUND` without its code, as totals call it."""
    return normal_words(part_code_title(text)[1])


def count_lines(ranges: Ranges) -> int:
    return sum(high - low for low, high in ranges)


def _linked_values(document: Document, total: PlacedTotal) -> list[str]:
    if total.link.kind == "label":
        return document.labels[total.link.name]
    codes = document.attributes[f"{total.link.name}_code"]
    return codes if any(codes) else document.attributes[f"{total.link.name}_name"]


def _value_table(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    """The run of rows right above that carry the same value, within the table."""
    values = _linked_values(document, total)
    low, start = total.at, document.starts[total.table_index]
    while low > start and values[low - 1] == values[total.at - 1]:
        low -= 1
    return ((low, total.at),)


def _value_document(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    """All rows of the document with the value, on whichever sheet they stand."""
    if total.link.kind == "title":
        return _tables_with_title(document, total)
    key = (total.link.kind, total.link.name)
    values = _linked_values(document, total)
    if key not in document.lines_by_value:
        document.lines_by_value[key] = group_lines(values)
    return document.lines_by_value[key][values[total.at - 1]]


def group_lines(values: Sequence[str]) -> dict[str, Ranges]:
    """Where each value stands, as ranges of lines."""
    lines: dict[str, list[int]] = {}
    for line, value in enumerate(values):
        lines.setdefault(value, []).append(line)
    return {value: join_lines(found) for value, found in lines.items()}


def _tables_with_title(document: Document, total: PlacedTotal) -> Ranges:
    """All tables whose title names the same fund (or other field)."""
    wanted = normal_words(total.table.titles.fields[total.link.name])
    ranges: list[tuple[int, int]] = []
    for index, table in enumerate(document.tables):
        if normal_words(table.titles.fields.get(total.link.name, "")) == wanted:
            low, high = document.starts[index], document.starts[index + 1]
            if ranges and ranges[-1][1] == low:
                low = ranges.pop()[0]
            ranges.append((low, high))
    return tuple(ranges)


def _block(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((total.block_start, total.at),)


def _since_same(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    same_table = previous is not None and previous.table_index == total.table_index
    low = previous.at if previous and same_table else document.starts[total.table_index]
    return ((low, total.at),)


def _since_same_document(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((previous.at if previous else 0, total.at),)


def _table(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((document.starts[total.table_index], total.at),)


def _document(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((0, document.line_count),)


def _heading(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    above = find_heading(total, normal_words(strip_total(total.total.label))) or 0
    return ((document.starts[total.table_index] + above, total.at),)


def _block_below(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((total.at, total.block_end),)


def _same_below(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((total.at, total.same_end),)


def _whole_table(document: Document, total: PlacedTotal, previous: PlacedTotal | None) -> Ranges:
    return ((document.starts[total.table_index], document.starts[total.table_index + 1]),)


RULES: dict[str, Callable[[Document, PlacedTotal, PlacedTotal | None], Ranges]] = {
    "value_table": _value_table,
    "value_document": _value_document,
    "block": _block,
    "since_same": _since_same,
    "since_same_document": _since_same_document,
    "table": _table,
    "document": _document,
    "heading": _heading,
    "block_below": _block_below,
    "same_below": _same_below,
    "whole_table": _whole_table,
}


def join_lines(lines: Sequence[int]) -> Ranges:
    """Line numbers as ranges.

    >>> join_lines([0, 1, 2, 5])
    ((0, 3), (5, 6))
    """
    ranges: list[tuple[int, int]] = []
    for line in lines:
        if ranges and ranges[-1][1] == line:
            ranges[-1] = (ranges[-1][0], line + 1)
        else:
            ranges.append((line, line + 1))
    return tuple(ranges)


def table_of_line(document: Document, line: int) -> int:
    """Which table of a document a detail row stands in."""
    return bisect_right(document.starts, line) - 1


def slice_amounts(amounts: array, ranges: Ranges) -> Sequence[float]:
    """The amounts of the covered rows."""
    if len(ranges) == 1:
        return amounts[ranges[0][0] : ranges[0][1]]
    return [amount for low, high in ranges for amount in amounts[low:high]]
