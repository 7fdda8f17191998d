"""A copy of the store made while it is used, proved by reading it back, and the way home from one."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.store.audit import WHOLE_STORE
from data.store.database import Change, Store
from data.store.driver_errors import translate_error
from data.store.identifiers import make_identifier
from data.store.viewer import Viewer
from planning.errors import InputRefused, StoreDamaged, StoreNewer
from planning.permissions import Action

# How many rows each table has, and a fingerprint of all of them that no order changes.
Fingerprints = dict[str, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy."""

    path: Path
    size_bytes: int
    rows: int


def back_up(store: Store, viewer: Viewer, path: Path, reason: str = "") -> Backup:
    """Copy the whole store to a new file while others read and write; the copy is read back and compared first.

    The engine may write only into the store's backup directory, so the copy is made there and then moved.
    """
    viewer.check_may(Action.BACK_UP)
    if path.exists():
        raise InputRefused(f"{path.name} is already there.", "Choose another name; backups are never overwritten.")
    store.check_free_space(_size_of(store.path) * 2)
    store.backup_directory.mkdir(parents=True, exist_ok=True)
    partial = store.backup_directory / f"{make_identifier(store.clock())}.partial"
    try:
        fingerprints = _copy_out(store, partial)
        if read_fingerprints(partial) != fingerprints:
            raise StoreDamaged("The copy does not hold what the store holds.", "Try again, on another disk if need be.")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    backup = Backup(path, path.stat().st_size, sum(rows for rows, _ in fingerprints.values()))
    _record(store, viewer, backup, reason)
    return backup


def restore(path: Path, store_path: Path) -> Path | None:
    """Put a backup in the place of the store and answer where the former store now is (None where there was none).

    The backup is read whole first: a damaged one is refused and the store stays. The former store is kept beside it.
    """
    if not path.is_file():
        raise InputRefused(f"There is no backup {path.name}.", "Give the file that the backup command wrote.")
    read_fingerprints(path)
    _check_not_held(store_path)
    arriving = store_path.with_name(f"{store_path.name}.restoring")
    store_path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, arriving)
    former = _set_aside(store_path)
    arriving.replace(store_path)
    return former


def read_fingerprints(path: Path) -> Fingerprints:
    """Read every row of a store file without changing it. Errors: StoreDamaged where it is no whole store."""
    try:
        with duckdb.connect(str(path), read_only=True, config={"python_enable_replacements": False}) as connection:
            fingerprints = _calculate_fingerprints(connection)
    except duckdb.Error as error:
        raise translate_error(error, path) or error from error
    if "schema_migration" not in fingerprints:
        raise StoreDamaged(f"The file {path.name} is not a Techplan store.", "Choose another file.")
    return fingerprints


def _copy_out(store: Store, partial: Path) -> Fingerprints:
    quoted = str(partial).replace("'", "''")
    with store.cursor() as cursor:
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


def _calculate_fingerprints(connection: duckdb.DuckDBPyConnection) -> Fingerprints:
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY table_name"
    ).fetchall()
    return {name: _calculate_fingerprint(connection, name) for (name,) in tables}


def _calculate_fingerprint(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int | None]:
    [fingerprint] = connection.execute(f'SELECT count(*), bit_xor(hash(one)) FROM "{table}" AS one').fetchall()
    return fingerprint


def _record(store: Store, viewer: Viewer, backup: Backup, reason: str) -> None:
    def work(change: Change) -> None:
        change.detail |= {"file_name": backup.path.name, "size_bytes": backup.size_bytes, "rows": backup.rows}

    store.write(viewer.at_district(WHOLE_STORE), Action.BACK_UP, reason, work)


def _check_not_held(store_path: Path) -> None:
    """A store that is open elsewhere must not be swapped under its user; a damaged one is what restoring is for."""
    if not store_path.exists():
        return
    store = Store(store_path)
    with suppress(StoreDamaged, StoreNewer):
        store.revision(WHOLE_STORE)
    store.close()


def _set_aside(store_path: Path) -> Path | None:
    if not store_path.exists():
        return None
    number = 1
    while (former := store_path.with_name(f"{store_path.name}.before-restore-{number}")).exists():
        number += 1
    store_path.rename(former)
    log = store_path.with_name(f"{store_path.name}.wal")
    if log.exists():
        log.rename(former.with_name(f"{former.name}.wal"))
    return former


def _size_of(path: Path | None) -> int:
    return path.stat().st_size if path and path.exists() else 0
