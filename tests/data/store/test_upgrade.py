"""A store of every earlier schema is copied, brought up to date and sealed as it was found, with nothing lost."""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from data.store.audit import list_events
from data.store.backup import restore
from data.store.copies import read_fingerprints
from data.store.database import Store
from data.store.districts import create_district
from data.store.integrity import verify_district
from data.store.migrations import list_known_migrations, load_schema_number, migrate
from data.store.upgrade import list_upgrade_copies
from data.store.viewer import Viewer
from planning.errors import StoreNewer

NOON = datetime(2026, 12, 8, 12)
SCHEMAS = sorted(list_known_migrations())
FIRST_WITH_SEALS = 14  # from here on a row without the event that sealed it is a change behind the store's back
ROWS = {
    "write_guard": "('harlow', 0)",
    "district": "('harlow', 'Harlow Ridge', 0, TIMESTAMP '2026-01-01', 'Dana')",
    "budget_series": "('harlow', 's', 'Budget', TIMESTAMP '2026-01-01', 'Dana')",
    "budget_row": f"('harlow', 'u', 1, 1, 5, {', '.join(['chr(39)'] * 19)})",
    "budget_amount": "('harlow', 'u', 1, 1, 12.5, NULL)",
    "plan_revision": "('harlow', 'r', 1, NULL, '{}', 'x', 'Dana', 'first', TIMESTAMP '2026-01-01')",
}


def build_store(path: Path, schema: int, scripts: Path, rows: Mapping[str, str] = ROWS) -> dict[str, int]:
    """A store as an earlier Techplan left it, without one event; answers how many rows each table has."""
    scripts.mkdir()
    for number, script in list_known_migrations().items():
        if number <= schema:
            shutil.copy(script, scripts)
    with duckdb.connect(str(path)) as connection:
        migrate(connection, NOON, "test", scripts)
        there = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        for table in there & rows.keys():
            connection.execute(f"INSERT INTO {table} VALUES {rows[table]}")
        names = sorted(there - {"schema_migration", "audit_event", "content_seal"})
        return {name: len(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names}


@pytest.mark.parametrize("schema", [schema for schema in SCHEMAS[:-1] if schema < FIRST_WITH_SEALS])
def test_a_store_of_every_earlier_schema_is_upgraded_and_verifies(tmp_path: Path, viewer: Viewer, schema: int) -> None:
    counts = build_store(tmp_path / "old.duckdb", schema, tmp_path / "scripts")
    store = Store(tmp_path / "old.duckdb", clock=lambda: NOON)
    assert verify_district(store, viewer) == ()
    [event] = [event for event in list_events(store, viewer) if event.action == "upgrade_store"]
    detail = json.loads(event.detail)
    assert detail["schema"] == {"from": schema, "to": SCHEMAS[-1]}
    assert detail["copy_before"] == f"old-schema-{schema:04}-before-upgrade-20261208T120000Z.duckdb"
    with store.cursor() as cursor:
        for table, count in counts.items():
            assert len(cursor.execute(f"SELECT * FROM {table}").fetchall()) == count, table
    copy = read_fingerprints(store.backup_directory / detail["copy_before"])
    assert {name: rows for name, (rows, _) in copy.items() if name in counts} == counts
    store.close()


@pytest.mark.parametrize("schema", [schema for schema in SCHEMAS[:-1] if schema >= FIRST_WITH_SEALS])
def test_a_store_that_seals_already_is_upgraded_and_takes_writes(tmp_path: Path, viewer: Viewer, schema: int) -> None:
    build_store(tmp_path / "old.duckdb", schema, tmp_path / "scripts", rows={})
    store = Store(tmp_path / "old.duckdb", clock=lambda: NOON)
    create_district(store, viewer, viewer.district_id, "Harlow")
    assert verify_district(store, viewer) == ()
    with store.cursor() as cursor:
        assert load_schema_number(cursor) == SCHEMAS[-1]
    store.close()


def test_the_copy_is_the_way_back_to_the_former_schema(tmp_path: Path) -> None:
    build_store(tmp_path / "old.duckdb", 3, tmp_path / "scripts")
    store = Store(tmp_path / "old.duckdb", clock=lambda: NOON)
    assert store.revision("harlow") == 1
    store.close()
    [(schema, copy)] = list_upgrade_copies(store.name, store.backup_directory)
    restore(copy, tmp_path / "old.duckdb")
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        assert load_schema_number(connection) == schema == 3


def test_a_newer_store_names_the_copy_that_still_fits(tmp_path: Path) -> None:
    build_store(tmp_path / "old.duckdb", 3, tmp_path / "scripts")
    store = Store(tmp_path / "old.duckdb", clock=lambda: NOON)
    store.revision("harlow")
    with store.cursor() as cursor:
        cursor.execute("INSERT INTO schema_migration VALUES (9999, 'later', TIMESTAMP '2026-01-01')")
    store.close()
    with pytest.raises(StoreNewer, match="written by a newer Techplan") as caught:
        store.revision("harlow")
    [(_, copy)] = list_upgrade_copies(store.name, store.backup_directory)
    assert caught.value.next_step.endswith(f"restore {copy}")


def test_a_store_that_is_up_to_date_is_neither_copied_nor_sealed_again(file_store: Store, viewer: Viewer) -> None:
    assert file_store.revision("harlow") == 0
    file_store.close()
    assert file_store.revision("harlow") == 0
    assert not file_store.backup_directory.exists()


def test_what_was_changed_behind_the_back_is_not_sealed_by_an_upgrade(tmp_path: Path, viewer: Viewer) -> None:
    build_store(tmp_path / "old.duckdb", SCHEMAS[-1], tmp_path / "scripts")
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute("DELETE FROM schema_migration WHERE migration_number = 3; DROP TABLE plan_revision")
    store = Store(tmp_path / "old.duckdb", clock=lambda: NOON)
    codes = {finding.code for finding in verify_district(store, viewer)}
    assert codes == {"content_not_recorded"}  # rows no event ever recorded, in a store that had seals already
    store.close()
