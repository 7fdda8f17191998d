"""Which detail rows a printed total covers: from its label and position, confirmed by all its columns together.

Totals of one kind (all cost-centre totals, all fund totals) share one rule. The rule that the labels suggest stands
unless another fits at least two more printed figures, so that one wrong cell can never change what a total covers.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from data.intake.codes import part_code_title, read_field
from data.intake.documents import strip_total
from data.intake.drafts import ColumnKey, Document, TableDraft, TotalRow
from data.intake.extent_rules import RULES, Link, PlacedTotal, Ranges, count_lines, find_heading, normal_words
from data.intake.headers import DIMENSION_WORDS

_HALF_CENT = 0.005
_ALL_WORDS = frozenset(
    {"overall", "all", "funds", "report", "document", "district", "budget", "sum", "combined", "summary"}
)
_DIMENSIONS = ("fund", "function", "object", "location", "program", "project")
_BELOW = ("block_below", "same_below", "whole_table")
_VOTES_TO_OVERRULE = 2


def place_totals(document: Document) -> list[PlacedTotal]:
    """Every total row of a document with the rows it covers, in order."""
    placed = [_place(document, index, total) for index, table in enumerate(document.tables) for total in table.totals]
    _find_blocks(document, placed)
    for total in placed:
        total.link = _find_link(document, total)
    prefix = {key: [0.0, *accumulate(amounts)] for key, amounts in document.amounts.items()}
    classes = _group_classes(document, placed)
    for members in classes.values():
        if members[0].total.leaves:
            _cover_leaves(document, members)
        else:
            _choose_rule(document, members, prefix)
    for place, total in enumerate(placed):
        if _is_over_empty_lines(total, placed[place - 1] if place else None):
            total.covers, total.rule = ((total.at, total.at),), "nothing"
    _rank_levels(list(classes.values()))
    return placed


def _is_over_empty_lines(total: PlacedTotal, before: PlacedTotal | None) -> bool:
    """A total of zeros below lines that hold no amount (N/A, or nothing yet) adds up no other lines."""
    if _count_printed(total) or total.at != total.block_start:
        return False
    after = before.total.position if before and before.table_index == total.table_index else -1
    between = range(after + 1, total.total.position)
    rows = [p for p in between if total.table.body.start + p not in total.table.header_rows]
    return any(label.texts[p] for label in total.table.labels for p in rows)


def _cover_leaves(document: Document, members: Sequence[PlacedTotal]) -> None:
    """A row over others in a hierarchy covers what stands under it, whatever its figures say."""
    for total in members:
        start, detail = document.starts[total.table_index], total.table.detail
        first, last = total.total.leaves or (0, -1)
        total.covers, total.rule = ((start + bisect_left(detail, first), start + bisect_right(detail, last)),), "leaves"


def _place(document: Document, index: int, total: TotalRow) -> PlacedTotal:
    start = document.starts[index]
    end = document.starts[index + 1]
    return PlacedTotal(index, document.tables[index], total, start + total.detail_before, start, end, end)


def _find_blocks(document: Document, placed: list[PlacedTotal]) -> None:
    """The detail right above each total, since the total before it in the same table; and right below, to the next."""
    placed = [total for total in placed if not total.total.of_page]
    for before, total in pairwise(placed):
        if before.table_index == total.table_index:
            total.block_start = before.at
    for later, total in pairwise(reversed(placed)):
        if later.table_index == total.table_index:
            total.block_end = later.at if later.at > total.at else later.block_end


def _find_link(document: Document, placed: PlacedTotal) -> Link:
    text = strip_total(placed.total.label)
    words = normal_words(text)
    if not words:
        return Link("plain", "")
    titled = _find_titled(placed.table, text, words)
    if titled:
        return titled
    if placed.at > document.starts[placed.table_index]:
        named = _find_named(document, placed, text, words)
        if named:
            return named
    if set(words) <= _ALL_WORDS:
        return Link("all", "")
    return Link("none", "")


def _find_titled(table: TableDraft, text: str, words: tuple[str, ...]) -> Link | None:
    """`Total Fund`, or the very words of a title field."""
    for dimension, value in table.titles.fields.items():
        if words == (dimension,) or words == normal_words(value):
            return Link("title", dimension)
    field_named = read_field(text)
    if field_named and field_named[0] in table.titles.fields:
        code = part_code_title(table.titles.fields[field_named[0]])[0]
        if code and code == part_code_title(field_named[1])[0]:
            return Link("title", field_named[0])
    return None


def _find_named(document: Document, placed: PlacedTotal, text: str, words: tuple[str, ...]) -> Link | None:
    """A label that repeats a value of the row above it, whole or by its code; or a heading above."""
    last = placed.at - 1
    values = {key: texts[last] for key, texts in document.labels.items()}
    own = placed.total.label_key
    for key in sorted(values, key=lambda k: k != own):
        if values[key] and normal_words(values[key]) == words:
            return Link("label", key)
    heading = find_heading(placed, words)
    if heading is not None:
        return Link("heading", "")
    named = read_field(text)
    code = part_code_title(named[1] if named else text)[0]
    for dimension in [named[0]] if named else _DIMENSIONS:
        if code and dimension in _DIMENSIONS and code == document.attributes[f"{dimension}_code"][last]:
            return _link_dimension(placed.table, dimension)
    for key in sorted(values, key=lambda k: k != own):
        if code and not named and part_code_title(values[key])[0] == code:
            return Link("label", key)
    return _find_by_name(document, placed, words, last)


def _link_dimension(table: TableDraft, dimension: str) -> Link:
    return Link("title" if dimension in table.titles.fields else "dimension", dimension)


def _find_by_name(document: Document, placed: PlacedTotal, words: tuple[str, ...], last: int) -> Link | None:
    kept = tuple(word for word in words if word not in DIMENSION_WORDS) or words
    for dimension in _DIMENSIONS:
        name = document.attributes[f"{dimension}_name"][last]
        if name and normal_words(name) in (words, kept):
            return _link_dimension(placed.table, dimension)
    return None


def _group_classes(document: Document, placed: Sequence[PlacedTotal]) -> dict[tuple, list[PlacedTotal]]:
    """Totals that must follow one rule."""
    counts: dict[tuple[str, ...], int] = {}
    for total in placed:
        words = normal_words(strip_total(total.total.label))
        counts[words] = counts.get(words, 0) + 1
    classes: dict[tuple, list[PlacedTotal]] = {}
    for total in placed:
        key: tuple = (total.link.kind, total.link.name)
        if total.total.leaves:
            key = ("leaves", total.total.depth)
        elif total.link.kind in ("none", "plain"):
            words = normal_words(strip_total(total.total.label))
            repeated = words if counts[words] > 1 and words else ()
            # A row without a label that another total follows ends a section, like those before it.
            closes = _closes_document(document, total) and (bool(total.total.label) or total is placed[-1])
            ends = (total.at == total.block_start, False, repeated)
            # The last of several sections ends like those before it, where another total stands below its own.
            closes = closes and (total is placed[-1] or (*key, *ends) not in classes)
            key += (*ends[:1], closes, repeated)
        classes.setdefault(key, []).append(total)
    return classes


def _closes_document(document: Document, total: PlacedTotal) -> bool:
    """Whether no detail follows, in this table or a later one, and a total stands right above."""
    return total.at == document.line_count and total.at == total.block_start


def _choose_rule(document: Document, members: list[PlacedTotal], prefix: Mapping[ColumnKey, list[float]]) -> None:
    expected, *others = (*_candidate_rules(members), *_BELOW)
    for total, after in pairwise(members):
        if total.table_index == after.table_index:
            total.same_end = after.at
    previous = [None, *members[:-1]]
    extents = {expected: _apply(expected, document, members, previous)}
    votes = {expected: _count_votes(members, extents[expected], prefix)}
    if votes[expected] < sum(_count_printed(total) for total in members):
        for rule in others:
            extents[rule] = _apply(rule, document, members, previous)
            votes[rule] = _count_votes(members, extents[rule], prefix)
    best = max(votes, key=lambda rule: votes[rule])
    if votes[expected] and votes[best] < votes[expected] + _VOTES_TO_OVERRULE:
        best = expected
    for total, ranges in zip(members, extents[best], strict=True):
        total.covers, total.rule = ranges, best


def _apply(
    rule: str, document: Document, members: list[PlacedTotal], previous: Sequence[PlacedTotal | None]
) -> list[Ranges]:
    find = RULES[rule]
    return [find(document, total, before) for total, before in zip(members, previous, strict=True)]


def _count_votes(members: list[PlacedTotal], extents: list[Ranges], prefix: Mapping[ColumnKey, list[float]]) -> int:
    return sum(_count_matches(total, ranges, prefix) for total, ranges in zip(members, extents, strict=True))


def _count_printed(total: PlacedTotal) -> int:
    """How many figures of a total row could match: those printed and not zero."""
    figures = [value.amounts[total.total.position] for value in total.table.values]
    return sum(1 for printed in figures if printed and printed == printed)


def _candidate_rules(members: list[PlacedTotal]) -> list[str]:
    """Rules to try, the one that the labels suggest first."""
    first = members[0]
    kind = first.link.kind
    if kind == "title":
        return ["value_document", "table", "block"]
    if kind in ("label", "dimension"):
        return ["value_table", "value_document", "block", "since_same"]
    if kind == "heading":
        return ["heading", "block", "since_same"]
    if kind == "all" or (first.at == first.block_start and _has_nothing_before(first)):
        return ["document", "table", "since_same", "since_same_document"]
    if first.at == first.block_start:
        wide = ["since_same", "table", "document", "since_same_document"]
        return ["document", "table", "since_same"] if len(members) == 1 and first.table_index else wide
    if kind == "plain":
        # Several of them in one table end a section each.
        several = any(one.table_index == other.table_index for one, other in pairwise(members))
        return ["block", "table", "document"] if several else ["table", "block", "document"]
    return ["block", "since_same", "table", "document"]


def _has_nothing_before(total: PlacedTotal) -> bool:
    return total.total.detail_before == 0


def _count_matches(total: PlacedTotal, ranges: Ranges, prefix: Mapping[ColumnKey, list[float]]) -> int:
    """In how many columns the covered detail adds up to the printed figure; zeros prove nothing."""
    matches = 0
    for value in total.table.values:
        printed = value.amounts[total.total.position]
        if printed and printed == printed:
            sums = prefix[value.key]
            added = sum(sums[high] - sums[low] for low, high in ranges)
            matches += abs(added - printed) < _HALF_CENT
    return matches


def _rank_levels(classes: list[list[PlacedTotal]]) -> None:
    """Level 1 covers the fewest rows on average."""
    sizes = [sum(count_lines(total.covers) for total in members) / len(members) for members in classes]
    for level, index in enumerate(sorted(range(len(classes)), key=lambda i: sizes[i]), start=1):
        for total in classes[index]:
            total.level = level
