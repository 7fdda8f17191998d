"""The plan's journal on the screen: what it posts in a year, and the file an accounting system takes."""

import hashlib
from datetime import date

import streamlit as st

from data.exports.journal import JournalMapping, parse_mapping, write_journal_csv
from data.fund_outlook import load_journal
from data.store.journals import record_journal
from data.store.viewer import Viewer
from pages.ui.bridge_view import draw_findings
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from planning.errors import TechplanError
from planning.evaluation import Evaluation
from planning.journal import Journal
from planning.money import format_cents

ALL_YEARS = "All years"


def draw_journal(evaluation: Evaluation, viewer: Viewer) -> None:
    """Choose a year, see what is posted and what is missing, and take the file."""
    with st.expander(
        "The plan as a journal for the accounting system", on_change="rerun", key="journal_panel"
    ) as panel:
        if not panel.open:
            return
        year = str(st.selectbox("Fiscal year", [ALL_YEARS, *evaluation.years], key="journal_year", width=220))
        file = st.file_uploader("Mapping file (CSV of kind, name, value), if you have one", type=["csv"])
        try:
            mapping = (
                parse_mapping(file.getvalue().decode("utf-8-sig", "replace"), file.name) if file else JournalMapping()
            )
        except TechplanError as error:
            draw_error(error)
            return
        chosen = None if year == ALL_YEARS else year
        journal = load_journal(open_store(), viewer, evaluation, date.today(), mapping.accounts, chosen)
        _draw_file(journal, mapping, evaluation, viewer, year)


def _draw_file(journal: Journal, mapping: JournalMapping, evaluation: Evaluation, viewer: Viewer, year: str) -> None:
    total = format_cents(journal.debit_cents, 2, symbol=True)
    entries = len({line.entry for line in journal.lines})
    st.write(plain(f"{len(journal.lines)} lines in {entries} entries; {total} is debited and credited."))
    content = write_journal_csv(journal, mapping).encode("utf-8")
    name = f"journal-{viewer.district_id}-{year.lower().replace(' ', '-')}.csv"
    revision = evaluation.stamp.plan_revision or ""
    st.download_button(
        "Download the journal",
        content,
        file_name=name,
        mime="text/csv",
        on_click=lambda: record_journal(
            open_store(), viewer, journal, revision, hashlib.sha256(content).hexdigest(), name
        ),
    )
    draw_findings(journal.findings)
