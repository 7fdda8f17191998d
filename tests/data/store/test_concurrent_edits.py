"""A tenth of the race that `python -m tests.data.store.edit_race` runs in full."""

from data.store.database import Store
from tests.data.store.edit_race import edit_one_row, edit_own_rows


def test_edits_of_different_rows_all_land_once(file_store: Store) -> None:
    edit_own_rows(file_store, 25)


def test_edits_of_one_row_are_never_counted_twice_or_overwritten(file_store: Store) -> None:
    edit_one_row(file_store, 15)
