"""What “in thousands” means: number formats decide, else the cells raise a question; never a silent factor."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.intake.cells import Workbook
from data.intake.model import Reading
from data.intake.reading import read_budget
from data.intake.scales import read_format_divisor
from planning.vocabulary import ReadingStatus
from tests.data.intake.layouts import build_workbook

TITLE = "2026-27 Expenditures (amounts in thousands)"


def build(*amounts: float, number_format: str = "") -> Workbook:
    rows = [[TITLE, None], ["Function", "2026-27 Budget"], *([f"{n}000", amount] for n, amount in enumerate(amounts))]
    workbook = build_workbook(("Sheet", rows))
    formats = {(row, 1): number_format for row in range(2, len(rows))} if number_format else {}
    return replace(workbook, sheets=[replace(workbook.sheets[0], formats=formats)])


def add_up(reading: Reading) -> tuple[Decimal, int]:
    return reading.totals[0].detail_total, reading.tables[0].columns[0].scale


@pytest.mark.parametrize(
    ("number_format", "divisor"),
    [
        ("General", 1),
        ("#,##0", 1),
        ("#,##0,", 1000),
        ('_("$"* #,###,_);_("$"* \\(#,##0,\\)_);_("$"* "0"_)', 1000),
        ("0.0,,", 1_000_000),
        ('#,##0" thousand,"', 1),
        ("[Red]#,##0,;(#,##0)", 1000),
        ("", 1),
    ],
)
def test_a_comma_after_the_last_digit_divides_what_is_printed(number_format: str, divisor: int) -> None:
    assert read_format_divisor(number_format) == divisor


def test_a_format_that_prints_thousands_means_that_cells_hold_dollars() -> None:
    reading = read_budget(build(268_715_000, 20_000, 70_000, number_format="#,##0,"))
    assert add_up(reading) == (268_805_000, 1)
    assert "number formats print them so" in reading.tables[0].reasons[0] and not reading.questions


def test_a_plain_format_means_that_cells_hold_thousands() -> None:
    assert add_up(read_budget(build(1500, 2500.5, 70, number_format="#,##0"))) == (Decimal(4_070_500), 1000)


def test_uneven_figures_without_formats_are_thousands_as_the_page_says() -> None:
    reading = read_budget(build(1500.5, 2500, 70))
    assert add_up(reading) == (Decimal(4_070_500), 1000) and not reading.questions


def test_round_figures_without_formats_are_asked_about_before_anything_is_published() -> None:
    workbook = build(268_715_000, 20_000, 70_000)
    asked = read_budget(workbook)
    assert (asked.status, [q.key for q in asked.questions]) == (ReadingStatus.NEEDS_CHOICE, ["scale"])
    assert add_up(read_budget(workbook, {"scale": "dollars"})) == (268_805_000, 1)
    assert add_up(read_budget(workbook, {"scale": "as stated"})) == (268_805_000_000, 1000)
    assert not read_budget(workbook, {"scale": "dollars"}).questions
