from array import array
from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store import bulk_load
from data.store.bulk_load import ENGINE_SETTINGS, insert_columns


@pytest.fixture(autouse=True, params=[20_000, 1], ids=["strings", "arrays"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short files travel as strings, long ones as arrays; what arrives must be the same."""
    monkeypatch.setattr(bulk_load, "FEWEST_FOR_ARRAYS", request.param)


def load(values: Sequence[object], kind: str) -> list[object]:
    with duckdb.connect(config=dict(ENGINE_SETTINGS)) as connection:
        connection.execute(f"CREATE TABLE target (district_id VARCHAR, place INTEGER, value {kind})")
        columns = {"place": list(range(len(values))), "value": values}
        insert_columns(connection, "target", {"district_id": "harlow"}, columns)
        rows = connection.execute("SELECT value FROM target WHERE district_id = 'harlow' ORDER BY place").fetchall()
    return [value for (value,) in rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_one_number_all_the_way_down_is_kept_as_it_is_read() -> None:
    assert load([18014398509.481983], "DECIMAL(24, 6)") == [Decimal("18014398509.481983")]
    assert load([18014398509.481983] * 2, "DOUBLE") == [18014398509.481983] * 2


def test_a_text_may_come_after_thousands_of_empty_cells() -> None:
    values: list[object] = [None] * 3_000 + ["n/a", None]
    assert load(values, "VARCHAR") == values


@given(st.lists(st.integers(-(10**18), 10**18).map(lambda units: units / 10**6), min_size=1, max_size=50))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_number_arrives_as_its_shortest_text_says(values: list[float]) -> None:
    expected = [Decimal(repr(value)).quantize(Decimal("0.000001")) for value in values]
    assert load(list(values), "DECIMAL(24, 6)") == expected


def test_an_array_of_numbers_arrives_as_it_is_read_and_what_is_none_as_null() -> None:
    values = [24_989_942.26, -0.01, 0.0, 1e11, 0.285]
    expected = [Decimal(str(value)) for value in values]
    assert load(array("d", values[:4]), "DECIMAL(18, 6)") == expected[:4]
    assert load(array("d", [*values, float("nan")]), "DECIMAL(18, 6)") == [*expected, None]
    assert load(array("q", [5, 7]), "INTEGER") == [5, 7]


def test_truths_stay_truths() -> None:
    assert load([True, False, None], "BOOLEAN") == [True, False, None]


def test_no_rows_are_no_statement() -> None:
    assert load([], "VARCHAR") == []
