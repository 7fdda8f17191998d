"""What happened, in a chain: each event carries the hash of the one before it, so a changed row shows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb

from data.store.viewer import Viewer
from planning.findings import Finding, FindingKind
from planning.permissions import Action
from planning.vocabulary import Severity

# The scope of what concerns every district: making one, copying the file.
WHOLE_STORE = "*"

if TYPE_CHECKING:
    from data.store.database import Reader, Store

AUDIT_ROW_CHANGED = FindingKind(
    "audit_row_changed",
    Severity.ERROR,
    "Audit event {found} of district {district} does not match its own hash: the row was changed after it was written.",
    "Restore the last backup whose audit trail verifies, and find out who could write to the file.",
)
AUDIT_CHAIN_BROKEN = FindingKind(
    "audit_chain_broken",
    Severity.ERROR,
    "The audit trail of district {district} breaks at event {found}: an event before it is missing or was changed.",
    "Restore the last backup whose audit trail verifies, and find out who could write to the file.",
)
AUDIT_END_MISSING = FindingKind(
    "audit_end_missing",
    Severity.ERROR,
    "The audit trail of district {district} ends at event {found}, but the district has seen {expected} changes.",
    "Restore the last backup whose audit trail verifies, and find out who could write to the file.",
)
PLAN_SNAPSHOT_CHANGED = FindingKind(
    "plan_snapshot_changed",
    Severity.ERROR,
    "Revision {found} of the plan of district {district} is not the one that was saved.",
    "Restore the last backup whose audit trail verifies.",
)
_CENTS = "_cents"
_EMPTY = {"null", '""', "[]", "{}"}
_COLUMNS = "event_number, recorded_at, actor, role, action, reason, detail, previous_hash, hash"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One change: who, in which role, did what, when, why; `detail` is canonical JSON with from → to."""

    event_number: int
    recorded_at: datetime
    actor: str
    role: str
    action: str
    reason: str
    detail: str
    previous_hash: str
    hash: str

    def calculate_hash(self, district_id: str) -> str:
        """SHA-256 over everything in the event but the hash itself, as canonical JSON."""
        content = [
            district_id,
            self.event_number,
            self.recorded_at.isoformat(timespec="microseconds"),
            self.actor,
            self.role,
            self.action,
            self.reason,
            self.detail,
            self.previous_hash,
        ]
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces, everything unknown to JSON as its own text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def append_event(
    cursor: duckdb.DuckDBPyConnection,
    viewer: Viewer,
    action: str,
    reason: str,
    detail: dict[str, object],
    recorded_at: datetime,
) -> None:
    """Add the event to its district's chain, inside the transaction of the change it records."""
    last = cursor.execute(
        "SELECT event_number, hash FROM audit_event WHERE district_id = ? ORDER BY event_number DESC LIMIT 1",
        [viewer.district_id],
    ).fetchone()
    number, previous = last or (0, "")
    role, text = viewer.role.value, canonical_json(detail)
    event = AuditEvent(number + 1, recorded_at, viewer.actor, role, action, reason, text, previous, "")
    fields = [event.event_number, recorded_at, viewer.actor, role, action, reason, text, previous]
    cursor.execute(
        f"INSERT INTO audit_event (district_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [viewer.district_id, *fields, event.calculate_hash(viewer.district_id)],
    )


def list_events(store: "Store", viewer: Viewer, limit: int = 1_000) -> tuple[AuditEvent, ...]:
    """The district's latest events, newest first. Errors: NotPermitted unless the role reads the trail."""
    viewer.check_may(Action.READ_AUDIT)
    rows = store.read(
        viewer,
        f"SELECT {_COLUMNS} FROM audit_event WHERE district_id = $district_id ORDER BY event_number DESC LIMIT $limit",
        limit=limit,
    )
    return tuple(AuditEvent(*row) for row in rows)


def load_head(store: "Reader", viewer: Viewer) -> tuple[int, str]:
    """The number and the hash of the district's last event: written down elsewhere, it proves the trail until then."""
    rows = store.read(
        viewer,
        "SELECT event_number, hash FROM audit_event WHERE district_id = $district_id "
        "ORDER BY event_number DESC LIMIT 1",
    )
    return rows[0] if rows else (0, "")


def find_events(
    store: "Store",
    viewer: Viewer,
    action: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
    words: str = "",
) -> tuple[AuditEvent, ...]:
    """The district's events that fit every condition given, newest first; `until` is the last day that counts.

    `words` are looked for in the reason and in what changed. Errors: NotPermitted unless the role reads the trail.
    """
    viewer.check_may(Action.READ_AUDIT)
    rows = store.read(
        viewer,
        f"SELECT {_COLUMNS} FROM audit_event WHERE district_id = $district_id "
        "AND ($action = '' OR action = $action) AND ($actor = '' OR lower(actor) = lower($actor)) "
        "AND ($since::DATE IS NULL OR recorded_at >= $since::DATE) "
        "AND ($until::DATE IS NULL OR recorded_at < $until::DATE + 1) "
        "AND ($words = '' OR contains(lower(reason || ' ' || detail), lower($words))) ORDER BY event_number DESC",
        action=action,
        actor=actor,
        since=since,
        until=until,
        words=words,
    )
    return tuple(AuditEvent(*row) for row in rows)


def list_changes_of(event: AuditEvent) -> list[tuple[str, str, str]]:
    """What an event changed: the place of each value, what it was and what it became; other details as became.

    Of what was added or deleted every filled value is one; amounts are in dollars. Fingerprints are left out: they say
    nothing to a person.
    """
    try:
        detail = json.loads(event.detail)
    except json.JSONDecodeError:
        detail = None
    if not isinstance(detail, dict):  # changed behind the store's back: `check` names the event
        return [("not readable any more", "", "")]
    detail.pop("sealed", None)
    return list(_walk_changes("", detail))


def _walk_changes(place: str, value: object) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, dict) and value.keys() == {"from", "to"}:
        before, after = value["from"], value["to"]
        if isinstance(before, dict | None) and isinstance(after, dict | None) and (before or after):
            old, new = before or {}, after or {}
            is_row = before is None or after is None  # added or deleted whole: what is empty in it says nothing
            for name in dict.fromkeys((*old, *new)):
                was, now = old.get(name), new.get(name)
                if was != now and not (is_row and {canonical_json(was), canonical_json(now)} <= _EMPTY):
                    yield from _walk_changes(_join(place, name), {"from": was, "to": now})
        else:
            yield _name(place), _show(place, before), _show(place, after)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _walk_changes(_join(place, name), part)
    else:
        yield _name(place), "", _show(place, value)


def _join(place: str, name: str) -> str:
    return f"{place} › {name}" if place else name


def _name(place: str) -> str:
    return place.removesuffix(_CENTS)


def _show(place: str, value: object) -> str:
    """A value as a person reads it: cents as dollars, a list as its members, everything else as it is stored."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and place.endswith(_CENTS):
        return f"{Decimal(value).scaleb(-2):.2f}"
    if isinstance(value, list):
        return ", ".join(_show("", member) for member in value if member is not None)
    if isinstance(value, dict):
        return " ".join(_show(name, member) for name, member in value.items() if member is not None)
    return value if isinstance(value, str) else canonical_json(value)


def verify_chain(store: "Reader", viewer: Viewer) -> tuple[Finding, ...]:
    """Walk the district's whole chain and name every row that was changed, removed or put in later.

    Also compares each plan snapshot with the fingerprint its event recorded.
    """
    rows = store.read(
        viewer, f"SELECT {_COLUMNS} FROM audit_event WHERE district_id = $district_id ORDER BY event_number"
    )
    events = [AuditEvent(*row) for row in rows]
    findings = _check_links(events, viewer.district_id)
    last, revision = events[-1].event_number if events else 0, store.revision(viewer.district_id)
    if last != revision and viewer.district_id != WHOLE_STORE:
        findings.append(AUDIT_END_MISSING.at(found=last, expected=revision, district=viewer.district_id))
    return tuple(findings + _check_snapshots(store, viewer, events))


def _check_links(events: list[AuditEvent], district_id: str) -> list[Finding]:
    findings: list[Finding] = []
    previous_number, previous_hash = 0, ""
    for event in events:
        if event.calculate_hash(district_id) != event.hash:
            findings.append(AUDIT_ROW_CHANGED.at(found=event.event_number, district=district_id))
        elif (event.event_number, event.previous_hash) != (previous_number + 1, previous_hash):
            findings.append(AUDIT_CHAIN_BROKEN.at(found=event.event_number, district=district_id))
        previous_number, previous_hash = event.event_number, event.hash
    return findings


def _check_snapshots(store: "Reader", viewer: Viewer, events: list[AuditEvent]) -> list[Finding]:
    whole = [event for event in events if event.calculate_hash(viewer.district_id) == event.hash]
    details = [json.loads(event.detail) for event in whole if event.action == Action.SAVE_PLAN]
    recorded = {detail["number"]: detail["snapshot_sha256"] for detail in details}
    rows = store.read(
        viewer, "SELECT revision_number, sha256(snapshot) FROM plan_revision WHERE district_id = $district_id"
    )
    stored: dict[int, str] = dict(rows)
    changed = sorted(number for number, digest in recorded.items() if stored.get(number) != digest)
    return [PLAN_SNAPSHOT_CHANGED.at(found=number, district=viewer.district_id) for number in changed]
