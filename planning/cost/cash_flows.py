"""The mathematics of money over time, on bare numbers: escalation, present value, annuities, equivalent cost.

One timing convention for the whole program: **end of year**. The first amount of a flow lies one year after the
base date (the first day of the first fiscal year), as in OMB Circular A-94 and NIST Handbook 135 for annual flows.
Rates are fractions; results of discounting are floats and are never rounded here.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

# Products of prices, counts and (1 + rate)^n stay exact while they have fewer digits than this.
EXACT_DIGITS = 200


def calculate_escalation_factor(rate_per_year: Decimal, years: int) -> Decimal:
    """Price growth over whole years: (1 + rate)^years; negative years go back in time.

    Exact for years ≥ 0 up to 200 digits, correct to 200 digits for years < 0.

    >>> calculate_escalation_factor(Decimal("0.05"), 2)
    Decimal('1.1025')
    """
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        return (1 + rate_per_year) ** years


def calculate_discount_factor(rate_per_year: float, years: float) -> float:
    """Value today of one dollar after so many years: 1 / (1 + rate)^years.

    Source: OMB Circular A-94, section 8 and Appendix B.
    """
    _check_rate(rate_per_year)
    return (1.0 + rate_per_year) ** -years


def calculate_present_value(amounts: Sequence[float], rate_per_year: float) -> float:
    """Present value of amounts at the end of years 1, 2, …: Σ amount_t / (1 + rate)^t.

    At rate 0 it is the plain sum. Source: NIST Handbook 135 (2020), single present value formula.

    >>> round(calculate_present_value([5600.0] * 15, 0.03), 6)
    66852.436486
    """
    return sum(amount * calculate_discount_factor(rate_per_year, year) for year, amount in enumerate(amounts, start=1))


def calculate_net_present_value(amounts: Sequence[float], rate_per_year: float) -> float:
    """As present value, with the first amount today (year 0): Σ amount_t / (1 + rate)^t, t = 0, 1, …

    Source: numpy-financial `npv`.

    >>> round(calculate_net_present_value([-40000, 5000, 8000, 12000, 30000], 0.08), 5)
    3065.22267
    """
    if not amounts:
        return 0.0
    return amounts[0] + calculate_present_value(amounts[1:], rate_per_year)


def calculate_annuity_factor(rate_per_year: float, years: int) -> float:
    """Present value of one dollar at the end of each of `years` years: (1 − (1 + rate)^−years) / rate.

    At rate 0 it is `years`. Source: NIST Handbook 135 (2020), uniform present value formula.
    """
    _check_rate(rate_per_year)
    if years < 1:
        raise ValueError("an annuity needs at least one year")
    if abs(rate_per_year) < 1e-6:
        # The closed form loses all its digits near zero; the sum does not.
        return calculate_present_value([1.0] * years, rate_per_year)
    return (1.0 - (1.0 + rate_per_year) ** -years) / rate_per_year


def calculate_equivalent_annual_cost(present_value: float, rate_per_year: float, years: int) -> float:
    """The level yearly amount with the same present value: present value / annuity factor.

    Source: any managerial finance text, e.g. Titman, Keown & Martin, "Equivalent annual cost".
    """
    return present_value / calculate_annuity_factor(rate_per_year, years)


def calculate_annualised_cost(
    initial: Fraction | float, life_years: int, annual: Fraction | float, indirect_annual: Fraction | float = 0
) -> float:
    """The CoSN estimator, undiscounted: initial cost / life + yearly cost + yearly user time.

    Source: CoSN K-12 TCO, Project Cost Estimator.

    >>> calculate_annualised_cost(120_000, 4, 30_000, 20_000)
    80000.0
    """
    if life_years < 1:
        raise ValueError("a life needs at least one year")
    return float(Fraction(initial) / life_years + Fraction(annual) + Fraction(indirect_annual))


def calculate_payment(present_value: float, rate_per_period: float, periods: int) -> float:
    """The level payment at the end of each period that repays a loan: present value / annuity factor.

    The sign follows the loan (numpy-financial `pmt` gives it negated).
    """
    return calculate_equivalent_annual_cost(present_value, rate_per_period, periods)


def calculate_future_value(present: float, payment: float, rate_per_period: float, periods: int) -> float:
    """What a present amount and level end-of-period payments grow to.

    present × (1 + rate)^n + payment × annuity factor × (1 + rate)^n. Source: numpy-financial `fv`, signs negated.
    """
    growth = (1.0 + rate_per_period) ** periods
    return growth * (present + payment * calculate_annuity_factor(rate_per_period, periods))


def _check_rate(rate_per_year: float) -> None:
    if rate_per_year <= -1:
        raise ValueError("a discount rate must be above -100 %")
