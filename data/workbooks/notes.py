"""Headings, notes and expectations as a person reads them: on the sheets, in findings and in the docs."""

from decimal import Decimal

from data.workbooks.cell_values import to_cell
from data.workbooks.columns import CellKind, Column, SheetLayout, default_of, is_required, limits_of
from data.workbooks.layout import SHEET_BY_KEY
from data.workbooks.words import MONTHS, plain_word


def header_text(layout: SheetLayout, column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.header}{unit}{' *' if is_required(layout, column) else ''}"


def describe_use(layout: SheetLayout, column: Column) -> str:
    """What a column is and what it takes."""
    if column.kind in (CellKind.LOOKED_UP, CellKind.TEXT):
        return column.note
    return f"{column.note} Takes {describe_expected(layout, column)}."


def describe_empty(layout: SheetLayout, column: Column) -> str:
    """What an empty cell means, or nothing where it means nothing."""
    if column.kind is CellKind.LOOKED_UP:
        return ""
    default = to_cell(column, default_of(layout, column))
    if column.kind is CellKind.PERCENT and isinstance(default, Decimal):
        return f"{(default * 100).normalize():f}%"
    return "" if default is None else str(default)


def describe_column(layout: SheetLayout, column: Column) -> str:
    """The note a person reads: what it is, what is taken, what empty means, an example."""
    empty = describe_empty(layout, column)
    parts = [describe_use(layout, column), f"Empty means {empty}." if empty else ""]
    parts.append(f"Example: {column.example}" if column.example else "")
    return " ".join(part for part in parts if part)


def describe_limits(limits: dict[str, Decimal]) -> str:
    """Bounds in words.

    >>> describe_limits({"ge": Decimal(0), "le": Decimal(5)}), describe_limits({"gt": Decimal(-1)}), describe_limits({})
    (' from 0 to 5', ' above -1', '')
    """
    if "ge" in limits and "le" in limits:
        return f" from {limits['ge']} to {limits['le']}"
    words = {"ge": "of at least", "gt": "above", "le": "of at most", "lt": "below"}
    told = " and ".join(f"{words[name]} {value}" for name, value in limits.items())
    return f" {told}" if told else ""


_EXPECTED = {
    CellKind.TEXT: "text",
    CellKind.CODE: "text (a code, with its leading zeros)",
    CellKind.IDENTIFIER: "a short name: letters, digits, dots, hyphens, underscores; at most 64; no spaces",
    CellKind.TEXT_LIST: "names with a semicolon between two",
    CellKind.YES_NO: "yes or no",
    CellKind.MONTH: f"a month, {MONTHS[0]} to {MONTHS[-1]}",
    CellKind.TIME_ZONE: "a time zone of the IANA list, such as America/Chicago",
    CellKind.FISCAL_YEAR: "a fiscal year such as FY2026-27 (FY2026 where it is the calendar year)",
    CellKind.FISCAL_YEARS: "fiscal years such as FY2026-27 with a semicolon between two",
    CellKind.DATE: "a date such as 2029-06-30",
}
_NUMBERS = {
    CellKind.DOLLARS: "dollars",
    CellKind.UNIT_PRICE: "dollars",
    CellKind.PERCENT: "a percentage",
    CellKind.NUMBER: "a number",
    CellKind.WHOLE: "a whole number",
}


def describe_expected(sheet: SheetLayout, column: Column) -> str:
    """What a column takes, in words: for findings, notes, error boxes and the docs."""
    if column.kind is CellKind.CHOICE:
        return "one of: " + ", ".join(plain_word(member) for member in column.choices)
    if column.kind in (CellKind.REFERENCE, CellKind.REFERENCES):
        other = SHEET_BY_KEY[column.refers_to]
        several = "one or more names" if column.kind is CellKind.REFERENCES else "a name"
        return f"{several} from the column “{other.columns[0].header}” of the sheet {other.name}"
    if column.kind in _NUMBERS:
        limits = limits_of(sheet, column)
        if column.kind is CellKind.PERCENT:
            limits = {name: value * 100 for name, value in limits.items()}
        return _NUMBERS[column.kind] + describe_limits(limits) + (" percent" if column.kind is CellKind.PERCENT else "")
    return _EXPECTED[column.kind]
