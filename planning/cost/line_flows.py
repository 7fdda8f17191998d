"""A cost line year by year, in nominal cents, worked out exactly with decimals.

quantity × driver × price × (1 + loading) × (1 + escalation)^(priced year − dollar year) × factor of the event.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from planning.cost.cash_flows import calculate_escalation_factor
from planning.cost.drivers import DriverCounts
from planning.cost.line_events import list_events
from planning.findings import Finding, FindingKind
from planning.fiscal_years import start_year_of
from planning.model import CostLine, EscalationRate, Initiative
from planning.money import to_cents
from planning.vocabulary import CostTiming, Severity

COST_TOO_LARGE = FindingKind(
    "cost_too_large",
    Severity.ERROR,
    "Cost line {item} comes to more than a trillion dollars in one year; it is not counted.",
    "Check the quantity, the unit price, the dollar year and the escalation rate of {item}.",
)

# A trillion dollars: what DECIMAL(18,6), the store's money, can hold.
LARGEST_EXPONENT = 12
_WHOLE = Decimal(1)


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
        self.growth = PriceGrowth(rates)

    def calculate_flows(self, line: CostLine, initiative: Initiative) -> list[Flow]:
        """The amounts of a line inside the horizon, each rounded once, half-up, to whole cents.

        Zero amounts are left out. Must run under a context of `EXACT_DIGITS` digits to stay exact.
        """
        unit_cost = calculate_unit_cost(line)
        flows = []
        for event in list_events(line, initiative, self.years):
            amount = unit_cost * self.counts.count(line.driver, event.counted_year) * event.factor
            amount *= self.growth.of(line, event.priced_year)
            if amount.adjusted() >= LARGEST_EXPONENT and amount:
                self.findings.append(COST_TOO_LARGE.at(item=line.cost_line_id))
                return []
            if cents := to_cents(amount):
                flows.append(Flow(line, event.year, event.timing, cents))
        return flows


class PriceGrowth:
    """By how much a line's price has risen since its dollar year, by its own rate or that of its cost family."""

    def __init__(self, rates: Sequence[EscalationRate]) -> None:
        self._rates: Mapping[str | None, Decimal] = {rate.name: rate.rate_per_year for rate in reversed(rates)}
        self._by_category = find_category_rates(rates)
        self._factors: dict[tuple[str | None, int], Decimal] = {}

    def of(self, line: CostLine, year: int) -> Decimal:
        """(1 + escalation)^(year − dollar year); 1 without a rate."""
        escalation = line.escalation or self._by_category.get(line.category)
        years = year - start_year_of(line.dollar_year)
        if escalation is None or not years:
            return _WHOLE
        factor = self._factors.get((escalation, years))
        if factor is None:
            factor = calculate_escalation_factor(self._rates.get(escalation, Decimal(0)), years)
            self._factors[escalation, years] = factor
        return factor


def calculate_unit_cost(line: CostLine) -> Decimal:
    """What the line's quantity costs in dollars of its dollar year: quantity × price × (1 + loading)."""
    cost = line.quantity * line.unit_price_usd
    return cost * (1 + line.loading_fraction) if line.loading_fraction else cost


def find_category_rates(rates: Sequence[EscalationRate]) -> dict[str, str]:
    """The name of the rate that each cost family follows by itself; of two for one family the first."""
    return {rate.category: rate.name for rate in reversed(rates) if rate.category is not None}
