"""A large store is backed up while others write, and the restored copy is equal in counts, sums and audit heads."""

from pathlib import Path

import pytest

from data.store.backup import back_up, restore, verify_backup
from data.store.budgets import publish_reading
from data.store.copies import read_fingerprints
from data.store.database import Store
from data.store.districts import create_district
from data.store.drill import measure_store, run_restore_drill
from data.store.integrity import verify_district
from data.store.viewer import Viewer
from tests.data.store.large import fill_large_store
from tests.data.store.readings import make_reading
from tests.data.store.threads import repeating


def back_up_under_writes(store: Store, viewer: Viewer, folder: Path, amounts: int) -> None:
    fill_large_store(store, viewer, amounts)
    create_district(store, viewer, "dayton")
    before, written = measure_store(store), []

    def write() -> None:
        sha = f"{len(written):064d}"
        written.append(publish_reading(store, viewer.at_district("dayton"), make_reading(sha256=sha)).upload_id)

    with repeating(write):
        backup = back_up(store, viewer, folder / "large.duckdb")
    assert written, "nobody wrote while the backup was taken"
    verify_backup(backup)
    restore(backup.path, folder / "restored.duckdb")
    assert read_fingerprints(folder / "restored.duckdb") == read_fingerprints(backup.path)
    check_restored(Store(folder / "restored.duckdb"), viewer, before)
    assert run_restore_drill(store, viewer).is_passed


def check_restored(copy: Store, viewer: Viewer, before: dict[tuple[str, str], str]) -> None:
    """The district that nobody wrote to is the same to the last number, and the other one is whole."""
    restored = measure_store(copy)
    quiet = {key: value for key, value in before.items() if key[0] == viewer.district_id}
    assert len(quiet) > 40
    assert {key: value for key, value in restored.items() if key[0] == viewer.district_id} == quiet
    for district_id in (viewer.district_id, "dayton"):
        assert verify_district(copy, viewer.at_district(district_id)) == ()
    copy.close()


def test_a_store_of_40_000_amounts_is_backed_up_under_writes(file_store: Store, viewer: Viewer, tmp_path: Path) -> None:
    back_up_under_writes(file_store, viewer, tmp_path / "copies", 40_000)


@pytest.mark.rehearsal
def test_a_store_of_a_million_amounts_is_backed_up_under_writes(
    file_store: Store, viewer: Viewer, tmp_path: Path
) -> None:
    file_store.read_timeout_seconds = 300
    back_up_under_writes(file_store, viewer, tmp_path / "copies", 1_000_000)
