"""Reads the cells of any workbook: the gate, then the reader, then plain data.

Meant to run in a child process (`data.jobs`), because the reader can end the process it runs in. Excel and
OpenDocument files go through calamine; text goes through `data.intake.delimited`.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.intake import gate_findings as why
from data.intake.cells import Range, Sheet, Workbook
from data.intake.gate import OLE_MAGIC, ZIP_MAGIC, GateLimits, check_content, read_content
from data.intake.gate_findings import refuse
from data.intake.long_sheets import LongSheet, join_rows
from planning.errors import InputRefused

ReportProgress = Callable[[float, str], None]
# What the part (or the storage) with the macros is called; its name is not packed.
MACRO_MARKS = (b"xl/vbaProject.bin", "_VBA_PROJECT_CUR".encode("utf-16-le"))


def read_workbook(
    path: str,
    file_name: str | None = None,
    details: bool = False,
    limits: GateLimits | None = None,
    report_progress: ReportProgress | None = None,
    late_formats: bool = False,
) -> Workbook:
    """The cells of every sheet; with `details` also number formats and what is hidden (xlsx family only).

    With `late_formats` the formats of a sheet are read when somebody first looks at them: they cost as much as the
    cells, and few readings need any. Raises InputRefused, with the reason as its finding, for whatever cannot be read.
    """
    limits = limits or GateLimits()
    file_name = file_name or Path(path).name
    content = read_content(path, limits)
    long = LongSheet(content)
    try:
        error_parts = check_content(content, limits, long.watch)
    except InputRefused:
        long.finish()
        raise
    if content.startswith((ZIP_MAGIC, OLE_MAGIC)):
        sheets = _read_binary_sheets(content, long, limits, report_progress)
        if content.startswith(ZIP_MAGIC) and (details or error_parts):
            # Late: only the xlsx family has these parts, and most workbooks have no error value.
            from data.intake.sheet_parts import add_sheet_parts

            sheets = add_sheet_parts(content, sheets, error_parts, details)
        if late_formats and content.startswith(ZIP_MAGIC):
            sheets = [replace(sheet, formats=LateFormats(content, sheet)) for sheet in sheets]
    else:
        # Late: only text files need it.
        from data.intake.delimited import read_delimited_rows

        sheets = [Sheet(Path(file_name).stem or "text", read_delimited_rows(content, limits))]
    has_macros = any(mark in content for mark in MACRO_MARKS)
    return Workbook(file_name, hashlib.sha256(content).hexdigest(), len(content), sheets, has_macros)


class LateFormats(Mapping[tuple[int, int], str]):
    """The number formats of one sheet by row and column, read at first use."""

    def __init__(self, content: bytes, sheet: Sheet) -> None:
        self._content, self._sheet = content, sheet

    @cached_property
    def _found(self) -> Mapping[tuple[int, int], str]:
        from data.intake.sheet_parts import add_sheet_parts

        return add_sheet_parts(self._content, [self._sheet], (), details=True)[0].formats

    def __getitem__(self, place: tuple[int, int]) -> str:
        return self._found[place]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _read_binary_sheets(
    content: bytes, long: LongSheet, limits: GateLimits, report_progress: ReportProgress | None
) -> list[Sheet]:
    try:
        sheets = list(_read_calamine_sheets(content, long, limits, report_progress))
    except PasswordError:
        refuse(why.PASSWORD_PROTECTED)
    except (CalamineError, ValueError, OSError):
        refuse(why.READER_GAVE_UP)
    except BaseException as problem:
        # A panic inside the reader is a BaseException of a class that cannot be imported.
        if type(problem).__name__ != "PanicException":
            raise
        refuse(why.READER_GAVE_UP)
    if not sheets:
        refuse(why.NO_SHEETS)
    return sheets


def _read_calamine_sheets(
    content: bytes, long: LongSheet, limits: GateLimits, report_progress: ReportProgress | None
) -> Iterator[Sheet]:
    opened = long.open_parts()
    workbook = opened.workbook if opened else CalamineWorkbook.from_filelike(io.BytesIO(content))
    listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    area = 0
    for number, metadata in enumerate(listed):
        if report_progress:
            report_progress(number / len(listed), f"Reading sheet {number + 1} of {len(listed)}")
        if opened and metadata.name == opened.sheet:
            parts = opened.above, opened.below
        else:
            parts = (workbook.get_sheet_by_name(metadata.name),)
        area += _calculate_area(parts)
        if area > limits.area_cells:
            refuse(why.TOO_MANY_CELLS, expected=f"{limits.area_cells:,}")
        yield _read_sheet(metadata, parts)


def _calculate_area(parts: Sequence[CalamineSheet]) -> int:
    """Cells of the rectangle from A1 to the last value, which is what comes back."""
    ends = [part.end or (-1, -1) for part in parts]
    return (max(row for row, _ in ends) + 1) * (max(column for _, column in ends) + 1)


def _read_sheet(metadata: SheetMetadata, parts: Sequence[CalamineSheet]) -> Sheet:
    # skip_empty_area would cut leading empty rows and columns, and every address would shift.
    found = parts[0].to_python(skip_empty_area=False) if len(parts) == 1 else join_rows(*parts)
    rows = [[None if value == "" else value for value in row] if "" in row else row for row in found]
    merged = tuple(Range(*first, *last) for first, last in parts[-1].merged_cell_ranges or ())
    return Sheet(metadata.name, rows, metadata.visible is SheetVisibleEnum.Visible, merged)
