"""A filled plan workbook as a plan, or as everything that keeps it from being one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from data.intake.cells import Workbook
from data.workbooks import finding_kinds as kinds
from data.workbooks.cell_values import shown
from data.workbooks.columns import CellKind, SheetLayout
from data.workbooks.layout import DISTRICT, IDENTIFIED, README_SHEET, REVISION_LABEL, SHEET_BY_KEY, SHEETS
from data.workbooks.notes import describe_expected
from data.workbooks.places import PlanPlaces
from data.workbooks.sheet_tables import ReadRow, find_beside, match_sheets, name_row, read_form, read_rows
from data.workbooks.words import squeeze
from planning.amount_checks import check_whole_plan
from planning.checks import DUPLICATE_ID, UNKNOWN_ESCALATION, UNKNOWN_ID
from planning.findings import Finding, has_errors
from planning.model import Commitment, DriverCount, Model, Plan

# The rows say these themselves, and know the cell.
_SAID_BY_ROWS = {DUPLICATE_ID.code, UNKNOWN_ID.code, UNKNOWN_ESCALATION.code}


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What a plan workbook says: the plan (None where any finding is an error), and where each part of it stood.

    `base_revision` is the plan revision the template was written from. `cells` gives the sheet and cell of every item
    by the name that findings use for it, such as `cost line wifi-switches`.
    """

    plan: Plan | None
    base_revision: str | None
    district_id: str | None
    findings: tuple[Finding, ...]
    cells: Mapping[str, tuple[str, str]]


def read_plan_file(
    path: str, file_name: str | None = None, report_progress: Callable[[float, str], None] | None = None
) -> PlanReading:
    """The plan in a file. Runs in a child process: the file is a stranger's. InputRefused where it is no workbook."""
    from data.intake.source import read_workbook

    workbook = read_workbook(path, file_name=file_name, report_progress=report_progress)
    if report_progress:
        report_progress(1.0, "Reading the plan")
    return read_plan_workbook(workbook)


def read_plan_workbook(workbook: Workbook) -> PlanReading:
    """The plan in a workbook's cells, with all findings; it never stops at the first."""
    findings: list[Finding] = []
    rows = _read_all_rows(workbook, findings)
    if not rows:
        return PlanReading(None, None, None, tuple(findings), {})
    _check_identifiers(rows, findings)
    items = {sheet.key: build_items(sheet, rows.get(sheet.key, []), findings) for sheet in SHEETS if not sheet.is_form}
    plan = _assemble_plan(rows, items, findings)
    places = PlanPlaces(rows)
    if plan is not None:
        checked = (finding for finding in check_whole_plan(plan) if finding.code not in _SAID_BY_ROWS)
        findings.extend(places.place(finding) for finding in checked)
    district = rows.get("district")
    return PlanReading(
        None if has_errors(findings) else plan,
        _read_revision(workbook),
        district[0].values.get("district_id") if district else None,
        tuple(findings),
        places.cells,
    )


def _read_all_rows(workbook: Workbook, findings: list[Finding]) -> dict[str, list[ReadRow]]:
    sheets = match_sheets(workbook, findings)
    rows: dict[str, list[ReadRow]] = {}
    for key, sheet in sheets.items():
        layout = SHEET_BY_KEY[key]
        read = [read_form(layout, sheet, findings)] if layout.is_form else read_rows(layout, sheet, findings)
        if read is not None:
            rows[key] = read
            findings.extend(finding for row in read for finding in row.problems)
    return rows


def _read_revision(workbook: Workbook) -> str | None:
    readme = next((sheet for sheet in workbook.sheets if squeeze(sheet.name) == squeeze(README_SHEET)), None)
    return (find_beside(readme, REVISION_LABEL) or None) if readme else None


def _check_identifiers(rows: Mapping[str, Sequence[ReadRow]], findings: list[Finding]) -> None:
    known: dict[str, dict[str, str]] = {}
    for key, field in IDENTIFIED.items():
        if key not in rows or any(field not in row.cells for row in rows[key]):
            continue  # the sheet or its column of ids is missing, which is said already
        known[key] = {}
        for row in rows[key]:
            findings.extend(_check_identifier(SHEET_BY_KEY[key], row, known[key]))
    for key, sheet_rows in rows.items():
        for row in sheet_rows:
            findings.extend(_check_references(SHEET_BY_KEY[key], row, known))


def _check_identifier(layout: SheetLayout, row: ReadRow, seen: dict[str, str]) -> Iterator[Finding]:
    column = layout.columns[0]
    if (name := row.values.get(column.field)) is None:
        return
    address = row.cells[column.field]
    if seen.setdefault(name, address) != address:
        yield kinds.IDENTIFIER_TWICE.at(row.sheet, address, name, column=column.header, first=seen[name])


def _check_references(layout: SheetLayout, row: ReadRow, known: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    for column in layout.read_columns:
        value = row.values.get(column.field)
        if not column.refers_to or value is None or column.refers_to not in known:
            continue
        for name in value if isinstance(value, tuple) else (value,):
            if name not in known[column.refers_to]:
                other = SHEET_BY_KEY[column.refers_to].name
                address = row.cells[column.field]
                yield kinds.REFERENCE_UNKNOWN.at(row.sheet, address, name, column=column.header, other=other)


def build_items(layout: SheetLayout, rows: Sequence[ReadRow], findings: list[Finding]) -> list[Model]:
    """The model items of rows that were read; what the model refuses is a finding at its cell."""
    items: list[Model] = []
    for row in rows:
        for values, cells in _expand_years(layout, row, findings):
            item = _build_item(layout, values, row, cells, findings)
            if item is not None:
                items.append(item)
    return items


def _expand_years(
    layout: SheetLayout, row: ReadRow, findings: list[Finding]
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """The values of each model item on the row: one, or one for each year that is filled."""
    if not layout.years:
        yield row.values, row.cells
    elif layout.model in (DriverCount, Commitment):
        if not row.years and layout.model is Commitment:
            found = " by ".join(str(row.values.get(column.field, "?")) for column in layout.read_columns)
            findings.append(kinds.COMMITMENT_EMPTY.at(row.sheet, row.first_cell, found))
        for year, amount in row.years.items():
            yield (
                {**row.values, "fiscal_year": year, layout.years.field: amount},
                {
                    **row.cells,
                    layout.years.field: row.cells[year],
                },
            )
    else:
        amounts = [{"fiscal_year": year, "amount_cents": amount} for year, amount in row.years.items()]
        yield {**row.values, layout.years.field: amounts}, row.cells


def _build_item(
    layout: SheetLayout, values: Mapping[str, Any], row: ReadRow, cells: Mapping[str, str], findings: list[Finding]
) -> Model | None:
    try:
        return layout.model.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            field = str(problem["loc"][0])
            findings.extend(_describe_refusal(layout, values, row.sheet, cells, field, problem["type"]))
        return None


def _describe_refusal(
    layout: SheetLayout, values: Mapping[str, Any], sheet: str, cells: Mapping[str, str], field: str, problem: str
) -> Iterator[Finding]:
    column = next((column for column in layout.read_columns if column.field == field), None)
    if problem == "missing" or (column and column.kind in (CellKind.REFERENCE, CellKind.REFERENCES)):
        return  # said where the cell was read, or where the name was looked up
    kind = kinds.CELL_UNREADABLE if column and column.kind is CellKind.IDENTIFIER else kinds.VALUE_OUT_OF_RANGE
    heading = column.header if column else values.get("fiscal_year", layout.columns[0].header)
    expected = describe_expected(layout, column) if column else "a number of at least 0"
    of = name_row(layout, values) if column is not layout.columns[0] else ""
    yield kind.at(sheet, cells[field], shown(values[field]), expected, column=heading, of=of)


def _assemble_plan(
    rows: Mapping[str, Sequence[ReadRow]], items: Mapping[str, Sequence[Model]], findings: list[Finding]
) -> Plan | None:
    """The plan where every row gave its items; None where a row is lost, so that no check speaks of half a plan."""
    nested = ("escalation_rates", "driver_counts")
    form = rows.get("district", [])
    district = None
    if form:
        values = {**form[0].values, **{key: tuple(items[key]) for key in nested}}
        district = _build_item(DISTRICT, values, form[0], form[0].cells, findings)
    lost = {kinds.IDENTIFIER_TWICE.code, kinds.REFERENCE_UNKNOWN.code}
    if district is None or has_errors([finding for finding in findings if finding.code not in lost]):
        return None
    lists = {key: tuple(items[key]) for key in items if key in Plan.model_fields}
    return Plan.model_validate({"district": district, **lists})
