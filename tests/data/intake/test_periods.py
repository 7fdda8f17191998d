"""Fiscal years named by the days on which they begin and end."""

import pytest

from data.intake.headers import read_years
from data.intake.periods import read_period_year
from tests.data.intake.layouts import read_sheet


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Budget from 07/01/2024 thru 06/30/2025", "FY2024-25"),
        ("October 1, 2024 – September 30, 2025", "FY2024-25"),
        ("July 2024 through June 2025", "FY2024-25"),
        ("7/1/24-5/31/25", "FY2024-25"),
        ("Jan 2025 - Dec 2025", "FY2025"),
        ("12/1/2024 to 12/31/2024", None),
        ("Board meetings March 4, 2025 to May 6, 2025", None),
        ("7/1/2023 to 6/30/2025", None),
        ("2024-25 Adopted", None),
    ],
)
def test_a_year_of_twelve_months_or_its_part_from_july_is_named_by_its_days(text: str, year: str | None) -> None:
    assert read_period_year(text) == year


def test_days_say_more_than_the_single_year_beside_them() -> None:
    assert read_years("Fiscal Year 2024 (September 1, 2024 - August 31, 2025)") == (("FY2024-25",), False)


def test_the_days_may_stand_in_cells_of_their_own() -> None:
    title = ["From Date: 7/1/2024", "To Date: 6/30/2025"]
    reading = read_sheet(title, ["Object", "Expenditures"], ["Salaries", 5.5], ["Supplies", 4.0], ["Total", 9.5])
    assert [total.fiscal_year for total in reading.totals] == ["FY2024-25"]
    assert not reading.questions


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("For the period ending June 30, 2025 for fiscal year 2025", ("FY2024-25",)),
        ("As of 11/30/2024", ("FY2024-25",)),
        ("For 3 Month Period Ending 09/30/2024", ()),
        ("Fiscal Year Ended September 30, 2024", ("FY2023-24",)),
        ("Adopted June 16, 2025", ()),
    ],
)
def test_a_day_names_a_fiscal_year_only_where_every_district_has_it_in_that_year(
    text: str, years: tuple[str, ...]
) -> None:
    assert read_years(text) == (years, False)


def test_a_month_is_of_the_year_that_its_report_names() -> None:
    months = ["Aug 2024", "Sep 2024", "Oct 2024", "Jan 2025"]
    rows = [["Salaries", 5.5, 6, 7, 8, 26.5], ["Rent", 1, 1, 1, 1, 4], ["Supplies", 2, 3, 4, 5, 14]]
    title = ["Expenses by Month, July 2024 - June 2025"]
    reading = read_sheet(title, [None], ["Account", *months, "Total"], *rows, ["Total Expenses", 8.5, 10, 12, 14, 44.5])
    assert {total.fiscal_year for total in reading.totals} == {"FY2024-25"}
    assert float(sum(total.detail_total for total in reading.totals)) == 44.5
    assert not reading.questions
