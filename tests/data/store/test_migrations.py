from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from data.store.database import Store
from data.store.migrations import SCHEMA_DIRECTORY, migrate
from planning.errors import StoreNewer

NOON = datetime(2026, 12, 8, 12)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE one (district_id VARCHAR); INSERT INTO one VALUES ('a');")
    (tmp_path / "0002_second.sql").write_text("ALTER TABLE one ADD COLUMN name VARCHAR;")
    return tmp_path


def test_migrations_are_applied_in_order_each_with_its_record(scripts: Path) -> None:
    with duckdb.connect() as connection:
        assert migrate(connection, NOON, "test", scripts) == 2
        records = connection.execute("SELECT * FROM schema_migration ORDER BY migration_number").fetchall()
        assert records == [(1, "0001_first", NOON), (2, "0002_second", NOON)]
        assert connection.execute("SELECT * FROM one").fetchall() == [("a", None)]


def test_a_migrated_store_is_left_as_it_is(scripts: Path) -> None:
    with duckdb.connect() as connection:
        migrate(connection, NOON, "test", scripts)
        assert migrate(connection, NOON, "test", scripts) == 0


def test_only_what_is_missing_is_applied(scripts: Path) -> None:
    with duckdb.connect() as connection:
        migrate(connection, NOON, "test", scripts)
        (scripts / "0003_third.sql").write_text("CREATE TABLE three (district_id VARCHAR);")
        assert migrate(connection, NOON, "test", scripts) == 1


def test_a_migration_that_fails_half_way_leaves_nothing_of_itself(scripts: Path) -> None:
    (scripts / "0003_broken.sql").write_text("CREATE TABLE three (district_id VARCHAR); SELECT no_such_thing;")
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.Error):
            migrate(connection, NOON, "test", scripts)
        tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
        assert tables == [("one",), ("schema_migration",)]
        assert connection.execute("SELECT count(*) FROM schema_migration").fetchall() == [(2,)]


def test_a_migration_this_program_does_not_know_is_refused(scripts: Path) -> None:
    with duckdb.connect() as connection:
        migrate(connection, NOON, "test", scripts)
        (scripts / "0002_second.sql").unlink()
        with pytest.raises(StoreNewer, match=r"The store test was written by a newer Techplan"):
            migrate(connection, NOON, "test", scripts)


def test_a_new_store_has_every_migration_of_this_program(store: Store) -> None:
    with store.cursor() as cursor:
        names = cursor.execute("SELECT name FROM schema_migration ORDER BY migration_number").fetchall()
    assert [name for (name,) in names] == [path.stem for path in sorted(SCHEMA_DIRECTORY.glob("*.sql"))]
