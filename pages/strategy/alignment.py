"""Alignment: which goals the money serves, which initiatives serve them best and how surely, and what serves none."""

import streamlit as st

from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.plan_rows import link_initiatives, list_alignment_rows
from pages.ui.session import current_robustness, require_evaluation
from pages.ui.tables import draw_table
from planning import alignment_figures, figures, plan_tables
from planning.alignment.robustness import DRAW_COUNT

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

robustness = current_robustness()
if robustness:
    sureness = alignment_figures.draw_robustness(evaluation, robustness)
    draw_figure(sureness, key="robustness")
    draw_data_table(
        f"How often each initiative comes first, of {DRAW_COUNT:,} sets of weights for the goals",
        sureness.table,
        link_initiatives(evaluation),
    )
draw_data_table("The goals, their weights and the money on each", plan_tables.tabulate_goals(evaluation))
