"""Rows over lines that they add up, proved by the grand total that the table prints."""

import pytest

from data.intake.doubts import HIDDEN_TOTALS
from tests.data.intake.layouts import read_sheet

HEADER = ("Description", "2025-26 Expenditure Budget")
BLOCKS = (
    ("Health Services", 6580.0),
    ("Retirement", 1672.0),
    ("Utilities", 4908.0),
    ("Fiscal Services", 7081.0),
    ("Supplies", 7081.0),
    ("Empty", 0.0),
)


@pytest.mark.parametrize("step", [1, -1])
def test_rows_that_equal_the_rows_beside_them_are_totals_where_the_grand_total_proves_it(step: int) -> None:
    reading = read_sheet(*[HEADER, *BLOCKS[::step], ("Grand Total", 13661.0)])
    assert [str(total.detail_total) for total in reading.totals] == ["13661.000000"]
    assert not any(tie.difference for tie in reading.tie_outs) and len(reading.tie_outs) == 3
    assert not reading.questions


def test_funds_over_functions_are_totals_too() -> None:
    fund = ("General Fund", 13661.0)
    reading = read_sheet(HEADER, ("Total", 27322.0), fund, *BLOCKS, ("Food Service Fund", 13661.0), *BLOCKS)
    assert [str(total.detail_total) for total in reading.totals] == ["27322.000000"]


def test_without_a_grand_total_that_proves_it_every_row_is_a_line() -> None:
    reading = read_sheet(HEADER, *BLOCKS, ("Grand Total", 27322.0))
    assert [str(total.detail_total) for total in reading.totals] == ["27322.000000"]
    assert [question.key for question in reading.questions if question.key == HIDDEN_TOTALS] == []
