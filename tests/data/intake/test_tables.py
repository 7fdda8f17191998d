"""Where tables stand on a sheet: header bands, bodies, titles, and what is no header although it is text."""

from decimal import Decimal

import pytest

from data.intake.drafts import TableDraft
from data.intake.tables import MAXIMUM_BAND_ROWS, find_tables
from tests.data.intake.layouts import read_sheet, turn

HEADER = ["Item", "FY25 Budget", "FY26 Budget"]


def find(*rows: list) -> list[TableDraft]:
    return find_tables(turn(*rows))


def test_a_sheet_without_numbers_has_no_table() -> None:
    assert find(["Name", "Notes"], ["a", "b"]) == []


def test_titles_stand_above_the_header_and_lines_below() -> None:
    (table,) = find(["District", None, None], HEADER, ["Paper", 1.5, 2], ["Pens", 3, 4.5])
    assert (table.title_rows, table.header_rows, table.body) == ([0], [1], range(2, 4))
    assert table.headers == {0: "Item", 1: "FY25 Budget", 2: "FY26 Budget"}


def test_a_header_of_several_rows_is_read_from_the_top() -> None:
    (table,) = find(
        [None, "Fiscal Year", "Fiscal Year"],
        [None, "2025", "2026"],
        [None, "Actual", "Proposed"],
        ["Paper", 1.5, 2],
    )
    assert [table.headers[1], table.headers[2]] == ["Fiscal Year 2025 Actual", "Fiscal Year 2026 Proposed"]


def test_a_group_header_is_shared_by_the_columns_to_its_right() -> None:
    (table,) = find(
        [None, "FY25", None, "FY26", None],
        ["Item", "Adopted", "Revised", "Adopted", "Revised"],
        ["Paper", 1.5, 2, 3, 4],
        ["Pens", 5, 6, 7, 8],
    )
    assert [table.headers[index] for index in range(1, 5)] == [
        "FY25 Adopted",
        "FY25 Revised",
        "FY26 Adopted",
        "FY26 Revised",
    ]


def test_years_written_as_numbers_are_a_header() -> None:
    (table,) = find(["Item", 2025, 2026], ["Paper", 1.5, 2], ["Pens", 3, 4.5])
    assert (table.header_rows, table.headers[1]) == ([0], "2025")


def test_blank_rows_never_end_a_table() -> None:
    (table,) = find(HEADER, ["Paper", 1.5, 2], [None] * 3, [None] * 3, [None] * 3, ["Pens", 3, 4.5])
    assert table.body == range(1, 6)


def test_other_headers_start_another_table_with_its_own_titles() -> None:
    first, second = find(
        ["Revenue", None, None],
        HEADER,
        ["Taxes", 1.5, 2],
        [None] * 3,
        ["Expenditures", None, None],
        ["Object", "FY24 Actual", "FY25 Actual"],
        ["Salaries", 3, 4.5],
    )
    assert (first.table_no, second.table_no) == (1, 2)
    assert (first.body, second.title_rows, second.body) == (range(2, 3), [4], range(6, 7))


@pytest.mark.parametrize(
    ("between", "tables"), [("Page 2", 1), ("Food service", 1), ("Fund: 20 - Food service", 2), ("Revenues", 2)]
)
def test_the_same_header_again_continues_the_table_unless_a_title_says_what_it_is_about(
    between: str, tables: int
) -> None:
    """A heading above the header of the next page is a heading; a fund, side, year or basis starts a table."""
    page = [HEADER, ["Paper", 1.5, 2]]
    assert len(find(*page, [between, None, None], *page)) == tables


def test_a_heading_in_the_first_column_is_no_header() -> None:
    (table,) = find(HEADER, ["Paper", 1.5, 2], ["Instruction", None, None], ["Pens", 3, 4.5])
    assert table.header_rows == [0]


def test_a_line_of_a_list_whose_value_is_a_text_is_no_header() -> None:
    """Exports mix numbers with dates and words in one column; the labels beside them go on as before."""
    rows = [
        ["A1", "2024-25", "SUM", "10.5"],
        ["A1", "2024-25", "SAVED", "June 25, 2024"],
        ["A1", "2024-25", "X", "3.5"],
    ]
    (table,) = find(["Number", "Year", "Element", "Value data"], *rows)
    assert (table.header_rows, table.body) == ([0], range(1, 4))


def test_a_sheet_of_numbers_without_any_header_is_one_table() -> None:
    (table,) = find(["Paper", 1.5], ["Pens", 3])
    assert (table.header_rows, table.body, table.title_rows) == ([], range(0, 2), [])


def test_a_malformed_number_is_no_header() -> None:
    (table,) = find(HEADER, ["Paper", 1.5, 2], ["Pens", "793.138.22", None], ["Ink", 3, 4.5])
    assert table.header_rows == [0]


def test_no_header_band_is_deeper_than_printed_reports_have() -> None:
    deep = [[None, f"word {row} a", f"word {row} b"] for row in range(MAXIMUM_BAND_ROWS + 3)]
    (table,) = find(*deep, *[["Paper", 1.5, 2]] * len(deep))
    assert len(table.header_rows) == MAXIMUM_BAND_ROWS


@pytest.mark.parametrize("shift", [1, 3])
def test_leading_empty_rows_and_columns_only_move_the_addresses(shift: int) -> None:
    rows = [HEADER, ["Paper", 1.5, 2], ["Pens", 3, 4.5]]
    width = shift + 3
    (table,) = find(*([None] * width for _ in range(shift)), *([*[None] * shift, *row] for row in rows))
    assert (table.header_rows, table.body) == ([shift], range(shift + 1, shift + 3))
    assert table.headers[shift + 1] == "FY25 Budget"


def test_ragged_rows_are_filled_up_with_empty_cells() -> None:
    (table,) = find(["District"], HEADER, ["Paper", 1.5, 2], ["Pens", 3])
    assert table.headers[2] == "FY26 Budget"


def test_plain_whole_numbers_of_a_text_file_are_amounts_under_a_band_of_years_and_bases() -> None:
    header = [
        ["", "Fiscal Year", "Fiscal Year"],
        ["", "2015", "2016"],
        ["", "Actual", "Proposed"],
        ["", "Costs", "Plan"],
    ]
    (table,) = find(*header, ["Paper", "150", "2000"], ["Pens", "30", "45"])
    assert table.headers[1] == "Fiscal Year 2015 Actual Costs" and table.body.start == len(header)


def test_a_word_among_whole_numbers_of_a_list_is_no_second_header() -> None:
    (table,) = find(["Item", "Licence count", "Cost"], ["Maps", "Unlimited", "$5"], ["Pens", "50", "$7"])
    assert table.header_rows == [0]


@pytest.mark.parametrize("amount", [2000, 2026.0])
def test_a_first_line_whose_amount_could_be_a_year_is_a_line(amount: float) -> None:
    reading = read_sheet(["Type", "Account", "Amount for FY25"], ["Expense", "Paper", amount], ["Expense", "Pens", 0.5])
    assert (reading.published_lines, float(reading.totals[0].detail_total)) == (2, amount + 0.5)


def test_the_same_bare_years_further_down_are_the_header_of_the_next_table() -> None:
    first = [["Item", 2025, 2026], ["Books", 1.5, 2], ["Paper", 3, 4]]
    second = [["Department", 2025, 2026], ["Library", 5, 6], ["Office", 7, 8]]
    reading = read_sheet(["Expenditures"], *first, [], *second)
    assert [total.detail_total for total in reading.totals] == [Decimal("16.5"), Decimal("20")]


def test_a_title_beside_numbered_rows_is_no_part_of_the_header() -> None:
    grid = turn(
        [None, "Expenditure Budget", None, None],
        ["Line", "Function Code", "Function", "Lincoln School"],
        [1.0, 24.0, "Guidance", 44133.0],
        [2.0, 27.0, "Instruction", 5028.0],
    )
    assert find_tables(grid)[0].headers[1] == "Function Code"
