"""From what was understood to the reading that page, command line and store receive."""

from decimal import Decimal

import pytest

from data.intake.cells import CellValue
from data.intake.model import ROW_ATTRIBUTES, Reading
from data.intake.reading import read_budget
from planning.vocabulary import ReadingStatus, RowRole, Unit
from tests.data.intake.layouts import build_workbook, list_codes, read_sheet

Rows = list[list[CellValue]]
HEADER: list[CellValue] = ["Fund", "Item", "FY26 Dept Expenditures", "FY26 Admin"]
LEDGER: Rows = [
    HEADER,
    ["10", "Paper", 1.5, 2],
    ["10", "Pens", 3, 4],
    ["20", "Desks", 7, 9],
    ["20", "Chairs", 5, 8],
    [None, "Total", 16.5, 23],
]
SUMMARY: Rows = [
    ["Fund", "FY26 Dept Expenditures", "FY26 Admin"],
    ["10", 4.5, 6],
    ["20", 12, 17],
    ["Total", 16.5, 23],
]


def read(*tables: Rows) -> Reading:
    return read_budget(build_workbook(*((f"Sheet {n}", rows) for n, rows in enumerate(tables))))


def test_two_drafts_of_one_year_keep_their_own_printed_totals() -> None:
    for reading in (read(LEDGER), read(LEDGER, SUMMARY), read(SUMMARY, LEDGER)):
        assert [total.printed_total for total in reading.totals] == [Decimal("16.5"), 23]
        assert [total.difference for total in reading.totals] == [0, 0]


def test_rates_are_never_added_up_to_a_total() -> None:
    header = ["School", "FY25 Expenditures", "Cost per pupil", "FY25 enrollment"]
    reading = read_sheet(header, ["North", 100.5, 10.5, 10], ["South", 200, 20, 10])
    assert [total.unit for total in reading.totals] == [Unit.USD, Unit.PUPILS]
    assert [column.unit for column in reading.tables[0].columns] == [Unit.USD, Unit.USD_PER_PUPIL, Unit.PUPILS]


def test_every_line_has_every_attribute_and_one_amount_a_column() -> None:
    table = read(LEDGER).tables[0]
    assert set(table.lines.attributes) == set(ROW_ATTRIBUTES)
    assert (
        {len(texts) for texts in table.lines.attributes.values()}
        == {4}
        == {len(a) for a in table.lines.amounts.values()}
    )
    assert list(table.lines.row_number) == [2, 3, 4, 5]


def test_raw_text_is_kept_for_every_cell_that_was_no_plain_number() -> None:
    rows = [["Paper", "$1.50", 2], ["Pens", "N/A", 4], ["Ink", "1.2.3", 4], ["Total", "$1.50", 10]]
    reading = read_sheet(["Item", "FY25 Expenditures", "FY26 Adopted"], *rows)
    assert reading.tables[0].lines.raw == {"B2": "$1.50", "B3": "N/A", "B4": "1.2.3"}


def test_a_range_reaches_from_the_header_to_the_last_line_or_total() -> None:
    table = read([["Expenditures", None, None, None], *LEDGER, ["Unaudited", None, None, None]]).tables[0]
    assert (table.range, table.title) == ("A2:D7", "Expenditures")
    assert table.roles[8] is RowRole.NOTE and table.roles[1] is RowRole.TITLE


def test_a_column_takes_the_last_total_that_covers_exactly_its_table() -> None:
    rows: Rows = [*LEDGER[:3], [None, "Subtotal", 4.5, 6], *LEDGER[3:]]
    assert [column.printed_total for column in read(rows).tables[0].columns] == [Decimal("16.5"), 23]


def test_a_file_without_any_total_has_none_printed_and_no_difference() -> None:
    totals = read(LEDGER[:-1]).totals
    assert [(total.printed_total, total.difference) for total in totals] == [(None, None)] * 2


def test_a_refused_reading_asks_nothing() -> None:
    reading = read_sheet(["School", "Enrollment"], ["North", 400], ["South", 300])
    assert (reading.status, reading.questions) == (ReadingStatus.REFUSED, ())
    assert [finding.code for finding in reading.findings] == ["nothing_counted"]


@pytest.mark.parametrize(
    ("amounts", "largest"),
    [((1e308, 1e308), "1e+308"), ((float("inf"), 5), "inf"), ((4e15, 5), "4e+15"), ((-2e12, 5), "2,000,000,000,000")],
)
def test_what_no_budget_holds_is_refused_in_one_sentence(amounts: tuple[float, float], largest: str) -> None:
    rows = [[f"Line {n}", amount, n + 1.5] for n, amount in enumerate(amounts)]
    reading = read_sheet(["Item", "FY26 Expenditures", "FY27 Adopted"], *rows, ["Total", sum(amounts), 4])
    assert (reading.status, list_codes(reading)) == (ReadingStatus.REFUSED, ["beyond_budgets"])
    assert f"B2 holds {largest}" in reading.findings[0].message and len(reading.findings[0].message) < 200


def test_many_large_cells_are_refused_by_their_sum() -> None:
    rows = [[f"Line {n}", 9e11 + n] for n in range(1200)]
    assert list_codes(read_sheet(["Item", "FY26 Expenditures"], *rows)) == ["beyond_budgets"]
    assert not list_codes(read_sheet(["Item", "FY26 Expenditures"], *rows[:1000]))
