import itertools
from datetime import datetime
from pathlib import Path

import pytest

from data.store.audit import WHOLE_STORE, list_events, verify_chain
from data.store.backup import back_up, back_up_on_schedule, list_backups, restore, verify_backup
from data.store.budget_queries import list_measures
from data.store.budgets import publish_reading
from data.store.copies import read_fingerprints
from data.store.database import Store
from data.store.integrity import verify_district
from data.store.viewer import Viewer
from planning.backup_rotation import Rotation
from planning.errors import InputRefused, NotPermitted, StoreDamaged
from planning.permissions import Role
from tests.data.store.readings import make_reading, make_table
from tests.data.store.threads import repeating


@pytest.fixture
def filled(file_store: Store, viewer: Viewer) -> Store:
    lines = [({"fund_code": "10"}, {"D": float(number)}) for number in range(1_000)]
    publish_reading(file_store, viewer, make_reading(make_table(lines)))
    return file_store


def test_a_backup_holds_what_the_store_holds(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    backup = back_up(filled, viewer, tmp_path / "copies" / "monday.duckdb")
    copy = Store(backup.path)
    assert list_measures(copy, viewer) == list_measures(filled, viewer)
    assert list_events(copy, viewer) == list_events(filled, viewer)
    assert verify_chain(copy, viewer) == ()
    copy.close()
    assert backup.rows > 2_000
    assert list(filled.backup_directory.iterdir()) == []


def test_a_backup_is_recorded(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    back_up(filled, viewer, tmp_path / "monday.duckdb", "before the audit")
    [event] = list_events(filled, viewer.at_district(WHOLE_STORE))
    assert (event.action, event.reason) == ("back_up", "before the audit")
    assert verify_chain(filled, viewer.at_district(WHOLE_STORE)) == ()


def test_a_backup_is_of_one_moment_while_others_write(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    numbers = itertools.count(1)

    def write() -> None:
        publish_reading(filled, viewer, make_reading(sha256=f"{next(numbers):064d}"))

    with repeating(write):
        paths = [back_up(filled, viewer, tmp_path / f"{number}.duckdb").path for number in range(3)]
    for path in paths:
        copy = Store(path)
        assert verify_chain(copy, viewer) == ()
        copy.close()


def test_a_backup_never_overwrites(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    (tmp_path / "monday.duckdb").write_text("precious")
    with pytest.raises(InputRefused, match=r"monday\.duckdb is already there"):
        back_up(filled, viewer, tmp_path / "monday.duckdb")


def test_only_who_may_takes_a_backup(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted, match="role finance may not back up"):
        back_up(filled, Viewer("Kim", Role.FINANCE, "harlow"), tmp_path / "monday.duckdb")
    assert not (tmp_path / "monday.duckdb").exists()


def test_a_copy_that_differs_is_not_called_a_backup(
    filled: Store, viewer: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.backup.read_fingerprints", lambda path: {"district": (0, None)})
    with pytest.raises(StoreDamaged, match="does not hold what the store holds"):
        back_up(filled, viewer, tmp_path / "monday.duckdb")
    assert not (tmp_path / "monday.duckdb").exists()
    assert list(filled.backup_directory.iterdir()) == []


def test_restoring_brings_back_the_backup_and_keeps_the_former_store(
    filled: Store, viewer: Viewer, tmp_path: Path
) -> None:
    before = list_measures(filled, viewer)
    backup = back_up(filled, viewer, tmp_path / "monday.duckdb")
    publish_reading(filled, viewer, make_reading(sha256="b" * 64))
    filled.close()
    assert filled.path is not None
    former = restore(backup.path, filled.path)
    assert list_measures(filled, viewer) == before
    assert former is not None
    assert list_measures(Store(former), viewer) != before


def test_restoring_where_there_is_no_store_yet(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    backup = back_up(filled, viewer, tmp_path / "monday.duckdb")
    assert restore(backup.path, tmp_path / "new" / "store.duckdb") is None
    assert Store(tmp_path / "new" / "store.duckdb").revision("harlow") == 2


def test_restoring_over_a_damaged_store_is_what_it_is_for(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    backup = back_up(filled, viewer, tmp_path / "monday.duckdb")
    (tmp_path / "broken.duckdb").write_bytes(b"broken")
    assert restore(backup.path, tmp_path / "broken.duckdb") == tmp_path / "broken.duckdb.before-restore-1"
    assert Store(tmp_path / "broken.duckdb").revision("harlow") == 2


@pytest.mark.parametrize("kept_share", [0.0, 0.3, 0.9])
def test_a_damaged_backup_is_refused_and_the_store_stays(
    filled: Store, viewer: Viewer, tmp_path: Path, kept_share: float
) -> None:
    backup = back_up(filled, viewer, tmp_path / "monday.duckdb")
    content = backup.path.read_bytes()
    backup.path.write_bytes(content[: int(len(content) * kept_share)])
    with pytest.raises(StoreDamaged):
        restore(backup.path, filled.path or tmp_path)
    assert filled.revision("harlow") == 2


def test_a_missing_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"no backup monday\.duckdb"):
        restore(tmp_path / "monday.duckdb", tmp_path / "store.duckdb")


def test_the_fingerprint_notices_one_changed_cent(filled: Store) -> None:
    filled.close()
    assert filled.path is not None
    before = read_fingerprints(filled.path)
    with filled.cursor() as cursor:
        cursor.execute("UPDATE budget_amount SET amount = amount + 0.01 WHERE row_id = 500")
    filled.close()
    after = read_fingerprints(filled.path)
    assert [table for table in before if before[table] != after[table]] == ["budget_amount"]


def test_a_backup_is_listed_with_its_fingerprint_and_verifies(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    made = back_up(filled, viewer, tmp_path / "monday.duckdb")
    [listed] = list_backups(filled, viewer)
    assert (listed, listed.is_there, listed.occasion) == (made, True, "asked")
    verify_backup(listed)
    content = bytearray(made.path.read_bytes())
    content[-5] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        verify_backup(listed)
    made.path.unlink()
    with pytest.raises(InputRefused, match=r"monday\.duckdb is no longer there"):
        verify_backup(listed)


def test_scheduled_backups_rotate_and_those_asked_for_stay(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    asked = back_up(filled, viewer, tmp_path / "asked.duckdb")
    for day in range(1, 6):
        filled.clock = lambda day=day: datetime(2026, 12, day, 2)
        back_up_on_schedule(filled, viewer, tmp_path / "kept", Rotation(2, 0, 1))
    there = [one.path.name for one in list_backups(filled, viewer) if one.is_there and one != asked]
    assert there == ["district-20261205T020000Z.duckdb", "district-20261204T020000Z.duckdb"]
    assert asked.is_there
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == sorted(there)
    assert len(list_backups(filled, viewer)) == 6


def test_restoring_is_recorded_in_the_restored_store(filled: Store, viewer: Viewer, tmp_path: Path) -> None:
    backup = back_up(filled, viewer, tmp_path / "monday.duckdb")
    assert filled.path
    with pytest.raises(NotPermitted, match="role finance may not restore"):
        restore(backup.path, filled.path, Viewer("Kim", Role.FINANCE, "harlow"))
    restore(backup.path, filled.path, viewer, "disk failed")
    event = list_events(filled, viewer.at_district(WHOLE_STORE))[0]
    assert (event.action, event.reason) == ("restore", "disk failed")
    assert verify_district(filled, viewer.at_district(WHOLE_STORE)) == ()


def test_restoring_waits_for_readers_and_they_read_the_restored_store(
    filled: Store, viewer: Viewer, tmp_path: Path
) -> None:
    backup = back_up(filled, viewer, tmp_path / "monday.duckdb")
    publish_reading(filled, viewer, make_reading(sha256="b" * 64))
    assert filled.path
    seen = set()
    with repeating(lambda: seen.add(filled.revision("harlow")), threads=3):
        restore(backup.path, filled.path, viewer)
        assert filled.revision("harlow") == 2
    assert seen <= {2, 3}
