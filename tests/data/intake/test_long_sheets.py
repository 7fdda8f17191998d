"""A long sheet read as two halves has the cells it has when it is read whole."""

from pathlib import Path

import pytest

from data.intake import long_sheets, source
from data.intake.cells import Sheet
from data.intake.long_sheets import KeptParts
from tests.data.intake.workbook_bytes import SHEET_PART, build_sheet, build_xlsx_with

Found = list[bool]


@pytest.fixture
def halved(monkeypatch: pytest.MonkeyPatch) -> Found:
    """Sheets from a few megabytes on are read as halves; notes whether the halves fitted together."""
    found: Found = []

    def open_and_note(halves: long_sheets.Halves) -> object:
        opened = long_sheets.open_halves(halves)
        found.append(opened is not None)
        return opened

    monkeypatch.setattr(long_sheets, "FEWEST_BYTES", 1_000_000)
    monkeypatch.setattr(source, "open_halves", open_and_note)
    return found


def write_rows(first: int, last: int, column: str = "B") -> str:
    return "".join(f'<row r="{n}"><c r="{column}{n}"><v>{n}</v></c></row>' for n in range(first, last + 1))


def read(folder: Path, cells: str, after: str = "") -> Sheet:
    path = folder / "long.xlsx"
    path.write_bytes(build_xlsx_with(SHEET_PART, build_sheet(cells, after=after)))
    return source.read_workbook(str(path)).sheets[0]


def test_the_halves_have_the_cells_and_merges_of_the_whole(tmp_path: Path, halved: Found) -> None:
    merges = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    cells = write_rows(2, 60_000) + write_rows(60_003, 110_000, "D")
    sheet = read(tmp_path, cells, after=merges)
    assert halved == [True]
    assert (len(sheet.rows), {len(row) for row in sheet.rows}) == (110_000, {4})
    assert (sheet.rows[0], sheet.rows[1], sheet.rows[60_000]) == ([None] * 4, [None, 2.0, None, None], [None] * 4)
    assert all(row[1] == n for n, row in enumerate(sheet.rows[1:60_000], 2))
    assert all(row[3] == n for n, row in enumerate(sheet.rows[60_002:], 60_003))
    assert len(sheet.merged) == 1


def test_a_gap_where_the_halves_meet_keeps_its_rows(tmp_path: Path, halved: Found) -> None:
    sheet = read(tmp_path, write_rows(1, 40_000) + write_rows(90_001, 130_000, "C"))
    assert halved == [True]
    assert [n for n, row in enumerate(sheet.rows, 1) if n != (row[1] or row[2])] == [*range(40_001, 90_001)]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(write_rows(50_001, 99_999) + write_rows(1, 50_000), id="rows out of order"),
        pytest.param(write_rows(1, 100) + f"<!--{write_rows(1, 95_000)}-->" + write_rows(101, 120), id="a comment"),
    ],
)
def test_halves_that_do_not_fit_are_read_whole(tmp_path: Path, halved: Found, cells: str) -> None:
    sheet = read(tmp_path, cells)
    assert halved == [False]
    assert all(row[1] == n for n, row in enumerate(sheet.rows, 1))


def test_cells_without_addresses_are_never_parted(tmp_path: Path, halved: Found) -> None:
    sheet = read(tmp_path, "<row><c><v>1</v></c></row>" * 60_000)
    assert halved == []
    assert len(sheet.rows) == 60_000


def test_only_parts_that_are_long_and_unpacked_once_are_kept() -> None:
    kept, size = KeptParts(), long_sheets.FEWEST_BYTES
    unpack = kept.keep("sheet.xml", size, lambda: iter((b"<a>", b"</a>")))
    assert (list(unpack()), kept["sheet.xml"]) == ([b"<a>", b"</a>"], [b"<a>", b"</a>"])
    assert (list(unpack()), kept["sheet.xml"]) == ([b"<a>", b"</a>"], None)
    for other in (size - 1, long_sheets.MOST_BYTES + 1):
        list(kept.keep("other.xml", other, lambda: iter((b"",)))())
    assert [*kept] == ["sheet.xml"]
