"""Edits of a plan as row changes: put a row in, take one out with all that hangs on it, copy, archive, check.

Nothing here changes a plan; `planning.revisions` applies the changes and tells when two people meant the same row.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from planning.amount_checks import check_whole_plan
from planning.errors import InputRefused
from planning.findings import Finding
from planning.model import CostLine, Fleet, Initiative, Model, Plan
from planning.registers import ConflictEntry, GiftOffer
from planning.revisions.diff import RowChange, apply_changes, list_row_changes
from planning.revisions.rows import KEY_FIELDS, RowKey, build_plan, list_rows, name_row
from planning.vocabulary import InitiativeStatus, Severity

LONGEST_IDENTIFIER = 64
# Which fields of which sections name a row of another section.
_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "initiatives": tuple(
        (section, "initiative_id")
        for section in ("cost_lines", "fleets", "commitments", "contributions", "funding_requests", "purchases")
    ),
    "sources": (("commitments", "source_id"), ("funding_requests", "source_id"), ("awards", "source_id")),
    "goals": (("contributions", "goal_id"),),
    "purchases": (("criteria", "purchase_id"), ("offers", "purchase_id"), ("purchase_papers", "purchase_id")),
    "criteria": (("offer_scores", "criterion_id"),),
    "offers": (("offer_scores", "offer_id"),),
}


def make_identifier(words: str, taken: Collection[str]) -> str:
    """A short id made from words, unlike any that is taken.

    >>> make_identifier("Wi-Fi & switches", {"wi-fi-switches"}), make_identifier("", set())
    ('wi-fi-switches-2', 'row')
    """
    base = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[: LONGEST_IDENTIFIER - 8].strip("-") or "row"
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def upsert_row(plan: Plan, section: str, row: Model) -> RowChange:
    """The change that puts a row in the place of the one with the same names, or adds it."""
    key = RowKey(section, name_row(section, row))
    return RowChange(key, list_rows(plan).get(key), row)


def delete_rows(plan: Plan, keys: Iterable[RowKey]) -> tuple[RowChange, ...]:
    """The changes that take rows out, with the rows that would be left naming what is gone."""
    rows = list_rows(plan)
    return complete_deletions(plan, [RowChange(key, rows[key], None) for key in keys if key in rows])


def complete_deletions(plan: Plan, changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """The changes with those that a deletion brings along.

    With an initiative go its cost lines, fleets, commitments, contributions, funding requests and purchases, and its
    mention by others; with a source its commitments, funding requests and awards, with a goal its contributions, with a
    rate its use by cost lines and fleets, with a purchase all that lies in its file. A gift stays and names no
    initiative, an entry of the gifts to employees no purchase.
    """
    wanted, places = apply_changes(plan, changes), {_name_place(key) for key in list_rows(plan)}
    while True:
        left = list_rows(wanted)
        gone = places - {_name_place(key) for key in left}
        cleaned = {key: _leave_out(key.section, row, gone) for key, row in left.items()}
        kept = {key: row for key, row in cleaned.items() if row is not None}
        if kept == left:
            return list_row_changes(plan, wanted)
        wanted = build_plan(kept)


def _name_place(key: RowKey) -> tuple[str, str]:
    return key.section, "".join(key.names[:1])


def _leave_out(section: str, row: Model, gone: Collection[tuple[str, str]]) -> Model | None:
    """The row without what is gone; None where the row goes with it."""
    for other, references in _REFERENCES.items():
        for place, field in references:
            if place == section and (other, getattr(row, field)) in gone:
                return None
    if isinstance(row, Initiative):
        fields = ("depends_on", "excludes")
        kept: dict[str, Any] = {field: _still_there(getattr(row, field), gone) for field in fields}
        fields += ("compared_with",)
        kept["compared_with"] = None if ("initiatives", row.compared_with) in gone else row.compared_with
        return row if all(kept[field] == getattr(row, field) for field in fields) else row.model_copy(update=kept)
    if isinstance(row, GiftOffer) and ("initiatives", row.initiative_id) in gone:
        return row.model_copy(update={"initiative_id": None})
    if isinstance(row, ConflictEntry):
        links = {"purchase_id": ("purchases", row.purchase_id), "request_id": ("funding_requests", row.request_id)}
        lost: dict[str, Any] = {field: None for field, place in links.items() if place in gone}
        return row.model_copy(update=lost) if lost else row
    if isinstance(row, CostLine | Fleet) and ("escalation_rates", row.escalation) in gone:
        return row.model_copy(update={"escalation": None})
    return row


def _still_there(names: tuple[str, ...], gone: Collection[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(name for name in names if ("initiatives", name) not in gone)


def duplicate_initiative(plan: Plan, initiative_id: str) -> tuple[RowChange, ...]:
    """A copy of an initiative with its cost lines and contributions, as an idea that is not in the base plan.

    Commitments stay behind: the same dollars cannot pay twice.
    """
    original = _find_initiative(plan, initiative_id)
    name = f"{original.name} (copy)"
    new_id = make_identifier(f"{initiative_id}-copy", {item.initiative_id for item in plan.initiatives})
    copy = {"initiative_id": new_id, "name": name, "included": False, "archived": False}
    changes = [upsert_row(plan, "initiatives", original.model_copy(update={**copy, "status": InitiativeStatus.IDEA}))]
    taken = {line.cost_line_id for line in plan.cost_lines}
    for line in _rows_of(plan.cost_lines, initiative_id):
        line_id = make_identifier(f"{line.cost_line_id}-copy", taken)
        taken.add(line_id)
        renamed = line.model_copy(update={"initiative_id": new_id, "cost_line_id": line_id})
        changes.append(upsert_row(plan, "cost_lines", renamed))
    for part in _rows_of(plan.contributions, initiative_id):
        changes.append(upsert_row(plan, "contributions", part.model_copy(update={"initiative_id": new_id})))
    return tuple(changes)


def duplicate_row(plan: Plan, key: RowKey) -> RowChange:
    """A copy of a row that has an id of its own, under a new id."""
    (field,) = KEY_FIELDS[key.section]
    rows = list_rows(plan)
    if key not in rows:
        raise _no_such(key.title)
    taken = {other.names[0] for other in rows if other.section == key.section}
    copy = rows[key].model_copy(update={field: make_identifier(f"{key.names[0]}-copy", taken)})
    return upsert_row(plan, key.section, copy)


def archive_initiative(plan: Plan, initiative_id: str, archived: bool = True) -> RowChange:
    """The change that archives an initiative, or takes it back: no total counts it, all of it is kept."""
    item = _find_initiative(plan, initiative_id)
    return upsert_row(plan, "initiatives", item.model_copy(update={"archived": archived}))


def check_changes(plan: Plan, changed: Plan) -> tuple[Finding, ...]:
    """The errors that the changed plan has and the plan has not; who edits one row need not mend the others."""
    known = Counter(_list_errors(plan))
    return tuple((Counter(_list_errors(changed)) - known).elements())


def _list_errors(plan: Plan) -> Iterator[Finding]:
    return (finding for finding in check_whole_plan(plan) if finding.severity is Severity.ERROR)


def _find_initiative(plan: Plan, initiative_id: str) -> Initiative:
    for item in plan.initiatives:
        if item.initiative_id == initiative_id:
            return item
    raise _no_such(initiative_id)


def _rows_of(rows: Iterable[Any], initiative_id: str) -> list[Any]:
    return [row for row in rows if row.initiative_id == initiative_id]


def _no_such(name: str) -> InputRefused:
    return InputRefused(f"The plan has no {name} any more.", "Look at the plan as it is now, then try again.")
