"""Whole numbers without a mark are amounts where the page speaks of a budget and nothing on it looks like money."""

from data.intake.bare_numbers import take_bare_numbers
from planning.vocabulary import ReadingStatus
from tests.data.intake.layouts import read_sheet, turn

YEARS = (
    ("Year", "Guidance Services", "Operation of Plant"),
    ("2023-24", "54341", "1134545"),
    ("2024-25", "66898", "N/A"),
)


def test_a_budget_in_plain_figures_of_a_text_file_is_read() -> None:
    reading = read_sheet(("Expenditure Budget by Function",), *YEARS)
    assert sorted(int(total.detail_total) for total in reading.totals) == [0, 54341, 66898, 1134545]


def test_plain_figures_on_a_page_that_speaks_of_no_budget_are_none() -> None:
    assert take_bare_numbers(turn(("Visits by Year",), *YEARS)) is None
    assert read_sheet(("Visits by Year",), *YEARS).status is ReadingStatus.REFUSED


def test_codes_and_padded_figures_stay_words() -> None:
    grid = turn(("Budget",), ("Function Code", "Key"), ("1100", "007"), ("1200", "012"))
    assert take_bare_numbers(grid) is None


def test_a_minus_is_a_mark_of_money() -> None:
    reading = read_sheet(
        ("Expenditure Budget 2024-25", None, None),
        ("Function", "Lincoln", "Oak Hill"),
        ("Guidance", "1,280.50", "127110"),
        ("Health", "489.25", "-801"),
    )
    assert [float(total.detail_total) for total in reading.totals] == [1769.75, 126309.0]


def test_two_tables_of_plain_figures_below_each_other_are_both_read() -> None:
    reading = read_sheet(
        ("Expenditure Budget 2024-25", None, None, None),
        ("School", "Guidance", "Health", "TOTAL"),
        ("Franklin", "179836", "42723", "222559"),
        ("Jefferson", "3998", "484148", "488146"),
        ("TOTAL", "183834", "526871", "710705"),
        ("Food Service Fund", None, None, None),
        ("Object", "Franklin", "Jefferson", "District Total"),
        ("Salaries", "236556", "-3300", "233256"),
        ("Supplies", "1487", "12762", "14249"),
        ("TOTAL", "238043", "9462", "247505"),
    )
    assert sum(float(total.detail_total) for total in reading.totals) == 710705 + 247505
