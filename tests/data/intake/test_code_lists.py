"""A chart of accounts uploaded as a file is named as one, and one beside a budget lends its names."""

import pytest

from data.intake.cells import CellValue
from data.intake.reading import read_budget
from planning.vocabulary import ReadingStatus, TableKind
from tests.data.intake.layouts import build_workbook, list_codes, read_sheet

CHART: list[list[CellValue]] = [
    ["Code", "Title"],
    ["0410", "Supplies and materials   "],
    ["0480", "Devices"],
    ["979Z", "Ending balance"],
]
LINES: list[list[CellValue]] = [
    ["Fund", "Object", "2025-26 Adopted"],
    ["100", "0410", 10.5],
    ["100", "0480", 20.0],
    ["200", "0999", 5.0],
]


def test_a_chart_of_accounts_is_named_as_one_and_refused() -> None:
    reading = read_sheet(*CHART)
    assert (reading.status, list_codes(reading)) == (ReadingStatus.REFUSED, ["not_a_budget"])
    assert "a list of account codes" in reading.findings[0].message
    assert reading.tables[0].kind is TableKind.REGISTER


def test_codes_of_a_chart_keep_their_zeros_and_letters() -> None:
    cells = read_sheet(*CHART).tables[0].lines.cells
    assert cells["Code"] == ["0410", "0480", "979Z"]
    assert cells["Title"][0] == "Supplies and materials"


def test_a_chart_of_numbers_is_one_too() -> None:
    reading = read_sheet(["Object Code", "Description"], [410.0, "Supplies"], [480.0, "Devices"], [490.0, "Other"])
    assert reading.tables[0].lines.cells["Object Code"] == ["410", "480", "490"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Code", "Title"], ["0410", "Supplies"], ["0480", "Devices"]],
        [["Code", "Title"], ["0410", "Supplies"], ["0410", "Devices"], ["0410", "Other"], ["0410", "More"]],
        [["Name", "Notes"], ["a", "b"], ["c", "d"], ["e", "f"]],
    ],
)
def test_too_few_codes_repeated_codes_and_mere_words_are_no_chart(rows: list[list[CellValue]]) -> None:
    assert list_codes(read_sheet(*rows)) == ["no_numbers"]


def test_a_chart_beside_a_budget_names_its_codes() -> None:
    reading = read_budget(build_workbook(("Lines", LINES), ("Chart", CHART)))
    budget, chart = reading.tables
    assert budget.lines.attributes["object_name"] == ["Supplies and materials", "Devices", ""]
    assert set(budget.lines.attributes["fund_name"]) == {""}
    assert (budget.counted, chart.counted, reading.published_lines) == (True, False, 3)


def test_a_name_that_the_lines_print_is_kept() -> None:
    lines = [[*row[:2], name, *row[2:]] for row, name in zip(LINES, ("Object name", "Books", "", ""), strict=True)]
    reading = read_budget(build_workbook(("Lines", lines), ("Chart", CHART)))
    assert reading.tables[0].lines.attributes["object_name"] == ["Books", "Devices", ""]


def test_a_list_that_names_its_dimension_names_only_that() -> None:
    funds: list[list[CellValue]] = [["Fund code", "Fund name"], ["100", "General"], ["200", "Grants"], ["300", "Debt"]]
    reading = read_budget(build_workbook(("Lines", LINES), ("Funds", funds)))
    assert reading.tables[0].lines.attributes["fund_name"] == ["General", "General", "Grants"]
