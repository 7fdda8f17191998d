from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.funding.erate_register import (
    CategoryTwoState,
    check_source_amounts,
    describe_cash,
    find_category_two,
    list_cash_quarters,
    tabulate_cash,
    tabulate_equipment,
    tabulate_request_facts,
)
from planning.funding.erate_requests import RequestState, track_request
from planning.funding.register_tables import track_requests
from planning.model import Plan

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)
WIFI, SWITCHES, INTERNET = track_requests(PLAN, REFERENCE, DAY)


def find(plan: Plan = PLAN) -> CategoryTwoState:
    found = find_category_two(plan, REFERENCE, DAY)
    assert found
    return found


def change(**values: object) -> RequestState:
    return track_request(SWITCHES.request.model_copy(update=values), REFERENCE, DAY)


def test_the_five_year_budget_of_the_sample_district_is_1_249_734() -> None:
    found = find()
    assert (found.budget.budget_cents, found.budget.left_cents, found.beyond_cents) == (1_249_734_00, 937_734_00, 0)
    assert found.describe() == (
        "Category Two: 6,200 students × $201.57 is a budget of $1,249,734 before discount to 2031-06-30; "
        "$312,000 is used and $937,734 is left."
    )


def test_what_is_asked_beyond_the_budget_is_said() -> None:
    requests = (WIFI.request.model_copy(update={"eligible_usd": Decimal(1_118_000)}), SWITCHES.request)
    found = find(PLAN.model_copy(update={"funding_requests": requests}))
    assert found.beyond_cents == 180_266_00
    assert found.describe().endswith("$180,266 that is asked for is beyond it.")


def test_a_request_of_another_cycle_uses_nothing_of_this_one() -> None:
    requests = (SWITCHES.request.model_copy(update={"funding_year": "FY2025-26"}),)
    assert find(PLAN.model_copy(update={"funding_requests": requests})).budget.used_cents == 0


def test_where_no_school_is_counted_the_plans_students_give_the_budget() -> None:
    plan = PLAN.model_copy(update={"schools": ()})
    assert find(plan).students == 6200
    district = PLAN.district.model_copy(update={"driver_counts": ()})
    assert find_category_two(plan.model_copy(update={"district": district}), REFERENCE, DAY) is None
    halves = tuple(one.model_copy(update={"morning_students": 9, "afternoon_students": 4}) for one in PLAN.schools)
    assert find(PLAN.model_copy(update={"schools": halves})).students == 6200 + 9 * 10


def test_a_source_that_has_another_amount_than_its_requests_is_said() -> None:
    states = track_requests(PLAN, REFERENCE, DAY)
    assert check_source_amounts(PLAN, states) == ()
    rural = PLAN.model_copy(
        update={"schools": tuple(one.model_copy(update={"is_rural": True}) for one in PLAN.schools)}
    )
    [finding] = check_source_amounts(rural, track_requests(rural, REFERENCE, DAY))
    assert (finding.item, finding.found, finding.expected) == ("erate-c2", "$562,640.40", "$656,413.80")


def test_a_reimbursed_purchase_is_waited_for_until_its_invoice() -> None:
    quarters = list_cash_quarters([SWITCHES])
    assert [(one.label, one.paid_cents, one.returned_cents, one.waiting_cents) for one in quarters] == [
        ("2026 Q3", 312_000_00, 0, 187_200_00),
        ("2028 Q1", 0, 187_200_00, 0),
    ]
    assert describe_cash(quarters) == "After 2026 Q3 the district waits for the most: $187,200."
    assert describe_cash(list_cash_quarters([WIFI])) == "The district waits for nothing from E-Rate."


def test_monthly_service_is_paid_in_equal_months() -> None:
    monthly = change(is_recurring=True, eligible_usd=Decimal("1200.06"), invoiced_on=date(2027, 8, 2))
    quarters = list_cash_quarters([monthly])
    assert [one.paid_cents for one in quarters] == [300_03, 300_03, 300_00, 300_00, 0]
    assert quarters[-1].waiting_cents == 0


@given(st.decimals(0, 10**7, places=2), st.sampled_from([20, 60, 90]), st.booleans())
def test_every_cent_that_is_paid_stands_in_one_quarter(usd: Decimal, discount: int, is_recurring: bool) -> None:
    state = change(eligible_usd=usd, discount_percent=discount, is_recurring=is_recurring)
    quarters = list_cash_quarters([state])
    assert sum(one.paid_cents for one in quarters) == state.share.total_cents
    assert sum(one.returned_cents for one in quarters) == state.share.erate_cents
    assert tabulate_cash(quarters).rows[-1][1:] == (state.share.total_cents, state.share.erate_cents, 0)


def test_equipment_may_move_three_years_after_it_was_bought_and_be_sold_five_after_it_was_installed() -> None:
    wifi, switches = tabulate_equipment([WIFI, SWITCHES], REFERENCE, DAY).rows
    assert switches[1:] == ("2026-07-06", "2026-08-07", "2029-07-06", "2031-08-07", "stays where it is")
    assert (wifi[1], wifi[2], wifi[-1]) == ("planned 2027-03-09", "planned 2027-07-01", "not there yet")
    later = tabulate_equipment([SWITCHES], REFERENCE, date(2031, 8, 6)).rows[0][-1]
    assert (later, tabulate_equipment([change(is_recurring=True)], REFERENCE, DAY).rows) == (
        "may move, not be sold",
        (),
    )


def test_each_request_says_how_it_is_invoiced_and_how_long_its_records_are_kept() -> None:
    wifi, switches, internet = tabulate_request_facts([WIFI, SWITCHES, INTERNET], REFERENCE).rows
    assert wifi[1:6] == ("60 %, of the schools", "16.1 %", "SPI: the provider waits", 555_359_60, 0)
    assert switches[3:] == (
        "BEAR: the district pays first", 312_000_00, 187_200_00, "2026-07-01", "2027-09-30", "2037-09-30"
    )  # fmt: skip
    assert internet[1:6] == ("60 %, as typed", "4.8 %", "BEAR: the district pays first", 177_660_00, 101_520_00)
    unknown = tabulate_request_facts([replace(WIFI, discount_percent=None)], REFERENCE).rows
    assert unknown[0][1] == "not known"
