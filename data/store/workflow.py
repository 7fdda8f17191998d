"""Where the district's plan stands: its moves, its deadlines, and the lock that every way of saving it meets."""

from dataclasses import dataclass
from datetime import date

from data.store.database import Change, Store
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.permissions import Action, Role
from planning.workflow import DATED_STAGES, Deadline, Move, PlanStage, check_open, check_step, find_stage, find_step

_MOVES = (
    "SELECT move_number, from_stage, to_stage, revision, moved_by, role, reason, moved_at FROM plan_move "
    "WHERE district_id = $district_id ORDER BY move_number"
)
_HEAD = "SELECT revision FROM plan_revision WHERE district_id = ? ORDER BY revision_number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """Where a plan stands, how it came there (the oldest move first), and what is due."""

    moves: tuple[Move, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def stage(self) -> PlanStage:
        return find_stage(self.moves)


def load_status(store: Store, viewer: Viewer) -> PlanStatus:
    """The status of the district's plan; a plan that was never moved is a draft."""
    rows = store.read(
        viewer,
        "SELECT stage, due_on, note, set_by FROM plan_deadline WHERE district_id = $district_id ORDER BY due_on, stage",
    )
    deadlines = tuple(Deadline(PlanStage(stage), *rest) for stage, *rest in rows)
    return PlanStatus(tuple(_make_move(row) for row in store.read(viewer, _MOVES)), deadlines)


def move_plan(store: Store, viewer: Viewer, action: Action, revision_id: str, reason: str = "") -> Move:
    """Take a step with the revision that the person looked at; refused where the plan is another one by now.

    Errors: NotPermitted for the role, InputRefused where the step does not lead from here or needs a reason.
    """
    step = find_step(action)

    def work(change: Change) -> Move:
        moves = _load_moves(change)
        stage = find_stage(moves)
        check_step(step, stage, viewer.role, reason)
        _check_head(change, revision_id)
        moved_at = change.recorded_at
        move = Move(
            len(moves) + 1, stage, step.target, revision_id, viewer.actor, viewer.role, reason.strip(), moved_at
        )
        change.cursor.execute(
            "INSERT INTO plan_move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                viewer.district_id, move.number, stage, step.target, revision_id, viewer.actor, viewer.role,
                move.reason, moved_at,
            ],
        )  # fmt: skip
        change.detail |= {"stage": {"from": stage, "to": step.target}, "revision": revision_id}
        return move

    return store.write(viewer, action, reason.strip() or step.name, work)


def set_deadline(
    store: Store, viewer: Viewer, stage: PlanStage, due_on: date | None, note: str = "", reason: str = ""
) -> None:
    """Set the day until which a stage is to be reached, or take it away (None)."""
    if stage not in DATED_STAGES:
        raise InputRefused(f"There is no deadline for {stage}.", f"Choose one of: {', '.join(DATED_STAGES)}.")

    def work(change: Change) -> None:
        key = [viewer.district_id, stage]
        former = change.cursor.execute(
            "SELECT due_on, note FROM plan_deadline WHERE district_id = ? AND stage = ?", key
        ).fetchone()
        if former == ((due_on, note) if due_on else None):
            return change.keep_nothing()
        change.cursor.execute("DELETE FROM plan_deadline WHERE district_id = ? AND stage = ?", key)
        if due_on:
            values = [*key, due_on, note, viewer.actor, change.recorded_at]
            change.cursor.execute("INSERT INTO plan_deadline VALUES (?, ?, ?, ?, ?, ?)", values)
        change.detail[stage] = {"from": former, "to": (due_on, note) if due_on else None}
        return None

    store.write(viewer, Action.SET_DEADLINE, reason, work)


def check_plan_open(change: Change) -> None:
    """Refuse, inside a write, to change a plan that is on its way or decided."""
    check_open(find_stage(_load_moves(change)))


def _load_moves(change: Change) -> list[Move]:
    rows = change.cursor.execute(_MOVES, {"district_id": change.viewer.district_id}).fetchall()
    return [_make_move(row) for row in rows]


def _make_move(row: tuple) -> Move:
    number, from_stage, to_stage, revision_id, moved_by, role, reason, moved_at = row
    return Move(number, PlanStage(from_stage), PlanStage(to_stage), revision_id, moved_by, Role(role), reason, moved_at)


def _check_head(change: Change, revision_id: str) -> None:
    head = change.cursor.execute(_HEAD, [change.viewer.district_id]).fetchone()
    if head is None:
        raise InputRefused("There is no plan yet that could be moved.", "Save a plan first.")
    if head[0] != revision_id:
        raise InputRefused(
            "The plan was changed while you looked at it.", "Look at the plan as it is now, then take the step again."
        )
