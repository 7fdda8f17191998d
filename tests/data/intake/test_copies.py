"""A table that is on a second sheet line by line is counted once; what only looks alike is counted twice."""

from collections.abc import Sequence
from decimal import Decimal

from data.intake.cells import CellValue
from data.intake.reading import read_budget
from tests.data.intake.layouts import build_workbook

LINES: list[list[CellValue]] = [
    ["Object", "FY25 Budget", "FY26 Budget"],
    ["110 Teachers", 500.0, 510.0],
    ["460 Tablets", 40.0, 45.0],
    ["530 Internet", 20.0, 20.0],
]


def read_sheets(*sheets: Sequence[Sequence[CellValue]]) -> list[tuple[bool, str]]:
    """Of every table whether it is counted, and why not."""
    reading = read_budget(build_workbook(*((f"Sheet {n}", rows) for n, rows in enumerate(sheets, start=1))))
    return [(table.counted, table.why_not_counted) for table in reading.tables]


def test_a_copy_of_a_sheet_is_counted_once_and_says_where() -> None:
    (first, _), (second, reason) = read_sheets(LINES, LINES)
    assert first and not second and reason.startswith("its rows are those of the table in row 1 of sheet Sheet 1")


def test_a_copy_in_which_a_figure_was_changed_is_a_table_of_its_own() -> None:
    changed = [*LINES[:-1], ["530 Internet", 20.0, 21.0]]
    assert [counted for counted, _ in read_sheets(LINES, changed)] == [True, True]


def test_two_funds_with_the_same_lines_are_two_funds() -> None:
    sheets: list[list[list[CellValue]]] = [[[f"Fund: {fund} - Fund {fund}"], *LINES] for fund in ("10", "20")]
    assert [counted for counted, _ in read_sheets(*sheets)] == [True, True]


def test_a_few_rows_or_flat_figures_prove_no_copy() -> None:
    flat: list[list[CellValue]] = [LINES[0]]
    flat += [[f"{code} Dues", 5.0, 5.0] for code in ("110", "120", "130")]
    assert [counted for counted, _ in read_sheets(LINES[:2], LINES[:2])] == [True, True]
    assert [counted for counted, _ in read_sheets(flat, flat)] == [True, True]


def test_the_total_of_a_copied_budget_is_that_of_one_sheet() -> None:
    reading = read_budget(build_workbook(("Budget", LINES), ("Budget (2)", LINES)))
    assert [total.detail_total for total in reading.totals] == [Decimal(560), Decimal(575)]
