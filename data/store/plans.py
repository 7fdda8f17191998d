"""The plan of record as a chain of immutable revisions."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import ValidationError

from data.store.database import Change, Store
from data.store.districts import create_district
from data.store.identifiers import make_identifier
from data.store.line_classes import hide_plan
from data.store.viewer import Viewer
from planning.errors import InputRefused, StoreDamaged
from planning.line_classes import NOTHING_HIDDEN, Hidden
from planning.model import Model, Plan
from planning.permissions import Action

_COLUMNS = "revision, revision_number, parent_revision, saved_by, reason, saved_at"
# What makes an entry of the plan the same entry, for the audit trail.
_ENTRY_KEYS = {
    "goals": ("goal_id",),
    "initiatives": ("initiative_id",),
    "cost_lines": ("cost_line_id",),
    "sources": ("source_id",),
    "commitments": ("initiative_id", "source_id", "fiscal_year"),
    "contributions": ("initiative_id", "goal_id"),
}


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
    Creates a district that is not there.
    """
    if plan.district.district_id != viewer.district_id:
        raise InputRefused(
            f"The plan is of district {plan.district.district_id!r}, not of {viewer.district_id!r}.",
            "Correct the district in the plan, or choose it with --district.",
        )
    viewer.check_may(Action.SAVE_PLAN)
    if store.revision(viewer.district_id) == 0:
        create_district(store, viewer, viewer.district_id, plan.district.name, reason)

    def work(change: Change) -> PlanRevision:
        head = _load_head(change)
        if head and head.plan == plan:
            change.keep_nothing()
            return _as_already(head.revision)
        if head and parent_revision not in (None, head.revision_id):
            raise InputRefused(
                f"The plan was changed by {head.revision.saved_by} since this copy of it was taken.",
                "Load the current plan, make the change again and save it.",
            )
        return _append_revision(change, plan, head, reason)

    return store.write(viewer, Action.SAVE_PLAN, reason, work)


def load_plan(store: Store, viewer: Viewer, revision_id: str | None = None) -> StoredPlan | None:
    """The plan at a revision, the current one where none is named; None where there is none."""
    condition, parameters = ("AND revision = $revision", {"revision": revision_id}) if revision_id else ("", {})
    rows = store.read(
        viewer,
        f"SELECT {_COLUMNS}, snapshot FROM plan_revision WHERE district_id = $district_id {condition} "
        "ORDER BY revision_number DESC LIMIT 1",
        **parameters,
    )
    if not rows:
        return None
    stored = _stored_plan(rows[0])
    plan, hidden = hide_plan(store, viewer, stored.plan)
    return replace(stored, plan=plan, hidden=hidden)


def list_revisions(store: Store, viewer: Viewer) -> tuple[PlanRevision, ...]:
    """Every revision of the district's plan, newest first."""
    rows = store.read(
        viewer,
        f"SELECT {_COLUMNS} FROM plan_revision WHERE district_id = $district_id ORDER BY revision_number DESC",
    )
    return tuple(PlanRevision(*row) for row in rows)


def list_changes(before: Plan | None, after: Plan) -> dict[str, dict[str, object]]:
    """What changed from one plan to the next, by section: for each entry its former and its new content."""
    changes: dict[str, dict[str, object]] = {}
    for section in _ENTRY_KEYS:
        old = _entries(section, getattr(before, section) if before else ())
        new = _entries(section, getattr(after, section))
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        if names:
            changes[section] = {name: {"from": old.get(name), "to": new.get(name)} for name in names}
    if before is None or before.district != after.district:
        old_district = before.district.model_dump(mode="json") if before else None
        changes["district"] = {"from": old_district, "to": after.district.model_dump(mode="json")}
    return changes


def _entries(section: str, entries: tuple[Model, ...]) -> dict[str, dict[str, object]]:
    """The entries of a section by what names them; a repeated name keeps each entry apart."""
    named: dict[str, dict[str, object]] = {}
    seen: Counter[str] = Counter()
    for entry in entries:
        content = entry.model_dump(mode="json")
        name = " · ".join(str(content[key]) for key in _ENTRY_KEYS[section])
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name} ({seen[name]})"] = content
    return named


def _append_revision(change: Change, plan: Plan, head: StoredPlan | None, reason: str) -> PlanRevision:
    snapshot = plan.model_dump_json()
    digest = hashlib.sha256(snapshot.encode()).hexdigest()
    parent, number = (head.revision_id, head.revision.number + 1) if head else (None, 1)
    viewer, saved_at = change.viewer, change.recorded_at
    revision = PlanRevision(make_identifier(saved_at), number, parent, viewer.actor, reason, saved_at)
    change.cursor.execute(
        f"INSERT INTO plan_revision (district_id, {_COLUMNS}, snapshot, snapshot_sha256) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [viewer.district_id, revision.revision_id, number, parent, viewer.actor, reason, saved_at, snapshot, digest],
    )
    change.cursor.execute(
        "UPDATE district SET name = ? WHERE district_id = ?", [plan.district.name, viewer.district_id]
    )
    change.detail |= {"revision": {"from": parent, "to": revision.revision_id}, "number": number}
    change.detail |= {"snapshot_sha256": digest, "changes": list_changes(head.plan if head else None, plan)}
    return revision


def _load_head(change: Change) -> StoredPlan | None:
    row = change.cursor.execute(
        f"SELECT {_COLUMNS}, snapshot FROM plan_revision WHERE district_id = ? ORDER BY revision_number DESC LIMIT 1",
        [change.viewer.district_id],
    ).fetchone()
    return _stored_plan(row) if row else None


def _stored_plan(row: tuple) -> StoredPlan:
    revision = PlanRevision(*row[:-1])
    try:
        return StoredPlan(Plan.model_validate_json(row[-1]), revision)
    except ValidationError as error:
        raise StoreDamaged(
            f"Revision {revision.number} of the plan cannot be read.",
            "Restore the last backup, or load another revision.",
        ) from error


def _as_already(revision: PlanRevision) -> PlanRevision:
    return PlanRevision(
        revision.revision_id, revision.number, revision.parent_id, revision.saved_by, revision.reason,
        revision.saved_at, already=True,
    )  # fmt: skip
