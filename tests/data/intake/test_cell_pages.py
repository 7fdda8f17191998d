"""Cells kept for a picture: any row of any sheet is found again, and what is not there is nothing."""

from datetime import date
from pathlib import Path

import pytest

from data.intake.cell_pages import ROWS_IN_A_PAGE, load_outline, load_rows, write_cell_pages
from data.intake.cells import Sheet, Workbook

LONG = [(f"row {number}", float(number), None, True) for number in range(1, 2 * ROWS_IN_A_PAGE + 2)]
WORKBOOK = Workbook("two.xlsx", "", 1, (Sheet("Long", LONG), Sheet("“Dates”", [[date(2026, 7, 1)], []], visible=False)))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    write_cell_pages(WORKBOOK, str(tmp_path / "cells"))
    return tmp_path / "cells"


def test_the_outline_says_how_large_every_sheet_is(pages: Path) -> None:
    outline = load_outline(pages)
    assert [(sheet.name, sheet.rows, sheet.columns, sheet.visible) for sheet in outline] == [
        ("Long", len(LONG), 4, True),
        ("“Dates”", 2, 1, False),
    ]


def test_rows_of_any_page_are_found_by_their_number(pages: Path) -> None:
    long, dates = load_outline(pages)
    numbers = [1, ROWS_IN_A_PAGE, ROWS_IN_A_PAGE + 1, len(LONG)]
    found = load_rows(pages, long, numbers)
    assert found == {number: [f"row {number}", float(number), None, True] for number in numbers}
    assert load_rows(pages, dates, [1, 2]) == {1: ["2026-07-01"], 2: []}


def test_rows_beyond_a_sheet_are_left_out(pages: Path) -> None:
    long, _ = load_outline(pages)
    assert load_rows(pages, long, [0, len(LONG) + 1]) == {}


@pytest.mark.parametrize("content", [None, b"", b"not an outline at all, just text"])
def test_without_kept_cells_there_is_no_outline(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "cells").write_bytes(content)
    assert load_outline(tmp_path / "cells") == ()


def test_a_folder_that_takes_no_file_leaves_nothing(tmp_path: Path) -> None:
    write_cell_pages(WORKBOOK, str(tmp_path / "absent" / "cells"))
    assert list(tmp_path.iterdir()) == []
