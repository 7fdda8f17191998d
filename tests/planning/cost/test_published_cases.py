"""The published and derived cases of tests/cases/*.toml that are about cost, each at the tolerance it states."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planning.cost.alternatives import Alternative, Payment, calculate_life_cycle_cost, compare_alternatives
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
from planning.cost.cash_flows import (
    calculate_annualised_cost,
    calculate_annuity_factor,
    calculate_discount_factor,
    calculate_equivalent_annual_cost,
    calculate_future_value,
    calculate_net_present_value,
    calculate_payment,
    calculate_present_value,
)
from planning.cost.depreciation import depreciate_straight_line
from planning.cost.discounting import convert_nominal_rate
from planning.cost.leases import Contract, choose_treatment, value_contract
from planning.cost.returns import calculate_internal_rate, calculate_modified_rate, list_internal_rates

CASES = Path(__file__).parents[2] / "cases"
FILES = (
    "nist_e3",
    "numpy_financial",
    "equivalent_annual_cost",
    "lease_or_buy",
    "cosn_annualised",
    "device_studies",
    "gasb_subscription",
    "depreciation",
    "engineering_economy",
)
Case = dict[str, Any]


def read_cases() -> list[Case]:
    files = [tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8")) for name in FILES]
    return [case for file in files for case in file["case"]]


def number(case: Case, name: str) -> float:
    return float(case.get(name, 0.0))


def amounts_of(case: Case) -> list[float]:
    return case.get("amounts") or [number(case, "each_year")] * int(number(case, "years"))


def value_today(case: Case) -> float:
    amounts = amounts_of(case)
    flow = [*amounts[:-1], amounts[-1] + number(case, "at_the_end")]
    return number(case, "today") + calculate_present_value(flow, number(case, "rate"))


def alternative(case: Case, *parts: str) -> Alternative:
    payments = [Payment(year, cost) for part in parts for year, cost in enumerate(amounts_of(case[part]), start=1)]
    return Alternative("An alternative", (), tuple(payments))


def net_savings(case: Case) -> float:
    way = alternative(case, "operation", "other_operation", "contract")
    comparison = compare_alternatives(way, alternative(case, "base_operation"), number(case, "rate"), 15)
    assert comparison.is_cost_effective
    return comparison.net_savings


def contract(case: Case) -> Contract:
    payments = [round(amount * 100) for amount in case["amounts"]]
    implementation = round(number(case, "implementation") * 100)
    return value_contract(payments, number(case, "rate"), implementation_cents=implementation)


def spreadsheet(solve: Callable[..., float], *names: str) -> Callable[[Case], float]:
    return lambda case: solve(
        number(case, "rate"), *(number(case, name) for name in names), at_start=bool(case.get("at_start"))
    )


def part(solve: Callable[..., float], case: Case, period: int) -> float:
    return solve(number(case, "rate"), period, int(number(case, "years")), number(case, "today"))


def annualise(case: Case) -> float:
    years, user_time = int(number(case, "years")), number(case, "user_time_each_year")
    return calculate_annualised_cost(number(case, "today"), years, number(case, "each_year"), user_time)


def depreciate(case: Case) -> list[float]:
    cents = round(number(case, "today") * 100)
    years, salvage = int(number(case, "years")), round(number(case, "salvage") * 100)
    schedule = depreciate_straight_line(cents, years, salvage, half_year=bool(case.get("half_year")))
    return [part / 100 for part in schedule]


def grow(case: Case) -> float:
    """An amount at the end of the first year that grows from there: its price of today is one growth less."""
    growth = number(case, "growth")
    factor = calculate_growing_annuity_factor(number(case, "rate"), growth, case["years"])
    return number(case, "first") / (1 + growth) * factor


FORMULAS: dict[str, Callable[[Case], Any]] = {
    "annuity factor": lambda case: calculate_annuity_factor(number(case, "rate"), case["years"]),
    "discount factor": lambda case: calculate_discount_factor(number(case, "rate"), number(case, "years")),
    "growing annuity": grow,
    "real rate": lambda case: convert_nominal_rate(number(case, "rate"), number(case, "inflation")),
    "internal rates": lambda case: list_internal_rates(case["amounts"]),
    "present value": value_today,
    "net present value": lambda case: calculate_net_present_value(case["amounts"], number(case, "rate")),
    "equivalent annual cost": lambda case: calculate_equivalent_annual_cost(
        value_today(case), number(case, "rate"), int(number(case, "years"))
    ),
    "payment": lambda case: calculate_payment(number(case, "today"), number(case, "rate"), int(number(case, "years"))),
    "future value": lambda case: calculate_future_value(
        number(case, "today"), number(case, "each_year"), number(case, "rate"), int(number(case, "years"))
    ),
    "internal rate of return": lambda case: calculate_internal_rate(case["amounts"]),
    "modified rate of return": lambda case: calculate_modified_rate(
        case["amounts"], number(case, "finance_rate"), number(case, "reinvest_rate")
    ),
    "periods": spreadsheet(solve_periods, "each_year", "today", "at_the_end"),
    "spreadsheet payment": spreadsheet(solve_payment, "years", "today"),
    "spreadsheet present value": spreadsheet(solve_present, "years", "each_year", "at_the_end"),
    "spreadsheet future value": spreadsheet(solve_future, "years", "each_year", "today"),
    "rate": lambda case: solve_rate(
        number(case, "years"), number(case, "each_year"), number(case, "today"), number(case, "at_the_end")
    ),
    "interest": lambda case: part(solve_interest, case, case["period"]),
    "principal": lambda case: part(solve_principal, case, case["period"]),
    "interest of all": lambda case: sum(part(solve_interest, case, period) for period in range(1, case["years"] + 1)),
    "treatment": lambda case: str(choose_treatment(case["maximum_months"], case["is_software"])),
    "annualised cost": annualise,
    "annualised cost times its years": lambda case: annualise(case) * number(case, "years"),
    "total": lambda case: sum(case["amounts"]),
    "share saved": lambda case: 1 - number(case, "today") / number(case, "base"),
    "net savings": net_savings,
    "life-cycle cost": lambda case: calculate_life_cycle_cost(
        alternative(case, "operation", "other_operation", "contract"), number(case, "rate")
    ),
    "liability": lambda case: contract(case).liability_cents / 100,
    "asset": lambda case: contract(case).asset_cents / 100,
    "amortisation": lambda case: contract(case).amortisation_cents[0] / 100,
    "amortisation of a month": lambda case: contract(case).asset_cents / 100 / 24,
    "depreciation": depreciate,
}


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: str(case["says"]))
def test_a_published_case_comes_out(case: Case) -> None:
    expected = case["expected"]
    near = expected if isinstance(expected, str) else pytest.approx(expected, abs=case["within"], rel=1e-12)
    assert FORMULAS[case["formula"]](case) == near


def test_of_two_machines_the_one_with_the_lower_equivalent_annual_cost_is_chosen() -> None:
    cases = tomllib.loads((CASES / "equivalent_annual_cost.toml").read_text(encoding="utf-8"))["case"]
    for pair in zip(cases[::2], cases[1::2], strict=True):
        cheaper = min(pair, key=FORMULAS["equivalent annual cost"])
        assert [case for case in pair if case.get("chosen")] == [cheaper]


def test_every_formula_has_a_case() -> None:
    assert {case["formula"] for case in read_cases()} == set(FORMULAS)


def test_the_ezlease_subscription_is_shown_payment_by_payment() -> None:
    """Opening, payment, interest, principal, closing: 20,000 at once; 769.23 of interest in the second year."""
    rows = value_contract([20_000_00, 20_000_00], 0.04, implementation_cents=3_000_00).schedule
    assert [row[1:] for row in rows] == [
        (39_230_77, 20_000_00, 0, 20_000_00, 19_230_77),
        (19_230_77, 20_000_00, 769_23, 19_230_77, 0),
    ]


@pytest.mark.parametrize(("rate", "cheaper"), [(-0.008, "buy"), (0.0205, "buy"), (0.03, "buy"), (0.034, "lease")])
def test_above_the_break_even_rate_the_lease_is_cheaper(rate: float, cheaper: str) -> None:
    lease = Alternative("lease", (), tuple(Payment(year, 500_000) for year in range(1, 16)))
    running = tuple(Payment(year, 200_000) for year in range(1, 16))
    buy = Alternative("buy", (Payment(0, 5_000_000), Payment(15, -2_500_000)), running)
    costs = {item.name: calculate_life_cycle_cost(item, rate) for item in (lease, buy)}
    assert min(costs, key=lambda name: costs[name]) == cheaper
