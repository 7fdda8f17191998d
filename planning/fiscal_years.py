"""Fiscal years as text that sorts: `FY2024-25`, or `FY2025` where the fiscal year is the calendar year."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any

_LABEL = re.compile(r"FY(\d{4})(?:-(\d{2}))?\Z")


def check_fiscal_year(label: str) -> str:
    """The label itself, or ValueError when it names no fiscal year.

    >>> check_fiscal_year("FY2099-00")
    'FY2099-00'
    """
    match = _LABEL.match(label)
    if not match or (match[2] and (int(match[1]) + 1) % 100 != int(match[2])):
        raise ValueError(f"{label!r} is not a fiscal year such as FY2026-27")
    return label


def check_planned_year(label: str) -> str:
    """The label, or ValueError when it is no fiscal year that a plan can speak of: a mistyped century is.

    >>> check_planned_year("FY2026-27")
    'FY2026-27'
    """
    if not 1950 <= start_year_of(label) <= 2150:
        raise ValueError(f"{label!r} is not a year between 1950 and 2150")
    return label


class _FiscalYearLabel:
    """Checks the label in pydantic models; pydantic (0.1 s) is loaded only by those, not by the reader child."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:  # noqa: ANN401 - pydantic's own protocol
        from pydantic import AfterValidator

        return AfterValidator(check_planned_year).__get_pydantic_core_schema__(source, handler)


FiscalYear = Annotated[str, _FiscalYearLabel]


def fiscal_year_label(start_year: int, calendar: bool = False) -> str:
    """The label of the fiscal year that starts in `start_year`.

    >>> fiscal_year_label(2024), fiscal_year_label(2025, calendar=True)
    ('FY2024-25', 'FY2025')
    """
    return f"FY{start_year}" if calendar else f"FY{start_year}-{(start_year + 1) % 100:02d}"


@lru_cache(maxsize=1024)  # a plan says the same few years thousands of times
def start_year_of(label: str) -> int:
    """The calendar year in which a fiscal year starts.

    >>> start_year_of("FY2024-25")
    2024
    """
    return int(check_fiscal_year(label)[2:6])


def shift_fiscal_year(label: str, years: int) -> str:
    """The fiscal year so many years later (or earlier).

    >>> shift_fiscal_year("FY2026-27", 2), shift_fiscal_year("FY2026", -1)
    ('FY2028-29', 'FY2025')
    """
    return fiscal_year_label(start_year_of(label) + years, calendar="-" not in label)


def list_fiscal_years(first: str, count: int) -> tuple[str, ...]:
    """`count` fiscal years from `first`.

    >>> list_fiscal_years("FY2026-27", 2)
    ('FY2026-27', 'FY2027-28')
    """
    return tuple(shift_fiscal_year(first, i) for i in range(count))


def fiscal_year_of(day: date, start_month: int) -> str:
    """The fiscal year a day falls in, for a year that starts on the first of `start_month`.

    >>> fiscal_year_of(date(2028, 6, 30), 7), fiscal_year_of(date(2028, 7, 1), 7)
    ('FY2027-28', 'FY2028-29')
    """
    start = day.year if day.month >= start_month else day.year - 1
    return fiscal_year_label(start, calendar=start_month == 1)


def fiscal_year_dates(label: str, start_month: int) -> tuple[date, date]:
    """First and last day of a fiscal year.

    >>> fiscal_year_dates("FY2026-27", 7)
    (datetime.date(2026, 7, 1), datetime.date(2027, 6, 30))
    """
    year = start_year_of(label)
    return date(year, start_month, 1), date(year + 1, start_month, 1) - timedelta(days=1)
