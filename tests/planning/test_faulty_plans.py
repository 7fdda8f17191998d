"""A plan full of faults is evaluated as far as it goes, drawn and checked, and never stops the program."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from planning import figures, funding_figures
from planning.amount_checks import check_amounts
from planning.bridge import LedgerAmount, calculate_ledger_bridge
from planning.evaluation import evaluate
from planning.fiscal_years import fiscal_year_label
from planning.model import (
    Commitment,
    CostLine,
    District,
    DriverCount,
    EscalationRate,
    FundingSource,
    Goal,
    GoalContribution,
    Initiative,
    Plan,
    YearAmount,
)
from planning.reference import Reference
from planning.vocabulary import CostBridge, CostCategory, CostKind, Driver, SourceKind

ids = st.sampled_from(("a", "b", "unfunded"))
labels = st.builds(fiscal_year_label, st.sampled_from((1950, 2025, 2026, 2027, 2030, 2150)), st.booleans())
prices = st.decimals(-(10**14), 10**14, places=6)
growth = st.decimals(Decimal("-0.9"), Decimal("9.9"), places=2)
days = st.none() | st.dates(date(1950, 1, 1), date(2150, 1, 1))

districts = st.builds(
    District,
    district_id=st.just("d"),
    name=st.just("District"),
    state=st.just(""),
    time_zone=st.just("America/Denver"),
    first_fiscal_year=labels,
    horizon_years=st.integers(1, 10),
    discount_rate=growth,
    capitalisation_level_usd=st.just(Decimal(5000)),
    escalation_rates=st.lists(st.builds(EscalationRate, name=ids, rate_per_year=growth), max_size=2).map(tuple),
    driver_counts=st.lists(
        st.builds(DriverCount, driver=st.sampled_from(Driver), fiscal_year=labels, count=st.integers(0, 9)), max_size=3
    ).map(tuple),
)
initiatives = st.builds(
    Initiative,
    initiative_id=ids,
    name=ids,
    start=labels,
    life_years=st.integers(1, 40),
    included=st.booleans(),
    depends_on=st.lists(ids, max_size=2).map(tuple),
    excludes=st.lists(ids, max_size=2).map(tuple),
)
lines = st.builds(
    CostLine,
    cost_line_id=ids,
    initiative_id=ids,
    description=ids,
    kind=st.sampled_from(CostKind),
    category=st.sampled_from(CostCategory),
    quantity=st.decimals(0, 10**6, places=3),
    driver=st.sampled_from(Driver),
    unit_price_usd=prices,
    dollar_year=labels,
    escalation=st.none() | ids,
    start=labels,
    end=st.none() | labels,
    refresh_years=st.none() | st.integers(1, 40),
    residual_fraction=st.decimals(0, 1, places=2),
    account=st.sampled_from(("", "10", "10-1")),
    bridge=st.sampled_from(CostBridge),
)
amounts = st.builds(YearAmount, fiscal_year=labels, amount_cents=st.integers(-(10**9), 10**9))
sources = st.builds(
    FundingSource,
    source_id=ids,
    name=ids,
    kind=st.sampled_from(SourceKind),
    amounts=st.lists(amounts, max_size=3).map(tuple),
    window_start=days,
    window_end=days,
)
commitments = st.builds(
    Commitment,
    initiative_id=ids,
    source_id=ids,
    fiscal_year=labels,
    amount_cents=st.integers(-(10**12), 10**12),
)
plans = st.builds(
    Plan,
    district=districts,
    goals=st.lists(st.builds(Goal, goal_id=ids, title=ids, weight=st.decimals(0, 9, places=1)), max_size=3).map(tuple),
    initiatives=st.lists(initiatives, max_size=4).map(tuple),
    cost_lines=st.lists(lines, max_size=4).map(tuple),
    sources=st.lists(sources, max_size=3).map(tuple),
    commitments=st.lists(commitments, max_size=5).map(tuple),
    contributions=st.lists(
        st.builds(GoalContribution, initiative_id=ids, goal_id=ids, influence=st.integers(0, 5)), max_size=4
    ).map(tuple),
)
DRAWINGS = (
    figures.draw_big_numbers,
    figures.draw_cliffs,
    figures.draw_cost_by_year,
    figures.draw_funding_by_year,
    funding_figures.draw_gap_by_initiative,
    funding_figures.draw_gap_by_year,
    figures.draw_initiatives,
    figures.draw_money_by_goal,
)


@given(plans)
@settings(deadline=None)
def test_whatever_is_in_a_plan_it_is_evaluated_and_drawn(plan: Plan) -> None:
    evaluation = evaluate(plan, Reference(version="t"), date(2026, 11, 23))
    for draw in DRAWINGS:
        assert draw(evaluation).table.list_text_rows() is not None
    ledger = [LedgerAmount("10-1", 5_00), LedgerAmount("", -1)]
    bridge = calculate_ledger_bridge(evaluation, ledger, evaluation.years[0])
    assert bridge.explained_cents + bridge.unexplained_cents == 4_99
    assert all(finding.message and finding.fix for finding in evaluation.findings)
    if "unfunded" not in {source.source_id for source in plan.sources}:
        atom_ids = [atom.atom_id for atom in (*evaluation.atoms, *evaluation.alternative_atoms)]
        assert len(set(atom_ids)) == len(atom_ids)


@given(plans)
@settings(deadline=None)
def test_the_gate_refuses_exactly_the_cost_lines_that_are_too_large_to_count(plan: Plan) -> None:
    evaluation = evaluate(plan, Reference(version="t"), date(2026, 11, 23))
    uncounted = {finding.item for finding in evaluation.findings if finding.code == "cost_too_large"}
    refused = check_amounts(plan)
    if not any(finding.code == "plan_amount_too_large" for finding in refused):
        assert {finding.item for finding in refused} == uncounted


@pytest.mark.parametrize("label", ["FY0226-27", "FY1949-50", "FY2151-52"])
def test_a_mistyped_century_is_no_year_of_a_plan(label: str) -> None:
    with pytest.raises(ValidationError, match="between 1950 and 2150"):
        District(district_id="d", name="D", first_fiscal_year=label)


def test_a_source_that_owes_money_in_another_year_is_no_shortage_of_this_one() -> None:
    plan = Plan(
        district=District(district_id="d", name="D", first_fiscal_year="FY2025-26", horizon_years=2),
        initiatives=(Initiative(initiative_id="a", name="A", start="FY2025-26", life_years=5),),
        sources=(
            FundingSource(
                source_id="s",
                name="S",
                kind=SourceKind.GENERAL_FUND,
                amounts=(YearAmount(fiscal_year="FY2025-26", amount_cents=-100),),
            ),
        ),
        commitments=(Commitment(initiative_id="a", source_id="s", fiscal_year="FY2026-27", amount_cents=100),),
    )
    findings = evaluate(plan, Reference(version="t"), date(2026, 11, 23)).findings
    [found] = [one for one in findings if one.code == "commitments_exceed_source"]
    assert "FY2026-27" in found.message
