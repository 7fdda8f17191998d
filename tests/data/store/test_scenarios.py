import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.plan_of_record import evaluate_stored
from data.samples.plan import build_sample_plan
from data.samples.scenarios import SAMPLE_SCENARIOS, seed_scenarios
from data.store.audit import list_events, verify_chain
from data.store.database import Store
from data.store.districts import create_district
from data.store.plans import StoredPlan, load_plan, save_plan
from data.store.scenarios import adopt_scenario, list_scenarios, remove_scenario, save_scenario
from data.store.viewer import Viewer
from planning.choice.changes import Delay, Exclude, Reprice
from planning.choice.scenarios import Scenario
from planning.errors import InputRefused, NotPermitted
from planning.permissions import Role

PLAN = build_sample_plan()
LATE = Scenario(name="Late", changes=(Delay(initiative_id="panels", years=1),))
DEAR = Scenario(
    name="Dear", changes=(Reprice(cost_line_id=PLAN.cost_lines[0].cost_line_id, unit_price_usd=Decimal(1)),)
)


@pytest.fixture
def viewer() -> Viewer:
    return Viewer("Dana Whitfield", Role.ADMIN, PLAN.district.district_id)


@pytest.fixture
def planned(store: Store, viewer: Viewer) -> Store:
    save_plan(store, viewer, PLAN)
    return store


def load(store: Store, viewer: Viewer) -> StoredPlan:
    stored = load_plan(store, viewer)
    assert stored
    return stored


def test_a_scenario_is_kept_by_name_with_who_and_why(planned: Store, viewer: Viewer) -> None:
    save_scenario(planned, viewer, LATE, "the board asked")
    [stored] = list_scenarios(planned, viewer)
    assert (stored.scenario, stored.reason, stored.saved_by) == (LATE, "the board asked", "Dana Whitfield")


def test_the_last_word_of_a_name_counts_and_the_audit_trail_has_both(planned: Store, viewer: Viewer) -> None:
    save_scenario(planned, viewer, LATE)
    later = LATE.model_copy(update={"changes": (Delay(initiative_id="panels", years=2),)})
    save_scenario(planned, viewer, later)
    assert [one.scenario for one in list_scenarios(planned, viewer)] == [later]
    detail = json.loads(list_events(planned, viewer)[0].detail)["scenario"]
    assert [detail[side]["changes"][0]["years"] for side in ("from", "to")] == [1, 2]
    assert verify_chain(planned, viewer) == ()


def test_saving_the_same_again_writes_nothing(planned: Store, viewer: Viewer) -> None:
    save_scenario(planned, viewer, LATE)
    before = planned.revision(viewer.district_id)
    save_scenario(planned, viewer, LATE)
    assert planned.revision(viewer.district_id) == before


def test_what_the_plan_cannot_do_is_not_kept(planned: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match="moonshot, which the plan does not have"):
        save_scenario(planned, viewer, Scenario(name="x", changes=(Exclude(initiative_id="moonshot"),)))
    assert list_scenarios(planned, viewer) == ()


def test_without_a_plan_there_is_nothing_to_ask_of(store: Store, viewer: Viewer) -> None:
    create_district(store, viewer, viewer.district_id, "Harlow Ridge")
    with pytest.raises(InputRefused, match="has no plan yet"):
        save_scenario(store, viewer, LATE)


def test_adopting_makes_it_the_next_revision_and_takes_it_off_the_list(planned: Store, viewer: Viewer) -> None:
    save_scenario(planned, viewer, LATE)
    head = load(planned, viewer)
    expected = evaluate_stored(head, date(2026, 12, 8), LATE)
    saved = adopt_scenario(planned, viewer, "Late", head.revision_id)
    adopted = load(planned, viewer)
    assert (saved.number, saved.reason, adopted.revision_id) == (2, "Adopted the scenario Late", saved.revision_id)
    assert evaluate_stored(adopted, date(2026, 12, 8)).atoms == expected.atoms
    assert list_scenarios(planned, viewer) == ()


def test_a_plan_that_moved_on_is_not_overwritten(planned: Store, viewer: Viewer) -> None:
    save_scenario(planned, viewer, LATE)
    seen = load(planned, viewer).revision_id
    save_plan(planned, replace(viewer, actor="Kim"), PLAN.model_copy(update={"goals": PLAN.goals[:1]}))
    with pytest.raises(InputRefused, match="Kim saved revision 2 since you looked"):
        adopt_scenario(planned, viewer, "Late", seen)
    assert len(list_scenarios(planned, viewer)) == 1


def test_what_would_make_an_error_of_the_plan_is_not_adopted(planned: Store, viewer: Viewer) -> None:
    change = Reprice(cost_line_id=PLAN.cost_lines[0].cost_line_id, unit_price_usd=Decimal(10) ** 10)
    save_scenario(planned, viewer, Scenario(name="Dear", changes=(change,)))
    with pytest.raises(InputRefused, match="would contradict itself") as refused:
        adopt_scenario(planned, viewer, "Dear", load(planned, viewer).revision_id)
    assert [finding.code for finding in refused.value.findings] == ["cost_too_large"]
    assert [one.scenario.name for one in list_scenarios(planned, viewer)] == ["Dear"]


def test_a_name_that_is_gone_is_a_sentence(planned: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match="no scenario called Late"):
        remove_scenario(planned, viewer, "Late")


def test_who_does_not_see_single_lines_does_not_see_their_price_in_a_scenario(planned: Store, viewer: Viewer) -> None:
    for scenario in (LATE, DEAR):
        save_scenario(planned, viewer, scenario)
    seen = {
        role: [one.scenario.name for one in list_scenarios(planned, replace(viewer, role=role))]
        for role in (Role.VIEWER, Role.CABINET)
    }
    assert seen == {Role.VIEWER: ["Late"], Role.CABINET: ["Dear", "Late"]}


def test_the_cabinet_asks_what_if_and_does_not_write_the_plan(planned: Store, viewer: Viewer) -> None:
    cabinet = replace(viewer, role=Role.CABINET)
    save_scenario(planned, cabinet, LATE)
    with pytest.raises(NotPermitted, match="role cabinet may not save plan"):
        adopt_scenario(planned, cabinet, "Late", load(planned, viewer).revision_id)
    with pytest.raises(NotPermitted, match="role viewer may not save scenario"):
        save_scenario(planned, replace(viewer, role=Role.VIEWER), LATE)


def test_a_scenario_belongs_to_its_district(planned: Store, viewer: Viewer) -> None:
    save_scenario(planned, viewer, LATE)
    assert list_scenarios(planned, viewer.at_district("elsewhere")) == ()


def test_the_scenarios_of_the_sample_district_stand(planned: Store, viewer: Viewer) -> None:
    seed_scenarios(planned, viewer, "sample")
    kept = {one.scenario.name: one.scenario for one in list_scenarios(planned, viewer)}
    assert kept == {scenario.name: scenario for scenario in SAMPLE_SCENARIOS}
