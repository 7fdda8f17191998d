"""The plan's journal on the screen: what it posts in a year, and the file an accounting system takes."""

import hashlib
from datetime import date

import streamlit as st

from data.exports.journal import JournalMapping, parse_mapping, write_journal_csv
from data.fund_outlook import check_adopted, load_adopted, load_journal
from data.plan_of_record import evaluate_stored
from data.store.journals import record_journal
from data.store.plans import StoredPlan
from data.store.scenarios import list_scenarios
from data.store.viewer import Viewer
from data.store.workflow import load_status
from pages.ui.bridge_view import draw_findings
from pages.ui.messages import draw_error, plain
from pages.ui.session import current_plan, open_store
from planning.choice.scenarios import Scenario
from planning.errors import InputRefused, TechplanError
from planning.evaluation import Evaluation
from planning.findings import Finding
from planning.journal import Journal
from planning.money import format_cents

ALL_YEARS = "All years"


def draw_journal(viewer: Viewer) -> None:
    """Choose a plan and a year, see what is posted and what is missing, and take the file."""
    with st.expander(
        "The plan as a journal for the accounting system", on_change="rerun", key="journal_panel"
    ) as panel:
        if not panel.open:
            return
        stored, scenario, doubts = _choose_plan(viewer)
        evaluation = evaluate_stored(stored, date.today(), scenario)
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
        draw_findings(doubts)
        _draw_file(journal, mapping, evaluation, viewer, year, scenario.name if scenario else "")


def _choose_plan(viewer: Viewer) -> tuple[StoredPlan, Scenario | None, tuple[Finding, ...]]:
    """The plan as adopted, as it is now or under a scenario; and what is to be said of it before it is posted."""
    store, current = open_store(), current_plan()
    if current is None:
        raise InputRefused("This district has no plan yet.", "Save one first.")
    status = load_status(store, viewer)
    adopted = load_adopted(store, viewer, status)
    plans: dict[str, tuple[StoredPlan, Scenario | None]] = {}
    if adopted and adopted.revision_id != current.revision_id:
        plans[f"As it was adopted: revision {adopted.revision.number}"] = adopted, None
    plans[f"As it is now: revision {current.revision.number}"] = current, None
    for one in list_scenarios(store, viewer):
        plans[f"Under the scenario {one.scenario.name}"] = current, one.scenario
    names = list(plans)
    chosen = st.selectbox("Which plan", names, key="journal_plan", width=420) if len(names) > 1 else names[0]
    stored, scenario = plans[chosen or names[0]]
    return stored, scenario, check_adopted(stored, status, scenario)


def _draw_file(
    journal: Journal, mapping: JournalMapping, evaluation: Evaluation, viewer: Viewer, year: str, scenario: str
) -> None:
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
            open_store(), viewer, journal, revision, hashlib.sha256(content).hexdigest(), name, scenario
        ),
    )
    draw_findings(journal.findings)
