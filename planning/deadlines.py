"""Days counted from days: rules speak of years after and days before, and of the working days between.

What lies beyond the calendar (31 December 9999 is how people write "never") is the last day of it, or the first.
"""

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta


def add_years(day: date, years: int) -> date:
    """The same day so many years later; the day after where that year has no 29 February.

    >>> add_years(date(2020, 8, 1), 5), add_years(date(2024, 2, 29), 3)
    (datetime.date(2025, 8, 1), datetime.date(2027, 3, 1))
    """
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if years > 0 else date.min
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month.

    >>> add_months(date(2026, 12, 31), 2), add_months(date(2026, 3, 15), -12)
    (datetime.date(2027, 2, 28), datetime.date(2025, 3, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """So many calendar days later, or earlier where negative.

    >>> add_days(date(2026, 12, 31), 120), add_days(date(9999, 12, 31), 120)
    (datetime.date(2027, 4, 30), datetime.date(9999, 12, 31))
    """
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def last_weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend: what must be done by a Sunday is done on the Friday.

    >>> last_weekday(date(2027, 1, 31))
    datetime.date(2027, 1, 29)
    """
    return day - timedelta(days=max(0, day.weekday() - 4))
