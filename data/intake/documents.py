"""Joins tables that continue each other over sheets into documents, and carries labels down.

A label is carried down where a report prints it only on the first row of a block: the first detail row of each table
has it, blanks follow, and either its header names an organisational dimension or printed totals are named after it.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

from data.intake.codes import part_code_title
from data.intake.drafts import Document, TableDraft
from data.intake.headers import read_side
from data.intake.numbers import pick
from data.intake.rows import is_total_label
from data.intake.side_words import read_side_of_words
from planning.vocabulary import Side

_CARRIED_DIMENSIONS = frozenset({"fund", "function", "object", "location", "program", "project", "org", "account"})
_REVENUE_CODE = "R"
_SOURCE = re.compile(r"(?:revenue )?sources?(?: codes?)?", re.I)  # revenue is coded by source, spending by object
_TOTAL_WORDS = re.compile(r"\b(?:(?:grand|sub)[ -]?)?totals?\b(?: for\b| of\b)?", re.I)


def read_table_side(table: TableDraft) -> Side:
    """Revenue or expenditure for the whole table: from its titles, headers, total labels, headings, then its codes.

    Fund balance and transfers inside a printed revenue total stay on its side, so that the total still ties.
    """
    named = read_named_side(table)
    return named if named is not Side.UNKNOWN else _read_side_from_codes(table)


def read_named_side(table: TableDraft) -> Side:
    """The side that the table's own words say, wherever they stand."""
    if table.titles.side is not Side.UNKNOWN:
        return table.titles.side
    headers = [value.header for value in table.values] + [label.header for label in table.labels]
    words = headers + [total.label for total in table.totals]
    for texts in (words, [heading.text for heading in table.headings]):
        sides = {read_side(text) for text in texts} - {Side.UNKNOWN}
        if len(sides) == 1:
            return sides.pop()
    of_sheet = read_side(table.sheet.name)
    if of_sheet is not Side.UNKNOWN:
        return of_sheet
    return Side.REVENUE if _names_sources(table) else read_side_of_words(table)


def _names_sources(table: TableDraft) -> bool:
    """Whether the lines are told by their source alone, as revenue is: spending has a function or an object."""
    sources = [label for label in table.labels if _SOURCE.fullmatch(label.header.strip())]
    others = {label.meaning.dimension for label in table.labels if label not in sources}
    return bool(sources) and not others & {"function", "object", "vendor"}


def _read_side_from_codes(table: TableDraft) -> Side:
    for label in table.labels:
        if label.meaning.is_name:
            continue
        codes = (part_code_title(text)[0] for text in label.distinct if not is_total_label(text))
        of_revenue = (code[0].upper() == _REVENUE_CODE and code[1:].isdigit() for code in codes if code)
        if next(of_revenue, False) and all(of_revenue):
            return Side.REVENUE
    if any(_SOURCE.fullmatch(label.header.strip()) for label in table.labels):
        return Side.REVENUE
    dimensions = {label.meaning.dimension for label in table.labels}
    return Side.EXPENDITURE if dimensions & {"function", "object"} else Side.UNKNOWN


def settle_sides(tables: Sequence[TableDraft]) -> None:
    """A table that names no side takes that of the tables laid out like it; else expenditure, and that is asked."""
    layouts: dict[frozenset, set[Side]] = {}
    for table in tables:
        layouts.setdefault(_layout(table), set()).add(table.side)
    for table in tables:
        if table.side is Side.UNKNOWN:
            known = layouts[_layout(table)] - {Side.UNKNOWN}
            table.side_assumed = len(known) != 1
            table.side = known.pop() if len(known) == 1 else Side.EXPENDITURE


def confirm_sides(summary: TableDraft, tables: Sequence[TableDraft]) -> None:
    """What a summary calls expenditures is that, in the tables of its page that it sums up too."""
    if read_named_side(summary) is Side.EXPENDITURE:
        for table in tables:
            if table.sheet is summary.sheet and table.side is Side.EXPENDITURE:
                table.side_assumed = False


def _layout(table: TableDraft) -> frozenset:
    return frozenset([*(label.key for label in table.labels), *(value.key for value in table.values)])


def build_documents(tables: Sequence[TableDraft]) -> list[Document]:
    """Tables with the same columns on the same side, joined in the order of their sheets."""
    groups: dict[tuple[Side, frozenset], list[TableDraft]] = {}
    for table in tables:
        groups.setdefault((table.side, frozenset(value.key for value in table.values)), []).append(table)
    return [_build_document(group) for group in groups.values()]


def _build_document(tables: list[TableDraft]) -> Document:
    starts = [0, *accumulate(len(table.detail) for table in tables)]
    meanings = {label.key: label.meaning for table in tables for label in table.labels}
    document = Document(tables, starts, {}, meanings, {})
    for value in tables[0].values:
        document.amounts[value.key] = _join_amounts(tables, value.key)
    for key in meanings:
        document.labels[key] = _join_labels(document, key)
    for table in tables:
        for value in table.values:
            value.empty = not any(document.amounts[value.key])
    return document


def _join_amounts(tables: Iterable[TableDraft], key: tuple[str, str, str, str]) -> array:
    """Amounts of one column over all detail rows; an empty cell adds nothing."""
    joined = array("d")
    for table in tables:
        amounts = next(value.amounts for value in table.values if value.key == key)
        joined.extend([amount if amount == amount else 0.0 for amount in pick(amounts, table.detail)])
    return joined


def _join_labels(document: Document, key: str) -> list[str]:
    parts: list[list[str]] = []
    for table in document.tables:
        label = next((label for label in table.labels if label.key == key), None)
        parts.append(list(pick(label.texts, table.detail)) if label else [""] * len(table.detail))
    if _is_carried(document, key, parts):
        parts = [
            _carry_down(_add_skipped(table, key, part)) for table, part in zip(document.tables, parts, strict=True)
        ]
    return [text for part in parts for text in part]


def _is_carried(document: Document, key: str, parts: list[list[str]]) -> bool:
    filled = [part for part in parts if part]
    blanks = sum(part.count("") for part in filled)
    if not blanks or not filled or sum(1 for part in filled if part[0]) < 0.9 * len(filled):
        return False
    if _names_printed_codes(document, key, parts):
        return False
    texts = {text for part in filled for text in part if text}
    if sum(len(part) - part.count("") for part in filled) == len(filled) == 1 and len(texts) == 1:
        return document.meanings[key].dimension in _CARRIED_DIMENSIONS
    return document.meanings[key].dimension in _CARRIED_DIMENSIONS or _are_named_by_totals(document, texts)


def _names_printed_codes(document: Document, key: str, parts: list[list[str]]) -> bool:
    """Whether a name is blank on rows that print a code of their own beside it: then it is blank, not to be carried."""
    meaning = document.meanings[key]
    codes = [k for k, m in document.meanings.items() if m.dimension == meaning.dimension and not m.is_name]
    if not meaning.is_name or not codes:
        return False
    for table, names in zip(document.tables, parts, strict=True):
        label = next((label for label in table.labels if label.key == codes[0]), None)
        beside = pick(label.texts, table.detail) if label else ()
        if any(code and not name for code, name in zip(beside, names, strict=False)):
            return True
    return False


def _are_named_by_totals(document: Document, texts: set[str]) -> bool:
    codes = {part_code_title(text)[0] or text.casefold() for text in texts}
    labels = {total.label for table in document.tables for total in table.totals if total.label}
    named = sum(1 for label in labels if (part_code_title(label)[0] or strip_total(label).casefold()) in codes)
    return 2 * named >= len(codes)


def strip_total(label: str) -> str:
    """A total's label without the word and its punctuation.

    >>> strip_total("415 - ERATE - Total"), strip_total("Total for Instruction")
    ('415 - ERATE', 'Instruction')
    """
    parts = [part.strip(" -–—:.") for part in _TOTAL_WORDS.split(label)]
    return " ".join(part for part in parts if part)


def _add_skipped(table: TableDraft, key: str, part: list[str]) -> list[str]:
    """The labels of lines, with what lines without amounts right above them print first: N/A opens a block too."""
    label = next((label for label in table.labels if label.key == key), None)
    if label is None:
        return part
    totals = {total.position for total in table.totals}
    added = list(part)
    before = -1
    for place, position in enumerate(table.detail):
        if not added[place]:
            skipped = (p for p in range(position - 1, before, -1) if label.texts[p] and p not in totals)
            added[place] = next((label.texts[p] for p in skipped if _is_line_without_amounts(table, p)), "")
        before = position
    return added


def _is_line_without_amounts(table: TableDraft, position: int) -> bool:
    """Whether a row that is no line names itself like one; a heading fills one column, a header is no row of lines."""
    filled = sum(1 for label in table.labels if label.texts[position])
    return filled > 1 and table.body.start + position not in table.header_rows


def _carry_down(texts: list[str]) -> list[str]:
    """Fills blanks from above."""
    current = ""
    carried: list[str] = []
    for text in texts:
        current = text or current
        carried.append(current)
    return carried
