"""Headers printed again further down, with years spelled in another way."""

from decimal import Decimal

import pytest

from tests.data.intake.layouts import list_codes, read_sheet

FIRST = [["110", "Salaries", 80.5, 90.0], ["210", "Supplies", 20.5, 30.0]]
SECOND = [["310", "Fuel", 7.5, 8.0], ["410", "Oil", 1.5, 2.0], [None, "Total", 110.0, 130.0]]


@pytest.mark.parametrize(
    ("header", "again"),
    [
        (("2024-25", "2025-26"), (2025.0, 2026.0)),
        (("FY2025", "FY2026"), (2025.0, 2026.0)),
        (("2024-25 Actual", "2025-26 Budget"), ("FY25 Actual", "FY26 Budget")),
        ((2025.0, 2026.0), (2025.0, 2026.0)),
    ],
)
def test_a_header_is_known_again_however_its_years_are_spelled(header: tuple, again: tuple) -> None:
    rows = [["Object", "Description", *header], *FIRST, ["Object", "Description", *again], *SECOND]
    reading = read_sheet(["Expenditures"], *rows)
    assert [table.range for table in reading.tables] == ["A2:D8"]
    assert [total.detail_total for total in reading.totals] == [Decimal(110), Decimal(130)]
    assert list_codes(reading) == []


def test_other_words_beside_the_years_begin_another_table() -> None:
    headers = [["Object", "Description", "2024-25 Salaries", "2025-26 Salaries"]]
    again = [["Object", "Description", "FY25 Benefits", "FY26 Benefits"]]
    reading = read_sheet(["Expenditures"], *headers, *FIRST, *again, *SECOND[:2])
    assert [table.range for table in reading.tables] == ["A2:D4", "A5:D7"]
