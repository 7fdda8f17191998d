"""Rates of return, annuities and comparisons: identities that hold for any numbers."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planning.cost.alternatives import DO_NOTHING, Alternative, Payment, compare_alternatives, find_payback
from planning.cost.annuities import (
    calculate_growing_annuity_factor,
    solve_future,
    solve_interest,
    solve_payment,
    solve_periods,
    solve_present,
    solve_principal,
    solve_rate,
)
from planning.cost.cash_flows import calculate_annuity_factor, calculate_net_present_value
from planning.cost.discounting import convert_nominal_rate, convert_real_rate
from planning.cost.returns import (
    calculate_internal_rate,
    calculate_modified_rate,
    find_break_even_rate,
    find_break_even_share,
    list_internal_rates,
)

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "alternatives.toml").read_text(encoding="utf-8"))["case"]
amounts = st.lists(st.integers(-1000, 1000).map(float), min_size=2, max_size=10)
rates = st.floats(-0.1, 0.5)
years = st.integers(1, 40)
money = st.floats(-1e6, 1e6)


@given(amounts)
def test_at_the_internal_rate_nothing_is_gained(flow: list[float]) -> None:
    rate = calculate_internal_rate(flow)
    assume(rate is not None)
    assert rate is not None
    scale = sum(abs(amount) / (1 + rate) ** year for year, amount in enumerate(flow))
    assert calculate_net_present_value(flow, rate) == pytest.approx(0, abs=1e-9 * scale)


def test_amounts_that_touch_zero_without_crossing_it_have_a_return_of_zero() -> None:
    assert calculate_internal_rate([-1, 2, -1]) == 0


@pytest.mark.parametrize("months", [180, 360, 600])
def test_a_loan_of_hundreds_of_months_has_its_return(months: int) -> None:
    payment = solve_payment(0.005, months, 200_000.0)
    assert calculate_internal_rate([200_000.0, *[payment] * months]) == pytest.approx(0.005, abs=1e-9)


def test_amounts_of_one_sign_have_no_return() -> None:
    assert calculate_internal_rate([-100, -5]) is None
    assert calculate_internal_rate([]) is None
    assert calculate_modified_rate([-100, -5], 0.1, 0.1) is None


def test_amounts_that_change_their_sign_twice_can_have_two_returns() -> None:
    assert list_internal_rates([-100, 230, -132]) == pytest.approx([0.10, 0.20])
    assert calculate_internal_rate([-100, 230, -132]) == pytest.approx(0.10)


@given(st.floats(1, 1e6), st.floats(-0.3, 0.6), years)
def test_the_modified_rate_of_one_outlay_and_one_income_is_the_internal_rate(
    outlay: float, rate: float, n: int
) -> None:
    flow = [-outlay, *[0.0] * (n - 1), outlay * (1 + rate) ** n]
    assert calculate_modified_rate(flow, 0.07, 0.02) == pytest.approx(rate, abs=1e-9)


@given(rates, years, money, money, st.booleans())
def test_what_is_solved_for_one_part_solves_the_others(
    rate: float, n: int, payment: float, present: float, at_start: bool
) -> None:
    future = solve_future(rate, n, payment, present, at_start)
    size = max(abs(payment), abs(present), 1) * 1e-6
    assert solve_present(rate, n, payment, future, at_start) == pytest.approx(present, abs=size * 100, rel=1e-6)
    assert solve_payment(rate, n, present, future, at_start) == pytest.approx(payment, abs=size * 100, rel=1e-6)


@given(st.floats(0.001, 0.3), st.integers(2, 40), st.booleans())
def test_a_loan_says_its_periods_and_its_rate(rate: float, n: int, at_start: bool) -> None:
    payment = solve_payment(rate, n, 1000.0, at_start=at_start)
    assert solve_periods(rate, payment, 1000.0, at_start=at_start) == pytest.approx(n, rel=1e-6)
    assert solve_rate(n, payment, 1000.0, at_start=at_start) == pytest.approx(rate, rel=1e-6)


@given(st.floats(0, 0.3), st.integers(1, 30), st.booleans())
def test_the_principal_of_all_payments_is_the_loan(rate: float, n: int, at_start: bool) -> None:
    principal = sum(solve_principal(rate, period, n, 1000.0, at_start=at_start) for period in range(1, n + 1))
    interest = sum(solve_interest(rate, period, n, 1000.0, at_start=at_start) for period in range(1, n + 1))
    assert principal == pytest.approx(-1000.0, rel=1e-9)
    assert principal + interest == pytest.approx(n * solve_payment(rate, n, 1000.0, at_start=at_start), rel=1e-9)


def test_what_never_ends_or_has_no_such_period_is_refused() -> None:
    with pytest.raises(ValueError, match="never ends"):
        solve_periods(0.0, 0.0, 100.0)
    with pytest.raises(ValueError, match="never reach"):
        solve_periods(0.1, -5.0, 100.0)
    with pytest.raises(ValueError, match="between the first and the last"):
        solve_interest(0.1, 0, 10, 100.0)
    with pytest.raises(ValueError, match="above -100 %"):
        solve_present(-1.0, 10, 100.0)
    assert solve_periods(0.0, -10.0, 100.0) == 10


@given(st.floats(0.001, 0.2), st.floats(-0.1, 0.2), years)
def test_the_factor_for_rising_prices_is_the_sum_of_its_years(rate: float, growth: float, n: int) -> None:
    sums = sum(((1 + growth) / (1 + rate)) ** year for year in range(1, n + 1))
    assert calculate_growing_annuity_factor(rate, growth, n) == pytest.approx(sums, rel=1e-9)
    assert calculate_growing_annuity_factor(rate, 0.0, n) == pytest.approx(calculate_annuity_factor(rate, n), rel=1e-9)


@given(st.lists(money, max_size=10), st.floats(-0.1, 0.2), st.floats(-0.05, 0.1))
def test_real_amounts_at_the_real_rate_are_worth_what_nominal_ones_are(
    flow: list[float], nominal: float, inflation: float
) -> None:
    real = convert_nominal_rate(nominal, inflation)
    assert convert_real_rate(real, inflation) == pytest.approx(nominal, abs=1e-12)
    value = calculate_net_present_value([0.0, *flow], nominal)
    constant = calculate_net_present_value(
        [0.0, *(amount / (1 + inflation) ** year for year, amount in enumerate(flow, start=1))], real
    )
    assert constant == pytest.approx(value, rel=1e-9, abs=1e-6)


@given(st.floats(10, 1e5), st.floats(1, 1e5), st.floats(0, 0.2), st.integers(2, 20))
def test_net_savings_ratio_and_return_agree_on_what_pays(cost: float, saving: float, rate: float, n: int) -> None:
    way = Alternative("way", (Payment(0, cost),), tuple(Payment(year, -saving) for year in range(1, n + 1)))
    found = compare_alternatives(way, DO_NOTHING, rate, n)
    assert found.savings_to_investment_ratio is not None and found.adjusted_internal_rate is not None
    assert found.net_savings == pytest.approx(found.operational_savings - found.added_investment, rel=1e-9, abs=1e-6)
    assume(abs(found.net_savings) > 1e-6 * cost)
    assert found.is_cost_effective == (found.savings_to_investment_ratio > 1) == (found.adjusted_internal_rate > rate)
    assert found.is_cost_effective == (found.discounted_payback_years is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_an_alternative_comes_out_as_the_handbook_says(case: dict[str, float]) -> None:
    years = int(case["years"])
    back = [Payment(years, -case["residual"])] if "residual" in case else []
    saved = tuple(Payment(year, -case["saved_each_year"]) for year in range(1, years + 1))
    way = Alternative("way", (Payment(0, case["purchase"]), *back), saved)
    found = compare_alternatives(way, DO_NOTHING, case["rate"], years)
    assert found.net_savings == pytest.approx(case["net_savings"], abs=0.005)
    assert found.savings_to_investment_ratio == pytest.approx(case["ratio"], abs=5e-7)
    assert found.adjusted_internal_rate == pytest.approx(case["adjusted_rate"], abs=5e-7)
    for name in {"simple_payback", "discounted_payback"} & set(case):
        assert getattr(found, f"{name}_years") == pytest.approx(case[name], abs=5e-4)
    if found.net_savings < -0.01:
        assert (found.simple_payback_years, found.discounted_payback_years) == (None, None)


def test_a_payback_lies_between_the_years_and_may_never_come() -> None:
    flow = [Payment(0, -100.0), Payment(1, 40.0), Payment(2, 40.0), Payment(3, 40.0)]
    assert find_payback(flow, 0.0) == 2.5
    assert find_payback(flow, 0.10) is None
    assert find_payback([Payment(1, 5.0)], 0.0) == 0.0


def test_an_alternative_that_needs_no_more_money_has_no_ratio() -> None:
    base = Alternative("base", (Payment(0, 100.0),), (Payment(1, 10.0),))
    found = compare_alternatives(Alternative("less", (), (Payment(1, 5.0),)), base, 0.03, 5)
    assert (found.savings_to_investment_ratio, found.adjusted_internal_rate) == (None, None)
    assert found.net_savings > 0


def test_break_even_is_where_both_cost_the_same() -> None:
    assert find_break_even_rate([-100.0], [0.0, -110.0]) == pytest.approx(0.10)
    assert find_break_even_share(20.0, 40.0, 80.0) == 1.5
    assert find_break_even_share(20.0, 0.0, 80.0) is None
