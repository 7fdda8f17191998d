"""At which rate, and from which point of the year, the plan's amounts are made comparable with today's money.

Time 0 is the first day of the first fiscal year. An amount of the n-th year is paid at n − 1 (start of the year),
n − ½ (middle) or n (end). Sources: NIST Handbook 135 (2020) on single and mid-year discounting; OMB Circular A-94,
section 7 (real and nominal rates) and appendix B (mid-year factors).
"""

from planning.cost.cash_flows import calculate_equivalent_annual_cost
from planning.fiscal_years import start_year_of
from planning.model import CostLine, District, Initiative
from planning.vocabulary import PaymentPoint, RateBasis

YEARS_AFTER_START = {
    PaymentPoint.START_OF_YEAR: 0.0,
    PaymentPoint.MIDDLE_OF_YEAR: 0.5,
    PaymentPoint.END_OF_YEAR: 1.0,
}


def convert_real_rate(real_rate: float, inflation_rate: float) -> float:
    """The nominal rate of a real one: (1 + real) × (1 + inflation) − 1. Source: NIST Handbook 135 (Fisher).

    >>> round(convert_real_rate(0.03, 0.02), 6)
    0.0506
    """
    return (1.0 + real_rate) * (1.0 + inflation_rate) - 1.0


def convert_nominal_rate(nominal_rate: float, inflation_rate: float) -> float:
    """The real rate of a nominal one: (1 + nominal) ÷ (1 + inflation) − 1.

    >>> round(convert_nominal_rate(0.0506, 0.02), 6)
    0.03
    """
    return (1.0 + nominal_rate) / (1.0 + inflation_rate) - 1.0


def find_nominal_rate(district: District) -> float:
    """The nominal rate for the plan's nominal amounts, whichever kind of rate the district set."""
    rate = float(district.discount_rate)
    return rate if district.rate_basis is RateBasis.NOMINAL else convert_real_rate(rate, float(district.inflation_rate))


def find_payment_point(line: CostLine, district: District) -> PaymentPoint:
    """When in the year a line is paid: its own answer, else the district's."""
    return line.paid or district.payment_point


def calculate_discount_factors(district: District, years: int) -> dict[PaymentPoint, list[float]]:
    """Value today of a dollar paid in each fiscal year, for each point of the year."""
    rate = find_nominal_rate(district)
    return {
        point: [(1.0 + rate) ** -(year + after) for year in range(years)] for point, after in YEARS_AFTER_START.items()
    }


def find_active_span(initiative: Initiative, district: District) -> tuple[int, int]:
    """Years of the horizon before an initiative begins, and years of its life inside it, at least one to divide by."""
    first, start = start_year_of(district.first_fiscal_year), start_year_of(initiative.start)
    end = min(first + district.horizon_years, start + initiative.life_years)
    before = min(max(start - first, 0), district.horizon_years - 1)
    return before, max(end - max(first, start), 1)


def calculate_level_cost(present_value: float, initiative: Initiative, district: District) -> float:
    """The level amount at the end of each active year of an initiative that is worth its present value.

    Present value × (1 + rate)^(years before it begins) ÷ annuity factor of its active years: so ways that last
    differently long can be set side by side, each taken to be followed by its like.
    """
    rate = find_nominal_rate(district)
    before, active = find_active_span(initiative, district)
    return calculate_equivalent_annual_cost(present_value * (1.0 + rate) ** before, rate, active)
