"""A long sheet read by columns has the cells it has when the cell reader reads it whole."""

import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake import long_sheets, source
from data.intake.cell_arrays import CellArrays, build_columns
from data.intake.cells import CellValue, ColumnRows, Sheet, cell_address
from data.intake.gate import GateLimits
from data.intake.gate_parts import cut_between_tags
from planning.errors import InputRefused
from tests.data.intake.workbook_bytes import (
    SHEET_PART,
    build_shared_strings,
    build_sheet,
    build_xlsx,
    build_xlsx_with,
    list_parts,
)

SHARED = build_shared_strings("3").replace("</sst>", "<si><t> R&amp;D </t></si><si><t></t></si></sst>")
STYLES = (
    '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
MIXED = (
    '<row r="2" spans="1:3"><c r="B2" t="s"><v>1</v></c><c r="C2" s="1" t="s"><v>0</v></c>'
    '<c r="AA2"><v>7</v></c></row>\n'
    '<row r="3"><c r="A3" s="1"/><c r="B3" s="1"><v>-1234.5</v></c><c r="C3" t="n"><v>1E-3</v></c><c r="D3"/></row>'
    '<row r="4"/><row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5"><v>0.30000000000000004</v></c></row>'
)


def write_rows(first: int, last: int, column: str = "B") -> str:
    return "".join(f'<row r="{n}"><c r="{column}{n}"><v>{n}</v></c></row>' for n in range(first, last + 1))


def read(folder: Path, cells: str, after: str = "") -> Sheet:
    path = folder / "long.xlsx"
    parts = list_parts() | {"xl/sharedStrings.xml": SHARED, "xl/styles.xml": STYLES}
    path.write_bytes(build_xlsx(parts | {SHEET_PART: build_sheet(cells, after=after)}))
    return source.read_workbook(str(path)).sheets[0]


def list_cells(sheet: Sheet) -> list[list[CellValue]]:
    return [list(row) for row in sheet.rows]


@pytest.fixture
def is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sheet is a long one."""
    monkeypatch.setattr(long_sheets, "FEWEST_BYTES", 1)


def test_its_cells_and_merges_are_those_of_the_cell_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merges = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C2:D4"/></mergeCells>'
    whole = read(tmp_path, MIXED, merges)
    monkeypatch.setattr(long_sheets, "FEWEST_BYTES", 1)
    sheet = read(tmp_path, MIXED, merges)
    assert (type(whole.rows), type(sheet.rows)) == (list, ColumnRows)
    assert (sheet.name, sheet.visible, sheet.merged) == (whole.name, whole.visible, whole.merged)
    assert list_cells(sheet) == list_cells(whole)
    assert list_cells(sheet)[1:3] == [
        [None, "R&D", "Laptops", *[None] * 23, 7.0],
        [None, -1234.5, 0.001, *[None] * 24],
    ]


def read_both_ways(folder: Path, monkeypatch: pytest.MonkeyPatch, cells: str) -> tuple[Sheet, Sheet]:
    whole = read(folder, cells)
    monkeypatch.setattr(long_sheets, "FEWEST_BYTES", 1)
    return whole, read(folder, cells)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param('r="B2"><f>1+1</f><v>2</v></c>', 2.0, id="a formula"),
        pytest.param('r="B2" t="str"><f>A1&amp;"x"</f><v>1x</v></c>', "1x", id="a formula of text"),
        pytest.param('r="B2" t="b"><v>1</v></c>', True, id="true or false"),
        pytest.param('r="B2" t="inlineStr"><is><t>R&amp;D</t></is></c>', "R&D", id="its own text"),
        pytest.param('r="B2" s="2"><v>45000</v></c>', date(2023, 3, 15), id="a date"),
        pytest.param('r="B2" s="1" t="n"><v>4</v></c>', 4.0, id="a styled number"),
        pytest.param('r="B2" t="n" s="1"><v>4</v></c>', 4.0, id="attributes in another order"),
        pytest.param('r="B2" s="1" cm="1"><v>4</v></c>', 4.0, id="an attribute nobody knows"),
        pytest.param('r="B2" s="77"><v>4</v></c>', 4.0, id="a style that is not there"),
        pytest.param('r="B2"><v></v></c>', None, id="an empty value"),
        pytest.param('r="B2" t="inlineStr"><is><t></t></is></c>', None, id="an empty text of its own"),
    ],
)
def test_a_cell_that_is_written_otherwise_is_read_by_the_cell_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, value: CellValue
) -> None:
    around = '<row r="1"><c r="C1"><v>1</v></c></row><row r="2"><c {}<c r="C2" t="s"><v>0</v></c></row>'
    again = '<row r="3"><c {}</row>' + write_rows(4, 60, "C")
    whole, sheet = read_both_ways(tmp_path, monkeypatch, around.format(cell) + again.format(cell.replace("B2", "A3")))
    assert (type(sheet.rows), list_cells(sheet)) == (ColumnRows, list_cells(whole))
    assert (sheet.rows[1], sheet.rows[2][0]) == ((None, value, "Laptops"), value)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(write_rows(51, 99) + write_rows(1, 50), id="rows out of order"),
        pytest.param(write_rows(1, 9) + f"<!--{write_rows(1, 95)}-->" + write_rows(10, 12), id="a comment"),
        pytest.param('<row r="1"><c r="A1"><v>12x</v></c></row>', id="a number that is none"),
        pytest.param('<row r="1"><c r="A1"><v> 5</v></c></row>', id="a blank before the number"),
        pytest.param('<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>6</v></c></row>', id="an address twice"),
        pytest.param('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>', id="an error value"),
        pytest.param(
            '<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="s"><v>2</v></c></row>', id="a blank text at the edge"
        ),
        pytest.param("<row><c><v>1</v></c></row>" * 9, id="no address"),
    ],
)
def test_a_sheet_that_is_written_otherwise_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: str
) -> None:
    whole, sheet = read_both_ways(tmp_path, monkeypatch, cells + write_rows(200, 260, "A"))
    assert (type(sheet.rows), list_cells(sheet)) == (list, list_cells(whole))


@pytest.mark.usefixtures("is_long")
def test_a_sheet_that_the_gate_refuses_leaves_nothing_at_work(tmp_path: Path) -> None:
    before = threading.active_count()
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, write_rows(1, 60), after="<!DOCTYPE x>")
    assert caught.value.findings[0].code == "workbook_declares_entities"
    assert threading.active_count() == before


def test_of_several_long_parts_none_is_read_by_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = build_sheet(write_rows(1, 60))
    monkeypatch.setattr(long_sheets, "FEWEST_BYTES", len(rows) - 1)
    path = tmp_path / "several.xlsx"
    path.write_bytes(build_xlsx({**list_parts(), SHEET_PART: rows, "xl/worksheets/sheet9.xml": f"{rows}<!-- -->"}))
    assert isinstance(source.read_workbook(str(path)).sheets[0].rows, list)


@pytest.mark.usefixtures("is_long")
def test_a_text_that_is_not_there_is_left_to_the_cell_reader(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(build_xlsx_with(SHEET_PART, build_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')))
    with pytest.raises(InputRefused):
        source.read_workbook(str(path))


def scan(sheet: bytes, size: int = 1 << 20) -> CellArrays:
    """The sheet in windows that end behind a tag, as the gate cuts them."""
    arrays = CellArrays(GateLimits(area_cells=10**9))
    pieces = (sheet[first : first + size] for first in range(0, len(sheet), size))
    for window in cut_between_tags("sheet", pieces):
        arrays.scan_window(window)
    return arrays


@given(
    st.dictionaries(st.tuples(st.integers(0, 1_048_575), st.integers(0, 80)), st.floats(-1e99, 1e99), min_size=1),
    st.integers(60, 400),
)
def test_numbers_at_any_address_and_cut_anywhere_are_the_numbers_written(
    numbers: dict[tuple[int, int], float], size: int
) -> None:
    cells = "".join(
        f'<row r="{row + 1}"><c r="{cell_address(row, column)}"><v>{number!r}</v></c></row>'
        for (row, column), number in sorted(numbers.items())
    )
    arrays = scan(build_sheet(cells).encode(), size)
    assert (arrays.is_unusual, arrays.cells) == (False, len(numbers))
    found, others = arrays.join(0, ())
    assert others == []
    places = zip(found.rows.tolist(), found.columns.tolist(), strict=True)
    assert dict(zip(places, found.values.tolist(), strict=True)) == numbers


def test_texts_and_gaps_stand_where_they_are_written() -> None:
    arrays = scan(b'<x><sheetData><row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2"><v>5</v></c></row></sheetData></x>')
    assert build_columns(arrays.join(2, ())[0], arrays.end, ["a", "b"]) == [(None, None), (None, "b"), (None, 5.0)]


ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(b"<x><sheetData></sheetData></x>", id="no row"),
        pytest.param(b"<x><sheetData>" + ROW, id="no end"),
        pytest.param(b"<x>" + ROW + b"<sheetData>" + ROW + b"</sheetData></x>", id="a row before"),
        pytest.param(b"<x><sheetData>" + ROW + b'</sheetData><c r="ZZ9"/></x>', id="a cell behind"),
        pytest.param(b"<x><sheetData>" + ROW + b"</sheetData><sheetData>" + ROW + b"</sheetData></x>", id="twice"),
        pytest.param(b'<x><sheetData><row r="1"><c r="ZZZ9"><v>1</v></c></row></sheetData></x>', id="too far"),
        pytest.param(b'<x><sheetData><row r="1"><c r="A0"><v>1</v></c></row></sheetData></x>', id="no such row"),
        pytest.param(b'<x><sheetData><row r="1"><c r="a1"><v>1</v></c></row></sheetData></x>', id="a small letter"),
        pytest.param(
            b'<x><sheetData><row r="1"><c r="A1"><v>' + b"1" * 40 + b"</v></c></row></sheetData></x>", id="long"
        ),
        pytest.param(b'<x><sheetData><row r="1"><c r="A1" s=""/></row></sheetData></x>', id="an empty style"),
        pytest.param(b'<x><sheetData><row r="1"><c r="A1" s="1" r="B9"><v>1</v></c></row></sheetData></x>', id="two"),
        pytest.param(b'<x><sheetData><row r="1"><c r="A1"><f/></row></sheetData></x>', id="a cell without an end"),
    ],
)
def test_whatever_else_stands_in_a_sheet_makes_it_unusual(sheet: bytes) -> None:
    assert scan(sheet).is_unusual
