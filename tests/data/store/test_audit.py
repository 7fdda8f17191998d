import json
import random
from datetime import datetime

import pytest

from data.store.audit import WHOLE_STORE, AuditEvent, list_changes_of, list_events, verify_chain
from data.store.database import Store
from data.store.districts import create_district
from data.store.plans import save_plan
from data.store.viewer import Viewer
from planning.model import District, Plan


def fill(store: Store, viewer: Viewer) -> None:
    for name in ("Harlow", "Harlow Ridge", "Harlow Ridge School District"):
        district = District(district_id="harlow", name=name, first_fiscal_year="FY2026-27")
        save_plan(store, viewer, Plan(district=district), reason=f"name it {name}")


def tamper(store: Store, sql: str) -> None:
    with store.cursor() as cursor:
        cursor.execute(sql)


def codes(store: Store, viewer: Viewer) -> list[tuple[str, str]]:
    return [(finding.code, finding.found) for finding in verify_chain(store, viewer)]


def test_a_whole_chain_has_no_findings(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    assert [event.event_number for event in list_events(store, viewer)] == [4, 3, 2, 1]
    assert [event.event_number for event in list_events(store, viewer, limit=2)] == [4, 3]
    assert codes(store, viewer) == []


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'Someone'", "role = 'viewer'", "action = 'read'", "reason = 'none'", "detail = '{'",
        "recorded_at = recorded_at + INTERVAL 1 MICROSECOND", "previous_hash = ''", "hash = 'x'",
    ],
)  # fmt: skip
def test_a_changed_row_is_named(store: Store, viewer: Viewer, change: str) -> None:
    fill(store, viewer)
    tamper(store, f"UPDATE audit_event SET {change} WHERE event_number = 3")
    found = codes(store, viewer)
    assert found[0] == ("audit_row_changed", "3")
    message = verify_chain(store, viewer)[0].message
    assert message.startswith("Audit event 3 of district harlow does not match its own hash")


def test_a_row_changed_with_its_hash_breaks_the_chain_after_it(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    tamper(store, "UPDATE audit_event SET reason = 'forged' WHERE event_number = 2")
    forged = list_events(store, viewer)[2].calculate_hash("harlow")
    tamper(store, f"UPDATE audit_event SET hash = '{forged}' WHERE event_number = 2")
    assert codes(store, viewer) == [("audit_chain_broken", "3")]


def test_a_removed_row_breaks_the_chain(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    tamper(store, "DELETE FROM audit_event WHERE event_number = 2")
    assert codes(store, viewer) == [("audit_chain_broken", "3")]


def test_removed_last_rows_are_missed(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    tamper(store, "DELETE FROM audit_event WHERE event_number > 2")
    [finding] = verify_chain(store, viewer)
    assert finding.code == "audit_end_missing"
    assert finding.message == "The audit trail of district harlow ends at event 2, but the district has seen 4 changes."


def test_a_row_moved_from_another_district_is_named(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    create_district(store, viewer, "dayton")
    tamper(store, "DELETE FROM audit_event WHERE district_id = 'harlow' AND event_number = 1")
    tamper(store, "UPDATE audit_event SET district_id = 'harlow' WHERE district_id = 'dayton'")
    assert ("audit_row_changed", "1") in codes(store, viewer)


def test_a_changed_plan_snapshot_is_named(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    tamper(store, "UPDATE plan_revision SET snapshot = replace(snapshot, 'Ridge', 'Hill') WHERE revision_number = 2")
    assert codes(store, viewer) == [("plan_snapshot_changed", "2")]


def test_a_removed_plan_snapshot_is_named(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    tamper(store, "DELETE FROM plan_revision WHERE revision_number = 1")
    [finding] = verify_chain(store, viewer)
    assert finding.message == "Revision 1 of the plan of district harlow is not the one that was saved."


def make_event(detail: str) -> AuditEvent:
    return AuditEvent(1, datetime(2026, 12, 8), "Dana", "admin", "save_plan", "", detail, "", "")


def test_what_changed_is_told_value_by_value_in_dollars_and_in_order() -> None:
    row = {"source_id": "levy", "amount_cents": 710_400, "note": "", "sites": ["Aspen", "Mesa"], "by_year": []}
    changed = {"quantity": {"from": "0", "to": "1250"}, "included": {"from": False, "to": True}}
    detail = {
        "changes": {"commitments": {"a": {"from": None, "to": row}, "b": {"from": row, "to": None}}, "c": changed}
    }
    assert list_changes_of(make_event(json.dumps(detail))) == [
        ("changes › commitments › a › source_id", "", "levy"),
        ("changes › commitments › a › amount", "", "7104.00"),
        ("changes › commitments › a › sites", "", "Aspen, Mesa"),
        ("changes › commitments › b › source_id", "levy", ""),
        ("changes › commitments › b › amount", "7104.00", ""),
        ("changes › commitments › b › sites", "Aspen, Mesa", ""),
        ("changes › c › quantity", "0", "1250"),
        ("changes › c › included", "false", "true"),
    ]


@pytest.mark.parametrize("detail", ["{", "7", "null", ""])
def test_an_event_that_was_made_unreadable_can_still_be_listed(detail: str) -> None:
    assert list_changes_of(make_event(detail)) == [("not readable any more", "", "")]


def test_a_store_without_events_verifies(store: Store, viewer: Viewer) -> None:
    assert verify_chain(store, viewer.at_district(WHOLE_STORE)) == ()


def test_any_one_changed_byte_of_any_detail_is_named(store: Store, viewer: Viewer) -> None:
    fill(store, viewer)
    events, chance = list_events(store, viewer), random.Random(0)
    for event in chance.choices(events, k=200):
        at = chance.randrange(len(event.detail))
        flipped = chr(ord(event.detail[at]) ^ chance.randrange(1, 128))
        changed = event.detail[:at] + flipped + event.detail[at + 1 :]
        with store.cursor() as cursor:
            change = "UPDATE audit_event SET detail = ? WHERE event_number = ?"
            cursor.execute(change, [changed, event.event_number])
            assert ("audit_row_changed", str(event.event_number)) in codes(store, viewer)
            cursor.execute(change, [event.detail, event.event_number])
    assert codes(store, viewer) == []
