"""Fingerprints of what is stored: each audit event carries those of the rows it wrote, so a changed row shows.

Two kinds of tables. What is written once (the rows of an upload, a plan revision) is sealed when it is written, in
groups of rows. Every other table that has a district is sealed whole, again after each write that changed it. A table
that no longer fits its seal when a write begins is not sealed anew: a change behind the store's back stays visible.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import duckdb

from data.store.audit import canonical_json
from data.store.bulk_load import insert_columns

ROWS_IN_A_GROUP = 1_024
SHORT_DIGEST = 6
# Digests of so many rows take a quarter of the memory that the engine may use.
_ROWS_AT_ONCE = 500_000
_ANY_GROUP = 2**62
# Not sealed: the chain proves itself, and the seals are compared with the chain.
_UNSEALED_TABLES = ("audit_event", "content_seal")
# Raised after the event is written; the end of the audit chain must agree with it.
_UNSEALED_COLUMNS = (("district", "revision"),)
_LINES = f"row_id // {ROWS_IN_A_GROUP}"
_UPLOAD_TABLES = {"budget_row": _LINES, "budget_amount": _LINES, "budget_tie_out": "0", "budget_finding": "0"}
_PLAN_COLUMNS = (
    "revision_number", "parent_revision", "snapshot", "snapshot_sha256", "saved_by", "reason", "saved_at",
)  # fmt: skip


class SealKey(NamedTuple):
    """What one seal is of: a table, and in it an upload or a revision; all of the district where `scope` is empty."""

    table: str
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.table}/{self.scope}" if self.scope else self.table

    @classmethod
    def parse(cls, text: str) -> "SealKey":
        table, _, scope = text.partition("/")
        return cls(table, scope)


class SealedGroup(NamedTuple):
    """The fingerprint of a group of rows; `row_digests` are the first characters of every row's own, sorted."""

    group_no: int
    row_count: int
    digest: str
    row_digests: str


@dataclass(frozen=True, slots=True)
class SealedTable:
    """How a table is sealed: its columns with their types, which one names the scope, and what numbers the groups.

    The scope is one for all rows of a seal, which is kept under its name: new fingerprints leave it out.
    """

    name: str
    types: Mapping[str, str]
    scope_column: str = ""
    group: str = "0"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.types)

    def only(self, columns: Iterable[str]) -> "SealedTable":
        """The table as it was sealed with these columns; an earlier Techplan's fingerprints have the scope in them."""
        types = {self.scope_column: "VARCHAR", **self.types}
        return replace(self, types={name: types[name] for name in columns if name in types})

    def select_rows(self, scope_parameter: str = "scope") -> str:
        """SQL of every row of a district and scope: its group and its own fingerprint.

        The text of a row ends with the length of every text in it, so no two rows have one text.
        """
        values = [f"coalesce({name}::VARCHAR, chr(26))" for name in self.types]
        lengths = [f"coalesce(strlen({name}), -1)" for name, kind in self.types.items() if kind == "VARCHAR"]
        scoped = self.scope_column or "''"
        return (
            f"SELECT *, {self.group} AS group_no, sha256(concat_ws(chr(31), {', '.join(values + lengths)})) AS digest "
            f"FROM {self.name} WHERE district_id = $district_id AND {scoped} = ${scope_parameter}"
        )


SealedTables = Mapping[str, SealedTable]


def load_sealed_tables(cursor: duckdb.DuckDBPyConnection) -> SealedTables:
    """Every table of the store that has a district, from the catalogue."""
    rows = cursor.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index"
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        tables.setdefault(table, {})[column] = kind
    names = [name for name, columns in tables.items() if "district_id" in columns and name not in _UNSEALED_TABLES]
    return {name: _describe_table(name, tables[name]) for name in names}


def _describe_table(name: str, columns: Mapping[str, str]) -> SealedTable:
    bare = {column: kind for column, kind in columns.items() if (name, column) not in _UNSEALED_COLUMNS}
    bare.pop("district_id")
    if name in _UPLOAD_TABLES:
        del bare["upload_id"]
        return SealedTable(name, bare, "upload_id", _UPLOAD_TABLES[name])
    if name == "plan_revision":
        return SealedTable(name, {column: columns[column] for column in _PLAN_COLUMNS}, "revision")
    return SealedTable(name, bare)


def list_upload_keys(upload_id: str) -> set[SealKey]:
    """The seals of one upload."""
    return {SealKey(table, upload_id) for table in _UPLOAD_TABLES}


def calculate_groups(
    cursor: duckdb.DuckDBPyConnection, table: SealedTable, district_id: str, scope: str = ""
) -> list[SealedGroup]:
    """The fingerprints of the rows as they are now."""
    key = SealKey(table.name, scope)
    return calculate_many_groups(cursor, {table.name: table}, district_id, [key])[key]


def calculate_many_groups(
    cursor: duckdb.DuckDBPyConnection, tables: SealedTables, district_id: str, keys: Sequence[SealKey]
) -> dict[SealKey, list[SealedGroup]]:
    """The fingerprints of several seals from one query, whose parts the engine works on at once."""
    found: dict[SealKey, list[SealedGroup]] = {key: [] for key in keys}
    if not keys:
        return found
    parts = [_select_groups(tables[key.table], place) for place, key in enumerate(keys)]
    query = f"{' UNION ALL '.join(parts)} ORDER BY place, group_no"
    parameters = {"district_id": district_id} | {f"scope_{place}": key.scope for place, key in enumerate(keys)}
    for bounds in _part_groups(cursor, tables, district_id, keys):
        for place, *group in cursor.execute(query, parameters | bounds).fetchall():
            found[keys[place]].append(SealedGroup(*group))
    return found


def _part_groups(
    cursor: duckdb.DuckDBPyConnection, tables: SealedTables, district_id: str, keys: Iterable[SealKey]
) -> Iterator[dict[str, int]]:
    """Which groups are calculated at once: all where there are few rows, else so many that their digests fit."""
    rows, last = 0, 0
    for table, scope in ((tables[key.table], key.scope) for key in keys):
        if table.scope_column and table.group != "0":
            counted = f"SELECT count(*), coalesce(max({table.group}), 0) FROM {table.name} WHERE district_id = ? "
            [(count, highest)] = cursor.execute(
                f"{counted} AND {table.scope_column} = ?", [district_id, scope]
            ).fetchall()
            rows, last = rows + count, max(last, highest)
    step = last // (rows // _ROWS_AT_ONCE + 1) + 1
    for low in range(0, last + 1, step):
        yield {"low": low if low else -_ANY_GROUP, "below": low + step if low + step <= last else _ANY_GROUP}


def _select_groups(table: SealedTable, place: int) -> str:
    return (
        f"SELECT {place} AS place, group_no, len(digests), sha256(array_to_string(digests, '')), "
        f"array_to_string(list_transform(digests, lambda digest: left(digest, {SHORT_DIGEST})), '') FROM ("
        "SELECT group_no, list_sort(list(digest)) AS digests "
        f"FROM ({table.select_rows(f'scope_{place}')}) WHERE group_no >= $low AND group_no < $below GROUP BY group_no)"
    )


def load_groups(
    cursor: duckdb.DuckDBPyConnection, district_id: str, key: SealKey
) -> tuple[tuple[str, ...], list[SealedGroup]]:
    """The columns and the groups as they were sealed; none where nothing is."""
    rows = cursor.execute(
        "SELECT column_names, group_no, row_count, digest, row_digests FROM content_seal "
        "WHERE district_id = ? AND table_name = ? AND scope = ? ORDER BY group_no",
        [district_id, key.table, key.scope],
    ).fetchall()
    named = {row[0] for row in rows}
    columns = tuple(named.pop().split(",")) if len(named) == 1 else ()  # groups that name different ones fit no root
    return columns, [SealedGroup(*row[1:]) for row in rows]


def calculate_root(columns: Iterable[str], groups: Iterable[SealedGroup]) -> str:
    """One fingerprint of a whole seal, as it stands in the audit event."""
    content = [list(columns), [[group.group_no, group.row_count, group.digest] for group in groups]]
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def calculate_whole(
    cursor: duckdb.DuckDBPyConnection, tables: Iterable[SealedTable], district_id: str
) -> dict[str, str]:
    """The digest of each of these tables, sealed whole, that has rows of the district."""
    parts = [
        f"SELECT '{table.name}', sha256(string_agg(digest, '' ORDER BY digest)) FROM ({table.select_rows()}) "
        "HAVING count(*) > 0"
        for table in tables
        if not table.scope_column
    ]
    if not parts:
        return {}
    rows = cursor.execute(" UNION ALL ".join(parts), {"district_id": district_id, "scope": ""}).fetchall()
    return dict(rows)


def load_whole_seals(cursor: duckdb.DuckDBPyConnection, district_id: str) -> dict[str, str]:
    """The digest of each table as it was sealed whole."""
    rows = cursor.execute(
        "SELECT table_name, digest FROM content_seal WHERE district_id = ? AND scope = ''", [district_id]
    ).fetchall()
    return dict(rows)


def seal_written(
    cursor: duckdb.DuckDBPyConnection,
    tables: SealedTables,
    district_id: str,
    before: Mapping[str, str | None],
    named: Iterable[SealKey],
) -> dict[str, str | None]:
    """Seal what a write changed; answers the new root of each seal, None where nothing is left to seal.

    `before` has the digest of each table the write touched, from before it did. One that did not fit its seal then is
    left as it is: no write of ours explains what it held.
    """
    sealed = load_whole_seals(cursor, district_id) if before else {}
    asked = set(named)
    expected = {SealKey(name) for name, digest in before.items() if sealed.get(name) == digest}
    groups = calculate_many_groups(cursor, tables, district_id, sorted(expected | asked))
    changed = {
        key: found
        for key, found in groups.items()
        if key in asked or (found[0].digest if found else None) != before[key.table]
    }
    _replace_groups(cursor, tables, district_id, changed)
    return {
        str(key): calculate_root(tables[key.table].columns, found) if found else None for key, found in changed.items()
    }


def _replace_groups(
    cursor: duckdb.DuckDBPyConnection,
    tables: SealedTables,
    district_id: str,
    changed: Mapping[SealKey, list[SealedGroup]],
) -> None:
    """Put the new seals in the place of the former ones, in two statements however many there are."""
    if not changed:
        return
    marks = ", ".join(["(?, ?)"] * len(changed))
    cursor.execute(
        f"DELETE FROM content_seal WHERE district_id = ? AND (table_name, scope) IN ({marks})",
        [district_id, *(part for key in changed for part in key)],
    )
    rows = [(*key, *group, ",".join(tables[key.table].columns)) for key, found in changed.items() for group in found]
    names = ("table_name", "scope", "group_no", "row_count", "digest", "row_digests", "column_names")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    insert_columns(cursor, "content_seal", {"district_id": district_id}, columns)


def list_unsealed_scopes(cursor: duckdb.DuckDBPyConnection, tables: SealedTables, district_id: str) -> set[SealKey]:
    """The uploads and revisions that hold rows no seal covers."""
    keys = set()
    for table in tables.values():
        if table.scope_column:
            rows = cursor.execute(
                f"SELECT DISTINCT {table.scope_column} FROM {table.name} WHERE district_id = ? EXCEPT "
                "SELECT scope FROM content_seal WHERE district_id = ? AND table_name = ?",
                [district_id, district_id, table.name],
            ).fetchall()
            keys |= {SealKey(table.name, row[0]) for row in rows}
    return keys
