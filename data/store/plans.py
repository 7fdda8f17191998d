"""The plan of record as a chain of immutable revisions."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import ValidationError

from data.store.database import Change, Store
from data.store.districts import create_district
from data.store.identifiers import make_identifier
from data.store.line_classes import hide_plan
from data.store.seals import SealKey
from data.store.viewer import Viewer
from data.store.workflow import check_plan_open
from planning.editing import check_changes
from planning.errors import InputRefused, StoreDamaged
from planning.line_classes import NOTHING_HIDDEN, Hidden
from planning.model import Model, Plan
from planning.permissions import Action
from planning.revisions.diff import list_row_changes
from planning.revisions.rows import DISTRICT

REVISION_COLUMNS = "revision, revision_number, parent_revision, saved_by, reason, saved_at"


@dataclass(frozen=True, slots=True)
class PlanRevision:
    """One revision; `already` says that the plan was the current one and nothing was written."""

    revision_id: str
    number: int
    parent_id: str | None
    saved_by: str
    reason: str
    saved_at: datetime
    already: bool = False


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan with its revision: as it was saved, but for what the viewer's role does not see of it."""

    plan: Plan
    revision: PlanRevision
    hidden: Hidden = NOTHING_HIDDEN

    @property
    def revision_id(self) -> str:
        return self.revision.revision_id


def save_plan(
    store: Store, viewer: Viewer, plan: Plan, parent_revision: str | None = None, reason: str = ""
) -> PlanRevision:
    """Save a plan as the next revision; a plan equal to the current one is that revision again.

    `parent_revision` is the revision the plan was made from: where it is no longer the current one the plan is refused,
    so nobody's change is overwritten unseen. None means it was made from no revision and follows whatever is current.
    Whoever reads a workbook has refused its errors before. Creates a district that is not there.
    """
    check_district(viewer, plan)
    viewer.check_may(Action.SAVE_PLAN)
    if store.revision(viewer.district_id) == 0:
        create_district(store, viewer, viewer.district_id, plan.district.name, reason)

    def work(change: Change) -> PlanRevision:
        head = load_head(change)
        if head and head.plan == plan:
            change.keep_nothing()
            return as_already(head.revision)
        if head and parent_revision not in (None, head.revision_id):
            raise InputRefused(
                f"The plan was changed by {head.revision.saved_by} since this copy of it was taken.",
                "Load the current plan, make the change again and save it.",
            )
        return append_revision(change, plan, head, reason)

    return store.write(viewer, Action.SAVE_PLAN, reason, work)


def check_district(viewer: Viewer, plan: Plan) -> None:
    """Refuse the plan of another district than the one that is looked at."""
    if plan.district.district_id != viewer.district_id:
        raise InputRefused(
            f"The plan is of district {plan.district.district_id!r}, not of {viewer.district_id!r}.",
            "Correct the district in the plan, or choose it with --district.",
        )


def refuse_errors(plan: Plan, changed: Plan) -> None:
    """Refuse a plan with an error that the plan before it has not: the gate of edits, as reading is that of files."""
    findings = check_changes(plan, changed)
    if findings:
        raise InputRefused("The plan would contradict itself; nothing was saved.", "Mend what is listed.", findings)


def load_plan(store: Store, viewer: Viewer, revision_id: str | None = None) -> StoredPlan | None:
    """The plan at a revision, the current one where none is named; None where there is none."""
    condition, parameters = ("AND revision = $revision", {"revision": revision_id}) if revision_id else ("", {})
    rows = store.read(
        viewer,
        f"SELECT {REVISION_COLUMNS}, snapshot FROM plan_revision WHERE district_id = $district_id {condition} "
        "ORDER BY revision_number DESC LIMIT 1",
        **parameters,
    )
    if not rows:
        return None
    stored = read_stored_plan(rows[0])
    plan, hidden = hide_plan(store, viewer, stored.plan)
    return replace(stored, plan=plan, hidden=hidden)


def list_revisions(store: Store, viewer: Viewer) -> tuple[PlanRevision, ...]:
    """Every revision of the district's plan, newest first."""
    rows = store.read(
        viewer,
        f"SELECT {REVISION_COLUMNS} FROM plan_revision WHERE district_id = $district_id ORDER BY revision_number DESC",
    )
    return tuple(PlanRevision(*row) for row in rows)


def list_changes(before: Plan | None, after: Plan) -> dict[str, dict[str, object]]:
    """What changed from one plan to the next, by section: for each row its former and its new content."""
    changes: dict[str, dict[str, object]] = {}
    for change in list_row_changes(before, after):
        states: dict[str, object] = {"from": _dump(change.before), "to": _dump(change.after)}
        if change.key.section == DISTRICT:
            changes[DISTRICT] = states
        else:
            changes.setdefault(change.key.section, {})[change.key.title] = states
    return changes


def _dump(row: Model | None) -> dict[str, object] | None:
    # The district's rates and counts are rows of their own.
    return row.model_dump(mode="json", exclude={"escalation_rates", "driver_counts"}) if row else None


def append_revision(change: Change, plan: Plan, head: StoredPlan | None, reason: str) -> PlanRevision:
    """Write the next revision inside a write: the one way a plan gets into the store, and so where the lock is."""
    check_plan_open(change)
    snapshot = plan.model_dump_json()
    digest = hashlib.sha256(snapshot.encode()).hexdigest()
    parent, number = (head.revision_id, head.revision.number + 1) if head else (None, 1)
    viewer, saved_at = change.viewer, change.recorded_at
    revision = PlanRevision(make_identifier(saved_at), number, parent, viewer.actor, reason, saved_at)
    change.cursor.execute(
        f"INSERT INTO plan_revision (district_id, {REVISION_COLUMNS}, snapshot, snapshot_sha256) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [viewer.district_id, revision.revision_id, number, parent, viewer.actor, reason, saved_at, snapshot, digest],
    )
    change.cursor.execute(
        "UPDATE district SET name = ? WHERE district_id = ?", [plan.district.name, viewer.district_id]
    )
    change.sealing.add(SealKey("plan_revision", revision.revision_id))
    change.detail |= {"revision": {"from": parent, "to": revision.revision_id}, "number": number}
    change.detail |= {"snapshot_sha256": digest, "changes": list_changes(head.plan if head else None, plan)}
    return revision


def load_head(change: Change) -> StoredPlan | None:
    """The current plan inside a write, whole."""
    row = change.cursor.execute(
        f"SELECT {REVISION_COLUMNS}, snapshot FROM plan_revision WHERE district_id = ? "
        "ORDER BY revision_number DESC LIMIT 1",
        [change.viewer.district_id],
    ).fetchone()
    return read_stored_plan(row) if row else None


def read_stored_plan(row: tuple) -> StoredPlan:
    """A row of `REVISION_COLUMNS` and the snapshot as the plan it holds."""
    revision = PlanRevision(*row[:-1])
    try:
        return StoredPlan(Plan.model_validate_json(row[-1]), revision)
    except ValidationError as error:
        raise StoreDamaged(
            f"Revision {revision.number} of the plan cannot be read.",
            "Restore the last backup, or load another revision.",
        ) from error


def as_already(revision: PlanRevision) -> PlanRevision:
    """The revision as the answer of a save that had nothing to write."""
    return PlanRevision(
        revision.revision_id, revision.number, revision.parent_id, revision.saved_by, revision.reason,
        revision.saved_at, already=True,
    )  # fmt: skip
