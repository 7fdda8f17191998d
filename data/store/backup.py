"""Copies of the store made while it is used, proved by reading them back; which are kept; and the way home from one."""

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import duckdb

from data.store.audit import WHOLE_STORE
from data.store.copies import copy_out, read_fingerprints
from data.store.database import Change, Store, use_alone
from data.store.identifiers import make_identifier
from data.store.migrations import list_known_migrations, load_schema_number
from data.store.viewer import Viewer
from planning.backup_rotation import Rotation, list_kept
from planning.errors import InputRefused, StoreDamaged, StoreNewer
from planning.permissions import Action

_COLUMNS = "backup_id, path, occasion, size_bytes, row_count, fingerprint, taken_at, taken_by, verified_at, dropped_at"
_SCHEDULED_NAME = "{store}-{moment:%Y%m%dT%H%M%S}Z.duckdb"


class Occasion(StrEnum):
    """Why a backup was taken."""

    ASKED = "asked"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy; `rows` counts those of all its tables, `fingerprint` is the SHA-256 of its file."""

    backup_id: str
    path: Path
    occasion: str
    size_bytes: int
    rows: int
    fingerprint: str
    taken_at: datetime
    taken_by: str
    verified_at: datetime
    dropped_at: datetime | None = None

    @property
    def is_there(self) -> bool:
        """Whether its file is still where it was written."""
        return self.dropped_at is None and self.path.is_file()


def back_up(store: Store, viewer: Viewer, path: Path, reason: str = "", occasion: Occasion = Occasion.ASKED) -> Backup:
    """Copy the whole store to a new file while others read and write; the copy is read back and compared first."""
    viewer.check_may(Action.BACK_UP)
    if path.exists():
        raise InputRefused(f"{path.name} is already there.", "Choose another name; backups are never overwritten.")
    backup_id, taken_at = make_identifier(store.clock()), store.clock()
    rows = copy_store(store, path)
    size = path.stat().st_size
    backup = Backup(
        backup_id, path.resolve(), occasion, size, rows, _hash_file(path), taken_at, viewer.actor, store.clock()
    )
    _record(store, viewer, backup, reason)
    return backup


def copy_store(store: Store, path: Path) -> int:
    """Copy the store to a file that is not there yet, read the copy back, and answer how many rows it has.

    The engine may write only into the store's backup directory, so the copy is made there and then moved.
    """
    store.check_free_space(_size_of(store.path) * 2)
    store.backup_directory.mkdir(parents=True, exist_ok=True)
    partial = store.backup_directory / f"{make_identifier(store.clock())}.partial"
    try:
        with store.cursor() as cursor:
            fingerprints = copy_out(cursor, partial)
        if read_fingerprints(partial) != fingerprints:
            raise StoreDamaged("The copy does not hold what the store holds.", "Try again, on another disk if need be.")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return sum(rows for rows, _ in fingerprints.values())


def list_backups(store: Store, viewer: Viewer) -> tuple[Backup, ...]:
    """Every backup the store knows of, newest first; one restored knows those taken before it was."""
    rows = store.read(
        viewer.at_district(WHOLE_STORE),
        f"SELECT {_COLUMNS} FROM backup_copy WHERE district_id = $district_id ORDER BY taken_at DESC, backup_id DESC",
    )
    return tuple(Backup(row[0], Path(row[1]), *row[2:]) for row in rows)


def verify_backup(backup: Backup) -> None:
    """Read a backup whole again. Errors: InputRefused where it is gone, StoreDamaged where it is not what was taken."""
    if not backup.path.is_file():
        raise InputRefused(f"The backup {backup.path.name} is no longer there.", "Take another one.")
    read_fingerprints(backup.path)
    if _hash_file(backup.path) != backup.fingerprint:
        raise StoreDamaged(f"The backup {backup.path.name} is not what was written.", "Take another one.")


def back_up_on_schedule(store: Store, viewer: Viewer, folder: Path, rotation: Rotation) -> Backup:
    """Take a scheduled backup, then drop the scheduled ones that the rotation no longer keeps.

    While records are on hold none is dropped.
    """
    path = folder / _SCHEDULED_NAME.format(store=Path(store.name).stem, moment=store.clock())
    backup = back_up(store, viewer, path, "On schedule", Occasion.SCHEDULED)
    scheduled = [one for one in list_backups(store, viewer) if one.occasion == Occasion.SCHEDULED and one.is_there]
    kept = list_kept([one.taken_at for one in scheduled], rotation)
    surplus = [one for one in scheduled if one.taken_at not in kept]
    if surplus and not _is_anything_held(store):
        drop_backups(store, viewer, surplus, "The rotation keeps newer ones")
    return backup


def drop_backups(store: Store, viewer: Viewer, backups: list[Backup], reason: str) -> None:
    """Delete the files of backups; that they were there stays recorded."""

    def work(change: Change) -> None:
        for backup in backups:
            change.cursor.execute(
                "UPDATE backup_copy SET dropped_at = ? WHERE district_id = ? AND backup_id = ?",
                [change.recorded_at, WHOLE_STORE, backup.backup_id],
            )
        change.detail |= {"dropped": [backup.path.name for backup in backups]}

    store.write(viewer.at_district(WHOLE_STORE), Action.BACK_UP, reason, work)
    for backup in backups:
        backup.path.unlink(missing_ok=True)


def restore(path: Path, store_path: Path, viewer: Viewer | None = None, reason: str = "") -> Path | None:
    """Put a backup in the place of the store and answer where the former store now is (None where there was none).

    The backup is read whole first: a damaged one is refused and the store stays. The former store is kept beside it.
    `viewer` is recorded in the restored store, unless it is of another schema: opening it would bring it up to date.
    """
    if viewer:
        viewer.check_may(Action.RESTORE)
    if not path.is_file():
        raise InputRefused(f"There is no backup {path.name}.", "Give the file that the backup command wrote.")
    read_fingerprints(path)
    with use_alone(store_path):
        _check_not_held(store_path)
        arriving = store_path.with_name(f"{store_path.name}.restoring")
        store_path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, arriving)
        former = _set_aside(store_path)
        arriving.replace(store_path)
    if viewer and _load_schema(path) == max(list_known_migrations()):
        _record_restored(store_path, viewer, reason, path, former)
    return former


def _record(store: Store, viewer: Viewer, backup: Backup, reason: str) -> None:
    def work(change: Change) -> None:
        values = [
            WHOLE_STORE, backup.backup_id, str(backup.path), backup.occasion, backup.size_bytes, backup.rows,
            backup.fingerprint, backup.taken_at, backup.taken_by, backup.verified_at,
        ]  # fmt: skip
        change.cursor.execute(
            f"INSERT INTO backup_copy (district_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", values
        )
        change.detail |= {"file_name": backup.path.name, "size_bytes": backup.size_bytes, "rows": backup.rows}
        change.detail |= {"occasion": backup.occasion, "fingerprint": backup.fingerprint}

    store.write(viewer.at_district(WHOLE_STORE), Action.BACK_UP, reason, work)


def _record_restored(store_path: Path, viewer: Viewer, reason: str, path: Path, former: Path | None) -> None:
    def work(change: Change) -> None:
        change.detail |= {"from_backup": path.name, "former_store": former.name if former else None}

    store = Store(store_path)
    try:
        store.write(viewer.at_district(WHOLE_STORE), Action.RESTORE, reason, work)
    finally:
        store.close()


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load_schema(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True, config={"python_enable_replacements": False}) as connection:
        return load_schema_number(connection)


def _is_anything_held(store: Store) -> bool:
    with store.cursor() as cursor:
        return bool(cursor.execute("SELECT 1 FROM records_hold WHERE released_at IS NULL LIMIT 1").fetchall())


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
