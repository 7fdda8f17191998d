"""A file whose numbers have a decimal comma is asked about before anything is published."""

import pytest

from data.intake.decimal_signs import find_decimal_commas
from data.intake.model import Reading
from data.intake.numbers import read_amount_text
from planning.vocabulary import ReadingStatus
from tests.data.intake.layouts import build_workbook, read_sheet

HEADER = ["Account", "FY26 Expenditures"]
COMMAS = ["1.234,56", "12.000,00", "7,50"]
GROUPS = ["1.234", "12.000", "7.500"]


def read(texts: list[str], answer: str = "", header: str = HEADER[1]) -> Reading:
    rows = [[f"10-1000-{n}00", text] for n, text in enumerate(texts, 1)]
    return read_sheet([HEADER[0], header], *rows, answers={"decimal_sign": answer} if answer else None)


@pytest.mark.parametrize("texts", [COMMAS, GROUPS, ["($1.234,56)", "-7,5"], ["€ 1.234,00", "€ 2.000,00"]])
def test_a_decimal_comma_is_asked_about_and_has_no_default(texts: list[str]) -> None:
    reading = read(texts)
    [question] = [question for question in reading.questions if question.key == "decimal_sign"]
    assert (question.default, question.choices, reading.status) == ("", ("comma", "point"), ReadingStatus.NEEDS_CHOICE)
    assert texts[0] in question.question and "column B of sheet Sheet" in question.question


@pytest.mark.parametrize(("texts", "total"), [(COMMAS, 13242.06), (GROUPS, 20734)])
def test_answered_comma_the_points_are_thousands(texts: list[str], total: float) -> None:
    reading = read(texts, "comma")
    assert float(reading.totals[0].detail_total) == pytest.approx(total)
    assert (reading.status, reading.questions) == (ReadingStatus.READY, ())
    assert reading.tables[0].lines.raw["B2"] == texts[0]


def test_answered_point_groups_of_three_are_decimals() -> None:
    assert float(read(GROUPS, "point").totals[0].detail_total) == pytest.approx(20.734)


@pytest.mark.parametrize(
    "texts",
    [["1,234.56", "7.50"], ["1,234", "12,000"], ["1234.5", "7"], ["0.500", "1.250"], ["793.138.22", "10.00", "9.50"]],
)
def test_numbers_written_as_here_are_not_asked_about(texts: list[str]) -> None:
    assert "decimal_sign" not in [question.key for question in read(texts).questions]


@pytest.mark.parametrize("header", ["Account code", "FY26 FTE", "Item"])
def test_codes_with_points_and_staff_are_not_asked_about(header: str) -> None:
    sheet = build_workbook(("Sheet", [[header], ["100.110"], ["100.120"], ["200.300"]])).sheets
    assert find_decimal_commas(sheet) is None


def test_one_reading_leaves_nothing_to_the_next() -> None:
    assert read(COMMAS, "comma").totals and read_amount_text("1,234") == 1234
    assert float(read(["1,234.50", "2.25"]).totals[0].detail_total) == 1236.75
