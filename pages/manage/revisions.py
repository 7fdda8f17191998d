"""Revisions: who changed the plan, when and why, what it did in rows and dollars, and the way back."""

import streamlit as st

from data.store.plans import list_revisions
from pages.ui.revision_history import draw_comparison, draw_return, draw_revisions
from pages.ui.session import current_viewer, open_store
from pages.ui.start import draw_first_plan

st.title("Revisions of the plan", anchor=False)
revisions = list_revisions(open_store(), current_viewer())
if not revisions:
    draw_first_plan()
    st.stop()

draw_revisions(revisions)
draw_return(revisions)
draw_comparison(revisions)
