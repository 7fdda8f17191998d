"""Every reason to refuse a file, each with a file that has just that fault."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.intake.gate import GateLimits, check_content, check_file, read_directory, unpack_part
from data.intake.gate_parts import SheetScan
from planning.errors import InputRefused
from tests.data.intake.workbook_bytes import (
    CELLS,
    SHEET_PART,
    biff_record,
    build_compound_file,
    build_ods,
    build_shared_strings,
    build_sheet,
    build_xls,
    build_xlsx,
    build_xlsx_with,
    list_parts,
    zip_parts,
)

SMALL = GateLimits(
    file_bytes=20_000, unpacked_bytes=300_000, parts=20, ratio=50, ratio_applies_from_bytes=50_000, cells=1_000,
    columns=60, area_cells=5_000, merged_cells=500, claimed_entries=2_000_000,
)  # fmt: skip


def refusal(content: bytes, limits: GateLimits | None = None) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        check_content(content, limits)
    return caught.value


def code(content: bytes, limits: GateLimits | None = None) -> str:
    return refusal(content, limits).findings[0].code


def sheet(cells: str, after: str = "") -> bytes:
    return build_xlsx_with(SHEET_PART, build_sheet(cells, after=after))


def far_cell(reference: str) -> bytes:
    return sheet(f'<row><c r="A1"><v>1</v></c><c r="{reference}"><v>1</v></c></row>')


def change_entry(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """The small workbook with the directory entry of its sheet changed, as only an attacker would."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in list_parts().items():
            archive.writestr(name, part)
        change(archive.getinfo(SHEET_PART))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [build_xlsx(), build_xls(), build_ods(), b"Account,2024\r\nLaptops,100.25\r\n", "Büro\t1\n".encode("utf-16")],
    ids=["xlsx", "xls", "ods", "csv", "utf-16"],
)
def test_honest_files_pass(content: bytes) -> None:
    check_content(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"GIF89a", "a picture"),
        (b"{\\rtf1}", "a text document (RTF)"),
        (b"\x1f\x8b\x08", "a compressed file (gzip)"),
        (b"7z\xbc\xaf\x27\x1c", "a compressed file (7-Zip)"),
        (b"Rar!\x1a\x07", "a compressed file (RAR)"),
        (b"PK\x05\x06" + b"\0" * 18, "an empty zip file"),
        (b"MZ\x90\0", "a program"),
        (b"\x7fELF", "a program"),
        (b"\xef\xbb\xbf <HTML><table>", "a web page under a workbook's name"),
        (b"<?xml version='1.0'?><Workbook/>", "an XML file"),
        (b"Account,\x00\x01\x02", "a file of an unknown kind"),
        (build_compound_file({"WordDocument": b"x"}), "another kind of Office document"),
        (zip_parts([("[Content_Types].xml", "x"), ("word/document.xml", "x")]), "a Word document"),
        (zip_parts([("[Content_Types].xml", "x"), ("ppt/presentation.xml", "x")]), "a PowerPoint presentation"),
        (zip_parts([("Index/Document.iwa", "x")]), "an Apple Numbers or Pages document"),
        (zip_parts([("META-INF/manifest.xml", "x")]), "an OpenDocument file that is not a spreadsheet"),
        (zip_parts([("notes.txt", "x")]), "a zip file of other things"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_a_workbook_is_named(content: bytes, words: str) -> None:
    error = refusal(content)
    assert error.findings[0].code == "not_a_workbook"
    assert error.message == f"This is not a workbook but {words}."
    assert error.next_step.startswith("Upload the budget as .xlsx")


def test_a_missing_an_unreadable_an_empty_and_a_large_file_are_refused(tmp_path: Path) -> None:
    empty, large = tmp_path / "empty.xlsx", tmp_path / "large.xlsx"
    empty.touch()
    large.write_bytes(b"x" * 20_001)
    found = []
    for path in (tmp_path / "missing.xlsx", tmp_path, empty, large):
        with pytest.raises(InputRefused) as caught:
            check_file(path, SMALL)
        found.append(caught.value.findings[0].code)
    assert found == ["file_missing", "file_not_readable", "file_empty", "file_too_large"]


@pytest.mark.parametrize(
    "content",
    [
        build_compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        build_xls(biff_record(0x002F, b"\1\0\1\0" + b"x" * 50)),
        change_entry(lambda entry: setattr(entry, "flag_bits", 1)),
    ],
    ids=["xlsx", "xls", "zip"],
)
def test_a_password_is_recognised(content: bytes) -> None:
    assert code(content) == "password_protected"


@pytest.mark.parametrize("kept", [30, 700, len(build_xlsx()) - 30])
def test_a_truncated_workbook_is_incomplete(kept: int) -> None:
    assert code(build_xlsx()[:kept]) == "file_incomplete"


def test_a_truncated_excel_97_workbook_is_incomplete() -> None:
    assert code(build_xls()[:1000]) == "file_incomplete"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (build_xlsx({name: part for name, part in list_parts().items() if "xl/workbook.xml" not in name}),
         "workbook_part_missing"),
        (build_xlsx({name: part for name, part in list_parts().items() if "Types" not in name}),
         "workbook_part_missing"),
        (build_xlsx({**list_parts(), **{f"xl/media/{n}.png": b"" for n in range(20)}}), "workbook_too_many_parts"),
        (build_xlsx_with("../../evil.xml", ""), "workbook_unsafe_part_name"),
        (build_xlsx_with("/etc/passwd", ""), "workbook_unsafe_part_name"),
        (build_xlsx_with("C:/evil.xml", ""), "workbook_unsafe_part_name"),
        (build_xlsx_with("xl\\evil.xml", ""), "workbook_unsafe_part_name"),
        (zip_parts([*list_parts().items(), (SHEET_PART, build_sheet())]), "workbook_duplicate_part"),
        (zip_parts([*list_parts().items(), (SHEET_PART.upper(), build_sheet())]), "workbook_duplicate_part"),
        (zip_parts(list(list_parts().items()), zipfile.ZIP_BZIP2), "workbook_unknown_packing"),
        (change_entry(lambda entry: setattr(entry, "compress_size", 1 << 20)), "workbook_overlapping_parts"),
        (change_entry(lambda entry: setattr(entry, "file_size", 301_000)), "workbook_packed_too_tightly"),
        (change_entry(lambda entry: setattr(entry, "file_size", 9_000)), "workbook_damaged"),
        (change_entry(lambda entry: setattr(entry, "file_size", 9)), "workbook_damaged"),
        (change_entry(lambda entry: setattr(entry, "CRC", 9)), "workbook_damaged"),
        (change_entry(lambda entry: setattr(entry, "header_offset", 9)), "workbook_damaged"),
        (build_xlsx_with("xl/media/1.bin", b"\0" * 60_000), "workbook_packed_too_tightly"),
        (build_xlsx({**list_parts(), **{f"{n}.bin": b"\0" * 49_000 for n in range(7)}}), "workbook_unpacks_too_large"),
    ],
)  # fmt: skip
def test_a_zip_made_to_do_harm_is_refused(content: bytes, expected: str) -> None:
    assert code(content, SMALL) == expected


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET_PART, "xl/theme/theme1.xml", "_rels/.rels"])
def test_a_part_that_defines_entities_is_refused(part: str) -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert code(build_xlsx_with(part, bomb)) == "workbook_declares_entities"


def test_an_open_document_sheet_without_its_end_is_damaged() -> None:
    """The reader would look for the end for ever."""
    endless = build_ods("<table:table-row>")
    assert refusal(endless).message == "The workbook is damaged: its sheets do not end as they should."


def test_an_open_document_in_an_encoding_nobody_knows_is_damaged() -> None:
    content = "<?xml version='1.0' encoding='UVF-8'?><office:document-content/>"
    assert code(zip_parts([("mimetype", "x"), ("content.xml", content)])) == "workbook_damaged"


def test_a_definition_behind_two_megabytes_of_comment_is_found() -> None:
    hidden = "<?xml version='1.0'?>" + "<!-- no -->" * 200_000 + "<!DOCTYPE x><x/>"
    assert code(build_xlsx_with(SHEET_PART, hidden)) == "workbook_declares_entities"


def test_a_part_in_utf_16_cannot_hide_from_the_search() -> None:
    assert code(build_xlsx_with(SHEET_PART, build_sheet().encode("utf-16"))) == "workbook_unusual_encoding"


def test_a_tag_of_more_than_a_megabyte_is_refused_but_a_long_text_is_not() -> None:
    assert code(build_xlsx_with("xl/a.xml", f'<x y="{"y" * 3_000_000}"/>')) == "workbook_tag_too_long"
    check_content(build_xlsx_with("customXml/item1.xml", f"<x>{'y' * 5_000_000}</x>"))


@pytest.mark.parametrize("count", ["4000000000", "4294967295", "99999999999999999999"])
def test_a_false_count_of_shared_strings_is_refused(count: str) -> None:
    bomb = build_xlsx_with("xl/sharedStrings.xml", build_shared_strings(count))
    assert len(bomb) < 2_300
    assert code(bomb) == "workbook_false_count"


@pytest.mark.parametrize("reference", ["XFD1048576", "DA1", "xfd1", "A10000", "Z10000"])
def test_a_value_far_out_is_refused(reference: str) -> None:
    assert code(far_cell(reference), SMALL) == "workbook_cell_too_far"


@pytest.mark.parametrize(
    "cells",
    [
        "<row><c s='0' r='XFD1048576'><v>1</v></c></row>",
        '<row><c\n r = "XFD1048576"><v>1</v></c></row>',
        '<row><c r="A1" s="0"\tr="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c><c><v>1</v></c></row>',
        '<row><x:c xmlns:x="y" r="XFD1048576"><x:v>1</x:v></x:c></row>',
        '<row><c x=">" r="XFD1048576"><v>1</v></c></row>',
        f'<row r="1">{"<c><v>1</v></c>" * 61}</row>',
    ],
)
def test_a_far_value_is_found_however_it_is_written(cells: str) -> None:
    assert code(sheet(cells), SMALL) in ("workbook_cell_too_far", "workbook_cell_address_invalid")


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.bin", "xl/media/picture.png", "sheet"])
def test_a_sheet_cannot_hide_under_another_name(name: str) -> None:
    bomb = "\ufeff" + " " * 2_000_000 + build_sheet('<row><c r="XFD1048576"><v>1</v></c></row>', head="")
    assert code(build_xlsx_with(name, bomb)) == "workbook_cell_too_far"
    assert code(build_xlsx_with(name, build_sheet().encode("utf-16"))) == "workbook_unusual_encoding"
    check_content(build_xlsx_with(name, b"\x89PNG" + b"<c r=" * 500_000))


def test_formats_without_values_may_reach_to_the_last_cell() -> None:
    check_content(sheet(f'{CELLS}<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFC1048576" s="1"></c></row>'), SMALL)


@pytest.mark.parametrize("reference", ["A1048577", "XFE1", "A0", "A", "1", "&#65;1", "A1A", ""])
def test_an_address_that_cannot_exist_is_refused(reference: str) -> None:
    assert code(far_cell(reference)) == "workbook_cell_address_invalid"


@pytest.mark.parametrize("row", ["0", "1048577", "x"])
def test_a_row_that_cannot_exist_is_refused(row: str) -> None:
    assert code(sheet(f'<row r="{row}"><c><v>1</v></c></row>')) == "workbook_cell_address_invalid"


def test_too_many_cells_are_refused() -> None:
    assert code(sheet('<row r="1"><c r="A1"/><c r="B1"/></row>' * 501), SMALL) == "workbook_too_many_cells"


@pytest.mark.parametrize(
    ("merges", "expected"),
    [
        ('<mergeCell ref="A1:XFD1048576"/>', "workbook_merges_too_large"),
        ("<mergeCell  ref = 'A1:A300'/>" * 2, "workbook_merges_too_large"),
        ('<mergeCell ref="&#65;1:B2"/>', "workbook_cell_address_invalid"),
    ],
)
def test_merges_that_cover_too_much_are_refused(merges: str, expected: str) -> None:
    assert code(sheet(CELLS, after=f"<mergeCells>{merges}</mergeCells>"), SMALL) == expected


@pytest.mark.parametrize("rows", [9_999, 10_000, 100_002, 749_999])
def test_a_long_sheet_within_the_limits_is_not_walked_cell_by_cell(rows: int) -> None:
    scan = SheetScan(GateLimits())
    scan.scan_window(f'<row r="{rows}"><c r="A{rows}" t="s"><v>1</v></c><c r="O{rows}" t="e"/></row>'.encode())
    assert (scan.is_unusual, scan.cells, scan.has_error_values) == (False, 2, True)


@pytest.mark.parametrize("before", ["A800001", "DA1", "P1000000", "AA460000"])
def test_a_cell_that_might_reach_past_the_limits_wants_a_walk(before: str) -> None:
    scan = SheetScan(GateLimits())
    scan.scan_window(f'<c r="{before}"><v>1</v></c><c r="P2"><v>1</v></c>'.encode())
    assert scan.is_unusual


def test_a_wide_row_above_a_long_narrow_column_is_as_large_as_both() -> None:
    wide = '<row r="1"><c r="CZ1"><v>1</v></c></row>'
    assert code(sheet(f'{wide}<row r="700000"><c r="A700000"><v>1</v></c></row>')) == "workbook_cell_too_far"
    check_content(sheet(f'{wide}<row r="100000"><c r="A100000"><v>1</v></c></row>'))


def test_an_unusual_cell_at_the_end_has_the_whole_sheet_counted() -> None:
    usual = '<row r="1"><c r="A1"/><c r="B1"/></row>' * 500
    assert code(sheet(f"{usual}<c r='A2'/>"), SMALL) == "workbook_too_many_cells"


def test_limits_are_raised_together_and_not_those_against_harm() -> None:
    usual, raised = GateLimits(), GateLimits().times(6)
    assert (raised.cells, raised.file_bytes, raised.area_cells) == (18_000_000, 300_000_000, 72_000_000)
    assert (raised.ratio, raised.parts, raised.columns) == (usual.ratio, usual.parts, usual.columns)
    refused = refusal(sheet('<row r="1"><c r="A1"/><c r="B1"/></row>' * 501), SMALL)
    assert refused.next_step.endswith("or raise the limits with the setting TECHPLAN_FILE_LIMITS.")
    check_content(sheet('<row r="1"><c r="A1"/><c r="B1"/></row>' * 501), SMALL.times(2))


def test_limits_can_be_raised() -> None:
    check_content(far_cell("XFD1"), GateLimits(columns=16_384))


def test_every_refusal_is_one_sentence_with_a_next_step() -> None:
    error = refusal(far_cell("XFD1048576"))
    assert error.message == (
        "A cell stands so far out (xl/worksheets/sheet1.xml, XFD1048576) that the sheet would be larger than Techplan "
        "reads (512 columns, 12,000,000 cells)."
    )
    assert error.next_step.startswith("Delete the stray cell")
    assert error.exit_code == 4


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("part", [b"", random.Random(1).randbytes(700_000), b"<c/>" * 900_000], ids=len)
def test_a_part_is_unpacked_whole_in_pieces_of_at_most_a_megabyte(part: bytes, packing: int) -> None:
    content = zip_parts([("part.bin", part)], packing)
    [entry] = read_directory(content)
    pieces = list(unpack_part(content, entry))
    assert b"".join(pieces) == part
    assert packing == zipfile.ZIP_STORED or max(map(len, pieces), default=0) <= 1 << 20


def test_a_part_whose_end_is_missing_is_damaged() -> None:
    content = zip_parts([("part.bin", random.Random(1).randbytes(700_000))])
    [entry] = read_directory(content)
    entry.compress_size -= 1_000
    with pytest.raises(InputRefused):
        list(unpack_part(content, entry))
