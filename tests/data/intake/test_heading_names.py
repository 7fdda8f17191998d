"""Headings name the department, function or object group of the lines below them."""

import pytest

from data.intake.cells import CellValue
from data.intake.heading_names import is_unit
from data.intake.model import Table
from tests.data.intake.layouts import read_sheet

Rows = list[list[CellValue]]
HEADER: list[CellValue] = ["Department", None, "Line", "FY26 Adopted Expenditures"]
BLANK: list[CellValue] = [None, None, None]


def read(*rows: list[CellValue], header: list[CellValue] | None = None) -> Table:
    return read_sheet(header or [None, *HEADER[1:]], *rows).tables[0]


def list_names(table: Table, *names: str) -> list[tuple[str, ...]]:
    return list(zip(*(table.lines.attributes[name] for name in names), strict=True))


REPORT: Rows = [
    ["PUBLIC SAFETY", *BLANK],
    ["Police - 210", *BLANK],
    [None, "5100 Personnel", None, None],
    [None, None, "Chief", 50.5],
    [None, "5200 Services", None, None],
    [None, None, "Radio", 7],
    [None, None, "TOTAL", 57.5],
    ["School - 300", *BLANK],
    [None, None, "Assessment", 90],
    [None, None, "TOTAL", 90],
    ["CULTURE", *BLANK],
    ["Library (610)", *BLANK],
    [None, None, "Books", 4],
    [None, None, "TOTAL", 4],
]


def test_the_outermost_heading_over_a_line_is_its_department_and_a_section_over_departments_is_none() -> None:
    assert list_names(read(*REPORT), "location_code", "location_name") == [
        ("210", "Police"),
        ("210", "Police"),
        ("300", "School"),
        ("610", "Library"),
    ]


def test_a_coded_heading_under_a_department_is_its_object() -> None:
    assert list_names(read(*REPORT), "object_code", "object_name")[:3] == [
        ("5100", "Personnel"),
        ("5200", "Services"),
        ("", ""),
    ]


def test_a_heading_that_charts_call_a_function_names_the_function() -> None:
    rows: Rows = [
        ["Instruction", *BLANK],
        [None, None, "Paper", 5],
        ["Food Services Operations", *BLANK],
        [None, None, "Milk", 4],
    ]
    assert list_names(read(*rows), "function_name", "location_name") == [
        ("Instruction", ""),
        ("Food Services Operations", ""),
    ]


def test_one_heading_over_everything_is_a_title_and_no_department() -> None:
    rows: Rows = [["All our money", *BLANK], [None, None, "Paper", 5], [None, None, "Milk", 4]]
    assert list_names(read(*rows), "location_name") == [("",), ("",)]


def test_a_column_of_departments_goes_before_headings() -> None:
    rows: Rows = [
        ["North", "Supplies", "Paper", 5],
        ["Remark", *BLANK],
        ["South", "Supplies", "Pens", 4],
        ["Last", *BLANK],
    ]
    table = read(*rows, ["North", "Supplies", "Ink", 4], header=["School", "Group", *HEADER[2:]])
    assert list_names(table, "location_name") == [("North",), ("South",), ("North",)]


def test_words_in_columns_that_are_left_out_are_no_part_of_a_heading() -> None:
    header: list[CellValue] = [None, "Department", "Line", "FY25 Expenditures", "FY26 Adopted", "Change (%)"]
    rows: Rows = [
        ["1", "Police", None, None, None, "0%"],
        ["2", None, "Chief", "$50", "$60", "20%"],
        ["3", "Fire", None, None, None, "0%"],
        ["4", None, "Hoses", "$5", "$7", "40%"],
    ]
    assert list_names(read(*rows, header=header), "description") == [("Chief",), ("Hoses",)]
    assert not read(*rows, header=header).lines.attributes["location_name"][0].startswith("1")


@pytest.mark.parametrize(
    ("text", "unit"), [("School - 300", True), ("Fund - 10", False), ("Police", False), ("School: 300", False)]
)
def test_a_department_with_its_code_states_no_field(text: str, unit: bool) -> None:
    assert is_unit(text) is unit
