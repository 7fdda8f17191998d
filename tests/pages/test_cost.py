"""The views of the page Cost on the sample district: each says its message and shows the figures behind it."""

from tests.pages.screen import Screen

PAGE = "technology/cost.py"


def test_the_page_says_what_the_plan_costs_to_buy_and_to_run(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample")
    assert "The plan costs $9,223,941 in 5 years: $3,298,800 to buy and replace, $5,925,141 to run." in words
    assert "$5,402,500 of it is capital outlay." in words


def test_every_ask_stands_beside_doing_nothing_or_its_base(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", view="Alternatives")
    assert "New student information system costs $377,382 more in today's money than Keep today's" in words
    rows = screen.table("Life-cycle cost at 3.8 % a year")
    assert rows[1][:5] == [
        "New student information system", "Keep today's student system", "$709,572", "$332,189", "($377,382)",
    ]  # fmt: skip
    assert {row[1] for row in rows[2:]} == {"Do nothing"}


def test_another_cap_changes_what_is_replaced_late(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", view="Refresh")
    assert "$1,357,800 comes due in FY2027-28, 2.6 times the average year." in words
    assert "950 units are replaced late" in words
    screen.app.number_input(key="refresh_cap").set_value(1_400_000).run()
    assert "nothing is replaced late" in screen.words()


def test_a_subscription_is_shown_with_its_schedule(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", view="Contracts")
    assert "1 contract puts a liability of $284,183 on the books" in words
    assert screen.table("Subscription for 6,200 students")[-1][1:5] == ["", "$306,900", "$22,717", "$284,183"]


def test_the_books_see_capital_objects_and_cost_per_student(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", view="Accounting")
    assert "Capital outlay is equipment from $5,000 a unit, or $100,000 bought together." in words
    assert screen.table("Budgeted cost cut three ways")[1][-1] == "$5,402,500"
    objects = screen.table("Budgeted cost by NCES object")
    assert objects[-1][-1] == "$9,223,941"
    assert "734 Technology-related hardware" in [row[0] for row in objects]
    assert screen.table("Budgeted cost for each thing")[1][1] == "$188"
