"""Gifts, grants and E-Rate, procurement: what the sample district's registers say, and what an empty one does."""

import pytest

from pages.ui.sign_in import ACT_AS
from tests.pages.screen import Screen


def test_gifts_say_what_they_would_cost_and_who_accepts_them(screen: Screen) -> None:
    words = screen.open("finance/gifts.py", district="sample")
    assert "Forty 3D printers would cost the district $163,400 for a value of $118,000." in words
    assert "Mesa Network Supply, who offers Forty 3D printers, also sells to the district" in words
    assert screen.table("Gifts, from the offer to the thanks")[1][6] == "board"


def test_grants_and_e_rate_say_cash_and_days(screen: Screen) -> None:
    words = screen.open("finance/grants.py", district="sample")
    assert "E-Rate would pay $562,640; the district needs $555,360 in cash first." in words
    assert screen.table("Grant awards")[1][:3] == ["S424A260-0417", "Title IV-A", "84.424"]


def test_procurement_shows_the_rule_and_the_calendar(screen: Screen) -> None:
    screen.open("finance/procurement.py", district="sample")
    assert screen.table("Purchases, with the strictest rule")[1][3] == "district: at least $50,000.00 (Policy DJ)"
    days = [row[0] for row in screen.table("Calendar")[1:]]
    assert days == sorted(days) and len(days) > 20


@pytest.mark.parametrize("page", ["gifts", "grants", "procurement"])
def test_without_a_plan_the_first_step_is_shown(screen: Screen, page: str) -> None:
    assert "This district has no plan yet." in screen.open(f"finance/{page}.py", district="empty")


@pytest.mark.parametrize(("role", "is_led"), [("planner", True), ("viewer", False)])
def test_only_who_writes_the_plan_is_led_to_its_tables(screen: Screen, role: str, is_led: bool) -> None:
    words = screen.open("finance/gifts.py", district="sample", **{ACT_AS: role})
    assert ("Edit Gifts" in words) is is_led
