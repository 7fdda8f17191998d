"""What a page adds up at its foot and carries to the next are sums, and totals run on over them."""

from data.intake.model import Reading
from tests.data.intake.layouts import Rows, list_mismatches, read_sheet

HEADER = ("Description", "2024-25 Actual", "2025-26 Budget")
FIRST = (("Instruction",), ("Salaries", 100.0, 110.0), ("Supplies", 20.0, 25.0))
SECOND = (("Travel", 5.0, 6.0), ("Total Instruction", 125.0, 141.0), ("Utilities", 7.0, 8.0))


def read(*between: Rows) -> Reading:
    """Two pages with these rows between them."""
    rows = [row for part in (FIRST, *between, SECOND) for row in part]
    return read_sheet(("Expenditure Budget",), HEADER, *rows, ("Total", 132.0, 149.0))


def test_what_is_carried_forward_is_no_line() -> None:
    carried = [("Carried Forward", 120.0, 135.0), (None,), HEADER, ("Brought Forward", 120.0, 135.0)]
    reading = read(carried)
    assert [int(total.detail_total) for total in reading.totals] == [132, 149]
    assert list_mismatches(reading) == set() and not reading.questions
    assert any("carry forward" in reason for reason in reading.tables[0].reasons)


def test_the_total_of_a_page_does_not_cut_the_totals_of_the_report() -> None:
    reading = read([("Page Total", 120.0, 135.0), (None,), ("Expenditure Budget (continued)",), HEADER])
    assert len(reading.tables) == 1
    assert [int(total.detail_total) for total in reading.totals] == [132, 149]
    assert list_mismatches(reading) == set() and len(reading.tie_outs) == 6


def test_a_wrong_total_of_a_page_is_off() -> None:
    assert list_mismatches(read([("Page Total", 121.0, 135.0), HEADER])) == {("Sheet", "B6")}


def test_a_balance_brought_forward_from_last_year_is_a_line() -> None:
    reading = read_sheet(
        ("Revenue Budget",), HEADER, ("Balance brought forward", 9.0, 8.0), ("Taxes", 100.0, 90.0), ("Rent", 5.0, 6.0)
    )
    assert [int(total.detail_total) for total in reading.totals] == [114, 104]
