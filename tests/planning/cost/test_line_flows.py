"""A cost line year by year: when it falls due, at which price, and where counts are missing."""

from datetime import date
from decimal import Decimal

import pytest

from planning.atoms import Atom
from planning.evaluation import Evaluation, evaluate
from planning.model import CostLine, DriverCount, Plan
from planning.reference import Reference
from planning.vocabulary import CostCategory, CostKind, Driver


def evaluate_line(plan: Plan, **fields: object) -> Evaluation:
    """One line of 100 dollars in FY2026-27, changed by `fields`."""
    values: dict[str, object] = {
        "cost_line_id": "line",
        "initiative_id": "mdr",
        "description": "Line",
        "kind": CostKind.RECURRING,
        "category": CostCategory.SOFTWARE,
        "unit_price_usd": Decimal(100),
        "dollar_year": "FY2026-27",
        "start": "FY2026-27",
    }
    line = CostLine.model_validate({**values, **fields})
    changed = plan.model_copy(update={"cost_lines": (line,), "commitments": ()})
    return evaluate(changed, Reference(version="t"), date(2026, 11, 23))


def amounts(evaluation: Evaluation) -> dict[str, int]:
    return {f"{atom.fiscal_year[2:6]} {atom.timing}": atom.cents for atom in evaluation.atoms}


def test_a_recurring_line_runs_to_the_end_of_the_initiative(detection_plan: Plan) -> None:
    short = detection_plan.initiatives[0].model_copy(update={"life_years": 2})
    plan = detection_plan.model_copy(update={"initiatives": (short,)})
    assert list(amounts(evaluate_line(plan))) == ["2026 recurring", "2027 recurring"]


def test_a_recurring_line_stops_at_its_own_end(detection_plan: Plan) -> None:
    evaluation = evaluate_line(detection_plan, start="FY2027-28", end="FY2028-29")
    assert list(amounts(evaluation)) == ["2027 recurring", "2028 recurring"]


def test_a_price_of_an_earlier_dollar_year_has_risen_before_the_plan_starts(detection_plan: Plan) -> None:
    evaluation = evaluate_line(detection_plan, kind=CostKind.ONE_TIME, dollar_year="FY2024-25", escalation="services")
    assert amounts(evaluation) == {"2026 one_time": 110_25}  # 100 × 1.05²


def test_a_price_of_a_later_dollar_year_is_taken_back(detection_plan: Plan) -> None:
    evaluation = evaluate_line(detection_plan, kind=CostKind.ONE_TIME, dollar_year="FY2027-28", escalation="services")
    assert amounts(evaluation) == {"2026 one_time": 95_24}  # 100 ÷ 1.05 = 95.238…


def test_half_a_cent_is_rounded_up_once_for_each_line_and_year(detection_plan: Plan) -> None:
    evaluation = evaluate_line(detection_plan, kind=CostKind.ONE_TIME, unit_price_usd=Decimal("0.335"), quantity=3)
    assert amounts(evaluation) == {"2026 one_time": 1_01}  # 1.005, not three times 0.34


def test_a_long_product_is_exact_before_it_is_rounded(detection_plan: Plan) -> None:
    """1,234,567.891 × 1,000.001 × 1.05⁴, all nineteen digits of it, and only then whole cents."""
    exact = Decimal("1234567.891") * Decimal("1000.001") * Decimal("1.05") ** 4
    evaluation = evaluate_line(
        detection_plan,
        kind=CostKind.ONE_TIME,
        unit_price_usd=Decimal("1234567.891"),
        quantity=Decimal("1000.001"),
        escalation="services",
        start="FY2030-31",
    )
    assert amounts(evaluation) == {"2030 one_time": int(exact * 100 + Decimal("0.5"))}


def test_a_refresh_bought_before_the_plan_returns_its_residual_in_it(detection_plan: Plan) -> None:
    old = detection_plan.initiatives[0].model_copy(update={"start": "FY2023-24", "life_years": 7})
    plan = detection_plan.model_copy(update={"initiatives": (old,)})
    evaluation = evaluate_line(
        plan,
        kind=CostKind.REFRESH,
        start="FY2023-24",
        refresh_years=4,
        residual_fraction=Decimal("0.2"),
        escalation="services",
        dollar_year="FY2023-24",
    )
    # Bought for 100 in FY2023-24, again for 100 × 1.05⁴ in FY2027-28; a life to FY2029-30 sells no more.
    assert amounts(evaluation) == {"2027 refresh": 121_55, "2027 residual": -20_00}


def test_a_refresh_without_a_period_is_bought_once(detection_plan: Plan) -> None:
    assert amounts(evaluate_line(detection_plan, kind=CostKind.REFRESH)) == {"2026 refresh": 100_00}


def test_a_missing_count_takes_the_last_known_one_and_says_so(detection_plan: Plan) -> None:
    counts = tuple(
        DriverCount(driver=Driver.STUDENTS, fiscal_year=year, count=Decimal(count))
        for year, count in (("FY2026-27", 10), ("FY2028-29", 8))
    )
    district = detection_plan.district.model_copy(update={"driver_counts": counts})
    evaluation = evaluate_line(detection_plan.model_copy(update={"district": district}), driver=Driver.STUDENTS)
    assert list(amounts(evaluation).values()) == [1000_00, 1000_00, 800_00, 800_00, 800_00]
    finding = evaluation.findings[0]
    assert finding.code == "driver_count_carried"
    assert "students for FY2027-28, FY2029-30, FY2030-31" in finding.message


def test_a_year_before_the_first_count_takes_the_first(detection_plan: Plan) -> None:
    count = DriverCount(driver=Driver.STUDENTS, fiscal_year="FY2030-31", count=Decimal(4))
    district = detection_plan.district.model_copy(update={"driver_counts": (count,)})
    evaluation = evaluate_line(detection_plan.model_copy(update={"district": district}), driver=Driver.STUDENTS)
    assert set(amounts(evaluation).values()) == {400_00}


def test_a_driver_without_counts_costs_nothing_and_is_an_error(detection_plan: Plan) -> None:
    evaluation = evaluate_line(detection_plan, driver=Driver.SITES)
    assert evaluation.atoms == ()
    assert "driver_without_counts" in [finding.code for finding in evaluation.findings]


@pytest.mark.parametrize("price", [Decimal("1e12"), Decimal("1e500"), Decimal("-1e12")])
def test_a_cost_of_a_trillion_is_not_counted_but_found(detection_plan: Plan, price: Decimal) -> None:
    evaluation = evaluate_line(detection_plan, unit_price_usd=price)
    assert evaluation.atoms == ()
    assert [finding.code for finding in evaluation.findings] == ["cost_too_large"]
    assert "Cost line line comes to more than a trillion" in evaluation.findings[0].message


def test_a_zero_amount_makes_no_atom(detection_plan: Plan) -> None:
    evaluation = evaluate_line(detection_plan, unit_price_usd=Decimal("0.004"))
    assert evaluation.atoms == ()


def test_a_line_of_a_district_on_calendar_years_keeps_their_labels(detection_plan: Plan) -> None:
    district = detection_plan.district.model_copy(update={"first_fiscal_year": "FY2026"})
    evaluation = evaluate_line(detection_plan.model_copy(update={"district": district}))
    first: Atom = evaluation.atoms[0]
    assert first.atom_id == "line:FY2026:unfunded"
    assert "fiscal_year_style" in [finding.code for finding in evaluation.findings]
