"""One initiative in full: facts, cost lines, who pays, and what made its score."""

import streamlit as st

from pages.ui.charts import draw_big_numbers, draw_data_table
from pages.ui.messages import plain
from pages.ui.tables import Link, build_facts, build_trail
from planning import plan_tables
from planning.errors import InputRefused
from planning.evaluation import Evaluation, InitiativeSummary
from planning.funding.certainty import calculate_unsecured_by_initiative
from planning.money import format_cents, format_dollars


def draw_initiative(evaluation: Evaluation, initiative_id: str) -> None:
    """The page of one initiative."""
    item = next((item for item in evaluation.initiatives if item.initiative_id == initiative_id), None)
    if item is None:
        raise InputRefused("The plan has no such initiative any more.", "Choose one from the list of initiatives.")
    initiative = next(one for one in evaluation.plan.initiatives if one.initiative_id == initiative_id)
    st.page_link("technology/initiatives.py", label="All initiatives")
    st.header(plain(item.name), anchor=False)
    st.write(plain(initiative.description))
    _draw_numbers(evaluation, item)
    st.html(build_facts(plan_tables.describe_initiative(initiative, evaluation)))
    draw_data_table("What it costs", plan_tables.tabulate_cost_lines(evaluation, initiative_id))
    draw_data_table("Who pays", plan_tables.tabulate_payers(evaluation, initiative_id))
    st.html(build_trail("More of it:", _list_ways_on(item)))
    if item.alignment.parts:
        draw_data_table("Which goals it serves", plan_tables.tabulate_alignment(evaluation, item))
    else:
        st.warning("It names no goal it would move.", title="Aligned to nothing")


def _list_ways_on(item: InitiativeSummary) -> list[Link]:
    beside = Link("beside doing nothing or what else could be done", "cost", (("view", "Alternatives"),))
    if not item.included:
        return [beside]
    looked_at = (("view", "What may pay, and why not"), ("initiative", item.name))
    return [Link("which money may pay it, and why other money may not", "funding", looked_at), beside]


def _draw_numbers(evaluation: Evaluation, item: InitiativeSummary) -> None:
    span = f"{evaluation.years[0]} to {evaluation.years[-1]}"
    not_yet = calculate_unsecured_by_initiative(evaluation)[item.initiative_id].cents
    more = f"; {format_cents(not_yet, symbol=True)} more is not yet secured" if not_yet else ""
    numbers = (
        ("Cost", format_cents(item.cost.cents, symbol=True), span),
        (
            "Without a source",
            format_cents(item.unfunded.cents, symbol=True) if item.unfunded.cents else "$0",
            span + more,
        ),
        ("Present value", format_dollars(item.present_value_cents / 100, symbol=True), "with user time"),
        (
            "Alignment",
            f"{item.alignment.score:.0f} of 100",
            f"rank {item.rank}" if item.included else f"would be rank {item.rank}",
        ),
    )
    draw_big_numbers(numbers)
    if not item.included:
        st.info("It is costed, but no total of the plan counts it.", title="An alternative, not in the plan")
