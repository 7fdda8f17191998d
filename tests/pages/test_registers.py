"""Gifts, grants and E-Rate, procurement: what the sample district's registers say, and what an empty one does."""

import pytest

from pages.ui.sign_in import ACT_AS
from tests.pages.screen import Screen

OVER_THE_LIMIT = ["Brightpage Learning", "FY2026-27", "$55.00", "$50.00", "no"]


def test_gifts_say_what_they_would_cost_and_who_accepts_them(screen: Screen) -> None:
    words = screen.open("finance/gifts.py", district="sample")
    assert "Forty 3D printers would cost the district $163,400 for a value of $118,000." in words
    assert "Mesa Network Supply, who offers Forty 3D printers, also sells to the district" in words
    assert words.count("fails a criterion") == 1 and "Cleveland Metropolitan School District, policy KH" in words
    row = screen.table("Gifts, from the offer to the thanks")[1]
    assert (row[6], row[-1]) == ("board", "asked")


def test_grants_and_e_rate_say_cash_and_days(screen: Screen) -> None:
    words = screen.open("finance/grants.py", district="sample")
    assert "E-Rate would pay $562,640.40; the district needs $555,359.60 in cash first." in words
    assert "Requests that are committed already are not in these sums." in words
    assert "$312,000 is used and $937,734 is left." in words
    assert screen.table("Grant awards")[1][:3] == ["S424A260-0417", "Title IV-A", "84.424"]
    assert screen.table("When equipment may move")[2][3:5] == ["2029-07-06", "2031-08-07"]
    assert screen.table("How Title IV-A is divided")[4][2:] == ["7,104", "at most 15 %", "7,104"]
    assert screen.table("Cash for the E-Rate requests by quarter")[-1][:3] == ["Total", "$1,045,020", "$288,720"]
    assert "2,914 of 6,200 students are eligible for the lunch program, 47.0 %" in words
    assert screen.table("E-Rate discount of the district")[1][1:5] == ["47.0 %", "urban", "from 35 %", "60 %"]
    assert screen.table("Discount, invoicing")[3][1:4] == ["60 %, as typed", "4.8 %", "BEAR: the district pays first"]
    assert screen.table("Federal money by year")[1][1:4] == ["$1,854,700", "at least $1,000,000", "yes"]


def test_the_formula_of_small_rural_schools_follows_what_is_typed(screen: Screen) -> None:
    assert "The formula gives $0 before" in screen.open("finance/grants.py", district="sample")
    for key, value in (("srsa_attendance", 300.0), ("srsa_title_ii_a", 9_000.0), ("srsa_title_iv_a", 10_000.0)):
        screen.app.number_input(key=key).set_value(value)
    screen.app.run()
    assert "The formula gives $26,000 before the program's own reduction" in screen.words()


def test_the_log_of_gifts_to_employees_has_its_sentence_its_limits_and_its_rules(screen: Screen) -> None:
    words = screen.open("finance/gifts.py", district="sample")
    assert "5 gifts of providers to employees and 1 declared interest on record" in words
    assert ["Lee Tanaka", "Brightpage Learning", "FY2026-27", "$55.00", "$50.00", "no"] in screen.table(
        "What each person"
    )
    assert screen.table("Rules for gifts to employees")[1][1:3] == ["at most $20", "2011-01-03"]


def test_who_may_not_see_personnel_sees_no_name_in_the_log(screen: Screen) -> None:
    words = screen.open("finance/gifts.py", district="sample", **{ACT_AS: "viewer"})
    assert not any(name in words for name in ("Lee Tanaka", "Dana Ruiz", "Morgan Ellis", "Network manager"))
    assert ["Person 2", "Brightpage Learning", "FY2026-27", "$55.00", "$50.00", "no"] in screen.table(
        "What each person"
    )
    assert "3 people in the log of gifts to employees by name (their gifts are)" in words


def test_the_evaluation_sheet_is_that_of_the_purchase_in_the_address(screen: Screen) -> None:
    screen.open("finance/procurement.py", district="sample")
    offers = screen.table("Offers by weighted points")
    assert [row[0] for row in offers[1:]] == ["Alpine Classroom Systems", "Summit Device Supply", "Clearview Boards"]
    assert offers[3][-1] == "refused: came in after the closing day"
    other = Screen()
    words = other.open("finance/procurement.py", district="sample", purchase="Access points and switches")
    assert "the criteria stand, and no offer is in yet." in words
    assert other.table("What offers will be judged by")[1] == ["Price of eligible goods", "40.00", "yes"]
    assert [row[3] for row in screen.table("What the files of purchases")].count("missing") == 3


def test_procurement_shows_the_rule_and_the_calendar(screen: Screen) -> None:
    screen.open("finance/procurement.py", district="sample")
    assert screen.table("Purchases, with the strictest rule")[1][3] == "district: at least $50,000 (Policy DJ)"
    assert "must meet WCAG 2.1 AA from 2028-04-26, because 41,000 people live in the district" in screen.words()
    days = [row[0] for row in screen.table("Calendar")[1:]]
    assert days == sorted(days) and len(days) > 20


@pytest.mark.parametrize("page", ["gifts", "grants", "procurement"])
def test_without_a_plan_the_first_step_is_shown(screen: Screen, page: str) -> None:
    assert "This district has no plan yet." in screen.open(f"finance/{page}.py", district="empty")


@pytest.mark.parametrize(("role", "is_led"), [("planner", True), ("viewer", False)])
def test_only_who_writes_the_plan_is_led_to_its_tables(screen: Screen, role: str, is_led: bool) -> None:
    words = screen.open("finance/gifts.py", district="sample", **{ACT_AS: role})
    assert ("Edit Gifts" in words) is is_led
