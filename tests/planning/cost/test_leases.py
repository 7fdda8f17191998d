"""Leases, subscriptions and depreciation in whole cents: schedules close to the cent, terms decide the treatment."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.samples.plan import build_sample_plan
from planning.cost.contracts import find_borrowing_rate, list_contracts
from planning.cost.depreciation import calculate_book_value, depreciate_straight_line
from planning.cost.leases import Treatment, choose_treatment, value_contract
from planning.vocabulary import CostCategory, Driver, PaymentPoint

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "leases.toml").read_text(encoding="utf-8"))
payments = st.lists(st.integers(0, 10**9), min_size=1, max_size=24)
rates = st.decimals(0, Decimal("0.2"), places=4).map(float)


@given(payments, rates, st.sampled_from((1, 4, 12)), st.booleans())
def test_the_principal_sums_to_the_liability_and_nothing_is_owed_at_the_end(
    cents: list[int], rate: float, per_year: int, at_start: bool
) -> None:
    contract = value_contract(cents, rate, per_year, at_start, implementation_cents=12_345)
    assert sum(row.principal_cents for row in contract.schedule) == contract.liability_cents
    assert contract.interest_cents == sum(cents) - contract.liability_cents
    assert contract.schedule[-1].closing_cents == 0
    assert all(row.interest_cents + row.principal_cents == row.payment_cents for row in contract.schedule)
    assert sum(contract.amortisation_cents) == contract.asset_cents
    assert abs(contract.asset_cents - contract.liability_cents - 12_345) <= 1


@given(payments)
def test_without_interest_the_liability_is_the_sum(cents: list[int]) -> None:
    assert value_contract(cents, 0.0).liability_cents == sum(cents)


@given(payments, rates)
def test_paid_at_the_end_a_contract_is_worth_one_period_less(cents: list[int], rate: float) -> None:
    start, end = (value_contract(cents, rate, paid_at_start=at).liability_cents for at in (True, False))
    assert abs(end - start / (1 + rate)) <= 1


@pytest.mark.parametrize(
    ("months", "is_software", "transfers", "liability", "level", "expected"),
    [
        (12, True, False, 10**9, 0, Treatment.SHORT_TERM),
        (13, True, False, 10**9, 0, Treatment.SUBSCRIPTION),
        (13, False, False, 10**9, 0, Treatment.LEASE),
        (60, False, True, 10**9, 0, Treatment.FINANCED_PURCHASE),
        (60, True, False, 24_999_99, 25_000_00, Treatment.BELOW_LEVEL),
        (60, True, False, 25_000_00, 25_000_00, Treatment.SUBSCRIPTION),
    ],
)
def test_the_longest_possible_term_and_the_level_decide(
    months: int, is_software: bool, transfers: bool, liability: int, level: int, expected: Treatment
) -> None:
    assert choose_treatment(months, is_software, transfers, liability, level) is expected


def test_a_contract_without_payments_or_with_an_impossible_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one payment"):
        value_contract([], 0.04)
    with pytest.raises(ValueError, match="above -100 %"):
        value_contract([1], -1.0)


def test_the_sample_districts_student_system_is_a_subscription_under_gasb_96() -> None:
    """61,380 at the start of five years at 4 %; conversion and integration are capital, training is expensed."""
    (found,) = list_contracts(build_sample_plan())
    assert found.treatment is Treatment.SUBSCRIPTION and found.is_on_books
    exact = sum(Fraction(61_380_00) / Fraction("1.04") ** year for year in range(5))
    assert found.contract.liability_cents == round(exact) == 284_182_97
    assert found.implementation_cents == 148_000_00 + 96_000_00
    assert found.expensed_cents == 142_000_00
    assert found.contract.asset_cents == 284_182_97 + 244_000_00


def test_a_term_beyond_the_plan_is_valued_whole_and_a_lease_is_told_from_a_subscription() -> None:
    plan = build_sample_plan()
    changes = {"term_years": 12, "category": CostCategory.HARDWARE, "paid": PaymentPoint.END_OF_YEAR}
    lines = tuple(
        line.model_copy(update=changes) if line.cost_line_id == "new-sis.subscription" else line
        for line in plan.cost_lines
    )
    district = plan.district.model_copy(update={"borrowing_rate": None})
    (found,) = list_contracts(plan.model_copy(update={"cost_lines": lines, "district": district}))
    assert found.treatment is Treatment.LEASE
    assert len(found.contract.schedule) == 12
    assert found.rate == find_borrowing_rate(district) == 0.038
    assert found.contract.schedule[0].interest_cents > 0


@given(st.integers(0, 10**12), st.integers(1, 40), st.booleans(), st.data())
def test_depreciation_sums_to_what_is_depreciated(cost: int, life: int, half_year: bool, data: st.DataObject) -> None:
    salvage = data.draw(st.integers(0, cost))
    schedule = depreciate_straight_line(cost, life, salvage, half_year)
    assert sum(schedule) == cost - salvage
    assert len(schedule) == life + half_year
    assert calculate_book_value(cost, life, len(schedule), salvage, half_year) == salvage
    assert max(schedule) - min(schedule[1:-1] or schedule) <= 1 or half_year


def test_an_impossible_depreciation_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one year"):
        depreciate_straight_line(100, 0)
    with pytest.raises(ValueError, match="more than the cost"):
        depreciate_straight_line(100, 4, 101)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["says"])
def test_a_published_lease_is_measured_as_printed(case: dict[str, Any]) -> None:
    amounts = case.get("amounts") or [case["payment"]] * case["payments"]
    found = value_contract(
        [amount * 100 for amount in amounts],
        case["rate"],
        case.get("a_year", 1),
        case.get("paid_at_start", False),
        implementation_cents=case.get("initial_direct_cost", 0) * 100,
        incentives_cents=case.get("incentive", 0) * 100,
    )
    shown = {
        "liability": found.liability_cents,
        "asset": found.asset_cents,
        "after_the_first_payment": found.schedule[0].closing_cents,
    }
    for name in shown.keys() & case.keys():
        assert shown[name] / 100 == pytest.approx(case[name], abs=case["within"])
    interest = [row.interest_cents / 100 for row in found.schedule]
    assert interest == pytest.approx(case.get("interest", interest), abs=case["within"])


@pytest.mark.parametrize("case", CASES["treatment"], ids=lambda case: case["says"])
def test_what_is_paid_by_the_seat_is_no_liability(case: dict[str, Any]) -> None:
    plan = build_sample_plan()
    category = CostCategory(case.get("category", "software"))
    lines = tuple(
        line.model_copy(update={"driver": Driver(case["driver"]), "category": category, "term_years": 3})
        for line in plan.cost_lines
        if line.cost_line_id == "new-sis.subscription"
    )
    (found,) = list_contracts(plan.model_copy(update={"cost_lines": lines}))
    assert found.treatment == case["expected"]
    assert found.is_on_books is (case["expected"] != "variable")


@given(st.integers(10**4, 10**9), st.integers(1, 10), rates)
def test_a_year_of_monthly_payments_is_near_one_payment_in_its_middle(cents: int, years: int, rate: float) -> None:
    """Twelve payments at the ends of the months fall 6.5 months after the start on average: half a month later."""
    monthly = value_contract([cents] * 12 * years, 12 * ((1 + rate) ** (1 / 12) - 1), 12, paid_at_start=False)
    middle = value_contract([12 * cents] * years, rate, paid_in_middle=True)
    assert middle.liability_cents == pytest.approx(monthly.liability_cents, rel=rate / 15 + 1e-5)
    assert sum(row.principal_cents for row in middle.schedule) == middle.liability_cents
    assert middle.schedule[-1].closing_cents == 0


def test_a_line_paid_in_the_middle_of_the_year_owes_between_start_and_end() -> None:
    plan = build_sample_plan()

    def measure(paid: PaymentPoint) -> int:
        lines = tuple(
            line.model_copy(update={"paid": paid})
            for line in plan.cost_lines
            if line.cost_line_id == "new-sis.subscription"
        )
        (found,) = list_contracts(plan.model_copy(update={"cost_lines": lines}))
        return found.contract.liability_cents

    start, middle, end = (measure(point) for point in PaymentPoint)
    rate = find_borrowing_rate(plan.district)
    assert middle == pytest.approx(start / (1 + rate) ** 0.5, abs=1) and end == pytest.approx(start / (1 + rate), abs=1)
