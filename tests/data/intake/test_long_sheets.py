"""A long sheet read as two parts has the cells it has when it is read whole."""

import threading
from pathlib import Path

import pytest

from data.intake import long_sheets, source
from data.intake.cells import Sheet
from data.intake.long_sheets import LongSheet
from planning.errors import InputRefused
from tests.data.intake.workbook_bytes import SHEET_PART, build_sheet, build_xlsx, build_xlsx_with, list_parts

Found = list[bool]


@pytest.fixture
def parted(monkeypatch: pytest.MonkeyPatch) -> Found:
    """Sheets from a megabyte on are read in two parts; notes whether there were some that fitted together."""
    found: Found = []
    open_parts = LongSheet.open_parts

    def open_and_note(long: LongSheet) -> object:
        found.append((opened := open_parts(long)) is not None)
        return opened

    monkeypatch.setattr(long_sheets, "FEWEST_BYTES", 1_000_000)
    monkeypatch.setattr(LongSheet, "open_parts", open_and_note)
    return found


def write_rows(first: int, last: int, column: str = "B") -> str:
    return "".join(f'<row r="{n}"><c r="{column}{n}"><v>{n}</v></c></row>' for n in range(first, last + 1))


def read(folder: Path, cells: str, after: str = "") -> Sheet:
    path = folder / "long.xlsx"
    path.write_bytes(build_xlsx_with(SHEET_PART, build_sheet(cells, after=after)))
    return source.read_workbook(str(path)).sheets[0]


def test_the_parts_have_the_cells_and_merges_of_the_whole(tmp_path: Path, parted: Found) -> None:
    merges = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    cells = write_rows(2, 60_000) + write_rows(60_003, 110_000, "D")
    sheet = read(tmp_path, cells, after=merges)
    assert parted == [True]
    assert (len(sheet.rows), {len(row) for row in sheet.rows}) == (110_000, {4})
    assert (sheet.rows[0], sheet.rows[1], sheet.rows[60_000]) == ([None] * 4, [None, 2.0, None, None], [None] * 4)
    assert all(row[1] == n for n, row in enumerate(sheet.rows[1:60_000], 2))
    assert all(row[3] == n for n, row in enumerate(sheet.rows[60_002:], 60_003))
    assert len(sheet.merged) == 1


def test_a_gap_where_the_parts_meet_keeps_its_rows(tmp_path: Path, parted: Found) -> None:
    sheet = read(tmp_path, write_rows(1, 40_000) + write_rows(90_001, 130_000, "C"))
    assert parted == [True]
    assert [n for n, row in enumerate(sheet.rows, 1) if n != (row[1] or row[2])] == [*range(40_001, 90_001)]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(write_rows(50_001, 99_999) + write_rows(1, 50_000), id="rows out of order"),
        pytest.param(write_rows(1, 100) + f"<!--{write_rows(1, 95_000)}-->" + write_rows(101, 120), id="a comment"),
    ],
)
def test_parts_that_do_not_fit_are_read_whole(tmp_path: Path, parted: Found, cells: str) -> None:
    sheet = read(tmp_path, cells)
    assert parted == [False]
    assert all(row[1] == n for n, row in enumerate(sheet.rows, 1))


def test_cells_without_addresses_are_read_whole(tmp_path: Path, parted: Found) -> None:
    sheet = read(tmp_path, "<row><c><v>1</v></c></row>" * 90_000)
    assert parted == [False]
    assert len(sheet.rows) == 90_000


def test_a_sheet_that_the_gate_refuses_leaves_nothing_at_work(tmp_path: Path, parted: Found) -> None:
    before = threading.active_count()
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, write_rows(1, 60_000), after="<!DOCTYPE x>")
    assert (caught.value.findings[0].code, parted) == ("workbook_declares_entities", [])
    assert threading.active_count() == before


def test_of_several_long_parts_none_is_read_in_two(tmp_path: Path, parted: Found) -> None:
    rows = build_sheet(write_rows(1, 60_000))
    path = tmp_path / "several.xlsx"
    path.write_bytes(build_xlsx({**list_parts(), SHEET_PART: rows, "xl/worksheets/sheet9.xml": f"{rows}<!-- -->"}))
    assert (len(source.read_workbook(str(path)).sheets[0].rows), parted) == (60_000, [False])
