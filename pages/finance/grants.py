"""Grants and E-Rate: where each award and each funding request stands, and what must be done by when."""

from datetime import date

import streamlit as st

from pages.ui.grant_views import draw_awards, draw_requests, draw_small_rural
from pages.ui.messages import plain
from pages.ui.registers import draw_edit_link
from pages.ui.session import current_reference, require_evaluation
from planning.funding import register_tables as tables

st.title("Grants and E-Rate", anchor=False)
evaluation, reference, today = require_evaluation(), current_reference(), date.today()
requests = tables.track_requests(evaluation.plan, reference, today)
awards = tables.track_awards(evaluation.plan, reference, today)

st.write(plain(tables.describe_registers(requests, awards)))
if requests:
    draw_requests(requests, evaluation, reference, today)
if awards:
    draw_awards(awards, evaluation, reference, today)
draw_small_rural(evaluation, reference, today)
draw_edit_link("schools", "funding_requests", "awards")
