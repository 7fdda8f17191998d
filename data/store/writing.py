"""One write inside its transaction: the guard first, then the work, its seals, its audit event, and the commit."""

import re
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

import duckdb

from data.store.audit import append_event
from data.store.seals import SealedTables, SealKey, calculate_whole, seal_written
from data.store.viewer import Viewer
from planning.errors import InputRefused, StoreError
from planning.permissions import Action

Result = TypeVar("Result")
_TOUCHED = re.compile(r'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+"?(\w+)', re.IGNORECASE)


class WatchedCursor:
    """The cursor of a write; takes the fingerprint of each table that is sealed whole before it is first touched."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, tables: SealedTables, district_id: str) -> None:
        self.before: dict[str, str | None] = {}
        self._cursor, self._tables, self._district_id = cursor, tables, district_id

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        self._note(query)
        return self._cursor.execute(query, parameters)

    def executemany(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        self._note(query)
        return self._cursor.executemany(query, parameters)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a cursor has
        return getattr(self._cursor, name)

    def _note(self, query: str) -> None:
        for name in _TOUCHED.findall(query):
            table = self._tables.get(name.lower())
            if table and not table.scope_column and table.name not in self.before:
                present = calculate_whole(self._cursor, [table], self._district_id)
                self.before[table.name] = present.get(table.name)


@dataclass(slots=True)
class Change:
    """What `work` gets inside a write: the transaction's cursor, who and when; it may fill `detail` for the audit.

    `keep_nothing` ends the write without a trace, for work that finds there is nothing to do. `sealing` names what is
    written once (the lines of an upload, a plan revision) and was written, corrected or removed by this work.
    """

    cursor: duckdb.DuckDBPyConnection
    viewer: Viewer
    recorded_at: datetime
    detail: dict[str, object] = field(default_factory=dict)
    sealing: set[SealKey] = field(default_factory=set)
    kept: bool = True

    def keep_nothing(self) -> None:
        self.kept = False


def run_write(
    change: Change,
    action: Action,
    reason: str,
    work: Callable[[Change], Result],
    guard: str,
    tables: SealedTables,
) -> Result:
    """All of `work` with its seals and its audit event, or nothing."""
    cursor, district_id = change.cursor, change.viewer.district_id
    cursor.execute("BEGIN TRANSACTION")
    with ExitStack() as undo:
        undo.callback(roll_back, cursor)
        _take_guard(cursor, guard)
        watched = WatchedCursor(cursor, tables, district_id)
        change.cursor = cast(duckdb.DuckDBPyConnection, watched)
        result = work(change)
        if change.kept:
            sealed = seal_written(cursor, tables, district_id, watched.before, change.sealing)
            if sealed:
                change.detail["sealed"] = sealed
            # Also proves that no statement of `work` failed unseen: COMMIT after an error keeps nothing.
            append_event(cursor, change.viewer, action.value, reason, change.detail, change.recorded_at)
            _raise_revision(cursor, district_id)
            cursor.execute("COMMIT")
            undo.pop_all()
    return result


def roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """End the transaction without a trace, if it is not over already."""
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")


def _take_guard(cursor: duckdb.DuckDBPyConnection, scope: str) -> None:
    row = cursor.execute("UPDATE write_guard SET version = version + 1 WHERE scope = ?", [scope]).fetchone()
    changed = row[0] if row else 0
    if changed == 0:
        raise InputRefused(
            f"There is no district {scope!r} in this store.", "Create it first, or choose another with --district."
        )
    if changed > 1:
        raise StoreError(f"The store has {changed} write guards for {scope!r}.", "Restore the last good backup.")


def _raise_revision(cursor: duckdb.DuckDBPyConnection, district_id: str) -> None:
    cursor.execute("UPDATE district SET revision = revision + 1 WHERE district_id = ?", [district_id])
