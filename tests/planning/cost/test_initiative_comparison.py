"""Initiatives of the sample district beside their base or doing nothing, and the words of the page Cost."""

from datetime import date
from decimal import Decimal

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.cost.asset_depreciation import list_assets
from planning.cost.breakdown import (
    calculate_by_object,
    calculate_by_purpose,
    calculate_capital_and_operating,
    calculate_cost_per_driver,
    calculate_once_and_recurring,
    classify_costs,
)
from planning.cost.initiative_comparison import InitiativeComparison, compare_initiatives
from planning.cost_figures import draw_refresh, find_refresh_caps
from planning.cost_tables import (
    describe_alternatives,
    describe_contracts,
    describe_cost,
    tabulate_alternatives,
    tabulate_capital_lines,
    tabulate_contracts,
    tabulate_cost_per_driver,
    tabulate_cuts,
    tabulate_depreciation,
    tabulate_objects,
    tabulate_purposes,
)
from planning.evaluation import Evaluation, evaluate
from planning.model import Plan
from planning.vocabulary import CostKind, Driver, PaymentPoint, RateBasis, ResidualMethod

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(build_sample_plan(), load_reference(), TODAY)


YEARLY_DEVICES = "student-devices.yearly"


def change(evaluation: Evaluation, **district: object) -> Evaluation:
    changed = evaluation.plan.district.model_copy(update=district)
    return evaluate(evaluation.plan.model_copy(update={"district": changed}), load_reference(), TODAY)


def find(evaluation: Evaluation, initiative_id: str) -> InitiativeComparison:
    return next(item for item in compare_initiatives(evaluation) if item.initiative_id == initiative_id)


def test_the_new_student_system_is_compared_with_keeping_todays(evaluation: Evaluation) -> None:
    """386,000 and users' time in year two buys 12,820 a year: 74,200 against 61,380 from then on."""
    found = find(evaluation, "new-sis").measures
    keep = sum(74_200_00 / 1.038**year for year in range(1, 6))
    new = (386_000_00 + 812 * 4 * 45_00) / 1.038**2 + sum(61_380_00 / 1.038**year for year in range(2, 6))
    assert (found.base_life_cycle_cost, found.life_cycle_cost) == (pytest.approx(keep), pytest.approx(new))
    assert found.net_savings == pytest.approx(keep - new) == pytest.approx(-377_382_00, abs=100)
    assert found.simple_payback_years is None


def test_what_names_no_base_is_compared_with_doing_nothing(evaluation: Evaluation) -> None:
    found = find(evaluation, "retire-apps")
    assert (found.base_id, found.measures.base_life_cycle_cost) == (None, 0.0)
    assert found.measures.net_savings > 0
    assert "only Retire four applications saves money" in describe_alternatives(evaluation)


def test_net_savings_are_the_difference_of_the_summaries(evaluation: Evaluation) -> None:
    values = {item.initiative_id: item.present_value_cents for item in evaluation.initiatives}
    for item in compare_initiatives(evaluation):
        base = values[item.base_id] if item.base_id else 0.0
        assert item.measures.net_savings == pytest.approx(base - values[item.initiative_id], abs=1e-3)


def test_a_device_that_outlives_the_plan_is_worth_something_at_its_end(detection_plan: Plan) -> None:
    """100 bought in the first of five years with a life of ten is worth half of it then, discounted five years."""
    fields = {"kind": CostKind.ONE_TIME, "unit_price_usd": Decimal(100), "escalation": None}
    value = {"residual_method": ResidualMethod.STRAIGHT_LINE, "useful_life_years": 10}
    line = detection_plan.cost_lines[0].model_copy(update=fields | value)
    plan = detection_plan.model_copy(update={"cost_lines": (line,)})
    found = find(evaluate(plan, load_reference(), TODAY), "mdr").measures
    assert found.life_cycle_cost == pytest.approx(100_00 / 1.03 - 50_00 / 1.03**5)


def test_the_break_even_price_makes_both_ways_cost_the_same(evaluation: Evaluation) -> None:
    plan = evaluation.plan
    initiatives = tuple(
        item.model_copy(update={"compared_with": "student-devices"}) if item.initiative_id == "hotspots" else item
        for item in plan.initiatives
    )
    changed = evaluate(plan.model_copy(update={"initiatives": initiatives}), load_reference(), TODAY)
    factor = find(changed, "hotspots").break_even_price_factor
    assert factor == pytest.approx(525_600 / 52_500)


def test_money_paid_earlier_in_the_year_is_worth_more_and_a_real_rate_needs_inflation(evaluation: Evaluation) -> None:
    values = [
        sum(item.present_value_cents for item in change(evaluation, payment_point=point).initiatives)
        for point in (PaymentPoint.START_OF_YEAR, PaymentPoint.MIDDLE_OF_YEAR, PaymentPoint.END_OF_YEAR)
    ]
    assert values[0] == pytest.approx(values[2] * 1.038) and values[1] == pytest.approx(values[2] * 1.038**0.5)
    real = change(evaluation, rate_basis=RateBasis.REAL, discount_rate=Decimal("0.018"))
    assert real.discount_rate == pytest.approx(1.018 * 1.02 - 1)
    assert real.reference_rate is not None and real.reference_rate.rate_per_year < 0.02


def test_every_cut_sums_to_the_budget(evaluation: Evaluation) -> None:
    classes = classify_costs(evaluation)
    budget = sum(atom.cents for atom in evaluation.budgeted_atoms)
    cuts = (
        calculate_capital_and_operating(evaluation, classes),
        calculate_once_and_recurring(evaluation),
        calculate_by_object(evaluation, classes),
    )
    for cut in cuts:
        assert sum(total.cents for row in cut.values() for total in row.values()) == budget
    purposes = calculate_by_purpose(evaluation).values()
    assert sum(total.cents for row in purposes for total in row.values()) == sum(a.cents for a in evaluation.atoms)


def test_fleets_of_devices_and_panels_are_capital_in_bulk(evaluation: Evaluation) -> None:
    """A year's 1,200 devices at 438, panels, cameras with doors, and Wi-Fi with its installation."""
    capital, operating = calculate_capital_and_operating(evaluation, classify_costs(evaluation)).values()
    assert capital["FY2027-28"].cents == (525_600 + 914_500 + 742_000 + 1_118_000) * 100
    assert capital["FY2026-27"].cents == 525_600_00
    assert operating["FY2026-27"].cents > 0
    assert "5,402,500" in describe_cost(evaluation)


def test_capital_purchases_are_written_off_over_their_life(evaluation: Evaluation) -> None:
    """Panels: 914,500 over the eight years to their refresh; with the half-year convention half of it at first."""
    (panels,) = [
        item for item in list_assets(evaluation, classify_costs(evaluation)) if "Panels" in item.line.description
    ]
    assert (panels.life_years, panels.cost_cents) == (8, 914_500_00)
    assert list(panels.by_year.values()) == [114_312_50] * 4
    assert panels.book_value_cents == 914_500_00 // 2
    halved = change(evaluation, half_year_convention=True)
    (panels,) = [item for item in list_assets(halved, classify_costs(halved)) if "Panels" in item.line.description]
    assert list(panels.by_year.values()) == [57_156_25, 114_312_50, 114_312_50, 114_312_50]


def test_a_purchase_that_renews_a_fleet_is_written_off_over_the_life_of_the_fleet(evaluation: Evaluation) -> None:
    """The devices are in service for six years, though their initiative goes on for ten: 525,600 / 6."""
    first = next(
        item for item in list_assets(evaluation, classify_costs(evaluation)) if item.line.cost_line_id == YEARLY_DEVICES
    )
    assert (first.life_years, first.cost_cents) == (6, 525_600_00)
    assert list(first.by_year.values()) == [87_600_00] * 5


def test_cost_per_student_and_site_is_cost_by_count(evaluation: Evaluation) -> None:
    found = {item.driver: item for item in calculate_cost_per_driver(evaluation.budgeted_atoms, evaluation)}
    cents = sum(atom.cents for atom in evaluation.budgeted_atoms if atom.fiscal_year == "FY2026-27")
    assert found[Driver.STUDENTS].by_year["FY2026-27"] == pytest.approx(cents / 6200)
    assert found[Driver.SITES].by_year["FY2026-27"] == pytest.approx(cents / 10)
    assert set(found) == set(Driver) - {Driver.FIXED}


def test_the_bulge_of_the_relief_money_shows_and_another_cap_changes_what_is_late(evaluation: Evaluation) -> None:
    figure = draw_refresh(evaluation)
    assert figure.sentence.startswith("$1,357,800 comes due in FY2027-28, 2.6 times the average year.")
    assert find_refresh_caps(evaluation) == dict.fromkeys(evaluation.years, 525_600_00)
    roomy = draw_refresh(evaluation, dict.fromkeys(evaluation.years, 2_000_000_00))
    assert "nothing is replaced late" in roomy.sentence
    assert find_refresh_caps(change(evaluation, refresh_cap_usd=Decimal(5))) == dict.fromkeys(evaluation.years, 500)


def test_without_fleets_or_contracts_the_page_says_what_to_do(evaluation: Evaluation) -> None:
    plan = evaluation.plan.model_copy(update={"fleets": (), "cost_lines": ()})
    empty = evaluate(plan, load_reference(), TODAY)
    assert "lists no fleets" in draw_refresh(empty).sentence
    assert describe_contracts(empty) == "No contract puts a liability on the books."
    assert "saves money" not in describe_alternatives(empty)


def test_the_tables_of_the_page_are_rectangular_and_say_the_figures(evaluation: Evaluation) -> None:
    tables = [
        build(evaluation)
        for build in (
            tabulate_alternatives, tabulate_cuts, tabulate_objects, tabulate_purposes, tabulate_capital_lines,
            tabulate_contracts, tabulate_cost_per_driver, tabulate_depreciation,
        )
    ]  # fmt: skip
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.columns)}
    contract = tables[5].list_text_rows()[0]
    assert contract[:5] == (
        "New student information system", "subscription (GASB 96)", "5 years", "4.0 %", "$284,183",
    )  # fmt: skip
    reasons = {row[1]: row[2:] for row in tables[4].rows}
    assert reasons["Panels, mounted"] == ("capital", "a unit costs $2,950, but $914,500 are bought together")
