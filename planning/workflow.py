"""Where a plan stands on its way to the board, who may move it on, and when nobody may write it.

    draft ── submit ─▶ submitted ── recommend ─▶ recommended ── adopt ─▶ adopted ── amend ─▶ amended ── submit ─▶ …
    submitted or recommended ── send back ─▶ sent back ── submit ─▶ submitted ─▶ …

A plan is written only as a draft, when it was sent back, and while an adopted plan is being amended. What is submitted
is one revision; it stays as it is until it is sent back or, once adopted, amended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planning.errors import InputRefused, NotPermitted
from planning.permissions import Action, Role, may


class PlanStage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    RECOMMENDED = "recommended"
    ADOPTED = "adopted"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Step:
    """One way on: the action it takes, from which stages to which, what it is called, and what it means."""

    action: Action
    sources: frozenset[PlanStage]
    target: PlanStage
    name: str
    meaning: str
    needs_reason: bool = False


_OPEN = frozenset({PlanStage.DRAFT, PlanStage.SENT_BACK, PlanStage.AMENDED})
STEPS = (
    Step(Action.SUBMIT_PLAN, _OPEN, PlanStage.SUBMITTED, "Submit", "The plan is closed and goes to the cabinet."),
    Step(
        Action.SEND_BACK_PLAN,
        frozenset({PlanStage.SUBMITTED, PlanStage.RECOMMENDED}),
        PlanStage.SENT_BACK,
        "Send back",
        "The plan is open again for those who write it.",
        needs_reason=True,
    ),
    Step(
        Action.RECOMMEND_PLAN,
        frozenset({PlanStage.SUBMITTED}),
        PlanStage.RECOMMENDED,
        "Recommend",
        "The cabinet recommends this revision to the board.",
    ),
    Step(
        Action.ADOPT_PLAN,
        frozenset({PlanStage.RECOMMENDED}),
        PlanStage.ADOPTED,
        "Record the adoption",
        "The board has adopted this revision; give the date and the item of the minutes.",
        needs_reason=True,
    ),
    Step(
        Action.AMEND_PLAN,
        frozenset({PlanStage.ADOPTED}),
        PlanStage.AMENDED,
        "Amend",
        "The adopted plan is open for an amendment, which goes the same way to the board.",
        needs_reason=True,
    ),
)
# The stages that a calendar gives a day to; the way there may be taken more than once.
DATED_STAGES = (PlanStage.SUBMITTED, PlanStage.RECOMMENDED, PlanStage.ADOPTED)
_REOPENING = {
    PlanStage.SUBMITTED: "Ask the cabinet to send it back.",
    PlanStage.RECOMMENDED: "Ask the cabinet to send it back.",
    PlanStage.ADOPTED: "Ask the cabinet to open an amendment.",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One step that was taken: with which revision, who, in which role, why and when."""

    number: int
    from_stage: PlanStage
    to_stage: PlanStage
    revision_id: str
    moved_by: str
    role: Role
    reason: str
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day until which a stage is to be reached."""

    stage: PlanStage
    due_on: date
    note: str = ""
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A deadline beside what happened. `days_late` is negative while there is time, None where no day is set."""

    stage: PlanStage
    deadline: Deadline | None
    reached_on: date | None
    days_late: int | None


def find_stage(moves: Sequence[Move]) -> PlanStage:
    """Where a plan stands after its moves, the oldest first; before the first it is a draft."""
    return moves[-1].to_stage if moves else PlanStage.DRAFT


def find_adopted(moves: Sequence[Move]) -> Move | None:
    """The last adoption, whatever came after it; None where the board has adopted nothing yet."""
    return next((move for move in reversed(moves) if move.to_stage is PlanStage.ADOPTED), None)


def is_open(stage: PlanStage) -> bool:
    """Whether a plan at this stage may be written at all."""
    return stage in _OPEN


def check_open(stage: PlanStage) -> None:
    """Refuse to change a plan that is on its way or decided; the one rule that every way of saving a plan follows."""
    if not is_open(stage):
        raise NotPermitted(f"The plan is {name_stage(stage)}, so nobody changes it now.", _REOPENING[stage])


def list_steps(stage: PlanStage, role: Role) -> tuple[Step, ...]:
    """The steps that a role may take from a stage."""
    return tuple(step for step in STEPS if stage in step.sources and may(role, step.action))


def find_step(action: Action) -> Step:
    """The step of an action."""
    for step in STEPS:
        if step.action is action:
            return step
    raise InputRefused(f"{action.value} moves no plan.", "Choose one of the steps of a plan.")


def check_step(step: Step, stage: PlanStage, role: Role, reason: str) -> None:
    """Refuse a step that the role may not take, that does not lead from here, or that says no reason where one is due.

    Errors: NotPermitted, InputRefused.
    """
    if not may(role, step.action):
        raise NotPermitted(
            f"The role {role} may not {step.action.value.replace('_', ' ')}.",
            "Ask someone whose role allows it, or sign in as them.",
        )
    if stage not in step.sources:
        ways = ", ".join(other.name.lower() for other in STEPS if stage in other.sources)
        raise InputRefused(
            f"A plan that is {name_stage(stage)} cannot be {name_stage(step.target)}.", f"From here one can: {ways}."
        )
    if step.needs_reason and not reason.strip():
        raise InputRefused(f"{step.name} needs a reason.", "Say in a sentence why; the audit trail keeps it.")


def list_milestones(moves: Sequence[Move], deadlines: Sequence[Deadline], today: date) -> tuple[Milestone, ...]:
    """The dated stages in their order: what is due when, what was reached when, and how late.

    A stage counts as reached while the plan stands at it or beyond it; a plan that was sent back or is being amended
    has its whole way before it again.
    """
    by_stage = {deadline.stage: deadline for deadline in deadlines}
    reached = _find_reached(moves)
    return tuple(_make_milestone(stage, by_stage.get(stage), reached.get(stage), today) for stage in DATED_STAGES)


def name_stage(stage: PlanStage) -> str:
    """A stage in a sentence: `sent back`, `being amended`."""
    return {PlanStage.DRAFT: "a draft", PlanStage.AMENDED: "being amended"}.get(stage, stage.value.replace("_", " "))


def _find_reached(moves: Sequence[Move]) -> dict[PlanStage, date]:
    reached: dict[PlanStage, date] = {}
    for move in moves:
        if move.to_stage in _OPEN:
            reached.clear()
        else:
            reached[move.to_stage] = move.moved_at.date()
    return reached


def _make_milestone(stage: PlanStage, deadline: Deadline | None, reached_on: date | None, today: date) -> Milestone:
    days_late = ((reached_on or today) - deadline.due_on).days if deadline else None
    return Milestone(stage, deadline, reached_on, days_late)
