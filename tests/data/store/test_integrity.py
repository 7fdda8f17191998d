"""Every changed, missing or smuggled row is found and named, and a sound store has no finding."""

import random

import duckdb
import pytest

from data.store import upgrade
from data.store.budgets import publish_reading, withdraw_upload
from data.store.database import Change, Store
from data.store.districts import create_district
from data.store.integrity import verify_district
from data.store.plans import save_plan
from data.store.seals import ROWS_IN_A_GROUP, SealedTables, load_sealed_tables
from data.store.viewer import Viewer
from planning.findings import Finding
from planning.model import District, Plan
from planning.permissions import Action
from tests.data.store.readings import make_reading, make_table, make_tie_out
from tests.data.store.tampering import one_changed_byte, verify_store

LINES = ROWS_IN_A_GROUP + 200
_AMOUNT_COLUMNS = (
    "SELECT DISTINCT column_names FROM content_seal WHERE district_id = $district_id AND table_name = 'budget_amount'"
)


@pytest.fixture
def filled(store: Store, viewer: Viewer) -> Store:
    """Two versions of a budget over two groups of rows, a withdrawn one, and two revisions of a plan."""
    lines = [({"fund_code": "10", "vendor": f"V{number % 7}"}, {"D": number + 0.25}) for number in range(LINES)]
    for sha in "abc":
        reading = make_reading(make_table(lines), sha256=sha * 64, tie_outs=(make_tie_out(),))
        published = publish_reading(store, viewer, reading)
    withdraw_upload(store, viewer, published.upload_id)
    for name in ("Harlow", "Harlow Ridge"):
        district = District(district_id="harlow", name=name, first_fiscal_year="FY2026-27")
        save_plan(store, viewer, Plan(district=district))
    return store


def tamper(store: Store, sql: str) -> None:
    with store.cursor() as cursor:
        cursor.execute(sql)


def found(store: Store, viewer: Viewer) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in verify_district(store, viewer)]


def only(findings: list[tuple[str, str]], code: str) -> str:
    [message] = [message for found_code, message in findings if found_code == code]
    return message


def test_a_sound_store_has_no_finding(filled: Store, viewer: Viewer) -> None:
    assert verify_store(filled, viewer) == []


def test_a_changed_amount_is_named_by_its_cell(filled: Store, viewer: Viewer) -> None:
    tamper(
        filled,
        f"UPDATE budget_amount SET amount = amount + 0.000001 WHERE row_id = {ROWS_IN_A_GROUP + 5} AND upload_id = "
        "(SELECT min(upload_id) FROM budget_upload WHERE version = 2)",
    )
    message = only(found(filled, viewer), "content_changed")
    assert message == (
        f"District harlow: Expenditure budget, version 2: General fund!D{ROWS_IN_A_GROUP + 9} is not what was stored."
    )


def test_a_changed_line_is_named_by_its_row(filled: Store, viewer: Viewer) -> None:
    tamper(filled, "UPDATE budget_row SET vendor = 'V9' WHERE row_id = 1")
    messages = sorted(message for _, message in found(filled, viewer))
    assert [message.split(": ", 1)[1] for message in messages] == [
        f"Expenditure budget, version {version}: General fund!row 5 is not what was stored." for version in (1, 2, 3)
    ]


def test_a_lost_line_is_counted(filled: Store, viewer: Viewer) -> None:
    tamper(filled, "DELETE FROM budget_tie_out WHERE upload_id = (SELECT min(upload_id) FROM budget_upload)")
    assert "of the budget tie out of upload" in only(found(filled, viewer), "content_missing")


def test_a_whole_group_lost_is_counted(filled: Store, viewer: Viewer) -> None:
    tamper(filled, f"DELETE FROM budget_amount WHERE row_id < {ROWS_IN_A_GROUP} AND upload_id IN "
           "(SELECT min(upload_id) FROM budget_upload)")  # fmt: skip
    assert f"{ROWS_IN_A_GROUP - 1} stored rows are gone" in only(found(filled, viewer), "content_missing")


def test_a_row_put_in_behind_the_back_is_named(filled: Store, viewer: Viewer) -> None:
    tamper(filled, "INSERT INTO records_hold VALUES ('harlow', 'h', '*', 'none', TIMESTAMP '2026-01-01', 'x', "
           "NULL, NULL, NULL)")  # fmt: skip
    message = only(found(filled, viewer), "content_not_recorded")
    assert message == ("District harlow: the table records hold holds rows that no event of the audit trail recorded.")


def test_a_changed_fingerprint_is_told_from_a_changed_row(filled: Store, viewer: Viewer) -> None:
    tamper(filled, "UPDATE content_seal SET row_digests = reverse(row_digests) WHERE table_name = 'budget_series'")
    tamper(filled, "UPDATE content_seal SET digest = 'x' WHERE table_name = 'district'")
    messages = [message for code, message in found(filled, viewer) if code == "content_seal_changed"]
    assert ["series" in message for message in messages] == [True, False]


def test_changed_columns_of_one_group_of_a_fingerprint_are_found(filled: Store, viewer: Viewer) -> None:
    tamper(
        filled, "UPDATE content_seal SET column_names = 'amount' WHERE table_name = 'budget_amount' AND group_no = 1"
    )
    assert {code for code, _ in found(filled, viewer)} == {"content_seal_changed"}


def test_fingerprints_of_an_earlier_techplan_with_the_scope_in_them_still_prove_their_rows(
    file_store: Store, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_as_before(cursor: duckdb.DuckDBPyConnection) -> SealedTables:
        tables = load_sealed_tables(cursor)
        return {name: table.only([*filter(None, [table.scope_column]), *table.types]) for name, table in tables.items()}

    with monkeypatch.context() as before:
        before.setattr(upgrade, "load_sealed_tables", load_as_before)
        publish_reading(file_store, viewer, make_reading(make_table([({"fund_code": "10"}, {"D": 5.0})])))
    file_store.close()
    [(columns,)] = file_store.read(viewer, _AMOUNT_COLUMNS)
    assert (columns.split(",")[0], found(file_store, viewer)) == ("upload_id", [])
    tamper(file_store, "UPDATE budget_amount SET amount = 6")
    assert [code for code, _ in found(file_store, viewer)][:1] == ["content_changed"]


def test_a_later_write_does_not_make_a_changed_row_good(filled: Store, viewer: Viewer) -> None:
    tamper(filled, "UPDATE budget_upload SET file_name = 'other.xlsx' WHERE version = 1")
    publish_reading(filled, viewer, make_reading(sha256="d" * 64))
    messages = [message for code, message in found(filled, viewer) if code == "content_changed"]
    assert any("the table budget upload, the row with upload_id" in message for message in messages)


def test_a_write_seals_every_table_it_touches_whichever_way_it_writes(filled: Store, viewer: Viewer) -> None:
    def work(change: Change) -> None:
        change.cursor.execute('update "district" set name = ?', ["Other"])
        change.cursor.executemany(
            "insert  into records_hold values (?, ?, '*', 'why', ?, 'Dana', NULL, NULL, NULL)",
            [["harlow", "1", change.recorded_at], ["harlow", "2", change.recorded_at]],
        )

    filled.write(viewer, Action.SET_HOLD, "", work)
    assert found(filled, viewer) == []
    filled.write(viewer, Action.SET_HOLD, "", lambda change: change.cursor.execute("DELETE FROM records_hold"))
    assert found(filled, viewer) == []


def test_districts_do_not_share_seals(filled: Store, viewer: Viewer) -> None:
    create_district(filled, viewer, "dayton")
    tamper(filled, "UPDATE district SET name = 'X' WHERE district_id = 'dayton'")
    assert found(filled, viewer) == []
    assert "District dayton" in only(found(filled, viewer.at_district("dayton")), "content_changed")


def change_bytes(store: Store, viewer: Viewer, changes: int) -> None:
    chance = random.Random(changes)
    for _ in range(changes):
        with one_changed_byte(store, chance) as what:
            findings: list[Finding] = verify_store(store, viewer)
            assert [finding for finding in findings if finding.severity == "error"], what
    assert verify_store(store, viewer) == []


def test_one_changed_byte_of_any_stored_value_is_found(filled: Store, viewer: Viewer) -> None:
    change_bytes(filled, viewer, 12)


@pytest.mark.rehearsal
def test_1000_changed_bytes_are_found_one_by_one(filled: Store, viewer: Viewer) -> None:
    change_bytes(filled, viewer, 1_000)
