import json
from decimal import Decimal

import pytest

from data.samples.plan import build_sample_plan
from data.store.audit import list_events
from data.store.database import Store
from data.store.plan_edits import return_to_revision, save_rows
from data.store.plans import list_revisions, load_plan, save_plan
from data.store.viewer import Viewer
from planning.editing import delete_rows, upsert_row
from planning.errors import InputRefused, NotPermitted
from planning.model import Plan
from planning.permissions import Role
from planning.revisions.diff import RowChange
from planning.revisions.merge import RowsChanged, Side, settle_conflicts
from planning.revisions.rows import RowKey, list_rows

PLAN = build_sample_plan()
GOAL, OTHER = (RowKey("goals", (goal.goal_id,)) for goal in PLAN.goals[:2])


@pytest.fixture
def viewer() -> Viewer:
    return Viewer("Dana Whitfield", Role.ADMIN, PLAN.district.district_id)


@pytest.fixture(autouse=True)
def first_revision(store: Store, viewer: Viewer) -> str:
    return save_plan(store, viewer, PLAN, None, "first").revision_id


def weigh(key: RowKey, weight: int, seen: Plan = PLAN) -> RowChange:
    """The goal as it was seen, with another weight."""
    row = list_rows(seen)[key]
    return RowChange(key, row, row.model_copy(update={"weight": Decimal(weight)}))


def current(store: Store, viewer: Viewer) -> Plan:
    stored = load_plan(store, viewer)
    assert stored is not None
    return stored.plan


def test_an_edit_of_a_row_is_a_revision_with_its_reason(store: Store, viewer: Viewer, first_revision: str) -> None:
    saved = save_rows(store, viewer, [weigh(GOAL, 90)], "the board asked for it")
    assert (saved.number, saved.parent_id, saved.reason) == (2, first_revision, "the board asked for it")
    assert current(store, viewer).goals[0].weight == 90
    changes = json.loads(list_events(store, viewer)[0].detail)["changes"]
    assert list(changes) == ["goals"]
    assert list(changes["goals"]) == [GOAL.title]


def test_two_tabs_that_edit_different_rows_both_land(store: Store, viewer: Viewer) -> None:
    save_rows(store, viewer, [weigh(GOAL, 90)])
    save_rows(store, viewer, [weigh(OTHER, 10)])
    assert [goal.weight for goal in current(store, viewer).goals[:2]] == [90, 10]


def test_a_stale_row_is_a_conflict_with_both_values_and_nothing_is_saved(store: Store, viewer: Viewer) -> None:
    save_rows(store, viewer, [weigh(GOAL, 90)])
    with pytest.raises(RowsChanged, match="Somebody else changed") as caught:
        save_rows(store, viewer, [weigh(GOAL, 50), weigh(OTHER, 10)])
    (conflict,) = caught.value.conflicts
    assert [(field.before, field.after) for field in conflict.fields] == [(90, 50)]
    assert [goal.weight for goal in current(store, viewer).goals[:2]] == [90, PLAN.goals[1].weight]
    assert len(list_revisions(store, viewer)) == 2


def test_the_choice_of_mine_is_saved_on_top_of_theirs(store: Store, viewer: Viewer) -> None:
    save_rows(store, viewer, [weigh(GOAL, 90)])
    with pytest.raises(RowsChanged) as caught:
        save_rows(store, viewer, [weigh(GOAL, 50)])
    save_rows(store, viewer, settle_conflicts(caught.value.conflicts, {GOAL: Side.MINE}))
    assert current(store, viewer).goals[0].weight == 50


def test_the_same_edit_twice_is_one_revision(store: Store, viewer: Viewer) -> None:
    save_rows(store, viewer, [weigh(GOAL, 90)])
    again = save_rows(store, viewer, [weigh(GOAL, 90)])
    assert (again.number, again.already) == (2, True)
    assert len(list_events(store, viewer)) == 3  # the district, the plan, the edit


def test_an_edit_that_would_contradict_the_plan_is_refused_with_what_to_mend(store: Store, viewer: Viewer) -> None:
    key = RowKey("initiatives", (PLAN.initiatives[0].initiative_id,))
    with pytest.raises(InputRefused, match="would contradict itself; nothing was saved") as caught:
        save_rows(store, viewer, [RowChange(key, list_rows(PLAN)[key], None)])
    assert {finding.code for finding in caught.value.findings} == {"unknown_id"}
    save_rows(store, viewer, delete_rows(PLAN, [key]))
    assert len(current(store, viewer).initiatives) == len(PLAN.initiatives) - 1


def test_a_row_added_to_what_somebody_else_deleted_is_refused(store: Store, viewer: Viewer) -> None:
    line = PLAN.cost_lines[0].model_copy(update={"cost_line_id": "late"})
    save_rows(store, viewer, delete_rows(PLAN, [RowKey("initiatives", (line.initiative_id,))]))
    with pytest.raises(InputRefused, match="contradict itself") as caught:
        save_rows(store, viewer, [upsert_row(PLAN, "cost_lines", line)])
    assert line.initiative_id in caught.value.findings[0].message


def test_an_edit_cannot_make_the_plan_another_districts(store: Store, viewer: Viewer) -> None:
    row = list_rows(PLAN)[RowKey("district")]
    change = RowChange(RowKey("district"), row, row.model_copy(update={"district_id": "dayton"}))
    with pytest.raises(InputRefused, match="The plan is of district 'dayton'"):
        save_rows(store, viewer, [change])


def test_returning_to_a_revision_is_a_new_one_and_loses_nothing(
    store: Store, viewer: Viewer, first_revision: str
) -> None:
    second = save_rows(store, viewer, [weigh(GOAL, 90)])
    third = return_to_revision(store, viewer, first_revision, second.revision_id, "back")
    assert (third.number, third.parent_id) == (3, second.revision_id)
    assert current(store, viewer) == PLAN
    assert json.loads(list_events(store, viewer)[0].detail)["returned_to"] == 1
    former = load_plan(store, viewer, second.revision_id)
    assert former is not None
    assert former.plan.goals[0].weight == 90


def test_returning_to_where_the_plan_is_writes_nothing(store: Store, viewer: Viewer, first_revision: str) -> None:
    assert return_to_revision(store, viewer, first_revision, first_revision).already


def test_nobody_returns_over_a_change_they_have_not_seen(store: Store, viewer: Viewer, first_revision: str) -> None:
    save_rows(store, viewer, [weigh(GOAL, 90)])
    with pytest.raises(InputRefused, match="Dana Whitfield saved revision 2 since you looked"):
        return_to_revision(store, viewer, first_revision, first_revision)
    with pytest.raises(InputRefused, match="The plan has no such revision"):
        return_to_revision(store, viewer, "nowhere", first_revision)


def test_a_district_without_a_plan_has_nothing_to_edit(store: Store, viewer: Viewer) -> None:
    from data.store.districts import create_district

    create_district(store, viewer, "dayton")
    with pytest.raises(InputRefused, match="has no plan yet"):
        save_rows(store, viewer.at_district("dayton"), [weigh(GOAL, 90)])


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CABINET])
def test_only_who_may_save_plans_edits_them(store: Store, viewer: Viewer, first_revision: str, role: Role) -> None:
    lookers = Viewer("Lee", role, viewer.district_id)
    with pytest.raises(NotPermitted):
        save_rows(store, lookers, [weigh(GOAL, 90)])
    with pytest.raises(NotPermitted):
        return_to_revision(store, lookers, first_revision, first_revision)
