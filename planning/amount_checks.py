"""The check at the gate: no amount of a plan is so large that it cannot be kept, and no cost line comes to one.

`evaluate` leaves a cost line of that size out and says so; a plan is stored only where there is none.
"""

from collections.abc import Iterator
from decimal import Decimal, localcontext

from planning.checks import check_plan, keep_first
from planning.cost.cash_flows import EXACT_DIGITS
from planning.cost.drivers import DriverCounts
from planning.cost.line_flows import LARGEST_EXPONENT, LinePricer, calculate_unit_cost
from planning.findings import Finding, FindingKind
from planning.fiscal_years import start_year_of
from planning.model import CostLine, Model, Plan, YearAmount
from planning.money import to_dollars
from planning.revisions.rows import RowKey, list_rows
from planning.vocabulary import Severity

AMOUNT_TOO_LARGE = FindingKind(
    "plan_amount_too_large",
    Severity.ERROR,
    "{item}: {found} as {field} is too large; nothing of a trillion or more can be kept.",
    "Correct the {field} of {item}.",
)
LARGEST = Decimal(10) ** LARGEST_EXPONENT
# What findings call a row of a section; the district and rows without an id of their own are named by their title.
THINGS = {
    "escalation_rates": "escalation rate",
    "goals": "goal",
    "initiatives": "initiative",
    "cost_lines": "cost line",
    "fleets": "fleet",
    "sources": "source",
    "commitments": "commitment",
    "contributions": "goal contribution",
    "driver_counts": "count",
    "schools": "school",
    "funding_requests": "funding request",
    "awards": "award",
    "gifts": "gift",
    "conflicts": "entry",
    "purchases": "purchase",
    "criteria": "criterion",
    "offers": "offer",
    "offer_scores": "score",
    "purchase_papers": "paper",
    "policies": "policy",
}


def check_whole_plan(plan: Plan) -> tuple[Finding, ...]:
    """Everything that a plan must be free of before it is stored: faults of its rows, then amounts beyond keeping."""
    return (*check_plan(plan), *check_amounts(plan))


def check_amounts(plan: Plan) -> tuple[Finding, ...]:
    """Every typed amount of a trillion or more, and every cost line that comes to so much in a year of the plan.

    Cost lines are priced exactly, in the years of the plan, archived initiatives too.
    """
    typed = tuple(finding for key, row in list_rows(plan).items() for finding in _check_row(key, row))
    return typed or _price_lines(plan)


def _check_row(key: RowKey, row: Model) -> Iterator[Finding]:
    for field, value in row:
        values = value if isinstance(value, tuple) else (value,)
        for value_of_year in values:
            amount = _read_amount(field, value_of_year)
            if abs(amount) >= LARGEST:
                name = f"{THINGS.get(key.section, '')} {key.title}".strip()
                words = field.removesuffix("_usd").removesuffix("_cents").replace("_", " ")
                yield AMOUNT_TOO_LARGE.at(item=name, field=words, found=f"{amount:,f}")


def _read_amount(field: str, value: object) -> Decimal:
    """A number as such, cents in dollars; 0 for anything else."""
    cents = value.amount_cents if isinstance(value, YearAmount) else value
    if isinstance(cents, int) and (cents is not value or field == "amount_cents"):
        return to_dollars(cents)
    return Decimal(value) if isinstance(value, Decimal | int) else Decimal(0)


def _price_lines(plan: Plan) -> tuple[Finding, ...]:
    district, initiatives = plan.district, {one.initiative_id: one for one in reversed(plan.initiatives)}
    first = start_year_of(district.first_fiscal_year)
    years = range(first, first + district.horizon_years)
    pricer = LinePricer(DriverCounts(district), district.escalation_rates, years)
    growth, most = _bound_growth(plan, years), max((count.count for count in district.driver_counts), default=0)
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        for line in keep_first(plan.cost_lines, "cost_line_id"):
            if line.initiative_id in initiatives and _may_be_large(line, float(max(most, 1)) * growth):
                pricer.calculate_flows(line, initiatives[line.initiative_id])
    return tuple(pricer.findings)


def _bound_growth(plan: Plan, years: range) -> float:
    """More than any price of the plan can grow, up or down, between its dollar year and a year of the plan."""
    steepest = max((max(1 + rate, 1 / (1 + rate)) for rate in _list_rates(plan)), default=Decimal(1))
    dollar_years = [start_year_of(year) for year in {line.dollar_year for line in plan.cost_lines}]
    starts = [start_year_of(year) for year in {line.start for line in plan.cost_lines}]
    priced = (years[-1], min(years[0], *starts)) if starts else years  # a residual follows the price of its purchase
    span = max((abs(day - year) for day in priced for year in dollar_years), default=0)
    try:
        return float(max(steepest, Decimal(1))) ** span
    except OverflowError:
        return float("inf")


def _list_rates(plan: Plan) -> Iterator[Decimal]:
    return (rate.rate_per_year for rate in plan.district.escalation_rates)


def _may_be_large(line: CostLine, factor: float) -> bool:
    """Whether a line has to be priced exactly: a bound in floats spares nearly every line."""
    unit = abs(float(calculate_unit_cost(line)))
    return line.renewal_uplift is not None or unit * factor * 1.001 >= float(LARGEST)
