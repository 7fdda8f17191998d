"""A report printed month after month: the budget and what is left once, what was spent in each month added up."""

from decimal import Decimal

from data.intake.reading import read_budget
from planning.vocabulary import Basis, Side
from tests.data.intake.layouts import build_workbook

HEADER = ["Object", "Description", "Annual Budget", "Month Actual", "YTD Actual"]


def _month(name: str, spent: list[float], to_date: list[float], budget: tuple[float, float] = (1000.5, 600)) -> list:
    rows = [["110", "Salaries", budget[0], spent[0], to_date[0]], ["410", "Supplies", budget[1], spent[1], to_date[1]]]
    total = ["", "Total Expenditures", sum(budget), sum(spent), sum(to_date)]
    return [["Monthly Report"], [f"Month ended {name}"], ["Fiscal Year 2024-25"], HEADER, *rows, total]


def _add_up(*sheets: list) -> dict[Basis, Decimal]:
    reading = read_budget(build_workbook(*((f"Page {n}", rows) for n, rows in enumerate(sheets))))
    assert {total.side for total in reading.totals} == {Side.EXPENDITURE}
    assert all(finding.code == "table_not_counted" for finding in reading.findings)
    added: dict[Basis, Decimal] = {}
    for total in reading.totals:
        added[total.basis] = added.get(total.basis, Decimal(0)) + total.detail_total
    return added


JULY = _month("July 31, 2024", [80.25, 20], [80.25, 20])
AUGUST = _month("August 31, 2024", [90, 30], [170.25, 50])


def test_the_budget_of_every_month_is_one_budget() -> None:
    expected = {Basis.BUDGET: Decimal("1600.5"), Basis.YEAR_TO_DATE: Decimal("220.25")}
    assert _add_up(JULY, AUGUST) == _add_up(AUGUST, JULY) == expected


def test_what_was_spent_in_each_month_is_added_up_where_nothing_says_it_to_date() -> None:
    months = [[row[:4] for row in month] for month in (JULY, AUGUST)]
    assert _add_up(*months) == {Basis.BUDGET: Decimal("1600.5"), Basis.ACTUAL: Decimal("220.25")}


def test_sheets_of_different_budgets_are_added_up() -> None:
    other = _month("August 31, 2024", [90, 30], [170.25, 50], budget=(700, 300))
    assert _add_up(JULY, other)[Basis.BUDGET] == Decimal("2600.5")


def test_months_that_nothing_names_are_added_up() -> None:
    nameless = [[row[0].replace("Month ended August 31, 2024", "Second half"), *row[1:]] for row in AUGUST]
    assert _add_up(JULY, nameless)[Basis.BUDGET] == Decimal(3201)
