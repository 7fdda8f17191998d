"""Audit: who changed what, when and why, from → to; filtered, exported, and verified."""

import streamlit as st

from pages.ui.audit_view import choose_events, choose_trail, draw_events, draw_head, draw_proof
from pages.ui.session import current_viewer

st.title("Audit trail", anchor=False)
st.write("Every change is an event that carries the hash of the one before it; none can be changed or removed unseen.")
viewer = choose_trail(current_viewer())
events = choose_events(viewer)
draw_head(viewer)
draw_proof(viewer, events)
draw_events(events)
