"""Plan status: where the plan stands, who moved it when and why, what is due, what people say, and the next step."""

import streamlit as st

from data.store.comments import list_comments
from data.store.workflow import load_status
from pages.ui.plan_comments import draw_comments
from pages.ui.plan_status import draw_deadlines, draw_milestones, draw_moves, draw_stage, draw_steps
from pages.ui.session import current_plan, current_viewer, open_store
from pages.ui.start import draw_first_plan

st.title("Plan status", anchor=False)
store, viewer, stored = open_store(), current_viewer(), current_plan()
if stored is None:
    draw_first_plan()
    st.stop()
status = load_status(store, viewer)

draw_stage(status, stored)
left, right = st.columns([3, 2], gap="medium")
with left:
    draw_milestones(status)
    draw_moves(status)
with right:
    draw_steps(status, stored, viewer)
    draw_deadlines(status, viewer)
draw_comments(list_comments(store, viewer), stored, viewer)
