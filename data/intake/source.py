"""Reads the cells of any workbook: the gate, then the reader, then plain data.

Meant to run in a child process (`data.jobs`), because the reader can end the process it runs in. Excel and
OpenDocument files go through calamine; text goes through `data.intake.delimited`.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.intake import gate_findings as why
from data.intake.cells import CellValue, Range, Sheet, Workbook
from data.intake.gate import OLE_MAGIC, ZIP_MAGIC, GateLimits, check_content, read_content
from data.intake.gate_findings import refuse
from data.intake.long_sheets import LongSheet, ReadSheet

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
    long = LongSheet(content, limits)
    try:
        error_parts = check_content(content, limits, long.find_scan)
    finally:
        long.finish()
    if content.startswith((ZIP_MAGIC, OLE_MAGIC)):
        sheets = _read_binary_sheets(content, long, limits, report_progress)
        if content.startswith(ZIP_MAGIC) and (details or error_parts):
            # Late: only the xlsx family has these parts, and most workbooks have no error value.
            from data.intake.sheet_parts import add_sheet_parts

            sheets = add_sheet_parts(content, sheets, error_parts, details)
        if late_formats and content.startswith(ZIP_MAGIC):
            sheets = [_read_details_late(content, sheet) for sheet in sheets]
    else:
        # Late: only text files need it.
        from data.intake.delimited import read_delimited_rows

        sheets = [Sheet(Path(file_name).stem or "text", read_delimited_rows(content, limits))]
    has_macros = any(mark in content for mark in MACRO_MARKS)
    return Workbook(file_name, hashlib.sha256(content).hexdigest(), len(content), sheets, has_macros)


def _read_details_late(content: bytes, sheet: Sheet) -> Sheet:
    details = LateDetails(content, sheet)
    return replace(sheet, formats=LateFormats(details), hidden_columns=LateHiddenColumns(details))


class LateDetails:
    """What a sheet has beside its cells, read at first use."""

    def __init__(self, content: bytes, sheet: Sheet) -> None:
        self._content, self._sheet = content, sheet

    @cached_property
    def found(self) -> Sheet:
        """The sheet with its formats and with what is hidden."""
        from data.intake.sheet_parts import add_sheet_parts

        return add_sheet_parts(self._content, [self._sheet], (), details=True)[0]


class LateFormats(Mapping[tuple[int, int], str]):
    """The number formats of one sheet by row and column, read at first use."""

    def __init__(self, details: LateDetails) -> None:
        self._details = details

    def __getitem__(self, place: tuple[int, int]) -> str:
        return self._details.found.formats[place]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._details.found.formats)

    def __len__(self) -> int:
        return len(self._details.found.formats)


class LateHiddenColumns(Set[int]):
    """The hidden columns of one sheet, read at first use."""

    def __init__(self, details: LateDetails) -> None:
        self._details = details

    def __contains__(self, column: object) -> bool:
        return column in self._details.found.hidden_columns

    def __iter__(self) -> Iterator[int]:
        return iter(self._details.found.hidden_columns)

    def __len__(self) -> int:
        return len(self._details.found.hidden_columns)


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
    read = long.read()
    workbook = read.workbook if read else CalamineWorkbook.from_filelike(io.BytesIO(content))
    listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    area = 0
    for number, metadata in enumerate(listed):
        if report_progress:
            report_progress(number / len(listed), f"Reading sheet {number + 1} of {len(listed)}")
        own = read if read and metadata.name == read.name else None
        sheet = own or workbook.get_sheet_by_name(metadata.name)
        area += _calculate_area(sheet)
        if area > limits.area_cells:
            refuse(why.TOO_MANY_CELLS, expected=f"{limits.area_cells:,}")
        yield Sheet(metadata.name, _list_rows(sheet), metadata.visible is SheetVisibleEnum.Visible, _list_merges(sheet))


def _calculate_area(sheet: CalamineSheet | ReadSheet) -> int:
    """Cells of the rectangle from A1 to the last value, which is what comes back."""
    row, column = sheet.end or (-1, -1)
    return (row + 1) * (column + 1)


def _list_rows(sheet: CalamineSheet | ReadSheet) -> Sequence[Sequence[CellValue]]:
    if isinstance(sheet, ReadSheet):
        return sheet.build_rows()
    # skip_empty_area would cut leading empty rows and columns, and every address would shift.
    found = sheet.to_python(skip_empty_area=False)
    return [[None if value == "" else value for value in row] if "" in row else row for row in found]


def _list_merges(sheet: CalamineSheet | ReadSheet) -> tuple[Range, ...]:
    return tuple(Range(*first, *last) for first, last in sheet.merged_cell_ranges or ())
