"""Rules found by generated layouts: what a header, a column of years, a code column or a list of sheets says."""

from decimal import Decimal

import pytest

from data.intake.headers import names_a_code, read_basis, read_side, read_value_header
from data.intake.reading import read_budget
from planning.vocabulary import Basis, ReadingStatus, Side, TableKind, Unit
from tests.data.intake.layouts import build_workbook, list_codes, read_sheet

LINES = [["Salaries", 600.0, 610.5], ["Supplies", 50.25, 51.0], ["Travel", 3.0, 4.0]]
HEADER = ["Object", "FY24 Actual", "FY25 Adopted"]


@pytest.mark.parametrize("text", ["Student Transportation", "Pupil Services", "Services for Students"])
def test_services_for_pupils_are_money_and_no_head_count(text: str) -> None:
    assert read_value_header(text).unit is None


@pytest.mark.parametrize("text", ["Students", "Enrollment", "Projected Students", "Number of pupils", "Pupils 2024-25"])
def test_a_head_count_is_told_by_what_the_phrase_is_about(text: str) -> None:
    assert read_value_header(text).unit is Unit.PUPILS


def test_a_school_by_its_name_heads_money_even_where_all_amounts_are_whole() -> None:
    rows = [["1100", "Instruction", 12433, 998006], ["2540", "Plant", 604746, 2906]]
    header = ["Function Code", "Function", "Oak Hill Middle School", "Jefferson High School"]
    reading = read_sheet(["FY25 Expenditure Budget"], header, *rows)
    assert sum(total.detail_total for total in reading.totals) == Decimal(1618091)
    assert names_a_code("School") and not names_a_code("Debt Service Fund")


def test_unencumbered_money_is_available_and_activity_shares_no_basis() -> None:
    assert read_basis("Unencumbered Balance") is Basis.AVAILABLE
    assert read_basis("2024-25 FYTD Activity") is Basis.YEAR_TO_DATE
    rows = [["Object", "FY25 Revised Budget", "FY25 Activity"], ["Paper", 5.5, 2.25], ["Pens", 3.0, 1.0]]
    assert [value.basis for value in read_sheet(*rows).tables[0].columns] == [Basis.REVISED, Basis.ACTUAL]


def test_special_revenue_is_a_class_of_funds() -> None:
    reading = read_sheet(["Expenditures"], ["Fund: 20 - Special Revenue Fund"], HEADER, *LINES)
    assert {total.side for total in reading.totals} == {Side.EXPENDITURE}
    assert read_side("Special Revenue") is Side.UNKNOWN


def test_a_column_of_sources_holds_revenue() -> None:
    reading = read_sheet(["Source", "Description", "FY25 Budget"], ["1111", "Taxes", 9.5], ["3100", "Aid", 8.25])
    assert [total.side for total in reading.totals] == [Side.REVENUE] and not reading.questions


def test_bare_years_in_a_column_that_is_called_a_year_part_the_rows() -> None:
    rows = [["2024", "Paper", 1.5], ["2025", "Paper", 2.0], ["2025", "Pens", 3.25]]
    reading = read_sheet(["Year", "Expenditures", "Amount"], *rows)
    found = {total.fiscal_year: total.detail_total for total in reading.totals}
    assert found == {"FY2023-24": Decimal("1.5"), "FY2024-25": Decimal("5.25")}
    assert [question.key for question in reading.questions] == ["year_convention"]


def test_positions_share_the_basis_of_the_money_beside_them() -> None:
    header = [["Object", "Budget 2024-25", "Budget 2024-25"], [None, "Proposed", "FTE"]]
    reading = read_sheet(*header, ["Teachers", 600.5, 8.25], ["Aides", 50.25, 2.0])
    assert {total.unit: total.basis for total in reading.totals} == {
        Unit.USD: Basis.PROPOSED,
        Unit.FTE: Basis.PROPOSED,
    }


def test_a_summary_that_lists_the_other_sheets_is_counted_once() -> None:
    summary = [
        ["Fund", "Name", "2024 Actual", "2025 Adopted"],
        ["10", "General", 653.25, 665.5],
        ["20", "Lunch", 1306.5, 1331.0],
    ]
    lunch = [[name, 2 * first, 2 * second] for name, first, second in LINES]
    funds = [(f"Fund {code}", [["Expenditures"], HEADER, *rows]) for code, rows in (("10", LINES), ("20", lunch))]
    reading = read_budget(build_workbook(("Summary", [["Expenditures"], *summary]), *funds))
    assert [table.counted for table in reading.tables] == [False, True, True]
    assert [total.detail_total for total in reading.totals] == [Decimal("1959.75"), Decimal("1996.5")]
    assert not [code for code in list_codes(reading) if code == "total_mismatch"]


def test_a_credit_is_taken_off() -> None:
    rows = [["Paper", "1,500.00"], ["Refund", "200.50 CR"], ["Pens", "30.00 DR"], ["Total", "1,329.50"]]
    reading = read_sheet(["Expenditures", "FY25 Budget"], *rows)
    assert [total.detail_total for total in reading.totals] == [Decimal("1329.5")] and not reading.findings


def test_one_word_among_few_amounts_is_named_and_does_not_cost_the_column() -> None:
    rows = [["Paper", "$1,500"], ["Pens", "12,34,5x"], ["Ink", "$30"], ["Tape", "$4"]]
    reading = read_sheet(["Expenditures", "Lincoln"], ["Glue", "$7"], *rows, answers={"fiscal_year": "2024-25"})
    assert [total.detail_total for total in reading.totals] == [Decimal(1541)]
    assert ("unreadable_amount", "B4") in {(finding.code, finding.cell) for finding in reading.findings}


def test_the_same_grand_total_below_every_block_covers_its_own_block() -> None:
    blocks = [
        ["Lincoln"],
        *LINES,
        ["Report Total", 653.25, 665.5],
        ["Oak Hill"],
        *LINES,
        ["Report Total", 653.25, 665.5],
    ]
    reading = read_sheet(["Expenditures"], HEADER, *blocks)
    assert [(tie.cell, tie.difference) for tie in reading.tie_outs if tie.difference] == []
    assert [total.detail_total for total in reading.totals] == [Decimal("1306.5"), Decimal(1331)]


@pytest.mark.parametrize(
    "title", ["Certified Salary Schedule 2024-25", "PURCHASE REQUISITION", "Enrollment by Grade, October 1"]
)
def test_what_its_title_calls_no_budget_is_not_imported(title: str) -> None:
    reading = read_sheet([title], ["Step", "BA", "MA"], ["1", 40000.5, 45000], ["2", 41000, 46000.25])
    assert reading.status is ReadingStatus.REFUSED and reading.tables[0].kind is TableKind.REGISTER
    assert title in reading.findings[0].message


def test_a_budget_for_a_salary_schedule_is_a_budget() -> None:
    reading = read_sheet(
        ["FY25 Budget for the new salary schedule"], ["Object", "Amount"], ["Teachers", 9.5], ["Aides", 8]
    )
    assert reading.status is ReadingStatus.READY
