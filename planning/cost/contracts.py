"""The leases and subscriptions of a plan as the books show them: treatment, liability, schedule, amortisation.

A subscription of software falls under GASB Statement 96, one of hardware is a lease under Statement 87. The first term
with its reasonably certain options is valued at the district's borrowing rate, whole, even beyond the plan's years.
Payments are taken to be made at the start of each year, as invoices are, unless the line says otherwise. Software
that counts by students, devices … is paid by the seat; with a number of seats agreed for the term it counts as fixed.
How many devices are leased is no use of them: a lease is not variable by its count.
"""

from dataclasses import dataclass
from decimal import localcontext

from planning.checks import keep_first
from planning.cost.cash_flows import EXACT_DIGITS
from planning.cost.discounting import find_nominal_rate
from planning.cost.drivers import DriverCounts
from planning.cost.leases import Contract, Treatment, choose_treatment, value_contract
from planning.cost.line_events import find_term
from planning.cost.line_flows import LinePricer
from planning.fiscal_years import start_year_of
from planning.model import CostLine, District, Initiative, Plan
from planning.money import to_cents
from planning.vocabulary import CostCategory, CostKind, CostPurpose, Driver, PaymentPoint

_EXPENSED = (CostPurpose.SELECTION, CostPurpose.TRAINING)


@dataclass(frozen=True, slots=True)
class PlannedContract:
    """One subscription or lease of the plan; amounts in cents. `expensed_cents` is choosing and training beside it."""

    line: CostLine
    treatment: Treatment
    term_years: int
    rate: float
    contract: Contract
    implementation_cents: int
    expensed_cents: int

    @property
    def is_on_books(self) -> bool:
        """Whether it makes a liability: what is short-term, varies, or is below the district's level does not."""
        return self.treatment not in (Treatment.SHORT_TERM, Treatment.VARIABLE, Treatment.BELOW_LEVEL)


def list_contracts(plan: Plan) -> tuple[PlannedContract, ...]:
    """Every subscription of an initiative that is not archived, in the order of the plan.

    Capitalisable implementation is what its initiative spends once on implementation; choosing and training are
    expensed. An initiative with two contracts lays its implementation on the first.
    """
    initiatives = {item.initiative_id: item for item in plan.initiatives if not item.archived}
    lines = [line for line in keep_first(plan.cost_lines, "cost_line_id") if line.initiative_id in initiatives]
    found: list[PlannedContract] = []
    served: set[str] = set()
    for line in lines:
        if line.kind is not CostKind.SUBSCRIPTION or line.unit_price_usd <= 0:
            continue
        beside = [other for other in lines if other.initiative_id == line.initiative_id]
        first = line.initiative_id not in served
        contract = _value(line, initiatives[line.initiative_id], beside if first else [], plan.district)
        if contract:
            served.add(line.initiative_id)
            found.append(contract)
    return tuple(found)


def find_borrowing_rate(district: District) -> float:
    """The district's incremental borrowing rate; without one the nominal discount rate."""
    return find_nominal_rate(district) if district.borrowing_rate is None else float(district.borrowing_rate)


def _value(
    line: CostLine, initiative: Initiative, beside: list[CostLine], district: District
) -> PlannedContract | None:
    years = find_term(line)
    start = start_year_of(line.start)
    payments = _price(line, initiative, district, range(start, start + years))
    if not payments or not any(payments):
        return None
    once = {purpose: _sum_once(beside, purpose, initiative, district) for purpose in CostPurpose}
    rate, implementation = find_borrowing_rate(district), once[CostPurpose.IMPLEMENTATION]
    contract = value_contract(
        payments,
        rate,
        paid_at_start=line.paid in (None, PaymentPoint.START_OF_YEAR),
        paid_in_middle=line.paid is PaymentPoint.MIDDLE_OF_YEAR,
        implementation_cents=implementation,
    )
    is_software = line.category is CostCategory.SOFTWARE
    treatment = choose_treatment(
        12 * years,
        is_software,
        line.transfers_ownership,
        contract.liability_cents,
        to_cents(district.subscription_level_usd),
        is_software and line.driver is not Driver.FIXED,
    )
    expensed = sum(once[purpose] for purpose in _EXPENSED)
    return PlannedContract(line, treatment, years, rate, contract, implementation, expensed)


def _price(line: CostLine, initiative: Initiative, district: District, years: range) -> list[int]:
    """The payments of the term: the line priced as if its initiative lasted as long as the contract."""
    pricer = LinePricer(DriverCounts(district), district.escalation_rates, years)
    whole = line.model_copy(update={"end": None})
    lasting = initiative.model_copy(update={"start": line.start, "life_years": min(len(years), 40)})
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        flows = {flow.year: flow.cents for flow in pricer.calculate_flows(whole, lasting)}
    return [flows.get(year, 0) for year in years]


def _sum_once(lines: list[CostLine], purpose: CostPurpose, initiative: Initiative, district: District) -> int:
    """What is spent once for a purpose, user time left aside."""
    total = 0
    for line in lines:
        if line.kind is CostKind.ONE_TIME and line.purpose is purpose and line.category != CostCategory.INDIRECT_LABOR:
            year = start_year_of(line.start)
            total += _price(line, initiative, district, range(year, year + 1))[0]
    return total
