"""A copy of the store made while it is used, proved by reading it back, and the way home from one."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data.store.audit import WHOLE_STORE
from data.store.copies import copy_out, read_fingerprints
from data.store.database import Change, Store
from data.store.identifiers import make_identifier
from data.store.viewer import Viewer
from planning.errors import InputRefused, StoreDamaged, StoreNewer
from planning.permissions import Action


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
        with store.cursor() as cursor:
            fingerprints = copy_out(cursor, partial)
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
