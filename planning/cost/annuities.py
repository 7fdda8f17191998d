"""Level payments over periods, in the cash-flow sign of spreadsheets: money in is positive, money out negative.

All solve one equation for one of its parts, as numpy-financial (and every spreadsheet) does:

    present × (1 + r)^n + payment × (1 + r × start) × ((1 + r)^n − 1) ÷ r + future = 0

with start = 1 where payments fall at the start of each period and 0 at its end; at r = 0 the fraction is n.
Rates are fractions per period. Source: numpy-financial, documentation of fv, pv, pmt, nper, rate, ipmt and ppmt.
"""

from math import expm1, log, log1p

from planning.cost.returns import find_root


def solve_future(rate: float, periods: float, payment: float, present: float, at_start: bool = False) -> float:
    """What is there at the end.

    >>> round(solve_future(0.05 / 12, 120, -100, -100), 5)
    15692.92889
    """
    return -(present * _grow(rate, periods) + payment * _add_up(rate, periods, at_start))


def solve_present(rate: float, periods: float, payment: float, future: float = 0.0, at_start: bool = False) -> float:
    """What it is worth at the beginning.

    >>> round(solve_present(0.07, 20, 12000), 2)
    -127128.17
    """
    return -(future + payment * _add_up(rate, periods, at_start)) / _grow(rate, periods)


def solve_payment(rate: float, periods: float, present: float, future: float = 0.0, at_start: bool = False) -> float:
    """The level payment.

    >>> round(solve_payment(0.075 / 12, 180, 200000), 5)
    -1854.02472
    """
    return -(future + present * _grow(rate, periods)) / _add_up(rate, periods, at_start)


def solve_periods(rate: float, payment: float, present: float, future: float = 0.0, at_start: bool = False) -> float:
    """How many periods it takes; ValueError where it never ends.

    >>> round(solve_periods(0.07 / 12, -150, 8000), 5)
    64.07335
    """
    if rate == 0:
        if payment == 0:
            raise ValueError("without a rate or a payment nothing changes, so it never ends")
        return -(present + future) / payment
    level = payment * (1.0 + rate * at_start) / rate
    ratio = (level - future) / (level + present) if level + present else -1.0
    if ratio <= 0:
        raise ValueError("the payments never reach that amount")
    return log(ratio) / log1p(rate)


def solve_rate(
    periods: float, payment: float, present: float, future: float = 0.0, at_start: bool = False
) -> float | None:
    """The rate per period at which the parts balance; None where there is none between −99 % and 1,000 %."""

    def balance(rate: float) -> float:
        return solve_future(rate, periods, payment, present, at_start) - future

    return find_root(balance)


def solve_interest(
    rate: float, period: int, periods: int, present: float, future: float = 0.0, at_start: bool = False
) -> float:
    """The interest in the payment of one period, counted from 1."""
    if not 1 <= period <= periods:
        raise ValueError("the period must lie between the first and the last")
    if at_start and period == 1:
        return 0.0
    payment = solve_payment(rate, periods, present, future, at_start)
    interest = solve_future(rate, period - 1, payment, present, at_start) * rate
    return interest / (1.0 + rate) if at_start else interest


def solve_principal(
    rate: float, period: int, periods: int, present: float, future: float = 0.0, at_start: bool = False
) -> float:
    """The principal in the payment of one period: payment − interest."""
    payment = solve_payment(rate, periods, present, future, at_start)
    return payment - solve_interest(rate, period, periods, present, future, at_start)


def calculate_growing_annuity_factor(rate: float, growth: float, years: int) -> float:
    """Present value of a dollar of today's prices at the end of each year, rising by `growth`: Σ ((1+e)/(1+d))^t.

    The modified uniform present value factor (UPV*) of NIST Handbook 135, for non-constant price changes.

    >>> calculate_growing_annuity_factor(0.03, 0.03, 15)
    15.0
    """
    beyond = (growth - rate) / (1.0 + rate)  # by how much prices outrun the discount rate
    if beyond == 0:
        return float(years)
    return (1.0 + beyond) * expm1(years * log1p(beyond)) / beyond


def _grow(rate: float, periods: float) -> float:
    if rate <= -1:
        raise ValueError("a rate must be above -100 %")
    return (1.0 + rate) ** periods


def _add_up(rate: float, periods: float, at_start: bool) -> float:
    """What payments of one grow to: ((1 + r)^n − 1) ÷ r, exact near zero too, times 1 + r where paid at the start."""
    if rate <= -1:
        raise ValueError("a rate must be above -100 %")
    sums = periods if rate == 0 else expm1(periods * log1p(rate)) / rate
    return sums * (1.0 + rate * at_start)
