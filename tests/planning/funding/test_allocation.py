"""Commitments laid on costs, and what is said where they do not fit."""

from datetime import date
from decimal import Decimal

import pytest

from planning.evaluation import Evaluation, evaluate
from planning.model import Commitment, CostLine, Plan
from planning.reference import Reference
from planning.vocabulary import CostCategory, CostKind

YEAR = "FY2026-27"


def evaluate_year(plan: Plan, prices: list[int], commitments: list[tuple[str, int]], year: str = YEAR) -> Evaluation:
    """One-time lines at the given dollars, and commitments as (source, dollars)."""
    lines = tuple(
        CostLine(
            cost_line_id=f"line{number}",
            initiative_id="mdr",
            description="Line",
            kind=CostKind.ONE_TIME,
            category=CostCategory.SOFTWARE,
            unit_price_usd=Decimal(price),
            dollar_year=YEAR,
            start=YEAR,
        )
        for number, price in enumerate(prices)
    )
    made = tuple(
        Commitment(initiative_id="mdr", source_id=source, fiscal_year=year, amount_cents=dollars * 100)
        for source, dollars in commitments
    )
    changed = plan.model_copy(update={"cost_lines": lines, "commitments": made})
    return evaluate(changed, Reference(version="t"), date(2026, 11, 23))


def paid(evaluation: Evaluation) -> list[tuple[str, str, int]]:
    return [(atom.cost_line_id, atom.source_id or str(atom.state), atom.cents) for atom in evaluation.atoms]


def messages(evaluation: Evaluation, code: str) -> list[str]:
    return [finding.message for finding in evaluation.findings if finding.code == code]


def test_a_commitment_is_spread_in_proportion_to_the_lines(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [100, 200], [("levy", 100)])
    assert paid(evaluation) == [
        ("line0", "levy", 33_33),
        ("line1", "levy", 66_67),
        ("line0", "unfunded", 66_67),
        ("line1", "unfunded", 133_33),
    ]


def test_a_commitment_beyond_the_cost_pays_only_the_cost(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [100], [("levy", 80), ("cyber-grant", 30)])
    assert paid(evaluation) == [("line0", "levy", 80_00), ("line0", "cyber-grant", 20_00)]
    assert messages(evaluation, "commitment_exceeds_cost") == [
        "cyber-grant commits $30.00 to mdr in FY2026-27, but only $20.00 is left to pay there."
    ]


def test_a_commitment_to_a_year_without_cost_pays_nothing(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [], [("levy", 80)])
    assert evaluation.initiatives[0].committed.cents == 0
    assert "only $0.00 is left" in messages(evaluation, "commitment_exceeds_cost")[0]


def test_a_saving_never_hides_a_gap(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [100, -60], [])
    assert paid(evaluation) == [("line0", "unfunded", 100_00), ("line1", "saving", -60_00)]


def test_a_negative_commitment_returns_a_saving_to_its_source(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [100, -60], [("levy", -60), ("cyber-grant", 100)])
    assert paid(evaluation) == [("line1", "levy", -60_00), ("line0", "cyber-grant", 100_00)]


def test_no_more_is_returned_than_is_saved(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [-60], [("levy", -75)])
    assert paid(evaluation) == [("line0", "levy", -60_00)]
    assert messages(evaluation, "commitment_exceeds_saving") == [
        "mdr is to return $75.00 to levy in FY2026-27, but saves only $60.00 there."
    ]


def test_a_source_committed_beyond_its_amount_pays_and_is_found(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [900_000], [("levy", 700_000)])
    assert evaluation.initiatives[0].committed.cents == 700_000_00
    assert messages(evaluation, "commitments_exceed_source") == [
        "levy has $650,000.00 in FY2026-27, but $700,000.00 of it is committed."
    ]


def test_money_outside_its_window_does_not_pay(small_plan: Plan) -> None:
    closed = small_plan.sources[1].model_copy(update={"window_start": date(2027, 7, 1), "window_end": None})
    plan = small_plan.model_copy(update={"sources": (closed,)})
    evaluation = evaluate_year(plan, [100], [("levy", 100)])
    assert paid(evaluation) == [("line0", "unfunded", 100_00)]
    assert "may be spent only from 2027-07-01; it does not pay" in messages(evaluation, "commitment_outside_window")[0]


@pytest.mark.parametrize("year", ["FY2025-26", "FY2031-32"])
def test_a_commitment_outside_the_horizon_is_noted(small_plan: Plan, year: str) -> None:
    evaluation = evaluate_year(small_plan, [100], [("levy", 100)], year)
    assert len(messages(evaluation, "commitment_outside_horizon")) == 1


def test_commitments_to_unknown_things_do_not_pay(small_plan: Plan) -> None:
    evaluation = evaluate_year(small_plan, [100], [("nobody", 100)])
    assert paid(evaluation) == [("line0", "unfunded", 100_00)]
    assert "unknown_id" in [finding.code for finding in evaluation.findings]


def test_what_an_alternative_would_cost_a_source_is_not_drawn_from_it(small_plan: Plan) -> None:
    aside = tuple(item.model_copy(update={"included": False}) for item in small_plan.initiatives)
    evaluation = evaluate_year(small_plan.model_copy(update={"initiatives": aside}), [900_000], [("levy", 700_000)])
    assert messages(evaluation, "commitments_exceed_source") == []
    assert evaluation.alternative_atoms[0].source_id == "levy"
