"""Every printed total against its detail, both cells named: the ones that are off first, narrowed by words."""

import streamlit as st

from data.intake.model import TieOut
from data.intake.pictures import name_covered_cells
from data.intake.reconcile import is_mismatch
from pages.ui.findings import MOST_ROWS_SHOWN
from pages.ui.reading import link_cell
from pages.ui.session import current_viewer
from pages.ui.shown_reading import ShownReading
from pages.ui.tables import Cell, Tag, build_table
from pages.ui.wording import count
from planning.money import format_dollars
from planning.vocabulary import ReadingStatus

_HEADERS = ["Total", "Printed in", "Printed", "Detail", "Off by", "Tie-out", "Detail stands in"]
_OFF, _EVERY = "Off", "Every one"


def draw_verdict(shown: ShownReading) -> None:
    """Whether every printed total adds up, and the way to the next step."""
    ties = shown.reading.tie_outs
    if not shown.reading.totals:
        return
    ready = shown.reading.status is ReadingStatus.READY
    onward = " Look it over, then [publish it](#publish)." if ready else ""
    off = _list_off(shown)
    if not ties:
        words = "The file prints no totals, so there is nothing to compare its detail with."
        st.info(words + onward, title="No printed totals")
    elif off:
        verb = "does" if len(off) == 1 else "do"
        st.warning(
            "Both figures stand as printed; correct the file or "
            f"{'[publish it as it is](#publish)' if ready else 'publish it as it is'}.",
            title=f"{len(off):,} of {count(len(ties), 'printed total')} {verb} not add up",
        )
    else:
        title = "The only printed total ties out" if len(ties) == 1 else f"All {len(ties):,} printed totals tie out"
        st.success(f"Detail and printed totals agree to the cent.{onward}", title=title)


def draw_tie_outs(shown: ShownReading) -> None:
    """Every printed total with its detail."""
    if shown.reading.totals and shown.reading.tie_outs:
        _draw_list(shown, _list_off(shown))


def _list_off(shown: ShownReading) -> list[TieOut]:
    ties = shown.reading.tie_outs
    return shown.memo("off", lambda: [tie for tie in ties if is_mismatch(tie.printed, tie.detail)])


@st.fragment
def _draw_list(shown: ShownReading, off: list[TieOut]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = _EVERY
        if off:
            which = st.segmented_control("Totals", [_OFF, _EVERY], default=_OFF, required=True, key="ties")
        words = st.text_input(
            "Only totals whose label, sheet or cell says", key="ties_words", placeholder="transportation", width=340
        )
    widest = shown.memo("widest", lambda: sorted(shown.reading.tie_outs, key=_by_weight))
    found = _narrow(off if which == _OFF else widest, words)
    caption = "Totals that are off" if which == _OFF else "Printed totals, what is off first, then the widest"
    if not found:
        st.caption("No printed total says that.")
        return
    more = f": {MOST_ROWS_SHOWN:,} of {len(found):,}" if len(found) > MOST_ROWS_SHOWN else ""
    with st.container(key="tie_outs"):
        st.html(
            shown.memo(
                "tie table", lambda: _build(caption + more, found[:MOST_ROWS_SHOWN]), which, words, current_viewer()
            )
        )


def _build(caption: str, ties: list[TieOut]) -> str:
    return build_table(caption, _HEADERS, [_list_cells(tie) for tie in ties], numbers=(2, 3, 4))


def _by_weight(tie: TieOut) -> tuple[bool, int]:
    return (not is_mismatch(tie.printed, tie.detail), -tie.line_count)


def _narrow(ties: list[TieOut], words: str) -> list[TieOut]:
    wanted = words.casefold().split()
    if not wanted:
        return ties
    texts = ((tie, f"{tie.label} {tie.sheet} {tie.cell} {tie.covers}".casefold()) for tie in ties)
    return [tie for tie, text in texts if all(word in text for word in wanted)]


def _list_cells(tie: TieOut) -> tuple[Cell, ...]:
    agrees = not is_mismatch(tie.printed, tie.detail)
    return (
        tie.label or "(no label)",
        link_cell(tie.sheet, tie.cell),
        format_dollars(tie.printed, places=2),
        format_dollars(tie.detail, places=2),
        format_dollars(tie.difference, places=2),
        Tag("ties out", "good") if agrees else Tag("off", "bad"),
        f"{name_covered_cells(tie)} ({count(tie.line_count, 'line')})",
    )
