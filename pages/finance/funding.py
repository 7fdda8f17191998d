"""Funding: who pays by year, what has no source, and what falls off when money ends."""

import streamlit as st

from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.plan_rows import link_initiatives
from pages.ui.session import require_evaluation
from planning import figures, funding_figures, plan_tables

st.title("Funding", anchor=False)
evaluation = require_evaluation()

payers, gap = st.columns([1, 1], gap="medium")
with payers:
    draw_figure(figures.draw_funding_by_year(evaluation), key="funding_by_year", height=340)
with gap:
    draw_figure(funding_figures.draw_gap_by_initiative(evaluation), key="gap_by_initiative", height=340)

draw_data_table(
    "What nobody pays yet, by initiative and year",
    plan_tables.tabulate_unfunded(evaluation),
    link_initiatives(evaluation),
)

draw_figure(figures.draw_cliffs(evaluation), key="cliffs")

draw_data_table(
    f"Sources: money that may pay, {evaluation.years[0]} to {evaluation.years[-1]}",
    plan_tables.tabulate_sources(evaluation),
)
