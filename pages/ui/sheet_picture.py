"""A picture of one sheet of a workbook: every row with its role, every column with its meaning.

A window of rows: runs of like rows are folded, and a cell that a finding or a total names can be gone to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data.intake.cell_pages import SheetOutline, load_outline, load_rows
from data.intake.model import Table, TieOut
from data.intake.pictures import (
    Fold,
    find_place,
    fold_rows,
    list_runs,
    list_tables,
    name_covered_cells,
    parse_place,
    part_cell,
)
from data.intake.reconcile import is_mismatch
from pages.ui.messages import plain
from pages.ui.sheet_table import SheetWindow, build_legend
from pages.ui.shown_reading import ShownReading
from pages.ui.wording import count
from planning.money import format_dollars

ROWS_SHOWN = 60
MOST_PLACES = 400
FOCUS = "picture_focus"
START = "picture_start"
MOVES, MOVING = "picture_moves", "picture_moving"
# Nothing of the file is in it. The number only makes every move a script of its own, which is then run.
SCROLL = """<script>/* {move} */
document.querySelector("table.tp-sheet td.focus")?.scrollIntoView({{block: "center", inline: "nearest"}});
</script>"""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell worth going to, and the words that stand for it."""

    sheet: str
    cell: str
    words: str


def draw_picture(shown: ShownReading) -> None:
    """The picture with its controls; in a fragment, so that looking around runs nothing else."""
    outline = shown.memo("outline", lambda: load_outline(shown.upload.cells_path))
    if outline and not any(sheet.rows for sheet in outline):
        return
    st.header("Picture of the sheets", anchor="picture")
    if not outline:
        st.info("The cells of this file could not be kept on this computer.", title="No picture")
        return
    _take_address(shown, outline)
    _draw_sheet(shown, outline)


def _take_address(shown: ShownReading, outline: Sequence[SheetOutline]) -> None:
    """A link to a cell opens the picture there, once."""
    sheet, cell = st.query_params.get("sheet", ""), st.query_params.get("cell", "")
    if sheet in [one.name for one in outline] and st.session_state.get("picture_address") != (sheet, cell):
        st.session_state["picture_address"] = (sheet, cell)
        _focus(shown, sheet, cell)


def _focus(shown: ShownReading, sheet: str, cell: str) -> None:
    st.session_state[_sheet_key(shown)] = sheet
    st.session_state[FOCUS] = (shown.job.id, sheet, cell)
    st.session_state[MOVES] = st.session_state.get(MOVES, 0) + 1
    st.session_state[MOVING] = True
    st.session_state.pop(START, None)


def _sheet_key(shown: ShownReading) -> str:
    return f"picture_sheet_{shown.job.id}"


@st.fragment
def _draw_sheet(shown: ShownReading, outline: Sequence[SheetOutline]) -> None:
    sheet = _draw_controls(shown, outline)
    *focused, cell = st.session_state.get(FOCUS, ("", "", ""))
    letter, row = part_cell(cell) if focused == [shown.job.id, sheet.name] else ("", 0)
    tables = list_tables(shown.reading, sheet.name)
    runs = shown.memo(f"runs {sheet.name}", lambda: list_runs(tables, sheet.rows))
    folded = fold_rows(runs, [row] if row else [], st.session_state.get("picture_every_row", False))
    start = _find_start(shown, folded, row)
    window = folded[start : start + ROWS_SHOWN]
    cells = load_rows(shown.upload.cells_path, sheet, [one for one in window if isinstance(one, int)])
    ties = shown.memo("ties by cell", lambda: {(tie.sheet, tie.cell): tie for tie in shown.reading.tie_outs})
    if row:
        st.write(plain(_describe_focus(shown, sheet.name, f"{letter}{row}", ties)))
    picture = SheetWindow(sheet, tables, runs, cells, ties, letter, row)
    st.html(build_legend())
    st.html(picture.build(window))
    _draw_pager(shown, folded, start, sheet)
    if st.session_state.pop(MOVING, False):
        st.html(SCROLL.format(move=st.session_state[MOVES]), unsafe_allow_javascript=True)


def _draw_controls(shown: ShownReading, outline: Sequence[SheetOutline]) -> SheetOutline:
    names = shown.memo("sheet names", lambda: _name_sheets(shown, outline))
    key = _sheet_key(shown)
    if st.session_state.get(key) not in names:
        st.session_state[key] = shown.memo("first sheet", lambda: _find_first_sheet(shown, outline))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Sheet" if len(names) == 1 else f"Sheet, of {len(names):,}: type to find one",
            list(names),
            format_func=names.__getitem__,
            key=key,
            on_change=_forget_focus,
        )
        places = shown.memo("places", lambda: _list_places(shown))
        if places:
            st.selectbox(
                "Go to a total that is off, or to a finding",
                range(len(places)),
                index=None,
                format_func=lambda number: places[number].words,
                key=f"picture_place_{shown.job.id}",
                on_change=_go_to_place,
                args=(shown, places),
                placeholder="Choose or type",
            )
        st.text_input(
            "Go to a cell", key="picture_cell", on_change=_go_to_cell, args=(shown, list(names)), width=150,
            placeholder="D45",
        )  # fmt: skip
        st.toggle("Every row", key="picture_every_row", on_change=_forget_start)
    return next(one for one in outline if one.name == chosen)


def _forget_focus() -> None:
    st.session_state.pop(FOCUS, None)
    _forget_start()


def _forget_start() -> None:
    st.session_state.pop(START, None)


def _go_to_place(shown: ShownReading, places: Sequence[Place]) -> None:
    number = st.session_state[f"picture_place_{shown.job.id}"]
    if number is not None:
        _focus(shown, places[number].sheet, places[number].cell)


def _go_to_cell(shown: ShownReading, names: Sequence[str]) -> None:
    typed = st.session_state["picture_cell"]
    place = parse_place(typed, names)
    if place:
        _focus(shown, place[0] or st.session_state[_sheet_key(shown)], place[1])
    elif typed.strip():
        st.toast(plain(f"“{typed}” is no cell of this workbook. Write it like D45, or Sheet!D45."))


def _find_start(shown: ShownReading, folded: Sequence[int | Fold], row: int) -> int:
    """Where the window begins: where its person turned to, else a little above the cell gone to, else at the top."""
    job_id, start = st.session_state.get(START, ("", 0))
    if job_id != shown.job.id:
        start = max(0, find_place(folded, row) - ROWS_SHOWN // 4) if row else 0
    return min(start, max(len(folded) - 1, 0))


def _draw_pager(shown: ShownReading, folded: Sequence[int | Fold], start: int, sheet: SheetOutline) -> None:
    if len(folded) <= ROWS_SHOWN:
        return
    end = min(start + ROWS_SHOWN, len(folded))
    first, last = folded[start], folded[end - 1]
    words = f"Rows {_first(first):,} to {_last(last):,} of {sheet.rows:,}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Earlier rows", on_click=_turn, args=(shown, max(0, start - ROWS_SHOWN)), disabled=start == 0)
        st.button("Later rows", on_click=_turn, args=(shown, end), disabled=end >= len(folded))
        st.caption(words)


def _turn(shown: ShownReading, start: int) -> None:
    st.session_state[START] = (shown.job.id, start)


def _first(one: int | Fold) -> int:
    return one.first if isinstance(one, Fold) else one


def _last(one: int | Fold) -> int:
    return one.last if isinstance(one, Fold) else one


def _name_sheets(shown: ShownReading, outline: Sequence[SheetOutline]) -> dict[str, str]:
    """Every sheet with how much was found on it, so that one among ninety can be picked."""
    tables: dict[str, list[Table]] = {}
    for table in shown.reading.tables:
        tables.setdefault(table.sheet, []).append(table)
    off = [tie.sheet for tie in shown.reading.tie_outs if is_mismatch(tie.printed, tie.detail)]
    return {sheet.name: _name_sheet(sheet, tables.get(sheet.name, []), off.count(sheet.name)) for sheet in outline}


def _name_sheet(sheet: SheetOutline, tables: Sequence[Table], off: int) -> str:
    parts = [count(len(tables), "table") if tables else "not read"]
    if tables and not any(table.counted for table in tables):
        parts = ["not counted"]
    parts += [f"{count(off, 'total')} off"] if off else []
    parts += ["hidden"] if not sheet.visible else []
    return f"{sheet.name} · {', '.join(parts)}"


def _find_first_sheet(shown: ShownReading, outline: Sequence[SheetOutline]) -> str:
    """The first sheet with something off, else with something counted, else with a table."""
    reading = shown.reading
    off = (tie.sheet for tie in reading.tie_outs if is_mismatch(tie.printed, tie.detail))
    counted = (table.sheet for table in reading.tables if table.counted)
    found = (table.sheet for table in reading.tables)
    return next(off, None) or next(counted, None) or next(found, None) or outline[0].name


def _list_places(shown: ShownReading) -> list[Place]:
    off = [tie for tie in shown.reading.tie_outs if is_mismatch(tie.printed, tie.detail)]
    places = [
        Place(tie.sheet, tie.cell, f"{tie.sheet}!{tie.cell}: {tie.label or 'total'} is off by {_money(tie)}")
        for tie in off
    ]
    named = {(place.sheet, place.cell) for place in places}
    places += [
        Place(finding.sheet, finding.cell, f"{finding.sheet}!{finding.cell}: {finding.message}")
        for finding in shown.reading.findings
        if finding.sheet and finding.cell and (finding.sheet, finding.cell) not in named
    ]
    return places[:MOST_PLACES]


def _money(tie: TieOut) -> str:
    return format_dollars(tie.difference, places=2)


def _describe_focus(shown: ShownReading, sheet: str, cell: str, ties: dict[tuple[str, str], TieOut]) -> str:
    """What the cell that was gone to is, in a sentence."""
    tie = ties.get((sheet, cell))
    if tie is None:
        said = [finding.message for finding in shown.reading.findings if (finding.sheet, finding.cell) == (sheet, cell)]
        return " ".join(said) or f"Cell {cell} of sheet {sheet}."
    printed, detail = format_dollars(tie.printed, places=2), format_dollars(tie.detail, places=2)
    verdict = f"off by {_money(tie)}" if is_mismatch(tie.printed, tie.detail) else "they agree"
    return (
        f"{cell} of sheet {sheet}, “{tie.label or 'total without a label'}”, prints {printed}; its detail "
        f"({name_covered_cells(tie)}) adds up to {detail}: {verdict}."
    )
