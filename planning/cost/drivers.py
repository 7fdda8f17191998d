"""How many students, staff, devices … a fiscal year has, and what is assumed where the plan does not say."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_label, start_year_of
from planning.model import District, DriverCount
from planning.vocabulary import Driver, Severity

DRIVER_COUNT_CARRIED = FindingKind(
    "driver_count_carried",
    Severity.WARNING,
    "The plan gives no number of {found} for {years}; the nearest earlier count is carried forward.",
    "Add the number of {found} for {years} to the district's counts.",
)

_ONE = Decimal(1)
_NONE = Decimal(0)


class DriverCounts:
    """Counts by driver and year; a missing year takes the last known count, or the first one before that.

    A driver without any count is zero; `planning.checks` makes an error of it. The years asked for in vain are
    remembered, so that one finding for each driver names them all.
    """

    def __init__(self, district: District) -> None:
        self._known = _collect_counts(district.driver_counts)
        self._carried: dict[Driver, set[int]] = {}
        self._is_calendar = "-" not in district.first_fiscal_year

    def count(self, driver: Driver, year: int) -> Decimal:
        """The count that applies in the fiscal year which starts in `year`; 1 for `fixed`."""
        if driver is Driver.FIXED:
            return _ONE
        known = self._known.get(driver)
        if known is None:
            return _NONE
        years, counts = known
        place = bisect_right(years, year) - 1
        if place < 0 or years[place] != year:
            self._carried.setdefault(driver, set()).add(year)
        return counts[max(place, 0)]

    def list_findings(self) -> tuple[Finding, ...]:
        """One finding for each driver whose count was carried."""
        return tuple(
            DRIVER_COUNT_CARRIED.at(
                found=driver,
                years=", ".join(fiscal_year_label(year, self._is_calendar) for year in sorted(years)),
            )
            for driver, years in sorted(self._carried.items())
        )


def _collect_counts(counts: Sequence[DriverCount]) -> dict[Driver, tuple[list[int], list[Decimal]]]:
    by_driver: dict[Driver, dict[int, Decimal]] = {}
    for item in counts:
        by_driver.setdefault(item.driver, {}).setdefault(start_year_of(item.fiscal_year), item.count)
    return {driver: (sorted(years), [years[year] for year in sorted(years)]) for driver, years in by_driver.items()}
