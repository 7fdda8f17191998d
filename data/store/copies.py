"""A whole store copied by the engine into a new file, and the fingerprints that prove two stores equal."""

import time
from contextlib import suppress
from pathlib import Path

import duckdb

from data.store.driver_errors import translate_error
from planning.errors import StoreDamaged

LONGEST_WAIT_SECONDS = 300.0
# How many rows each table has, and a fingerprint of all of them that no order changes.
Fingerprints = dict[str, tuple[int, int | None]]


def copy_out(cursor: duckdb.DuckDBPyConnection, target: Path) -> Fingerprints:
    """Copy everything the cursor's store holds at one moment to a file that is not there yet, while others write."""
    quoted = str(target).replace("'", "''")
    cursor.execute(f"ATTACH '{quoted}' AS backup_copy")
    try:
        cursor.execute("BEGIN TRANSACTION")  # the copy and its fingerprints are of the same moment
        [(database,)] = cursor.execute("SELECT current_database()").fetchall()
        cursor.execute(f'COPY FROM DATABASE "{database}" TO backup_copy')
        fingerprints = _calculate_fingerprints(cursor)
        cursor.execute("COMMIT")
    finally:
        with suppress(duckdb.Error):  # already over, or rolled back by the error that is on its way
            cursor.execute("ROLLBACK")
        cursor.execute("DETACH backup_copy")
    return fingerprints


def read_fingerprints(path: Path) -> Fingerprints:
    """Read every row of a store file without changing it. Errors: StoreDamaged where it is no whole store."""
    try:
        with _connect_when_let_go(path) as connection:
            fingerprints = _calculate_fingerprints(connection)
    except duckdb.Error as error:
        raise translate_error(error, path) or error from error
    if "schema_migration" not in fingerprints:
        raise StoreDamaged(f"The file {path.name} is not a Techplan store.", "Choose another file.")
    return fingerprints


def _connect_when_let_go(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file; a write that began while it was being copied keeps it attached until that write is over."""
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while True:
        try:
            return duckdb.connect(str(path), read_only=True, config={"python_enable_replacements": False})
        except duckdb.Error as error:
            if "unique file handle conflict" not in str(error).lower() or time.monotonic() > end:
                raise
        time.sleep(0.05)


def _calculate_fingerprints(connection: duckdb.DuckDBPyConnection) -> Fingerprints:
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY table_name"
    ).fetchall()
    return {name: _calculate_fingerprint(connection, name) for (name,) in tables}


def _calculate_fingerprint(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int | None]:
    [fingerprint] = connection.execute(f'SELECT count(*), bit_xor(hash(one)) FROM "{table}" AS one').fetchall()
    return fingerprint
