"""Straight-line depreciation in whole cents, each year the difference of the rounded running sums.

So a schedule always sums to what is depreciated, whatever the rounding. Source: GASB Codification 1400.113
(systematic and rational allocation over the estimated useful life); half-year convention by district policy.
"""

from fractions import Fraction


def depreciate_straight_line(
    cost_cents: int | Fraction, life_years: int, salvage_cents: int = 0, half_year: bool = False
) -> tuple[int, ...]:
    """Depreciation of each year: (cost − salvage) ÷ life; with the half-year convention half of it first and last.

    With the convention there is one year more than the life. ValueError for a life below one year or a salvage
    value above the cost.

    >>> depreciate_straight_line(450_000_00, 4, half_year=True)
    (5625000, 11250000, 11250000, 11250000, 5625000)
    """
    if life_years < 1:
        raise ValueError("a life needs at least one year")
    if salvage_cents > cost_cents:
        raise ValueError("a salvage value cannot be more than the cost")
    whole = Fraction(cost_cents) - salvage_cents
    shares = [Fraction(year, life_years) for year in range(1, life_years + 1)]
    if half_year:
        shares = [Fraction(2 * year - 1, 2 * life_years) for year in range(1, life_years + 1)] + [Fraction(1)]
    return split_by_running_share(whole, shares)


def split_by_running_share(whole: Fraction, shares: list[Fraction]) -> tuple[int, ...]:
    """Whole cents by running shares of a whole: each is the difference of the rounded sums before and after it."""
    sums = [_round(whole * share) for share in shares]
    return tuple(after - before for before, after in zip([0, *sums], sums, strict=False))


def calculate_book_value(
    cost_cents: int, life_years: int, age_years: int, salvage_cents: int = 0, half_year: bool = False
) -> int:
    """What stands in the books after so many years: cost − depreciation so far.

    >>> calculate_book_value(450_000_00, 4, 3)
    11250000
    """
    schedule = depreciate_straight_line(cost_cents, life_years, salvage_cents, half_year)
    return cost_cents - sum(schedule[:age_years])


def _round(cents: Fraction) -> int:
    size = abs(cents) + Fraction(1, 2)
    whole = size.numerator // size.denominator
    return whole if cents >= 0 else -whole
