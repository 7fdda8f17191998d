import random

import pytest

from data.store.audit import WHOLE_STORE, list_events, verify_chain
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
