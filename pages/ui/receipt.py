"""The receipt of one amount: file, sheet, cell, what it was read as, and the printed totals that cover it."""

from decimal import Decimal

import streamlit as st

from data.intake.model import TieOut
from data.intake.reconcile import is_mismatch
from data.receipts import find_covering_totals, load_printed_text
from data.store.budget_queries import BudgetLine, list_lines
from data.store.budget_uploads import Upload, list_columns, list_tie_outs, load_upload
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from pages.ui.budget_view import RECEIPT, make_address
from pages.ui.messages import plain
from pages.ui.tables import Link, Tag, build_facts, build_trail, draw_table
from pages.ui.wording import count, join_code, name_basis, name_side, name_unit
from planning.errors import InputRefused
from planning.money import format_dollars
from planning.vocabulary import Unit


def draw_receipt(store: Store, viewer: Viewer) -> None:
    """The amount that the address names."""
    st.html(build_trail("Back to", [Link("the budget", "budget", make_address({}))]))
    upload_id, sheet, cell = (st.query_params.get(name, "") for name in RECEIPT)
    lines = list_lines(store, viewer, LineFilter(unit=None, upload_id=upload_id, sheet=sheet, cell=cell), limit=1).lines
    upload = load_upload(store, viewer, upload_id)
    if not lines or upload is None:
        raise InputRefused(
            "No budget that counts has this cell any more, or your role sees it only in a sum.",
            "Go back to the budget and choose a line.",
        )
    line = lines[0]
    st.header(plain(f"{name_amount(line.amount, line.unit)} in {line.sheet}!{line.cell}"), anchor=False)
    st.html(build_facts(list_meaning(line)))
    st.subheader("Where it was printed", anchor=False)
    printed = load_printed_text(store, viewer, line)
    st.html(build_facts(list_origin(line, upload, _find_heading(store, viewer, line), printed)))
    _draw_totals(store, viewer, line)


def name_amount(amount: Decimal, unit: str) -> str:
    """The amount as a heading says it: a zero is a zero, not the dash it is in a table."""
    is_money = unit == Unit.USD
    if not amount:
        return "$0.00" if is_money else "0"
    return format_dollars(amount, places=2, symbol=is_money)


def list_meaning(line: BudgetLine) -> tuple[tuple[str, str], ...]:
    """What the amount was read as; what the file does not say is left out."""
    facts = (
        ("Fiscal year", line.fiscal_year),
        ("Basis", name_basis(line.basis)),
        ("Unit", name_unit(line.unit)),
        ("Side", name_side(line.side)),
        ("Account", line.account),
        ("Fund", join_code(line.fund_code, line.fund_name)),
        ("Function", join_code(line.function_code, line.function_name)),
        ("Object", join_code(line.object_code, line.object_name)),
        ("Place", join_code(line.location_code, line.location_name)),
        ("Program", join_code(line.program_code, line.program_name)),
        ("Project", join_code(line.project_code, line.project_name)),
        ("Vendor", line.vendor),
        ("Description", line.description),
        ("Counts as technology by", line.technology_rule),
    )
    return tuple(fact for fact in facts if fact[1])


def list_origin(line: BudgetLine, upload: Upload, heading: str, printed: str) -> tuple[tuple[str, str], ...]:
    """The file and the cell, and which version of which series they came with."""
    facts = (
        ("File", upload.file_name),
        ("Sheet", line.sheet),
        ("Cell", line.cell),
        ("Printed as", printed),
        ("Printed column heading", heading),
        ("Version", f"{upload.series}, version {upload.version}"),
        ("Published", f"{upload.uploaded_at:%Y-%m-%d %H:%M} UTC by {upload.uploaded_by}"),
        ("Fingerprint of the file (SHA-256)", upload.file_sha256),
    )
    return tuple(fact for fact in facts if fact[1])


def _find_heading(store: Store, viewer: Viewer, line: BudgetLine) -> str:
    place = (line.sheet, line.table_no, line.column_letter)
    columns = list_columns(store, viewer, line.upload_id)
    return next(one.header for one in columns if (one.sheet, one.table_no, one.column_letter) == place)


def _tag_tie(tie: TieOut) -> Tag:
    if is_mismatch(tie.printed, tie.detail):
        return Tag(f"off by {format_dollars(tie.difference, places=2)}", "bad")
    return Tag("ties out", "good")


def _draw_totals(store: Store, viewer: Viewer, line: BudgetLine) -> None:
    ties = list_tie_outs(store, viewer, line.upload_id, column_letter=line.column_letter)
    rows = [
        (
            tie.label or "(no label)",
            f"{tie.sheet}!{tie.cell}",
            format_dollars(tie.printed, places=2),
            format_dollars(tie.detail, places=2),
            _tag_tie(tie),
            f"{count(tie.line_count, 'line')}, {tie.covers}",
        )
        for tie in find_covering_totals(ties, line)
    ]
    if rows:
        headers = ["Printed total", "Cell", "Printed", "Detail", "Tie-out", "Covers"]
        draw_table("Printed totals that this amount is part of, the nearest first", headers, rows, numbers=(2, 3))
    else:
        st.info("The file prints no total over this line.", title="No printed total")
