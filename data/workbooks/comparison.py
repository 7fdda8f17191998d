"""A filled plan workbook beside the plan as it is now and as it was when the workbook was made: what taking it does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data.store.database import Store
from data.store.plan_edits import save_rows
from data.store.plans import PlanRevision, StoredPlan, check_district, load_plan, save_plan
from data.store.viewer import Viewer
from data.workbooks import finding_kinds as kinds
from data.workbooks.row_words import name_row_in_full
from planning.editing import delete_rows
from planning.findings import Finding
from planning.model import Plan
from planning.revisions.diff import RowChange, list_row_changes
from planning.revisions.merge import (
    Conflict,
    RowsChanged,
    Side,
    Split,
    list_missing_rows,
    list_wanted_changes,
    settle_conflicts,
    split_changes,
    split_unrelated,
)
from planning.revisions.rows import RowKey, list_rows


@dataclass(frozen=True, slots=True)
class Comparison:
    """Three states of a plan: the workbook's (mine), the current one (theirs), and what both came from (the base).

    A workbook that names no revision is compared with the plan as it is now. `is_unrelated` says that it names one
    that the store does not have: then every row that differs is a conflict.
    """

    mine: Plan
    current: StoredPlan | None
    base: StoredPlan | None
    is_unrelated: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether the plan has gone on since the workbook was made."""
        return self.base is not None and self.current is not None and self.base.revision_id != self.current.revision_id

    @property
    def their_changes(self) -> tuple[RowChange, ...]:
        """What others changed since the workbook was made; all of it is kept."""
        if not self.is_stale or self.base is None or self.current is None:
            return ()
        return list_row_changes(self.base.plan, self.current.plan)

    @property
    def missing(self) -> tuple[RowKey, ...]:
        """Rows that the workbook lacks: each is kept unless the person says that it should go."""
        if self.current is None:
            return ()
        return list_missing_rows((self.base or self.current).plan, self.current.plan, self.mine)

    def list_deletions(self, deleted: Collection[RowKey]) -> frozenset[RowKey]:
        """The missing rows to delete: those that the person named, and the missing rows that name one of them."""
        if self.current is None:
            return frozenset()
        going = {change.key for change in delete_rows(self.current.plan, deleted) if change.after is None}
        return frozenset(going & {*self.missing})

    def split(self, deleted: Collection[RowKey] = ()) -> Split:
        """What the workbook changes in the current plan, with these of the missing rows deleted, and the conflicts."""
        if self.current is None:
            return Split(list_row_changes(None, self.mine), ())
        if not self.is_unrelated:
            base = (self.base or self.current).plan
            return split_changes(self.current.plan, list_wanted_changes(base, self.mine, self.list_deletions(deleted)))
        changes, conflicts = split_unrelated(self.current.plan, self.mine)
        rows = list_rows(self.current.plan)
        return Split((*changes, *(RowChange(key, rows[key], None) for key in self.list_deletions(deleted))), conflicts)

    def list_findings(self, deleted: Collection[RowKey] = ()) -> tuple[Finding, ...]:
        """What a person should know before the workbook is taken."""
        unknown = [kinds.BASE_UNKNOWN.at()] if self.is_unrelated else []
        going = self.list_deletions(deleted)
        kept = [key for key in self.missing if key not in going]
        return (*unknown, *(kinds.ROW_MISSING.at(found=name_row_in_full(key), row=str(key)) for key in kept))


def compare_workbook(store: Store, viewer: Viewer, mine: Plan, base_revision: str | None) -> Comparison:
    """The workbook's plan beside the store's. InputRefused where it is another district's."""
    check_district(viewer, mine)
    current = load_plan(store, viewer)
    if current is None or base_revision is None:
        return Comparison(mine, current, current)
    base = load_plan(store, viewer, base_revision)
    return Comparison(mine, current, base, is_unrelated=base is None)


def list_open_conflicts(split: Split, choices: Mapping[RowKey, Side]) -> tuple[Conflict, ...]:
    """The conflicts that nobody has decided."""
    return tuple(conflict for conflict in split.conflicts if conflict.key not in choices)


def save_comparison(
    store: Store,
    viewer: Viewer,
    comparison: Comparison,
    reason: str,
    choices: Mapping[RowKey, Side] | None = None,
    deleted: Collection[RowKey] = (),
) -> PlanRevision:
    """Take the workbook: its changes on top of the current plan, as one revision.

    RowsChanged while a choice is open, or where somebody saved the same rows since the comparison.
    """
    if comparison.current is None:
        return save_plan(store, viewer, comparison.mine, None, reason)
    split = comparison.split(deleted)
    if open_conflicts := list_open_conflicts(split, choices or {}):
        raise RowsChanged(open_conflicts)
    changes = (*split.changes, *settle_conflicts(split.conflicts, choices or {}))
    return save_rows(store, viewer, changes, reason, like=comparison.mine)
