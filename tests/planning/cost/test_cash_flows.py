"""Money over time: what must hold for any numbers; the published cases stand in test_published_cases.py."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cost.cash_flows import (
    calculate_annualised_cost,
    calculate_annuity_factor,
    calculate_discount_factor,
    calculate_equivalent_annual_cost,
    calculate_escalation_factor,
    calculate_future_value,
    calculate_net_present_value,
    calculate_present_value,
)

rates = st.floats(-0.2, 0.5).filter(lambda rate: abs(rate) > 1e-9)
money = st.floats(-1e7, 1e7)
years = st.integers(1, 40)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12))
def test_at_rate_zero_present_value_is_the_plain_sum(amounts: list[int]) -> None:
    assert calculate_present_value(amounts, 0.0) == sum(amounts)


@given(money, rates, years)
def test_the_present_value_of_a_level_cost_is_the_annuity_formula(level: float, rate: float, n: int) -> None:
    value = calculate_present_value([level] * n, rate)
    assert value == pytest.approx(level * calculate_annuity_factor(rate, n), rel=1e-9, abs=1e-6)
    assert calculate_equivalent_annual_cost(value, rate, n) == pytest.approx(level, rel=1e-9, abs=1e-6)


@given(money, money, rates, years)
def test_a_future_value_discounts_back_to_what_was_paid(today: float, each: float, rate: float, n: int) -> None:
    future = calculate_future_value(today, each, rate, n)
    paid = today + calculate_present_value([each] * n, rate)
    assert future * calculate_discount_factor(rate, n) == pytest.approx(paid, rel=1e-9, abs=1e-5)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=10), st.integers(-20, 50))
def test_present_value_agrees_with_exact_fractions(amounts: list[int], percent: int) -> None:
    growth = 1 + Fraction(percent, 100)
    exact = sum((Fraction(amount) / growth**year for year, amount in enumerate(amounts, start=1)), Fraction(0))
    assert calculate_present_value(amounts, percent / 100) == pytest.approx(float(exact), rel=1e-9, abs=1e-6)


@given(st.decimals(-0.5, 1, places=4), st.integers(0, 12))
def test_escalation_is_exact(rate: Decimal, n: int) -> None:
    assert Fraction(calculate_escalation_factor(rate, n)) == (1 + Fraction(rate)) ** n


def test_near_rate_zero_the_annuity_factor_keeps_its_digits() -> None:
    assert calculate_annuity_factor(0.0, 10) == 10.0
    assert calculate_annuity_factor(1e-12, 10) == pytest.approx(10.0, rel=1e-10)


def test_no_years_no_annuity() -> None:
    with pytest.raises(ValueError, match="at least one year"):
        calculate_annuity_factor(0.03, 0)
    with pytest.raises(ValueError, match="at least one year"):
        calculate_annualised_cost(1, 0, 1)


def test_a_rate_of_minus_one_hundred_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="above -100 %"):
        calculate_present_value([1.0], -1.0)


def test_nothing_has_no_net_present_value() -> None:
    assert calculate_net_present_value([], 0.05) == 0.0
