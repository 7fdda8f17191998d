"""The store's file written anew, without what was deleted: the engine only marks deleted rows as free space."""

from data.store.copies import copy_out, read_fingerprints
from data.store.database import Store, use_alone
from data.store.identifiers import make_identifier
from planning.errors import StoreDamaged


def rewrite_store(store: Store) -> None:
    """Put a fresh copy of the store in the place of its file; others read meanwhile, and wait with writing.

    About 7 s for three million rows. The former file is deleted, not wiped: that is up to the disk's own encryption.
    """
    if store.path is None:
        return
    store.check_free_space(store.path.stat().st_size * 2)
    store.backup_directory.mkdir(parents=True, exist_ok=True)
    fresh = store.backup_directory / f"{make_identifier(store.clock())}.partial"
    try:
        with store.only_writer():
            with store.cursor() as cursor:
                fingerprints = copy_out(cursor, fresh)
            if read_fingerprints(fresh) != fingerprints:
                raise StoreDamaged(
                    "The store could not be written anew.", "Free some space, then remove the file again."
                )
            with use_alone(store.path):
                fresh.replace(store.path)
                store.path.with_name(f"{store.path.name}.wal").unlink(missing_ok=True)
    finally:
        fresh.unlink(missing_ok=True)
