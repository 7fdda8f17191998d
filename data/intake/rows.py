"""Which rows of a table are detail, totals, headings, notes or blank: from labels and which cells are filled.

Amounts never decide: a wrong figure must stay detail and show up as a mismatch.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from operator import or_

from data.intake.drafts import Grid, Heading, LabelDraft, TableDraft, TotalRow
from data.intake.nets import find_nets, find_rows_beyond
from data.intake.numbers import cell_text, is_malformed_number, pick
from data.intake.page_totals import list_carried
from data.intake.print_lines import find_page_rows
from planning.vocabulary import RowRole

_TOTAL = re.compile(r"\b(?:sub|grand)?[ -]?totals?\b|\A\W*resources available\W*\Z", re.I)
_RATE = re.compile(
    r"\W*(?:percent(?:age)?|%|pct\.?) (?:increase|decrease|change|difference|growth|of|over|from)\b"
    r"|\W*(?:tax|mill(?:age)?|levy) rates?\b",
    re.I,
)
_LONGEST_HEADING = 90
_FEWEST_LINES = 2


def is_total_label(text: str) -> bool:
    """Whether a label says that its row adds others up.

    >>> is_total_label("415 - ERATE - Total"), is_total_label("Subtotal"), is_total_label("Totally new")
    (True, True, False)
    """
    small = text.lower()
    return ("tal" in small or "available" in small) and bool(_TOTAL.search(text))


def read_row_roles(grid: Grid, table: TableDraft) -> None:
    """Fills `roles`, `detail`, `totals` and `headings` of a table whose values and labels are read."""
    numeric = _flag_numeric_rows(table)
    pages = find_page_rows(grid, table)
    for position in pages:
        numeric[position] = False
    rates = _find_rates(table, numeric)
    for position in rates:
        numeric[position] = False
    totals = _find_total_labels(table, numeric)
    zeros = _find_bare_zeros(table, totals)
    aside = _set_nets_aside(table, numeric, totals) | zeros
    last_total = max((position for position in totals if position not in aside), default=-1)
    totals = {position: total for position, total in totals.items() if position not in aside}
    count = len(table.body)
    table.detail = [p for p in range(count) if numeric[p] and p not in totals and p not in aside]
    table.roles.update(dict.fromkeys((table.body.start + p for p in aside), RowRole.NOTE))
    # A row of zeros without a label, above the last total, adds up no lines.
    table.roles.update({table.body.start + p: RowRole.SUBTOTAL for p in zeros if p < last_total})
    totals |= {p: ("", "") for p in zeros if p < last_total and _ends_zeros(table, p, totals)}
    table.roles.update({table.body.start + net.position: RowRole.TOTAL for net in table.nets if net.position >= 0})
    last_numeric = next((position for position in reversed(range(count)) if numeric[position]), -1)
    _read_other_rows(grid, table, numeric, last_numeric, pages)
    _add_totals(table, totals)
    table.roles.update(dict.fromkeys((table.body.start + position for position in rates), RowRole.NOTE))
    _name_roles(table)


def _find_rates(table: TableDraft, numeric: Sequence[bool]) -> list[int]:
    """Rows of percents and rates under rows of money, such as `Percentage increase from prior year`."""
    rates: set[int] = set()
    for label in table.labels:
        if any(word in label.words for word in ("%", "percent", "rate")):  # long columns seldom have one
            texts = {text for text in label.distinct if _RATE.match(text)}
            rates.update(p for p, text in enumerate(label.texts) if text in texts and numeric[p])
    return sorted(rates) if len(rates) < sum(numeric) else []


def _add_totals(table: TableDraft, totals: dict[int, tuple[str, str]]) -> None:
    for position in sorted(totals):
        label, key = totals[position]
        before = _count_before(table.detail, position)
        table.totals.append(TotalRow(table.body.start + position, position, label, key, before))


def _find_bare_zeros(table: TableDraft, totals: dict[int, tuple[str, str]]) -> set[int]:
    """Rows of zeros without a label: check cells and spacers, which say nothing."""
    bare = [position for position, (label, _) in totals.items() if not label]
    return {
        p for p in bare if not any(value.amounts[p] and value.amounts[p] == value.amounts[p] for value in table.values)
    }


def _ends_zeros(table: TableDraft, position: int, totals: Mapping[int, tuple[str, str]]) -> bool:
    """Whether a row of zeros adds up the lines above it: there are some, and they are zeros too."""
    first = max((other for other in totals if other < position), default=-1) + 1
    lines = [p for p in table.detail if first <= p < position]
    return bool(lines) and not any(
        value.amounts[p] and value.amounts[p] == value.amounts[p] for value in table.values for p in lines
    )


def _set_nets_aside(table: TableDraft, numeric: Sequence[bool], totals: dict[int, tuple[str, str]]) -> set[int]:
    """What a report takes off below its totals, the net figures, and check figures below the last: no lines."""
    table.nets = find_nets(table, numeric, totals) if totals else []
    if not table.nets:
        return set()
    table.beyond = find_rows_beyond(table, numeric, totals, table.nets)
    taken = {position for net in table.nets for position in (*net.taken_off, net.position) if position >= 0}
    return taken | set(table.beyond)


def _flag_numeric_rows(table: TableDraft) -> list[bool]:
    flags = [False] * len(table.body)
    for value in table.values:
        flags = list(map(or_, flags, [amount == amount for amount in value.amounts]))
        for position, text in value.unreadable.items():
            flags[position] = flags[position] or is_malformed_number(text)
    headers = set(table.header_rows)
    for row in headers & set(table.body):
        flags[row - table.body.start] = False
    return flags


def _find_total_labels(table: TableDraft, numeric: Sequence[bool]) -> dict[int, tuple[str, str]]:
    """Label and label column of every total row, by position in the body."""
    named: dict[int, tuple[str, LabelDraft]] = {}
    for label in table.labels:
        total_texts = _find_total_texts(label)
        if total_texts:
            for position, text in enumerate(label.texts):
                if text in total_texts and numeric[position]:
                    named.setdefault(position, (text, label))
    aside = {*named, *list_carried(table.labels)}
    unlabelled = _find_unlabelled(table, numeric, aside)
    keys = _find_key_labels(table, numeric, {*aside, *unlabelled})
    totals = {p: (text, label.key) for p, (text, label) in named.items() if not _is_named_detail(p, label, keys)}
    if keys:
        totals.update(dict.fromkeys(unlabelled, ("", "")))
    return totals


def _find_total_texts(label: LabelDraft) -> set[str]:
    if "tal" not in label.words and "available" not in label.words:  # long columns seldom have one
        return set()
    return {text for text in label.distinct if is_total_label(text)}


def _find_key_labels(table: TableDraft, numeric: Sequence[bool], without: set[int]) -> list[LabelDraft]:
    """Label columns that (nearly) every detail row fills."""
    candidates = [position for position, flag in enumerate(numeric) if flag and position not in without]
    fewest = 0.9 * len(candidates)
    if not candidates:
        # Every line is called a total of something: the keys are what all but the last of them fill.
        candidates = [position for position, flag in enumerate(numeric) if flag]
        fewest = max(len(candidates) - 1, _FEWEST_LINES)
    if not candidates:
        return []
    return [
        label
        for label in table.labels
        if not _stands_behind(table, label)
        and ("" not in label.distinct or sum(map(bool, pick(label.texts, candidates))) >= fewest)
    ]


def _stands_behind(table: TableDraft, label: LabelDraft) -> bool:
    """Whether a column right of all amounts is headed by no part of an account: comments, who prepared the line."""
    last = max((value.index for value in table.values), default=label.index)
    return label.index > last and bool(label.header) and not label.meaning.dimension


def _is_named_detail(position: int, label: LabelDraft, keys: list[LabelDraft]) -> bool:
    """A row such as `241 | TOTAL COMPENSATION` keeps all its other keys and is no total.

    Labels printed again for a second panel of years say total too, and keep nothing.
    """
    others = [key for key in keys if key is not label]
    return bool(others) and all(key.texts[position] and not is_total_label(key.texts[position]) for key in others)


def _find_unlabelled(table: TableDraft, numeric: Sequence[bool], named: Collection[int]) -> list[int]:
    """Rows with amounts and no label at all, or only a remark beside them."""
    before = [label for label in table.labels if not _stands_behind(table, label)]
    if not before or any("" not in label.texts for label in before):
        return []
    keys = _find_key_labels(table, numeric, set(named))
    labels = [label for label in before if not _holds_remarks(label, keys, numeric)]
    labelled = list(map(any, zip(*(label.texts for label in labels), strict=True))) or [False] * len(numeric)
    return [position for position, (flag, some) in enumerate(zip(numeric, labelled, strict=True)) if flag and not some]


def _holds_remarks(label: LabelDraft, keys: list[LabelDraft], numeric: Sequence[bool]) -> bool:
    """A column without a header whose every text stands beside amounts that have no other label: a remark, no label."""
    if label.header or not keys:
        return False
    filled = [position for position, text in enumerate(label.texts) if text]
    return all(numeric[p] and not any(key.texts[p] for key in keys) for p in filled)


def _read_other_rows(
    grid: Grid, table: TableDraft, numeric: Sequence[bool], last_numeric: int, pages: Collection[int]
) -> None:
    headers = set(table.header_rows)
    read = {column.index for column in (*table.labels, *table.values)}
    for position, flag in enumerate(numeric):
        row = table.body.start + position
        if flag or row in headers:
            continue
        words = [
            (index, cell_text(column[row])) for index, column in enumerate(grid.columns) if type(column[row]) is str
        ]
        # What stands in columns that are left out (row numbers, changes) names nothing.
        texts = [text for index, text in words if text and index in read] or [text for _, text in words if text]
        if not texts and all(column[row] is None or type(column[row]) is str for column in grid.columns):
            table.roles[row] = RowRole.BLANK
        elif texts and position < last_numeric and position not in pages and len(" ".join(texts)) <= _LONGEST_HEADING:
            table.roles[row] = RowRole.HEADING
            table.headings.append(Heading(row, " ".join(texts), _count_before(table.detail, position)))
        else:
            table.roles[row] = RowRole.NOTE


def _count_before(positions: list[int], position: int) -> int:
    return bisect_left(positions, position)


def _name_roles(table: TableDraft) -> None:
    table.roles.update(dict.fromkeys(table.title_rows, RowRole.TITLE))
    table.roles.update(dict.fromkeys(table.header_rows, RowRole.HEADER))
    table.roles.update(dict.fromkeys(table.detail_rows(), RowRole.DETAIL))
    table.roles.update({total.row: RowRole.SUBTOTAL for total in table.totals})
