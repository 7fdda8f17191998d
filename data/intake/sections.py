"""Revenues over expenditures in one table: headings and totals say where each side begins and ends.

`Revenues` … `Total Revenues`, `Expenditures` … `Total Expenditures`, and below them what is left of one after the other
(`Excess of revenues over expenditures`, `Net change in fund balance`) and the balance it ends with, which are computed
and no lines of a budget. The balance it begins with is neither revenue nor expenditure.
"""

import re
from collections.abc import Iterator, Sequence

from data.intake.drafts import TableDraft
from data.intake.headers import read_row_side
from data.intake.rows import is_total_label
from planning.vocabulary import RowRole, Side

_COMPUTED = re.compile(
    r"\s*(?:(?:surplus|shortfall)\b|\(?deficit\b|difference\b|operating (?:surplus|deficit)\b"
    r"|net (?:change|increase|decrease|surplus|deficit|income|gain|loss|operating|result|position|difference)\b"
    r"|(?:net |total )?revenues? .*\b(?:over|minus|less)\b.*\b(?:expen|appropriations|requirements)"
    r"|(?:operating )?(?:gain|income)\s*[/(]+\s*loss)",
    re.I,
)
_BOTH = re.compile(r"revenues?\b.*\bexpen|expen.*\brevenues?\b", re.I)
_OPENS = r"(?:total (?:[\w&'-]+ ){0,4}|sub-?total (?:\w+ ){0,2}|(?:\w+ )?)"
_SECTION = (
    (_OPENS + r"(?:revenues?|resources|receipts)(?: and other (?:financing )?sources)?", Side.REVENUE),
    (
        _OPENS + r"(?:expenditures?|expenses|appropriations|requirements|disbursements)"
        r"(?: and other (?:financing )?uses)?",
        Side.EXPENDITURE,
    ),
)
_BALANCE = re.compile(
    r"\b(?:fund|carry[ -]?over|beginning|opening|starting|ending|closing) (?:fund |cash )?(?:balances?|equity)\b", re.I
)
_SECTIONS = tuple((re.compile(pattern, re.I), side) for pattern, side in _SECTION)


def read_section_side(text: str) -> Side:
    """The side that a heading or a total of a section names; a line called after a side names none.

    >>> str(read_section_side("REVENUES:")), str(read_section_side("Total General Expenditures"))
    ('revenue', 'expenditure')
    >>> str(read_section_side("Other revenue from local sources")), str(read_section_side("Special Revenue"))
    ('unknown', 'unknown')
    """
    words = text.strip(" :-–—*.")
    if "special revenue" in words.casefold():
        return Side.UNKNOWN
    return next((side for pattern, side in _SECTIONS if pattern.fullmatch(words)), read_row_side(words))


def is_computed_label(text: str) -> bool:
    """Whether a label is that of what is left of revenues after expenditures.

    >>> is_computed_label("Excess (Deficiency) of Revenues over Expenditures"), is_computed_label("Excess cost aid")
    (True, False)
    """
    if re.match(r"\s*excess\b", text, re.I):
        return bool(_BOTH.search(text) or re.search(r"\bdeficien|\bdeficit\b|\bover\b", text, re.I))
    return bool(_COMPUTED.match(text))


def find_row_sides(table: TableDraft) -> list[Side] | None:
    """The side of every detail row where the table has a section of revenues and one of expenditures; else None."""
    marks = dict(_list_marks(table))
    if not {Side.REVENUE, Side.EXPENDITURE} <= set(marks.values()):
        return None
    return _walk(table, _headed(table), _closed(table))


def _headed(table: TableDraft) -> dict[int, Side]:
    """Where headings open a section, by position in the body."""
    start = table.body.start
    found = {heading.row - start: read_section_side(heading.text) for heading in table.headings}
    return {position: side for position, side in found.items() if side in (Side.REVENUE, Side.EXPENDITURE)}


def _closed(table: TableDraft) -> dict[int, Side]:
    """Where totals close a section."""
    found = {total.position: read_section_side(total.label) for total in table.totals if is_total_label(total.label)}
    return {position: side for position, side in found.items() if side in (Side.REVENUE, Side.EXPENDITURE)}


def _list_marks(table: TableDraft) -> Iterator[tuple[int, Side]]:
    yield from _headed(table).items()
    yield from _closed(table).items()


def _walk(table: TableDraft, opened: dict[int, Side], closed: dict[int, Side]) -> list[Side]:
    """A row belongs to the section that was opened above it; without an opening, to the one that is closed below."""
    bounds = sorted({*opened, *closed})
    sides: list[Side] = []
    for position in table.detail:
        above = next((bound for bound in reversed(bounds) if bound < position), None)
        below = next((bound for bound in bounds if bound > position), None)
        side = opened.get(above, Side.UNKNOWN) if above is not None else Side.UNKNOWN
        if side is Side.UNKNOWN and below is not None:
            side = closed.get(below, Side.UNKNOWN)
        sides.append(side if side is not Side.UNKNOWN else _read_own_side(table, position))
    return sides


def _read_own_side(table: TableDraft, position: int) -> Side:
    """What a row outside the sections says of itself: transfers, or the balance that the statement begins with."""
    texts = [label.texts[position] for label in table.labels]
    if any(_BALANCE.search(text) for text in texts):
        return Side.FUND_BALANCE
    return next((side for side in map(read_row_side, texts) if side is not Side.UNKNOWN), Side.UNKNOWN)


def set_computed_aside(table: TableDraft) -> None:
    """Rows of what is left of revenues after expenditures are no lines, where the table has a section of each."""
    sides = {side for _, side in _list_marks(table)}
    if not {Side.REVENUE, Side.EXPENDITURE} <= sides:
        return
    last = max(position for position, _ in _list_marks(table))
    computed = [
        p
        for p in table.detail
        if any(is_computed_label(label.texts[p]) for label in table.labels)
        or (p > last and _read_own_side(table, p) is Side.FUND_BALANCE)
    ]
    _drop(table, computed)


def _drop(table: TableDraft, positions: Sequence[int]) -> None:
    gone = set(positions)
    if not gone:
        return
    start = table.body.start
    table.detail = [position for position in table.detail if position not in gone]
    table.roles.update(dict.fromkeys((start + position for position in gone), RowRole.NOTE))
    for heading in table.headings:
        heading.detail_before -= sum(1 for position in gone if position < heading.row - start)
    for total in table.totals:
        total.detail_before -= sum(1 for position in gone if position < total.position)
    table.add_reason(f"{len(gone)} rows of what is left of revenues after expenditures are computed and no lines.")
