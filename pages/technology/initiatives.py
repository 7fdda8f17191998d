"""Initiatives: each with its cost, who pays and which goals it serves; the plan workbook goes out and comes in here."""

import streamlit as st

from pages.ui.charts import draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.initiative import draw_initiative
from pages.ui.plan_rows import link_initiatives
from pages.ui.plan_workbook import draw_plan_workbook
from pages.ui.session import current_evaluation
from planning import figures

st.title("Initiatives", anchor=False)
evaluation = current_evaluation()
chosen = st.query_params.get("initiative")

if evaluation and chosen:
    draw_initiative(evaluation, chosen)
    st.stop()

draw_plan_workbook()
if evaluation:
    figure = figures.draw_initiatives(evaluation)
    st.write(figure.sentence)
    draw_data_table(
        "Every initiative: cost by year, who pays, alignment and rank", figure.table, link_initiatives(evaluation)
    )
    draw_findings("What to know about this plan", evaluation.findings)
