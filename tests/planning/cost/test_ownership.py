"""Cost per student, value today and the CoSN estimate, by hand."""

from datetime import date
from decimal import Decimal

import pytest

from planning.cost.discounting import find_active_span
from planning.cost.ownership import (
    calculate_annualised_cents,
    calculate_cost_by_category,
    calculate_cost_by_timing,
    calculate_cost_per_student,
    calculate_direct_and_indirect,
    calculate_value_today,
)
from planning.cost_tables import tabulate_cost_per_driver
from planning.evaluation import Evaluation, evaluate
from planning.model import CostLine, DriverCount, Plan
from planning.reference import Reference
from planning.vocabulary import CostCategory, CostKind, CostTiming, Driver


def evaluate_plan(plan: Plan) -> Evaluation:
    return evaluate(plan, Reference(version="t"), date(2026, 11, 23))


def test_cost_per_student_divides_each_year_by_its_own_students(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    result = calculate_cost_per_student(evaluation.budgeted_atoms, evaluation)
    first = (94_500_00 + 679_752_50) / 6200
    assert result.by_year["FY2026-27"] == pytest.approx(first)
    whole = sum(atom.cents for atom in evaluation.budgeted_atoms)
    assert result.average == pytest.approx(whole / (3 * 6200 + 2 * 6020))


def test_without_students_there_is_no_cost_per_student(detection_plan: Plan) -> None:
    evaluation = evaluate_plan(detection_plan)
    result = calculate_cost_per_student(evaluation.atoms, evaluation)
    assert (result.by_year["FY2026-27"], result.average) == (None, None)


def test_nothing_is_divided_by_what_is_not_counted(small_plan: Plan) -> None:
    odd = DriverCount(driver=Driver.FIXED, fiscal_year="FY2026-27", count=Decimal(7))
    counts = (*small_plan.district.driver_counts, odd)
    district = small_plan.district.model_copy(update={"driver_counts": counts})
    evaluation = evaluate_plan(small_plan.model_copy(update={"district": district}))
    assert [row[0] for row in tabulate_cost_per_driver(evaluation).rows] == ["per student"]


def test_the_first_year_is_discounted_by_one_year(detection_plan: Plan) -> None:
    evaluation = evaluate_plan(detection_plan)
    value = calculate_value_today(evaluation.atoms, evaluation)
    by_hand = sum(94_500_00 * 1.05**t / 1.03 ** (t + 1) for t in range(5))
    assert value.present_value_cents == pytest.approx(by_hand, abs=5)  # cents are rounded year by year
    assert value.equivalent_annual_cost_cents == pytest.approx(by_hand * 0.03 / (1 - 1.03**-5), abs=2)
    assert evaluation.initiatives[0].present_value_cents == pytest.approx(value.present_value_cents, rel=1e-12)


def test_the_cosn_estimate_of_an_initiative(detection_plan: Plan) -> None:
    """120,000 over 4 years, 30,000 a year and 20,000 of user time a year are 80,000 a year."""

    def line(name: str, kind: CostKind, category: CostCategory, price: int) -> CostLine:
        return CostLine(
            cost_line_id=name,
            initiative_id="mdr",
            description=name,
            kind=kind,
            category=category,
            unit_price_usd=Decimal(price),
            dollar_year="FY2026-27",
            start="FY2026-27",
        )

    lines = (
        line("start", CostKind.ONE_TIME, CostCategory.HARDWARE, 120_000),
        line("yearly", CostKind.RECURRING, CostCategory.SOFTWARE, 30_000),
        line("users", CostKind.RECURRING, CostCategory.INDIRECT_LABOR, 20_000),
    )
    four_years = detection_plan.initiatives[0].model_copy(update={"life_years": 4})
    plan = detection_plan.model_copy(update={"initiatives": (four_years,), "cost_lines": lines, "commitments": ()})
    evaluation = evaluate_plan(plan)
    assert calculate_annualised_cents(evaluation, "mdr") == 80_000_00
    assert sum(atom.cents for atom in evaluation.atoms) == 320_000_00
    direct, indirect = calculate_direct_and_indirect(evaluation.atoms)
    assert (direct.cents, indirect.cents) == (240_000_00, 80_000_00)


@pytest.mark.parametrize(("start", "life", "years"), [("FY2026-27", 5, 5), ("FY2029-30", 5, 2), ("FY2020-21", 8, 2)])
def test_active_years_are_those_inside_the_horizon(detection_plan: Plan, start: str, life: int, years: int) -> None:
    item = detection_plan.initiatives[0].model_copy(update={"start": start, "life_years": life})
    assert find_active_span(item, detection_plan.district)[1] == years


def test_cuts_keep_the_order_of_the_vocabulary(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    assert list(calculate_cost_by_timing(evaluation.atoms, evaluation.years)) == list(CostTiming)
    categories = list(calculate_cost_by_category(evaluation.atoms, evaluation.years))
    assert categories == [item for item in CostCategory if item in categories]
