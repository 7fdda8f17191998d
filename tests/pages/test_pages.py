"""Every page on the sample district and on districts that lack a budget, a plan or both."""

import pytest

from pages.rooms import PAGES, Entry
from tests.pages.conftest import DISTRICTS
from tests.pages.screen import Screen


@pytest.mark.parametrize("district", DISTRICTS)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url_path)
def test_a_page_opens_without_an_error_whatever_the_district_has(screen: Screen, entry: Entry, district: str) -> None:
    screen.open(entry.path, district=district)
    assert not screen.app.error
    assert len(screen.app.title) == 1


def test_the_overview_says_what_the_plan_costs_and_what_the_ledger_holds(screen: Screen) -> None:
    words = screen.open("cabinet/overview.py", district="sample")
    assert "The plan costs $9.22M over FY2026-27 to FY2030-31; $2.22M of it has no source yet" in words
    assert "and $924.1K rests on money that is not yet secured." in words
    assert "Technology in the ledger $3.61M" in words
    assert "FY2026-27, $583 a student" in words
    assert "Aligned to nothing 22 %" in words
    assert ["The plan", "$9,223,941", "", "$924,080", "$2,217,296", ""] in screen.table("Initiatives")


def test_the_overview_of_a_district_with_only_a_budget_shows_its_technology(screen: Screen) -> None:
    words = screen.open("cabinet/overview.py", district="ledger")
    assert "Expenditures $108.37M" in words
    assert "Technology in the ledger $3.61M" in words
    assert "3.3 % of the expenditures" in words
    assert "This district has no plan yet." in words


def test_the_overview_of_a_district_with_only_a_plan_shows_the_cost_of_a_student(screen: Screen) -> None:
    words = screen.open("cabinet/overview.py", district="plan")
    assert "Cost of the plan $9.22M" in words
    assert "Per student and year $303" in words


def test_an_empty_district_names_the_two_files_that_fill_it(screen: Screen) -> None:
    assert "This district is still empty." in screen.open("cabinet/overview.py", district="empty")
    assert "No budget in dollars has been published yet." in screen.open("finance/budget.py", district="empty")
    for page in ("technology/cost.py", "finance/funding.py", "strategy/alignment.py"):
        assert "This district has no plan yet." in screen.open(page, district="empty")


def test_the_budget_adds_up_to_the_ledger_and_compares_with_the_year_before(screen: Screen) -> None:
    screen.open("finance/budget.py", district="sample")
    variance = screen.table("Expenditures by fund")
    assert variance[1][:3] == ["10", "General Fund", "$98,655,000"]
    assert variance[-1] == ["Total", "", "$108,370,567", "$104,792,866", "$3,577,701", "3.4 %", "Unfavorable"]


def test_technology_only_is_3_612_500_and_says_by_which_rules(screen: Screen) -> None:
    screen.open("finance/budget.py", district="sample", technology="true")
    assert screen.table("Expenditures by fund, technology only")[-1][2] == "$3,612,500"
    assert screen.table("Why these lines count as technology")[-1][-1] == "$3,612,500"


def test_the_cost_page_shows_the_plan_seen_six_ways_and_the_ledger_bridge(screen: Screen) -> None:
    words = screen.open("technology/cost.py", district="sample")
    assert screen.table("Budgeted cost of each initiative")[-1][-1] == "$9,223,941"
    assert "Present value" in words
    assert "Of $3.61M technology in the ledger, initiatives explain $1.08M" in words


def test_the_cost_page_without_a_ledger_says_which_budget_is_missing(screen: Screen) -> None:
    words = screen.open("technology/cost.py", district="plan")
    assert "The ledger does not hold the plan's first year. Publish the budget of FY2026-27" in words


def test_the_funding_page_shows_the_gap_the_cliff_and_e_rate(screen: Screen) -> None:
    words = screen.open("finance/funding.py", district="sample")
    detection = next(row for row in screen.table("What nobody pays yet") if row[0].startswith("Detection"))
    assert detection[3] == "104,186"
    assert ["E-Rate category 2", "30", "hoped", "—", "562,640", "562,640", "—"] in screen.table("Sources")
    assert "has no source in the year after these end" in words


def test_the_funding_page_says_who_could_pay_and_what_a_dollar_more_would_do(screen: Screen) -> None:
    words = screen.open("finance/funding.py", district="sample", view="Who could pay")
    assert "Caps bar $35,496." in words
    assert screen.table("What nobody pays yet")[2][:2] == ["Detection and response, 24×7", "Still without a source"]
    assert ["Title II-A, one coach", "$1.00", "FY2027-28"] in screen.table("What one more dollar")


def test_the_funding_page_shows_the_rule_behind_a_refusal(screen: Screen) -> None:
    screen.open("finance/funding.py", district="sample", view="What may pay, and why not")
    refused = next(row for row in screen.table("Student devices: which money") if row[0] == "Title I-A")
    assert refused[1:5] == [
        "may not pay",
        "everything",
        "—",
        "Title I-A pays only in eligible school attendance areas.",
    ]


def test_the_funding_page_shows_what_expires_and_what_comes_off(screen: Screen) -> None:
    screen.open("finance/funding.py", district="sample", view="What there is")
    assert screen.table("Money that would expire")[1][0] == "Bond of March 2025"
    assert screen.table("What each year")[1][2] == "$356,870"


def test_the_alignment_page_weighs_goals_and_ranks_initiatives(screen: Screen) -> None:
    words = screen.open("strategy/alignment.py", district="sample")
    assert "22 % of the money serves none of the 5 goals." in words
    assert screen.table("Initiatives by how well")[1][:3] == ["Technology coaches", "1", "34.0"]
    assert screen.table("The goals")[1][4] == "30"
    assert "Technology coaches is first under 64 % of all weights that the goals could have" in words
    assert screen.table("How often each")[4] == ["Identity and multifactor sign-on", "4", "27 %", "51 %"]


def test_every_initiative_leads_to_its_page_in_its_district(screen: Screen) -> None:
    screen.open("technology/initiatives.py", district="sample")
    [table] = [html for html in screen.html() if "<caption>Every initiative" in html]
    assert 'href="/initiatives?initiative=wifi&amp;district=sample"' in table
    assert table.count('href="/initiatives?') == 15


def test_an_initiative_shows_its_lines_who_pays_and_its_goals(screen: Screen) -> None:
    words = screen.open("technology/initiatives.py", district="sample", initiative="wifi")
    assert "Cost $1,118,000" in words
    assert "Without a source $0" in words
    assert screen.table("Who pays")[1][0] == "E-Rate category 2 (hoped)"
    assert screen.table("Which goals it serves")[0][0] == "Goal"


def test_an_initiative_without_a_goal_and_an_alternative_say_so(screen: Screen) -> None:
    assert "Aligned to nothing" in screen.open("technology/initiatives.py", district="sample", initiative="panels")
    words = screen.open("technology/initiatives.py", district="sample", initiative="keep-sis")
    assert "An alternative, not in the plan" in words


def test_an_unknown_initiative_is_a_sentence_with_the_next_step(screen: Screen) -> None:
    words = screen.open("technology/initiatives.py", district="sample", initiative="nothing-like-it")
    assert "The plan has no such initiative any more. Choose one from the list of initiatives." in words


def test_two_districts_of_one_name_are_told_apart_by_their_ids(screen: Screen) -> None:
    screen.open("cabinet/overview.py", district="plan")
    names = screen.app.selectbox(key="district").options
    assert [name for name in names if name.startswith("Harlow Ridge")] == [
        "Harlow Ridge School District (fictitious): plan",
        "Harlow Ridge School District (fictitious): sample",
    ]
    assert screen.app.selectbox(key="district").value == "plan"
