"""A scenario is the base plan with typed changes, each thing changed once."""

from datetime import date

import pytest

from planning.choice.scenarios import Change, Delay, Exclude, Include, Scenario, apply_scenario
from planning.errors import InputRefused
from planning.evaluation import evaluate
from planning.model import Plan
from planning.reference import Reference


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
