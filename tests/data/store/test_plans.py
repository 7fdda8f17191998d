import json
from decimal import Decimal

import pytest

from data.store.audit import list_events
from data.store.database import Store
from data.store.districts import load_district
from data.store.plans import list_revisions, load_plan, save_plan
from data.store.viewer import Viewer
from planning.errors import InputRefused, NotPermitted, StoreDamaged
from planning.model import Commitment, CostLine, District, Goal, Initiative, Plan
from planning.permissions import Role
from planning.vocabulary import CostCategory, CostKind

DISTRICT = District(district_id="harlow", name="Harlow Ridge", first_fiscal_year="FY2026-27")
DEVICES = Initiative(initiative_id="devices", name="Student devices", start="FY2026-27", sites=("North", "South"))
PLAN = Plan(
    district=DISTRICT,
    goals=(Goal(goal_id="reading", title="Third-grade reading", weight=Decimal(30), target=Decimal("60.0")),),
    initiatives=(DEVICES,),
    cost_lines=(
        CostLine(
            cost_line_id="devices-1", initiative_id="devices", description="Chromebooks", kind=CostKind.RECURRING,
            category=CostCategory.HARDWARE, quantity=Decimal(1200), unit_price_usd=Decimal("438.00"),
            dollar_year="FY2026-27", start="FY2026-27",
        ),
    ),
    commitments=(
        Commitment(initiative_id="devices", source_id="levy", fiscal_year="FY2026-27", amount_cents=52_560_000),
    ),
)  # fmt: skip
LARGER = PLAN.model_copy(update={"initiatives": (DEVICES.model_copy(update={"life_years": 4}),)})


def test_a_plan_comes_back_as_it_was_saved(store: Store, viewer: Viewer) -> None:
    saved = save_plan(store, viewer, PLAN, None, "first draft")
    loaded = load_plan(store, viewer)
    assert loaded is not None
    assert loaded.plan == PLAN
    assert loaded.plan.model_dump_json() == PLAN.model_dump_json()
    assert (loaded.revision, loaded.revision_id) == (saved, saved.revision_id)


def test_the_first_plan_makes_its_district_and_names_it(store: Store, viewer: Viewer) -> None:
    save_plan(store, viewer, PLAN)
    district = load_district(store, viewer)
    assert district is not None
    assert district.name == "Harlow Ridge"


def test_an_unchanged_plan_is_the_same_revision_and_nothing_is_written(store: Store, viewer: Viewer) -> None:
    saved = save_plan(store, viewer, PLAN)
    revision = store.revision("harlow")
    same_value = PLAN.model_copy(update={"goals": (PLAN.goals[0].model_copy(update={"target": Decimal(60)}),)})
    again = save_plan(store, viewer, same_value, reason="typed again")
    assert (again.revision_id, again.number, again.already) == (saved.revision_id, 1, True)
    assert store.revision("harlow") == revision


def test_revisions_form_a_chain(store: Store, viewer: Viewer) -> None:
    first = save_plan(store, viewer, PLAN, None, "first")
    second = save_plan(store, viewer, LARGER, first.revision_id, "shorter life")
    assert [(one.number, one.parent_id, one.reason) for one in list_revisions(store, viewer)] == [
        (2, first.revision_id, "shorter life"),
        (1, None, "first"),
    ]
    former = load_plan(store, viewer, first.revision_id)
    assert former is not None
    assert former.plan == PLAN
    assert load_plan(store, viewer, second.revision_id) == load_plan(store, viewer)


def test_a_plan_made_from_a_former_revision_is_refused(store: Store, viewer: Viewer) -> None:
    first = save_plan(store, viewer, PLAN)
    save_plan(store, viewer, LARGER, first.revision_id)
    other = PLAN.model_copy(update={"commitments": ()})
    with pytest.raises(InputRefused, match=r"changed by Dana Whitfield since this copy.*Load the current plan"):
        save_plan(store, viewer, other, first.revision_id)
    assert len(list_revisions(store, viewer)) == 2


def test_a_plan_made_from_no_revision_follows_the_current_one(store: Store, viewer: Viewer) -> None:
    first = save_plan(store, viewer, PLAN)
    assert save_plan(store, viewer, LARGER).parent_id == first.revision_id


def test_the_audit_says_what_changed_from_what_to_what(store: Store, viewer: Viewer) -> None:
    save_plan(store, viewer, PLAN)
    save_plan(store, viewer, LARGER)
    changes = json.loads(list_events(store, viewer)[0].detail)["changes"]
    assert list(changes) == ["initiatives"]
    assert changes["initiatives"]["devices"]["from"]["life_years"] == 5
    assert changes["initiatives"]["devices"]["to"]["life_years"] == 4


def test_the_audit_keeps_entries_of_one_name_apart(store: Store, viewer: Viewer) -> None:
    save_plan(store, viewer, PLAN)
    save_plan(store, viewer, PLAN.model_copy(update={"commitments": PLAN.commitments * 2}))
    changes = json.loads(list_events(store, viewer)[0].detail)["changes"]
    assert list(changes["commitments"]) == ["devices · levy · FY2026-27 (2)"]


def test_a_plan_of_another_district_is_refused(store: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match=r"of district 'harlow', not of 'dayton'"):
        save_plan(store, viewer.at_district("dayton"), PLAN)


def test_only_who_may_saves_plans(store: Store, viewer: Viewer) -> None:
    save_plan(store, viewer, PLAN)
    with pytest.raises(NotPermitted, match="role cabinet may not save plan"):
        save_plan(store, Viewer("Lee", Role.CABINET, "harlow"), LARGER)
    assert save_plan(store, Viewer("Ana", Role.PLANNER, "harlow"), LARGER).saved_by == "Ana"


def test_another_districts_plan_is_not_seen(store: Store, viewer: Viewer) -> None:
    saved = save_plan(store, viewer, PLAN)
    other = viewer.at_district("dayton")
    assert load_plan(store, other) is None
    assert load_plan(store, other, saved.revision_id) is None
    assert list_revisions(store, other) == ()


def test_a_snapshot_that_cannot_be_read_says_so(store: Store, viewer: Viewer) -> None:
    save_plan(store, viewer, PLAN)
    with store.cursor() as cursor:
        cursor.execute("UPDATE plan_revision SET snapshot = '{}'")
    with pytest.raises(StoreDamaged, match=r"Revision 1 of the plan cannot be read"):
        load_plan(store, viewer)
