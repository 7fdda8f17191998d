"""The plan workbook on its way out and in: download it, fill it, upload it, see what it says, save it."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from data.jobs import Job
from data.store.districts import load_district
from data.store.plans import PlanRevision, StoredPlan
from data.store.viewer import Viewer
from data.uploads import READ_PLAN, forget_upload
from data.workbooks.comparison import compare_workbook, save_comparison
from data.workbooks.reading import PlanReading
from data.workbooks.template import write_plan_workbook
from pages.ui.jobs import draw_drop, draw_job, find_current_job
from pages.ui.messages import draw_error, plain
from pages.ui.session import current_plan, current_viewer, open_store
from pages.ui.tables import Tag, draw_table
from pages.ui.workbook_diff import draw_workbook_difference
from planning.errors import InputRefused, TechplanError
from planning.permissions import Action, may
from planning.vocabulary import Severity

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_plan_workbook() -> None:
    """The workbook's way out for everyone, and its way in for those who may save the plan."""
    viewer, stored = current_viewer(), current_plan()
    job = find_current_job(READ_PLAN, viewer)
    with st.expander("Plan workbook: download, fill, upload", expanded=stored is None or job is not None):
        _draw_download(stored, viewer)
        if stored is None:
            st.caption(f"Its District ID is {plain(viewer.district_id)} and stays so: the plan then meets this budget.")
        if not may(viewer.role, Action.SAVE_PLAN):
            return
        if job is None:
            draw_drop("Drop the filled plan workbook here", READ_PLAN, ["xlsx"], viewer)
        elif reading := draw_job(job):
            _draw_reading(reading, job, viewer)


def _draw_download(stored: StoredPlan | None, viewer: Viewer) -> None:
    label = "Download the plan as a workbook" if stored else "Download an empty plan workbook"
    st.download_button(label, lambda: _write(stored, viewer), "techplan-plan.xlsx", WORKBOOK_TYPE, on_click="ignore")


def _write(stored: StoredPlan | None, viewer: Viewer) -> bytes:
    if stored:
        return write_plan_workbook(stored.plan, stored.revision_id)
    district = load_district(open_store(), viewer)
    return write_plan_workbook(None, district=(viewer.district_id, district.name if district else ""))


def _draw_reading(reading: PlanReading, job: Job, viewer: Viewer) -> None:
    if reading.findings:
        headers = ["Sheet", "Cell", "Severity", "What", "How to mend it"]
        rows = [
            (
                one.sheet or "—",
                one.cell or "—",
                Tag(one.severity, "bad" if one.severity is Severity.ERROR else "plain"),
                one.message,
                one.fix,
            )
            for one in reading.findings
        ]
        draw_table("What the workbook needs or says", headers, rows)
    if reading.plan is None:
        st.error("Mend the workbook and drop it again; nothing was stored.", title="This plan cannot be saved yet")
        st.button("Try another file", on_click=forget_upload, args=(job.id,))
        return
    plan = reading.plan
    counts = Counter(goals=len(plan.goals), initiatives=len(plan.initiatives), sources=len(plan.sources))
    found = ", ".join(f"{count} {name}" for name, count in counts.items())
    st.write(plain(f"{plan.district.name}: {found}, {len(plan.cost_lines)} cost lines."))
    try:
        comparison = compare_workbook(open_store(), viewer, plan, reading.base_revision)
    except InputRefused as error:  # another district's plan
        draw_error(error)
        st.button("Try another file", on_click=forget_upload, args=(job.id,))
        return
    choices, deleted = draw_workbook_difference(comparison, job.id)
    with st.form("save_plan"):
        reason = st.text_input("Reason, for the audit trail", value="Plan workbook uploaded")
        if st.form_submit_button("Save this plan", type="primary"):
            _save(lambda: save_comparison(open_store(), viewer, comparison, reason, choices, deleted), job)


def _save(save: Callable[[], PlanRevision], job: Job) -> None:
    try:
        saved = save()
    except TechplanError as error:
        draw_error(error)
        return
    forget_upload(job.id)
    st.toast("The plan was the same already." if saved.already else f"Saved as revision {saved.number}.")
    st.rerun()
