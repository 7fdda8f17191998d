"""The audit trail as CSV: one line for each value that changed, from → to, with who, when, why and the event's hash."""

import csv
from collections.abc import Iterable
from typing import TextIO

from data.exports.csv_text import guard_text
from data.store.audit import AuditEvent, list_changes_of

HEADINGS = (
    "event_number", "recorded_at_utc", "actor", "role", "action", "reason", "what", "from", "to", "previous_hash",
    "hash",
)  # fmt: skip


def write_audit_csv(events: Iterable[AuditEvent], file: TextIO) -> int:
    """Write the events; answers how many lines. An event without changes is one line."""
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    lines = 0
    for event in events:
        when = event.recorded_at.isoformat(sep=" ", timespec="microseconds")
        for what, before, after in list_changes_of(event) or [("", "", "")]:
            texts = (event.actor, event.role, event.action, event.reason, what, before, after)
            texts = tuple(guard_text(text) for text in texts)
            writer.writerow((event.event_number, when, *texts, event.previous_hash, event.hash))
            lines += 1
    return lines
