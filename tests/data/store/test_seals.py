"""Fingerprints of many rows: the same in one piece and in several."""

import pytest

from data.store import seals
from data.store.database import Store
from data.store.seals import calculate_many_groups, list_upload_keys, load_sealed_tables
from data.store.viewer import Viewer
from planning.permissions import Role
from tests.data.store.large import fill_large_store

VIEWER = Viewer("tests", Role.ADMIN, "harlow")


@pytest.mark.parametrize("rows_at_once", [1, 9_000, 20_000])
def test_groups_are_the_same_however_many_are_calculated_at_once(
    monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    store = Store(":memory:")
    fill_large_store(store, VIEWER, 17_000, uploads=1)
    with store.cursor() as cursor:
        [(upload_id,)] = cursor.execute("SELECT upload_id FROM budget_upload").fetchall()
        tables, keys = load_sealed_tables(cursor), sorted(list_upload_keys(upload_id))
        whole = calculate_many_groups(cursor, tables, "harlow", keys)
        monkeypatch.setattr(seals, "_ROWS_AT_ONCE", rows_at_once)
        parted = calculate_many_groups(cursor, tables, "harlow", keys)
    store.close()
    assert parted == whole
    assert [group.group_no for group in whole[keys[2]]] == [0, 1, 2]
    assert sum(group.row_count for groups in whole.values() for group in groups) == 17_000 + 2_125 + 0


def test_no_seals_are_no_query() -> None:
    store = Store(":memory:")
    with store.cursor() as cursor:
        assert calculate_many_groups(cursor, {}, "harlow", []) == {}
    store.close()
