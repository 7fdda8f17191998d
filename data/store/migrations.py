"""Brings a store to the schema this program knows: `schema/*.sql` in order, each with its record in one transaction."""

from datetime import datetime
from pathlib import Path

import duckdb

from data.store.driver_errors import damaged_store
from planning.errors import StoreNewer

SCHEMA_DIRECTORY = Path(__file__).parent / "schema"
_CREATE_RECORD = """
    CREATE TABLE schema_migration (
        migration_number INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL
    )
"""


def migrate(cursor: duckdb.DuckDBPyConnection, now: datetime, name: str, directory: Path = SCHEMA_DIRECTORY) -> int:
    """Apply what is missing and answer how many migrations that was.

    Errors: StoreNewer where the store knows a migration this program does not, StoreDamaged where the file holds
    tables that are not ours.
    """
    missing = list_missing(cursor, name, directory)
    known = list_known_migrations(directory)
    for number in missing:
        _apply(cursor, number, known[number], now)
    return len(missing)


def list_missing(cursor: duckdb.DuckDBPyConnection, name: str, directory: Path = SCHEMA_DIRECTORY) -> list[int]:
    """The numbers of the migrations that the store lacks; errors as in `migrate`."""
    known = list_known_migrations(directory)
    applied = _applied_migrations(cursor, name)
    if applied - known.keys():
        raise StoreNewer(f"The store {name} was written by a newer Techplan.", "Update Techplan, then open it again.")
    return sorted(known.keys() - applied)


def load_schema_number(cursor: duckdb.DuckDBPyConnection) -> int:
    """The highest migration the store has; 0 where it is new."""
    tables = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "schema_migration" not in tables:
        return 0
    [(number,)] = cursor.execute("SELECT coalesce(max(migration_number), 0) FROM schema_migration").fetchall()
    return number


def list_known_migrations(directory: Path = SCHEMA_DIRECTORY) -> dict[int, Path]:
    return {int(path.name.split("_")[0]): path for path in sorted(directory.glob("*.sql"))}


def _applied_migrations(cursor: duckdb.DuckDBPyConnection, name: str) -> set[int]:
    tables = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return set()
    if "schema_migration" not in tables:
        raise damaged_store(name)
    return {row[0] for row in cursor.execute("SELECT migration_number FROM schema_migration").fetchall()}


def _apply(cursor: duckdb.DuckDBPyConnection, number: int, script: Path, now: datetime) -> None:
    cursor.execute("BEGIN TRANSACTION")
    try:
        if number == 1:
            cursor.execute(_CREATE_RECORD)
        cursor.execute(script.read_text(encoding="utf-8"))
        cursor.execute("INSERT INTO schema_migration VALUES (?, ?, ?)", [number, script.stem, now])
        cursor.execute("COMMIT")
    except duckdb.Error:
        cursor.execute("ROLLBACK")
        raise
