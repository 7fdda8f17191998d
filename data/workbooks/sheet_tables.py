"""From a sheet of cells to rows of typed values, wherever a person moved the headings, with every problem noted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.intake.cells import CellValue, Sheet, Workbook, cell_address
from data.workbooks import finding_kinds as kinds
from data.workbooks.cell_values import FORMULA_ERRORS, CellProblem, is_blank, read_cell, read_fiscal_year, shown
from data.workbooks.columns import CellKind, Column, SheetLayout, is_required
from data.workbooks.layout import LISTS_SHEET, README_SHEET, SHEETS, TOTAL_HEADER
from data.workbooks.notes import describe_expected
from data.workbooks.words import squeeze
from planning.findings import Finding
from planning.money import round_half_up, to_cents

_HEADER_SEARCH_ROWS = 40


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One filled row: what could be read of it, where each value stood, and whether all of it could be read."""

    sheet: str
    values: dict[str, Any] = field(default_factory=dict)
    years: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    @property
    def first_cell(self) -> str:
        return next(iter(self.cells.values()), "")


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a sheet are: positions by field and by fiscal year, and those that are not read."""

    row: int
    fields: Mapping[str, int]
    years: Mapping[str, int]
    ignored: frozenset[int]


def match_sheets(workbook: Workbook, findings: list[Finding]) -> dict[str, Sheet]:
    """The sheets of the plan by key, found by name whatever its case and spaces."""
    by_name: dict[str, list[Sheet]] = {}
    for sheet in workbook.sheets:
        by_name.setdefault(squeeze(sheet.name), []).append(sheet)
    matched = {layout.key: by_name.pop(squeeze(layout.name), []) for layout in SHEETS}
    if sum(map(bool, matched.values())) * 3 < len(SHEETS):
        wanted = ", ".join(layout.name for layout in SHEETS)
        findings.append(kinds.NOT_A_PLAN_WORKBOOK.at(found=workbook.file_name, expected=wanted))
        return {}
    for layout in SHEETS:
        found = matched[layout.key]
        if not found and not layout.is_optional:
            findings.append(kinds.SHEET_MISSING.at(sheet=layout.name, expected=layout.name))
        elif len(found) > 1:
            names = ", ".join(f"“{sheet.name}”" for sheet in found)
            findings.append(kinds.SHEET_TWICE.at(sheet=found[1].name, found=names, expected=layout.name))
    others = [sheets for name, sheets in by_name.items() if name not in (squeeze(README_SHEET), squeeze(LISTS_SHEET))]
    findings.extend(kinds.SHEET_UNKNOWN.at(sheet=sheet.name) for sheets in others for sheet in sheets)
    return {key: sheets[0] for key, sheets in matched.items() if sheets}


def read_form(layout: SheetLayout, sheet: Sheet, findings: list[Finding]) -> ReadRow:
    """The form: each question anywhere on the sheet, its answer in the next cell to the right."""
    by_heading = _columns_by_heading(layout)
    row = ReadRow(sheet.name)
    answers: dict[str, tuple[CellValue, str]] = {}
    for r, cells in enumerate(sheet.rows):
        for c, cell in enumerate(cells):
            column = by_heading.get(_heading(cell)) if isinstance(cell, str) else None
            if column is None:
                continue
            if column.field in answers:
                address = cell_address(r, c)
                findings.append(kinds.COLUMN_TWICE.at(sheet.name, address, shown(cell), column.header))
            answers[column.field] = (cells[c + 1] if c + 1 < len(cells) else None, cell_address(r, c + 1))
            break
    _note_missing_columns(layout, sheet, answers, findings)
    for column in layout.read_columns:
        if column.field in answers:
            read_cell_into(row, layout, column, *answers[column.field])
    return row


def read_rows(layout: SheetLayout, sheet: Sheet, findings: list[Finding]) -> list[ReadRow] | None:
    """The filled rows under the headings; None where there are no headings."""
    headings = _find_headings(layout, sheet, findings)
    if headings is None:
        return None
    known = {*headings.fields.values(), *headings.years.values()}
    unheaded: set[int] = set()
    rows = []
    for r in range(headings.row + 1, len(sheet.rows)):
        cells = sheet.rows[r]
        filled = {c for c, cell in enumerate(cells) if not is_blank(cell)} - headings.ignored
        for c in sorted(filled - known - unheaded):
            findings.append(kinds.COLUMN_UNHEADED.at(sheet.name, cell_address(r, c), shown(cells[c])))
        unheaded |= filled - known
        if filled & known:
            rows.append(_read_row(layout, sheet.name, cells, r, headings))
    return rows


def find_beside(sheet: Sheet, label: str) -> str:
    """The text in the cell right of a label, or nothing."""
    for cells in sheet.rows:
        for c, cell in enumerate(cells[:-1]):
            if isinstance(cell, str) and squeeze(cell) == squeeze(label):
                return "" if is_blank(cells[c + 1]) else shown(cells[c + 1])
    return ""


def _heading(cell: CellValue) -> str:
    return squeeze(re.sub(r"\([^)]*\)", "", str(cell)))


def _columns_by_heading(layout: SheetLayout) -> dict[str, Column]:
    by_field = {squeeze(column.field): column for column in layout.columns}
    return by_field | {_heading(column.header): column for column in layout.columns}


def _find_headings(layout: SheetLayout, sheet: Sheet, findings: list[Finding]) -> Headings | None:
    by_heading = _columns_by_heading(layout)
    best, most = None, 0
    for r, cells in enumerate(sheet.rows[:_HEADER_SEARCH_ROWS]):
        matches = sum(isinstance(cell, str) and _heading(cell) in by_heading for cell in cells)
        if matches > most:
            best, most = r, matches
    if best is None or most < min(2, len(layout.read_columns)):
        wanted = ", ".join(column.header for column in layout.read_columns)
        findings.append(kinds.HEADER_MISSING.at(sheet=sheet.name, expected=wanted))
        return None
    return _read_headings(layout, sheet, best, findings)


def _read_headings(layout: SheetLayout, sheet: Sheet, row: int, findings: list[Finding]) -> Headings:
    by_heading = _columns_by_heading(layout)
    fields: dict[str, int] = {}
    years: dict[str, int] = {}
    ignored: set[int] = set()
    for c, cell in enumerate(sheet.rows[row]):
        if is_blank(cell):
            continue
        column = by_heading.get(_heading(cell))
        year = None if column or not layout.years else _year_heading(sheet, row, c, findings)
        name, place = (column.field, fields) if column else (year, years)
        if name is None or (column and column.kind is CellKind.LOOKED_UP):
            ignored.add(c)
            if name is None and _heading(cell) != squeeze(TOTAL_HEADER):
                findings.append(kinds.COLUMN_UNKNOWN.at(sheet.name, cell_address(row, c), shown(cell)))
        elif name in place:
            ignored.add(c)
            findings.append(kinds.COLUMN_TWICE.at(sheet.name, cell_address(row, c), shown(cell), shown(cell)))
        else:
            place[name] = c
    _note_missing_columns(layout, sheet, fields, findings)
    return Headings(row, fields, years, frozenset(ignored))


def _year_heading(sheet: Sheet, row: int, c: int, findings: list[Finding]) -> str | None:
    cell = sheet.rows[row][c]
    try:
        return read_fiscal_year(cell)
    except CellProblem as problem:
        if problem.kind is kinds.CELL_BECAME_DATE:
            expected = "a fiscal year such as FY2026-27"
            findings.append(
                problem.kind.at(sheet.name, cell_address(row, c), problem.found, expected, column="Heading", of="")
            )
        return None


def _note_missing_columns(
    layout: SheetLayout, sheet: Sheet, present: Mapping[str, object], findings: list[Finding]
) -> None:
    for column in layout.read_columns:
        if column.field not in present:
            kind = kinds.COLUMN_MISSING if is_required(layout, column) else kinds.COLUMN_ABSENT
            findings.append(kind.at(sheet=sheet.name, expected=column.header))


def _read_row(layout: SheetLayout, sheet_name: str, cells: Sequence[CellValue], r: int, headings: Headings) -> ReadRow:
    row = ReadRow(sheet_name)
    for column in layout.read_columns:
        if column.field in headings.fields:
            c = headings.fields[column.field]
            read_cell_into(row, layout, column, cells[c] if c < len(cells) else None, cell_address(r, c))
    for year, c in sorted(headings.years.items()):
        if c < len(cells) and not is_blank(cells[c]):
            read_year_into(row, layout, year, cells[c], cell_address(r, c))
    return row


def name_row(layout: SheetLayout, values: Mapping[str, object]) -> str:
    """` of ` and the name in the row's first column, for what is said of its other cells; nothing where it has none."""
    name = values.get(layout.columns[0].field)
    return f" of {name}" if name else ""


def read_cell_into(row: ReadRow, layout: SheetLayout, column: Column, cell: CellValue, address: str) -> None:
    """One cell into the row: its value, or what is wrong with it."""
    row.cells[column.field] = address
    if is_blank(cell):
        if is_required(layout, column):
            expected = describe_expected(layout, column)
            row.problems.append(kinds.CELL_EMPTY.at(row.sheet, address, "", expected, column=column.header))
        return
    try:
        value = read_cell(column, cell)
    except CellProblem as problem:
        expected = describe_expected(layout, column)
        of = name_row(layout, row.values)
        row.problems.append(problem.kind.at(row.sheet, address, problem.found, expected, column=column.header, of=of))
        return
    row.values[column.field] = value
    if column.kind is CellKind.CODE and isinstance(cell, float | int):
        row.problems.append(kinds.CODE_WAS_NUMBER.at(row.sheet, address, value, column=column.header))
    if isinstance(value, str) and value in FORMULA_ERRORS:
        expected = describe_expected(layout, column)
        row.problems.append(kinds.CELL_FORMULA_ERROR.at(row.sheet, address, value, expected, column=column.header))
    if column.kind is CellKind.PERCENT and value > 1:
        percent = f"{(value * 100).normalize():f}"
        row.problems.append(kinds.PERCENT_LARGE.at(row.sheet, address, f"{percent} percent", column=column.header))


def read_year_into(row: ReadRow, layout: SheetLayout, year: str, cell: CellValue, address: str) -> None:
    """The cell of a fiscal year into the row: dollars as cents."""
    assert layout.years
    row.cells[year] = address
    column = Column(layout.years.field, year, layout.years.kind, layout.years.note)
    try:
        number = read_cell(column, cell)
    except CellProblem as problem:
        expected = "dollars" if column.kind is CellKind.DOLLARS else "a number"
        of = name_row(layout, row.values)
        row.problems.append(problem.kind.at(row.sheet, address, problem.found, expected, column=year, of=of))
        return
    if column.kind is not CellKind.DOLLARS:
        row.years[year] = number
        return
    row.years[year] = to_cents(number)
    if round_half_up(number, 2) != number:
        row.problems.append(kinds.CENTS_ROUNDED.at(row.sheet, address, shown(cell), round_half_up(number, 2)))
