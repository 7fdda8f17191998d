"""Tables whose money is shown elsewhere too: summaries by fund, function or object, counted once.

A summary has fewer label columns than the ledger beside it, its rows are named after the ledger's codes, and most of
its figures are the ledger's own sums. All three must hold.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from data.intake.codes import part_code_title, read_field
from data.intake.documents import strip_total
from data.intake.drafts import ColumnKey, Document, TableDraft, ValueDraft
from data.intake.extent_rules import Ranges, count_lines, group_lines, normal_words, slice_amounts
from data.intake.model import TieOut
from data.intake.numbers import pick
from data.intake.reconcile import add_exactly, describe_lines, make_tie
from planning.vocabulary import RowRole, Side

_HALF_CENT = 0.005
_PIECES = re.compile(r"\s[-–—]\s|:\s|\s[(\[](?=\w+[)\]]\Z)")  # GF - General Fund, General Fund (10)
_LETTERED = re.compile(r"(?:Fund:? )?([A-Z]{1,3}\d{0,3})\s+(?:[-–—] )?(\S.*)")  # Fund GF General Fund
_MOST_ROWS = 0.6
_FEWEST_LISTED = 2  # a summary and two tables that it lists
_FIRST_ROWS = 3
_MOST_LISTED = 300
_LINES_A_GROUP = 2
_DIMENSIONS = ("fund", "function", "object", "location", "program")


@dataclass(slots=True)
class _Group:
    """Lines of a document that share a code, with their sums by column meaning."""

    document: Document
    dimension: str
    value: str
    lines: Ranges
    sums: dict[tuple[str, str, str], float] = field(default_factory=dict)

    @property
    def side(self) -> Side:
        return self.document.tables[0].side


def set_candidates_aside(tables: Sequence[TableDraft]) -> list[TableDraft]:
    """Tables that may repeat a larger, finer table with the same years: to be compared once that one is read."""
    named = _find_named_tables(tables) if len(tables) > _FEWEST_LISTED else {}
    lists = [table for table in tables if _lists_tables(table, named)]
    listed = {id(other) for table in lists for other in _list_named(table, table.detail, named)}
    found = [
        table
        for table in tables
        # What a list of tables names is what it sums up, and no summary of that list.
        if any(table is one for one in lists)
        or (id(table) not in listed and any(_may_summarise(table, other, tables) for other in tables))
    ]
    taken = {id(table) for table in found} | listed
    return found + _list_named_groups([table for table in tables if id(table) not in taken])


def _find_named_tables(tables: Sequence[TableDraft]) -> dict[str, TableDraft]:
    """The one table that a name means, by the name of its sheet or a line above it; what names several names none."""
    found: dict[str, list[TableDraft]] = {}
    for table in tables:
        for key in _name_table(table):
            found.setdefault(key, []).append(table)
    return {key: named[0] for key, named in found.items() if len(named) == 1}


def _lists_tables(table: TableDraft, named: Mapping[str, TableDraft]) -> bool:
    """Whether most rows name another table each, and no two of them the same one."""
    if not named or len(table.detail) < _FEWEST_LISTED or not _list_named(table, table.detail[:_FIRST_ROWS], named):
        return False
    listed = _list_named(table, table.detail, named)
    different = {id(other) for other in listed}
    return len(different) == len(listed) >= max(_FEWEST_LISTED, _MOST_ROWS * len(table.detail))


def _list_named(table: TableDraft, positions: Iterable[int], named: Mapping[str, TableDraft]) -> list[TableDraft]:
    """The tables that rows name: with columns of the same meaning, on the same side."""
    means = {_meaning(value.key) for value in table.values}
    listed: list[TableDraft] = []
    for position in positions:
        keys = {key for label in table.labels for key in _keys_of(label.texts[position])}
        others = [other for key in keys if (other := named.get(key)) is not None and other is not table]
        if (
            others
            and any(_meaning(v.key) in means for v in others[0].values)
            and _may_share_side(table.side, others[0].side)
        ):
            listed.append(others[0])
    return listed


def _name_table(table: TableDraft) -> set[str]:
    """By its sheet, the lines above it, a header over its labels that is no name of a column, and its last total."""
    headers = [label.header for label in table.labels if label.header and not label.meaning.dimension]
    totals = [strip_total(total.label) for total in table.totals[-1:] if total.detail_before == len(table.detail)]
    return {key for text in (table.sheet.name, *table.titles.lines, *headers, *totals) for key in _keys_of(text)}


def _may_summarise(table: TableDraft, other: TableDraft, tables: Sequence[TableDraft]) -> bool:
    if table is other or len(table.labels) >= len(other.labels) or not _may_share_side(table.side, other.side):
        return False
    headers = {label.key for label in other.labels}
    alike = sum(len(t.detail) for t in tables if {label.key for label in t.labels} == headers)
    shared = {_meaning(value.key) for value in table.values} & {_meaning(value.key) for value in other.values}
    return bool(shared) and len(table.detail) < alike


def _list_named_groups(tables: Sequence[TableDraft]) -> list[TableDraft]:
    """Tables that list, with code and title on each row, what groups the lines of one table with many more lines."""
    lists = [table for table in tables if _is_plain_list(table)]
    ledgers = [t for t in tables if len(t.detail) >= _LINES_A_GROUP * min((len(m.detail) for m in lists), default=0)]
    groups = {id(ledger): _find_groups(ledger) for ledger in ledgers} if lists else {}
    return [
        table
        for table in lists
        if any(
            _has_lines_enough(ledger, table)
            and _may_share_side(table.side, ledger.side)
            and _share_of_named(table, groups[id(ledger)]) >= _MOST_ROWS
            for ledger in ledgers
        )
    ]


def _has_lines_enough(ledger: TableDraft, table: TableDraft) -> bool:
    shared = {_meaning(value.key) for value in table.values} & {_meaning(value.key) for value in ledger.values}
    return ledger is not table and bool(shared) and len(ledger.detail) >= _LINES_A_GROUP * len(table.detail)


def _is_plain_list(table: TableDraft) -> bool:
    """Rows that a code and a title name, without headings, subtotals or another key."""
    before = [label for label in table.labels if label.index < min(value.index for value in table.values)]
    few = _FEWEST_LISTED <= len(table.detail) <= _MOST_LISTED
    if not few or table.headings or len(table.totals) > 1 or not before:
        return False
    return all(len(set(pick(label.texts, table.detail))) == len(table.detail) for label in before)


def _find_groups(ledger: TableDraft) -> set[str]:
    """What the headings of a table say, and what its labels say on several lines."""
    found = {key for heading in ledger.headings for key in _keys_of(heading.text)}
    for label in ledger.labels:
        counts = Counter(pick(label.texts, ledger.detail))
        if len(counts) <= _MOST_LISTED:
            found.update(key for text, count in counts.items() if text and count > 1 for key in _keys_of(text))
    return found


def _share_of_named(table: TableDraft, groups: Set[str]) -> float:
    named = [p for p in table.detail if any(_keys_of(label.texts[p]) & groups for label in table.labels)]
    return len(named) / len(table.detail)


def _may_share_side(one: Side, other: Side) -> bool:
    return one is other or Side.UNKNOWN in (one, other)


def _meaning(key: ColumnKey) -> tuple[str, str, str]:
    return key[1:]


class LedgerSums:
    """Sums of the ledger's lines by code, to hold a summary against."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.by_code: dict[str, list[_Group]] = {}
        self.whole: list[_Group] = []
        for document in documents:
            self._add_document(document)

    def _add_document(self, document: Document) -> None:
        self.whole.append(_sum_group(document, "document", "", ((0, document.line_count),)))
        self._add_tables(document)
        for dimension in _DIMENSIONS:
            codes = document.attributes[f"{dimension}_code"]
            names = dict(zip(codes, document.attributes[f"{dimension}_name"], strict=True))
            for code, lines in group_lines(codes).items():
                if code:
                    group = _sum_group(document, dimension, code, lines)
                    for key in {code, " ".join(normal_words(names[code]))} - {""}:
                        self.by_code.setdefault(key, []).append(group)
            self._add_names(document, dimension)

    def _add_names(self, document: Document, dimension: str) -> None:
        """What has a name and no code, as where a ledger prints titles alone."""
        codes, names = document.attributes[f"{dimension}_code"], document.attributes[f"{dimension}_name"]
        alone = [name if not code else "" for code, name in zip(codes, names, strict=True)] if any(names) else []
        for name, lines in group_lines(alone).items():
            if name:
                group = _sum_group(document, dimension, name, lines)
                self.by_code.setdefault(" ".join(normal_words(name)), []).append(group)

    def _add_tables(self, document: Document) -> None:
        """Every table by the name of its sheet and by the lines above it: a summary may list sheets."""
        for table, ends in zip(document.tables, pairwise(document.starts), strict=True):
            group = _sum_group(document, "table", table.sheet.name, (ends,))
            for key in _name_table(table):
                self.by_code.setdefault(key, []).append(group)
            if len(table.headings) <= _MOST_LISTED:
                self._add_headings(document, table, ends)

    def _add_headings(self, document: Document, table: TableDraft, ends: tuple[int, int]) -> None:
        """The lines below every heading, to the next."""
        starts = [ends[0] + heading.detail_before for heading in table.headings]
        for heading, (first, last) in zip(table.headings, pairwise([*starts, ends[1]]), strict=True):
            if first < last:
                group = _sum_group(document, "heading", heading.text, ((first, last),))
                for key in _keys_of(heading.text):
                    self.by_code.setdefault(key, []).append(group)

    def find(self, texts: Sequence[str], side: Side) -> list[_Group]:
        """Groups on a side that the labels of a row may name."""
        keys = {key for text in texts for key in _keys_of(text)}
        return [g for key in keys for g in self.by_code.get(key, []) if _may_share_side(side, g.side)]

    def find_whole(self, side: Side) -> list[_Group]:
        """Whole documents on a side."""
        return [group for group in self.whole if _may_share_side(side, group.side)]


@lru_cache(10_000)
def _keys_of(text: str) -> Set[str]:
    named = read_field(text)
    code, title = part_code_title(named[1] if named else text)
    lettered = None if code else _LETTERED.fullmatch(text)
    if lettered:
        code, title = lettered[1], lettered[2]
    pieces = _PIECES.split(named[1] if named else text)
    return {code, *(" ".join(normal_words(part)) for part in (title, text, *pieces))} - {""}


def _sum_group(document: Document, dimension: str, value: str, lines: Ranges) -> _Group:
    group = _Group(document, dimension, value, lines)
    for key, amounts in document.amounts.items():
        group.sums[_meaning(key)] = sum(slice_amounts(amounts, lines))
    return group


def check_summary(table: TableDraft, ledger: LedgerSums, level: int) -> list[TieOut] | None:
    """The figures of a summary against the ledger's sums; None where the table is no summary.

    `level` is the highest among the ledger's own totals: a summary's rows stand above it.
    """
    found = {
        position: ledger.find([label.texts[position] for label in table.labels], table.side)
        for position in table.detail
    }
    best = {position: _best_match(table, position, groups) for position, groups in found.items()}
    matched = {position: group for position, group in best.items() if group and _fits(table, position, group)}
    if len(matched) < max(1, _MOST_ROWS * len(table.detail)):
        return None
    usual = _usual_dimension(list(matched.values()))
    rows = {p: matched.get(p) or _of_dimension(found[p], usual) for p in table.detail}
    ties = [
        tie
        for position, group in rows.items()
        if group
        for tie in _tie_row(table, position, group, RowRole.SUBTOTAL, level + 1)
    ]
    for total in table.totals:
        whole = _best_match(table, total.position, ledger.find_whole(table.side))
        if whole and _fits(table, total.position, whole):
            ties += _tie_row(table, total.position, whole, RowRole.TOTAL, level + 2)
    return ties


def _count_matches(table: TableDraft, position: int, group: _Group) -> tuple[int, int]:
    """Figures of a row that equal the group's sums, and figures that could."""
    matches = printed = 0
    for value in table.values:
        amount = value.amounts[position]
        if amount and amount == amount and _meaning(value.key) in group.sums:
            printed += 1
            matches += abs(group.sums[_meaning(value.key)] - amount) < _HALF_CENT
    return matches, printed


def _best_match(table: TableDraft, position: int, groups: Sequence[_Group]) -> _Group | None:
    return max(groups, key=lambda group: _count_matches(table, position, group)[0], default=None)


def _fits(table: TableDraft, position: int, group: _Group) -> bool:
    matches, printed = _count_matches(table, position, group)
    return matches > 0 and 2 * matches >= printed


def _usual_dimension(groups: Sequence[_Group]) -> str:
    counts: dict[str, int] = {}
    for group in groups:
        counts[group.dimension] = counts.get(group.dimension, 0) + 1
    return max(counts, key=lambda dimension: counts[dimension])


def _of_dimension(groups: Sequence[_Group], dimension: str) -> _Group | None:
    return next((group for group in groups if group.dimension == dimension), None)


def _tie_row(table: TableDraft, position: int, group: _Group, role: RowRole, level: int) -> list[TieOut]:
    by_meaning: Mapping[tuple[str, str, str], array] = {_meaning(k): a for k, a in group.document.amounts.items()}
    ties: list[TieOut] = []
    for value in table.values:
        amount = value.amounts[position]
        if amount == amount and _meaning(value.key) in by_meaning and not value.empty:
            ties.append(_make_tie(table, value, position, group, (role, level), by_meaning[_meaning(value.key)]))
    return ties


def _make_tie(
    table: TableDraft, value: ValueDraft, position: int, group: _Group, rank: tuple[RowRole, int], amounts: array
) -> TieOut:
    label = next((text for text in (label.texts[position] for label in table.labels) if text), "")
    return make_tie(
        table,
        value,
        table.body.start + position,
        label=label,
        role=rank[0],
        level=rank[1],
        printed=value.amounts[position],
        detail=add_exactly(slice_amounts(amounts, group.lines)),
        line_count=count_lines(group.lines),
        covers=describe_lines(group.document, group.lines, f"{group.dimension} {group.value}".strip()),
    )
