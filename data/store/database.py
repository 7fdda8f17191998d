"""Opens the store and owns the one connection to it; `write()` is the only way to change anything.

One DuckDB connection a process, opened at first use; a cursor for every read or write, never shared between threads.
"""

import atexit
import os
import random
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import duckdb

from data.store.bulk_load import ENGINE_SETTINGS
from data.store.driver_errors import damaged_store, full_store, is_conflict, needs_reopening, translate_error
from data.store.file_use import find_use
from data.store.line_classes import restrict_lines
from data.store.seals import SealedTables
from data.store.upgrade import bring_up_to_date
from data.store.viewer import Viewer
from data.store.writing import Change, Result, roll_back, run_write
from planning.errors import StoreBusy, StoreError
from planning.permissions import Action

__all__ = ["Change", "Reader", "Store"]
OLDEST_DUCKDB = (1, 5, 6)
SMALLEST_FREE_BYTES = 20_000_000
_RETRY_WAITS_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4)


def utc_now() -> datetime:
    """The present moment as naive UTC, the only time the store keeps."""
    return datetime.now(UTC).replace(tzinfo=None)


class Reader(Protocol):
    """What answers questions: the store as it is now, or a snapshot of one moment."""

    def read(self, viewer: Viewer, sql: str, **parameters: object) -> list[tuple]: ...

    def revision(self, district_id: str) -> int: ...


@dataclass(frozen=True, slots=True)
class StoreSnapshot:
    """The store at one moment, however much is written meanwhile; for questions that must agree with each other."""

    cursor: duckdb.DuckDBPyConnection
    tables: SealedTables
    moment: datetime

    def read(self, viewer: Viewer, sql: str, **parameters: object) -> list[tuple]:
        viewer.check_may(Action.READ)
        return self.cursor.execute(*restrict_lines(self.cursor, viewer, self.moment, sql, parameters)).fetchall()

    def revision(self, district_id: str) -> int:
        row = self.cursor.execute("SELECT revision FROM district WHERE district_id = ?", [district_id]).fetchone()
        return row[0] if row else 0


class Store:
    """One store file (or `":memory:"`), opened at first use and safe to use from many threads."""

    def __init__(
        self,
        path: Path | str,
        *,
        clock: Callable[[], datetime] = utc_now,
        backup_directory: Path | None = None,
        memory_limit: str = "1GB",
        threads: int | None = None,
        read_timeout_seconds: float = 30,
        write_timeout_seconds: float = 300,
    ) -> None:
        self.path = None if str(path) == ":memory:" else Path(path).resolve()
        self.clock = clock
        self.read_timeout_seconds = read_timeout_seconds
        self.write_timeout_seconds = write_timeout_seconds
        self._given_backup_directory = backup_directory
        self._memory_limit = memory_limit
        self._threads = threads or min(os.cpu_count() or 1, 4)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._sealed_tables: SealedTables = {}
        self._open_lock = threading.Lock()
        self._use = find_use(self.path)
        _stores.add(self)

    @property
    def name(self) -> str:
        """What messages call it: never the folders, which may name people."""
        return self.path.name if self.path else "in memory"

    @property
    def backup_directory(self) -> Path:
        """The one folder the locked-down engine may write copies into."""
        if self._given_backup_directory is None:
            self._given_backup_directory = (
                self.path.parent / "backups" if self.path else Path(tempfile.gettempdir()) / "techplan-backups"
            )
        return self._given_backup_directory.resolve()

    @property
    def _upgrade_directory(self) -> Path | None:
        """Where a copy is taken before the store is brought up to date; nowhere for one in memory."""
        return self.backup_directory if self.path else None

    @contextmanager
    def cursor(self, timeout_seconds: float | None = None) -> Generator[duckdb.DuckDBPyConnection]:
        """A cursor for one thread, with a time limit; driver errors leave it in our words."""
        with self._use.entered(), self._cursor(timeout_seconds) as cursor:
            yield cursor

    @contextmanager
    def _cursor(self, timeout_seconds: float | None) -> Generator[duckdb.DuckDBPyConnection]:
        cursor = self._open().cursor()
        watch = threading.Timer(timeout_seconds or 0, cursor.interrupt)
        watch.daemon = True
        if timeout_seconds is not None:
            watch.start()
        try:
            yield cursor
        except duckdb.Error as error:
            if needs_reopening(error):
                self.close()
            self._raise_translated(error)
        finally:
            watch.cancel()
            cursor.close()

    def read(self, viewer: Viewer, sql: str, **parameters: object) -> list[tuple]:
        """All rows of a query; it must name `$district_id`, which is always bound: DuckDB refuses one that does not."""
        viewer.check_may(Action.READ)
        with self.cursor(self.read_timeout_seconds) as cursor:
            return cursor.execute(*restrict_lines(cursor, viewer, self.clock(), sql, parameters)).fetchall()

    def stream(self, viewer: Viewer, sql: str, **parameters: object) -> Iterator[tuple]:
        """The rows of `read`, a few thousand at a time, for exports."""
        viewer.check_may(Action.READ)
        with self.cursor() as cursor:
            cursor.execute(*restrict_lines(cursor, viewer, self.clock(), sql, parameters))
            while rows := cursor.fetchmany(5_000):
                yield from rows

    def revision(self, district_id: str) -> int:
        """How many changes the district has seen: the key of every cache; 0 where there is no such district."""
        with self.cursor(self.read_timeout_seconds) as cursor:
            row = cursor.execute("SELECT revision FROM district WHERE district_id = ?", [district_id]).fetchone()
        return row[0] if row else 0

    @contextmanager
    def snapshot(self) -> Generator[StoreSnapshot]:
        """The store at this moment, for several questions that must agree."""
        with self.cursor() as cursor, ExitStack() as undo:
            cursor.execute("BEGIN TRANSACTION")
            undo.callback(roll_back, cursor)
            yield StoreSnapshot(cursor, self._sealed_tables, self.clock())

    def write(
        self,
        viewer: Viewer,
        action: Action,
        reason: str,
        work: Callable[[Change], Result],
        guard: str | None = None,
    ) -> Result:
        """The only way to change anything: all of `work` with its audit event, or nothing.

        Takes the guard row of the viewer's district (or of `guard`), does the work, appends the audit event, raises
        the district's revision and commits. Any error rolls back and is raised; only conflicts are tried again.
        """
        viewer.check_may(action)
        for wait_seconds in (*_RETRY_WAITS_SECONDS, None):
            try:
                return self._write_once(viewer, action, reason, work, guard or viewer.district_id)
            except StoreBusy as busy:
                if wait_seconds is None or not is_conflict(busy.__cause__):
                    raise
                time.sleep(wait_seconds * random.uniform(0.5, 1.5))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def check_free_space(self, needed_bytes: int) -> None:
        """Refuse before an import what the disk could not take."""
        if self.path is None:
            return
        self._open()
        if shutil.disk_usage(self.path.parent).free < max(needed_bytes, SMALLEST_FREE_BYTES):
            raise full_store(self.name)

    def close(self) -> None:
        """Close the file; the next use opens it again (the way out after a full disk)."""
        with self._open_lock:
            if self._connection is not None:
                with suppress(duckdb.Error):
                    self._connection.close()
                self._connection = None

    def _write_once(
        self, viewer: Viewer, action: Action, reason: str, work: Callable[[Change], Result], guard: str
    ) -> Result:
        with self.only_writer(), self.cursor(self.write_timeout_seconds) as cursor:
            change = Change(cursor, viewer, self.clock())
            return run_write(change, action, reason, work, guard, self._sealed_tables)

    @contextmanager
    def only_writer(self) -> Generator[None]:
        """Let nobody else write meanwhile; not to be entered twice by one thread."""
        if not self._use.write_lock.acquire(timeout=self.write_timeout_seconds):
            raise StoreBusy("Another change is still being saved.", "Wait a moment, then try again.")
        try:
            yield
        finally:
            self._use.write_lock.release()

    def _open(self) -> duckdb.DuckDBPyConnection:
        with self._open_lock:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection

    def _connect(self) -> duckdb.DuckDBPyConnection:
        _check_duckdb_version(duckdb.__version__)
        self._prepare_directories()
        try:
            connection = duckdb.connect(str(self.path or ":memory:"), config=self._configuration())
            with ExitStack() as undo:
                undo.callback(connection.close)
                _check_length(connection, self.path)
                self._lock_down(connection)
                self._sealed_tables = bring_up_to_date(connection, self.clock(), self.name, self._upgrade_directory)
                undo.pop_all()
        except duckdb.Error as error:
            self._raise_translated(error)
        return connection

    def _prepare_directories(self) -> None:
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # DuckDB would take a file cut to nothing for a new store.
            if self.path.exists() and self.path.stat().st_size == 0:
                raise damaged_store(self.name)

    def _configuration(self) -> dict[str, str | bool | int | float | list[str]]:
        return {
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "memory_limit": self._memory_limit,
            "threads": self._threads,
            **ENGINE_SETTINGS,
        }

    def _lock_down(self, connection: duckdb.DuckDBPyConnection) -> None:
        """In this order: a locked configuration could not be narrowed, and no copy could be attached later."""
        locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if locked and locked[0]:
            return
        allowed = str(self.backup_directory).replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{allowed}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")

    def _raise_translated(self, error: duckdb.Error) -> None:
        known = translate_error(error, self.path)
        if known is None:
            raise error
        raise known from error


_stores: "weakref.WeakSet[Store]" = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """A connection still open when the interpreter ends makes the driver print pages of warnings."""
    for store in list(_stores):
        store.close()


@contextmanager
def use_alone(path: Path) -> Generator[None]:
    """Have a store's file to oneself in this process, closed, to put another in its place."""
    resolved = path.resolve()
    with find_use(resolved).alone():
        for store in list(_stores):
            if store.path == resolved:
                store.close()
        yield


def _check_length(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """A file cut short opens without a complaint as long as nobody reads the part that is gone.

    Free blocks do not count: the engine itself cuts them off the end of the file when it closes.
    """
    if path is not None:  # three headers of 4 KB come before the blocks
        [(expected,)] = connection.execute(
            "SELECT used_blocks * block_size + 12288 FROM pragma_database_size()"
        ).fetchall()
        if path.stat().st_size < expected:
            raise damaged_store(path.name)


def _check_duckdb_version(version: str) -> None:
    numbers = tuple(int(part) for part in version.split("-")[0].split(".")[:3] if part.isdigit())
    if numbers < OLDEST_DUCKDB:
        oldest = ".".join(map(str, OLDEST_DUCKDB))
        raise StoreError(
            f"DuckDB {version} can lose a store when it is killed; Techplan needs {oldest} or newer.",
            "Install the versions Techplan names: run python techplan.py again.",
        )
