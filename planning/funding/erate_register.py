"""What the E-Rate register comes to: the five-year budget, cash by quarter, when equipment may move or be sold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.deadlines import add_months, add_years
from planning.figure import Column, FigureUnit, Table
from planning.findings import Finding, FindingKind
from planning.funding.erate import CategoryTwoBudget, calculate_category_two_budget
from planning.funding.erate_discount import find_program_day
from planning.funding.erate_requests import RequestState, find_service_days
from planning.governance.disposal import find_sale_date, find_transfer_date
from planning.model import Plan
from planning.money import format_cents, format_percent, split_cents, to_cents
from planning.reference import Reference
from planning.registers import ErateInvoicing, FundingRequest
from planning.vocabulary import Driver, Severity, SourceKind

CENTS = FigureUnit.CENTS
ERATE_SOURCE_DIFFERS = FindingKind(
    "erate_source_differs",
    Severity.WARNING,
    "Source {item} has {found} in {year}, but the E-Rate requests of that year come to {expected}.",
    "Give {item} what its requests come to, or correct their eligible cost or discount.",
)
ERATE_RULES = {
    "erate_c2_per_student": "Category Two budget of five years, for each student",
    "erate_c2_floor": "Category Two budget, at least",
    "erate_bidding": "Form 470 open before contract and Form 471",
    "erate_form_486": "Form 486 after the letter or the start of service",
    "erate_invoice": "Last invoice after the last day of service",
    "erate_transfer_after": "Equipment may move to another school after its purchase",
    "erate_disposal_after": "Equipment may be sold or traded after its installation",
    "erate_record_retention": "Records kept after the last day of service",
}


@dataclass(frozen=True)
class CategoryTwoState:
    """The budget of the cycle, the students it counts, what committed requests used of it and others ask of it."""

    students: Decimal
    budget: CategoryTwoBudget
    asked_cents: int

    @property
    def beyond_cents(self) -> int:
        """Eligible cost for which the budget has no room."""
        return max(0, self.asked_cents - self.budget.left_cents)

    def describe(self) -> str:
        each, last = self.budget.rows[0], self.budget.rows[0].valid_to
        used, left, whole = (
            format_cents(cents, symbol=True)
            for cents in (self.budget.used_cents, self.budget.left_cents, self.budget.budget_cents)
        )
        sentence = (
            f"Category Two: {self.students:,} students × ${each.value} is a budget of {whole} before discount"
            f"{f' to {last}' if last else ''}; {used} is used and {left} is left."
        )
        beyond = format_cents(self.beyond_cents, symbol=True)
        return f"{sentence} {beyond} that is asked for is beyond it." if self.beyond_cents else sentence


def find_category_two(plan: Plan, reference: Reference, as_of: date) -> CategoryTwoState | None:
    """The Category Two budget in force on a day; None where the plan has no such source or counts no students.

    Used is the eligible cost of requests whose letter has come, asked that of the others, in the years of the cycle.
    Students are those of the schools, the most who are there at one time; where no school is counted, those of
    the first year that the plan counts.
    """
    sources = {source.source_id for source in plan.sources if source.kind is SourceKind.ERATE_C2}
    students = _count_students(plan)
    if not sources or students is None:
        return None
    budget = calculate_category_two_budget(int(students), reference, as_of)
    cycle = budget.rows[0]
    used = asked = 0
    for request in plan.funding_requests:
        first = find_program_day(request)
        is_of_cycle = cycle.valid_from <= first and (cycle.valid_to is None or first <= cycle.valid_to)
        if request.source_id in sources and is_of_cycle:
            used += to_cents(request.eligible_usd) if request.committed_on else 0
            asked += 0 if request.committed_on else to_cents(request.eligible_usd)
    return CategoryTwoState(students, calculate_category_two_budget(int(students), reference, as_of, used), asked)


def _count_students(plan: Plan) -> Decimal | None:
    if plan.schools:
        return Decimal(sum(school.students_at_once for school in plan.schools))
    return next((one.count for one in plan.district.driver_counts if one.driver is Driver.STUDENTS), None)


def check_source_amounts(plan: Plan, states: Sequence[RequestState]) -> tuple[Finding, ...]:
    """A warning for each source and year that has another amount than E-Rate's share of the requests of that year.

    A year in which the source has no amount is left alone: its requests were paid before the plan.
    """
    shares = Counter[tuple[str, str]]()
    for state in states:
        shares[state.request.source_id, state.request.funding_year] += state.share.erate_cents
    amounts = {(one.source_id, year.fiscal_year): year.amount_cents for one in plan.sources for year in one.amounts}
    return tuple(
        ERATE_SOURCE_DIFFERS.at(
            item=source_id,
            found=format_cents(amounts[source_id, year], 2, symbol=True),
            expected=format_cents(cents, 2, symbol=True),
            year=year,
        )
        for (source_id, year), cents in shares.items()
        if amounts.get((source_id, year), cents) != cents
    )


def tabulate_request_facts(states: Sequence[RequestState], reference: Reference) -> Table:
    """Each request's discount, ineligible share, way of invoicing, days of service, and the last day of its records."""
    names = ("Request", "Discount", "Ineligible share", "Invoicing", "Appropriated", "Comes back later")
    more = ("Service from", "Service to", "Records until")
    columns = tuple(
        Column(name, CENTS if name in ("Appropriated", "Comes back later") else FigureUnit.TEXT)
        for name in (*names, *more)
    )
    return Table(columns, tuple(_list_facts(state, reference) for state in states))


def _list_facts(state: RequestState, reference: Reference) -> tuple[str | int, ...]:
    request, (start, end) = state.request, find_service_days(state.request)
    years = int(reference.require("erate_record_retention", start).value)
    whole = request.eligible_usd + request.ineligible_usd
    is_bear = request.invoicing is ErateInvoicing.BEAR
    return (
        request.request_id,
        _say_discount(state),
        format_percent(request.ineligible_usd / whole, 1) if whole else "—",
        "BEAR: the district pays first" if is_bear else "SPI: the provider waits",
        state.cash.appropriation_cents,
        state.cash.reimbursed_later_cents,
        str(start),
        str(end),
        str(add_years(end, years)),
    )


def _say_discount(state: RequestState) -> str:
    """The discount and where it comes from."""
    if state.discount_percent is None:
        return "not known"
    by = "as typed" if state.request.discount_percent else "of the schools"
    return f"{state.discount_percent} %, {by}"


def tabulate_equipment(states: Sequence[RequestState], reference: Reference, as_of: date) -> Table:
    """From when what each request bought may move to another school and from when it may be sold.

    Days that are not typed are those of the contract and the start of service, and are marked as planned.
    """
    names = ("Request", "Bought", "Installed", "May move from", "May be sold from", "Today")
    rows = tuple(_list_equipment(state.request, reference, as_of) for state in states if not state.request.is_recurring)
    return Table(tuple(Column(name) for name in names), rows)


def _list_equipment(request: FundingRequest, reference: Reference, as_of: date) -> tuple[str, ...]:
    start, _ = find_service_days(request)
    bought, installed = request.purchased_on or request.contract_on or start, request.installed_on or start
    moves, sells = find_transfer_date(bought, reference), find_sale_date(installed, reference)
    today = "stays where it is" if as_of < moves else "may move, not be sold" if as_of < sells else "may be sold"
    return (
        request.request_id,
        str(bought) if request.purchased_on else f"planned {bought}",
        str(installed) if request.installed_on else f"planned {installed}",
        str(moves),
        str(sells),
        today if request.installed_on else "not there yet",
    )


@dataclass(frozen=True)
class CashQuarter:
    """A quarter of the calendar: what the district pays, what comes back, what it then still waits for."""

    label: str
    paid_cents: int
    returned_cents: int
    waiting_cents: int


def list_cash_quarters(states: Sequence[RequestState]) -> tuple[CashQuarter, ...]:
    """The cash that the requests need by quarter.

    Recurring service is paid in equal months, the rest in the month in which it was bought, else in which service
    begins. By reimbursement E-Rate's share comes back in the month of the invoice, else in that of its last day.
    """
    paid, lent, returned = Counter[str](), Counter[str](), Counter[str]()
    for state in states:
        later, months = state.cash.reimbursed_later_cents, _list_months(state.request)
        for counter, cents in ((paid, state.cash.cash_first_cents), (lent, later)):
            for day, part in zip(months, split_cents(cents, [1] * len(months)), strict=True):
                counter[_quarter(day)] += part
        if later:
            invoice = state.steps[-1]
            returned[_quarter(invoice.day or invoice.due or months[-1])] += later
    quarters, waiting = [], 0
    for label in sorted({*paid, *returned}):
        waiting += lent[label] - returned[label]
        quarters.append(CashQuarter(label, paid[label], returned[label], waiting))
    return tuple(quarters)


def _list_months(request: FundingRequest) -> list[date]:
    """A day in each month in which the request is paid."""
    start, end = find_service_days(request)
    if not request.is_recurring:
        return [request.purchased_on or start]
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [add_months(start, month) for month in range(max(1, count))]


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def tabulate_cash(quarters: Sequence[CashQuarter]) -> Table:
    """The quarters with their total."""
    rows = tuple((one.label, one.paid_cents, one.returned_cents, one.waiting_cents) for one in quarters)
    names = ("The district pays", "E-Rate pays back", "Still waited for")
    total = ("Total", sum(one.paid_cents for one in quarters), sum(one.returned_cents for one in quarters), 0)
    return Table((Column("Quarter"), *(Column(name, CENTS) for name in names)), (*rows, total), total_rows=1)


def describe_cash(quarters: Sequence[CashQuarter]) -> str:
    """The quarter after which the district waits for the most."""
    worst = max(quarters, key=lambda one: one.waiting_cents, default=None)
    if worst is None or not worst.waiting_cents:
        return "The district waits for nothing from E-Rate."
    return f"After {worst.label} the district waits for the most: {format_cents(worst.waiting_cents, symbol=True)}."
