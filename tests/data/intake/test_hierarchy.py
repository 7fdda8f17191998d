"""Rows that add up the rows under them are totals, by indent, by column, by code; others keep their money."""

import pytest

from data.intake.cells import CellValue
from data.intake.model import Reading
from planning.vocabulary import ReadingStatus, RowRole
from tests.data.intake.layouts import list_codes, read_sheet

Rows = list[list[CellValue]]
HEADER: list[CellValue] = ["Item", "FY26 Adopted Expenditures"]
INDENTED: Rows = [
    ["Instruction", 160.5],
    ["  Regular", 100.5],
    ["    Salaries", 60],
    ["    Benefits", 40.5],
    ["  Tutoring", 60],
    ["Support", 50],
    ["  Salaries", 30],
    ["  Supplies", 20],
]
CODES: Rows = [
    ["Function", "Name", "FY26 Adopted"],
    ["1000", "Instruction", 100.5],
    ["1100", "Regular", 60],
    ["1200", "Special", 40.5],
    ["2000", "Support", 50],
    ["2100", "Pupils", 30],
    ["2200", "Staff", 20],
]


def list_ties(reading: Reading) -> list[tuple[str, str, float]]:
    return [(tie.label, tie.covers, float(tie.difference)) for tie in reading.tie_outs]


def test_indented_rows_are_added_up_and_the_rows_over_them_are_totals() -> None:
    reading = read_sheet(HEADER, *INDENTED)
    assert (reading.published_lines, float(reading.totals[0].detail_total)) == (5, 210.5)
    assert list_ties(reading) == [
        ("Instruction", "rows 4–6", 0),
        ("Regular", "rows 4–5", 0),
        ("Support", "rows 8–9", 0),
    ]
    assert (reading.status, reading.questions, list_codes(reading)) == (ReadingStatus.READY, (), [])
    assert any("rows indented under them" in reason for reason in reading.tables[0].reasons)


def test_one_that_is_off_is_a_total_all_the_same_and_reported() -> None:
    rows = [*INDENTED[:-1], ["  Supplies", 21], ["Grand total", 211.5]]
    reading = read_sheet(HEADER, *rows)
    assert list_codes(reading) == ["total_mismatch"] and "“Support” in B7" in reading.findings[0].message
    assert reading.tie_outs[-1].difference == 0 and reading.published_lines == 5


def test_rows_over_others_may_stand_below_them() -> None:
    body = [
        ["  Salaries", 60],
        ["  Benefits", 40.5],
        ["Instruction", 100.5],
        ["  Pay", 30],
        ["  Paper", 20],
        ["Support", 50],
    ]
    assert list_ties(read_sheet(HEADER, *body)) == [("Instruction", "rows 2–3", 0), ("Support", "rows 5–6", 0)]


def test_a_row_further_left_adds_up_the_rows_right_of_it() -> None:
    body: Rows = [["Safety", None, 100.5], [None, "Police", 60], [None, "Fire", 40.5], ["Parks", None, 50]]
    reading = read_sheet(["Program", "Item", HEADER[1]], *body, [None, "Pools", 30], [None, "Trees", 20])
    assert list_ties(reading) == [("Safety", "rows 3–4", 0), ("Parks", "rows 6–7", 0)]


def test_a_label_printed_once_for_its_block_is_no_row_over_others() -> None:
    body: Rows = [["Safety", "Police", 60], [None, "Fire", 60], ["Parks", "Pools", 30], [None, "Trees", 30]]
    assert read_sheet(["Program", "Item", HEADER[1]], *body).published_lines == 4


def test_a_group_of_codes_that_prints_the_sum_of_its_codes_is_a_total() -> None:
    reading = read_sheet(*CODES)
    assert list_ties(reading) == [("1000 Instruction", "rows 3–4", 0), ("2000 Support", "rows 6–7", 0)]
    assert set(reading.tables[0].lines.attributes["function_code"]) == {"1100", "1200", "2100", "2200"}


@pytest.mark.parametrize("own", [7.5, 100.5])
def test_a_group_of_codes_with_money_of_its_own_is_a_line(own: float) -> None:
    """One that equals the sum of what follows proves nothing as long as no other does."""
    rows = [CODES[0], [*CODES[1][:2], own], *CODES[2:4], [*CODES[4][:2], 8], *CODES[5:]]
    assert read_sheet(*rows).published_lines == 6


def test_indented_rows_under_rows_with_their_own_money_are_all_lines() -> None:
    rows = [["Instruction", 7], ["  Pay", 60], ["  Paper", 40.5], ["Support", 8], ["  Pay", 30], ["  Paper", 20]]
    assert read_sheet(HEADER, *rows).published_lines == 6


def test_a_row_over_others_names_the_function_of_the_rows_under_it() -> None:
    body: Rows = [["2660 Technology services", 100.5], ["  Salaries", 60], ["  Software", 40.5]]
    reading = read_sheet(HEADER, *body, ["1111 Elementary", 5], ["  Paper", 5])
    assert reading.tables[0].roles[2] is RowRole.SUBTOTAL and reading.published_lines == 3
