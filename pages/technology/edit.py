"""Edit: every section of the plan as a table or a form; saving says first what it changes in rows and dollars."""

import streamlit as st

from data.store.plans import list_revisions
from data.store.workflow import load_status
from data.workbooks.entry import read_entries
from data.workbooks.layout import SHEET_BY_KEY
from pages.ui.messages import plain
from pages.ui.plan_actions import draw_row_actions, draw_undo
from pages.ui.plan_draft import find_draft, list_touched
from pages.ui.plan_form import draw_plan_form
from pages.ui.plan_saving import draw_saving
from pages.ui.plan_status import draw_lock
from pages.ui.plan_table import draw_plan_table
from pages.ui.session import current_plan, current_viewer, open_store
from pages.ui.start import draw_first_plan

SECTIONS = {
    key: SHEET_BY_KEY[key].name
    for key in (
        "initiatives", "cost_lines", "fleets", "sources", "commitments", "goals", "contributions", "driver_counts",
        "escalation_rates", "schools", "funding_requests", "awards", "gifts", "conflicts", "purchases", "criteria",
        "offers", "offer_scores", "purchase_papers", "policies", "meetings", "district",
    )
}  # fmt: skip
TABLE, FORM = "Table", "Form"

st.title("Edit the plan", anchor=False)
stored = current_plan()
if stored is None:
    draw_first_plan()
    st.stop()
draw_lock(load_status(open_store(), current_viewer()))

with st.container(horizontal=True, vertical_alignment="bottom"):
    section = st.selectbox(
        "What to edit", list(SECTIONS), format_func=SECTIONS.__getitem__, key="section", bind="query-params", width=240
    )
    layout = SHEET_BY_KEY[section]
    shape = FORM
    if not layout.is_form:
        shape = st.segmented_control("As", [TABLE, FORM], default=TABLE, required=True, key="shape")
    draw_row_actions(layout, stored)
    draw_undo(layout, stored, list_revisions(open_store(), current_viewer()))

draft = find_draft(layout, stored)
typed = read_entries(layout, draft.seen.plan, draft.typed)
if shape == FORM:
    draw_plan_form(layout, draft, typed[1])
else:
    st.caption(plain(f"{layout.purpose} Rows can be pasted from a spreadsheet; a new row gets its ID from its name."))
    draw_plan_table(layout, draft)
draw_saving(layout, draft, stored, typed, draft.take_sent())

others = [name for name in list_touched(stored, tuple(SECTIONS)) if name != layout.name]
if others:
    st.info(plain(", ".join(others)), title="Unsaved edits elsewhere")
