"""Workbooks as cells without the reader child, and with cells replaced as a person would."""

import io
from dataclasses import replace

from python_calamine import CalamineWorkbook

from data.intake.cells import CellValue, Sheet, Workbook


def cells_of(content: bytes) -> Workbook:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [
        Sheet(name, [[None if cell == "" else cell for cell in row] for row in rows])
        for name in book.sheet_names
        for rows in [book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    ]
    return Workbook("plan.xlsx", "0" * 64, len(content), sheets)


def with_cells(workbook: Workbook, sheet_name: str, **cells: CellValue) -> Workbook:
    """The workbook with cells replaced: with_cells(workbook, "Goals", B3="Another goal")."""
    return with_sheet(workbook, sheet_name, [_changed(sheet, cells) for sheet in sheets_named(workbook, sheet_name)])


def with_sheet(workbook: Workbook, sheet_name: str, sheets: list[Sheet]) -> Workbook:
    """The workbook with these sheets instead of the one of that name."""
    others = [sheet for sheet in workbook.sheets if sheet.name != sheet_name]
    return replace(workbook, sheets=[*others, *sheets])


def sheets_named(workbook: Workbook, name: str) -> list[Sheet]:
    return [sheet for sheet in workbook.sheets if sheet.name == name]


def _changed(sheet: Sheet, cells: dict[str, CellValue]) -> Sheet:
    grid = [list(row) for row in sheet.rows]
    for address, value in cells.items():
        row, column = int(address[1:]) - 1, ord(address[0]) - ord("A")
        grid += [[] for _ in range(row + 1 - len(grid))]
        grid[row] += [None] * (column + 1 - len(grid[row]))
        grid[row][column] = value
    return replace(sheet, rows=grid)
