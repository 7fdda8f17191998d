"""Real HTML tables: every row is in the page, prints, and is read by a screen reader; all text is escaped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.ui.session import current_viewer
from pages.ui.sign_in import list_acting_query


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a page of Techplan, with what is looked at, and the district unless it is named.

    Of what may be several, such as scenarios, each stands for itself. `anchor` is the heading to scroll to.
    """

    text: str
    page: str
    query: tuple[tuple[str, str], ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A cell that is a word of state; the word carries the meaning, the tone only underlines it."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Meter:
    """A cell that shows a share from 0 to 1 as a bar with its figure beside it."""

    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A cell that is read as one word, such as an account: it is never broken at its dashes."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Words in which each source that is named leads to where it can be read; `links` are addresses by source."""

    text: str
    links: Mapping[str, str]


Cell = str | Link | Tag | Meter | Code | Cited
_DAY_OR_YEAR = re.compile(r"\b(?:FY)?\d{4}-\d\d(?:-\d\d)?\b")


def draw_table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[int] = (),
    totals: int = 0,
    muted: Sequence[int] = (),
) -> None:
    """One table: `numbers` are right-aligned columns, the last `totals` rows are totals, `muted` rows are asides."""
    st.html(build_table(caption, headers, rows, numbers, totals, muted))


def build_table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[int] = (),
    totals: int = 0,
    muted: Sequence[int] = (),
) -> str:
    """The table as HTML."""
    head = "".join(f'<th scope="col"{_class(i, numbers)}>{_build_words(text)}</th>' for i, text in enumerate(headers))
    first_total = len(rows) - totals
    place = _read_place() if any(isinstance(cell, Link) for row in rows for cell in row) else {}
    body = "".join(
        _build_row(row, numbers, "total" if i >= first_total else "muted" if i in muted else "", place)
        for i, row in enumerate(rows)
    )
    name = escape(caption, quote=True)
    return (
        f'<div class="tp-scroll" role="region" aria-label="{name}" tabindex="0"><table class="tp">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _read_place() -> dict[str, str]:
    """What every link carries: the district, and the role that somebody acts in."""
    return {**dict(list_acting_query()), "district": current_viewer().district_id}


def _build_row(row: Sequence[Cell], numbers: Sequence[int], role: str, place: Mapping[str, str]) -> str:
    cells = [f'<th scope="row">{_build_cell(row[0], place)}</th>']
    cells += [f"<td{_class(i, numbers)}>{_build_cell(cell, place)}</td>" for i, cell in enumerate(row[1:], start=1)]
    return f"<tr{f' class={role}' if role else ''}>{''.join(cells)}</tr>"


def _class(column: int, numbers: Sequence[int]) -> str:
    return ' class="number"' if column in numbers else ""


def _build_cell(cell: Cell, place: Mapping[str, str]) -> str:
    match cell:
        case str():
            return _build_words(cell)
        case Cited(text, links):
            return _build_cited(text, links)
        case Link(text, page, query, anchor):
            named = dict(query)
            looked_at = [*query, *(pair for pair in place.items() if pair[0] not in named)]
            address = f"/{page}?{urlencode(looked_at)}{f'#{anchor}' if anchor else ''}"
            return f'<a href="{escape(address, quote=True)}">{escape(text)}</a>'
        case Tag(text, tone):
            return f'<span class="tp-tag {escape(tone, quote=True)}">{escape(text)}</span>'
        case Meter(share, text):
            width = f"{100 * min(max(share, 0.0), 1.0):.0f}%"
            bar = f'<span class="tp-meter"><span style="width:{width}"></span></span>'
            return f'<span class="tp-share">{bar}{escape(text)}</span>'
        case Code(text):
            return f'<span class="tp-code">{escape(text)}</span>'


def _build_words(text: str) -> str:
    """Words as they are; a day or a fiscal year among them is never broken at its dashes."""
    return _DAY_OR_YEAR.sub(r'<span class="tp-code">\g<0></span>', escape(text))


def _build_cited(text: str, links: Mapping[str, str]) -> str:
    """Where one source begins with another the longer counts. A text opens beside Techplan, untold where from."""
    found = sorted((name for name in links if name in text), key=len, reverse=True)
    if not found:
        return _build_words(text)
    parts = re.split(f"({'|'.join(map(re.escape, found))})", text)
    return "".join(_build_outside_link(part, links[part]) if part in links else escape(part) for part in parts)


def _build_outside_link(text: str, address: str) -> str:
    return f'<a href="{escape(address, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def build_disclosure(summary: str, content: str) -> str:
    """Something that opens on a click or the Enter key, without a run of the page."""
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def build_facts(facts: Sequence[tuple[str, str]]) -> str:
    """Names with their values, as a description list."""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return f'<dl class="tp-facts">{rows}</dl>'


def build_trail(label: str, links: Sequence[Link]) -> str:
    """A few links in a row behind a word for what they are."""
    place = _read_place()
    parts = " · ".join(_build_cell(link, place) for link in links)
    return f'<p class="tp-note">{escape(label)} {parts}</p>'
