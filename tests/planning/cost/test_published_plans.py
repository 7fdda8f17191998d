"""Published comparisons typed in as plans: the evaluation gives the figures that are printed."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planning.cost.discounting import YEARS_AFTER_START, find_nominal_rate
from planning.cost.initiative_comparison import compare_initiatives
from planning.cost.ownership import calculate_constant_dollars, calculate_value_today
from planning.evaluation import Evaluation, evaluate
from planning.fiscal_years import fiscal_year_label
from planning.model import CostLine, District, Initiative, Plan
from planning.reference import Reference
from planning.vocabulary import RateBasis

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "plans.toml").read_text(encoding="utf-8"))["case"]
Case = dict[str, Any]


def year(number: int) -> str:
    return fiscal_year_label(2025 + number)


def make_line(name: str, place: int, given: Case) -> CostLine:
    return CostLine(
        cost_line_id=f"{name}-{place}",
        initiative_id=name,
        description="a line",
        kind=given["kind"],
        category="hardware",
        unit_price_usd=Decimal(str(given["usd"])),
        dollar_year=year(1),
        start=year(given.get("start", 1)),
        scheduled_years=tuple(year(number) for number in given.get("at", ())),
        paid=given.get("paid"),
        purpose=given.get("purpose", "product"),
    )


def evaluate_case(case: Case) -> Evaluation:
    district = District(
        district_id="d",
        name="D",
        first_fiscal_year=year(1),
        horizon_years=case["years"],
        discount_rate=Decimal(str(case["rate"])),
        payment_point=case.get("point", "end_of_year"),
    )
    ways = case["ways"]
    initiatives = [
        Initiative(
            initiative_id=way["name"],
            name=way["name"],
            start=year(way.get("start", 1)),
            life_years=way["life"],
            compared_with=way.get("base"),
        )
        for way in ways
    ]
    lines = [make_line(way["name"], place, one) for way in ways for place, one in enumerate(way["lines"])]
    plan = Plan(district=district, initiatives=tuple(initiatives), cost_lines=tuple(lines))
    return evaluate(plan, Reference(version="t"), date(2026, 12, 8))


def list_figures(evaluation: Evaluation) -> dict[str, dict[str, float | None]]:
    """Every figure of each way, money in dollars."""
    values = {item.initiative_id: item for item in evaluation.initiatives}
    return {
        item.initiative_id: {
            "present_value": values[item.initiative_id].present_value_cents / 100,
            "equivalent_annual_cost": values[item.initiative_id].equivalent_annual_cost_cents / 100,
            "life_cycle_cost": item.measures.life_cycle_cost / 100,
            "net_savings": item.measures.net_savings / 100,
            "savings_to_investment_ratio": item.measures.savings_to_investment_ratio,
            "adjusted_internal_rate": item.measures.adjusted_internal_rate,
            "simple_payback_years": item.measures.simple_payback_years,
            "break_even_rate": item.break_even_rate,
        }
        for item in compare_initiatives(evaluation)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_published_comparison_comes_out_of_a_plan(case: Case) -> None:
    evaluation = evaluate_case(case)
    figures = list_figures(evaluation)
    for way, expected in case["expected"].items():
        for name, value in expected.items():
            within = 5e-7 if "rat" in name or "years" in name else case["within"]
            assert figures[way][name] == pytest.approx(value, abs=within), (way, name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_the_plan_is_worth_what_its_initiatives_are_and_each_shows_one_yearly_cost(case: Case) -> None:
    evaluation = evaluate_case(case)
    whole = calculate_value_today(evaluation.atoms, evaluation).present_value_cents
    assert whole == pytest.approx(sum(item.present_value_cents for item in evaluation.included), rel=1e-12)
    compared = {item.initiative_id: item.equivalent_annual_cost for item in compare_initiatives(evaluation)}
    assert compared == pytest.approx(
        {item.initiative_id: item.equivalent_annual_cost_cents for item in evaluation.initiatives}, rel=1e-12
    )


@pytest.mark.parametrize("point", ["start_of_year", "middle_of_year", "end_of_year"])
def test_constant_dollars_at_the_real_rate_are_worth_what_nominal_ones_are(point: str) -> None:
    """2 % of inflation and a real rate of 3 %: (1.02 x 1.03) - 1 = 5.06 % nominal."""
    case = {
        **CASES[0],
        "point": point,
        "ways": [{"name": "a", "life": 5, "lines": [{"kind": "recurring", "usd": 100}]}],
    }
    plan = evaluate_case(case).plan
    fields = {"discount_rate": Decimal("0.03"), "inflation_rate": Decimal("0.02"), "rate_basis": RateBasis.REAL}
    real = plan.model_copy(update={"district": plan.district.model_copy(update=fields)})
    evaluation = evaluate(real, Reference(version="t"), date(2026, 12, 8))
    after = YEARS_AFTER_START[evaluation.plan.district.payment_point]
    constant = calculate_constant_dollars(evaluation.atoms, evaluation)
    worth = sum(amount / 1.03 ** (place + after) for place, amount in enumerate(constant))
    assert find_nominal_rate(evaluation.plan.district) == pytest.approx(0.0506)
    assert worth == pytest.approx(calculate_value_today(evaluation.atoms, evaluation).present_value_cents, rel=1e-12)
