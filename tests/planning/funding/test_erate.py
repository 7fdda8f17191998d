"""E-Rate against the published matrix and budgets (tests/cases/erate.toml), and what must hold for any numbers."""

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import load_reference
from planning.errors import InputRefused
from planning.funding.erate import (
    ErateCategory,
    School,
    calculate_cash_need,
    calculate_category_two_budget,
    calculate_cost_share,
    calculate_cybersecurity_ceiling,
    calculate_discount,
    calculate_library_budget,
    count_students_at_once,
    find_discount,
    is_district_rural,
)
from planning.money import to_cents

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "erate.toml").read_text(encoding="utf-8"))
REFERENCE = load_reference()
DAY, EARLIER = date(2026, 12, 8), date(2023, 1, 1)
cents = st.integers(0, 10**12)


@pytest.mark.parametrize("area", ["urban", "rural"])
@pytest.mark.parametrize("category", list(ErateCategory))
def test_the_published_matrix_comes_out(category: ErateCategory, area: str) -> None:
    matrix = CASES["matrix"]
    for begins, percent in zip(matrix["from_percent"], matrix[f"{category}_{area}"], strict=True):
        found = find_discount(Fraction(begins, 100), category, area == "rural", REFERENCE, DAY)
        assert found.percent == percent


@pytest.mark.parametrize("case", CASES["matrix"]["discounts"], ids=lambda case: f"{case['eligible']} of 500")
def test_the_discount_of_a_school_of_500(case: dict[str, int]) -> None:
    for area in ("urban", "rural"):
        school = [School("Only", 500, case["eligible"], area == "rural")]
        found = [calculate_discount(school, category, REFERENCE, DAY).percent for category in ErateCategory]
        assert found == [case[area], case.get(f"{area}_c2", case[area])]


def test_a_district_is_rural_only_where_more_than_half_of_its_schools_are() -> None:
    schools = [[School(str(n), 100, is_rural=n < rural) for n in range(10)] for rural in (5, 6)]
    assert [is_district_rural(each, REFERENCE, DAY) for each in schools] == [False, True]


def test_students_are_counted_over_the_whole_district_and_not_averaged_by_school() -> None:
    schools = [School("Large", 900, 90), School("Small", 100, 100)]
    found = calculate_discount(schools, ErateCategory.TWO, REFERENCE, DAY)
    assert (found.eligible_share, found.percent) == (Fraction(19, 100), 40)


def test_community_eligibility_counts_direct_certification_and_never_more_than_the_enrollment() -> None:
    shares = [
        calculate_discount([School("A", 500, 0, False, Decimal(text))], ErateCategory.ONE, REFERENCE, DAY)
        for text in ("0.25", "0.70")
    ]
    assert [found.eligible_share for found in shares] == [Fraction(2, 5), 1]


def test_a_share_that_would_round_into_the_next_band_is_said() -> None:
    found = find_discount(Fraction(196, 1000), ErateCategory.ONE, False, REFERENCE, DAY)
    assert found.percent == 40
    [doubt] = found.findings
    assert doubt.message.startswith("The share of eligible students is 19.60 %, which rounds into the next band")
    assert find_discount(Fraction(194, 1000), ErateCategory.ONE, False, REFERENCE, DAY).findings == ()


@pytest.mark.parametrize("case", CASES["budget"], ids=lambda case: f"{case['students']} students")
def test_a_published_budget_comes_out(case: dict[str, str]) -> None:
    for day, name in ((EARLIER, "fy2021_to_2025"), (DAY, "fy2026_to_2030")):
        budget = calculate_category_two_budget(int(case["students"]), REFERENCE, day)
        assert budget.budget_cents == to_cents(Decimal(case[name]))


def test_the_sample_districts_budget_and_what_is_left_of_it() -> None:
    budget = calculate_category_two_budget(6200, REFERENCE, DAY, used_cents=31_200_000)
    assert (budget.budget_cents, budget.left_cents) == (124_973_400, 93_773_400)


def test_a_librarys_budget_counts_its_floor_space() -> None:
    assert calculate_library_budget(Decimal(5555), REFERENCE, EARLIER).budget_cents == 2_500_000
    assert calculate_library_budget(Decimal(5556), REFERENCE, EARLIER).budget_cents == 2_500_200
    assert calculate_library_budget(Decimal(1), REFERENCE, DAY, is_tribal=True).budget_cents == 6_638_500


@pytest.mark.parametrize("case", CASES["pilot"], ids=lambda case: f"{case['students']} students")
def test_the_ceiling_of_the_cybersecurity_pilot(case: dict[str, str]) -> None:
    ceiling = calculate_cybersecurity_ceiling(int(case["students"]), REFERENCE, DAY)
    assert ceiling == to_cents(Decimal(case["ceiling"]))


def test_the_wifi_of_the_sample_district_is_shared_as_it_should_be() -> None:
    share = calculate_cost_share(111_800_000, 60, budget_left_cents=93_773_400)
    assert (share.erate_cents, share.district_cents) == (56_264_040, 55_535_960)
    whole = calculate_cost_share(20_157_000, 85, budget_left_cents=20_157_000)
    assert (whole.erate_cents, whole.district_cents) == (17_133_450, 3_023_550)


@given(cents, st.sampled_from([20, 25, 40, 50, 60, 70, 80, 85, 90]), cents, st.none() | cents)
def test_every_cent_is_in_one_share(eligible: int, percent: int, ineligible: int, left: int | None) -> None:
    share = calculate_cost_share(eligible, percent, ineligible, left)
    assert share.total_cents == eligible + ineligible
    assert min(share.erate_cents, share.non_discount_cents, share.beyond_budget_cents) >= 0
    assert share.erate_cents <= (eligible if left is None else min(eligible, left))


def test_reimbursement_needs_the_whole_amount_first() -> None:
    share = calculate_cost_share(1_000_000, 60, 50_000)
    bear, spi = calculate_cash_need(share, is_reimbursed=True), calculate_cash_need(share, is_reimbursed=False)
    assert (bear.cash_first_cents, bear.reimbursed_later_cents) == (1_050_000, 600_000)
    assert (spi.appropriation_cents, spi.reimbursed_later_cents) == (450_000, 0)


def test_part_time_students_count_at_their_peak() -> None:
    assert count_students_at_once(100, [50, 25]) == 150


def test_a_year_without_a_rule_is_refused_and_never_assumed() -> None:
    with pytest.raises(InputRefused, match="no erate c2 per student in force on 2019-01-01"):
        calculate_category_two_budget(100, REFERENCE, date(2019, 1, 1))
