"""A cost line year by year, in nominal cents: quantity × driver × price × (1 + escalation)^(year − dollar year)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from planning.cost.cash_flows import calculate_escalation_factor
from planning.cost.drivers import DriverCounts
from planning.findings import Finding, FindingKind
from planning.fiscal_years import start_year_of
from planning.model import CostLine, EscalationRate, Initiative
from planning.money import to_cents
from planning.vocabulary import CostKind, CostTiming, Severity

COST_TOO_LARGE = FindingKind(
    "cost_too_large",
    Severity.ERROR,
    "Cost line {item} comes to more than a trillion dollars in one year; it is not counted.",
    "Check the quantity, the unit price, the dollar year and the escalation rate of {item}.",
)

# A trillion dollars: what DECIMAL(18,6), the store's money, can hold.
_LARGEST_EXPONENT = 12


class Flow(NamedTuple):
    """One amount of a cost line in the fiscal year that starts in `year`."""

    line: CostLine
    year: int
    timing: CostTiming
    cents: int


class LinePricer:
    """Prices lines of one plan: knows the counts and rates, and keeps every growth factor it has worked out."""

    def __init__(self, counts: DriverCounts, rates: Sequence[EscalationRate], years: range) -> None:
        self.counts = counts
        self.years = years
        self.findings: list[Finding] = []
        self._rates: Mapping[str | None, Decimal] = {rate.name: rate.rate_per_year for rate in reversed(rates)}
        self._factors: dict[tuple[str | None, int], Decimal] = {}

    def calculate_flows(self, line: CostLine, initiative: Initiative) -> list[Flow]:
        """The amounts of a line inside the horizon, each rounded once, half-up, to whole cents.

        Zero amounts are left out. Must run under a context of `EXACT_DIGITS` digits to stay exact.
        """
        dollar_year = start_year_of(line.dollar_year)
        unit_cost = line.quantity * line.unit_price_usd
        flows = []
        for year, timing, priced_year, fraction in _list_events(line, initiative, self.years):
            amount = unit_cost * self.counts.count(line.driver, priced_year) * fraction
            if line.escalation is not None and priced_year != dollar_year:
                amount *= self._factor(line.escalation, priced_year - dollar_year)
            if amount.adjusted() >= _LARGEST_EXPONENT and amount:
                self.findings.append(COST_TOO_LARGE.at(item=line.cost_line_id))
                return []
            if cents := to_cents(amount):
                flows.append(Flow(line, year, timing, cents))
        return flows

    def _factor(self, escalation: str | None, years: int) -> Decimal:
        factor = self._factors.get((escalation, years))
        if factor is None:
            factor = calculate_escalation_factor(self._rates.get(escalation, Decimal(0)), years)
            self._factors[escalation, years] = factor
        return factor


_Event = tuple[int, CostTiming, int, Decimal]
_WHOLE = Decimal(1)


def _list_events(line: CostLine, initiative: Initiative, years: range) -> Iterator[_Event]:
    """(year it falls in, timing, year whose price counts, fraction of that price) inside the horizon."""
    start = start_year_of(line.start)
    if line.kind is CostKind.ONE_TIME:
        if start in years:
            yield start, CostTiming.ONE_TIME, start, _WHOLE
        return
    last = min(_last_year(line, initiative), years[-1])
    if line.kind is CostKind.RECURRING:
        for year in range(max(start, years[0]), last + 1):
            yield year, CostTiming.RECURRING, year, _WHOLE
        return
    # Without a refresh period (an error of the plan) the line is bought once.
    step = line.refresh_years or last - start + 1
    for year in range(start, last + 1, max(step, 1)):
        yield from _list_purchase(line, year, start, step, years)


def _list_purchase(line: CostLine, year: int, start: int, step: int, years: range) -> Iterator[_Event]:
    """A purchase, and what the units it replaces bring: a fraction of what they cost when they were bought."""
    if year not in years:
        return
    yield year, CostTiming.REFRESH, year, _WHOLE
    if year > start and line.residual_fraction:
        yield year, CostTiming.RESIDUAL, year - step, -line.residual_fraction


def _last_year(line: CostLine, initiative: Initiative) -> int:
    if line.end is not None:
        return start_year_of(line.end)
    return start_year_of(initiative.start) + initiative.life_years - 1
