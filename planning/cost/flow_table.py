"""Every cost line of a plan at once, as columns of whole cents: the same cents as `line_flows`, many times faster.

Amounts are worked out in binary floating point and rounded to whole cents where the rounding is beyond doubt: farther
from half a cent than the error that the arithmetic can have. A line with any amount nearer than that, or of a trillion
dollars, is priced exactly by `LinePricer`. So every cent is what exact arithmetic gives; a property test says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from planning.cost.cash_flows import EXACT_DIGITS, calculate_escalation_factor
from planning.cost.drivers import DriverCounts
from planning.cost.line_events import calculate_residual_fraction, find_term, list_purchase_years
from planning.cost.line_flows import LinePricer, calculate_unit_cost, find_category_rates
from planning.findings import Finding
from planning.fiscal_years import start_year_of
from planning.model import CostLine, District, EscalationRate, Initiative
from planning.vocabulary import CostKind, CostTiming, Driver

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
TIMINGS = tuple(CostTiming)
# Far above what eight roundings of a double can add up to, price growth over 200 years included.
RELATIVE_DOUBT = 1e-13
_TOO_LARGE_CENTS = 1e14
_NEVER = 10_000
# The values of the enums, because an enum hashes its name anew each time it is looked up.
_READ_LINE = attrgetter("start", "dollar_year", "driver._value_", "kind._value_", "escalation", "category._value_")
_TIMING_OF_KIND = {
    CostKind.ONE_TIME: CostTiming.ONE_TIME,
    CostKind.SCHEDULED: CostTiming.ONE_TIME,
    CostKind.REFRESH: CostTiming.REFRESH,
}


@dataclass(frozen=True, slots=True)
class FlowTable:
    """The amounts of a plan's cost lines, one element a flow, ordered by initiative, year and line.

    `line` and `year` are places in `lines` and in the years of the horizon, `initiative` a place among the
    initiatives given, `timing` a place in TIMINGS; a purchase stands before the residual it brings.
    """

    lines: tuple[CostLine, ...]
    initiative: Whole
    line: Whole
    year: Whole
    timing: Whole
    cents: Whole


def build_flow_table(
    lines: Sequence[CostLine], initiatives: Sequence[Initiative], district: District, years: range
) -> tuple[FlowTable, list[Finding]]:
    """The flows of every line whose initiative is among those given, and what could not be counted."""
    places = {item.initiative_id: place for place, item in enumerate(initiatives)}
    known = tuple(line for line in lines if line.initiative_id in places)
    counts = DriverCounts(district)
    builder = _Builder(known, initiatives, district, years, counts)
    with localcontext() as context, np.errstate(over="ignore", invalid="ignore"):  # what overflows is priced exactly
        context.prec = EXACT_DIGITS
        line, year, timing, cents = builder.build()
    initiative = np.array([places[item.initiative_id] for item in known], dtype=np.int64)[line]
    is_residual = timing == TIMINGS.index(CostTiming.RESIDUAL)
    order = np.argsort(((initiative * len(years) + year) * (len(known) + 1) + line) * 2 + is_residual)
    table = FlowTable(known, *(column[order] for column in (initiative, line, year, timing, cents)))
    return table, [*counts.list_findings(), *builder.pricer.findings]


class _Builder:
    """Works the columns of one plan out; each step is a matrix of lines × years."""

    def __init__(
        self,
        lines: tuple[CostLine, ...],
        initiatives: Sequence[Initiative],
        district: District,
        years: range,
        counts: DriverCounts,
    ) -> None:
        self.lines = lines
        self.initiatives = initiatives
        self.years = years
        self.counts = counts
        self.pricer = LinePricer(counts, district.escalation_rates, years)
        self.calendar = np.arange(years[0], years[-1] + 1, dtype=np.int64)
        self.drivers = tuple(Driver)
        self._read(district.escalation_rates)

    def build(self) -> tuple[Whole, Whole, Whole, Whole]:
        """Line, year, timing and cents of every flow, in no order."""
        if not self.lines:
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing, nothing, nothing
        falls = self._find_years()
        priced, factors = self._find_prices()
        year = np.broadcast_to(self.calendar, falls.shape)
        amounts = self.unit[:, None] * self._count(falls, year) * self._grow(falls, priced)
        amounts *= factors
        cents, doubtful = _round(np.where(falls, amounts, 0.0))
        replaced, old, old_doubtful = self._price_residuals(falls)
        inexact = np.zeros(len(self.lines), dtype=bool)
        inexact[np.nonzero(doubtful)[0]] = True
        inexact[replaced[np.nonzero(old_doubtful)[0]]] = True
        cents[inexact] = 0
        old[inexact[replaced]] = 0
        return self._collect(cents, replaced, old, np.flatnonzero(inexact))

    def _read(self, rates: Sequence[EscalationRate]) -> None:
        """The fields of the lines as columns of numbers, each line read once."""
        rows = [_READ_LINE(line) for line in self.lines]
        starts, dollar_years, drivers, kinds, escalations, categories = zip(*rows, strict=True) if rows else ((),) * 6
        timings = {str(kind): TIMINGS.index(_TIMING_OF_KIND.get(kind, CostTiming.RECURRING)) for kind in CostKind}
        numbers = {str(driver): number for number, driver in enumerate(self.drivers)}
        self.start = _as_whole([start_year_of(label) for label in starts])
        self.dollar_year = _as_whole([start_year_of(label) for label in dollar_years])
        self.driver = _as_whole([numbers[driver] for driver in drivers])
        self.timing = _as_whole([timings[kind] for kind in kinds])
        self.unit = np.array([calculate_unit_cost(line) for line in self.lines], dtype=np.float64) * 100.0
        by_category = {str(family): name for family, name in find_category_rates(rates).items()}
        values = {rate.name: rate.rate_per_year for rate in reversed(rates)}
        places = {name: number for number, name in enumerate(values, start=1)}
        self.rates = (Decimal(0), *values.values())
        names = [own or by_category.get(family, "") for own, family in zip(escalations, categories, strict=True)]
        self.rate = _as_whole([places.get(name, 0) for name in names])

    def _find_years(self) -> NDArray[np.bool_]:
        """Whether each line falls due in each year."""
        last, step = self.start.copy(), np.ones_like(self.start)
        scheduled = []
        lives = {item.initiative_id: start_year_of(item.start) + item.life_years - 1 for item in self.initiatives}
        for number, line in enumerate(self.lines):
            kind = line.kind
            if kind is CostKind.SCHEDULED:
                scheduled.append(number)
            elif kind is not CostKind.ONE_TIME:
                last[number] = lives[line.initiative_id] if line.end is None else start_year_of(line.end)
                if kind is CostKind.REFRESH:
                    step[number] = line.refresh_years or _NEVER
        age = self.calendar[None, :] - self.start[:, None]
        falls = (age >= 0) & (self.calendar[None, :] <= last[:, None]) & (age % step[:, None] == 0)
        for number in scheduled:
            falls[number] = np.isin(self.calendar, list_purchase_years(self.lines[number]))
        self.step = step
        return falls

    def _find_prices(self) -> tuple[Whole, Floats]:
        """The year whose price counts for each line and year, and a factor beside it: both of subscriptions only."""
        priced = np.repeat(self.calendar[None, :], len(self.lines), axis=0)
        factors = np.ones(priced.shape)
        rows = [number for number, line in enumerate(self.lines) if line.kind is CostKind.SUBSCRIPTION]
        if not rows:
            return priced, factors
        lines = [self.lines[number] for number in rows]
        start, first = self.start[rows, None], np.array([find_term(line) for line in lines])[:, None]
        term = np.array([line.term_years or 1 for line in lines])[:, None]
        age = priced[rows] - start
        renewals = np.where(age < first, 0, 1 + (age - first) // term)
        term_start = np.where(renewals == 0, start, start + first + (renewals - 1) * term)
        has_uplift = np.array([line.renewal_uplift is not None for line in lines])[:, None]
        growth = np.array([1.0 + float(line.renewal_uplift or 0) for line in lines])[:, None]
        priced[rows] = np.where(has_uplift, start, term_start)
        factors[rows] = growth ** np.maximum(renewals, 0)
        return priced, factors

    def _count(self, falls: NDArray[np.bool_], counted: Whole) -> Floats:
        """The driver's count for every line and year that falls due; other years are not asked for."""
        driver = np.broadcast_to(self.driver[:, None], falls.shape)
        return self._look_up_counts(driver, counted, falls)

    def _look_up_counts(self, driver: Whole, counted: Whole, wanted: NDArray[np.bool_]) -> Floats:
        first = int(counted.min())
        width = int(counted.max()) - first + 1
        asked = np.zeros((len(self.drivers), width), dtype=bool)
        asked[driver[wanted], counted[wanted] - first] = True
        table = np.zeros(asked.shape)
        for number, year in zip(*np.nonzero(asked), strict=True):
            table[number, year] = float(self.counts.count(self.drivers[number], int(year) + first))
        return table[driver, counted - first]

    def _grow(self, falls: NDArray[np.bool_], priced: Whole, rows: Whole | slice = slice(None)) -> Floats:
        """Price growth from the dollar year to the year whose price counts."""
        offset = priced - self.dollar_year[rows, None]
        rate = np.broadcast_to(self.rate[rows, None], offset.shape)
        if not falls.any():
            return np.ones(offset.shape)
        low, high = int(offset[falls].min()), int(offset[falls].max())
        table = np.array([[calculate_growth(value, years) for years in range(low, high + 1)] for value in self.rates])
        return table[rate, np.clip(offset, low, high) - low]

    def _price_residuals(self, falls: NDArray[np.bool_]) -> tuple[Whole, Whole, NDArray[np.bool_]]:
        """Rows of refresh lines whose replaced units bring something, the cents they bring, and which are in doubt."""
        chosen: list[int] = []
        shares: list[float] = []
        for number, line in enumerate(self.lines):
            if line.kind is CostKind.REFRESH and line.refresh_years:
                share = calculate_residual_fraction(line, line.refresh_years)
                if share:
                    chosen.append(number)
                    shares.append(float(share))
        rows = np.array(chosen, dtype=np.int64)
        if not chosen:
            nothing = np.zeros((0, len(self.calendar)))
            return rows, nothing.astype(np.int64), nothing.astype(bool)
        bought = self.calendar[None, :] - self.step[rows, None]
        returned = falls[rows] & (bought >= self.start[rows, None])
        driver = np.broadcast_to(self.driver[rows, None], returned.shape)
        amounts = -np.array(shares)[:, None] * self.unit[rows, None] * self._look_up_counts(driver, bought, returned)
        amounts *= self._grow(returned, bought, rows)
        return rows, *_round(np.where(returned, amounts, 0.0))

    def _collect(self, cents: Whole, replaced: Whole, old: Whole, inexact: Whole) -> tuple[Whole, Whole, Whole, Whole]:
        line, year = np.nonzero(cents)
        row, old_year = np.nonzero(old)
        owners = {item.initiative_id: item for item in self.initiatives}
        exact = [
            (number, flow.year - self.years[0], TIMINGS.index(flow.timing), flow.cents)
            for number in inexact.tolist()
            for flow in self.pricer.calculate_flows(self.lines[number], owners[self.lines[number].initiative_id])
        ]
        more = np.array(exact, dtype=np.int64).reshape(-1, 4)
        residual = np.full(len(row), TIMINGS.index(CostTiming.RESIDUAL))
        return (
            np.concatenate((line, replaced[row], more[:, 0])),
            np.concatenate((year, old_year, more[:, 1])),
            np.concatenate((self.timing[line], residual, more[:, 2])),
            np.concatenate((cents[line, year], old[row, old_year], more[:, 3])),
        )


def _as_whole(values: Sequence[int]) -> Whole:
    return np.array(values, dtype=np.int64)


@lru_cache(maxsize=8192)
def calculate_growth(rate_per_year: Decimal, years: int) -> float:
    """Price growth over whole years as the nearest double."""
    return float(calculate_escalation_factor(rate_per_year, years))


def _round(amounts: Floats) -> tuple[Whole, NDArray[np.bool_]]:
    """Whole cents, half away from zero, and where the exact amount may round otherwise."""
    size = np.abs(amounts)
    fits = size < _TOO_LARGE_CENTS * (1 - RELATIVE_DOUBT)  # false for what is not a number, too
    size = np.where(fits, size, 0.0)
    whole = np.floor(size + 0.5)
    near_half = np.abs(size - np.floor(size) - 0.5) <= size * RELATIVE_DOUBT
    cents = np.where(amounts < 0, -whole, whole).astype(np.int64)
    return cents, near_half & (size > 0) | ~fits
