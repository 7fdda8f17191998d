"""More of what people print around the same budget: other orders of columns, headers over two rows, comparing columns,
copies of a sheet, totals left away."""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from data.intake.cells import CellValue, Sheet, Workbook
from tests.data.intake.variants import Layout, Row, SheetLayout, map_sheets, place, read_cell

_YEAR_THEN_REST = re.compile(
    r"((?:FY|fiscal year)?\s*'?(?:\d{4}|\d{2})(?:\s*[-–/]\s*(?:\d{4}|\d{2}))?)\s+(\S.*)\Z", re.I | re.S
)


def _width(sheet: Sheet) -> int:
    return max(map(len, sheet.rows), default=0)


def _is_simple(known: SheetLayout) -> bool:
    """One table under one header row."""
    return known.tables == 1 and len(known.headers) == 1


def _has_sum_columns(sheet: Sheet, known: SheetLayout) -> bool:
    """Whether a column adds up others, which must stay beside them."""
    cells = [cell for row in known.headers for cell in sheet.rows[row] if type(cell) is str]
    return any(re.search(r"\btotals?\b|\bsum\b", cell, re.I) for cell in cells)


def reorder_columns(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Columns of amounts among themselves in another order; the same in all sheets that are as wide."""
    if not any(known.amounts for known in layout.values()):
        return None
    orders: dict[tuple[int, ...], list[int]] = {}

    def reorder(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        columns = tuple(sorted({c for _, c in known.amounts}))
        if known.tables != 1 or len(known.headers) > 1 or len(columns) < 2 or _has_sum_columns(sheet, known):
            return sheet
        order = orders.setdefault(columns, random.sample(columns, len(columns)))
        moved = dict(zip(columns, order, strict=True))
        return place(sheet, range(len(sheet.rows)), [moved.get(c, c) for c in range(_width(sheet))])

    changed = map_sheets(workbook, reorder)
    return None if changed == workbook else changed


def put_labels_last(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """The last column of labels right of all amounts, as some exports have their description."""

    def move(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        columns = sorted({c for _, c in known.amounts})
        if not _is_simple(known) or not columns or columns[0] < 2:
            return sheet
        label = columns[0] - 1
        order = [c for c in range(_width(sheet)) if c != label]
        order.insert(order.index(columns[-1]) + 1, label)
        return place(sheet, range(len(sheet.rows)), order)

    changed = map_sheets(workbook, move)
    return None if changed == workbook else changed


def split_headers(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """`FY25 Adopted` as FY25 over Adopted, in a header band of two rows."""

    def split(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        if not _is_simple(known):
            return sheet
        row = known.first_header
        cells = list(sheet.rows[row])
        parts = [_YEAR_THEN_REST.match(cell) if type(cell) is str else None for cell in cells]
        if sum(1 for part in parts if part) < 2:
            return sheet
        upper: Row = [part[1] if part else None for part in parts]
        lower: Row = [part[2] if part else cell for part, cell in zip(parts, cells, strict=True)]
        return place(sheet, [*range(row), upper, lower, *range(row + 1, len(sheet.rows))])

    changed = map_sheets(workbook, split)
    return None if changed == workbook else changed


def mark_headers(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """Footnote marks behind the headers of amounts."""

    def mark(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        columns = {c for _, c in known.amounts}
        rows = [list(cells) for cells in sheet.rows]
        for row in sorted(known.headers)[-1:]:
            for column in columns:
                cell = rows[row][column] if column < len(rows[row]) else None
                rows[row][column] = f"{cell}*" if type(cell) is str and cell.strip() else cell
        return replace(sheet, rows=rows)

    return map_sheets(workbook, mark)


def _append_column(header: str, write: Callable[[int, list[float]], CellValue]) -> Callable:
    """A column to the right over lines (and totals): from the row's number and its amounts."""

    def change(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
        def append(sheet: Sheet) -> Sheet:
            known = layout[sheet.name]
            if not _is_simple(known) or not known.amounts or not known.counted:
                return sheet
            width = _width(sheet)
            placed = place(sheet, range(len(sheet.rows)), [*range(width), None])
            rows = [list(cells) for cells in placed.rows]
            rows[known.first_header][width] = header
            for row in known.details | known.totals:
                cells = [rows[row][c] for c in range(width) if (row, c) in known.amounts]
                rows[row][width] = write(row, [number for cell in cells if (number := read_cell(cell)) is not None])
            return replace(placed, rows=rows)

        changed = map_sheets(workbook, append)
        return None if changed == workbook else changed

    return change


def _compare(row: int, amounts: list[float]) -> CellValue:
    return round(amounts[-1] - amounts[0], 2) if len(amounts) > 1 else None


def _divide(row: int, amounts: list[float]) -> CellValue:
    return round(amounts[-1] / amounts[0] - 1, 4) if len(amounts) > 1 and amounts[0] else None


add_change_column = _append_column("$ Change", _compare)
add_percent_column = _append_column("% Change", _divide)
add_percent_text_column = _append_column("Percent change", lambda row, amounts: f"{_divide(row, amounts) or 0:.1%}")
add_comments = _append_column("Comments", lambda row, amounts: "See the narrative" if row % 3 == 0 else None)
add_preparer = _append_column("Prepared by", lambda row, amounts: "Business office")


def drop_totals(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """The lines alone, as an export has them; only where every total is called one."""
    cells = [cell for sheet in workbook.sheets for row in sheet.rows for cell in row if type(cell) is str]
    if not any(known.totals for known in layout.values()) or any(re.match(r"less\b", cell, re.I) for cell in cells):
        return None
    return map_sheets(
        workbook, lambda s: place(s, [row for row in range(len(s.rows)) if row not in layout[s.name].totals])
    )


def copy_sheet(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """A copy of the first sheet with lines, as people leave one before they change it."""
    sheets = [sheet for sheet in workbook.sheets if layout[sheet.name].amounts]
    if not sheets or sum(1 for _ in layout[sheets[0].name].details) < 3:
        return None
    copy = replace(sheets[0], name=f"{sheets[0].name} (2)", visible=random.random() < 0.5)
    return replace(workbook, sheets=[*workbook.sheets, copy])


def spoil_number(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """One amount of a line that is no number any more: 793.138.22."""
    places = [(s, r, c) for s in layout for r, c in sorted(layout[s].amounts) if r in layout[s].details]
    if not places:
        return None
    name, row, column = random.choice(places)

    def spoil(sheet: Sheet) -> Sheet:
        if sheet.name != name:
            return sheet
        rows = [list(cells) for cells in sheet.rows]
        rows[row][column] = "793.138.22"
        return replace(sheet, rows=rows)

    return map_sheets(workbook, spoil)
