"""E-Rate against the published matrix and budgets (tests/cases/erate.toml), and what must hold for any numbers."""

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import load_reference
from planning.errors import InputRefused
from planning.funding.erate import (
    ErateCategory,
    calculate_cash_need,
    calculate_category_two_budget,
    calculate_cost_share,
    calculate_cybersecurity_ceiling,
    calculate_discount,
    calculate_library_budget,
    count_eligible,
    find_discount,
    is_district_rural,
)
from planning.money import to_cents
from planning.registers import School

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "erate.toml").read_text(encoding="utf-8"))
REFERENCE = load_reference()
DAY, EARLIER = date(2026, 12, 8), date(2023, 1, 1)
cents = st.integers(0, 10**12)


def count(name: str, students: int, **more: object) -> School:
    return School.model_validate({"school_id": name, "name": name, "students": students, **more})


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
        school = [count("Only", 500, eligible=case["eligible"], is_rural=area == "rural")]
        found = [calculate_discount(school, category, REFERENCE, DAY).percent for category in ErateCategory]
        assert found == [case[area], case.get(f"{area}_c2", case[area])]


@pytest.mark.parametrize("case", CASES["rural"], ids=lambda case: f"{case['rural_schools']} of {case['schools']}")
def test_a_district_is_rural_only_where_more_than_half_of_its_schools_are(case: dict[str, Any]) -> None:
    schools = [count(str(n), 100, is_rural=n < case["rural_schools"]) for n in range(case["schools"])]
    assert is_district_rural(schools, REFERENCE, DAY) == case["is_rural"]


def test_students_are_counted_over_the_whole_district_and_not_averaged_by_school() -> None:
    schools = [count("Large", 900, eligible=90), count("Small", 100, eligible=100)]
    found = calculate_discount(schools, ErateCategory.TWO, REFERENCE, DAY)
    assert (found.eligible_share, found.percent) == (Fraction(19, 100), 40)


def test_community_eligibility_counts_direct_certification_and_never_more_than_the_enrollment() -> None:
    shares = [
        calculate_discount([count("A", 500, direct_certification_share=text)], ErateCategory.ONE, REFERENCE, DAY)
        for text in ("0.25", "0.70")
    ]
    assert [found.eligible_share for found in shares] == [Fraction(2, 5), 1]


@pytest.mark.parametrize("case", CASES["rounded"], ids=lambda case: case["says"])
def test_a_share_between_two_bands_is_rounded_and_said(case: dict[str, Any]) -> None:
    school = count("A", case["students"], direct_certification_share=case["certified"])
    assert count_eligible(school, REFERENCE, DAY) == case["eligible"]
    found = calculate_discount([school], ErateCategory.ONE, REFERENCE, DAY)
    assert (found.percent, [item.code for item in found.findings]) == (
        case["discount"],
        ["erate_share_between_bands"] if case["is_between"] else [],
    )


def test_the_rounding_of_a_share_is_said_in_words() -> None:
    [doubt] = find_discount(Fraction(196, 1000), ErateCategory.ONE, False, REFERENCE, DAY).findings
    assert doubt.message == (
        "The share of eligible students is 19.60 %, between two bands of the discount matrix; rounded to a whole "
        "percent it gives 50 %."
    )
    assert find_discount(Fraction(194, 1000), ErateCategory.ONE, False, REFERENCE, DAY).findings == ()
    below = find_discount(Fraction(96, 10_000), ErateCategory.ONE, False, REFERENCE, DAY)
    assert (below.percent, below.findings) == (20, ())


@pytest.mark.parametrize("case", CASES["budget"], ids=lambda case: f"{case['students']} students")
def test_a_published_budget_comes_out(case: dict[str, str]) -> None:
    for day, name in ((EARLIER, "fy2021_to_2025"), (DAY, "fy2026_to_2030")):
        budget = calculate_category_two_budget(int(case["students"]), REFERENCE, day)
        assert budget.budget_cents == to_cents(Decimal(case[name]))


def test_the_sample_districts_budget_and_what_is_left_of_it() -> None:
    budget = calculate_category_two_budget(6200, REFERENCE, DAY, used_cents=31_200_000)
    assert (budget.budget_cents, budget.left_cents) == (124_973_400, 93_773_400)


@pytest.mark.parametrize("case", CASES["library"], ids=lambda case: f"{case['square_feet']} on {case['day']}")
def test_a_librarys_budget_counts_its_floor_space(case: dict[str, Any]) -> None:
    feet, is_tribal = Decimal(case["square_feet"]), case.get("is_tribal", False)
    budget = calculate_library_budget(feet, REFERENCE, case["day"], is_tribal)
    assert budget.budget_cents == to_cents(Decimal(case["budget"]))


@pytest.mark.parametrize("case", CASES["transition"], ids=lambda case: f"{case['students']}, {case['received']}")
def test_what_the_five_years_before_received_comes_off_the_year_of_transition(case: dict[str, Any]) -> None:
    received = to_cents(Decimal(case["received"]))
    found = calculate_category_two_budget(case["students"], REFERENCE, date(2020, 9, 1), received)
    assert (found.budget_cents, found.left_cents) == tuple(to_cents(Decimal(case[name])) for name in ("budget", "left"))


@pytest.mark.parametrize("case", CASES["pilot"], ids=lambda case: f"{case['students']} students")
def test_the_ceiling_of_the_cybersecurity_pilot(case: dict[str, str]) -> None:
    ceiling = calculate_cybersecurity_ceiling(int(case["students"]), REFERENCE, DAY)
    assert ceiling == to_cents(Decimal(case["ceiling"]))


@pytest.mark.parametrize("case", CASES["share"], ids=lambda case: case["says"])
def test_a_purchase_is_shared_as_the_rule_says(case: dict[str, Any]) -> None:
    eligible, other = (to_cents(Decimal(case.get(name, "0"))) for name in ("eligible", "ineligible"))
    left = to_cents(Decimal(case["left"])) if "left" in case else None
    share = calculate_cost_share(eligible, case["percent"], other, left)
    assert share.erate_cents == to_cents(Decimal(case["erate"]))
    assert share.district_cents == to_cents(Decimal(case["district"]))


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


@pytest.mark.parametrize("case", CASES["students_at_once"], ids=lambda case: case["says"])
def test_part_time_students_count_at_their_peak(case: dict[str, Any]) -> None:
    morning, afternoon = case["sessions"]
    school = count("A", case["full_time"], morning_students=morning, afternoon_students=afternoon)
    assert (school.students_at_once, school.enrolled) == (case["expected"], case["full_time"] + morning + afternoon)


def test_a_year_without_a_rule_is_refused_and_never_assumed() -> None:
    with pytest.raises(InputRefused, match="no erate c2 per student in force on 2019-01-01"):
        calculate_category_two_budget(100, REFERENCE, date(2019, 1, 1))
