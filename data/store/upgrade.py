"""Brings an older store up to date: a copy first, then the migrations, then the seals of what was there already."""

from datetime import datetime
from pathlib import Path

import duckdb

from data.store.audit import WHOLE_STORE
from data.store.copies import copy_out, read_fingerprints
from data.store.migrations import list_missing, load_schema_number, migrate
from data.store.seals import (
    SealedTables,
    SealKey,
    calculate_whole,
    list_unsealed_scopes,
    load_sealed_tables,
    load_whole_seals,
)
from data.store.viewer import Viewer
from data.store.writing import Change, run_write
from planning.errors import StoreDamaged, StoreNewer
from planning.permissions import Action, Role

UPGRADER = "Techplan"
_NAME = "{store}-schema-{schema:04}-before-upgrade-{moment:%Y%m%dT%H%M%S}Z.duckdb"


def bring_up_to_date(
    connection: duckdb.DuckDBPyConnection, now: datetime, name: str, backup_directory: Path | None
) -> SealedTables:
    """Migrate what is missing and answer the tables as they are sealed.

    A store that holds something is copied into the backup directory first: that copy is the way back to the former
    Techplan. Errors: StoreNewer with the newest such copy that this Techplan can open.
    """
    try:
        missing = list_missing(connection, name)
    except StoreNewer as error:
        raise _name_way_back(error, name, backup_directory) from error
    former = load_schema_number(connection)
    if not (missing and former):
        migrate(connection, now, name)
        return load_sealed_tables(connection)
    copy = _copy_before(connection, now, name, former, backup_directory) if backup_directory else None
    changed_outside = _list_changed_outside(connection)
    migrate(connection, now, name)
    tables = load_sealed_tables(connection)
    for district_id in _list_districts(connection):
        _seal_anew(connection, now, tables, district_id, former, changed_outside.get(district_id, set()), copy)
    return tables


def list_upgrade_copies(name: str, backup_directory: Path) -> list[tuple[int, Path]]:
    """The copies taken before upgrades of this store, each with the schema it holds, the newest last."""
    marker = f"{Path(name).stem}-schema-"
    paths = sorted(backup_directory.glob(f"{marker}*-before-upgrade-*.duckdb"))
    return [(int(path.name[len(marker) :][:4]), path) for path in paths]


def _name_way_back(error: StoreNewer, name: str, backup_directory: Path | None) -> StoreNewer:
    """The same error with the copy that was taken before the store became newer."""
    from data.store.migrations import list_known_migrations

    newest = max(list_known_migrations())
    copies = list_upgrade_copies(name, backup_directory) if backup_directory else []
    fitting = [path for schema, path in copies if schema <= newest]
    if not fitting:
        return error
    step = f"Update Techplan; or go back to the copy taken before the upgrade: restore {fitting[-1]}"
    return StoreNewer(error.message, step)


def _copy_before(connection: duckdb.DuckDBPyConnection, now: datetime, name: str, schema: int, directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / _NAME.format(store=Path(name).stem, schema=schema, moment=now)
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    fingerprints = copy_out(connection.cursor(), partial)
    if read_fingerprints(partial) != fingerprints:
        partial.unlink(missing_ok=True)
        raise StoreDamaged(
            f"No whole copy of {name} could be taken, so it was not upgraded.", "Free some space, then open it again."
        )
    partial.replace(target)
    return target


def _list_districts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("SELECT district_id FROM district ORDER BY district_id").fetchall()
    return [*(row[0] for row in rows), WHOLE_STORE]


def _list_changed_outside(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """What no longer fits its seal before the upgrade must not be sealed as if it did."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'content_seal'").fetchall():
        return {}
    tables = load_sealed_tables(connection)
    changed = {}
    for district_id in _list_districts(connection):
        present = calculate_whole(connection, tables.values(), district_id)
        sealed = load_whole_seals(connection, district_id)
        changed[district_id] = {name for name in present | sealed if present.get(name) != sealed.get(name)}
    return changed


def _seal_anew(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    tables: SealedTables,
    district_id: str,
    former: int,
    changed_outside: set[str],
    copy: Path | None,
) -> None:
    present = calculate_whole(connection, tables.values(), district_id).keys() - changed_outside
    keys = {SealKey(table) for table in present} | list_unsealed_scopes(connection, tables, district_id)
    if not keys:
        return

    def work(change: Change) -> None:
        change.sealing |= keys
        change.detail |= {"schema": {"from": former, "to": load_schema_number(connection)}}
        change.detail |= {"copy_before": copy.name if copy else None}

    viewer = Viewer(UPGRADER, Role.ADMIN, district_id)
    change = Change(connection.cursor(), viewer, now)
    reason = "The store was upgraded; what it held then is sealed as it was found."
    run_write(change, Action.UPGRADE_STORE, reason, work, district_id, tables)
