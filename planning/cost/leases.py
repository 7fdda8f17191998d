"""Leases and subscriptions as GASB Statements 87 and 96 account for them: liability, asset, schedule, amortisation.

The liability is the present value of the payments over the term at the lender's rate or the district's incremental
borrowing rate. The asset is the liability + what was paid before the start + capitalisable implementation cost −
incentives, amortised in a straight line over the term. A contract that can last at most twelve months, options
included, is short-term and expensed (GASB 87 ¶16, GASB 96 ¶13); one that ends in ownership is a financed purchase,
not a lease (GASB 87 ¶19). Costs of choosing (preliminary stage), training and operation are expensed (GASB 96 ¶40–43).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from planning.cost.depreciation import split_by_running_share

SHORT_TERM_MONTHS = 12


class Treatment(StrEnum):
    """How the books show a contract for the use of something."""

    SHORT_TERM = "short_term"
    FINANCED_PURCHASE = "financed_purchase"
    VARIABLE = "variable"
    BELOW_LEVEL = "below_level"
    LEASE = "lease"
    SUBSCRIPTION = "subscription"


class ScheduleRow(NamedTuple):
    """One payment, counted from 1: what was owed, paid, of it interest and principal, and what is owed after; cents."""

    number: int
    opening_cents: int
    payment_cents: int
    interest_cents: int
    principal_cents: int
    closing_cents: int


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract in the books, in cents. The principal of the schedule sums to the liability."""

    liability_cents: int
    asset_cents: int
    schedule: tuple[ScheduleRow, ...]
    amortisation_cents: tuple[int, ...]

    @property
    def interest_cents(self) -> int:
        """All interest over the term."""
        return sum(row.interest_cents for row in self.schedule)


def choose_treatment(
    maximum_months: int,
    is_software: bool,
    transfers_ownership: bool = False,
    liability_cents: int = 0,
    level_cents: int = 0,
    is_variable: bool = False,
) -> Treatment:
    """How a contract is shown: its longest possible term with all options, and the district's level decide.

    Payments that vary with use (GASB 87 ¶21-22), of software also with the number of seats (GASB 96 ¶17-18), are no
    part of a liability; they are expensed as they fall due. Payments that are fixed in substance are not variable.

    >>> choose_treatment(12, is_software=True), choose_treatment(13, is_software=True)
    (<Treatment.SHORT_TERM: 'short_term'>, <Treatment.SUBSCRIPTION: 'subscription'>)
    """
    if transfers_ownership:
        return Treatment.FINANCED_PURCHASE
    if maximum_months <= SHORT_TERM_MONTHS:
        return Treatment.SHORT_TERM
    if is_variable:
        return Treatment.VARIABLE
    if liability_cents < level_cents:
        return Treatment.BELOW_LEVEL
    return Treatment.SUBSCRIPTION if is_software else Treatment.LEASE


def value_contract(
    payments_cents: Sequence[int],
    annual_rate: float,
    payments_per_year: int = 1,
    paid_at_start: bool = True,
    paid_in_middle: bool = False,
    implementation_cents: int = 0,
    prepaid_cents: int = 0,
    incentives_cents: int = 0,
) -> Contract:
    """Liability, asset, schedule and yearly amortisation of a contract.

    Payments fall at the start of each period, in its middle or at its end; the rate per period is the annual rate ÷
    payments a year. In the middle half a period of interest, (1 + rate)^½ − 1, comes before the first payment.
    Payments at the start of the first period are part of the liability here, so that the schedule shows them with
    no interest. Interest is rounded once a period on what is owed before rounding; the last row takes what is left,
    so that nothing is owed at the end. The term in years is rounded up for amortisation.
    """
    if not payments_cents:
        raise ValueError("a contract needs at least one payment")
    if annual_rate <= -1:
        raise ValueError("a rate must be above -100 %")
    rate = Fraction(repr(annual_rate)) / payments_per_year
    growth = 1 + rate
    first = Fraction(sqrt(growth)) if paid_in_middle else Fraction(1) if paid_at_start else growth
    liability = sum((payment / growth**n / first for n, payment in enumerate(payments_cents)), Fraction(0))
    asset = liability + implementation_cents + prepaid_cents - incentives_cents
    periods = len(payments_cents)
    years = -(-periods // payments_per_year)
    shares = [min(Fraction(year * payments_per_year, periods), Fraction(1)) for year in range(1, years + 1)]
    return Contract(
        round_cents(liability),
        round_cents(asset),
        _schedule(payments_cents, liability, growth, first),
        split_by_running_share(asset, shares),
    )


def round_cents(cents: Fraction) -> int:
    """Whole cents, half away from zero."""
    return split_by_running_share(cents, [Fraction(1)])[0]


def _schedule(
    payments_cents: Sequence[int], liability: Fraction, growth: Fraction, first: Fraction
) -> tuple[ScheduleRow, ...]:
    rows: list[ScheduleRow] = []
    owed, shown = liability, round_cents(liability)
    for number, payment in enumerate(payments_cents, start=1):
        interest = owed * ((first if number == 1 else growth) - 1)
        owed += interest - payment
        closing = 0 if number == len(payments_cents) else round_cents(owed)
        principal = shown - closing
        rows.append(ScheduleRow(number, shown, payment, payment - principal, principal, closing))
        shown = closing
    return tuple(rows)
