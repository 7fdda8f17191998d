"""The plan workbook as a file a person likes to fill: the same plan gives the same bytes.

Spare rows are formatted and checked like filled ones. Everything the reader needs is in visible cells, so a workbook
may be sorted, renamed and saved again by another program.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data.intake.cells import CellValue
from data.workbooks.cell_values import FIRST_SAFE_DATE, exact_float, to_cell
from data.workbooks.columns import CellKind, Column, default_of, is_required
from data.workbooks.drop_downs import add_drop_down, add_names, list_words
from data.workbooks.front_sheets import set_up_print, write_lists, write_readme
from data.workbooks.grid import FIRST_ROW, HEADER_ROW, Grid
from data.workbooks.layout import DISTRICT, LISTS_SHEET, README_SHEET, SHEETS, TOTAL_HEADER
from data.workbooks.notes import describe_column, header_text
from data.workbooks.rows import PlanRow, list_empty_rows, list_plan_rows, list_sheet_years
from data.workbooks.styles import Styles
from planning.fiscal_years import fiscal_year_of, list_fiscal_years, shift_fiscal_year
from planning.model import Plan

FIXED_DATE = datetime(2026, 1, 1)
FORM_WORDS_WIDTH = 80
LINE_HEIGHT = 15


def write_plan_workbook(
    plan: Plan | None,
    revision: str | None = None,
    first_fiscal_year: str | None = None,
    district: tuple[str, str] = ("", ""),
) -> bytes:
    """The workbook of a plan, or an empty one to fill.

    `revision` is the stored revision the plan was read from; an upload is compared with it. An empty workbook needs
    its first fiscal year, else it takes the one that starts after today; `district` is the id and the name that are
    filled in already. InputRefused where a text is too long.
    """
    first, horizon = (plan.district.first_fiscal_year, plan.district.horizon_years) if plan else (first_fiscal_year, 5)
    first = first or shift_fiscal_year(fiscal_year_of(date.today(), 7), 1)
    rows = list_plan_rows(plan) if plan else list_empty_rows()
    grids = [
        Grid(layout, rows[layout.key], list_sheet_years(layout, rows[layout.key], first, horizon)) for layout in SHEETS
    ]
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Technology plan", "created": FIXED_DATE})
        book.set_size(2400, 1400)
        answers = {"first_fiscal_year": first, "district_id": district[0], "name": district[1]}
        _write_book(book, plan, revision, answers, grids)
    return file.getvalue()


def _write_book(
    book: xlsxwriter.Workbook,
    plan: Plan | None,
    revision: str | None,
    answers: Mapping[str, str],
    grids: Sequence[Grid],
) -> None:
    styles = Styles(book)
    write_readme(book.add_worksheet(README_SHEET), styles, plan, revision)
    words = list_words(_list_years(plan, answers["first_fiscal_year"]))
    names = {grid.layout.key: _name_by_identifier(grid) for grid in grids}
    for grid in grids:
        sheet = book.add_worksheet(grid.layout.name)
        sheet.set_tab_color(grid.layout.tab_color)
        if grid.layout.is_form:
            _write_form(sheet, styles, plan, answers)
        else:
            _write_grid(sheet, styles, grid, names)
        set_up_print(sheet)
    write_lists(book.add_worksheet(LISTS_SHEET), styles, words)
    add_names(book, grids, words)


def _list_years(plan: Plan | None, first: str) -> tuple[str, ...]:
    """The fiscal years a drop-down offers: some before the plan, and enough after it for what lasts."""
    return list_fiscal_years(shift_fiscal_year(first, -5), 5 + (plan.district.horizon_years if plan else 5) + 10)


def _write_form(sheet: Worksheet, styles: Styles, plan: Plan | None, answers: Mapping[str, str]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, FORM_WORDS_WIDTH)
    sheet.write_string(0, 0, f"{DISTRICT.name}: {DISTRICT.purpose}", styles.title)
    for c, heading in enumerate(("Question", "Answer", "What it means")):
        sheet.write_string(HEADER_ROW, c, heading, styles.optional)
    for r, column in enumerate(DISTRICT.columns, FIRST_ROW):
        if plan:
            value = getattr(plan.district, column.field)
        else:
            value = answers.get(column.field) or default_of(DISTRICT, column)
        sheet.write_string(r, 0, header_text(DISTRICT, column), styles.header(DISTRICT, column))
        _write_cell(sheet, r, 1, column.kind, to_cell(column, value), styles.cells[column.kind])
        words = describe_column(DISTRICT, column)
        sheet.write_string(r, 2, words, styles.words)
        sheet.set_row(r, LINE_HEIGHT * max(1, ceil(len(words) / FORM_WORDS_WIDTH)))
        add_drop_down(sheet, DISTRICT, column, 1, r, r)
    sheet.freeze_panes(FIRST_ROW, 0)


def _write_grid(sheet: Worksheet, styles: Styles, grid: Grid, names: dict[str, dict[str, str]]) -> None:
    layout = grid.layout
    sheet.write_string(0, 0, f"{layout.name}: {layout.purpose}", styles.title)
    for c, column in enumerate(layout.columns):
        sheet.set_column(c, c, column.width, styles.cells[column.kind])
        sheet.write_string(HEADER_ROW, c, header_text(layout, column), styles.header(layout, column))
        _write_note(sheet, c, describe_column(layout, column))
        if column.kind is not CellKind.LOOKED_UP:
            add_drop_down(sheet, layout, column, c, FIRST_ROW, grid.last_row)
            if is_required(layout, column) and c:
                _mark_missing(sheet, styles, c, grid.last_row)
    if layout.years:
        _write_year_headings(sheet, styles, grid)
    for r, row in enumerate(grid.rows, FIRST_ROW):
        _write_row(sheet, styles, grid, r, row)
    _write_formulas(sheet, styles, grid, names)
    sheet.autofilter(HEADER_ROW, 0, grid.last_row, grid.column_count - 1)
    sheet.freeze_panes(FIRST_ROW, layout.frozen_columns)
    sheet.set_row(HEADER_ROW, 32)


def _write_year_headings(sheet: Worksheet, styles: Styles, grid: Grid) -> None:
    years = grid.layout.years
    assert years
    first = len(grid.layout.columns)
    for c, year in enumerate(grid.years, first):
        sheet.set_column(c, c, 17, styles.cells[years.kind])
        sheet.write_string(HEADER_ROW, c, year, styles.optional)
        add_drop_down(sheet, grid.layout, Column("", year, years.kind, years.note), c, FIRST_ROW, grid.last_row)
    _write_note(sheet, first, years.note)
    if years.total:
        sheet.set_column(grid.total_column, grid.total_column, 18, styles.total)
        sheet.write_string(HEADER_ROW, grid.total_column, TOTAL_HEADER, styles.looked_up)


def _write_row(sheet: Worksheet, styles: Styles, grid: Grid, r: int, row: PlanRow) -> None:
    for c, column in enumerate(grid.layout.columns):
        if column.kind is not CellKind.LOOKED_UP:
            value = to_cell(column, row.values.get(column.field))
            _write_cell(sheet, r, c, column.kind, value, styles.cells[column.kind])
    kind = grid.layout.years.kind if grid.layout.years else CellKind.NUMBER
    for c, year in enumerate(grid.years, len(grid.layout.columns)):
        _write_cell(sheet, r, c, kind, row.years.get(year), styles.cells[kind])


def _write_cell(
    sheet: Worksheet, r: int, c: int, kind: CellKind, value: CellValue | Decimal | int, style: Format
) -> None:
    if value is None:
        return
    if isinstance(value, Decimal | int):
        number = exact_float(value)
        # A spreadsheet would drop the last digits of a longer number; as text it keeps them all.
        if number is None:
            sheet.write_string(r, c, str(value), style)
        else:
            sheet.write_number(r, c, number, style)
    elif isinstance(value, date) and value >= FIRST_SAFE_DATE:
        sheet.write_datetime(r, c, datetime.combine(value, time()), style)
    else:
        sheet.write_string(r, c, str(value), style)


def _write_formulas(sheet: Worksheet, styles: Styles, grid: Grid, names: dict[str, dict[str, str]]) -> None:
    """Names looked up and rows added up, with their results stored for readers that do not calculate."""
    for r in range(FIRST_ROW, grid.last_formula_row + 1):
        row = grid.rows[r - FIRST_ROW] if r - FIRST_ROW < len(grid.rows) else PlanRow({})
        for c, column in enumerate(grid.layout.columns):
            if column.kind is CellKind.LOOKED_UP:
                identifier = str(row.values.get(grid.layout.columns[c - 1].field, ""))
                result = names[column.refers_to].get(identifier, "")
                sheet.write_formula(r, c, grid.lookup_formula(r, c), styles.cells[column.kind], result)
        if grid.layout.years and grid.layout.years.total:
            total = float(sum(row.years.values())) if row.years else ""
            sheet.write_formula(r, grid.total_column, grid.total_formula(r), styles.total, total)


def _name_by_identifier(grid: Grid) -> dict[str, str]:
    """What a person calls the rows of a sheet, by their ids: its second column."""
    if len(grid.layout.columns) < 2 or grid.layout.is_form:
        return {}
    key, name = (column.field for column in grid.layout.columns[:2])
    return {str(row.values.get(key)): str(row.values.get(name)) for row in reversed(grid.rows)}


def _write_note(sheet: Worksheet, c: int, text: str) -> None:
    sheet.write_comment(HEADER_ROW, c, text, {"x_scale": 2, "y_scale": 1.2, "font_size": 9})


def _mark_missing(sheet: Worksheet, styles: Styles, c: int, last_row: int) -> None:
    cell = xl_rowcol_to_cell(FIRST_ROW, c)
    formula = f'=AND($A{FIRST_ROW + 1}<>"",{cell}="")'
    sheet.conditional_format(
        FIRST_ROW, c, last_row, c, {"type": "formula", "criteria": formula, "format": styles.missing}
    )
