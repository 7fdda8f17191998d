"""Two ways compared over one study period, as NIST Handbook 135 does: an alternative against its base case.

Costs are yearly amounts with the year at which each falls (0 today, 1 at the end of the first year, ½ at its middle).
Investment is what is put in (purchase, replacements less residual values), operation everything that recurs.
Source: NIST Handbook 135 (2020 edition), chapters 5 and 6: life-cycle cost, net savings, savings-to-investment ratio,
adjusted internal rate of return, simple and discounted payback.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planning.cost.cash_flows import calculate_discount_factor


class Payment(NamedTuple):
    """An amount at a time in years from today."""

    years: float
    amount: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way: what is invested in it and what it costs to run; savings and residual values are negative."""

    name: str
    investment: tuple[Payment, ...]
    operation: tuple[Payment, ...]

    @property
    def payments(self) -> tuple[Payment, ...]:
        return (*self.investment, *self.operation)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An alternative against its base over a study period of `years`, at a yearly rate; money as it was given.

    Positive `net_savings` favour the alternative. Ratio and return are None where it needs no more investment than
    the base; a payback is None where the savings never repay the investment within the study period.
    """

    name: str
    base_name: str
    life_cycle_cost: float
    base_life_cycle_cost: float
    net_savings: float
    added_investment: float
    operational_savings: float
    savings_to_investment_ratio: float | None
    adjusted_internal_rate: float | None
    simple_payback_years: float | None
    discounted_payback_years: float | None

    @property
    def is_cost_effective(self) -> bool:
        """Whether the alternative has the lower life-cycle cost: net savings above zero."""
        return self.net_savings > 0


DO_NOTHING = Alternative("Do nothing", (), ())


def calculate_life_cycle_cost(alternative: Alternative, rate: float) -> float:
    """The present value of all its payments: Σ amount ÷ (1 + rate)^years."""
    return discount_payments(alternative.payments, rate)


def discount_payments(payments: Sequence[Payment], rate: float) -> float:
    """Present value of payments at their own times."""
    return sum(amount * calculate_discount_factor(rate, years) for years, amount in payments)


def compare_alternatives(alternative: Alternative, base: Alternative, rate: float, years: int) -> Comparison:
    """Every measure of an alternative against its base.

    Net savings = LCC of the base − LCC of the alternative. Savings-to-investment ratio = present value of operational
    savings ÷ present value of added investment, where that is positive. Adjusted internal rate of return =
    (1 + rate) × ratio^(1 ÷ years) − 1, savings put by at the discount rate.
    """
    cost, base_cost = (calculate_life_cycle_cost(item, rate) for item in (alternative, base))
    added = discount_payments(alternative.investment, rate) - discount_payments(base.investment, rate)
    saved = discount_payments(base.operation, rate) - discount_payments(alternative.operation, rate)
    ratio = saved / added if added > 0 else None
    savings = _difference(base, alternative)
    return Comparison(
        name=alternative.name,
        base_name=base.name,
        life_cycle_cost=cost,
        base_life_cycle_cost=base_cost,
        net_savings=base_cost - cost,
        added_investment=added,
        operational_savings=saved,
        savings_to_investment_ratio=ratio,
        adjusted_internal_rate=calculate_adjusted_rate(ratio, rate, years),
        simple_payback_years=find_payback(savings, 0.0),
        discounted_payback_years=find_payback(savings, rate),
    )


def calculate_adjusted_rate(ratio: float | None, rate: float, years: int) -> float | None:
    """The adjusted internal rate of return of a savings-to-investment ratio; None without one or below zero.

    >>> rate = calculate_adjusted_rate(1.0, 0.03, 15)
    >>> rate is not None and round(rate, 9)
    0.03
    """
    if ratio is None or ratio < 0:
        return None
    return (1.0 + rate) * ratio ** (1.0 / years) - 1.0


def find_payback(savings: Sequence[Payment], rate: float) -> float | None:
    """Years until the savings have repaid the investment, for good or until the next outlay.

    The first time at which the sum of all amounts so far, discounted at the rate, is no longer negative; between two
    times it is taken to rise evenly. 0 where nothing has to be repaid; None where it never is. The year in which it
    is reached, as NIST Handbook 135 counts, is this rounded up.

    >>> find_payback([Payment(0, -100.0), Payment(1, 40.0), Payment(2, 40.0), Payment(3, 40.0)], 0.0)
    2.5
    """
    total, before = 0.0, 0.0
    has_debt = False
    for years, amount in _net(savings):
        value = amount * calculate_discount_factor(rate, years)
        if has_debt and total + value >= 0:
            return before + (years - before) * (-total / value)
        total += value
        has_debt = has_debt or total < 0
        before = years
    return None if has_debt else 0.0


def _difference(base: Alternative, alternative: Alternative) -> list[Payment]:
    """What the alternative saves at each time: positive where the base costs more."""
    return [*base.payments, *(Payment(years, -amount) for years, amount in alternative.payments)]


def _net(payments: Sequence[Payment]) -> list[Payment]:
    sums: dict[float, float] = {}
    for years, amount in payments:
        sums[years] = sums.get(years, 0.0) + amount
    return [Payment(years, sums[years]) for years in sorted(sums)]
