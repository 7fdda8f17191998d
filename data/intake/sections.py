"""Revenues over expenditures in one table: headings and totals say where each side begins and ends.

`Revenues` … `Total Revenues`, `Expenditures` … `Total Expenditures`, and below them what is left of one after the other
(`Excess of revenues over expenditures`, `Net change in fund balance`) and the balance it ends with, which are computed
and no lines of a budget. The balance it begins with is neither revenue nor expenditure.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import fsum

from data.intake.drafts import TableDraft, TotalRow
from data.intake.headers import read_row_side
from data.intake.rows import is_total_label
from planning.vocabulary import RowRole, Side

_COMPUTED = re.compile(
    r"\s*(?:(?:surplus|shortfall)\b|\(?deficit\b|difference\b|operating (?:surplus|deficit)\b"
    r"|net (?:change|increase|decrease|surplus|deficit|income|gain|loss|operating|result|position|difference)\b"
    r"|(?:net |total )?revenues? .*\b(?:over|minus|less)\b.*\b(?:expen|appropriations|requirements)"
    r"|(?:operating )?(?:gain|income)\s*[/(]+\s*loss|gross (?:profit|margin)\b|net (?:ordinary|other) income\b"
    r"|over ?\(under\))",
    re.I,
)
_HALF_CENT = 0.005
_BOTH = re.compile(r"revenues?\b.*\bexpen|expen.*\brevenues?\b", re.I)
_MOST_FLOWS = 200
_OPENS = r"(?:total (?:[\w&'-]+ ){0,4}|sub-?total (?:\w+ ){0,2}|(?:\w+ )?)"
_INCOME = r"(?:revenues?|(?<!human )(?<!media )(?<!instructional )(?<!learning )resources|receipts)"
_OUTGO = r"(?:expenditures?|expenses|appropriations|requirements|disbursements)"
_SECTION = (
    (r"(?:total )?resources available", Side.REVENUE),
    (rf"{_OPENS}{_INCOME}(?:/{_INCOME})?(?:(?: and |/)other (?:fin(?:ancing|\.) )?sources|/sources)?", Side.REVENUE),
    (
        rf"{_OPENS}{_OUTGO}(?:/{_OUTGO})?(?: and (?:other (?:financing )?uses|transfers(?: out)?|reserves)|/uses)?",
        Side.EXPENDITURE,
    ),
)
_BALANCE = re.compile(
    r"\b(?:fund|cash|carry[ -]?over|beginning|opening|starting|ending|closing) (?:fund |cash )?(?:balances?|equity)\b"
    r"|\bbalances?,? (?:at |as of |on )?(?:jan|july?|june|dec)\w* \d{1,2}\b|\A\W*(?:\w\) )?as of july 1\b",
    re.I,
)
_AT_THE_END = re.compile(
    r"\b(?:ending|closing)\b.*\b(?:balance|equity)\b"
    r"|\b(?:balance|equity)\b.*\b(?:june 30|december 31|end of (?:the )?year)\b",
    re.I,
)
_SOURCES_AND_USES = re.compile(r"\bsources?\s*(?:/|\(|and|less|over)\s*\(?(?:financing |other )?uses?\b", re.I)
_USES = re.compile(r"\bother fin(?:ancing|\.) uses\b|\btrans(?:fers?|\.) out\b", re.I)
_OWN = tuple(
    (re.compile(rf"(?:total )?{flow}(?: and other (?:financing )?(?:sources|uses))?", re.I), side)
    for flow, side in ((r"(?:revenues?|receipts)", Side.REVENUE), (r"(?:expenditures?|expenses)", Side.EXPENDITURE))
)
# A. REVENUES, 5) TOTAL, REVENUES, 1.070 Total Revenues; and the number of a footnote behind a label.
_OUTLINE = re.compile(r"\A(?:(?:[A-Z]|[IVX]{1,4}|\d{1,2}(?:\.\d+)*)[.)]|\d{1,2}\.\d{1,3})\s+", re.I)
_TOTAL_COMMA = re.compile(r"\A(total),", re.I)
_FOOTNOTE = re.compile(r"(?<=[a-z])\s+\(?\d\)?\Z", re.I)
_SECTIONS = tuple((re.compile(pattern, re.I), side) for pattern, side in _SECTION)


def read_section_side(text: str) -> Side:
    """The side that a heading or a total of a section names; a line called after a side names none.

    >>> str(read_section_side("REVENUES:")), str(read_section_side("Total General Expenditures"))
    ('revenue', 'expenditure')
    >>> str(read_section_side("Other revenue from local sources")), str(read_section_side("Special Revenue"))
    ('unknown', 'unknown')
    >>> str(read_section_side("5) TOTAL, REVENUES")), str(read_section_side("DISBURSEMENTS/EXPENDITURES"))
    ('revenue', 'expenditure')
    """
    words = _read_words(text)
    if "special revenue" in words.casefold():
        return Side.UNKNOWN
    return next((side for pattern, side in _SECTIONS if pattern.fullmatch(words)), read_row_side(words))


@lru_cache(10_000)  # lines of many sheets are called alike, and are looked at more than once
def _read_words(text: str) -> str:
    """A label without what numbers it, its footnote and its punctuation."""
    words = _FOOTNOTE.sub("", _OUTLINE.sub("", text.strip(" :-–—*."))).replace("&", "and")
    return _TOTAL_COMMA.sub(r"\1", words)


def _read_flow(table: TableDraft, position: int) -> Side:
    """The side of a row that is all revenues, or all expenditures, of a fund: Revenues, 50."""
    words = [_read_words(label.texts[position]) for label in table.labels]
    return next((side for pattern, side in _OWN if any(map(pattern.fullmatch, words))), Side.UNKNOWN)


def lists_flows(table: TableDraft) -> bool:
    """Whether all lines of a table are a whole side, such as `Revenues` in a summary."""
    few = 0 < len(table.detail) <= _MOST_FLOWS
    return few and all(_read_flow(table, position) is not Side.UNKNOWN for position in table.detail)


def is_computed_label(text: str) -> bool:
    """Whether a label is that of what is left of revenues after expenditures.

    >>> is_computed_label("Excess (Deficiency) of Revenues over Expenditures"), is_computed_label("Excess cost aid")
    (True, False)
    """
    text = _OUTLINE.sub("", text.strip())
    if re.match(r"excess\b", text, re.I):
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
    # The first section may be named in the header, over its labels.
    named = (read_section_side(label.header) for label in table.labels)
    found[-1] = next((side for side in named if side is not Side.UNKNOWN), Side.UNKNOWN)
    return {position: side for position, side in found.items() if side in (Side.REVENUE, Side.EXPENDITURE)}


def _closed(table: TableDraft) -> dict[int, Side]:
    """Where totals close a section."""
    found = {total.position: read_section_side(total.label) for total in table.totals if is_total_label(total.label)}
    return {position: side for position, side in found.items() if side in (Side.REVENUE, Side.EXPENDITURE)}


def _list_marks(table: TableDraft) -> Iterator[tuple[int, Side]]:
    yield from _headed(table).items()
    yield from _closed(table).items()
    if len(table.detail) <= _MOST_FLOWS:
        flows = ((position, _read_flow(table, position)) for position in table.detail)
        yield from ((position, side) for position, side in flows if side is not Side.UNKNOWN)


def _walk(table: TableDraft, opened: dict[int, Side], closed: dict[int, Side]) -> list[Side]:
    """A row belongs to the section that was opened above it; without an opening, to the one that is closed below."""
    bounds = sorted({*opened, *closed})
    sides: list[Side] = []
    for position in table.detail:
        above = next((bound for bound in reversed(bounds) if bound < position), None)
        below = next((bound for bound in bounds if bound > position), None)
        side = _read_flow(table, position)
        if side is Side.UNKNOWN and above is not None:
            side = opened.get(above, Side.UNKNOWN)
        if side is Side.UNKNOWN and below is not None:
            side = closed.get(below, Side.UNKNOWN)
        sides.append(side if side is not Side.UNKNOWN else _read_own_side(table, position))
    return sides


def _read_own_side(table: TableDraft, position: int) -> Side:
    """What a row outside the sections says of itself: transfers, or the balance that the statement begins with."""
    texts = [_OUTLINE.sub("", label.texts[position]) for label in table.labels]
    if any(_BALANCE.search(text) for text in texts):
        return Side.FUND_BALANCE
    if any(_USES.search(text) for text in texts):
        return Side.TRANSFER_OUT
    return next((side for side in map(read_row_side, texts) if side is not Side.UNKNOWN), Side.UNKNOWN)


def set_computed_aside(table: TableDraft) -> None:
    """Rows of what is left of revenues after expenditures are no lines, where the table has a section of each."""
    sides = {side for _, side in _list_marks(table)}
    if not {Side.REVENUE, Side.EXPENDITURE} <= sides:
        return
    last = max(position for position, _ in _list_marks(table))
    beyond = _find_balances_below(table, last)
    _drop_totals(table, [total for total in table.totals if total.position >= beyond or _is_mixed(total.label)])
    _drop(table, [p for p in table.detail if p >= beyond or _is_computed(table, p)])
    both = [total for total in table.totals if total.position > last and _adds_up_both(table, total)]
    _drop_totals(table, both)
    for total in both:
        table.add_reason(f"{total.label} adds up revenues and expenditures, which are told apart.")


def _adds_up_both(table: TableDraft, total: TotalRow) -> bool:
    """Whether a total prints what all lines of both sides add up to: revenue is often printed below zero."""
    return all(
        abs(fsum(a for p in table.detail if (a := value.amounts[p]) == a) - printed) < _HALF_CENT
        for value in table.values
        if (printed := value.amounts[total.position]) == printed
    )


def _is_computed(table: TableDraft, position: int) -> bool:
    texts = [label.texts[position] for label in table.labels]
    return any(is_computed_label(text) or _AT_THE_END.search(text) for text in texts)


def _is_mixed(label: str) -> bool:
    """Whether a total adds balances to revenues, or takes uses from sources: no lines of one side make it up."""
    return bool(_BALANCE.search(label) or _SOURCES_AND_USES.search(label))


def _drop_totals(table: TableDraft, totals: Sequence[TotalRow]) -> None:
    table.totals = [total for total in table.totals if total not in totals]
    table.roles.update(dict.fromkeys((total.row for total in totals), RowRole.NOTE))


def _find_balances_below(table: TableDraft, last: int) -> int:
    """Where below its sections a statement comes to balances: they and what they are made of are no lines."""
    headings = (heading.row - table.body.start for heading in table.headings if _BALANCE.search(heading.text))
    rows = (p for p in table.detail if _read_own_side(table, p) is Side.FUND_BALANCE)
    totals = (total.position for total in table.totals if _BALANCE.search(total.label))
    return min((p for p in (*headings, *rows, *totals) if p > last), default=len(table.body))


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
