"""What changed from one plan to another, row by row and field by field, and a plan with such changes made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from planning.model import Model, Plan
from planning.revisions.rows import RowKey, build_plan, list_rows


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"


class FieldChange(NamedTuple):
    """One field that differs; `fiscal_year` names the year where the field holds an amount for each (cents)."""

    field: str
    fiscal_year: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is to be, or was, changed: what it was (None: not there) and what it becomes (None: deleted)."""

    key: RowKey
    before: Model | None
    after: Model | None

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.ADDED
        return ChangeKind.DELETED if self.after is None else ChangeKind.CHANGED

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ; every filled one of a row that was added or deleted."""
        return list_field_changes(self.before, self.after)


def list_row_changes(before: Plan | None, after: Plan) -> tuple[RowChange, ...]:
    """The rows that differ, in the order of the sections. The order of rows says nothing and is no change.

    `apply_changes(before, list_row_changes(before, after))` has the rows of `after`.
    """
    old = list_rows(before) if before else {}
    new = list_rows(after)
    gone = [RowChange(key, row, None) for key, row in old.items() if key not in new]
    kept = [RowChange(key, old.get(key), row) for key, row in new.items() if old.get(key) != row]
    return (*kept, *gone)


def apply_changes(plan: Plan, changes: Iterable[RowChange], like: Plan | None = None) -> Plan:
    """The plan with the changes made, whatever the rows were before.

    A new row stands at the end of its section, or after the row that it follows in `like`.
    """
    rows = list_rows(plan)
    added: dict[RowKey, Model] = {}
    for change in changes:
        if change.after is None:
            rows.pop(change.key, None)
        else:
            (rows if change.key in rows else added)[change.key] = change.after
    order = list(list_rows(like)) if like else []
    return build_plan(_place_rows(rows, added, [key for key in order if key in rows or key in added]))


def _place_rows(
    rows: Mapping[RowKey, Model], added: Mapping[RowKey, Model], order: Sequence[RowKey]
) -> dict[RowKey, Model]:
    followers: dict[RowKey | str, list[RowKey]] = {}
    anchor: RowKey | str = ""
    for key in order:
        if key in rows:
            anchor = key
        else:
            stands_first = isinstance(anchor, str) or anchor.section != key.section
            followers.setdefault(key.section if stands_first else anchor, []).append(key)
    placed = {key for keys in followers.values() for key in keys}
    heads = [key for place, keys in followers.items() if isinstance(place, str) for key in keys]
    kept = [each for key in rows for each in (key, *followers.get(key, ()))]
    both = {**rows, **added}
    return {key: both[key] for key in (*heads, *kept, *(key for key in added if key not in placed))}


def list_field_changes(before: Model | None, after: Model | None) -> tuple[FieldChange, ...]:
    """The fields in which two states of a row differ; of a state that is not there, every field is its default."""
    there = after or before
    if there is None:
        return ()
    changes: list[FieldChange] = []
    for field, info in type(there).model_fields.items():
        default = None if info.is_required() else info.default
        old, new = (default if row is None else getattr(row, field) for row in (before, after))
        if field == "amounts":
            changes += _list_amount_changes(old or (), new or ())
        elif old != new:
            changes.append(FieldChange(field, "", old, new))
    return tuple(changes)


def _list_amount_changes(before: Sequence[Any], after: Sequence[Any]) -> list[FieldChange]:
    # Reversed, because of two amounts in one year the first counts (planning.checks).
    old, new = ({item.fiscal_year: item.amount_cents for item in reversed(amounts)} for amounts in (before, after))
    years = sorted(year for year in {*old, *new} if old.get(year) != new.get(year))
    return [FieldChange("amounts", year, old.get(year), new.get(year)) for year in years]
