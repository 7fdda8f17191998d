"""What a source really has: what comes off, when it may be spent, how much may be carried over."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.fiscal_years import list_fiscal_years
from planning.funding.availability import (
    calculate_net_cents,
    calculate_receipts,
    find_carry_over_limit,
    find_last_day,
    find_liquidation_day,
    list_tranches,
)
from planning.funding.bonds import check_bond_life, check_spend_down, find_spend_down, list_rebate_milestones
from planning.model import FundingSource, YearAmount
from planning.vocabulary import SourceKind
from tests.planning.funding.funding_rules import TODAY, make_source, shipped

CASES = Path(__file__).parents[2] / "cases"
DEDUCTIONS = tomllib.loads((CASES / "award_deductions.toml").read_text(encoding="utf-8"))
REBATE = tomllib.loads((CASES / "bond_rebate.toml").read_text(encoding="utf-8"))
YEARS = list_fiscal_years("FY2026-27", 4)
LIMITS = (
    "bond_spend_down", "bond_spend_down_period", "bond_weighted_life", "title_i_a_carry_over",
    "title_i_a_carry_over_from", "federal_availability", "bond_rebate_6_months_6", "bond_rebate_18_months_6",
    "bond_rebate_18_months_12", "bond_rebate_18_months_18", "bond_rebate_construction_6", "bond_rebate_construction_12",
    "bond_rebate_construction_18", "bond_rebate_construction_24",
)  # fmt: skip


def amounts(**by_year: int) -> tuple[YearAmount, ...]:
    return tuple(
        YearAmount(fiscal_year=f"FY{start[1:]}-{(int(start[1:]) + 1) % 100}", amount_cents=cents)
        for start, cents in by_year.items()
    )


def tranches_of(source: FundingSource) -> list[tuple[str, int, tuple[str, ...], int]]:
    found = list_tranches(source, YEARS, 7, shipped(), TODAY)
    return [(item.fiscal_year, item.net_cents, item.years, item.later_cents) for item in found]


def test_equitable_services_administration_and_indirect_cost_come_off_the_gross() -> None:
    """2,000, then 4 % of 98,000; of the 94,080 left at 2.5 % indirect 94,080 x 0.025 / 1.025 = 2,294.63."""
    source = make_source(
        SourceKind.TITLE_IV_A,
        amounts=amounts(y2026=100_000_00),
        equitable_services_fraction=Decimal("0.04"),
        administration_fraction=Decimal("0.02"),
        indirect_cost_fraction=Decimal("0.025"),
    )
    (receipt,) = calculate_receipts(source)
    assert [(item.name, item.cents) for item in receipt.deductions] == [
        ("Equitable services", 3_920_00),
        ("Administration", 2_000_00),
        ("Indirect cost", 2_294_63),
    ]
    assert receipt.net_cents == 91_785_37 == calculate_net_cents(source, "FY2026-27")
    assert round(receipt.net_cents * 1.025) == 94_080_00
    assert calculate_net_cents(source, "FY2027-28") == 0


@pytest.mark.parametrize("case", DEDUCTIONS["case"], ids=lambda case: case["says"])
def test_a_published_award_leaves_what_is_printed(case: dict[str, Any]) -> None:
    source = make_source(
        SourceKind(case["kind"]),
        amounts=amounts(y2026=case["allocation"] * 100),
        equitable_services_fraction=Decimal(case.get("private_students", 0)) / case.get("all_students", 1),
        administration_fraction=Decimal(str(case.get("administration", 0))),
        indirect_cost_fraction=Decimal(str(case.get("indirect_rate", 0))),
    )
    (receipt,) = calculate_receipts(source)
    shown = {item.name.lower().replace(" ", "_").removesuffix("_cost"): item.cents / 100 for item in receipt.deductions}
    for name in ("equitable_services", "indirect"):
        assert shown.get(name) == case.get(name)
    assert receipt.net_cents / 100 == case["left"]


@given(st.integers(0, 10**12), *[st.decimals(0, Decimal("0.3"), places=4)] * 3)
def test_gross_is_what_comes_off_and_what_is_left(gross: int, services: Decimal, admin: Decimal, rate: Decimal) -> None:
    source = make_source(
        SourceKind.TITLE_I_A,
        amounts=amounts(y2026=gross),
        equitable_services_fraction=services,
        administration_fraction=admin,
        indirect_cost_fraction=rate,
    )
    (receipt,) = calculate_receipts(source)
    assert receipt.net_cents + sum(item.cents for item in receipt.deductions) == gross
    assert receipt.net_cents >= 0


def test_money_stays_in_its_year_unless_it_carries_over() -> None:
    source = make_source(SourceKind.STATE_GRANT, amounts=amounts(y2026=5_00, y2027=7_00), window_end=date(2028, 6, 30))
    assert tranches_of(source) == [("FY2026-27", 500, YEARS[:1], 500), ("FY2027-28", 700, YEARS[1:2], 700)]
    carried = source.model_copy(update={"carries_over": True})
    assert tranches_of(carried) == [("FY2026-27", 500, YEARS[:2], 500), ("FY2027-28", 700, YEARS[1:2], 700)]


def test_of_title_i_15_percent_carries_over_and_only_from_50000_dollars() -> None:
    source = make_source(
        SourceKind.TITLE_I_A, award_year="FY2026-27", carries_over=True, amounts=amounts(y2026=100_000_00)
    )
    assert tranches_of(source) == [("FY2026-27", 100_000_00, YEARS[:3], 15_000_00)]
    assert find_carry_over_limit(source, 50_000_00, shipped(), TODAY) == Decimal("0.15")
    assert find_carry_over_limit(source, 49_999_99, shipped(), TODAY) == 1


def test_a_federal_award_ends_after_27_months_and_is_paid_out_90_days_later() -> None:
    source = make_source(SourceKind.TITLE_IV_A, award_year="FY2026-27")
    assert find_last_day(source, shipped(), TODAY) == date(2028, 9, 30)
    assert find_liquidation_day(source, shipped(), TODAY) == date(2028, 12, 29)
    sooner = source.model_copy(update={"liquidation_end": date(2028, 11, 30)})
    assert find_liquidation_day(sooner, shipped(), TODAY) == date(2028, 11, 30)
    assert find_last_day(make_source(SourceKind.LEVY, award_year="FY2026-27"), shipped(), TODAY) is None


def test_money_that_cannot_be_spent_in_any_year_has_no_years() -> None:
    closed = make_source(SourceKind.GIFT, amounts=amounts(y2027=1_00), window_end=date(2027, 6, 30))
    assert tranches_of(closed) == [("FY2027-28", 100, (), 100)]


def test_amounts_before_the_plan_are_taken_to_be_spent_and_nothing_owed_is_no_money() -> None:
    assert tranches_of(make_source(SourceKind.GIFT, amounts=amounts(y2025=1_00, y2026=-5_00))) == []


def test_85_percent_of_a_bond_is_expected_within_three_years() -> None:
    """$2,600,000 issued on 2025-03-12: $2,210,000 by 2028-03-12."""
    source = make_source(SourceKind.BOND, amounts=amounts(y2027=2_600_000_00), window_start=date(2025, 3, 12))
    target = find_spend_down(source, shipped(), TODAY)
    assert target == (2_210_000_00, date(2028, 3, 12))
    assert check_spend_down(source, 2_210_000_00, target) == ()
    (finding,) = check_spend_down(source, 0, target)
    assert finding.message == "s is expected to be spent to $2,210,000 by 2028-03-12; the plan spends $0 by then."
    assert find_spend_down(source.model_copy(update={"window_start": None}), shipped(), TODAY) is None


def test_a_bond_is_spent_as_fast_as_each_exception_from_rebate_asks() -> None:
    issue = make_source(SourceKind.BOND, amounts=amounts(y2026=REBATE["amount"] * 100), window_start=REBATE["issued"])
    found = list_rebate_milestones(issue, {}, 7, shipped(), TODAY)
    asked = {case["rule"]: case["asked"] for case in REBATE["exception"]}
    assert {item.rule.rule_id for item in found} == set(asked)
    for name, dollars in asked.items():
        assert {str(item.day): item.asked_cents for item in found if item.rule.rule_id == name} == {
            day: amount * 100 for day, amount in dollars.items()
        }
    undated = issue.model_copy(update={"window_start": None})
    assert list_rebate_milestones(undated, {}, 7, shipped(), TODAY) == ()
    assert list_rebate_milestones(issue.model_copy(update={"kind": SourceKind.LEVY}), {}, 7, shipped(), TODAY) == ()


@pytest.mark.parametrize("case", REBATE["plan"], ids=lambda case: case["says"])
def test_what_a_plan_spends_meets_misses_or_hangs_on_the_month(case: dict[str, Any]) -> None:
    issue = make_source(SourceKind.BOND, amounts=amounts(y2026=REBATE["amount"] * 100), window_start=REBATE["issued"])
    spent = {year: dollars * 100 for year, dollars in zip(YEARS, case["spent"], strict=False)}
    met: dict[str, list[object]] = {}
    for item in list_rebate_milestones(issue, spent, 7, shipped(), TODAY):
        met.setdefault(item.rule.rule_id, []).append("month" if item.is_met is None else item.is_met)
    assert met == case["met"]


@pytest.mark.parametrize(("maturity", "is_safe"), [("6", True), ("6.01", False)])
def test_a_bond_may_be_120_percent_as_long_as_what_it_buys(maturity: str, is_safe: bool) -> None:
    """Half lasts four years and half six: five on average, so six years at most."""
    source = make_source(SourceKind.BOND, weighted_maturity_years=Decimal(maturity))
    found = check_bond_life(source, {4: 1_00, 6: 1_00}, shipped(), TODAY)
    assert [item.code for item in found] == ([] if is_safe else ["bond_outlives_assets"])
    assert check_bond_life(source, {}, shipped(), TODAY) == ()


@pytest.mark.parametrize("key", LIMITS)
def test_every_limit_that_ships_is_used_by_a_rule(key: str) -> None:
    assert shipped().valid_on(key, TODAY)
    assert any(key.startswith(value) for rule in shipped().funding_rules for value in rule.values)
