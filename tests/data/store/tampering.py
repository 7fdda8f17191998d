"""One byte of one value of a random row changed behind the store's back, and changed back."""

import random
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

from data.store.audit import WHOLE_STORE
from data.store.database import Store
from data.store.integrity import verify_district
from data.store.viewer import Viewer
from planning.findings import Finding

FIRST_VALUES = {"TIMESTAMP": datetime(2026, 1, 1), "DATE": date(2026, 1, 1), "VARCHAR": "1"}


def list_columns(store: Store) -> list[tuple[str, str, str]]:
    """Every column of every table whose rows belong to a district and that has any."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE table_name IN (SELECT table_name FROM duckdb_columns() WHERE column_name = 'district_id') "
            "AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0) ORDER BY ALL"
        ).fetchall()
    return [(table, column, kind) for table, column, kind in rows]


@contextmanager
def one_changed_byte(store: Store, chance: random.Random) -> Generator[str]:
    """Change a byte of a random value; says which, and puts the value back at the end."""
    table, column, kind = chance.choice(list_columns(store))
    with store.cursor() as cursor:
        [(count,)] = cursor.execute(f"SELECT count(*) FROM {table}").fetchall()
        at = chance.randrange(count)
        [(row_id, value)] = cursor.execute(
            f"SELECT rowid, {column} FROM {table} ORDER BY rowid LIMIT 1 OFFSET {at}"
        ).fetchall()
        change = f"UPDATE {table} SET {column} = ? WHERE rowid = {row_id}"
        changed = FIRST_VALUES.get(kind, 1) if value in (None, "") else change_one_byte(value, chance)
        cursor.execute(change, [changed])
        try:
            yield f"{table}.{column} of row {at}"
        finally:
            cursor.execute(change, [value])


def change_one_byte(value: object, chance: random.Random) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(7)
    if isinstance(value, Decimal):
        return value + Decimal(1).scaleb(chance.choice((-6, -2, 0)))
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    text = str(value)
    at = chance.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ 1 << chance.randrange(5)) + text[at + 1 :]


def verify_store(store: Store, viewer: Viewer) -> list[Finding]:
    """What `check` finds in the whole store."""
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT DISTINCT district_id FROM district").fetchall()
    names = sorted({row[0] for row in rows} | {viewer.district_id, WHOLE_STORE})
    return [finding for name in names for finding in verify_district(store, viewer.at_district(name))]
