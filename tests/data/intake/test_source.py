"""The cells of every kind of file, at their own addresses, or one sentence."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.intake import source
from data.intake.cells import Range, Sheet, Workbook
from data.intake.gate import GateLimits
from data.intake.source import MACRO_MARKS, LateFormats, read_workbook
from data.jobs import JobLimits, run_job
from planning.errors import InputRefused, JobOutOfMemory, JobStopped
from tests.data.intake.workbook_bytes import (
    CELLS,
    SHEET_PART,
    build_compound_file,
    build_ods,
    build_shared_strings,
    build_sheet,
    build_xls,
    build_xlsx,
    build_xlsx_with,
    list_parts,
)

SHARED_WORKBOOKS = Path(__file__).parents[4] / "shared" / "workbooks"


def read(folder: Path, content: bytes, name: str = "budget.xlsx", **options: Any) -> Workbook:  # noqa: ANN401
    path = folder / name
    path.write_bytes(content)
    return read_workbook(str(path), **options)


def read_sheet(folder: Path, cells: str, after: str = "", before: str = "") -> Sheet:
    content = build_xlsx_with(SHEET_PART, build_sheet(cells, before=before, after=after))
    return read(folder, content, details=True).sheets[0]


def refusal_code(folder: Path, content: bytes, **options: Any) -> str:  # noqa: ANN401
    with pytest.raises(InputRefused) as caught:
        read(folder, content, **options)
    return caught.value.findings[0].code


def test_a_workbook_is_its_cells_with_the_fingerprint_that_names_it(tmp_path: Path) -> None:
    workbook = read(tmp_path, build_xlsx(), file_name="Budget 2024.xlsx")
    assert (workbook.file_name, workbook.size_bytes, len(workbook.sha256)) == ("Budget 2024.xlsx", 2157, 64)
    assert [(sheet.name, sheet.visible) for sheet in workbook.sheets] == [("R&D", True)]
    assert workbook.sheets[0].rows == [["Account", 2024.0], ["Laptops", 100.25]]


def test_leading_empty_rows_and_columns_keep_their_place(tmp_path: Path) -> None:
    sheet = read_sheet(tmp_path, '<row r="3"><c r="C3"><v>7</v></c></row>')
    assert sheet.rows == [[None] * 3, [None] * 3, [None, None, 7.0]]


def test_dates_truths_and_error_values_come_as_themselves(tmp_path: Path) -> None:
    cells = (
        '<c r="A1" s="2"><v>45474</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#REF!</v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><v>1</v></c>'
    )
    assert read_sheet(tmp_path, f"<row>{cells}</row>").rows == [[date(2024, 7, 1), True, "#REF!", "#DIV/0!", 1.0]]


def test_error_values_are_found_without_addresses_too(tmp_path: Path) -> None:
    cells = """<row><c><v>1</v></c><c t='e'><v>#N/A</v></c><c t="str"><v>t="e"</v></c></row>"""
    assert read_sheet(tmp_path, cells).rows == [[1.0, "#N/A", 't="e"']]


def test_merged_cells_formats_and_what_is_hidden_come_with_the_details(tmp_path: Path) -> None:
    sheet = read_sheet(
        tmp_path,
        CELLS.replace('<row r="2">', '<row r="2" hidden="1">'),
        before='<cols><col min="2" max="16384" hidden="1"/></cols>',
        after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
    )
    assert sheet.merged == (Range(0, 0, 0, 1),)
    assert sheet.formats == {(1, 1): '"$"#,##0.00'}
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({1}), frozenset({1}))


def test_built_in_formats_are_written_out(tmp_path: Path) -> None:
    cells = '<row><c r="A1" s="3"><v>0.5</v></c><c r="B1" s="0"><v>1</v></c><c r="C1" s="99"><v>1</v></c></row>'
    assert read_sheet(tmp_path, cells).formats == {(0, 0): "0.00%"}


def test_formats_may_wait_until_somebody_looks_at_them(tmp_path: Path) -> None:
    cells = '<row><c r="A1" s="3"><v>0.5</v></c><c r="B1" s="0"><v>1</v></c></row>'
    content = build_xlsx_with(SHEET_PART, build_sheet(cells))
    formats = read(tmp_path, content, late_formats=True).sheets[0].formats
    assert isinstance(formats, LateFormats)
    assert (bool(formats), dict(formats), formats.get((0, 1), "")) == (True, {(0, 0): "0.00%"}, "")


def test_details_cost_nothing_where_nobody_asks(tmp_path: Path) -> None:
    sheet = read(tmp_path, build_xlsx()).sheets[0]
    assert (dict(sheet.formats), sheet.hidden_rows, sheet.hidden_columns) == ({}, frozenset(), frozenset())


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_marked(tmp_path: Path, state: str) -> None:
    workbook = read(tmp_path, build_xlsx(list_parts(sheet_attributes=f'state="{state}"')))
    assert not workbook.sheets[0].visible
    assert workbook.sheets[0].rows[1] == ["Laptops", 100.25]


def test_excel_97_and_open_document_files_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, build_xls(), "old.xls").sheets[0].rows == [["Laptops", None], [None, 100.25]]
    assert read(tmp_path, build_ods(), "plan.ods", details=True).sheets == [Sheet("Plan", [[7.0]])]


@pytest.mark.parametrize(
    "content",
    [
        "Büro,1\r\n,x\r\n".encode(),
        "\ufeffBüro,1\n,x".encode(),
        "Büro;1\r;x\r".encode("cp1252"),
        "Büro\t1\n\tx\n".encode("utf-16"),
        b'"B\xc3\xbcro"|1\n|x\n',
    ],
    ids=["utf-8", "bom", "cp1252 with old line ends", "utf-16", "pipes"],
)
def test_text_tables_are_read_as_text_whatever_their_encoding(tmp_path: Path, content: bytes) -> None:
    workbook = read(tmp_path, content, "FY24 budget.csv")
    assert [sheet.name for sheet in workbook.sheets] == ["FY24 budget"]
    assert workbook.sheets[0].rows == [["Büro", "1"], [None, "x"]]


def test_quoted_commas_and_ragged_rows_are_kept(tmp_path: Path) -> None:
    rows = read(tmp_path, b'Title\n\nAccount,"1,234.50"\na,b,"c\nd"\n', "x.csv").sheets[0].rows
    assert rows == [["Title"], [], ["Account", "1,234.50"], ["a", "b", "c\nd"]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"hello world", "not_a_workbook"),
        (b",,\n,,\n", "workbook_without_sheets"),
        (b"a,b\n" * 1_501, "workbook_too_many_cells"),
        (b'a,b\n"' + b"x" * 1_000_001, "text_not_readable"),
        (b"\xff\xfea", "text_not_readable"),
        (build_xlsx_with("xl/workbook.xml", '<workbook xmlns="x"><sheets/></workbook>'), "workbook_without_sheets"),
        (build_xlsx_with(SHEET_PART, "<worksheet><sheetData><row></wrong></row>"), "workbook_unreadable"),
        (build_compound_file({"Workbook": b"\x09\x08 nonsense"}), "workbook_unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes, expected: str) -> None:
    assert refusal_code(tmp_path, content, limits=GateLimits(cells=3_000)) == expected


def test_a_panic_of_the_reader_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """Named as the reader's own, which cannot be imported."""

    def panic(*_: object) -> None:
        raise PanicException

    monkeypatch.setattr(source, "_list_rows", panic)
    assert refusal_code(tmp_path, build_xlsx()) == "workbook_unreadable"


def test_progress_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    read(tmp_path, build_xlsx(), report_progress=lambda *news: told.append(news))
    assert told == [(0.0, "Reading sheet 1 of 1")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "file_empty"),
        (b"hello world", "not_a_workbook"),
        (build_compound_file({"EncryptedPackage": b"x"}), "password_protected"),
        (build_xlsx()[:1500], "file_incomplete"),
        (build_xlsx_with("xl/sharedStrings.xml", build_shared_strings("4000000000")), "workbook_false_count"),
        (build_xlsx_with(SHEET_PART, build_sheet('<row><c r="XFD1048576"><v>1</v></c></row>')),
         "workbook_cell_too_far"),
        (build_xlsx_with(SHEET_PART, "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "workbook_declares_entities"),
    ],
)  # fmt: skip
def test_a_bad_file_comes_back_from_the_child_as_its_sentence(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as caught:
        run_job("data.intake.source:read_workbook", {"path": str(path)})
    assert [finding.code for finding in caught.value.findings] == [expected]
    assert caught.value.next_step


def test_without_the_gate_the_same_bomb_ends_only_the_child(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(build_xlsx_with("xl/sharedStrings.xml", build_shared_strings("4000000000")))
    assert path.stat().st_size < 2_300
    unguarded = GateLimits(claimed_entries=5_000_000_000)
    with pytest.raises(JobOutOfMemory):
        run_job("data.intake.source:read_workbook", {"path": str(path), "limits": unguarded})


def test_an_open_document_bomb_ends_only_the_child(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    cell = '<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="16384"/>'
    path.write_bytes(build_ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'))
    with pytest.raises((InputRefused, JobStopped)):
        run_job("data.intake.source:read_workbook", {"path": str(path)}, JobLimits(cpu_seconds=10))


def mutate(content: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, cut out or repeated."""
    mutated = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        place, length = dice.randrange(len(mutated)), dice.randint(1, 12)
        change = dice.choice(("flip", "cut", "repeat", "random"))
        if change == "flip":
            mutated[place] ^= 1 << dice.randrange(8)
        elif change == "cut":
            del mutated[place : place + length]
        elif change == "repeat":
            mutated[place:place] = mutated[place : place + length]
        else:
            mutated[place : place + length] = dice.randbytes(length)
    return bytes(mutated)


def mutate_part(dice: random.Random) -> bytes:
    """The small workbook with one part mutated before it is packed, so that the readers do see the damage."""
    parts = list_parts()
    name = dice.choice(list(parts))
    part = parts[name]
    return build_xlsx({**parts, name: mutate(part if isinstance(part, bytes) else part.encode(), dice)})


@pytest.mark.parametrize("seed", range(8))
def test_a_mutated_workbook_is_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    outcomes = set()
    for number in range(60):
        content = mutate_part(dice) if number % 2 else mutate(build_xlsx(), dice)
        try:
            read(tmp_path, content, details=True)
            outcomes.add("read")
        except InputRefused as error:
            assert error.findings
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def list_real_workbooks() -> list[Path]:
    return sorted([*SHARED_WORKBOOKS.glob("*.xlsx"), *SHARED_WORKBOOKS.glob("*.csv")])


@pytest.mark.workbooks
@pytest.mark.skipif(not list_real_workbooks(), reason="the shared workbooks are not here")
@pytest.mark.parametrize("path", list_real_workbooks(), ids=lambda path: path.stem)
def test_every_real_workbook_passes_the_gate_and_is_read(path: Path) -> None:
    workbook = run_job("data.intake.source:read_workbook", {"path": str(path)})
    assert workbook.sha256
    assert any(value is not None for sheet in workbook.sheets for row in sheet.rows for value in row)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (build_xlsx_with("xl/vbaProject.bin", b"macros"), True),
        (build_compound_file({"Workbook": b"", "_VBA_PROJECT_CUR": b""}), True),
        (build_xlsx(), False),
    ],
)
def test_macros_are_seen_from_outside(content: bytes, expected: bool) -> None:
    assert any(mark in content for mark in MACRO_MARKS) is expected


def test_a_workbook_with_macros_is_read_as_if_it_had_none(tmp_path: Path) -> None:
    (tmp_path / "budget.xlsm").write_bytes(build_xlsx_with("xl/vbaProject.bin", b"macros"))
    (tmp_path / "budget.xlsx").write_bytes(build_xlsx())
    told, plain = (read_workbook(str(tmp_path / f"budget.{kind}")) for kind in ("xlsm", "xlsx"))
    assert (told.has_macros, plain.has_macros) == (True, False) and list(told.sheets) == list(plain.sheets)
