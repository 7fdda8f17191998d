"""Every way a store cannot be used, provoked for real where a machine can be made to do it."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data.store.database import Store
from data.store.districts import create_district
from data.store.driver_errors import translate_error
from data.store.viewer import Viewer
from planning.errors import StoreBusy, StoreDamaged, StoreFull, StoreHeld, StoreNewer

HOLDER = """
import sys
from data.store.database import Store
store = Store(sys.argv[1])
store.revision("x")
print("open", flush=True)
sys.stdin.read()
"""
FILLER = """
import resource, sys
from data.store.database import Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from planning.errors import StoreFull
from planning.permissions import Action, Role
store, viewer = Store(sys.argv[1]), Viewer("Dana", Role.ADMIN, "harlow")
create_district(store, viewer, "harlow", "before")
store.close()
store.revision("harlow")
limits = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (store.path.stat().st_size, limits[1]))
try:
    fill = "CREATE TABLE large AS SELECT hash(range)::VARCHAR AS text, range AS district_id FROM range(1000000)"
    store.write(viewer, Action.SAVE_PLAN, "", lambda change: change.cursor.execute(fill) and None)
except StoreFull as full:
    print(full)
resource.setrlimit(resource.RLIMIT_FSIZE, limits)
rename = "UPDATE district SET name = 'after'"
store.write(viewer, Action.SAVE_PLAN, "", lambda change: change.cursor.execute(rename) and None)
print(store.read(viewer, "SELECT name, revision FROM district WHERE district_id = $district_id"))
"""


@pytest.fixture
def path(file_store: Store, viewer: Viewer) -> Path:
    create_district(file_store, viewer, "harlow")
    file_store.close()
    assert file_store.path is not None
    return file_store.path


def test_a_store_held_by_another_process_names_it(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreHeld) as held:
            Store(path).revision("harlow")
        holder.communicate("")
    assert held.value.message == f"Another program (process {holder.pid}) has the store district.duckdb open."
    assert "already running" in held.value.next_step
    assert Store(path).revision("harlow") == 1


@pytest.mark.parametrize("kept_share", [0.1, 0.5, 0.9])
def test_a_store_cut_short_is_damaged(path: Path, viewer: Viewer, kept_share: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept_share)])
    with pytest.raises(
        StoreDamaged, match=r"district\.duckdb is not a Techplan store, or it is damaged.*Restore a backup"
    ):
        Store(path).read(viewer, "SELECT * FROM audit_event WHERE district_id = $district_id")


@pytest.mark.parametrize("content", [b"", b"not a store at all", b"PK\x03\x04" + b"x" * 20_000])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"budget\.xlsx is not a Techplan store"):
        Store(path).revision("harlow")
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE theirs AS SELECT 1 AS one")
    with pytest.raises(StoreDamaged, match=r"other\.duckdb is not a Techplan store"):
        Store(path).revision("harlow")
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("theirs",)]


def test_a_store_of_a_newer_techplan_is_told_so(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO schema_migration VALUES (9999, '9999_future', '2030-01-01')")
    with pytest.raises(StoreNewer, match=r"district\.duckdb was written by a newer Techplan\. Update Techplan"):
        Store(path).revision("harlow")


@pytest.mark.parametrize("place", [12, 4_100, 8_200, 12_300])
def test_a_changed_byte_in_what_is_read_is_noticed(path: Path, viewer: Viewer, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)
    store = Store(path)
    with pytest.raises(StoreDamaged, match=r"district\.duckdb"):
        for table in ("district", "audit_event"):
            store.read(viewer, f"SELECT * FROM {table} WHERE district_id = $district_id")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_says_so_loses_nothing_and_the_store_works_on(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FILLER, str(tmp_path / "full.duckdb")], capture_output=True, text=True, check=True
    )
    full, after = answer.stdout.splitlines()
    assert full.startswith("There is no room on the disk for the store full.duckdb; nothing was changed.")
    assert after == "[('after', 2)]"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), StoreFull),
        (duckdb.OutOfMemoryException("failed to offload: max_temp_directory_size reached"), StoreFull),
        (duckdb.OutOfMemoryException("could not allocate block"), StoreBusy),
        (duckdb.InterruptException("INTERRUPT Error: Interrupted!"), StoreBusy),
        (duckdb.TransactionException("Conflict on tuple deletion!"), StoreBusy),
        (duckdb.FatalException("database has been invalidated"), StoreDamaged),
        (duckdb.IOException("The process cannot access the file: it is being used by another process."), StoreHeld),
        (duckdb.IOException("Trying to read a database file with version number 99"), StoreNewer),
    ],
)
def test_each_error_of_the_driver_becomes_one_of_ours(error: duckdb.Error, expected: type[Exception]) -> None:
    translated = translate_error(error, Path("district.duckdb"))
    assert type(translated) is expected
    assert translated is not None
    assert translated.next_step


def test_a_mistake_in_our_own_sql_stays_a_bug(store: Store) -> None:
    with pytest.raises(duckdb.BinderException), store.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM district")
