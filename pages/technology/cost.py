"""Cost: what the plan costs over its years, seen every way a CFO checks it, and beside what else could be done."""

import streamlit as st

from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.cost_views import draw_accounting, draw_alternatives, draw_contracts, draw_refresh_view
from pages.ui.messages import plain
from pages.ui.plan_rows import link_initiatives
from pages.ui.session import current_bridge, require_evaluation
from planning import cost_tables, figures, plan_tables
from planning.evaluation import Evaluation


def draw_plan(evaluation: Evaluation) -> None:
    """Cost by year and what it is worth today, by initiative and cost family, and how it meets the ledger."""
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


VIEWS = {
    "The plan": draw_plan,
    "Alternatives": draw_alternatives,
    "Refresh": draw_refresh_view,
    "Contracts": draw_contracts,
    "Accounting": draw_accounting,
}

st.title("Cost", anchor=False)
plan_evaluation = require_evaluation()
st.write(plain(cost_tables.describe_cost(plan_evaluation)))
first = next(iter(VIEWS))
chosen = st.segmented_control(
    "Look at", list(VIEWS), default=first, required=True, key="view", bind="query-params", label_visibility="collapsed"
)
VIEWS.get(chosen or first, draw_plan)(plan_evaluation)
