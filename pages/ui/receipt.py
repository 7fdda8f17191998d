"""The receipt of one amount: file, sheet, cell, what it was read as, and the printed totals that cover it."""

import streamlit as st

from data.store.budget_queries import BudgetLine, list_lines
from data.store.budget_uploads import list_columns, list_tie_outs, load_upload
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from pages.ui.messages import plain
from pages.ui.tables import build_facts, draw_table
from planning.errors import InputRefused
from planning.money import format_dollars

MOST_TOTALS_SHOWN = 60


def draw_receipt(store: Store, viewer: Viewer) -> None:
    """The amount that the address names."""
    place = {name: st.query_params.get(name, "") for name in ("upload", "sheet", "cell")}
    where = LineFilter(unit=None, upload_id=place["upload"], sheet=place["sheet"], cell=place["cell"])
    lines = list_lines(store, viewer, where).lines
    upload = load_upload(store, viewer, place["upload"])
    if not lines or upload is None:
        raise InputRefused("No budget that counts has this cell any more.", "Go back to the budget and choose a line.")
    line = lines[0]
    st.page_link("finance/budget.py", label="Back to the budget")
    st.header(plain(f"{line.sheet}!{line.cell}: {format_dollars(line.amount, places=2, symbol=line.unit == 'usd')}"))
    st.html(build_facts(_list_facts(line)))
    st.subheader("Where it stands", anchor=False)
    columns = list_columns(store, viewer, upload.upload_id)
    header = next(
        one.header
        for one in columns
        if (one.sheet, one.table_no, one.column_letter) == (line.sheet, line.table_no, line.column_letter)
    )
    facts = (
        ("File", upload.file_name),
        ("Fingerprint (SHA-256)", upload.file_sha256),
        ("Sheet", line.sheet),
        ("Cell", line.cell),
        ("Printed column heading", header),
        ("Version", f"{upload.series}, version {upload.version}"),
        ("Published", f"{upload.uploaded_at:%Y-%m-%d %H:%M} UTC by {upload.uploaded_by}"),
    )
    st.html(build_facts(facts))
    _draw_totals(store, viewer, line)


def _draw_totals(store: Store, viewer: Viewer, line: BudgetLine) -> None:
    ties = [
        tie
        for tie in list_tie_outs(store, viewer, line.upload_id)
        if (tie.sheet, tie.column) == (line.sheet, line.column_letter)
    ]
    rows = [
        (
            tie.label,
            tie.cell,
            format_dollars(tie.printed, places=2),
            format_dollars(tie.detail, places=2),
            format_dollars(tie.difference, places=2),
            tie.covers,
        )
        for tie in ties[:MOST_TOTALS_SHOWN]
    ]
    if rows:
        headers = ["Printed total", "Cell", "Printed", "Detail", "Off by", "Covers"]
        draw_table("Printed totals in the same column of this sheet", headers, rows, numbers=(2, 3, 4))


def _list_facts(line: BudgetLine) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Fiscal year", line.fiscal_year),
        ("Basis", line.basis.replace("_", " ")),
        ("Unit", line.unit),
        ("Side", line.side.replace("_", " ")),
        ("Account", line.account),
        ("Fund", f"{line.fund_code} {line.fund_name}"),
        ("Function", f"{line.function_code} {line.function_name}"),
        ("Object", f"{line.object_code} {line.object_name}"),
        ("Place", f"{line.location_code} {line.location_name}"),
        ("Vendor", line.vendor),
        ("Description", line.description),
        ("Technology by", line.technology_rule),
    )
    return tuple(fact for fact in facts if fact[1].strip())
