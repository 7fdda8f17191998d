"""Writes printed sheets as .xlsx, .ods, .csv or .tsv."""

import csv
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from xlsxwriter.format import Format

from benchmarks.layouts.printed import Cell, Sheet
from benchmarks.layouts.spelling import MoneySpelling, spell_cell

_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)


def write_file(suffix: str, sheets: Sequence[Sheet], money: MoneySpelling, number_format: str, rng: Random) -> bytes:
    """The bytes of the file; text files hold the first sheet only."""
    if suffix == "xlsx":
        return _write_xlsx(sheets, money, number_format)
    if suffix == "ods":
        return _write_ods(sheets, money)
    return _write_text(sheets[0], money, "\t" if suffix == "tsv" else rng.choice([",", ",", ",", ";", "|"]), rng)


def spell(cell: Cell, money: MoneySpelling) -> object:
    """What stands in the cell of the file."""
    if cell.value is None:
        return money.empty if cell.role == "detail" else ""
    if cell.percent and isinstance(cell.value, Decimal):
        return cell.value if money.as_text is None else f"{cell.value * 100:.2f}%"
    if cell.role == "number" or not isinstance(cell.value, Decimal):
        return cell.value
    if cell.mark:
        return f"{cell.value if money.as_text is None else money.as_text(cell.value)}{cell.mark}"
    unit = cell.key.unit if cell.key else "usd"
    return spell_cell(cell.value, money) if unit == "usd" and not cell.percent else cell.value


def _write_xlsx(sheets: Sequence[Sheet], money: MoneySpelling, number_format: str) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    formats: dict[tuple[object, ...], Format] = {}

    def style(cell: Cell) -> Format:
        name = "0.00%" if cell.percent else number_format if cell.role else ""
        look = {"bold": cell.bold, "indent": cell.indent, **({"num_format": name} if name else {})}
        return formats.setdefault(tuple(look.items()), book.add_format(look))

    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for (row, column), cell in sheet.panel.cells.items():
            value = spell(cell, money)
            if isinstance(value, Decimal):
                page.write_number(row, column, float(value), style(cell))
            elif isinstance(value, str) and value.startswith("#") and value.endswith("!"):
                page.write_formula(row, column, "=1/0", style(cell), value)
            elif value:
                page.write_string(row, column, str(value), style(cell))
        for top, left, bottom, right in sheet.panel.merges:
            cell = sheet.panel.cells[top, left]
            page.merge_range(top, left, bottom, right, str(spell(cell, money)), style(cell))
        for row in sheet.panel.hidden_rows:
            page.set_row(row, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
    book.close()
    return buffer.getvalue()


def list_rows(sheet: Sheet, money: MoneySpelling) -> list[list[object]]:
    """The sheet as rows of what stands in its cells."""
    panel = sheet.panel
    rows: list[list[object]] = [[""] * panel.width for _ in range(panel.height)]
    for (row, column), cell in panel.cells.items():
        rows[row][column] = spell(cell, money)
    return rows


def _write_text(sheet: Sheet, money: MoneySpelling, delimiter: str, rng: Random) -> bytes:
    text = io.StringIO()
    end = rng.choice(["\r\n", "\r\n", "\n"])
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(list_rows(sheet, money))
    return text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig"]))


def _write_ods(sheets: Sequence[Sheet], money: MoneySpelling) -> bytes:
    parts = [_ODS_HEAD]
    for sheet in sheets:
        parts.append(f"<table:table table:name={quoteattr(sheet.name)}>")
        for row in list_rows(sheet, money):
            parts.append(f"<table:table-row>{''.join(map(_write_ods_cell, row))}</table:table-row>")
        parts.append("</table:table>")
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _ODS_TYPE, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", "".join(parts))
    return buffer.getvalue()


def _write_ods_cell(value: object) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, Decimal):
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
