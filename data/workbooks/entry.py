"""Rows typed into a table or a form, read by the rules of the plan workbook; a fault is said at its row and column."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from data.intake.cells import CellValue
from data.workbooks import finding_kinds as kinds
from data.workbooks.cell_values import is_blank, to_cell
from data.workbooks.columns import CellKind, Column, SheetLayout
from data.workbooks.layout import DISTRICT, IDENTIFIED, SHEET_BY_KEY
from data.workbooks.reading import build_items
from data.workbooks.rows import PlanRow, list_plan_rows, list_sheet_years
from data.workbooks.sheet_tables import ReadRow, read_cell_into, read_year_into
from planning.editing import make_identifier
from planning.findings import Finding, has_errors
from planning.model import Model, Plan
from planning.money import to_cents

OF_THE_DISTRICT = ("driver_counts", "escalation_rates")
# What a new row's id is made of, where nobody typed one.
_NAMING = ("name", "title", "description", "vendor")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it stands in the table: cells by field and by fiscal year, and which row it was (None: a new one)."""

    cells: Mapping[str, CellValue] = field(default_factory=dict)
    origin: int | None = None

    def is_empty_in(self, layout: SheetLayout) -> bool:
        """Whether nothing was typed into a new row; a box that nobody touched is nothing, ticked or not."""
        boxes = {column.field for column in layout.read_columns if column.kind is CellKind.YES_NO}
        typed = (cell for name, cell in self.cells.items() if name not in boxes)
        return self.origin is None and all(is_blank(cell) for cell in typed)


def apply_table_edits(entries: Sequence[Entry], edits: Mapping[str, Any]) -> list[Entry]:
    """The rows after what an editing table reports: cells by row and column, rows added, rows taken out."""
    edited = {int(place): cells for place, cells in edits.get("edited_rows", {}).items()}
    gone = set(edits.get("deleted_rows", ()))
    kept = [
        Entry({**entry.cells, **edited.get(place, {})}, entry.origin)
        for place, entry in enumerate(entries)
        if place not in gone
    ]
    added = [{name: cell for name, cell in row.items() if name != "_index"} for row in edits.get("added_rows", ())]
    return [*kept, *(Entry(cells) for cells in added)]


def list_entry_years(layout: SheetLayout, plan: Plan) -> tuple[str, ...]:
    """The fiscal years that the section has columns for."""
    rows = list_plan_rows(plan)[layout.key]
    return list_sheet_years(layout, rows, plan.district.first_fiscal_year, plan.district.horizon_years)


def list_entries(layout: SheetLayout, plan: Plan) -> list[Entry]:
    """The rows of a section as they are shown."""
    years = list_entry_years(layout, plan)
    return [Entry(_show_row(layout, row, years), i) for i, row in enumerate(list_plan_rows(plan)[layout.key])]


def read_entries(layout: SheetLayout, plan: Plan, entries: Iterable[Entry]) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan with the section as it was typed, or None where a cell cannot be taken; every finding names its row.

    A cell that nobody touched keeps its exact value, whatever the screen made of it.
    """
    seen, years = list_plan_rows(plan)[layout.key], list_entry_years(layout, plan)
    shown = [_show_row(layout, row, years) for row in seen]
    filled = [(number, entry) for number, entry in enumerate(entries, start=1) if not entry.is_empty_in(layout)]
    taken = {str(entry.cells.get(IDENTIFIED.get(layout.key, ""), "")) for _, entry in filled}
    findings: list[Finding] = []
    rows = []
    for number, entry in filled:
        named = _name_new(layout, entry, taken)
        place = "" if layout.is_form else name_place(number)
        if entry.origin is None:
            row = _read_entry(layout, named, place, years)
        else:
            row = _read_entry(layout, named, place, years, seen[entry.origin], shown[entry.origin])
            findings.extend(_check_identifier(layout, row, seen[entry.origin]))
        findings.extend(row.problems)
        rows.append(row)
    items = [] if has_errors(findings) else _build(layout, plan, rows, findings)
    return (None if has_errors(findings) else replace_section(plan, layout.key, items)), tuple(findings)


def name_entry(layout: SheetLayout, entry: Entry) -> str:
    """What a row is called: its first two cells; nothing where neither is filled."""
    cells = [str(entry.cells.get(column.field) or "") for column in layout.read_columns[:2]]
    return " · ".join(filter(None, cells))


def name_place(number: int) -> str:
    """Where a finding says that a row is, counted from 1."""
    return f"row {number}"


def replace_section(plan: Plan, section: str, items: Sequence[Model]) -> Plan:
    """The plan with other rows in one section."""
    if section == DISTRICT.key:
        return plan.model_copy(update={"district": items[0]})
    if section in OF_THE_DISTRICT:
        return plan.model_copy(update={"district": plan.district.model_copy(update={section: tuple(items)})})
    return plan.model_copy(update={section: tuple(items)})


def show_cell(column: Column, value: Any) -> CellValue:  # noqa: ANN401 - a model field of any type
    """A value as the screen edits it: yes and no as a box to tick, numbers as numbers, percentages with their sign."""
    if column.kind is CellKind.YES_NO:
        return bool(value)
    if value is None:
        return None
    if column.kind is CellKind.PERCENT:
        return f"{(value * 100).normalize():f}%"
    cell = to_cell(column, value)
    return float(cell) if isinstance(cell, Decimal) else cell


def _show_row(layout: SheetLayout, row: PlanRow, years: Sequence[str]) -> dict[str, CellValue]:
    cells = {column.field: show_cell(column, row.values.get(column.field)) for column in layout.read_columns}
    return cells | {year: float(row.years[year]) if year in row.years else None for year in years}


def _read_entry(
    layout: SheetLayout,
    cells: Mapping[str, CellValue],
    place: str,
    years: Sequence[str],
    seen: PlanRow | None = None,
    shown: Mapping[str, CellValue] | None = None,
) -> ReadRow:
    row = ReadRow(layout.name)
    for column in layout.read_columns:
        cell, address = _tidy(column.kind, cells.get(column.field)), _locate(place, column.header)
        if seen and shown and column.field in seen.values and cell == shown[column.field]:
            row.values[column.field], row.cells[column.field] = seen.values[column.field], address
        else:
            read_cell_into(row, layout, column, cell, address)
    for year in years:
        cell = _tidy(CellKind.NUMBER, cells.get(year))
        if seen and shown and year in seen.years and cell == shown[year]:
            is_money = layout.years is not None and layout.years.kind is CellKind.DOLLARS
            row.years[year] = to_cents(seen.years[year]) if is_money else seen.years[year]
            row.cells[year] = _locate(place, year)
        elif not is_blank(cell):
            read_year_into(row, layout, year, cell, _locate(place, year))
    return row


def _locate(place: str, header: str) -> str:
    return f"{place}: {header}" if place else header


def _tidy(kind: CellKind, cell: CellValue) -> CellValue:
    """What an editor returns as what a cell would hold: no not-a-number, and dates without a time."""
    if isinstance(cell, float) and math.isnan(cell):
        return None
    if kind is CellKind.DATE and isinstance(cell, str) and cell:
        try:
            return date.fromisoformat(cell[:10])
        except ValueError:
            return cell
    return None if is_blank(cell) else cell


def _name_new(layout: SheetLayout, entry: Entry, taken: set[str]) -> Mapping[str, CellValue]:
    """The cells of a new row with an id made of its name, where nobody typed one."""
    id_field = IDENTIFIED.get(layout.key, "")
    if not id_field or entry.origin is not None or not is_blank(entry.cells.get(id_field)):
        return entry.cells
    words = next((str(entry.cells[name]) for name in _NAMING if not is_blank(entry.cells.get(name))), "")
    if not words:
        return entry.cells
    identifier = make_identifier(words, taken)
    taken.add(identifier)
    return {**entry.cells, id_field: identifier}


def _check_identifier(layout: SheetLayout, row: ReadRow, seen: PlanRow) -> Iterable[Finding]:
    id_field = IDENTIFIED.get(layout.key, DISTRICT.columns[0].field if layout.is_form else "")
    was, now = seen.values.get(id_field), row.values.get(id_field)
    if id_field and now is not None and was != now:
        header = layout.column(id_field).header
        yield kinds.IDENTIFIER_CHANGED.at(row.sheet, row.cells[id_field], now, was, column=header)


def _build(layout: SheetLayout, plan: Plan, rows: Sequence[ReadRow], findings: list[Finding]) -> list[Model]:
    if layout.is_form:
        for row in rows:
            row.values.update({name: getattr(plan.district, name) for name in OF_THE_DISTRICT})
    return build_items(SHEET_BY_KEY[layout.key], rows, findings)
