"""What a report takes off below a total (`Less: transfers`) and the net figure it prints for the rest.

The net figure is the first row below whose figures are the total less what was taken off, or, where none is, the row
that says so (`Net budget`): then it is off, and that is reported. Rows further down are lines again where they look
like lines; check figures and working notes are not.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from data.intake.drafts import NetRow, TableDraft

_LESS = re.compile(r"\s*\(?\s*(?:less\b(?! than)|deduct\b)", re.I)
_SAYS_NET = re.compile(r"\bnet\b|\btotals?\b|\bafter\b|\bbudget\b|\bbalance\b", re.I)
_NET = re.compile(r"\bnet\b", re.I)
_NOTE = re.compile(r"\s*notes?\b|\s*\*|\s*source\b", re.I)
_HALF_CENT = 0.005
_LONGEST_HEADING = 60


def find_nets(table: TableDraft, numeric: Sequence[bool], totals: Mapping[int, tuple[str, str]]) -> list[NetRow]:
    """Every place where something is taken off a total; the position of a net row is -1 where none is printed."""
    nets: list[NetRow] = []
    for start in _find_less(table):
        above = next((p for p in range(start - 1, -1, -1) if numeric[p]), -1)
        if above in totals and (not nets or start > nets[-1].end):
            nets.append(_find_net(table, numeric, totals, above, start))
    return nets or _find_proved(table, numeric, totals)


def _find_proved(table: TableDraft, numeric: Sequence[bool], totals: Mapping[int, tuple[str, str]]) -> list[NetRow]:
    """A net total below a gross one, where no row says less: what stands between is what the figures differ by."""
    nets: list[NetRow] = []
    for position in [p for p, (label, _) in sorted(totals.items()) if _NET.search(label)]:
        above = max((p for p in totals if p < position), default=-1)
        between = [p for p in range(above + 1, position) if numeric[p]]
        if above >= 0 and between and _is_net(table, above, between, position):
            nets.append(_make_net(table, above, between, position))
    return nets


def _find_less(table: TableDraft) -> list[int]:
    found: set[int] = set()
    for label in table.labels:
        may_say = "less" in label.words or "deduct" in label.words  # long columns seldom do
        texts = {text for text in label.distinct if _LESS.match(text)} if may_say else set()
        if texts:
            found.update(p for p, text in enumerate(label.texts) if text in texts)
    return sorted(found)


def _find_net(
    table: TableDraft, numeric: Sequence[bool], totals: Mapping[int, tuple[str, str]], total: int, start: int
) -> NetRow:
    """What is taken off from `start` on, and the net row that ends it."""
    window = _list_window(table, numeric, totals, start)
    for place, position in enumerate(window[1:], start=1):
        if _is_net(table, total, window[:place], position):
            return _make_net(table, total, window[:place], position)
    for place, position in enumerate(window[1:], start=1):
        if _SAYS_NET.search(_read_label(table, position)):
            return _make_net(table, total, window[:place], position)
    return NetRow(-1, total, tuple(window), "", window[-1] if window else start)


def _make_net(table: TableDraft, total: int, taken_off: Sequence[int], position: int) -> NetRow:
    return NetRow(position, total, tuple(taken_off), _read_label(table, position), position)


def _list_window(
    table: TableDraft, numeric: Sequence[bool], totals: Mapping[int, tuple[str, str]], start: int
) -> list[int]:
    """Labelled rows with amounts below `Less`, to the next total (which may be the net figure) or heading."""
    window: list[int] = []
    last = max((value.index for value in table.values), default=0)
    for position in range(start, len(numeric)):
        if numeric[position] and _read_label(table, position):
            window.append(position)
            if totals.get(position, ("", ""))[0]:
                break
        elif window and not numeric[position] and _ends_window(table, window[-1], position, last):
            break
    return window


def _ends_window(table: TableDraft, row: int, position: int, last: int) -> bool:
    """Whether a text below what is taken off heads something else, and is not the second row of its label.

    Where it is that, the figure that is left comes next.
    """
    following = position + 1
    says_net = following < len(table.body) and bool(_SAYS_NET.search(_read_label(table, following)))
    return _has_label_before(table, position, last) and not (position == row + 1 and says_net)


def _has_label_before(table: TableDraft, position: int, index: int) -> bool:
    """What stands right of all amounts is a list of its own and heads nothing."""
    return any(label.texts[position] for label in table.labels if label.index < index)


def _read_label(table: TableDraft, position: int) -> str:
    return next((label.texts[position] for label in table.labels if label.texts[position]), "")


def _is_net(table: TableDraft, total: int, taken_off: Sequence[int], position: int) -> bool:
    """Whether most figures of a row are the total less what was taken off, with something taken off in them."""
    pairs = [
        (amount, value.amounts[total] - add_taken_off(value.amounts, taken_off))
        for value in table.values
        if (amount := value.amounts[position]) == amount and value.amounts[total] == value.amounts[total]
    ]
    same = sum(1 for printed, rest in pairs if abs(printed - rest) < _HALF_CENT)
    moved = any(add_taken_off(value.amounts, taken_off) for value in table.values)
    return moved and 2 * same > len(pairs)


def add_taken_off(amounts: Sequence[float], taken_off: Collection[int]) -> float:
    """What several rows take off together, whether printed with a minus or without."""
    return sum(abs(amount) for position in taken_off if (amount := amounts[position]) == amount)


def find_rows_beyond(
    table: TableDraft, numeric: Sequence[bool], totals: Mapping[int, tuple[str, str]], nets: Sequence[NetRow]
) -> list[int]:
    """Rows with amounts below the last net figure that no total adds up and that are not laid out like lines."""
    end = nets[-1].end
    if any(position > end and label for position, (label, _) in totals.items()):
        return []
    below = [position for position in range(end + 1, len(numeric)) if numeric[position]]
    if len(table.labels) == 1:
        section = next((p for p in range(end + 1, len(numeric)) if not numeric[p] and _is_heading(table, p)), None)
        return [position for position in below if section is None or position < section or position in totals]
    shapes = {_list_filled(table, p) for p in range(nets[0].total) if numeric[p] and p not in totals}
    return [position for position in below if position in totals or _list_filled(table, position) not in shapes]


def _is_heading(table: TableDraft, position: int) -> bool:
    text = _read_label(table, position)
    return 0 < len(text) <= _LONGEST_HEADING and not _NOTE.match(text)


def _list_filled(table: TableDraft, position: int) -> frozenset[int]:
    """The label columns that a row fills."""
    return frozenset(label.index for label in table.labels if label.texts[position])
