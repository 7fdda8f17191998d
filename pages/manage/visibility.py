"""Who sees what: which lines each role sees one by one in this district, and the way to set it."""

import streamlit as st

from data.store.line_classes import load_treatments
from pages.ui.line_settings import draw_actions, draw_classes, draw_rules
from pages.ui.session import current_viewer, open_store
from planning.permissions import Action, may

st.title("Who sees what", anchor=False)
st.write(
    "Sums by fund, function and object are public record and everyone sees them. "
    "Some lines behind them are not shown one by one to every role."
)
store, viewer = open_store(), current_viewer()
draw_classes(load_treatments(store, viewer), viewer)
if may(viewer.role, Action.SET_LINE_RULES):
    draw_rules(viewer)
draw_actions()
