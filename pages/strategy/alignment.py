"""Alignment: which goals the money serves, which initiatives serve them best, and what serves none."""

import streamlit as st

from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.plan_rows import list_alignment_rows
from pages.ui.session import require_evaluation
from pages.ui.tables import draw_table
from planning import figures, plan_tables

st.title("Alignment", anchor=False)
evaluation = require_evaluation()

money, ranks = st.columns([1, 1], gap="medium")
with money:
    draw_figure(figures.draw_money_by_goal(evaluation), key="money_by_goal", height=340)
with ranks:
    draw_table(
        "Initiatives by how well they serve the goals (weight × influence, 0–100)",
        ["Initiative", "Rank", "Alignment", "Cost"],
        list_alignment_rows(evaluation),
        numbers=(1, 3),
    )

draw_data_table("The goals, their weights and the money on each", plan_tables.tabulate_goals(evaluation))
