"""The views of the page Cost besides the plan itself: alternatives, refresh, contracts, and how the books see it."""

import streamlit as st

from data.intake.charts import name_objects
from pages.ui.charts import build_data_table, draw_data_table, draw_figure
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.plan_rows import link_initiatives
from pages.ui.session import current_reference
from pages.ui.tables import build_disclosure
from planning import cost_figures, cost_tables
from planning.cost.breakdown import classify_costs
from planning.cost.contracts import find_borrowing_rate, list_contracts
from planning.cost.initiative_comparison import compare_initiatives
from planning.cost.usual_lives import check_fleet_lives
from planning.evaluation import Evaluation
from planning.money import format_dollars, format_percent, to_cents

METHOD_NOTE = (
    "Compared over the years of the plan as NIST Handbook 135 does: investment is what is bought, operation what comes "
    "again every year, users' time included. Saved per dollar above 1, or a return above the rate, pays for itself."
)


def draw_alternatives(evaluation: Evaluation) -> None:
    """Every initiative beside its base or doing nothing."""
    st.subheader("Beside doing nothing, or what else could be done", anchor=False)
    compared = compare_initiatives(evaluation)
    st.write(plain(cost_tables.describe_alternatives(evaluation, compared)))
    rate = format_percent(evaluation.discount_rate, 1)
    table = cost_tables.tabulate_alternatives(evaluation, compared)
    draw_data_table(f"Life-cycle cost at {rate} a year, in today's money", table, link_initiatives(evaluation))
    st.caption(plain(METHOD_NOTE))


def draw_refresh_view(evaluation: Evaluation) -> None:
    """What comes due, the bulge, and what a yearly cap does to it; another cap re-draws at once."""
    caps = cost_figures.find_refresh_caps(evaluation)
    if evaluation.plan.fleets:
        cap = st.number_input(
            "Most that may go into replacing them in a year (dollars)",
            min_value=0,
            value=None,
            step=50_000,
            placeholder=f"as planned: {format_dollars(max(caps.values()) // 100, symbol=True)} at most",
            key="refresh_cap",
            width=420,
        )
        caps = caps if cap is None else dict.fromkeys(evaluation.years, to_cents(cap))
    draw_figure(cost_figures.draw_refresh(evaluation, caps), key="refresh", height=340)
    if evaluation.plan.fleets:
        reference, day = current_reference(), evaluation.stamp.as_of
        table = cost_figures.tabulate_waves(evaluation, reference)
        draw_data_table("What is in service and when it comes due", table)
        draw_findings("Lives that are not usual", check_fleet_lives(evaluation.plan, reference, day))


def draw_contracts(evaluation: Evaluation) -> None:
    """Subscriptions and leases in the books, with the schedule of each."""
    st.subheader("Subscriptions and leases in the books", anchor=False)
    contracts = list_contracts(evaluation.plan)
    if not contracts:
        st.info(
            "Give a cost line the kind subscription and its term on the page Edit.", title="No contract has a term."
        )
        return
    st.write(plain(cost_tables.describe_contracts(evaluation)))
    rate = format_percent(find_borrowing_rate(evaluation.plan.district), 1)
    draw_data_table(
        f"Valued at the borrowing rate of {rate}, paid at the start of each year unless the line says otherwise",
        cost_tables.tabulate_contracts(evaluation),
        link_initiatives(evaluation),
    )
    for contract in contracts:
        if contract.is_on_books:
            table = build_data_table(contract.line.description, cost_tables.tabulate_schedule(contract))
            st.html(build_disclosure(f"Payment by payment: {contract.line.description}", table))


def draw_accounting(evaluation: Evaluation) -> None:
    """Capital or operating, once or every year, by NCES object and purpose, and per student, device, site and user."""
    classes = classify_costs(evaluation)
    rules = evaluation.cost_rules
    level = format_dollars(rules.level_usd, symbol=True)
    bulk = f", or {format_dollars(rules.bulk_usd, symbol=True)} bought together" if rules.bulk_usd is not None else ""
    st.subheader("The same dollars as the books see them", anchor=False)
    st.write(plain(f"Capital outlay is equipment from {level} a unit{bulk}. The level is that of {rules.source}."))
    draw_data_table("Budgeted cost cut three ways", cost_tables.tabulate_cuts(evaluation, classes))
    draw_data_table(
        "Budgeted cost for each thing the district counts", cost_tables.tabulate_cost_per_driver(evaluation)
    )
    draw_data_table("Budgeted cost by NCES object", cost_tables.tabulate_objects(evaluation, classes, name_objects()))
    draw_data_table("Cost by purpose, users' time included", cost_tables.tabulate_purposes(evaluation))
    lines = build_data_table("Why", cost_tables.tabulate_capital_lines(evaluation, classes))
    draw_data_table("Depreciation of what is bought as capital", cost_tables.tabulate_depreciation(evaluation, classes))
    st.html(build_disclosure("Which purchases are capital, and why", lines))
