"""Columns as finance systems print them: what was moved, what is of a month, what was spent, what is left."""

from data.intake.model import Reading
from data.intake.stages import is_moved, is_part_of_year
from planning.vocabulary import Basis
from tests.data.intake.layouts import read_sheet

TITLE = ["Expenditures, Fiscal Year 2024-25"]
NAMES = ("Salaries", "Supplies", "Travel")


def _read(headers: list[str], *lines: tuple[float, ...]) -> Reading:
    rows = [[name, *line] for name, line in zip(NAMES, lines, strict=True)]
    total = ["Total", *map(sum, zip(*lines, strict=True))]
    return read_sheet(TITLE, ["Object", *headers], *rows, total)


def _sums(reading: Reading) -> dict[Basis, float]:
    return {total.basis: float(total.detail_total) for total in reading.totals}


def test_what_was_moved_between_two_budgets_is_no_budget() -> None:
    reading = _read(["Budget", "Transfers", "Current"], (100.5, 10, 110.5), (50, -10, 40), (25, 0, 25))
    assert _sums(reading) == {Basis.ORIGINAL: 175.5, Basis.REVISED: 175.5}
    assert any("moved from Budget to Current" in reason for reason in reading.tables[0].reasons)
    assert not reading.questions


def test_what_was_carried_over_makes_the_expendable_budget() -> None:
    headers = ["FYTD Appropriated", "Prior FY Carryover Encumbrances", "FYTD Expendable", "Current Encumbrances"]
    reading = _read(headers, (100, 10.5, 110.5, 7), (50, 1, 51, 8), (25, 0, 25, 9))
    assert _sums(reading) == {Basis.BUDGET: 175, Basis.REVISED: 186.5, Basis.ENCUMBERED: 24}


def test_one_slip_of_the_printer_hides_no_transfer_and_a_column_called_transfers_may_be_money() -> None:
    lines = [(100.5, 1, 101.5), (50, 1, 51), *[(25, 0, 25)] * 9, (25, 0, 99)]
    rows = [[f"Object {n}", *line] for n, line in enumerate(lines)]
    reading = read_sheet(TITLE, ["Object", "Original Budget", "Transfers", "Revised Budget"], *rows)
    assert {total.basis for total in reading.totals} == {Basis.ORIGINAL, Basis.REVISED}
    reading = _read(["Salaries", "Transfers", "Total"], (100.5, 10, 110.5), (50, 20, 70), (25, 0, 25))
    assert sum(float(total.detail_total) for total in reading.totals) == 205.5


def test_adjustments_that_nothing_proves_are_no_budget_either() -> None:
    reading = _read(["Original Budget", "Adjustments", "Spent"], (100.5, 10, 90), (50, 20, 60), (25, 0, 25))
    assert _sums(reading) == {Basis.ORIGINAL: 175.5, Basis.ACTUAL: 175}


def test_what_was_carried_over_or_granted_besides_stays_money_where_no_revised_budget_holds_it() -> None:
    reading = _read(["FY2024-25 Adopted", "FY2024-25 Carryover"], (100.5, 10), (50, 20), (25, 0))
    assert _sums(reading) == {Basis.ADOPTED: 175.5, Basis.BUDGET: 30}
    [question] = _read(["Budget", "Supplemental"], (100.5, 10), (50, 20), (25, 0)).questions
    assert question.key == "budget_column:FY2024-25"


def test_a_month_is_in_what_was_spent_to_date() -> None:
    reading = _read(["Budget", "MTD Actual", "YTD Actual"], (100.5, 10, 90), (50, 20, 60), (25, 0, 25))
    assert _sums(reading) == {Basis.BUDGET: 175.5, Basis.YEAR_TO_DATE: 175}
    reading = _read(["Budget", "Current Expended", "Year-to-date Expended"], (9.5, 1, 9), (5, 2, 6), (2, 0, 2))
    assert _sums(reading) == {Basis.BUDGET: 16.5, Basis.YEAR_TO_DATE: 17}


def test_expenses_beside_what_is_left_were_spent() -> None:
    reading = _read(["Budget", "Expense", "Balance"], (100.5, 90, 10.5), (50, 30, 20), (25, 25, 0))
    assert _sums(reading) == {Basis.BUDGET: 175.5, Basis.ACTUAL: 145, Basis.AVAILABLE: 30.5}


def test_commitments_and_orders_are_parts_where_the_balance_proves_it() -> None:
    headers = ["Total Budget", "Commitments", "Obligations", "Actuals", "Remaining"]
    proved = _read(headers, (100.5, 10, 5.5, 60, 25), (50, 5, 5, 20, 20), (25, 1, 1, 3, 20))
    assert not proved.questions
    assert sum(float(t.detail_total) for t in proved.totals if t.basis is Basis.ENCUMBERED) == 27.5
    doubted = _read(headers, (100.5, 10, 5.5, 60, 29), (50, 5, 5, 20, 29), (25, 1, 1, 3, 29))
    assert [question.key for question in doubted.questions] == ["budget_column:FY2024-25"]


def test_words_of_a_part_of_the_year_and_of_what_was_moved() -> None:
    parts = ("Range To Date", "Period 12 Activity", "Current Month", "Monthly", "YTD Budget", "MO-TO-DATE")
    assert all(map(is_part_of_year, parts))
    assert not any(map(is_part_of_year, ("Year to Date", "Current Budget", "Actual for Year", "Monterey School")))
    assert all(map(is_moved, ("Prior Yr Encumb", "TRANFRS/ ADJSTMTS", "Amendments", "Budget Adj", "Carry-forward")))
    assert not any(map(is_moved, ("Transfers in", "Adj. Budget", "Adjusted Budget", "Amended Budget")))


def test_of_two_balances_the_one_after_encumbrances_is_left() -> None:
    headers = ["Budget", "YTD", "Balance", "Encumbrance", "Budget Balance"]
    reading = _read(headers, (100.5, 60, 40.5, 10, 30.5), (50, 20, 30, 5, 25), (25, 3, 22, 1, 21))
    assert _sums(reading)[Basis.AVAILABLE] == 76.5
    assert not reading.questions


def test_a_column_of_the_year_beside_its_budget_is_what_was_spent_where_the_title_compares_them() -> None:
    rows = [
        ["Object", "Jul '24 - Jun 25", "Budget", "$ Over Budget"],
        ["Rent", 9.5, 8.0, 1.5],
        ["Paper", 2.0, 3.0, -1.0],
    ]
    reading = read_sheet(["Expense Budget vs. Actual"], *rows)
    assert _sums(reading) == {Basis.ACTUAL: 11.5, Basis.BUDGET: 11}


def test_a_budget_to_date_is_within_that_of_the_year() -> None:
    headers = ["Year To Date 06/30/2025 Actual", "Year To Date 06/30/2025 Budget", "Annual Budget"]
    reading = _read(headers, (60, 70.5, 100), (20, 30, 50), (3, 4, 25))
    assert _sums(reading) == {Basis.YEAR_TO_DATE: 83, Basis.BUDGET: 175}
