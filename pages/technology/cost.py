"""Cost: what the plan costs over its years, seen every way a CFO checks it, and how it meets the ledger."""

import streamlit as st

from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.plan_rows import link_initiatives
from pages.ui.session import current_bridge, require_evaluation
from planning import figures, plan_tables

st.title("Cost", anchor=False)
evaluation = require_evaluation()

chart, values = st.columns([1, 1], gap="medium")
with chart:
    draw_figure(figures.draw_cost_by_year(evaluation), key="cost_by_year")
with values:
    draw_data_table("The cost of the whole plan, six ways", plan_tables.tabulate_value_today(evaluation))

draw_data_table(
    "Budgeted cost of each initiative, in the dollars of its year",
    plan_tables.tabulate_initiative_years(evaluation),
    link_initiatives(evaluation),
)
draw_data_table(
    "Total cost of ownership by CoSN cost family, user time included", plan_tables.tabulate_categories(evaluation)
)

bridge = current_bridge()
if bridge:
    draw_figure(figures.draw_ledger_bridge(bridge), key="ledger_bridge")
else:
    st.info(
        f"Publish the budget of {evaluation.years[0]} to see how much of its technology the plan explains.",
        title="The ledger does not hold the plan's first year.",
    )
