from datetime import date

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.cost.usual_lives import check_fleet_lives, find_usual_life, say_usual_life
from planning.cost_figures import tabulate_waves
from planning.evaluation import evaluate
from planning.vocabulary import Equipment

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)


@pytest.mark.parametrize("equipment", list(Equipment))
def test_every_kind_of_equipment_has_a_usual_life_to_be_verified(equipment: Equipment) -> None:
    usual = find_usual_life(equipment, REFERENCE, DAY)
    assert usual and usual.shortest.verify and usual.longest.verify
    assert usual.holds(int(usual.shortest.value)) and usual.holds(int(usual.longest.value))
    assert not usual.holds(int(usual.shortest.value) - 1) and not usual.holds(int(usual.longest.value) + 1)


def test_every_usual_life_that_ships_is_of_a_kind_that_can_be_chosen() -> None:
    keys = {row.key.removesuffix("_longest") for row in REFERENCE.rows if row.key.startswith("lifetime_")}
    assert keys == {f"lifetime_{one}" for one in Equipment}


def test_fleets_that_are_kept_longer_than_usual_are_named_once() -> None:
    [finding] = check_fleet_lives(PLAN, REFERENCE, DAY)
    assert finding.item.startswith("student-devices.2022, student-devices.2023")
    assert "kept for 6 years; 4 years are usual for a student chromebook (Lubbock ISD" in finding.message
    usual = tuple(fleet.model_copy(update={"life_years": 4}) for fleet in PLAN.fleets)
    assert check_fleet_lives(PLAN.model_copy(update={"fleets": usual}), REFERENCE, DAY) == ()


def test_the_usual_life_stands_beside_the_fleets_own() -> None:
    other = PLAN.fleets[0].model_copy(update={"equipment": None})
    assert say_usual_life(other, REFERENCE, DAY) == "—"
    switch = other.model_copy(update={"equipment": Equipment.NETWORK_SWITCH})
    assert say_usual_life(switch, REFERENCE, DAY) == "7 to 10 years (verify)"
    assert tabulate_waves(evaluate(PLAN, REFERENCE, DAY), REFERENCE).rows[0][2:4] == ("6 years", "4 years (verify)")
