"""The plan's status in the store: steps by role, the lock on every way of saving, deadlines and comments."""

import json
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.samples.plan import build_sample_plan
from data.store.audit import list_events, verify_chain
from data.store.comments import LONGEST_COMMENT, add_comment, list_comments
from data.store.database import Store
from data.store.line_classes import add_rule
from data.store.plan_edits import return_to_revision, save_rows
from data.store.plans import load_plan, save_plan
from data.store.viewer import Viewer
from data.store.workflow import PlanStatus, load_status, move_plan, set_deadline
from planning.errors import InputRefused, NotPermitted
from planning.line_classes import LineRule
from planning.model import Plan
from planning.permissions import Action, LineClass, Record, Role
from planning.revisions.diff import list_row_changes
from planning.workflow import STEPS, Deadline, PlanStage, Step, find_stage

MATRIX = tomllib.loads((Path(__file__).parents[2] / "cases" / "permissions.toml").read_text(encoding="utf-8"))
PLAN = build_sample_plan()
CHANGED = PLAN.model_copy(
    update={"district": PLAN.district.model_copy(update={"capitalisation_level_usd": Decimal(9000)})}
)
ALLOWED = [
    (step, PlanStage(stage), Role(role))
    for step in STEPS
    for stage in MATRIX["steps"][step.action]["from"]
    for role in MATRIX["actions"][step.action]
]
# How an administrator brings a fresh plan to each stage.
WAYS = {
    PlanStage.DRAFT: (),
    PlanStage.SUBMITTED: (Action.SUBMIT_PLAN,),
    PlanStage.SENT_BACK: (Action.SUBMIT_PLAN, Action.SEND_BACK_PLAN),
    PlanStage.RECOMMENDED: (Action.SUBMIT_PLAN, Action.RECOMMEND_PLAN),
    PlanStage.ADOPTED: (Action.SUBMIT_PLAN, Action.RECOMMEND_PLAN, Action.ADOPT_PLAN),
    PlanStage.AMENDED: (Action.SUBMIT_PLAN, Action.RECOMMEND_PLAN, Action.ADOPT_PLAN, Action.AMEND_PLAN),
}


@pytest.fixture
def admin(store: Store, viewer: Viewer) -> Viewer:
    """The administrator of a district with a plan."""
    person = viewer.at_district(PLAN.district.district_id)
    save_plan(store, person, PLAN)
    return person


def act(admin: Viewer, role: Role) -> Viewer:
    return Viewer("Lee", role, admin.district_id)


def head(store: Store, viewer: Viewer) -> str:
    stored = load_plan(store, viewer)
    assert stored
    return stored.revision_id


def bring_to(store: Store, admin: Viewer, stage: PlanStage) -> PlanStatus:
    for action in WAYS[stage]:
        move_plan(store, admin, action, head(store, admin), "as the board wants it")
    status = load_status(store, admin)
    assert status.stage is stage
    return status


@pytest.mark.parametrize("stage", PlanStage)
def test_the_store_takes_a_step_exactly_where_the_matrix_says_so(store: Store, admin: Viewer, stage: PlanStage) -> None:
    """Every role tries every step from this stage; what is refused leaves no trace."""
    bring_to(store, admin, stage)
    revision, before = head(store, admin), store.revision(admin.district_id)
    for role in Role:
        for step in STEPS:
            row = MATRIX["steps"][step.action]
            if stage in row["from"] and role in MATRIX["actions"][step.action]:
                continue
            with pytest.raises((NotPermitted, InputRefused)):
                move_plan(store, act(admin, role), step.action, revision, "because")
    assert store.revision(admin.district_id) == before
    assert load_status(store, admin).stage is stage


@pytest.mark.parametrize(("step", "stage", "role"), ALLOWED)
def test_a_role_that_may_takes_the_step(store: Store, admin: Viewer, step: Step, stage: PlanStage, role: Role) -> None:
    bring_to(store, admin, stage)
    move = move_plan(store, act(admin, role), step.action, head(store, admin), "because")
    assert (move.to_stage, move.moved_by, move.role, move.reason) == (step.target, "Lee", role, "because")


WRITERS: dict[str, Callable[[Store, Viewer], object]] = {
    "save_plan": lambda store, viewer: save_plan(store, viewer, CHANGED, reason="a change"),
    "save_rows": lambda store, viewer: save_rows(store, viewer, list_row_changes(PLAN, CHANGED), "a change"),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", PlanStage)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_plan_is_written_only_while_it_is_open_and_by_those_who_may(
    store: Store, admin: Viewer, writer: str, stage: PlanStage, role: Role
) -> None:
    bring_to(store, admin, stage)
    is_allowed = stage in MATRIX["steps"]["submit_plan"]["from"] and role in MATRIX["actions"]["save_plan"]
    if is_allowed:
        WRITERS[writer](store, act(admin, role))
    else:
        with pytest.raises(NotPermitted):
            WRITERS[writer](store, act(admin, role))
    stored = load_plan(store, admin)
    assert stored
    assert (stored.plan, stored.revision.number) == ((CHANGED, 2) if is_allowed else (PLAN, 1))


def test_returning_to_a_former_revision_meets_the_same_lock(store: Store, admin: Viewer) -> None:
    first = head(store, admin)
    save_plan(store, admin, CHANGED)
    bring_to(store, admin, PlanStage.SUBMITTED)
    with pytest.raises(NotPermitted, match="The plan is submitted, so nobody changes it now"):
        return_to_revision(store, admin, first, head(store, admin), "back")


def test_saving_the_plan_as_it_is_does_no_harm_while_it_is_locked(store: Store, admin: Viewer) -> None:
    bring_to(store, admin, PlanStage.ADOPTED)
    assert save_plan(store, admin, PLAN).already


def test_a_step_is_refused_where_the_plan_is_another_by_now(store: Store, admin: Viewer) -> None:
    seen = head(store, admin)
    save_plan(store, admin, CHANGED)
    with pytest.raises(InputRefused, match="changed while you looked at it"):
        move_plan(store, admin, Action.SUBMIT_PLAN, seen)
    assert load_status(store, admin).stage is PlanStage.DRAFT


def test_a_district_without_a_plan_has_none_to_move(store: Store, admin: Viewer) -> None:
    save_plan(store, admin.at_district("dayton"), _of_district("dayton"))
    with store.cursor() as cursor:
        cursor.execute("DELETE FROM plan_revision WHERE district_id = 'dayton'")
    with pytest.raises(InputRefused, match="no plan yet that could be moved"):
        move_plan(store, admin.at_district("dayton"), Action.SUBMIT_PLAN, "r1")


def _of_district(district_id: str) -> Plan:
    return PLAN.model_copy(update={"district": PLAN.district.model_copy(update={"district_id": district_id})})


def test_moves_are_kept_with_who_why_and_which_revision_and_the_trail_is_whole(store: Store, admin: Viewer) -> None:
    status = bring_to(store, admin, PlanStage.AMENDED)
    assert [move.number for move in status.moves] == [1, 2, 3, 4]
    assert {move.revision_id for move in status.moves} == {head(store, admin)}
    assert find_stage(status.moves[:3]) is PlanStage.ADOPTED
    detail = json.loads(list_events(store, admin)[0].detail)
    assert detail["stage"] == {"from": "adopted", "to": "amended"}
    assert verify_chain(store, admin) == ()


def test_one_districts_status_is_not_anothers(store: Store, admin: Viewer) -> None:
    bring_to(store, admin, PlanStage.SUBMITTED)
    other = admin.at_district("dayton")
    save_plan(store, other, _of_district("dayton"))
    assert load_status(store, other) == PlanStatus((), ())


def test_a_deadline_is_set_changed_and_taken_away(store: Store, admin: Viewer) -> None:
    finance = act(admin, Role.FINANCE)
    set_deadline(store, finance, PlanStage.ADOPTED, date(2027, 6, 1), "board")
    set_deadline(store, finance, PlanStage.ADOPTED, date(2027, 6, 8), "board")
    assert load_status(store, admin).deadlines == (Deadline(PlanStage.ADOPTED, date(2027, 6, 8), "board", "Lee"),)
    before = store.revision(admin.district_id)
    set_deadline(store, finance, PlanStage.ADOPTED, date(2027, 6, 8), "board")
    assert store.revision(admin.district_id) == before
    set_deadline(store, finance, PlanStage.ADOPTED, None)
    assert load_status(store, admin).deadlines == ()


def test_only_who_may_sets_a_deadline_and_only_for_a_stage_that_has_one(store: Store, admin: Viewer) -> None:
    for role in (Role.VIEWER, Role.PLANNER):
        with pytest.raises(NotPermitted, match="may not set deadline"):
            set_deadline(store, act(admin, role), PlanStage.ADOPTED, date(2027, 6, 8))
    with pytest.raises(InputRefused, match="There is no deadline for draft"):
        set_deadline(store, admin, PlanStage.DRAFT, date(2027, 6, 8))


def test_comments_are_kept_newest_first_with_what_they_are_about(store: Store, admin: Viewer) -> None:
    add_comment(store, act(admin, Role.PLANNER), " The price is a quote. ", "wifi")
    add_comment(store, act(admin, Role.CABINET), "Good.")
    comments = list_comments(store, act(admin, Role.VIEWER))
    assert [(one.number, one.words, one.initiative_id) for one in comments] == [
        (2, "Good.", ""),
        (1, "The price is a quote.", "wifi"),
    ]


def test_a_viewer_reads_comments_and_writes_none(store: Store, admin: Viewer) -> None:
    with pytest.raises(NotPermitted, match="role viewer may not comment"):
        add_comment(store, act(admin, Role.VIEWER), "Why?")


def test_a_comment_about_what_a_role_does_not_see_is_not_shown_to_it(store: Store, admin: Viewer) -> None:
    add_comment(store, admin, "The bidder is known.", "wifi")
    add_rule(store, admin, LineRule(Record.PLAN, LineClass.OPEN_BID, "initiative_id", "wifi"), "a bid")
    assert list_comments(store, act(admin, Role.VIEWER)) == ()
    assert len(list_comments(store, act(admin, Role.CABINET))) == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * (LONGEST_COMMENT + 1)])
def test_a_comment_has_some_words_and_not_too_many(store: Store, admin: Viewer, words: str) -> None:
    with pytest.raises(InputRefused, match="A comment has 1 to 4,000 characters"):
        add_comment(store, admin, words)


def test_a_comment_is_about_something_there_is(store: Store, admin: Viewer) -> None:
    with pytest.raises(InputRefused, match="The plan has no initiative moon-base"):
        add_comment(store, admin, "When?", "moon-base")
    with pytest.raises(InputRefused, match="no plan yet to comment on"):
        add_comment(store, admin.at_district("dayton"), "When?")
