"""How long records are kept: a number of years after the period they belong to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RecordClass(StrEnum):
    """The kinds of records that a district sets a retention period for."""

    BUDGET_UPLOAD = "budget_upload"
    PLAN_REVISION = "plan_revision"


@dataclass(frozen=True, slots=True)
class RetentionDate:
    """One record and the last day it must be kept; None where the district has set no period for its class."""

    record_class: RecordClass
    record_id: str
    name: str
    period_end: date
    keep_until: date | None
    is_held: bool

    def is_due(self, as_of: date) -> bool:
        """Whether it need not be kept any longer: its time is over and no hold is on it."""
        return self.keep_until is not None and self.keep_until < as_of and not self.is_held


def calculate_keep_until(period_end: date, years: int) -> date:
    """The last day a record is kept: so many years after the last day of its period.

    A period that ends on 29 February is kept to 28 February where the year has no 29th.

    >>> calculate_keep_until(date(2027, 6, 30), 7)
    datetime.date(2034, 6, 30)
    >>> calculate_keep_until(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return period_end.replace(year=period_end.year + years)
    except ValueError:
        return period_end.replace(year=period_end.year + years, day=28)
