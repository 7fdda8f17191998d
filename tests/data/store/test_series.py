"""The name under which a budget is published: a corrected file is a version, another year's budget is not."""

from decimal import Decimal

import pytest

from data.intake.reading import read_budget
from data.store.budget_queries import Measure
from data.store.series import list_counting_columns, list_dollar_columns, propose_series
from tests.data.intake.layouts import build_workbook

READING = read_budget(
    build_workbook(
        ("Sheet", [["Account", "2025-26 Adopted Expenditures", "FTE"], ["10-2580-350", 7.5, 1], ["10-2580-650", 2, 2]])
    )
)


def make_measure(series: str, fiscal_year: str, unit: str = "usd") -> Measure:
    return Measure(series, fiscal_year, "adopted", unit, "expenditure", Decimal(1), 1)


@pytest.mark.parametrize(
    ("counting", "proposed"),
    [
        ([], "Expenditure budget"),
        ([("Capital plan", "FY2024-25")], "Expenditure budget"),
        ([("Expenditure budget", "FY2025-26")], "Expenditure budget"),
        ([("Expenditure budget", "FY2024-25")], "Expenditure budget FY2025-26"),
        ([("Expenditure budget", "FY2024-25"), ("Budget of 2026", "FY2025-26")], "Budget of 2026"),
    ],
)
def test_the_name_is_that_of_the_same_columns_else_the_usual_one(
    counting: list[tuple[str, str]], proposed: str
) -> None:
    assert propose_series(READING, [make_measure(series, year) for series, year in counting]) == proposed


def test_only_dollars_make_two_budgets_the_same() -> None:
    assert list_dollar_columns(READING) == {("FY2025-26", "adopted", "expenditure")}
    assert list_counting_columns([make_measure("Staff", "FY2025-26", "fte")]) == {}
