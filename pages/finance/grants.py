"""Grants and E-Rate: where each award and each funding request stands, and what must be done by when."""

from datetime import date

import streamlit as st

from pages.ui.charts import draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.registers import draw_binder, draw_edit_link
from pages.ui.session import current_reference, require_evaluation
from planning.funding import register_tables as tables

st.title("Grants and E-Rate", anchor=False)
plan = require_evaluation().plan
requests = tables.track_requests(plan, current_reference(), date.today())
awards = tables.track_awards(plan, current_reference(), date.today())

st.write(plain(tables.describe_registers(requests, awards)))
if requests:
    names = {item.initiative_id: item.name for item in plan.initiatives}
    draw_data_table("E-Rate funding requests", tables.tabulate_requests(requests, names))
    draw_data_table("Papers of the E-Rate requests", tables.tabulate_request_steps(requests))
if awards:
    sources = {source.source_id: source.name for source in plan.sources}
    draw_data_table("Grant awards, each award year by itself", tables.tabulate_awards(awards, sources))
    draw_binder(awards)
draw_findings("What to look at", [finding for state in (*requests, *awards) for finding in state.findings])
draw_edit_link("funding_requests", "awards")
