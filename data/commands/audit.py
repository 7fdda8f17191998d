"""`audit`: the trail of a district looked through, written out for an auditor, and its head hash."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands.answers import new_answer, print_answer
from data.commands.place import Place, cannot_write, find_target
from planning.errors import InputRefused

if TYPE_CHECKING:
    from data.store.audit import AuditEvent

MOST_LINES = 50


def audit_command(arguments: argparse.Namespace, place: Place) -> int:
    """Who changed what, when and why; as CSV where a file is named, and the hash that the trail ends with."""
    from data.store.audit import WHOLE_STORE, find_events, load_head

    store = place.existing_store
    viewer = place.keeper.at_district(WHOLE_STORE) if arguments.of_store else place.check_known(place.reader)
    target = _find_target(arguments) if arguments.file else None
    events = find_events(
        store, viewer, arguments.action or "", arguments.actor or "", arguments.since, arguments.until,
        arguments.words or "",
    )  # fmt: skip
    number, head = load_head(store, viewer)
    written = _write(events, target, arguments.file) if target else None
    answer = new_answer(
        "audit",
        "done",
        district=viewer.district_id,
        head={"event_number": number, "hash": head},
        file=str(target) if target else None,
        events=[_describe(event) for event in events],
    )
    lines = [f"Wrote {written:,} lines to {arguments.file}."] if target else _list_lines(events)
    lines.append(f"The trail of {viewer.district_id} ends with event {number}: {head or 'no event yet'}")
    print_answer(answer, arguments.json, lines)
    return 0


def _find_target(arguments: argparse.Namespace) -> Path:
    target = find_target(arguments.file)
    if target.exists() and not arguments.overwrite:
        raise InputRefused(f"{arguments.file} exists already.", "Name another file, or add --overwrite.")
    return target


def _write(events: "tuple[AuditEvent, ...]", target: Path, name: str) -> int:
    from data.exports.audit_trail import write_audit_csv

    try:
        with target.open("w", newline="", encoding="utf-8") as file:
            return write_audit_csv(events, file)
    except OSError as error:
        raise cannot_write(name, error) from error


def _describe(event: "AuditEvent") -> dict[str, object]:
    from data.store.audit import list_changes_of

    return {
        "event_number": event.event_number,
        "recorded_at": f"{event.recorded_at.isoformat(timespec='microseconds')}Z",
        "actor": event.actor,
        "role": event.role,
        "action": event.action,
        "reason": event.reason,
        "changes": [{"what": what, "from": before, "to": after} for what, before, after in list_changes_of(event)],
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def _list_lines(events: "tuple[AuditEvent, ...]") -> list[str]:
    lines = [
        f"{event.event_number:>6}  {event.recorded_at:%Y-%m-%d %H:%M} UTC  {event.actor:<20} "
        f"{event.action.replace('_', ' '):<18} {event.reason}".rstrip()
        for event in events[:MOST_LINES]
    ]
    if len(events) > MOST_LINES:
        lines.append(f"… and {len(events) - MOST_LINES:,} earlier ones; name a FILE.csv to write them all.")
    return lines
