"""Fiscal years as labels: what is one, what follows, which days it holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.fiscal_years import (
    check_fiscal_year,
    fiscal_year_dates,
    fiscal_year_label,
    fiscal_year_of,
    list_fiscal_years,
    shift_fiscal_year,
    start_year_of,
)


@pytest.mark.parametrize("label", ["2026-27", "FY2026-28", "FY26-27", "FY2026-27 ", "FY2026/27", ""])
def test_what_is_no_fiscal_year_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="is not a fiscal year such as FY2026-27"):
        check_fiscal_year(label)


def test_the_turn_of_a_century_is_written_with_two_digits() -> None:
    assert shift_fiscal_year("FY2098-99", 1) == "FY2099-00"


@given(st.integers(1950, 2150), st.integers(-50, 50), st.booleans())
def test_a_shift_there_and_back_is_the_same_year(year: int, years: int, calendar: bool) -> None:
    label = fiscal_year_label(year, calendar)
    shifted = shift_fiscal_year(label, years)
    assert start_year_of(shifted) == year + years
    assert shift_fiscal_year(shifted, -years) == label


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 12))
def test_every_day_lies_in_the_year_it_is_counted_to(day: date, month: int) -> None:
    first, last = fiscal_year_dates(fiscal_year_of(day, month), month)
    assert first <= day <= last
    assert fiscal_year_of(last + timedelta(days=1), month) != fiscal_year_of(day, month)


def test_years_are_listed_in_the_style_of_the_first() -> None:
    assert list_fiscal_years("FY2026", 3) == ("FY2026", "FY2027", "FY2028")
    assert list_fiscal_years("FY2026-27", 0) == ()
