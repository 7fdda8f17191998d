"""Rates of return and break-even: the rate or price at which a plan of payments comes to nothing.

Amounts are yearly, the first of them today. Rates are fractions.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf, isfinite

from planning.cost.cash_flows import calculate_net_present_value

LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
TOUCHING = 1e-12  # of the values beside it: what arithmetic leaves of a function that only touches zero
_STEPS = 440
_ITERATIONS = 200

Point = tuple[float, float]


def calculate_internal_rate(amounts: Sequence[float]) -> float | None:
    """The rate at which the net present value is zero; None where there is none between −99 % and 1,000 %.

    Of several the lowest that is not negative; where all are negative, the one nearest to zero.
    Source: numpy-financial `irr` and its choice among several.

    >>> rate = calculate_internal_rate([-100, 39, 59, 55, 20])
    >>> rate is not None and round(rate, 5)
    0.28095
    """
    rates = list_internal_rates(amounts)
    return min(rates, key=lambda rate: (rate < 0, abs(rate)), default=None)


def list_internal_rates(amounts: Sequence[float]) -> list[float]:
    """Every rate at which the net present value is zero, the lowest first.

    Amounts whose sign changes more than once can have more than one: then none of them is *the* return.
    """
    if not any(amount > 0 for amount in amounts) or not any(amount < 0 for amount in amounts):
        return []
    return list_roots(lambda rate: calculate_net_present_value(amounts, rate))


def calculate_modified_rate(amounts: Sequence[float], finance_rate: float, reinvest_rate: float) -> float | None:
    """The return where outlays are financed at one rate and income is put by at another.

    (future value of income ÷ present value of outlays)^(1 ÷ (n − 1)) − 1 over n amounts; None where there are only
    outlays or only income. Source: numpy-financial `mirr`.

    >>> rate = calculate_modified_rate([-100, 50, -60, 70], 0.10, 0.12)
    >>> rate is not None and round(rate, 8)
    -0.03909367
    """
    income = calculate_net_present_value([max(amount, 0.0) for amount in amounts], reinvest_rate)
    outlay = -calculate_net_present_value([min(amount, 0.0) for amount in amounts], finance_rate)
    if income <= 0 or outlay <= 0:
        return None
    return (income / outlay) ** (1.0 / (len(amounts) - 1)) * (1.0 + reinvest_rate) - 1.0


def find_break_even_rate(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The discount rate at which two ways cost the same: the internal rate of their difference; None where none.

    Both are yearly amounts, the first of them today; the shorter one is taken to cost nothing after its end.
    """
    years = max(len(one), len(other))
    padded = [[*amounts, *[0.0] * (years - len(amounts))] for amounts in (one, other)]
    return calculate_internal_rate([a - b for a, b in zip(*padded, strict=True)])


def find_break_even_share(fixed: float, scaled: float, base: float) -> float | None:
    """By what factor the scaled part may rise until fixed + factor × scaled = base; None where it makes no odds.

    >>> find_break_even_share(20.0, 40.0, 80.0)
    1.5
    """
    return (base - fixed) / scaled if scaled else None


def find_root(function: Callable[[float], float]) -> float | None:
    """The root nearest to zero between the lowest and the highest rate; None where there is none."""
    roots = list_roots(function)
    return min(roots, key=abs) if roots else None


def list_roots(function: Callable[[float], float]) -> list[float]:
    """Where a function of a rate is zero, by looking for changes of sign on a grid and halving each interval.

    Where it comes near zero between rates of the grid without crossing it there, its turning point is looked at: two
    roots that lie close together, or one in which it only touches zero.
    """
    grid = _list_grid()
    values = [_value_at(function, rate) for rate in grid]
    roots = [rate for rate, value in zip(grid, values, strict=True) if value == 0]
    points = list(zip(grid, values, strict=True))
    for (low, at_low), (high, at_high) in pairwise(points):
        if isfinite(at_low) and isfinite(at_high) and at_low * at_high < 0:
            roots.append(_bisect(function, low, high, at_low))
    for before, middle, after in zip(points, points[1:], points[2:], strict=False):
        roots += _list_close_roots(function, before, middle, after)
    return sorted(roots)


def _list_close_roots(function: Callable[[float], float], before: Point, middle: Point, after: Point) -> list[float]:
    """The roots around a rate of the grid at which the function is nearer to zero than at both its neighbours."""
    sizes = [abs(value) for _, value in (before, middle, after)]
    same_sign = before[1] * middle[1] > 0 < middle[1] * after[1]
    if not same_sign or not all(map(isfinite, sizes)) or sizes[1] > min(sizes[0], sizes[2]):
        return []
    turn = _find_turning_point(
        lambda rate: abs(function(rate)) if function(rate) * middle[1] > 0 else -1.0, before, after
    )
    value = function(turn)
    if value * middle[1] < 0:
        return [_bisect(function, before[0], turn, before[1]), _bisect(function, turn, after[0], value)]
    return [turn] if abs(value) <= TOUCHING * max(sizes) else []


def _find_turning_point(size: Callable[[float], float], before: Point, after: Point) -> float:
    """Where a size is smallest between two rates, by dividing the interval into thirds; it stops below zero."""
    low, high = before[0], after[0]
    for _ in range(_ITERATIONS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        at_left, at_right = size(left), size(right)
        if min(at_left, at_right) < 0:
            return left if at_left < 0 else right
        low, high = (low, right) if at_left <= at_right else (left, high)
    return (low + high) / 2


def _value_at(function: Callable[[float], float], rate: float) -> float:
    """The value, or infinity where it is beyond all numbers: hundreds of periods at a rate near -100 %."""
    try:
        return function(rate)
    except OverflowError:
        return inf


def _list_grid() -> list[float]:
    """Rates that lie evenly by their growth, so that low and high ones are looked at alike."""
    ratio = ((1 + HIGHEST_RATE) / (1 + LOWEST_RATE)) ** (1 / _STEPS)
    rates = [(1 + LOWEST_RATE) * ratio**step - 1 for step in range(_STEPS + 1)]
    return sorted([*rates, 0.0])  # zero itself: amounts that sum to nothing may touch it without crossing it


def _bisect(function: Callable[[float], float], low: float, high: float, at_low: float) -> float:
    for _ in range(_ITERATIONS):
        middle = (low + high) / 2
        value = function(middle)
        if value == 0 or middle in (low, high):
            return middle
        low, high, at_low = (middle, high, value) if value * at_low > 0 else (low, middle, at_low)
    return (low + high) / 2
