"""Edits of the plan row by row: what two people changed in different rows both lands, the same row is a choice."""

from collections.abc import Sequence

from data.store.database import Change, Store
from data.store.plans import (
    REVISION_COLUMNS,
    PlanRevision,
    StoredPlan,
    append_revision,
    as_already,
    check_district,
    load_head,
    read_stored_plan,
    refuse_errors,
)
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.model import Plan
from planning.permissions import Action
from planning.revisions.diff import RowChange, apply_changes
from planning.revisions.merge import RowsChanged, split_changes


def save_rows(
    store: Store, viewer: Viewer, changes: Sequence[RowChange], reason: str = "", like: Plan | None = None
) -> PlanRevision:
    """Save changes of rows as the next revision: all of them, or none.

    Each change names the row as it was seen. Where the row is another by now, RowsChanged carries both values and
    nothing is saved; a change that somebody else made just so is done already. InputRefused where the plan would have
    an error that it has not now. New rows stand where they stand in `like`, else at the end.
    """

    def work(change: Change) -> PlanRevision:
        head = require_head(change)
        fitting, conflicts = split_changes(head.plan, changes)
        if conflicts:
            raise RowsChanged(conflicts)
        if not fitting:
            change.keep_nothing()
            return as_already(head.revision)
        plan = apply_changes(head.plan, fitting, like)
        check_district(viewer, plan)
        refuse_errors(head.plan, plan)
        return append_revision(change, plan, head, reason)

    return store.write(viewer, Action.SAVE_PLAN, reason, work)


def return_to_revision(
    store: Store, viewer: Viewer, revision_id: str, seen_revision: str, reason: str = ""
) -> PlanRevision:
    """The plan as it was at a revision, saved as the next one; nothing in between is lost.

    `seen_revision` is the current one as the person saw it: where there is a newer one by now, nothing is saved.
    """

    def work(change: Change) -> PlanRevision:
        head = require_head(change)
        former = _load_revision(change, revision_id)
        if head.revision_id != seen_revision:
            raise InputRefused(
                f"{head.revision.saved_by} saved revision {head.revision.number} since you looked.",
                "Look at what changed, then return to the former revision again.",
            )
        if former.plan == head.plan:
            change.keep_nothing()
            return as_already(head.revision)
        change.detail["returned_to"] = former.revision.number
        return append_revision(change, former.plan, head, reason)

    return store.write(viewer, Action.SAVE_PLAN, reason, work)


def require_head(change: Change) -> StoredPlan:
    """The current plan inside a write, whole; InputRefused where there is none."""
    head = load_head(change)
    if head is None:
        raise InputRefused("This district has no plan yet.", "Upload a plan workbook first.")
    return head


def _load_revision(change: Change, revision_id: str) -> StoredPlan:
    row = change.cursor.execute(
        f"SELECT {REVISION_COLUMNS}, snapshot FROM plan_revision WHERE district_id = ? AND revision = ?",
        [change.viewer.district_id, revision_id],
    ).fetchone()
    if row is None:
        raise InputRefused("The plan has no such revision.", "Choose one from the list of revisions.")
    return read_stored_plan(row)
