"""How the edits of several people come together: what nobody else touched is taken, the rest is a choice.

Three states of each row decide: the one that was seen (the base), the current one (theirs) and the wanted one (mine).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from planning.errors import ChoiceNeeded
from planning.model import Model, Plan
from planning.revisions.diff import FieldChange, RowChange, list_field_changes, list_row_changes
from planning.revisions.rows import RowKey, list_rows


class Side(StrEnum):
    """Whose state of a row is kept."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One row that two people changed differently; None is a row that is not there."""

    key: RowKey
    base: Model | None
    theirs: Model | None
    mine: Model | None

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """Where the two states differ: theirs as `before`, mine as `after`."""
        return list_field_changes(self.theirs, self.mine)


class Split(NamedTuple):
    """Changes that can be made on a plan as it is now, and those that somebody must decide."""

    changes: tuple[RowChange, ...]
    conflicts: tuple[Conflict, ...]


class RowsChanged(ChoiceNeeded):
    """Rows changed since they were seen; nothing was saved. `conflicts` holds both states of each."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        names = ", ".join(conflict.key.title for conflict in conflicts[:3])
        more = f" and {len(conflicts) - 3} more" if len(conflicts) > 3 else ""
        super().__init__(
            f"Somebody else changed {names}{more} since you looked; nothing was saved.",
            "Compare the two values of each and choose one.",
        )
        self.conflicts = conflicts


def split_changes(current: Plan, changes: Iterable[RowChange]) -> Split:
    """Which changes still meet the row that they were made from.

    A change that somebody else made just so is no change any more. A conflict is a row that both changed, differently.
    """
    rows = list_rows(current)
    fitting, conflicts = [], []
    for change in changes:
        now = rows.get(change.key)
        if now == change.after:
            continue
        if now == change.before:
            fitting.append(change)
        else:
            conflicts.append(Conflict(change.key, change.before, now, change.after))
    return Split(tuple(fitting), tuple(conflicts))


def settle_conflicts(conflicts: Iterable[Conflict], choices: Mapping[RowKey, Side]) -> tuple[RowChange, ...]:
    """The changes on the current plan that the choices ask for; a row without a choice stays as it is."""
    return tuple(
        RowChange(conflict.key, conflict.theirs, conflict.mine)
        for conflict in conflicts
        if choices.get(conflict.key) is Side.MINE
    )


def list_missing_rows(base: Plan, theirs: Plan, mine: Plan) -> tuple[RowKey, ...]:
    """Rows of the base that mine lacks and the current plan still has: deleted, or only left out by accident."""
    current, given = list_rows(theirs), list_rows(mine)
    return tuple(key for key in list_rows(base) if key in current and key not in given)


def list_wanted_changes(base: Plan, mine: Plan, deleted: Collection[RowKey] = ()) -> tuple[RowChange, ...]:
    """What mine changes in the base, where a row that is missing counts as deleted only if it is named."""
    return tuple(change for change in list_row_changes(base, mine) if change.after is not None or change.key in deleted)


def split_unrelated(current: Plan, mine: Plan) -> Split:
    """The same for two plans of which nobody knows what they have in common: every row that differs is a conflict.

    A row that only mine has is new; one that only the current plan has is missing in mine, which says nothing.
    """
    differing = [change for change in list_row_changes(current, mine) if change.after is not None]
    return Split(
        tuple(change for change in differing if change.before is None),
        tuple(Conflict(change.key, None, change.before, change.after) for change in differing if change.before),
    )
