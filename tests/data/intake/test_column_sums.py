"""Columns computed from others are counted once; what only looks computed is kept."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.column_sums import leave_sums_out
from data.intake.drafts import TableDraft
from planning.vocabulary import Severity, Unit
from tests.data.intake.layouts import draft, read_sheet

CENTS = st.integers(1, 10**9)


def read(*rows: list) -> TableDraft:
    table = draft(*rows)
    leave_sums_out(table)
    return table


def list_headers(table: TableDraft) -> list[str]:
    return [value.header for value in table.values]


@given(st.lists(st.tuples(CENTS, CENTS, CENTS), min_size=2, max_size=12))
def test_the_counted_columns_add_up_to_the_total_column_that_is_left_out(rows: list[tuple[int, int, int]]) -> None:
    body = [[f"Line {n}", a / 100, b / 100, c / 100, (a + b + c) / 100] for n, (a, b, c) in enumerate(rows)]
    table = read(["Item", "North", "South", "East", "Total Budget Allocation"], *body)
    assert list_headers(table) == ["North", "South", "East"]
    added = sum(amount for value in table.values for amount in value.amounts)
    assert added == pytest.approx(sum(table.row_sums[0].amounts))


def test_a_total_before_its_columns_is_found_too() -> None:
    table = read(["Item", "Total cost", "North", "South"], ["a", 3.5, 1, 2.5], ["b", 9, 4, 5])
    assert list_headers(table) == ["North", "South"]


def test_a_total_of_two_columns_that_stand_apart_is_found() -> None:
    header = ["Item", "School At-Risk", "North", "Support At-Risk", "Total At-Risk"]
    table = read(header, ["a", 1, 7.5, 2, 3], ["b", 4, 9, 5, 9])
    assert list_headers(table) == ["School At-Risk", "North", "Support At-Risk"]


def test_a_column_called_total_that_adds_up_nothing_beside_it_is_kept_as_money() -> None:
    header = ["Item", "FY25 Total Budget", "FY26 Total Budget"]
    assert list_headers(read(header, ["a", 1.5, 2], ["b", 4, 5])) == header[1:]


def test_what_adds_up_to_dollars_is_dollars_whatever_it_is_called() -> None:
    table = read(["School", "Enrollment", "Title", "Total Allocation"], ["a", 1.5, 2, 3.5], ["b", 4, 5, 9])
    assert [value.meaning.unit for value in table.values] == [Unit.USD, None]


def test_a_row_whose_total_is_wrong_is_a_warning_at_its_cell() -> None:
    rows = [["a", 1.5, 2, 3.5], ["b", 4, 5, 9], ["c", 1, 1, 3]]
    reading = read_sheet(["Expense", "FY25 North", "FY25 South", "FY25 Total"], *rows)
    finding = reading.findings[0]
    assert (finding.code, finding.severity, finding.cell) == ("row_total_mismatch", Severity.WARNING, "D4")
    assert (finding.found, finding.expected) == ("$3.00", "$2.00")
    assert sum(total.detail_total for total in reading.totals) == Decimal("14.5")


def test_a_bare_total_is_left_out_even_when_hidden_columns_are_missing_and_each_row_says_so() -> None:
    table = read(["Item", "North", "South", "Total"], ["a", 1.5, 2, 9], ["b", 4, 5, 10])
    assert list_headers(table) == ["North", "South"] and len(table.odd_sums) == 2


def test_quantity_and_price_are_no_money_beside_what_they_multiply_to() -> None:
    rows = [["Tablet", 10, 250.5, 2505], ["Case", 4, 12, 48], ["Cable", 3, 5, 15]]
    table = read(["Item", "Qty", "Unit price", "Total"], *rows)
    assert list_headers(table) == ["Total"]
    assert [reason for reason in table.reasons if "factor of Total" in reason]


def test_two_columns_of_the_same_year_are_never_factors_of_a_third() -> None:
    rows = [["a", 2, 3, 6], ["b", 4, 5, 20], ["c", 2, 2, 4]]
    assert len(read(["Item", "North", "South", "East"], *rows).values) == 3


def test_a_copy_of_one_column_is_no_sum() -> None:
    table = read(["Item", "North", "South", "Total North"], ["a", 1.5, None, 1.5], ["b", 4, None, 4])
    assert "Total North" in list_headers(table)


def test_totals_of_positions_and_of_dollars_beside_them_are_both_left_out() -> None:
    header = ["Position", "North FTE", "North $", "South FTE", "South $", "Total FTE", "Total $"]
    rows = [["Teacher", 2.5, 100.0, 3.0, 120.0, 5.5, 220.0], ["Nurse", 1.0, 40.0, 0.5, 21.0, 1.5, 61.0]]
    table = read(header, *rows, ["Clerk", 1.0, 30.0, 1.0, 31.0, 2.0, 61.0])
    assert list_headers(table) == header[1:5]
