"""The drop-downs and checks a spreadsheet makes while a person types; the reader checks everything again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data.workbooks.cell_values import FIRST_SAFE_DATE, LARGEST_NUMBER
from data.workbooks.columns import CellKind, Column, SheetLayout, limits_of
from data.workbooks.grid import FIRST_ROW, Grid
from data.workbooks.layout import IDENTIFIED, LISTS_SHEET, SHEETS
from data.workbooks.notes import describe_expected
from data.workbooks.words import MONTHS, plain_word

FISCAL_YEARS_LIST = "fiscal_years_list"
# Offered, not required: any name of the IANA list is taken.
US_TIME_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
)
LONGEST_ERROR = 255  # characters a spreadsheet shows
_NUMBERS = (CellKind.DOLLARS, CellKind.UNIT_PRICE, CellKind.PERCENT, CellKind.NUMBER, CellKind.WHOLE)


def list_words(fiscal_years: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words of every drop-down that is the same on all rows, by the name of its list."""
    words: dict[str, tuple[str, ...]] = {FISCAL_YEARS_LIST: tuple(fiscal_years)}
    for layout in SHEETS:
        for column in layout.columns:
            if column.choices:
                words[_list_name(layout, column)] = tuple(plain_word(member) for member in column.choices)
    return words


def add_names(book: xlsxwriter.Workbook, grids: Sequence[Grid], words: dict[str, tuple[str, ...]]) -> None:
    """The named ranges that drop-downs and look-ups use."""
    for c, (name, values) in enumerate(words.items()):
        letter = xl_col_to_name(c)
        book.define_name(name, f"={LISTS_SHEET}!${letter}$2:${letter}${len(values) + 1}")
    for grid in grids:
        key = grid.layout.key
        if key in IDENTIFIED:
            ids = grid.column_range(0)
            book.define_name(f"{key}_ids", f"={ids}")
            book.define_name(f"{key}_names", f"={grid.column_range(1)}")
            # Only as long as it is filled: blank choices would let anything through, and open the list at its end.
            first = ids.split(":")[0]
            book.define_name(f"{key}_choices", f"={first}:INDEX({ids},MAX(1,COUNTA({ids})))")


def add_drop_down(sheet: Worksheet, layout: SheetLayout, column: Column, c: int, first_row: int, last_row: int) -> None:
    """The check of one column, with its own words when it refuses."""
    rule = _rule_of(layout, column, c, last_row)
    if not rule:
        return
    expected = describe_expected(layout, column) if column.field else "a number"
    message = f"{column.header} takes {expected}."
    rule |= {
        "error_title": column.header[:32],
        "error_message": message if len(message) <= 255 else message[:254] + "…",
    }
    sheet.data_validation(first_row, c, last_row, c, rule)


def _list_name(layout: SheetLayout, column: Column) -> str:
    return f"{layout.key}_{column.field}_list"


def _rule_of(layout: SheetLayout, column: Column, c: int, last_row: int) -> dict[str, Any] | None:
    # "warning" lets a person go on: for names that may be typed before the row they name.
    lists: dict[CellKind, dict[str, Any]] = {
        CellKind.CHOICE: {"source": f"={_list_name(layout, column)}"},
        CellKind.YES_NO: {"source": ["yes", "no"]},
        CellKind.MONTH: {"source": list(MONTHS)},
        CellKind.TIME_ZONE: {"source": list(US_TIME_ZONES), "error_type": "warning"},
        CellKind.FISCAL_YEAR: {"source": f"={FISCAL_YEARS_LIST}", "error_type": "warning"},
        CellKind.REFERENCE: {"source": f"={column.refers_to}_choices", "error_type": "warning"},
    }
    if column.kind in lists:
        return {"validate": "list", **lists[column.kind]}
    if column.kind in _NUMBERS:
        return _number_rule(layout, column)
    if column.kind is CellKind.DATE:
        return {"validate": "date", "criteria": ">=", "value": FIRST_SAFE_DATE}
    if column.kind is CellKind.IDENTIFIER and not layout.is_form:
        letter = xl_col_to_name(c)
        column_range = f"${letter}${FIRST_ROW + 1}:${letter}${last_row + 1}"
        return {"validate": "custom", "value": f"=COUNTIF({column_range},{letter}{FIRST_ROW + 1})=1"}
    return None


def _number_rule(layout: SheetLayout, column: Column) -> dict[str, Any]:
    limits = limits_of(layout, column) if column.field else {}
    low = limits.get("ge", limits.get("gt", -LARGEST_NUMBER))
    high = limits.get("le", limits.get("lt", LARGEST_NUMBER))
    validate = "integer" if column.kind is CellKind.WHOLE else "decimal"
    return {"validate": validate, "criteria": "between", "minimum": _plain(low), "maximum": _plain(high)}


def _plain(number: Decimal) -> float | int:
    return int(number) if number == number.to_integral_value() else float(number)
