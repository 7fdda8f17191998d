import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from data.store.audit import list_events, verify_chain
from data.store.budgets import publish_reading, withdraw_upload
from data.store.database import Change, Store, _check_duckdb_version
from data.store.districts import create_district
from data.store.viewer import Viewer
from planning.errors import InputRefused, NotPermitted, StoreBusy, StoreError, StoreFull
from planning.permissions import Action, Role
from tests.data.store.readings import make_reading
from tests.data.store.threads import run_together


def rename(name: str) -> Callable[[Change], None]:
    def work(change: Change) -> None:
        change.cursor.execute("UPDATE district SET name = ? WHERE district_id = 'harlow'", [name])

    return work


def name_of(store: Store) -> str:
    with store.cursor() as cursor:
        [(name,)] = cursor.execute("SELECT name FROM district WHERE district_id = 'harlow'").fetchall()
    return name


@pytest.fixture
def harlow(store: Store, viewer: Viewer) -> Store:
    create_district(store, viewer, "harlow", "Harlow Ridge")
    return store


def test_a_write_does_its_work_records_it_and_raises_the_revision(harlow: Store, viewer: Viewer) -> None:
    harlow.write(viewer, Action.PUBLISH_BUDGET, "typing error", rename("Harlow"))
    event = list_events(harlow, viewer)[0]
    assert name_of(harlow) == "Harlow"
    assert (event.actor, event.action, event.reason) == ("Dana Whitfield", "publish_budget", "typing error")
    assert event.recorded_at == datetime(2026, 12, 8, 12)
    assert harlow.revision("harlow") == 2


def test_an_error_in_the_work_leaves_nothing_behind(harlow: Store, viewer: Viewer) -> None:
    def work(change: Change) -> None:
        change.cursor.execute("UPDATE district SET name = 'lost'")
        raise InputRefused("no")

    with pytest.raises(InputRefused):
        harlow.write(viewer, Action.PUBLISH_BUDGET, "", work)
    assert name_of(harlow) == "Harlow Ridge"
    assert len(list_events(harlow, viewer)) == 1
    assert harlow.revision("harlow") == 1


def test_a_statement_error_that_the_work_swallows_is_not_committed_as_nothing(harlow: Store, viewer: Viewer) -> None:
    def work(change: Change) -> None:
        change.cursor.execute("UPDATE district SET name = 'lost'")
        try:
            change.cursor.execute("SELECT error('swallowed')")
        except duckdb.Error:
            return

    with pytest.raises(duckdb.Error, match="aborted"):
        harlow.write(viewer, Action.PUBLISH_BUDGET, "", work)
    assert name_of(harlow) == "Harlow Ridge"
    assert len(list_events(harlow, viewer)) == 1


def test_an_interrupted_person_leaves_nothing_behind(harlow: Store, viewer: Viewer) -> None:
    def work(change: Change) -> None:
        change.cursor.execute("UPDATE district SET name = 'lost'")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        harlow.write(viewer, Action.PUBLISH_BUDGET, "", work)
    assert name_of(harlow) == "Harlow Ridge"
    harlow.write(viewer, Action.PUBLISH_BUDGET, "", rename("the lock is free again"))


def test_work_that_keeps_nothing_leaves_no_event(harlow: Store, viewer: Viewer) -> None:
    def work(change: Change) -> str:
        change.cursor.execute("UPDATE district SET name = 'lost'")
        change.keep_nothing()
        return "answer"

    assert harlow.write(viewer, Action.PUBLISH_BUDGET, "", work) == "answer"
    assert name_of(harlow) == "Harlow Ridge"
    assert harlow.revision("harlow") == 1


def test_a_district_without_its_guard_row_takes_no_write(harlow: Store, viewer: Viewer) -> None:
    with harlow.cursor() as cursor:
        cursor.execute("DELETE FROM write_guard WHERE scope = 'harlow'")
    with pytest.raises(InputRefused, match=r"no district 'harlow'.*--district"):
        harlow.write(viewer, Action.PUBLISH_BUDGET, "", rename("unguarded"))
    assert name_of(harlow) == "Harlow Ridge"


def test_a_guard_row_written_twice_takes_no_write(harlow: Store, viewer: Viewer) -> None:
    with harlow.cursor() as cursor:
        cursor.execute("INSERT INTO write_guard VALUES ('harlow', 0)")
    with pytest.raises(StoreError, match=r"2 write guards for 'harlow'.*Restore"):
        harlow.write(viewer, Action.PUBLISH_BUDGET, "", rename("twice guarded"))


def test_the_store_refuses_what_the_role_may_not_do(harlow: Store) -> None:
    cabinet = Viewer("Lee", Role.CABINET, "harlow")
    with pytest.raises(NotPermitted, match=r"role cabinet may not publish budget"):
        harlow.write(cabinet, Action.PUBLISH_BUDGET, "", rename("unseen"))
    assert name_of(harlow) == "Harlow Ridge"


def test_a_read_that_forgets_the_district_is_refused_by_the_engine(harlow: Store, viewer: Viewer) -> None:
    with pytest.raises(duckdb.Error, match="mismatch"):
        harlow.read(viewer, "SELECT count(*) FROM district")


def test_reading_needs_a_role_that_may_read(harlow: Store) -> None:
    stranger = Viewer("Nobody", "guest", "harlow")  # ty: ignore[invalid-argument-type]
    with pytest.raises(NotPermitted):
        harlow.read(stranger, "SELECT $district_id")


def test_threads_that_write_at_once_lose_and_double_nothing(file_store: Store, viewer: Viewer) -> None:
    create_district(file_store, viewer, "harlow")

    def count_up(change: Change) -> None:
        [(name,)] = change.cursor.execute("SELECT name FROM district").fetchall()
        change.cursor.execute("UPDATE district SET name = ?", [str(int(name) + 1)])

    file_store.write(viewer, Action.PUBLISH_BUDGET, "", rename("0"))
    run_together([lambda: [file_store.write(viewer, Action.PUBLISH_BUDGET, "", count_up) for _ in range(25)]] * 4)
    assert name_of(file_store) == "100"
    assert file_store.revision("harlow") == 102
    assert verify_chain(file_store, viewer) == ()


def test_threads_that_read_at_once_see_only_their_own_rows(harlow: Store, viewer: Viewer) -> None:
    wrong: list[object] = []

    def read(number: int) -> None:
        for _ in range(50):
            rows = harlow.read(viewer, "SELECT $number FROM range(100) WHERE $district_id <> ''", number=number)
            wrong.extend(row for row in rows if row != (number,))

    run_together([partial(read, number) for number in range(4)])
    assert wrong == []


def test_a_conflict_is_tried_again(harlow: Store, viewer: Viewer) -> None:
    attempts: list[int] = []

    def work(change: Change) -> None:
        attempts.append(1)
        change.cursor.execute("UPDATE district SET name = 'second try'")
        if len(attempts) == 1:
            with harlow.cursor() as rival:
                rival.execute("UPDATE district SET name = 'rival'")

    harlow.write(viewer, Action.PUBLISH_BUDGET, "", work)
    assert len(attempts) == 2
    assert name_of(harlow) == "second try"


def test_a_write_that_meets_conflicts_without_end_says_so(harlow: Store, viewer: Viewer) -> None:
    def work(change: Change) -> None:
        change.cursor.execute("UPDATE district SET name = 'mine'")
        with harlow.cursor() as rival:
            rival.execute("UPDATE district SET name = 'rival'")

    with pytest.raises(StoreBusy, match=r"Another change was being saved at the same moment\. Try again\."):
        harlow.write(viewer, Action.PUBLISH_BUDGET, "", work)


def test_a_write_waits_only_so_long_for_another(tmp_path: Path, viewer: Viewer) -> None:
    store = Store(tmp_path / "busy.duckdb", write_timeout_seconds=0.05)
    rival = Store(tmp_path / "busy.duckdb")
    with rival.only_writer(), pytest.raises(StoreBusy, match="still being saved"):
        create_district(store, viewer, "harlow")


def test_a_statement_that_takes_too_long_is_stopped(viewer: Viewer) -> None:
    store = Store(":memory:", read_timeout_seconds=0.05)
    with pytest.raises(StoreBusy, match="took too long"):
        store.read(viewer, "SELECT count(*) FROM range(100000000000) WHERE range::VARCHAR <> $district_id")
    assert store.revision("harlow") == 0


def test_the_engine_is_locked_down(file_store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    for statement in (
        f"SELECT * FROM '{tmp_path / 'secret.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}'",
        f"COPY district TO '{tmp_path / 'out.csv'}'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET allowed_directories = ['/']",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error), file_store.cursor() as cursor:
            cursor.execute(statement)


def test_python_variables_are_not_tables(file_store: Store) -> None:
    frame = [1]
    with pytest.raises(duckdb.CatalogException), file_store.cursor() as cursor:
        cursor.execute("SELECT * FROM frame")
    assert frame == [1]


def test_two_stores_of_one_file_in_one_process_agree(tmp_path: Path, viewer: Viewer) -> None:
    first, second = Store(tmp_path / "one.duckdb"), Store(tmp_path / "one.duckdb")
    create_district(first, viewer, "harlow")
    assert second.revision("harlow") == 1


def test_a_store_closed_opens_again_at_its_next_use(file_store: Store, viewer: Viewer) -> None:
    create_district(file_store, viewer, "harlow")
    file_store.close()
    assert file_store.revision("harlow") == 1


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "folder" / "store.duckdb")
    assert store.revision("harlow") == 0
    store.close()


def test_an_import_larger_than_the_disk_is_refused_before_it_starts(file_store: Store) -> None:
    file_store.check_free_space(1)
    with pytest.raises(StoreFull, match=r"no room on the disk for the store district\.duckdb.*Free some space"):
        file_store.check_free_space(10**18)


@pytest.mark.parametrize(("version", "refused"), [("1.5.5", True), ("1.5.6", False), ("2.0.0", False), ("1.4", True)])
def test_a_duckdb_that_can_lose_a_store_is_refused(version: str, refused: bool) -> None:
    if not refused:
        _check_duckdb_version(version)
        return
    with pytest.raises(StoreError, match=rf"DuckDB {version} can lose a store.*1\.5\.6 or newer"):
        _check_duckdb_version(version)


def test_a_process_that_ends_with_the_store_open_says_nothing(tmp_path: Path) -> None:
    program = (
        f"from data.store.database import Store; store = Store({str(tmp_path / 's.duckdb')!r}); store.revision('x')"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (answer.stdout, answer.stderr) == ("", "")


def test_a_store_whose_free_blocks_the_engine_cut_off_opens_again(tmp_path: Path, viewer: Viewer) -> None:
    """Versions that follow one another leave free blocks; closing cuts those at the end off the file."""
    path = tmp_path / "district.duckdb"
    for number in range(6):
        store = Store(path)
        published = publish_reading(store, viewer, make_reading(sha256=f"{number:064d}"))
        store.close()
    store = Store(path)
    withdraw_upload(store, viewer, published.upload_id, "a slip")
    store.close()
    assert store.revision("harlow") == 8
    store.close()
