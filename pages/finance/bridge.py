"""Ledger bridge: which budget lines an initiative explains, suggested and confirmed, and plan against actual."""

import streamlit as st

from data.store.bridge_matches import list_matches
from pages.ui import bridge_view
from pages.ui.bridge_confirming import draw_confirm_several
from pages.ui.charts import draw_figure
from pages.ui.session import current_bridge, current_ledger_years, current_viewer, open_store, require_evaluation
from planning.finance_figures import draw_bridge
from planning.permissions import Action, may

st.title("Ledger bridge", anchor=False)
evaluation, bridge, viewer = require_evaluation(), current_bridge(), current_viewer()
if bridge is None:
    bridge_view.draw_no_ledger(evaluation.years[0])
    st.stop()
matches = list_matches(open_store(), viewer)

waterfall, decision = st.columns([3, 2], gap="medium")
with waterfall:
    draw_figure(draw_bridge(bridge), key="ledger_bridge", height=320)
with decision:
    if may(viewer.role, Action.CONFIRM_BRIDGE):
        bridge_view.draw_decision(bridge, evaluation, viewer)
    else:
        st.caption(f"The role {viewer.role.value} looks at the bridge; finance confirms it.")

if may(viewer.role, Action.CONFIRM_BRIDGE):
    draw_confirm_several(bridge, evaluation, viewer)
bridge_view.draw_lines(bridge, evaluation)
bridge_view.draw_findings(bridge.findings)
bridge_view.draw_years(evaluation, bridge, current_ledger_years(), matches)
bridge_view.draw_matches(matches, evaluation, viewer)
