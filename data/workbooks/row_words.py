"""Rows and fields of a plan in the words of the plan workbook: for differences on the screen and in a terminal."""

from decimal import Decimal
from typing import Any

from data.workbooks.cell_values import to_cell
from data.workbooks.columns import CellKind, Column
from data.workbooks.layout import SHEET_BY_KEY
from planning.model import Model
from planning.money import format_cents, format_dollars
from planning.revisions.diff import ChangeKind, FieldChange, RowChange, list_field_changes
from planning.revisions.merge import Conflict
from planning.revisions.rows import DISTRICT, RowKey

NOTHING = "nothing"
# Fields that the workbook spreads over columns headed by fiscal years.
_BY_YEAR = {"fiscal_year": "Fiscal year", "amount_cents": "Amount", "count": "Count", "amounts": "Amount"}


def name_section(section: str) -> str:
    """The sheet on which the rows of a section stand."""
    return SHEET_BY_KEY[section].name


def name_row_in_full(key: RowKey) -> str:
    """The sheet and the row: `Cost lines: wifi-switches`."""
    return name_section(key.section) if key.section == DISTRICT else f"{name_section(key.section)}: {key.title}"


def name_field(section: str, change: FieldChange) -> str:
    """The heading of a field, with its fiscal year where it has one."""
    column = _find_column(section, change.field)
    return change.fiscal_year or (column.header if column else _BY_YEAR[change.field])


def show_value(section: str, field: str, value: Any) -> str:  # noqa: ANN401 - a model field of any type
    """A value as a person would type it."""
    column = _find_column(section, field)
    if value in (None, "", ()):
        return NOTHING
    if field in ("amounts", "amount_cents"):
        return format_cents(value, places=2, symbol=True) if value else "$0.00"
    if column is None:
        return _show_number(value) if isinstance(value, Decimal) else str(value)
    if column.kind is CellKind.PERCENT:
        return f"{_show_number(value * 100)} %"
    if column.kind in (CellKind.DOLLARS, CellKind.UNIT_PRICE):
        return _show_dollars(value)
    cell = to_cell(column, value)
    return _show_number(cell) if isinstance(cell, Decimal) else str(cell)


def describe_change(change: RowChange) -> str:
    """What a change did to its row: the fields from and to, or what a new or deleted row holds."""
    section = change.key.section
    if change.kind is ChangeKind.CHANGED:
        parts = [
            f"{name_field(section, field)} {show_value(section, field.field, field.before)}"
            f" → {show_value(section, field.field, field.after)}"
            for field in change.fields
        ]
    else:
        parts = [
            f"{name_field(section, field)} {show_value(section, field.field, value)}"
            for field in change.fields
            if (value := field.after if change.after else field.before) not in (None, "", ())
        ]
    return "; ".join(parts)


def describe_state(conflict: Conflict, row: Model | None) -> str:
    """One side of a conflict: the fields in which the two sides differ, as this side has them."""
    if row is None:
        return "deleted"
    section, other = conflict.key.section, conflict.mine if row is conflict.theirs else conflict.theirs
    return "; ".join(
        f"{name_field(section, field)} {show_value(section, field.field, field.after)}"
        for field in list_field_changes(other, row)
    )


def _find_column(section: str, field: str) -> Column | None:
    return next((column for column in SHEET_BY_KEY[section].read_columns if column.field == field), None)


def _show_number(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_dollars(dollars: Decimal) -> str:
    parts_of_a_cent = len(f"{dollars:f}".partition(".")[2].rstrip("0"))
    return format_dollars(dollars, places=max(2, parts_of_a_cent), symbol=True) if dollars else "$0.00"
