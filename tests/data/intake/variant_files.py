"""Writes the cells of a workbook as a file of every kind that the reading takes, as plain as programs write them."""

import csv
import io
import struct
import subprocess
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from data.intake.cells import CellValue, Sheet, Workbook
from tests.data.intake.workbook_bytes import zip_parts

_NO_NAME = str.maketrans("", "", "[]:*?/\\")
Write = Callable[[Workbook, Path], Path]
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_xlsx(workbook: Workbook, folder: Path) -> Path:
    """An .xlsx with shared strings, dates as dates, merged titles and hidden columns."""
    path = folder / "budget.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        moment = book.add_format({"num_format": "m/d/yyyy h:mm"})
        for number, sheet in enumerate(workbook.sheets, start=1):
            page = book.add_worksheet(_name(sheet, number))
            formats = {text: book.add_format({"num_format": text}) for text in set(sheet.formats.values())}
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime | date):
                        page.write_datetime(row, column, cell, moment)
                    elif cell is not None:
                        page.write(row, column, _plain(cell), formats.get(sheet.formats.get((row, column), "")))
            for hidden in sheet.hidden_columns:
                page.set_column(hidden, hidden, None, None, {"hidden": True})
            if not sheet.visible:
                page.hide()
    return path


def _name(sheet: Sheet, number: int) -> str:
    """A name that every program takes."""
    return f"{sheet.name.translate(_NO_NAME)[:24]} {number}".strip("' ")


def _plain(cell: CellValue) -> str | float | bool:
    if isinstance(cell, str | float | int):
        return cell
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def write_ods(workbook: Workbook, folder: Path) -> Path:
    """An OpenDocument spreadsheet; empty cells in a row are one repeated cell, as programs write them."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(_ods_table(sheet, number) for number, sheet in enumerate(workbook.sheets, start=1))
    content = (
        f'{_HEAD}<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'{_HEAD}<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>'
    path = folder / "budget.ods"
    path.write_bytes(zip_parts([("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content)]))
    return path


def _ods_table(sheet: Sheet, number: int) -> str:
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in sheet.rows)
    return f"<table:table table:name={quoteattr(_name(sheet, number))}>{rows}</table:table>"


def _ods_cell(cell: CellValue) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if type(cell) is float or type(cell) is int:
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    if isinstance(cell, datetime):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(_plain(cell)).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def write_xlsb(workbook: Workbook, folder: Path) -> Path:
    """A binary .xlsx: records instead of XML; texts stand in their cells."""
    names = [_name(sheet, number) for number, sheet in enumerate(workbook.sheets, start=1)]
    sheets = b"".join(
        _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(names, start=1)
    )
    book = _record(131) + _record(143) + sheets + _record(144) + _record(132)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(names) + 1)
    )
    parts: list[tuple[str, str | bytes]] = [
        (
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        ),
        ("xl/workbook.bin", book),
        (
            "xl/_rels/workbook.bin.rels",
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        ),
    ]
    parts += [(f"xl/worksheets/sheet{n}.bin", _xlsb_sheet(s)) for n, s in enumerate(workbook.sheets, start=1)]
    path = folder / "budget.xlsb"
    path.write_bytes(zip_parts(parts))
    return path


def _record(number: int, data: bytes = b"") -> bytes:
    """Number and length as groups of seven bits, then the data."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size = len(data)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + data


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _xlsb_sheet(sheet: Sheet) -> bytes:
    width = max(map(len, sheet.rows), default=1)
    size = struct.pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, max(width - 1, 0))
    rows = b"".join(_xlsb_row(row, list(cells)) for row, cells in enumerate(sheet.rows))
    return b"".join([_record(129), _record(148, size), _record(145), rows, _record(146), _record(130)])


def _xlsb_row(row: int, cells: list[CellValue]) -> bytes:
    head = _record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
    return head + b"".join(_xlsb_cell(column, cell) for column, cell in enumerate(cells) if cell is not None)


def _xlsb_cell(column: int, cell: CellValue) -> bytes:
    place = struct.pack("<II", column, 0)
    if type(cell) is float or type(cell) is int:
        return _record(5, place + struct.pack("<d", cell))
    return _record(6, place + _wide(str(_plain(cell))))


def write_text(delimiter: str = ",", line_end: str = "\r\n", encoding: str = "utf-8", quote_all: bool = False) -> Write:
    """A text file of the only sheet, as a spreadsheet saves it."""

    def write(workbook: Workbook, folder: Path) -> Path:
        text = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
        (sheet,) = workbook.sheets
        # A file whose lines end in CR alone has no LF inside a value either.
        breaks = line_end if len(line_end) == 1 else "\n"
        writer.writerows([[_written(cell).replace("\n", breaks) for cell in cells] for cells in sheet.rows])
        path = folder / f"{sheet.name.strip()[:40] or 'budget'}.{'tsv' if delimiter == chr(9) else 'csv'}"
        path.write_bytes(text.getvalue().encode(encoding, errors="replace"))
        return path

    return write


def _written(cell: CellValue) -> str:
    """A cell as text: whole numbers without decimals, dates as people type them."""
    if cell is None:
        return ""
    if type(cell) is float and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%m/%d/%Y %H:%M")
    return str(cell) if not isinstance(cell, timedelta) else str(cell.total_seconds())


FILES: dict[str, Write] = {"xlsx": write_xlsx, "xlsb": write_xlsb, "ods": write_ods}
TEXT_FILES: dict[str, Write] = {
    "csv": write_text(),
    "csv, LF": write_text(line_end="\n"),
    "csv, CR alone": write_text(line_end="\r"),
    "csv, BOM": write_text(encoding="utf-8-sig"),
    "csv, UTF-16": write_text(encoding="utf-16"),
    "csv, Windows": write_text(encoding="cp1252"),
    "csv, all quoted": write_text(quote_all=True),
    "csv, semicolons": write_text(delimiter=";"),
    "csv, bars": write_text(delimiter="|"),
    "tsv": write_text(delimiter="\t"),
    "tsv, UTF-16": write_text(delimiter="\t", encoding="utf-16"),
}


def convert_with_office(office: str, paths: list[Path], kind: str, folder: Path) -> None:
    """Saves workbooks as another kind with an office program, all in one run of it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
