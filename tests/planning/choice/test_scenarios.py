"""A scenario is the base plan with typed changes, each thing changed once."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from planning.choice.changes import (
    Change,
    CutSource,
    Delay,
    DriverPath,
    Enrollment,
    Exclude,
    Include,
    LoseSource,
    PriceShock,
    Rate,
    Reprice,
    Scale,
)
from planning.choice.scenarios import Scenario, apply_scenario
from planning.errors import InputRefused
from planning.evaluation import evaluate
from planning.model import Plan
from planning.reference import Reference
from planning.vocabulary import CostCategory, Driver


def test_exclude_and_include_turn_an_initiative_off_and_on(small_plan: Plan) -> None:
    without = apply_scenario(small_plan, Scenario(name="x", changes=(Exclude(initiative_id="mdr"),)))
    assert [item.included for item in without.initiatives] == [False, True]
    again = apply_scenario(without, Scenario(name="y", changes=(Include(initiative_id="mdr"),)))
    assert again == small_plan


def test_a_delay_moves_life_costs_and_commitments_but_not_prices(small_plan: Plan) -> None:
    late = apply_scenario(small_plan, Scenario(name="late", changes=(Delay(initiative_id="mdr", years=1),)))
    assert late.initiatives[0].start == late.cost_lines[0].start == "FY2027-28"
    assert late.cost_lines[0].dollar_year == "FY2026-27"
    assert [item.fiscal_year for item in late.commitments[:3]] == ["FY2027-28", "FY2028-29", "FY2029-30"]
    assert late.cost_lines[1:] == small_plan.cost_lines[1:]


def test_a_delayed_initiative_loses_money_whose_window_closes(detection_plan: Plan) -> None:
    scenario = Scenario(name="late", changes=(Delay(initiative_id="mdr", years=1),))
    evaluation = evaluate(detection_plan, Reference(version="t"), date(2026, 11, 23), scenario)
    assert evaluation.initiatives[0].committed.cents == 75_000_00  # one year of the grant is left
    assert evaluation.stamp.scenario == "late"


def test_a_delay_keeps_an_end(small_plan: Plan) -> None:
    late = apply_scenario(small_plan, Scenario(name="late", changes=(Delay(initiative_id="devices", years=2),)))
    assert next(item.end for item in late.cost_lines if item.end) == "FY2030-31"


def test_a_delay_moves_the_years_that_a_line_names(small_plan: Plan) -> None:
    named = small_plan.cost_lines[0].model_copy(
        update={"kind": "scheduled", "scheduled_years": ("FY2026-27", "FY2028-29")}
    )
    plan = small_plan.model_copy(update={"cost_lines": (named, *small_plan.cost_lines[1:])})
    late = apply_scenario(plan, Scenario(name="late", changes=(Delay(initiative_id="mdr", years=1),)))
    assert late.cost_lines[0].scheduled_years == ("FY2027-28", "FY2029-30")


@pytest.mark.parametrize(
    ("changes", "thing"),
    [
        ((Include(initiative_id="mdr"), Exclude(initiative_id="mdr")), "the inclusion of mdr twice"),
        ((Delay(initiative_id="mdr", years=1), Delay(initiative_id="mdr", years=2)), "the start of mdr twice"),
    ],
)
def test_two_changes_of_the_same_thing_are_refused(small_plan: Plan, changes: tuple[Change, ...], thing: str) -> None:
    with pytest.raises(InputRefused, match=thing):
        apply_scenario(small_plan, Scenario(name="torn", changes=changes))


def test_an_unknown_initiative_is_refused(small_plan: Plan) -> None:
    with pytest.raises(InputRefused, match="moonshot, which the plan does not have"):
        apply_scenario(small_plan, Scenario(name="x", changes=(Exclude(initiative_id="moonshot"),)))


def test_a_scenario_survives_json() -> None:
    scenario = Scenario(name="x", changes=(Delay(initiative_id="a", years=1), Include(initiative_id="b")))
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def change_plan(plan: Plan, *changes: Change) -> Plan:
    return apply_scenario(plan, Scenario(name="x", changes=changes))


def test_a_scale_multiplies_every_quantity_of_the_initiative(small_plan: Plan) -> None:
    changed = change_plan(small_plan, Scale(initiative_id="devices", factor=Decimal("1.5")))
    for before, after in zip(small_plan.cost_lines, changed.cost_lines, strict=True):
        factor = Decimal("1.5") if before.initiative_id == "devices" else 1
        assert after.quantity == before.quantity * factor
    assert changed.commitments == small_plan.commitments


def test_a_price_of_one_line_and_of_a_whole_family(small_plan: Plan) -> None:
    line = small_plan.cost_lines[0]
    one = change_plan(small_plan, Reprice(cost_line_id=line.cost_line_id, unit_price_usd=Decimal("1.23")))
    assert [row.unit_price_usd for row in one.cost_lines[:1]] == [Decimal("1.23")]
    every = change_plan(small_plan, PriceShock(rise=Decimal("0.1")))
    positive = [row.unit_price_usd > 0 for row in small_plan.cost_lines]
    pairs = zip(small_plan.cost_lines, every.cost_lines, strict=True)
    assert [after.unit_price_usd > before.unit_price_usd for before, after in pairs] == positive


def test_students_follow_an_enrollment_path_in_whole_students(small_plan: Plan) -> None:
    changed = change_plan(small_plan, Enrollment(rate_per_year=Decimal("-0.011")))
    counts = {item.fiscal_year: item.count for item in changed.district.driver_counts if item.driver is Driver.STUDENTS}
    first = counts["FY2026-27"]
    assert list(counts.values())[-1] == round(first * Decimal("0.989") ** (small_plan.district.horizon_years - 1))


def test_a_driver_changes_in_the_years_named_and_in_no_other(small_plan: Plan) -> None:
    changed = change_plan(small_plan, DriverPath(driver=Driver.DEVICES, counts=(("FY2027-28", Decimal(7)),)))
    counts = {item.fiscal_year: item.count for item in changed.district.driver_counts if item.driver is Driver.DEVICES}
    assert counts["FY2027-28"] == 7


def test_the_discount_rate_moves_present_value_and_no_cent_of_cost(small_plan: Plan) -> None:
    scenario = Scenario(name="x", changes=(Rate(name="discount_rate", rate_per_year=Decimal("0.09")),))
    day, reference = date(2026, 11, 23), Reference(version="t")
    before, after = evaluate(small_plan, reference, day), evaluate(small_plan, reference, day, scenario)
    assert [one.cost.cents for one in after.included] == [one.cost.cents for one in before.included]
    assert all(
        a.present_value_cents < b.present_value_cents for a, b in zip(after.included, before.included, strict=True)
    )


def test_a_lost_source_pays_nothing_from_its_year_on(detection_plan: Plan) -> None:
    [source] = [source for source in detection_plan.sources if source.source_id == "cyber-grant"]
    changed = change_plan(detection_plan, LoseSource(source_id=source.source_id, from_year="FY2027-28"))
    left = {item.fiscal_year for item in changed.commitments if item.source_id == source.source_id}
    assert left == {"FY2026-27"}


def test_a_cut_source_pays_its_share_to_the_cent(detection_plan: Plan) -> None:
    cut = CutSource(source_id="cyber-grant", from_year="FY2026-27", share=Decimal("0.333"))
    changed = change_plan(detection_plan, cut)
    before = [item.amount_cents for item in detection_plan.commitments if item.source_id == "cyber-grant"]
    after = [item.amount_cents for item in changed.commitments if item.source_id == "cyber-grant"]
    assert after == [int((Decimal(cents) * Decimal("0.667")).to_integral_value(ROUND_HALF_UP)) for cents in before]


@pytest.mark.parametrize(
    "changes",
    [
        (Scale(initiative_id="mdr", factor=Decimal(2)), Scale(initiative_id="mdr", factor=Decimal(3))),
        (PriceShock(rise=Decimal("0.1")), PriceShock(category=CostCategory.SOFTWARE, rise=Decimal("0.2"))),
        (PriceShock(rise=Decimal("0.1")), Reprice(cost_line_id="mdr-service", unit_price_usd=Decimal(1))),
        (Enrollment(rate_per_year=Decimal(0)), DriverPath(driver=Driver.STUDENTS, counts=(("FY2027-28", Decimal(1)),))),
        (Rate(name="services", rate_per_year=Decimal(0)), Rate(name="services", rate_per_year=Decimal("0.01"))),
    ],
)
def test_each_kind_of_double_change_is_refused(small_plan: Plan, changes: tuple[Change, ...]) -> None:
    with pytest.raises(InputRefused, match="twice"):
        change_plan(small_plan, *changes)


@pytest.mark.parametrize(
    "change",
    [
        Reprice(cost_line_id="gone", unit_price_usd=Decimal(1)),
        LoseSource(source_id="gone", from_year="FY2027-28"),
        Rate(name="gone", rate_per_year=Decimal(0)),
    ],
)
def test_whatever_the_plan_does_not_have_cannot_change(small_plan: Plan, change: Change) -> None:
    with pytest.raises(InputRefused, match="gone, which the plan does not have"):
        change_plan(small_plan, change)
