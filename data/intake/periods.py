"""Fiscal years named by the days on which they begin and end, as reports print them: `From 7/1/2024 To 6/30/2025`."""

import re
from functools import lru_cache

from planning.fiscal_years import fiscal_year_label

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name%s>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_YEAR = r"(?:'\s?)?(?P<%s>(?:19|20)\d{2}|\d{2})(?!\d)"
_DATE = (
    rf"(?:(?P<month%s>\d{{1,2}})[/-](?P<day%s>\d{{1,2}})[/-]{_YEAR % 'year%s'}"
    rf"|{_NAME}(?:\s+(?P<dayname%s>\d{{1,2}}),)?\s+{_YEAR % 'yearname%s'})"
)
_RANGE = re.compile(
    r"(?<![\d/-])"
    + _DATE.replace("%s", "1")
    + r"\s*(?:to\b|thr(?:o)?u(?:gh)?\b|[-–—]|and end(?:ing|s)?\b|end(?:ing)?\b)"
    r"\s*(?:(?:to|end(?:ing)?)?\s*date\s*:?|period\s*:)?\s*" + _DATE.replace("%s", "2"),
    re.I,
)
_UP_TO = re.compile(
    r"\b(?:as of|thr(?:o)?u(?:gh)?|end(?:s|ed|ing)?|to date)\s*:?\s+(?:the )?" + _DATE.replace("%s", "1"), re.I
)
_DAY = re.compile(rf"\b(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?\s+\d{{1,2}},?\s+(?:19|20)\d{{2}}\b", re.I)
_MONTH = re.compile(rf"\s*({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?\s+((?:19|20)\d{{2}})\s*", re.I)
_JULY, _OCTOBER = 7, 10
_YEAR_MONTHS = 12


@lru_cache(maxsize=4096)
def read_period_year(text: str) -> str | None:
    """The fiscal year of a text that names its first and last day, or a part of it from the first of July.

    >>> read_period_year("From 7/1/2024 To 6/30/2025"), read_period_year("Jul '24 - Jun 25")
    ('FY2024-25', 'FY2024-25')
    >>> read_period_year("Fiscal Year 2024 (September 1, 2024 - August 31, 2025)")
    'FY2024-25'
    >>> read_period_year("Starting date 7/1/2024 Ending date 4/30/2025"), read_period_year("6/1/2025 to 6/30/2025")
    ('FY2024-25', None)
    >>> read_period_year("January 1, 2025 to December 31, 2025")
    'FY2025'
    """
    match = _RANGE.search(text)
    if match is None:
        return None
    (first_year, first_month, first_day), (last_year, last_month, _) = (_read_date(match, end) for end in "12")
    months = (last_year - first_year) * _YEAR_MONTHS + last_month - first_month + 1
    begins = first_day == 1 and (months == _YEAR_MONTHS or (0 < months < _YEAR_MONTHS and first_month == _JULY))
    return fiscal_year_label(first_year, calendar=first_month == 1) if begins else None


@lru_cache(maxsize=4096)
def read_day_year(text: str) -> str | None:
    """The fiscal year of a report that runs up to a day, where every district's year has it: from October to June.

    >>> read_day_year("As of March 31, 2025"), read_day_year("For 3 Month Period Ending 12/31/2024")
    ('FY2024-25', 'FY2024-25')
    >>> read_day_year("Period ending 9/30/2024"), read_day_year("Board Meeting June 16, 2025")
    (None, None)
    """
    match = _UP_TO.search(text)
    if match is None:
        return None
    year, month, _ = _read_date(match, "1")
    return fiscal_year_label(year - 1 if month < _JULY else year) if not _JULY <= month < _OCTOBER else None


@lru_cache(maxsize=4096)
def read_month_year(text: str) -> str | None:
    """The fiscal year of a month where every district has it in that year, empty where they differ; None: no month.

    >>> read_month_year("Jan 2025"), read_month_year("July 2024"), read_month_year("Jan 2025 Budget")
    ('FY2024-25', '', None)
    """
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    month, year = _MONTHS.index(match[1].lower()) + 1, int(match[2])
    return "" if _JULY <= month < _OCTOBER else fiscal_year_label(year - 1 if month < _JULY else year)


def leave_days_out(text: str) -> str:
    """A text without its days: the year of a day is no fiscal year.

    >>> leave_days_out("Adopted June 16, 2025 for 2026")
    'Adopted  for 2026'
    """
    return _DAY.sub("", text)


def _read_date(match: re.Match[str], end: str) -> tuple[int, int, int]:
    year = match[f"year{end}"] or match[f"yearname{end}"]
    name = match[f"name{end}"]
    month = _MONTHS.index(name.lower()) + 1 if name else int(match[f"month{end}"])
    day = int(match[f"day{end}"] or match[f"dayname{end}"] or 1)
    return int(year) + (2000 if len(year) == 2 else 0), month, day
