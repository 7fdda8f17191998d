"""What a report takes off below a total, and the net figure that it prints for the rest."""

from decimal import Decimal

import pytest

from data.intake.cells import CellValue
from data.intake.model import Reading
from planning.vocabulary import ReadingStatus, RowRole
from tests.data.intake.layouts import list_codes, read_sheet

Rows = list[list[CellValue]]
HEADER: list[CellValue] = ["Fund", "Name", "FY26 Adopted Expenditures", "FY25 Actual"]
LINES: Rows = [["10", "General", 100.5, 90], ["20", "Grants", 50, 40]]
TOTAL: list[CellValue] = [None, "Total all funds", 150.5, 130]
LESS: Rows = [[None, "Less:", None, None], [None, "Transfers", 20, 10], [None, "Internal services", 5.5, 5]]
NET: list[CellValue] = [None, "Operating budget", 125, 115]


def list_nets(reading: Reading) -> list[tuple[str, Decimal, Decimal, str]]:
    return [(tie.cell, tie.printed, tie.difference, tie.net_of) for tie in reading.tie_outs if tie.net_of]


def test_a_net_figure_is_the_total_less_what_is_taken_off() -> None:
    reading = read_sheet(HEADER, *LINES, TOTAL, *LESS, NET)
    assert list_nets(reading) == [("C8", 125, 0, "C4"), ("D8", 115, 0, "D4")]
    assert reading.tie_outs[-1].covers == "rows 2–3 less rows 6, 7"
    assert (reading.status, list_codes(reading), reading.published_lines) == (ReadingStatus.READY, [], 2)


def test_a_net_figure_is_no_grand_total_and_covers_no_line() -> None:
    reading = read_sheet(HEADER, *LINES, TOTAL, *LESS, NET)
    assert [total.printed_total for total in reading.totals] == [150.5, 130]
    assert all(not tie.covered for tie in reading.tie_outs if tie.net_of)
    assert reading.tables[0].roles[8] is RowRole.TOTAL and reading.tables[0].roles[6] is RowRole.NOTE


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_taken_off_may_be_printed_with_a_minus(sign: int) -> None:
    less: list[CellValue] = [None, "Less: transfers", 20.0 * sign, 10.0 * sign]
    assert list_nets(read_sheet(HEADER, *LINES, TOTAL, less, [None, "Net", 130.5, 120]))[0][1:3] == (130.5, 0)


def test_a_net_figure_that_is_off_is_reported_with_both_cells() -> None:
    reading = read_sheet(HEADER, *LINES, TOTAL, *LESS, [None, "Net operating budget", 125, 116])
    assert list_nets(reading)[1] == ("D8", 116, 1, "D4")
    assert list_codes(reading) == ["total_mismatch"] and "less rows 6, 7" in reading.findings[0].message


def test_one_column_that_is_off_is_reported_too() -> None:
    rows = [[row[0], row[1], row[2]] for row in [HEADER, *LINES, TOTAL, *LESS, [None, "Net budget", 126, 0]]]
    assert list_nets(read_sheet(*rows)) == [("C8", 126, 1, "C4")]


def test_a_list_beside_the_amounts_does_not_end_what_is_taken_off() -> None:
    rows = [[*row, f"{number} - Office"] for number, row in enumerate([*LINES, TOTAL, *LESS], start=10)]
    beside: list[CellValue] = [None, None, None, None, "16 - Finance"]
    reading = read_sheet([*HEADER, "Order"], *rows, beside, [*NET, "17 - Legal"])
    assert [(cell, difference) for cell, _, difference, _ in list_nets(reading)] == [("C9", 0), ("D9", 0)]


def test_lines_of_the_next_section_stay_lines() -> None:
    section: Rows = [["Capital", None, None, None], ["60", "Bonds", 7, 8], ["70", "Land", 1.5, 2]]
    reading = read_sheet(HEADER, *LINES, TOTAL, *LESS, NET, *section, [None, "Total capital", 8.5, 10])
    assert (reading.published_lines, reading.questions) == (4, ())
    assert {tie.difference for tie in reading.tie_outs} == {0}


def test_a_line_called_less_among_lines_is_a_line() -> None:
    reading = read_sheet(
        HEADER, *LINES, TOTAL, ["30", "Food", 9, 9], ["40", "Less: refunds", -1, -2], [None, "Total food", 8, 7]
    )
    assert (reading.published_lines, list_nets(reading)) == (4, [])


def test_check_figures_below_the_net_are_left_out_and_said() -> None:
    reading = read_sheet(HEADER, *LINES, TOTAL, *LESS, NET, [None, "copy down", 77, None], [None, None, 5, None])
    assert list_codes(reading) == ["figures_below_net"]
    assert "2 rows with figures below “Operating budget” in A8" in reading.findings[0].message
    assert reading.published_lines == 2


def test_rows_laid_out_like_lines_below_the_net_are_lines() -> None:
    reading = read_sheet(HEADER, *LINES, TOTAL, *LESS, NET, ["80", "Trust", 3, 4])
    assert (reading.published_lines, list_codes(reading)) == (3, [])


def test_less_may_stand_in_brackets() -> None:
    reading = read_sheet(HEADER, *LINES, TOTAL, [None, "(Less) Indirect Cost", 25.5, 15], NET)
    assert list_nets(reading) == [("C6", 125, 0, "C4"), ("D6", 115, 0, "D4")] and reading.published_lines == 2


def test_a_label_on_two_rows_does_not_hide_the_net_figure() -> None:
    less = [[None, "Less: Interfund", 25.5, 15], [None, "Transfers", None, None]]
    reading = read_sheet(HEADER, *LINES, TOTAL, *less, [None, "Net Total", 125, 115])
    assert list_nets(reading) == [("C7", 125, 0, "C4"), ("D7", 115, 0, "D4")]
