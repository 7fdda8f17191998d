import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from data.intake.model import ColumnTotal
from data.store.budget_uploads import (
    list_columns,
    list_findings,
    list_tables,
    list_tie_outs,
    list_uploads,
    load_upload,
)
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.viewer import Viewer
from planning.findings import Finding
from planning.vocabulary import Basis, RowRole, Severity, Side, Unit
from tests.data.store.readings import NAN, make_reading, make_table, make_tie_out

FINDING = Finding(Severity.WARNING, "total_differs", "D9 prints 301.", "General fund", "D9", "301", "300", "Mend it.")
TOTAL = ColumnTotal(
    "Proposed", "FY2026-27", Basis.PROPOSED, Unit.USD, Side.EXPENDITURE, Decimal("300.25"), None, None
)  # fmt: skip
READING = make_reading(
    make_table(
        [({}, {"D": 100.25}), ({}, {"D": 200.0, "E": NAN})], {"D": {}, "E": {"fiscal_year": None}}, raw={"E6": "n/a"}
    ),
    make_table([({}, {"D": 300.25})], sheet="Summary", table_no=2, counted=False),
    tie_outs=(make_tie_out(), make_tie_out("D12", "301.00")),
    findings=(FINDING,),
    totals=(TOTAL,),
)


@pytest.fixture
def upload_id(store: Store, viewer: Viewer) -> str:
    return publish_reading(store, viewer, READING, answers={"side": "expenditure"}, reason="adopted").upload_id


def test_an_upload_says_which_file_whose_when_and_why(store: Store, viewer: Viewer, upload_id: str) -> None:
    upload = load_upload(store, viewer, upload_id)
    assert upload is not None
    assert (upload.file_name, upload.file_sha256, upload.size_bytes) == ("budget.xlsx", "a" * 64, 10_000)
    assert (upload.uploaded_by, upload.uploaded_at, upload.reason) == (
        "Dana Whitfield",
        datetime(2026, 12, 8, 12),
        "adopted",
    )
    assert (upload.version, upload.status, upload.answers) == (1, "current", {"side": "expenditure"})
    assert list_uploads(store, viewer) == (upload,)


def test_uploads_are_listed_by_series(store: Store, viewer: Viewer, upload_id: str) -> None:
    publish_reading(store, viewer, make_reading(sha256="b" * 64), series="Ledger")
    assert [upload.upload_id for upload in list_uploads(store, viewer, "expenditure BUDGET")] == [upload_id]
    listed = {(one.series, one.version) for one in list_uploads(store, viewer)}
    assert listed == {("Expenditure budget", 1), ("Ledger", 1)}


def test_every_table_is_kept_counted_or_not(store: Store, viewer: Viewer, upload_id: str) -> None:
    first, second = list_tables(store, viewer, upload_id)
    assert (first.sheet, first.table_no, first.kind, first.counted) == ("General fund", 1, "lines", True)
    assert (first.reasons, first.row_roles) == (("row 4 is a header",), {"header": 1, "detail": 2})
    assert (second.sheet, second.counted, second.why_not_counted) == ("Summary", False, "a summary of the other sheets")


def test_every_column_is_kept_with_what_it_means(store: Store, viewer: Viewer, upload_id: str) -> None:
    first, second, third = list_columns(store, viewer, upload_id)
    assert (first.column_letter, first.fiscal_year, first.basis, first.unit) == ("D", "FY2026-27", "proposed", "usd")
    assert (first.detail_total, first.printed_total, first.difference) == (Decimal("300.25"), Decimal("300.25"), 0)
    assert (second.column_letter, second.fiscal_year, second.is_empty) == ("E", "", True)
    assert (third.sheet, third.table_id) == ("Summary", 2)


def test_tie_outs_come_back_as_they_were_read(store: Store, viewer: Viewer, upload_id: str) -> None:
    assert list_tie_outs(store, viewer, upload_id) == tuple(READING.tie_outs)
    [difference] = list_tie_outs(store, viewer, upload_id, only_differences=True)
    assert (difference.cell, difference.difference, difference.role) == ("D12", Decimal(1), RowRole.SUBTOTAL)


def test_what_a_tie_out_covers_comes_back_as_rows(store: Store, viewer: Viewer) -> None:
    covered = replace(make_tie_out(), covered=(("General fund", 1, 5, 8), ("It's", 2, 3, 3)))
    net = replace(make_tie_out("D20"), net_of="D9")
    upload = publish_reading(store, viewer, make_reading(tie_outs=(covered, net))).upload_id
    assert list_tie_outs(store, viewer, upload) == (covered, net)


def test_findings_come_back_as_they_were_read(store: Store, viewer: Viewer, upload_id: str) -> None:
    assert list_findings(store, viewer, upload_id) == (FINDING,)


def test_the_rest_of_the_reading_is_kept(store: Store, viewer: Viewer, upload_id: str) -> None:
    with store.cursor() as cursor:
        [(text,)] = cursor.execute("SELECT reading_summary FROM budget_upload").fetchall()
    summary = json.loads(text)
    assert (summary["status"], summary["chart"], summary["questions"]) == ("ready", "nces_2014", [])
    assert isinstance(summary["totals"], list)
    assert summary["totals"][0]["detail_total"] == "300.25"


def test_text_in_a_column_of_amounts_is_kept_and_counts_nothing(store: Store, viewer: Viewer, upload_id: str) -> None:
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT amount, raw_text FROM budget_amount WHERE raw_text IS NOT NULL").fetchall()
        [(lines,)] = cursor.execute("SELECT count(*) FROM budget_line").fetchall()
    assert rows == [(None, "n/a")]
    assert lines == 2


def test_empty_cells_store_no_amounts_and_uncounted_tables_no_rows(
    store: Store, viewer: Viewer, upload_id: str
) -> None:
    with store.cursor() as cursor:
        counts = cursor.execute(
            "SELECT (SELECT count(*) FROM budget_row), (SELECT count(*) FROM budget_amount)"
        ).fetchall()
    assert counts == [(2, 3)]


def test_another_district_sees_none_of_it(store: Store, viewer: Viewer, upload_id: str) -> None:
    other = viewer.at_district("dayton")
    assert load_upload(store, other, upload_id) is None
    for listed in (list_tables, list_columns, list_tie_outs, list_findings):
        assert listed(store, other, upload_id) == ()
    assert list_uploads(store, other) == ()
