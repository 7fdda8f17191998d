from datetime import date
from decimal import Decimal

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.funding.erate_discount import (
    DistrictDiscount,
    find_district_discount,
    settle_discount,
    tabulate_discounts,
    tabulate_schools,
)
from planning.funding.register_tables import track_requests
from planning.model import Plan
from planning.registers import School

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)


def find(plan: Plan = PLAN) -> DistrictDiscount:
    found = find_district_discount(plan, REFERENCE, DAY)
    assert found
    return found


def change_schools(**values: object) -> Plan:
    return PLAN.model_copy(update={"schools": tuple(one.model_copy(update=values) for one in PLAN.schools)})


def test_the_schools_of_the_sample_district_give_60_percent_and_say_why() -> None:
    assert find().describe() == (
        "2,914 of 6,200 students are eligible for the lunch program, 47.0 %; 1 of 10 schools is rural, so the district "
        "is urban: the discount is 60 % in both categories."
    )
    assert [row[1:] for row in tabulate_discounts(find()).rows] == [
        ("47.0 %", "urban", "from 35 %", "60 %", "USAC discount matrix (47 CFR 54.505)")
    ] * 2
    assert find_district_discount(PLAN.model_copy(update={"schools": ()}), REFERENCE, DAY) is None


def test_a_school_under_community_eligibility_says_how_it_is_counted() -> None:
    rows = {row[0]: row[1:] for row in tabulate_schools(find(), REFERENCE, DAY).rows}
    assert rows["Cottonwood Elementary"] == (425, 340, "80.0 %", "CEP: 50.0 % directly certified × 1.6", "urban")
    assert rows["North Fork Elementary"][-2:] == ("lunch counts", "rural")
    assert rows["District"][:3] == (6200, 2914, "47.0 %")


def test_rural_schools_and_poor_ones_change_the_discount() -> None:
    assert [found.percent for _, found in find(change_schools(is_rural=True)).discounts] == [70, 70]
    poor = find(change_schools(direct_certification_share=Decimal("0.6")))
    assert "96.1 %" in poor.describe() and poor.describe().endswith("90 % in Category One and 85 % in Category Two.")


def test_a_request_without_a_typed_discount_follows_the_schools() -> None:
    wifi, switches, internet = track_requests(PLAN, REFERENCE, DAY)
    assert (wifi.request.discount_percent, wifi.discount_percent, wifi.share.erate_cents) == (None, 60, 562_640_40)
    assert (switches.discount_percent, internet.cash.cash_first_cents) == (60, 177_660_00)
    poorer = track_requests(change_schools(direct_certification_share=Decimal("0.6")), REFERENCE, DAY)[0]
    assert (poorer.discount_percent, poorer.findings) == (85, ())


def test_a_typed_discount_that_disagrees_is_said_until_the_letter_has_come() -> None:
    typed = PLAN.funding_requests[0].model_copy(update={"discount_percent": 70})
    found = settle_discount(typed, PLAN, REFERENCE)
    assert (found.percent, [one.code for one in found.findings]) == (70, ["erate_discount_differs"])
    assert "70 %, but the counts of the schools give 60 % (USAC discount matrix" in found.findings[0].message
    letter = typed.model_copy(update={"committed_on": DAY})
    assert settle_discount(letter, PLAN, REFERENCE).findings == ()
    before_the_matrix = letter.model_copy(update={"funding_year": "FY2013-14"})
    assert settle_discount(before_the_matrix, PLAN, REFERENCE).percent == 70


@pytest.mark.parametrize(
    ("source", "schools", "why"),
    [("erate-c2", (), "no school is counted"), ("levy", PLAN.schools, "the source levy is none of E-Rate")],
)
def test_without_schools_or_category_nothing_is_taken_from_e_rate(
    source: str, schools: tuple[School, ...], why: str
) -> None:
    request = PLAN.funding_requests[0].model_copy(update={"source_id": source})
    plan = PLAN.model_copy(update={"schools": schools, "funding_requests": (request,)})
    [state] = track_requests(plan, REFERENCE, DAY)
    assert (state.share.erate_cents, [one.code for one in state.findings]) == (0, ["erate_discount_unknown"])
    assert why in state.findings[0].message
