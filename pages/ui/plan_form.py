"""One row of a section as a form: long texts in full, every fault at its field."""

from collections.abc import Iterable, Sequence

import streamlit as st

from data.intake.cells import CellValue
from data.workbooks.columns import CellKind, Column, SheetLayout, default_of
from data.workbooks.entry import Entry, list_entry_years, name_entry, name_place
from data.workbooks.notes import describe_column, header_text
from pages.ui.messages import plain
from pages.ui.plan_draft import Draft
from pages.ui.plan_table import list_choices
from planning.findings import Finding
from planning.model import Plan

LONG_TEXT_WIDTH = 40
NEW_ROW = "A new row"


def draw_plan_form(layout: SheetLayout, draft: Draft, findings: Sequence[Finding]) -> None:
    """The form of one row, kept in the draft when it is sent: the next run draws it with its faults at the fields."""
    place = _choose_row(layout, draft)
    entry = draft.typed[place] if place < len(draft.typed) else _begin_entry(layout)
    key = f"{draft.form_key}_{place}"
    with st.form(key, border=True):
        typed = _draw_fields(layout, entry, draft.seen.plan, key, _find_faults(layout, findings, place))
        sent = st.form_submit_button("Save this row", type="primary")
    if sent:
        changed = Entry(typed, entry.origin)
        draft.typed = [*draft.typed[:place], changed, *draft.typed[place + 1 :]]
        draft.given = draft.typed
        draft.is_sent = True
        st.rerun()


def _begin_entry(layout: SheetLayout) -> Entry:
    """A new row, its boxes ticked as the plan would take them."""
    boxes = (column for column in layout.read_columns if column.kind is CellKind.YES_NO)
    return Entry({column.field: bool(default_of(layout, column)) for column in boxes})


def _choose_row(layout: SheetLayout, draft: Draft) -> int:
    if layout.is_form:
        return 0
    names = [name_entry(layout, entry) or NEW_ROW for entry in draft.typed]
    places = range(len(names) + 1)
    key = f"row_{draft.section}_{draft.generation}"
    return st.selectbox("Row", places, format_func=lambda place: [*names, NEW_ROW][place], key=key) or 0


def _draw_fields(
    layout: SheetLayout, entry: Entry, plan: Plan, key: str, faults: dict[str, list[Finding]]
) -> dict[str, CellValue]:
    cells: dict[str, CellValue] = dict(entry.cells)
    left, right = st.columns(2, gap="medium")
    for i, column in enumerate(layout.read_columns):
        with left if i % 2 == 0 else right:
            cells[column.field] = _draw_field(layout, column, entry.cells.get(column.field), plan, f"{key}_{i}")
            _draw_faults(faults.get(column.header, ()))
    years = list_entry_years(layout, plan)
    for column, year in zip(st.columns(len(years)) if years else (), years, strict=True):
        with column:
            cells[year] = _draw_text(year, entry.cells.get(year), f"{key}_{year}")
            _draw_faults(faults.get(year, ()))
    return cells


def _draw_field(layout: SheetLayout, column: Column, cell: CellValue, plan: Plan, key: str) -> CellValue:
    label, note = header_text(layout, column), plain(describe_column(layout, column))
    if column.kind is CellKind.YES_NO:
        return st.checkbox(label, value=bool(cell), key=key, help=note)
    if column.kind in (CellKind.CHOICE, CellKind.FISCAL_YEAR, CellKind.REFERENCE):
        choices = list_choices(column, plan)
        chosen = choices.index(cell) if isinstance(cell, str) and cell in choices else None
        return st.selectbox(label, choices, index=chosen, key=key, help=note, placeholder="")
    return _draw_text(label, cell, key, note, is_long=column.width >= LONG_TEXT_WIDTH)


def _draw_text(label: str, cell: CellValue, key: str, note: str = "", is_long: bool = False) -> CellValue:
    """A box for text; what nobody changed stays the cell it was."""
    shown = "" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    draw = st.text_area if is_long else st.text_input
    typed = draw(label, value=shown, key=key, help=note or None)
    return cell if typed == shown else typed


def _find_faults(layout: SheetLayout, findings: Iterable[Finding], place: int) -> dict[str, list[Finding]]:
    prefix = "" if layout.is_form else f"{name_place(place + 1)}: "
    faults: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.cell.startswith(prefix):
            faults.setdefault(finding.cell.removeprefix(prefix), []).append(finding)
    return faults


def _draw_faults(faults: Iterable[Finding]) -> None:
    for fault in faults:
        st.error(plain(f"{fault.message} {fault.fix}"))
