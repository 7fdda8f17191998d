"""The way of a plan to the board: every stage, role and step against the matrix, and the lock."""

import tomllib
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import InputRefused, NotPermitted
from planning.permissions import Action, Role
from planning.workflow import (
    STEPS,
    Deadline,
    Move,
    PlanStage,
    Step,
    check_open,
    check_step,
    find_adopted,
    find_stage,
    find_step,
    is_open,
    list_milestones,
    list_steps,
    name_stage,
)

MATRIX = tomllib.loads((Path(__file__).parents[1] / "cases" / "permissions.toml").read_text(encoding="utf-8"))
STEP_NAMES = [step.action.value for step in STEPS]


def make_move(number: int, to_stage: PlanStage, day: int = 1, from_stage: PlanStage = PlanStage.DRAFT) -> Move:
    return Move(number, from_stage, to_stage, "r1", "Dana", Role.ADMIN, "", datetime(2026, 12, day, 9))


def test_what_was_adopted_stays_adopted_while_it_is_amended() -> None:
    assert find_adopted([]) is None
    moves = [make_move(1, PlanStage.ADOPTED), make_move(2, PlanStage.AMENDED), make_move(3, PlanStage.SUBMITTED)]
    assert find_adopted(moves) == moves[0]
    assert find_adopted([*moves, make_move(4, PlanStage.ADOPTED)]) == make_move(4, PlanStage.ADOPTED)


def allows(step: Step, stage: PlanStage, role: Role, reason: str = "the board met") -> bool:
    try:
        check_step(step, stage, role, reason)
    except (InputRefused, NotPermitted):
        return False
    return True


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", PlanStage)
@pytest.mark.parametrize("step", STEPS, ids=STEP_NAMES)
def test_a_step_is_taken_exactly_where_the_matrix_says_so(step: Step, stage: PlanStage, role: Role) -> None:
    row = MATRIX["steps"][step.action]
    expected = stage in row["from"] and role in MATRIX["actions"][step.action]
    assert allows(step, stage, role) is expected
    assert (step in list_steps(stage, role)) is expected
    assert step.target == row["to"]


def test_the_matrix_names_every_step() -> None:
    assert set(MATRIX["steps"]) == set(STEP_NAMES)


def test_a_plan_is_written_only_as_a_draft_when_sent_back_and_while_it_is_amended() -> None:
    assert [stage for stage in PlanStage if is_open(stage)] == [
        PlanStage.DRAFT,
        PlanStage.SENT_BACK,
        PlanStage.AMENDED,
    ]


@pytest.mark.parametrize(
    ("stage", "way_out"),
    [
        (PlanStage.SUBMITTED, "Ask the cabinet to send it back"),
        (PlanStage.RECOMMENDED, "Ask the cabinet to send it back"),
        (PlanStage.ADOPTED, "Ask the cabinet to open an amendment"),
    ],
)
def test_a_locked_plan_says_why_and_the_way_out(stage: PlanStage, way_out: str) -> None:
    with pytest.raises(NotPermitted, match=f"The plan is {name_stage(stage)}, so nobody changes it now. {way_out}"):
        check_open(stage)


def test_sending_back_needs_a_reason() -> None:
    with pytest.raises(InputRefused, match="Send back needs a reason"):
        check_step(find_step(Action.SEND_BACK_PLAN), PlanStage.SUBMITTED, Role.CABINET, "  ")


def test_a_step_that_does_not_lead_from_here_names_those_that_do() -> None:
    with pytest.raises(InputRefused, match=r"a draft cannot be adopted. From here one can: submit."):
        check_step(find_step(Action.ADOPT_PLAN), PlanStage.DRAFT, Role.CABINET, "the board met")


def test_a_role_that_may_not_take_a_step_is_told_so() -> None:
    with pytest.raises(NotPermitted, match="The role planner may not adopt plan"):
        check_step(find_step(Action.ADOPT_PLAN), PlanStage.RECOMMENDED, Role.PLANNER, "the board met")


def test_an_action_that_is_no_step_moves_no_plan() -> None:
    with pytest.raises(InputRefused, match="publish_budget moves no plan"):
        find_step(Action.PUBLISH_BUDGET)


@given(st.lists(st.sampled_from(STEPS), max_size=12))
def test_no_plan_is_adopted_that_was_not_recommended_as_it_is(wishes: list[Step]) -> None:
    """Whatever people press, an adoption follows a recommendation, and between the two nobody could write."""
    stages = [PlanStage.DRAFT]
    for step in wishes:
        if allows(step, stages[-1], Role.ADMIN):
            stages.append(step.target)
    for before, after in pairwise(stages):
        if after is PlanStage.ADOPTED:
            assert before is PlanStage.RECOMMENDED
        if after is PlanStage.RECOMMENDED:
            assert before is PlanStage.SUBMITTED


def test_a_plan_that_was_never_moved_is_a_draft() -> None:
    assert find_stage([]) is PlanStage.DRAFT
    assert find_stage([make_move(1, PlanStage.SUBMITTED)]) is PlanStage.SUBMITTED


def test_a_milestone_says_what_is_due_what_was_reached_and_how_late() -> None:
    deadlines = [Deadline(PlanStage.SUBMITTED, date(2026, 12, 1)), Deadline(PlanStage.ADOPTED, date(2027, 6, 8))]
    moves = [make_move(1, PlanStage.SUBMITTED, day=4)]
    submitted, recommended, adopted = list_milestones(moves, deadlines, date(2026, 12, 9))
    assert (submitted.reached_on, submitted.days_late) == (date(2026, 12, 4), 3)
    assert (recommended.deadline, recommended.reached_on, recommended.days_late) == (None, None, None)
    assert (adopted.reached_on, adopted.days_late) == (None, -181)


def test_a_plan_that_was_sent_back_has_its_whole_way_before_it_again() -> None:
    moves = [make_move(1, PlanStage.SUBMITTED), make_move(2, PlanStage.RECOMMENDED), make_move(3, PlanStage.SENT_BACK)]
    assert [one.reached_on for one in list_milestones(moves, [], date(2026, 12, 9))] == [None, None, None]
