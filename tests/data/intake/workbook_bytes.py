"""Builds small workbooks and attack files byte by byte, so that a test can say exactly what is wrong with one."""

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping, Sequence

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET_PART = "xl/worksheets/sheet1.xml"
CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Account</t></is></c><c r="B1"><v>2024</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>100.25</v></c></row>'
)


def build_sheet(cells: str = CELLS, before: str = "", after: str = "", head: str = _HEAD) -> str:
    """One worksheet part."""
    return f'{head}<worksheet xmlns="{_SPREADSHEET}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def list_parts(sheet: str | None = None, sheet_attributes: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet."""
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="R&amp;D" sheetId="1" r:id="rId1" {sheet_attributes}/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": build_shared_strings(),
        "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_SPREADSHEET}"><numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="&quot;$&quot;#,##0.00"/></numFmts><cellXfs count="4"><xf numFmtId="0"/>'
        '<xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        SHEET_PART: sheet or build_sheet(),
    }


def build_shared_strings(count: str = "1") -> str:
    """The shared strings part, which may lie about how many there are."""
    return f'{_HEAD}<sst xmlns="{_SPREADSHEET}" count="{count}" uniqueCount="{count}"><si><t>Laptops</t></si></sst>'


def build_xlsx(parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A zip file of the parts, in their order."""
    return zip_parts(list((parts or list_parts()).items()))


def build_xlsx_with(name: str, part: str | bytes) -> bytes:
    """The small workbook with one part put in or replaced."""
    return build_xlsx({**list_parts(), name: part})


def zip_parts(parts: Sequence[tuple[str, str | bytes]], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file; names may repeat or be forbidden."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", packing) as archive:
        warnings.simplefilter("ignore")
        for name, part in parts:
            archive.writestr(name, part)
    return file.getvalue()


def build_compound_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 file, as Excel 97 and workbooks with a password are; every stream is padded past the mini stream."""
    sector, chain_end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat: list[int] = [fat_mark, chain_end]
    body, entries = b"", _directory_entry("Root Entry", 5, chain_end, 0, 1 if streams else free)
    for number, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % sector)
        first, count = len(fat), len(padded) // sector
        fat += [*range(first + 1, first + count), chain_end]
        body += padded
        entries += _directory_entry(name, 2, first, len(padded), number + 1 if number < len(streams) else free)
    fat += [free] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, chain_end, 0, chain_end, 0) + struct.pack("<I", 0)
    return header.ljust(sector, b"\xff") + struct.pack("<128I", *fat) + entries.ljust(sector, b"\0") + body


def _directory_entry(name: str, kind: int, first_sector: int, size: int, sibling: int) -> bytes:
    encoded = name.encode("utf-16-le")
    child, right = (sibling, 0xFFFFFFFF) if kind == 5 else (0xFFFFFFFF, sibling)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", first_sector, size)
    )


def build_xls(*extra_records: bytes) -> bytes:
    """An Excel 97 workbook with the text Laptops in A1 and 100.25 in B2."""
    globals_start = biff_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + b"".join(extra_records)
    name = b"Budget"
    offset = len(globals_start) + 4 + 8 + len(name) + 4
    sheet = biff_record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name)
    cells = biff_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    cells += biff_record(0x0200, struct.pack("<IIHHH", 0, 2, 0, 2, 0))
    cells += biff_record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 7, 0) + b"Laptops")
    cells += biff_record(0x0203, struct.pack("<HHHd", 1, 1, 0, 100.25))
    end = biff_record(0x000A, b"")
    return build_compound_file({"Workbook": globals_start + sheet + end + cells + end})


def biff_record(number: int, data: bytes) -> bytes:
    """One record of an Excel 97 stream."""
    return struct.pack("<HH", number, len(data)) + data


def build_ods(cells: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cells = cells or '<table:table-row><table:table-cell office:value-type="float" office:value="7"/></table:table-row>'
    content = (
        f'{_HEAD}<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Plan">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'{_HEAD}<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>'
    return zip_parts([("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content)])
