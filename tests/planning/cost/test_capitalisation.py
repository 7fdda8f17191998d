"""Capital or operating: boundaries of unit and bulk, what belongs to equipment, and the objects of NCES."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from data.reference import load_reference
from planning.cost.breakdown import classify_costs
from planning.cost.capitalisation import Why, find_cost_rules, find_nces_object
from planning.evaluation import evaluate
from planning.model import CostLine, District, Initiative, Plan
from planning.reference import Reference
from planning.vocabulary import CostCategory, CostKind, CostPurpose

TODAY = date(2026, 11, 23)
REFERENCE = load_reference()


def make_line(number: int = 1, **fields: object) -> CostLine:
    values: dict[str, object] = {
        "cost_line_id": f"line{number}", "initiative_id": "i", "description": "Line", "kind": CostKind.ONE_TIME,
        "category": CostCategory.HARDWARE, "unit_price_usd": Decimal(1000), "dollar_year": "FY2026-27",
        "start": "FY2026-27",
    }  # fmt: skip
    return CostLine.model_validate(values | fields)


def classify(*lines: CostLine, **district: object) -> list[Why]:
    plan = Plan(
        district=District.model_validate(
            {"district_id": "d", "name": "D", "first_fiscal_year": "FY2026-27", **district}
        ),
        initiatives=(Initiative(initiative_id="i", name="I", start="FY2026-27"),),
        cost_lines=lines,
    )
    found = classify_costs(evaluate(plan, REFERENCE, TODAY))
    return [item.why for item in found.values()]


@pytest.mark.parametrize(
    ("level", "day", "expected"),
    [
        (50_000, date(2024, 9, 30), 5_000), (50_000, date(2024, 10, 1), 10_000),
        (5_000, TODAY, 5_000), (7_500, date(2020, 1, 1), 5_000),
    ],
)  # fmt: skip
def test_the_lesser_of_the_federal_threshold_of_the_day_and_the_districts_level(
    level: int, day: date, expected: int
) -> None:
    district = District(
        district_id="d", name="D", first_fiscal_year="FY2026-27", capitalisation_level_usd=Decimal(level)
    )
    assert find_cost_rules(REFERENCE, district, day).level_usd == expected
    assert find_cost_rules(Reference(version="none"), district, day).level_usd == level


@pytest.mark.parametrize(("price", "expected"), [("9999.99", Why.BELOW), ("10000", Why.UNIT)])
def test_equipment_begins_at_the_threshold_itself(price: str, expected: Why) -> None:
    assert classify(make_line(unit_price_usd=price), capitalisation_level_usd=20_000) == [expected]


@pytest.mark.parametrize(("units", "expected"), [(99, Why.BELOW), (100, Why.BULK)])
def test_many_cheap_units_are_capital_together_from_the_districts_bulk_level(units: int, expected: Why) -> None:
    assert classify(make_line(quantity=units), bulk_capitalisation_usd=100_000) == [expected]
    assert classify(make_line(quantity=units)) == [Why.BELOW]


def test_a_line_says_for_itself_and_services_and_subscriptions_are_never_capital() -> None:
    assert classify(make_line(capital=True)) == [Why.SAID]
    assert classify(make_line(unit_price_usd=90_000, capital=False)) == [Why.SAID]
    service = make_line(category=CostCategory.EXTERNAL_SERVICES, unit_price_usd=90_000)
    subscribed = make_line(2, category=CostCategory.SOFTWARE, kind=CostKind.SUBSCRIPTION, unit_price_usd=90_000)
    assert set(classify(service, subscribed)) == {Why.NOT_BOUGHT}


def test_installation_goes_with_capital_equipment_of_its_year() -> None:
    installation = make_line(2, category=CostCategory.EXTERNAL_SERVICES, purpose=CostPurpose.IMPLEMENTATION)
    assert classify(make_line(unit_price_usd=90_000), installation) == [Why.UNIT, Why.ANCILLARY]
    assert classify(make_line(), installation) == [Why.BELOW, Why.NOT_BOUGHT]
    later = make_line(2, category="external_services", purpose="implementation", start="FY2027-28")
    assert classify(make_line(unit_price_usd=90_000), later) == [Why.UNIT, Why.NOT_BOUGHT]


def test_a_price_that_has_risen_over_the_level_is_capital_from_then_on() -> None:
    line = make_line(
        kind=CostKind.SCHEDULED, scheduled_years=("FY2026-27", "FY2030-31"), unit_price_usd=4_500, escalation="r"
    )
    rates = [{"name": "r", "rate_per_year": "0.05"}]
    assert classify(line, escalation_rates=rates) == [Why.BELOW, Why.UNIT]


@pytest.mark.parametrize(
    ("fields", "is_capital", "expected"),
    [
        ({}, True, "734"), ({}, False, "650"), ({"nces_object": "739"}, True, "739"),
        ({"category": "software"}, True, "735"), ({"category": "software"}, False, "650"),
        ({"category": "software", "kind": "subscription", "term_years": 3}, False, "530"),
        ({"kind": "subscription", "term_years": 3}, False, "443"),
        ({"category": "external_services"}, False, "352"),
        ({"category": "external_services", "purpose": "training"}, False, "330"),
        ({"category": "external_services", "purpose": "support"}, False, "432"),
        ({"category": "external_services", "purpose": "selection"}, False, "340"),
        ({"category": "external_services"}, True, "734"),
        ({"category": "software", "kind": "recurring"}, False, "530"),
        ({"category": "direct_labor", "kind": "staffing"}, False, "100"), ({"category": "indirect_labor"}, False, ""),
    ],
)  # fmt: skip
def test_the_most_exact_rule_gives_the_object(fields: dict[str, Any], is_capital: bool, expected: str) -> None:
    district = District(district_id="d", name="D", first_fiscal_year="FY2026-27")
    rules = find_cost_rules(REFERENCE, district, TODAY)
    assert find_nces_object(make_line(**fields), is_capital, rules) == expected
