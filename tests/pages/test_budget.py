"""The budget page: drill down to a cell, every view in its address, and what it says where there is nothing."""

import re
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from pages.ui.receipt import name_amount
from planning.vocabulary import Unit
from tests.pages.screen import Screen

PAGE = "finance/budget.py"


def follow(screen: Screen, text: str) -> dict[str, str]:
    """What is in the address behind the first link with this text."""
    for html in screen.html():
        found = re.search(rf'<a href="([^"]+)">{re.escape(text)}</a>', html)
        if found:
            return dict(parse_qsl(urlsplit(unescape(found[1])).query, keep_blank_values=True))
    raise AssertionError(f"no link {text}")


def reopen(screen: Screen, query: dict[str, str]) -> tuple[Screen, str]:
    """What a link opens: the page in a tab that knows nothing but the address."""
    tab = Screen()
    return tab, tab.open(PAGE, **query)


def test_a_fund_leads_to_its_functions_their_lines_and_the_cell_of_one(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    screen, words = reopen(screen, follow(screen, "10"))
    assert "Narrowed to Fund 10 General Fund ×" in words
    query = follow(screen, "2580")
    assert query == {"fund": "10", "function": "2580", "by": "Object", "district": "sample"}
    screen, words = reopen(screen, query | {"by": "Lines"})
    assert "Expenditures of FY2026-27 adopted: 32 lines" in words
    screen, words = reopen(screen, follow(screen, "J902"))
    assert "$169,200.00 in 10 General!J902" in words
    assert "NCES function 2580 Administrative technology services" in words
    assert follow(screen, "the budget") == {"fund": "10", "function": "2580", "by": "Lines", "district": "sample"}


def test_a_receipt_lists_only_the_printed_totals_that_the_amount_is_part_of(screen: Screen) -> None:
    screen.open(PAGE, district="sample", by="Lines", function="2580")
    screen, _ = reopen(screen, follow(screen, "J902"))
    totals = screen.table("Printed totals that this amount is part of")[1:]
    assert [(row[0], row[3], row[4]) for row in totals] == [
        ("2580 - Administrative Technology Services - Total", "2,100,900.00", "ties out"),
        ("10 - General Fund - Total", "98,655,000.00", "ties out"),
    ]


def test_a_zero_is_a_zero_in_the_heading_of_its_receipt() -> None:
    assert [name_amount(Decimal(0), unit) for unit in (Unit.USD, Unit.FTE)] == ["$0.00", "0"]
    assert name_amount(Decimal("-2.5"), Unit.USD) == "($2.50)"


@pytest.mark.parametrize("missing", [{"cell": "ZZ1"}, {"upload": "no-such-upload"}, {"sheet": ""}])
def test_a_cell_that_no_budget_has_any_more_is_a_sentence_with_the_next_step(
    screen: Screen, missing: dict[str, str]
) -> None:
    screen.open(PAGE, district="sample", by="Lines", function="2580")
    _, words = reopen(screen, follow(screen, "J902") | missing)
    assert "has this cell any more, or your role sees it only in a sum. Go back to the budget" in words


def test_lines_leave_out_what_they_are_narrowed_to_and_what_none_of_them_has(screen: Screen) -> None:
    screen.open(PAGE, district="sample", by="Lines", fund="10", function="2580", technology="true")
    head = screen.table("Expenditures of FY2026-27 adopted")[0]
    assert head == ["Cell", "Sheet", "Account", "Object", "Place", "Vendor", "Description", "Amount"]


def test_many_lines_come_in_pages_that_keep_the_view(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", by="Lines", fund="10", page="2")
    assert "Page 2 of 23: Previous · Next" in words
    assert follow(screen, "Next") == {"by": "Lines", "fund": "10", "page": "3", "district": "sample"}


def test_a_page_beyond_the_last_line_is_a_sentence_with_the_next_step(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", by="Lines", fund="10", page="99")
    assert "The lines end on page 23. Go back to the budget and choose the lines again." in words


def test_an_address_that_makes_no_sense_shows_the_first_page_of_what_there_is(screen: Screen) -> None:
    screen.open(PAGE, district="sample", by="Nonsense", year="FY1850-51", page="²", side="Nowhere")
    assert not screen.app.error
    assert screen.table("Expenditures by fund")[-1][2] == "$108,370,567"


def test_a_code_that_no_line_has_is_said_in_words(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", fund="99")
    assert "No line of the budget matches" in words
    assert "Narrowed to Fund 99 ×" in words


def test_the_same_year_twice_shows_shares_instead_of_differences(screen: Screen) -> None:
    screen.open(PAGE, district="sample", other="FY2026-27 adopted")
    table = screen.table("Expenditures by fund")
    assert table[0] == ["Code", "Fund", "FY2026-27 adopted", "Share"]
    assert table[-1] == ["Total", "", "$108,370,567", "100.0 %"]


def test_more_revenue_is_favorable_and_what_did_not_change_has_no_word(screen: Screen) -> None:
    screen.open(PAGE, district="sample", side="Revenues")
    rows = {row[0]: row for row in screen.table("Revenues by fund")}
    assert rows["10"][-1] == "Favorable"
    assert rows["31"][4:] == ["—", "—", "—"]


def test_what_was_not_there_before_is_new(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    assert {row[0]: row[5] for row in screen.table("Expenditures by fund")}["71"] == "new"


def test_the_years_stand_side_by_side_and_add_up(screen: Screen) -> None:
    screen.open(PAGE, district="sample", by="Object")
    table = screen.table("Expenditures by object, every year")
    assert table[0][2:] == ["FY2023-24 actual", "FY2024-25 actual", "FY2025-26 adopted", "FY2026-27 adopted"]
    assert table[-1] == ["Total", "", "$97,453,433", "$101,607,681", "$104,792,866", "$108,370,567"]
