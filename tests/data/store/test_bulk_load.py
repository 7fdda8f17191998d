from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.store.bulk_load import insert_columns


def load(values: list[object], kind: str) -> list[object]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE target (district_id VARCHAR, place INTEGER, value {kind})")
        columns = {"place": list(range(len(values))), "value": values}
        insert_columns(connection, "target", {"district_id": "harlow"}, columns)
        rows = connection.execute("SELECT value FROM target WHERE district_id = 'harlow' ORDER BY place").fetchall()
    return [value for (value,) in rows]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))))
def test_any_text_comes_back_as_it_went_in(values: list[object]) -> None:
    assert load(values, "VARCHAR") == values


@pytest.mark.parametrize(
    "values", [["\x1f", "a\x1fb"], ["\x1e", None], ["", "\x1e"], [""], ["", ""], [None], ["'", '"', "\n"]]
)
def test_text_that_holds_the_separators_comes_back_too(values: list[object]) -> None:
    assert load(values, "VARCHAR") == values


def test_numbers_are_kept_as_a_person_reads_them() -> None:
    values = [1.005, -0.285, 1e-07, 24_989_942.26, 123_456_789_012.345678, None]
    expected = ["1.005", "-0.285", "0", "24989942.26", "123456789012.345670", None]
    assert load(list(values), "DECIMAL(18, 6)") == [one and Decimal(one) for one in expected]


def test_truths_stay_truths() -> None:
    assert load([True, False, None], "BOOLEAN") == [True, False, None]


def test_no_rows_are_no_statement() -> None:
    assert load([], "VARCHAR") == []
