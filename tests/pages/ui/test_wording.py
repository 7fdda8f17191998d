"""Codes of the store in a person's words."""

import pytest

from data.store.budget_queries import YearBasis
from pages.ui.wording import count, join_code, name_basis, name_column, name_side, name_unit
from planning.vocabulary import Basis, Side, Unit


@pytest.mark.parametrize("name", [*map(name_side, Side), *map(name_unit, Unit), *map(name_basis, Basis)])
def test_no_code_is_shown_as_it_is_stored(name: str) -> None:
    assert name
    assert "_" not in name


def test_columns_and_codes_read_like_a_budget_book() -> None:
    assert name_column(YearBasis("FY2026-27", "year_to_date")) == "FY2026-27 year to date"
    assert name_column(YearBasis("", "actual")) == "No year actual"
    assert (join_code("10", "General Fund"), join_code("", "General Fund"), join_code("10", "")) == (
        "10 General Fund",
        "General Fund",
        "10",
    )


def test_one_is_one_and_many_are_many() -> None:
    assert (count(1, "table"), count(0, "table"), count(2227, "line")) == ("1 table", "0 tables", "2,227 lines")
