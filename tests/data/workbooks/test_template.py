"""The workbook as a person meets it: drop-downs, notes, formats, frozen headings, print set-up."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.workbooks.columns import CellKind, Column, SheetLayout, is_required
from data.workbooks.drop_downs import LONGEST_ERROR
from data.workbooks.front_sheets import STEPS
from data.workbooks.grid import FIRST_ROW, HEADER_ROW, SPARE_ROWS
from data.workbooks.layout import DISTRICT, IDENTIFIED, LISTS_SHEET, README_SHEET, SHEET_BY_KEY, SHEETS
from data.workbooks.template import write_plan_workbook
from data.workbooks.words import plain_word, squeeze
from planning.fiscal_years import fiscal_year_of, shift_fiscal_year
from planning.model import Plan

GRIDS = [sheet for sheet in SHEETS if not sheet.is_form]
LISTED = (
    CellKind.CHOICE,
    CellKind.YES_NO,
    CellKind.MONTH,
    CellKind.FISCAL_YEAR,
    CellKind.TIME_ZONE,
    CellKind.REFERENCE,
)
LISTS = [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.kind in LISTED]


@pytest.fixture(scope="module")
def book(small_plan: Plan) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_plan_workbook(small_plan, "r7")))


def _header(sheet: Worksheet, layout: SheetLayout, column: Column) -> Cell:
    return sheet.cell(HEADER_ROW + 1, layout.columns.index(column) + 1)


def _rule(sheet: Worksheet, layout: SheetLayout, column: Column, row: int) -> DataValidation | None:
    """The check on a row (counted from 1) of a column, or on the answer to a question of the form."""
    position = layout.columns.index(column)
    cell = f"B{FIRST_ROW + 1 + position}" if layout.is_form else f"{get_column_letter(position + 1)}{row}"
    rules = list(sheet.data_validations.dataValidation)  # ty: ignore[invalid-argument-type]
    return next((rule for rule in rules if cell in MultiCellRange(str(rule.sqref))), None)


def _bounds(cells: str) -> tuple[int, int, int, int]:
    first_column, first_row, last_column, last_row = range_boundaries(cells)
    return first_row, last_row, first_column, last_column


def test_the_sheets_stand_in_the_order_of_the_work(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [README_SHEET, *(sheet.name for sheet in SHEETS), LISTS_SHEET]
    assert all(sheet.sheet_state == "visible" for sheet in book)


@pytest.mark.parametrize(("layout", "column"), LISTS, ids=lambda item: item.header if isinstance(item, Column) else "")
def test_every_choice_has_a_drop_down_on_filled_and_spare_rows(
    book: openpyxl.Workbook, layout: SheetLayout, column: Column
) -> None:
    first = _rule(book[layout.name], layout, column, FIRST_ROW + 1)
    assert first is not None
    assert first.type == "list"
    assert first == _rule(book[layout.name], layout, column, FIRST_ROW + SPARE_ROWS)
    source = str(first.formula1)
    assert source.startswith('"') or source in book.defined_names


def test_the_lists_hold_the_words_of_their_columns(book: openpyxl.Workbook) -> None:
    choices = [(layout, column) for layout, column in LISTS if column.kind is CellKind.CHOICE]
    for layout, column in choices:
        ((sheet, cells),) = book.defined_names[f"{layout.key}_{column.field}_list"].destinations
        words = [row[0] for row in book[sheet].iter_rows(*_bounds(cells), values_only=True)]
        assert words == [plain_word(member) for member in column.choices]
    assert len(choices) == 29


def test_ids_are_offered_as_far_as_they_are_filled(book: openpyxl.Workbook) -> None:
    for key in IDENTIFIED:
        assert f"{key}_ids" in book.defined_names
        assert "COUNTA" in book.defined_names[f"{key}_choices"].value
    assert book.defined_names["initiatives_ids"].value == f"'Initiatives'!$A$3:$A${FIRST_ROW + 2 + SPARE_ROWS}"


def test_numbers_are_held_to_the_limits_of_the_model(book: openpyxl.Workbook) -> None:
    contributions = SHEET_BY_KEY["contributions"]
    rule = _rule(book["Contributions"], contributions, contributions.column("influence"), FIRST_ROW + 1)
    assert rule is not None
    assert (rule.type, rule.formula1, rule.formula2) == ("whole", "0", "5")
    assert rule.error == "Influence takes a whole number from 0 to 5."


def test_the_words_of_a_refusal_fit_into_its_box(book: openpyxl.Workbook) -> None:
    errors = [rule.error for sheet in book for rule in sheet.data_validations.dataValidation]
    assert max(map(len, errors)) <= LONGEST_ERROR
    assert all(errors)


@pytest.mark.parametrize("layout", GRIDS, ids=lambda layout: layout.key)
def test_every_heading_explains_itself(book: openpyxl.Workbook, layout: SheetLayout) -> None:
    sheet = book[layout.name]
    for column in layout.columns:
        cell = _header(sheet, layout, column)
        assert cell.value.endswith(" *") == is_required(layout, column)
        assert cell.comment is not None
        assert column.note in cell.comment.text
        assert column.example in cell.comment.text
        assert cell.font.bold or cell.font.italic
        assert cell.border.bottom.style == "thick"


@pytest.mark.parametrize("layout", SHEETS, ids=lambda layout: layout.key)
def test_headings_stay_in_sight_and_are_printed_on_every_page(book: openpyxl.Workbook, layout: SheetLayout) -> None:
    sheet = book[layout.name]
    frozen = 0 if layout.is_form else layout.frozen_columns
    assert sheet.freeze_panes == f"{get_column_letter(frozen + 1)}{FIRST_ROW + 1}"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.tabColor is not None


@pytest.mark.parametrize("layout", GRIDS, ids=lambda layout: layout.key)
def test_columns_are_wide_enough_and_what_is_frozen_leaves_room(book: openpyxl.Workbook, layout: SheetLayout) -> None:
    sheet = book[layout.name]
    for column in layout.columns:
        width = sheet.column_dimensions[get_column_letter(layout.columns.index(column) + 1)].width
        longest_word = max(map(len, column.header.split()))
        assert max(12, longest_word + 2) <= width <= 60
    assert sum(column.width for column in layout.columns[: layout.frozen_columns]) <= 106


def test_dollars_percentages_dates_and_codes_look_like_what_they_are(book: openpyxl.Workbook) -> None:
    sources, commitments = book["Sources"], book["Commitments"]
    assert sources["D3"].number_format == "@"
    assert sources["F3"].number_format == "mmm d, yyyy"
    assert commitments["F3"].number_format == '$#,##0.00_);($#,##0.00);"–"_)'
    assert book["Rates"]["B3"].number_format == "0.0##%"
    assert book["Cost lines"].column_dimensions["P"].number_format == "@"


def test_text_that_looks_like_a_formula_stays_text(book: openpyxl.Workbook) -> None:
    cell = book["Cost lines"]["D3"]
    assert (cell.value, cell.data_type) == ("=SUM(A1) switches", "s")


def test_formulas_name_what_an_id_stands_for_and_add_up_the_years(book: openpyxl.Workbook) -> None:
    commitments = book["Commitments"]
    assert commitments["B3"].value == '=IFERROR(INDEX(initiatives_names,MATCH(A3,initiatives_ids,0)),"")'
    assert commitments["H4"].value == '=IF(COUNT(E4:G4)=0,"",SUM(E4:G4))'


def test_the_form_is_filled_and_explained(book: openpyxl.Workbook) -> None:
    form = book["District"]
    answers = {form.cell(row, 1).value: form.cell(row, 2).value for row in range(3, 3 + len(DISTRICT.columns))}
    assert answers["Fiscal year starts in"] == "July"
    assert answers["Discount rate (per year)"] == 0.035
    assert form["C10"].value.endswith("Empty means 3%. Example: 3%")


def test_the_read_me_fits_on_a_screen_and_names_the_revision(book: openpyxl.Workbook) -> None:
    lines = [[cell.value for cell in row] for row in book[README_SHEET].iter_rows()]
    assert ["Plan revision", "r7"] in lines
    assert ["District ID", "harlow"] in lines
    assert len(STEPS) <= 12
    assert book.active.title == README_SHEET


def test_an_empty_template_starts_with_the_year_after_today() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_plan_workbook(None)))
    coming = shift_fiscal_year(fiscal_year_of(date.today(), 7), 1)
    assert book["District"]["B8"].value == coming
    assert book["Commitments"]["E2"].value == coming
    counted = [cell.value for cell in book["Counts by year"]["A"][FIRST_ROW:]]
    assert counted == ["students", "staff", "devices", "sites", "users"]


def test_an_empty_template_names_the_district_it_was_made_for() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_plan_workbook(None, district=("harlow", "Harlow Ridge"))))
    assert [book["District"][cell].value for cell in ("B3", "B4")] == ["harlow", "Harlow Ridge"]
    nobody = openpyxl.load_workbook(io.BytesIO(write_plan_workbook(None)))
    assert [nobody["District"][cell].value for cell in ("B3", "B4")] == [None, None]


def test_an_empty_template_holds_no_rows_and_examples_only_in_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_plan_workbook(None, first_fiscal_year="FY2030-31")))
    for layout in GRIDS[1:]:
        rows = list(book[layout.name].iter_rows(min_row=FIRST_ROW + 1, values_only=True))
        assert all(cell is None or str(cell).startswith("=") for row in rows for cell in row)


def test_no_two_headings_of_a_sheet_can_be_taken_for_each_other() -> None:
    for layout in SHEETS:
        for column in layout.columns:
            same = [c for c in layout.columns if squeeze(column.header) in (squeeze(c.header), squeeze(c.field))]
            assert same == [column]
