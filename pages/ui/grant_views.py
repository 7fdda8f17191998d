"""Parts of the page Grants and E-Rate: the requests with their days and cash, the awards, the checks by formula."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from pages.ui.charts import build_data_table, draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.registers import draw_binder, draw_rules
from pages.ui.tables import build_disclosure
from planning.evaluation import Evaluation
from planning.funding import erate_discount, erate_register, federal_sources, grant_checks
from planning.funding import register_tables as tables
from planning.funding.erate_requests import RequestState
from planning.funding.grants import AwardState, calculate_srsa_award
from planning.money import format_dollars
from planning.reference import Reference
from planning.rule_words import list_rules


def draw_requests(states: Sequence[RequestState], evaluation: Evaluation, reference: Reference, day: date) -> None:
    """The E-Rate requests: money, every day of their papers, cash by quarter, equipment, and the rules behind."""
    names = {item.initiative_id: item.name for item in evaluation.plan.initiatives}
    budget = erate_register.find_category_two(evaluation.plan, reference, day)
    st.subheader("E-Rate", anchor=False)
    draw_discount(evaluation, reference, day)
    if budget:
        st.write(plain(budget.describe()))
    draw_data_table("E-Rate funding requests", tables.tabulate_requests(states, names))
    amounts = erate_register.check_source_amounts(evaluation.plan, states)
    findings = [*amounts, *(finding for state in states for finding in state.findings)]
    draw_findings("What to look at in E-Rate", findings)
    cited = reference.list_links()
    papers = build_data_table("Papers of the E-Rate requests", tables.tabulate_request_steps(states), cited=cited)
    st.html(build_disclosure("Every paper of the E-Rate requests, with its days and the rule behind them", papers))
    draw_data_table("Discount, invoicing and days of service", erate_register.tabulate_request_facts(states, reference))
    quarters = erate_register.list_cash_quarters(states)
    st.write(plain(erate_register.describe_cash(quarters)))
    draw_data_table("Cash for the E-Rate requests by quarter", erate_register.tabulate_cash(quarters))
    equipment = erate_register.tabulate_equipment(states, reference, day)
    if equipment.rows:
        draw_data_table("When equipment may move or be sold", equipment)
    draw_rules(
        "Rules for E-Rate requests",
        list_rules({**erate_discount.DISCOUNT_RULES, **erate_register.ERATE_RULES}, reference, day),
    )


def draw_discount(evaluation: Evaluation, reference: Reference, day: date) -> None:
    """The district's own discount: which counts and which row of the matrix give it."""
    found = erate_discount.find_district_discount(evaluation.plan, reference, day)
    if found is None:
        st.info(
            "Count the schools on the page Edit, and the discount follows from them.", title="No school is counted."
        )
        return
    st.write(plain(found.describe()))
    table = erate_discount.tabulate_discounts(found)
    draw_data_table("E-Rate discount of the district, by the matrix", table, cited=reference.list_links())
    draw_findings("What to look at in the discount", found.findings)
    schools = build_data_table("Schools", erate_discount.tabulate_schools(found, reference, day))
    st.html(build_disclosure("Students and eligible students, school by school", schools))


def draw_awards(states: Sequence[AwardState], evaluation: Evaluation, reference: Reference, day: date) -> None:
    """The grant awards, how Title IV-A is divided, and the binder to take away."""
    sources = {source.source_id: source.name for source in evaluation.plan.sources}
    checks = grant_checks.check_title_iv_a_awards(evaluation, reference, day)
    st.subheader("Grant awards", anchor=False)
    draw_data_table("Grant awards, each award year by itself", tables.tabulate_awards(states, sources))
    years = federal_sources.list_federal_years(evaluation.plan, reference)
    audit = federal_sources.check_single_audit(years)
    indirect = federal_sources.check_indirect_cost(evaluation.plan, reference, day)
    findings = [finding for one in (*states, *checks) for finding in one.findings]
    draw_findings("What to look at in the awards", [*findings, *indirect, *audit])
    if checks:
        st.write(plain(grant_checks.describe_title_iv_a(checks)))
        table = grant_checks.tabulate_title_iv_a(checks, reference, day)
        draw_data_table("How Title IV-A is divided", table)
    table = federal_sources.tabulate_federal_years(years)
    draw_data_table("Federal money by year, and the single audit", table, cited=reference.list_links())
    draw_binder(states)
    names = {**grant_checks.GRANT_RULES, **(grant_checks.TITLE_IV_A_RULES if checks else {})}
    draw_rules("Rules for grant awards", list_rules(names, reference, day))


def draw_small_rural(evaluation: Evaluation, reference: Reference, day: date) -> None:
    """What the formula of the Small, Rural School Achievement program gives; nothing typed here is kept."""
    known = grant_checks.find_srsa_inputs(evaluation)
    st.subheader("Small, rural schools (SRSA)", anchor=False)
    with st.container(horizontal=True):
        typed = [
            Decimal(str(st.number_input(label, min_value=0.0, value=float(value), step=step, key=key, width=240)))
            for label, value, step, key in (
                ("Average daily attendance", known.attendance, 1.0, "srsa_attendance"),
                ("Title II-A the year before ($)", known.title_ii_a_usd, 100.0, "srsa_title_ii_a"),
                ("Title IV-A the year before ($)", known.title_iv_a_usd, 100.0, "srsa_title_iv_a"),
            )
        ]
    award = calculate_srsa_award(typed[0], typed[1], typed[2], reference, day)
    amount = format_dollars(award, symbol=True) if award else "$0"
    st.write(plain(f"The formula gives {amount} before the program's own reduction, where the district is eligible."))
    draw_rules("The formula of small, rural schools", list_rules(grant_checks.SRSA_RULES, reference, day))
