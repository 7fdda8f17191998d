"""What was uploaded: series, versions, and what Techplan understood of each file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data.intake.model import TieOut
from data.store.database import Store
from data.store.line_classes import sees_only_sums
from data.store.viewer import Viewer
from planning.findings import Finding
from planning.vocabulary import RowRole, Severity


@dataclass(frozen=True, slots=True)
class Upload:
    """One version of a series: which file, whose, when, why, and whether it counts."""

    upload_id: str
    series: str
    version: int
    status: str
    file_name: str
    file_sha256: str
    size_bytes: int
    answers: Mapping[str, str]
    published_lines: int
    uploaded_at: datetime
    uploaded_by: str
    reason: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True)
class UploadedTable:
    """One table found in the file; `row_roles` counts its rows by role."""

    table_id: int
    sheet: str
    table_no: int
    cell_range: str
    kind: str
    counted: bool
    why_not_counted: str
    title: str
    reasons: tuple[str, ...]
    row_roles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UploadedColumn:
    """What one column of amounts was taken to mean, and how it ties to its printed total."""

    table_id: int
    column_id: int
    sheet: str
    table_no: int
    column_letter: str
    header: str
    fiscal_year: str
    basis: str
    unit: str
    scale: int
    side: str
    detail_total: Decimal
    printed_total: Decimal | None
    difference: Decimal | None
    is_empty: bool


_UPLOAD = """
    SELECT upload_id, name, version, status, file_name, file_sha256, size_bytes, answers, published_lines,
        uploaded_at, uploaded_by, reason, withdrawn_at, withdrawn_by, withdrawn_reason
    FROM budget_upload JOIN budget_series USING (district_id, series_id)
    WHERE district_id = $district_id
"""


def list_uploads(store: Store, viewer: Viewer, series: str | None = None) -> tuple[Upload, ...]:
    """The versions of a series, or of all, newest first."""
    condition = "" if series is None else " AND lower(name) = lower($series)"
    parameters = {} if series is None else {"series": series}
    rows = store.read(viewer, f"{_UPLOAD}{condition} ORDER BY uploaded_at DESC, name, version DESC", **parameters)
    return tuple(_upload(row) for row in rows)


def load_upload(store: Store, viewer: Viewer, upload_id: str) -> Upload | None:
    """One upload of the viewer's district, or None."""
    rows = store.read(viewer, f"{_UPLOAD} AND upload_id = $upload_id", upload_id=upload_id)
    return _upload(rows[0]) if rows else None


def list_tables(store: Store, viewer: Viewer, upload_id: str) -> tuple[UploadedTable, ...]:
    """The tables found in an upload, counted or not, in the order of the file."""
    rows = store.read(
        viewer,
        "SELECT table_id, sheet, table_no, cell_range, kind, counted, why_not_counted, title, reasons, row_roles "
        "FROM budget_table WHERE district_id = $district_id AND upload_id = $upload_id ORDER BY table_id",
        upload_id=upload_id,
    )
    return tuple(UploadedTable(*row[:8], tuple(json.loads(row[8])), json.loads(row[9])) for row in rows)


def list_columns(store: Store, viewer: Viewer, upload_id: str) -> tuple[UploadedColumn, ...]:
    """The columns of amounts in an upload, in the order of the file."""
    rows = store.read(
        viewer,
        "SELECT table_id, column_id, sheet, table_no, column_letter, header, fiscal_year, basis, unit, scale, side, "
        "detail_total, printed_total, difference, is_empty "
        "FROM budget_column JOIN budget_table USING (district_id, upload_id, table_id) "
        "WHERE district_id = $district_id AND upload_id = $upload_id ORDER BY column_id",
        upload_id=upload_id,
    )
    return tuple(UploadedColumn(*row) for row in rows)


def list_tie_outs(
    store: Store, viewer: Viewer, upload_id: str, only_differences: bool = False, column_letter: str | None = None
) -> tuple[TieOut, ...]:
    """Every printed subtotal and total of an upload, or of one of its columns, against its detail.

    A role from which lines are hidden gets no total over a single line.
    """
    condition = " AND difference <> 0" if only_differences else ""
    condition += " AND line_count > 1" if sees_only_sums(store, viewer) else ""
    condition += " AND column_letter = $column_letter" if column_letter else ""
    parameters = {"column_letter": column_letter} if column_letter else {}
    rows = store.read(
        viewer,
        "SELECT sheet, table_no, cell, column_letter, label, role, level, printed, detail, difference, line_count, "
        "covers, covered, net_of FROM budget_tie_out "
        f"WHERE district_id = $district_id AND upload_id = $upload_id{condition} ORDER BY tie_out_id",
        upload_id=upload_id,
        **parameters,
    )
    return tuple(TieOut(*row[:5], RowRole(row[5]), *row[6:12], _read_covered(row[12]), row[13] or "") for row in rows)


def _read_covered(text: str | None) -> tuple[tuple[str, int, int, int], ...]:
    return tuple((sheet, table, first, last) for sheet, table, first, last in json.loads(text)) if text else ()


def list_findings(store: Store, viewer: Viewer, upload_id: str) -> tuple[Finding, ...]:
    """What the reading found worth saying about an upload.

    A role from which lines are hidden gets what is about the file, not what quotes a cell.
    """
    condition = " AND cell = ''" if sees_only_sums(store, viewer) else ""
    rows = store.read(
        viewer,
        "SELECT severity, code, message, sheet, cell, found, expected, fix FROM budget_finding "
        f"WHERE district_id = $district_id AND upload_id = $upload_id{condition} ORDER BY finding_id",
        upload_id=upload_id,
    )
    return tuple(Finding(Severity(row[0]), *row[1:]) for row in rows)


def _upload(row: tuple) -> Upload:
    return Upload(*row[:7], json.loads(row[7]), *row[8:])
