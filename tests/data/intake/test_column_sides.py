"""Receipts, expenditures and balances of each fund beside each other: every side by itself."""

from decimal import Decimal

from planning.vocabulary import Basis, Side
from tests.data.intake.layouts import list_codes, read_sheet

HEADER = ["Fund", "Description", "Begin Balance", "FYTD Receipts", "FYTD Expenditures", "Current Fund Balance"]
ROWS = [["001", "General", 10.5, 100, 90, 20.5], ["002", "Bond", 5, 20, 10, 15], ["006", "Food", 1, 9, 4, 6]]
TOTAL = [None, "Grand Total All Funds", 16.5, 129, 104, 41.5]


def test_columns_of_both_sides_are_never_one_total() -> None:
    reading = read_sheet(["Financial Report by Fund, Fiscal Year 2025"], HEADER, *ROWS, TOTAL)
    assert {(total.side, total.basis): total.detail_total for total in reading.totals} == {
        (Side.FUND_BALANCE, Basis.BUDGET): Decimal("16.5"),
        (Side.REVENUE, Basis.YEAR_TO_DATE): Decimal(129),
        (Side.EXPENDITURE, Basis.YEAR_TO_DATE): Decimal(104),
    }
    assert not reading.questions and list_codes(reading) == []
    assert not any(tie.difference for tie in reading.tie_outs)


def test_a_column_of_one_side_leaves_the_table_whole() -> None:
    rows = [[*row[:2], *row[4:]] for row in (*ROWS, TOTAL)]
    reading = read_sheet(["Fiscal Year 2025"], ["Fund", "Description", "FYTD Expenditures", "Budget Balance"], *rows)
    assert len(reading.tables) == 1
    assert {total.side for total in reading.totals} == {Side.EXPENDITURE}
