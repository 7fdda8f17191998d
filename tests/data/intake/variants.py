"""Ways to print the same budget differently: every change keeps what the workbook says.

A change takes the cells of a workbook, what is known of their layout and a seeded random, and answers the changed
cells, or None where it does not apply. Geometry comes last when changes are joined, because it moves the rows.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from data.intake.cells import CellValue, Range, Sheet, Workbook, column_letter
from data.intake.model import Reading, Table
from data.intake.numbers import read_amount_text
from planning.vocabulary import RowRole

Row = list[CellValue]
_TOTALS = (RowRole.TOTAL, RowRole.SUBTOTAL)
_COVERED = re.compile(r"rows? (\d+)(?:–(\d+))?\Z")


@dataclass(slots=True)
class SheetLayout:
    """What a proven reading says of one sheet: rows and columns counted from 0."""

    headers: set[int] = field(default_factory=set)
    first_header: int = 0
    titles: set[int] = field(default_factory=set)
    details: set[int] = field(default_factory=set)
    totals: set[int] = field(default_factory=set)
    amounts: set[tuple[int, int]] = field(default_factory=set)
    body_starts: dict[int, int] = field(default_factory=dict)
    covers: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    tables: int = 0
    counted: bool = False


Layout = dict[str, SheetLayout]
Change = Callable[[Workbook, Layout, Random], Workbook | None]


def find_layout(workbook: Workbook, reading: Reading) -> Layout:
    """Where headers, lines, totals and amounts stand on every sheet."""
    layout: Layout = {sheet.name: SheetLayout() for sheet in workbook.sheets}
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    for table in reading.tables:
        _add_table(layout[table.sheet], by_name[table.sheet], table)
    for tie in reading.tie_outs:
        found = _COVERED.match(tie.covers)
        row = int(re.sub(r"\D", "", tie.cell)) - 1
        span = (int(found[1]) - 1, int(found[2] or found[1]) - 1) if found else None
        layout[tie.sheet].covers[row] = span
    return layout


def _add_table(layout: SheetLayout, sheet: Sheet, table: Table) -> None:
    rows = {role: {r - 1 for r, found in table.roles.items() if found is role} for role in RowRole}
    layout.tables += 1
    layout.counted = layout.counted or table.counted
    layout.headers |= rows[RowRole.HEADER]
    layout.first_header = min(layout.headers, default=0)
    layout.titles |= rows[RowRole.TITLE]
    layout.details |= rows[RowRole.DETAIL]
    totals = rows[RowRole.TOTAL] | rows[RowRole.SUBTOTAL]
    layout.totals |= totals
    layout.body_starts.update(dict.fromkeys(totals, min(rows[RowRole.DETAIL] | totals, default=0)))
    letters = {column.column for column in table.columns}
    columns = [c for c in range(_width(sheet)) if column_letter(c) in letters]
    for row in sorted(rows[RowRole.DETAIL] | totals):
        cells = sheet.rows[row]
        layout.amounts |= {(row, c) for c in columns if c < len(cells) and read_cell(cells[c]) is not None}
        layout.amounts |= {
            (row, c) for c in range(max(columns, default=len(cells)) + 1, len(cells)) if _has_cents(cells[c])
        }


def _width(sheet: Sheet) -> int:
    return max(map(len, sheet.rows), default=0)


def read_cell(cell: CellValue) -> float | None:
    """The number of a cell, plain or written."""
    if type(cell) is str:
        return read_amount_text(cell)
    return float(cell) if type(cell) is float or type(cell) is int else None


def _has_cents(cell: CellValue) -> bool:
    number = read_cell(cell)
    return number is not None and (number % 1 != 0 or abs(number) >= 10_000)


# Geometry


def place(sheet: Sheet, rows: Sequence[int | Row | None], columns: Sequence[int | None] | None = None) -> Sheet:
    """A sheet with its rows and columns in other places: numbers are old places, None is empty, a list a new row."""
    width = _width(sheet)
    columns = list(range(width)) if columns is None else columns
    new_rows = {old: new for new, old in enumerate(rows) if type(old) is int}
    new_columns = {old: new for new, old in enumerate(columns) if old is not None}
    formats = {
        (new_rows[r], new_columns[c]): text
        for (r, c), text in sheet.formats.items()
        if r in new_rows and c in new_columns
    }
    return replace(sheet, rows=[_place_row(sheet, row, columns) for row in rows], formats=formats, merged=())


def _place_row(sheet: Sheet, row: int | Row | None, columns: Sequence[int | None]) -> Row:
    if row is None:
        return [None] * len(columns)
    if type(row) is list:
        return row + [None] * (len(columns) - len(row))
    assert type(row) is int
    cells = sheet.rows[row]
    return [cells[c] if c is not None and c < len(cells) else None for c in columns]


def map_sheets(workbook: Workbook, change: Callable[[Sheet], Sheet]) -> Workbook:
    return replace(workbook, sheets=[change(sheet) for sheet in workbook.sheets])


def map_cells(workbook: Workbook, change: Callable[[Sheet, int, int, CellValue], CellValue]) -> Workbook:
    """Every cell changed by itself: sheet, row, column and value go in."""

    def change_sheet(sheet: Sheet) -> Sheet:
        rows = [[change(sheet, r, c, cell) for c, cell in enumerate(cells)] for r, cells in enumerate(sheet.rows)]
        return replace(sheet, rows=rows)

    return map_sheets(workbook, change_sheet)


def shuffle_sheets(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    if len(workbook.sheets) < 2:
        return None
    return replace(workbook, sheets=random.sample(list(workbook.sheets), len(workbook.sheets)))


def add_other_sheets(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """A cover, a list of choices and an empty sheet beside the budget."""
    cover = Sheet("Cover", [["Notes for the reader"], [None], ["Questions go to the business office."]])
    lists = Sheet("Lists", [["Choices"], ["Yes"], ["No"], ["To be decided"]], visible=False)
    sheets = [*workbook.sheets, Sheet("Empty", [])]
    sheets.insert(random.randrange(len(sheets)), lists)
    return replace(workbook, sheets=[cover, *sheets])


def rename_sheets(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    word = random.choice(["Sheet", "Page ", "Tab "])
    return replace(workbook, sheets=[replace(s, name=f"{word}{i + 1}") for i, s in enumerate(workbook.sheets)])


def shift_down(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    return map_sheets(workbook, lambda s: place(s, [None] * random.randint(1, 9) + list(range(len(s.rows)))))


def shift_right(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    return map_sheets(
        workbook, lambda s: place(s, range(len(s.rows)), [None] * random.randint(1, 5) + list(range(_width(s))))
    )


def shift_both(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    return shift_down(shift_right(workbook, layout, random), layout, random)


def add_spacer_columns(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """An empty column here and there, as people leave them for the eye."""

    def widen(sheet: Sheet) -> Sheet:
        columns: list[int | None] = []
        for column in range(_width(sheet)):
            columns += [None, column] if column and random.random() < 0.5 else [column]
        return place(sheet, range(len(sheet.rows)), columns)

    return map_sheets(workbook, widen)


def add_blank_rows(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """Blank rows among the lines and totals, and one right below the header."""

    def space(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        rows: list[int | Row | None] = []
        for row in range(len(sheet.rows)):
            if row in known.details | known.totals and (random.random() < 0.15 or row - 1 in known.headers):
                rows.append(None)
            rows.append(row)
        return place(sheet, rows)

    return map_sheets(workbook, space)


def claim_more_cells(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """Empty rows and columns after the data, as formatting down to the end leaves them."""
    return map_sheets(
        workbook, lambda s: place(s, [*range(len(s.rows)), *[None] * 300], [*range(_width(s)), *[None] * 40])
    )


_TITLES: tuple[Row, ...] = (
    ["Riverbend Union"],
    ["For discussion by the committee"],
    ["Page 1 of 3"],
    ["Printed 5/1/2026 10:33 AM"],
    ["Run by: business office"],
    [None],
)
_NOTES: tuple[Row, ...] = (
    ["Figures are rounded where noted."],
    ["* See the notes on page 12."],
    [datetime(2026, 5, 1, 10, 33)],
    ["Printed 5/1/2026 10:33 AM"],
    ["End of report"],
    [None],
)


def add_titles(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """Title rows and a print date above everything."""

    def add(sheet: Sheet) -> Sheet:
        titles = [list(row) for row in random.sample(_TITLES, random.randint(1, 4))]
        return place(sheet, [*titles, [None], *range(len(sheet.rows))])

    return map_sheets(workbook, add)


def add_merged_titles(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """A title over the whole width, merged: its text stands in the first cell only."""

    def add(sheet: Sheet) -> Sheet:
        placed = place(sheet, [["Riverbend Union"], ["For discussion"], *range(len(sheet.rows))])
        last = max(1, _width(sheet) - 1)
        return replace(placed, merged=[Range(row, 0, row, last) for row in (0, 1)])

    return map_sheets(workbook, add)


def add_notes(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """Notes, a print date and an end mark below everything."""

    def add(sheet: Sheet) -> Sheet:
        notes = [list(row) for row in random.sample(_NOTES, random.randint(2, 4))]
        return place(sheet, [*range(len(sheet.rows)), None, *notes])

    return map_sheets(workbook, add)


def repeat_headers(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """The header band again at the top of every printed page."""
    if not any(known.headers and known.tables == 1 for known in layout.values()):
        return None
    length = random.randint(25, 60)

    def page(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        if not known.headers or known.tables != 1:
            return sheet
        band = [row for row in sorted(known.headers) if row - known.first_header < len(known.headers)]
        rows: list[int | Row | None] = []
        for row in range(len(sheet.rows)):
            since = row - max(band)
            if row in known.details and since > 1 and since % length == 0:
                rows += [list(sheet.rows[header]) for header in band]
            rows.append(row)
        return place(sheet, rows)

    return map_sheets(workbook, page)


def add_row_numbers(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """A helper column that counts the rows, as print-outs and exports have; sometimes hidden, sometimes named."""
    header = random.choice(["", "#", "No.", "Row", "Line"])

    def number(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        placed = place(sheet, range(len(sheet.rows)), [None, *range(_width(sheet))])
        rows = [list(cells) for cells in placed.rows]
        for row in sorted(known.headers)[-1:]:
            rows[row][0] = header or None
        for count, row in enumerate(sorted(known.details | known.totals), start=1):
            rows[row][0] = float(count)
        return replace(placed, rows=rows, hidden_columns=frozenset({0}))

    return map_sheets(workbook, number)


def add_hidden_keys(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """A hidden helper column to the right that joins the labels of each line for a lookup formula."""

    def add(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        width = _width(sheet)
        placed = place(sheet, range(len(sheet.rows)), [*range(width), None])
        rows = [list(cells) for cells in placed.rows]
        for row in sorted(known.headers)[-1:]:
            rows[row][width] = "Lookup key"
        for row in known.details:
            rows[row][width] = "|".join(cell for cell in rows[row] if type(cell) is str and read_cell(cell) is None)
        return replace(placed, rows=rows, hidden_columns=frozenset({width}))

    return map_sheets(workbook, add)


def put_totals_above(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Every subtotal and total moved from below its lines to above them, the wider ones first."""
    if not any(known.covers for known in layout.values()):
        return None

    def move(sheet: Sheet) -> Sheet:
        known = layout[sheet.name]
        before: dict[int, list[tuple[int, int]]] = {}
        for row, span in known.covers.items():
            first, last = span or (known.body_starts[row], row - 1)
            if first <= row and last < row:
                before.setdefault(first, []).append((-(last - first) - (span is None), row))
        moved = {row for found in before.values() for _, row in found}
        rows: list[int | Row | None] = []
        for row in range(len(sheet.rows)):
            rows += [total for _, total in sorted(before.get(row, []))]
            rows += [] if row in moved else [row]
        return place(sheet, rows)

    return map_sheets(workbook, move)


def join(*changes: Change) -> Change:
    """Several changes after each other; those that need the layout's rows come before those that move rows."""

    def apply(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
        for change in changes:
            workbook = change(workbook, layout, random) or workbook
        return workbook

    return apply
