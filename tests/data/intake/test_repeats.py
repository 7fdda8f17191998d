"""Money shown in two shapes is counted once, with the place where it is counted."""

from decimal import Decimal

from data.intake.cells import CellValue
from data.intake.model import Reading
from data.intake.reading import read_budget
from planning.vocabulary import TableKind
from tests.data.intake.layouts import build_workbook

YEAR = {"fiscal_year": "2026-27"}
Rows = list[list[CellValue]]
BY_CATEGORY: Rows = [
    ["School Name", "Staff", "Supplies", "Total Allocation"],
    ["North", 70.5, 5, 75.5],
    ["South", 80, 6.25, 86.25],
    ["East", 90, 7, 97],
]
BY_ITEM: Rows = [
    ["School Name", "Teachers", "Aides", "Paper"],
    ["East", 80, 10, 7],
    ["North", 60.5, 10, 5],
    ["South", 50, 30, 6.25],
]


def read(*tables: Rows) -> Reading:
    return read_budget(build_workbook(*((f"Sheet {n}", rows) for n, rows in enumerate(tables))), YEAR)


def list_counted(reading: Reading) -> list[str]:
    return [table.sheet for table in reading.tables if table.counted]


def test_the_same_rows_broken_down_twice_are_counted_in_the_finer_table() -> None:
    reading = read(BY_CATEGORY, BY_ITEM)
    assert list_counted(reading) == ["Sheet 1"] and reading.tables[0].kind is TableKind.CROSSTAB
    assert sum(total.detail_total for total in reading.totals) == Decimal("258.75")


def test_what_breaks_down_one_column_of_a_wider_table_is_counted_in_that() -> None:
    wider: Rows = [[*row, more] for row, more in zip(BY_CATEGORY, ("Grants", 1, 2, 3), strict=True)]
    reading = read(wider, BY_ITEM)
    assert list_counted(reading) == ["Sheet 0"]
    assert "Total Allocation of sheet Sheet 0" in reading.tables[1].why_not_counted
    assert sum(total.detail_total for total in reading.totals) == Decimal("264.75")


def test_one_school_that_differs_a_lot_makes_them_two_budgets() -> None:
    other: Rows = [BY_ITEM[0], ["East", 80, 10, 70], *BY_ITEM[2:]]
    assert len(list_counted(read(BY_CATEGORY, other))) == 2


def test_other_schools_make_other_money() -> None:
    other: Rows = [BY_ITEM[0], *([f"New {row[0]}", *row[1:]] for row in BY_ITEM[1:])]
    assert len(list_counted(read(BY_CATEGORY, other))) == 2


def test_one_school_in_common_is_not_the_same_rows() -> None:
    other: Rows = [BY_ITEM[0], BY_ITEM[1], ["New", 1.5, 2, 3], ["Newer", 4, 5, 6]]
    assert len(list_counted(read(BY_CATEGORY, other))) == 2


BY_FUND: Rows = [
    ["Fund", "FY25 Actual Expenditures", "FY26 Adopted"],
    ["General", 100.5, 110],
    ["Food", 20, 21],
    ["Debt", 5, 5.5],
]
BY_DEPARTMENT: Rows = [
    ["Department", "FY25 Actual Expenditures", "FY26 Adopted"],
    ["Schools", 90.5, 98],
    ["Kitchen", 20, 21],
    ["Office", 10, 12],
    ["Bank", 5, 5.5],
]


def test_the_same_totals_by_fund_and_by_department_are_counted_once_with_more_lines() -> None:
    reading = read(BY_FUND, BY_DEPARTMENT)
    assert list_counted(reading) == ["Sheet 1"]
    assert "same figures as the table in row 1 of sheet Sheet 1" in reading.tables[0].why_not_counted
    assert [total.detail_total for total in reading.totals] == [Decimal("125.5"), Decimal("136.5")]


def test_one_figure_that_differs_counts_both() -> None:
    other: Rows = [*BY_FUND[:-1], ["Debt", 5, 6.5]]
    assert len(list_counted(read(other, BY_DEPARTMENT))) == 2


def test_equal_figures_in_every_year_prove_nothing() -> None:
    flat: Rows = [["a", 10, 10], ["b", 5, 5], ["c", 1, 1]]
    assert len(list_counted(read([BY_FUND[0], *flat], [BY_DEPARTMENT[0], *flat[::-1]]))) == 2


def test_two_funds_laid_out_alike_are_two_funds_whatever_they_add_up_to() -> None:
    assert len(list_counted(read(BY_FUND, [BY_FUND[0], *BY_FUND[:0:-1]]))) == 2
    first: Rows = [["Fund: 10", None, None], *BY_FUND]
    second: Rows = [["Fund: 20", None, None], *BY_DEPARTMENT]
    assert len(list_counted(read(first, second))) == 2
