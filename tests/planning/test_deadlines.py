"""Days counted from days, to the ends of the calendar."""

from datetime import date

import pytest

from planning.deadlines import add_days, add_months, add_years

NEVER, FIRST = date(9999, 12, 31), date(1, 1, 1)


@pytest.mark.parametrize("years", [1, 5])
def test_never_stays_never(years: int) -> None:
    assert add_years(NEVER, years) == add_months(NEVER, 12 * years) == add_days(NEVER, 365 * years) == NEVER
    assert add_years(FIRST, -years) == add_months(FIRST, -12 * years) == add_days(FIRST, -365 * years) == FIRST


def test_a_leap_day_has_its_anniversaries() -> None:
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
