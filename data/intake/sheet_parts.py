"""What the cell reader leaves out, from the XML parts of an xlsx file: error values, number formats, what is hidden.

Runs behind the gate, so the parts are known to be modest and without definitions of their own.
"""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from data.intake.cells import CellValue, Sheet
from data.intake.gate import read_directory, unpack_part
from data.intake.gate_parts import ERROR_TYPE, CellTag, SheetWalk, has_address

_WORKBOOK_PART = "xl/workbook.xml"
# ECMA-376 part 1, 18.8.30: formats that styles refer to by number without writing them down.
BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)", 41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_($* #,##0_);_($* \\(#,##0\\);_($* "-"_);_(@_)', 43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip

_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["'](\d{1,6})["']""")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v\s*>([^<]*)<|</(?:[\w.-]+:)?c\s*>")


def add_sheet_parts(content: bytes, sheets: list[Sheet], error_parts: tuple[str, ...], details: bool) -> list[Sheet]:
    """The sheets with the text of their error values, and with formats and hidden rows and columns where asked for.

    An .xlsb or .ods file has none of these parts: its sheets come back as they are.
    """
    entries = {entry.filename.lower(): entry for entry in read_directory(content)}
    if _WORKBOOK_PART not in entries:
        return sheets
    parts = _find_sheet_parts(content, entries)
    formats = _read_formats(_read_part(content, entries, "xl/styles.xml")) if details else []
    completed = []
    for sheet in sheets:
        name = parts.get(sheet.name, "")
        part = _read_part(content, entries, name) if details or name in error_parts else b""
        completed.append(_add_part(sheet, part, name in error_parts, formats if details else None))
    return completed


def _add_part(sheet: Sheet, part: bytes, has_errors: bool, formats: list[str] | None) -> Sheet:
    if has_errors:
        sheet = replace(sheet, rows=_put_error_values(sheet, part))
    if formats is None or not part:
        return sheet
    return replace(
        sheet,
        formats=_find_formats(SheetWalk(sheet.name).walk_cells(part), formats),
        hidden_rows=_find_hidden_rows(part, sheet.name),
        hidden_columns=_find_hidden_columns(part, max(map(len, sheet.rows), default=0)),
    )


def _put_error_values(sheet: Sheet, part: bytes) -> list[list[CellValue]]:
    """The rows with `#REF!` and its kin as text, where the cell reader leaves nothing."""
    rows = [list(row) for row in sheet.rows]
    for row, column, text in _find_error_values(sheet.name, part):
        if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
            rows[row][column] = text
    return rows


def _find_error_values(name: str, part: bytes) -> Iterator[tuple[int, int, str]]:
    for cell in _find_error_cells(name, part):
        value = _VALUE.search(part, cell.end)
        if value and value[1]:
            yield cell.row, cell.column, html.unescape(value[1].decode("utf-8", "replace"))


def _find_error_cells(name: str, part: bytes) -> list[CellTag]:
    """The cells of type error: straight from their tags where these say their address, else by walking the sheet."""
    found = []
    for match in ERROR_TYPE.finditer(part):
        start, end = part.rfind(b"<", 0, match.start()), part.find(b">", match.end()) + 1
        for cell in SheetWalk(name).walk_cells(part[start:end]):
            if not has_address(cell):
                return [cell for cell in SheetWalk(name).walk_cells(part) if ERROR_TYPE.search(cell.attributes)]
            found.append(cell._replace(end=end))
    return found


def _find_formats(cells: Iterable[CellTag], formats: list[str]) -> dict[tuple[int, int], str]:
    """The number format of every cell that has one; General is left out."""
    found = {}
    for cell in cells:
        style = _STYLE.search(cell.attributes)
        if style and int(style[1]) < len(formats) and formats[int(style[1])]:
            found[cell.row, cell.column] = formats[int(style[1])]
    return found


def _find_hidden_rows(part: bytes, name: str) -> frozenset[int]:
    rows = SheetWalk(name).walk_rows(part)
    return frozenset(row for row, attributes in rows if _is_true(_read_attributes(attributes), "hidden"))


def _find_hidden_columns(part: bytes, width: int) -> frozenset[int]:
    """Hidden columns among those that hold something; workbooks often hide all the rest up to XFD."""
    hidden: set[int] = set()
    for attributes in _find_tags(part, b"col"):
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _is_true(attributes, "hidden") and first.isdecimal() and last.isdecimal():
            hidden.update(range(int(first[:7]) - 1, min(int(last[:7]), width)))
    return frozenset(hidden)


def _is_true(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def name_sheet_parts(content: bytes) -> dict[str, str]:
    """The part of each sheet of an xlsx file by the sheet's name; nothing for other kinds."""
    entries = {entry.filename.lower(): entry for entry in read_directory(content)}
    return _find_sheet_parts(content, entries) if _WORKBOOK_PART in entries else {}


def _find_sheet_parts(content: bytes, entries: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The part of each sheet by the sheet's name, through the relationships of the workbook."""
    relations = _read_part(content, entries, "xl/_rels/workbook.xml.rels")
    targets = {tag.get("Id", ""): _locate(tag.get("Target", "")) for tag in _find_tags(relations, b"Relationship")}
    workbook = _read_part(content, entries, _WORKBOOK_PART)
    return {
        sheet.get("name", ""): targets.get(next((sheet[key] for key in sheet if key.endswith(":id")), ""), "")
        for sheet in _find_tags(workbook, b"sheet")
    }


def _locate(target: str) -> str:
    """The name of a part from the way the workbook refers to it: from the root, or from `xl/`."""
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _read_formats(styles: bytes) -> list[str]:
    """The number format of each cell style in order; empty for General."""
    own = {tag.get("numFmtId", ""): tag.get("formatCode", "") for tag in _find_tags(styles, b"numFmt")}
    start = styles.find(b"cellXfs")
    cell_styles = styles[start : styles.find(b"cellXfs>", start)]
    names = {**{str(number): code for number, code in BUILT_IN_FORMATS.items()}, **own}
    codes = [names.get(tag.get("numFmtId", "0"), "") for tag in _find_tags(cell_styles, b"xf")]
    return ["" if code.lower() == "general" else code for code in codes]


def _find_tags(part: bytes, name: bytes) -> list[dict[str, str]]:
    """The attributes of every tag of this name, whatever its prefix."""
    return [_read_attributes(tag) for tag in re.findall(rb"<(?:[\w.-]+:)?" + name + rb"(?=[\s/>])([^>]*)>", part)]


def _read_attributes(written: bytes) -> dict[str, str]:
    text = written.decode("utf-8", "replace")
    return {match[1]: html.unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(text)}


def _read_part(content: bytes, entries: Mapping[str, zipfile.ZipInfo], name: str) -> bytes:
    entry = entries.get(name.lower())
    return b"".join(unpack_part(content, entry)) if entry else b""
