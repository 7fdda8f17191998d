"""Records: a file taken out whole, holds, and the dates until which records are kept."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from data.store.budget_uploads import Upload, list_uploads
from data.store.holds import EVERYTHING, Hold, list_holds, place_hold, release_hold
from data.store.retention import (
    Removal,
    list_removed_uploads,
    list_retention_dates,
    list_retention_periods,
    remove_upload,
    set_retention_period,
)
from data.store.viewer import Viewer
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from pages.ui.tables import Cell, Tag, draw_table
from pages.ui.wording import count
from planning.errors import TechplanError
from planning.records import RecordClass, RetentionDate

CLASSES = {RecordClass.BUDGET_UPLOAD: "Uploaded budgets", RecordClass.PLAN_REVISION: "Revisions of the plan"}
MOST_DATES_SHOWN = 100


def draw_removal(viewer: Viewer) -> None:
    """Take a file out: its contents and its name go, its fingerprint and the reason stay."""
    if removal := st.session_state.pop("removal", None):
        _draw_removed(removal)
    uploads = {one.upload_id: one for one in list_uploads(open_store(), viewer)}
    if uploads:
        with st.popover("Remove a file"), st.form("remove_upload"):
            st.write("Its rows, amounts, cells and name are deleted for good. Withdrawing it on Upload keeps them.")
            chosen = st.selectbox("File", list(uploads), format_func=lambda key: _name_upload(uploads[key]))
            reason = st.text_input("Reason, for the audit trail", max_chars=200, key="removal_reason")
            sure = st.checkbox("I know that this cannot be undone")
            if st.form_submit_button("Remove it", type="primary", disabled=False) and sure:
                _do(lambda: _remove(viewer, str(chosen), reason))
    removed = list_removed_uploads(open_store(), viewer)
    if removed:
        headers = ["SHA-256 of the file", "Lines", "Loaded", "By", "Removed", "By", "Why"]
        rows = [
            (
                one.file_sha256, f"{one.lines:,}", f"{one.uploaded_at:%Y-%m-%d}", one.uploaded_by,
                f"{one.removed_at:%Y-%m-%d}", one.removed_by, one.reason,
            )
            for one in removed
        ]  # fmt: skip
        draw_table("Files that were removed", headers, rows, numbers=(1,))
    else:
        st.caption("No file has been removed from this district.")


def draw_holds(viewer: Viewer) -> None:
    """What must not be removed, and the forms to place and release a hold."""
    holds = list_holds(open_store(), viewer)
    uploads = {one.upload_id: one for one in list_uploads(open_store(), viewer)}
    if holds:
        headers = ["On", "Why", "Placed", "By", "Released", "Why released"]
        draw_table("Records on hold", headers, [_list_hold(one, uploads) for one in holds])
    else:
        st.caption("No hold is in force: no lawsuit, audit or request keeps records from being removed.")
    with st.container(horizontal=True):
        with st.popover("Place a hold"), st.form("place_hold"):
            choices = [EVERYTHING, *uploads]
            subject = st.selectbox("On", choices, format_func=lambda key: _name_subject(key, uploads))
            reason = st.text_input("Reason: the matter it is for", max_chars=200, key="hold_reason")
            if st.form_submit_button("Place it", type="primary"):
                _do(lambda: place_hold(open_store(), viewer, str(subject), reason))
        in_force = {one.hold_id: one for one in holds if one.is_in_force}
        if in_force:
            with st.popover("Release a hold"), st.form("release_hold"):
                hold_id = st.selectbox("Hold", list(in_force), format_func=lambda key: in_force[key].reason)
                over = st.text_input("Reason", max_chars=200, key="release_reason")
                if st.form_submit_button("Release it", type="primary"):
                    _do(lambda: release_hold(open_store(), viewer, str(hold_id), over))


def draw_retention(viewer: Viewer) -> None:
    """The periods the district has set, and every record with the day until which it is kept."""
    periods = list_retention_periods(open_store(), viewer)
    if periods:
        rows = [(CLASSES[one.record_class], f"{one.years}", one.authority, one.set_by) for one in periods]
        draw_table("How long records are kept", ["Records", "Years", "Authority", "Set by"], rows, numbers=(1,))
    else:
        st.caption("No period is set. Look it up in your state's retention schedule; Techplan does not know it.")
    with st.popover("Set a period"), st.form("retention"):
        chosen = st.selectbox("Records", list(CLASSES), format_func=CLASSES.__getitem__)
        years = st.number_input("Years after the end of their fiscal year", 1, 100, 7)
        authority = st.text_input("Authority: the schedule or policy", max_chars=200)
        if st.form_submit_button("Set it", type="primary"):
            _do(lambda: set_retention_period(open_store(), viewer, RecordClass(chosen), int(years), authority))
    dates = list_retention_dates(open_store(), viewer)
    if dates:
        shown = [_list_date(one) for one in dates[:MOST_DATES_SHOWN]]
        draw_table("Records and until when they are kept", ["Record", "Belongs to", "Kept until", "State"], shown)
        due = sum(one.is_due(date.today()) for one in dates)
        st.caption(f"{count(due, 'record')} need not be kept any longer. Nothing is ever removed by itself.")


def _remove(viewer: Viewer, upload_id: str, reason: str) -> None:
    st.session_state["removal"] = remove_upload(open_store(), viewer, upload_id, reason)


def _draw_removed(removal: Removal) -> None:
    words = "Its contents and its name are gone from the store. " + (
        f"{count(len(removal.still_in), 'backup')} taken before still hold it: "
        f"{', '.join(one.path.name for one in removal.still_in)}. Delete them if they must not."
        if removal.still_in
        else "No backup that is still there holds it."
    )
    if not removal.rewritten:
        words += " The store was in use, so the free space of its file was not cleared."
    st.success(plain(words), title="The file was removed")


def _do(work: Callable[[], object]) -> None:
    try:
        work()
    except TechplanError as error:
        draw_error(error)
        return
    st.rerun()


def _name_upload(upload: Upload) -> str:
    return f"{upload.series}, version {upload.version}: {upload.file_name}"


def _name_subject(subject: str, uploads: dict[str, Upload]) -> str:
    if subject == EVERYTHING:
        return "Every record of the district"
    return _name_upload(uploads[subject]) if subject in uploads else "A file that is not there any more"


def _list_hold(hold: Hold, uploads: dict[str, Upload]) -> tuple[Cell, ...]:
    released = f"{hold.released_at:%Y-%m-%d} by {hold.released_by}" if hold.released_at else Tag("in force", "bad")
    return (
        _name_subject(hold.subject, uploads),
        hold.reason,
        f"{hold.placed_at:%Y-%m-%d}",
        hold.placed_by,
        released,
        hold.released_reason or "",
    )


def _list_date(one: RetentionDate) -> tuple[Cell, ...]:
    if one.is_held:
        state = Tag("on hold", "bad")
    elif one.keep_until is None:
        state = Tag("no period set")
    else:
        state = Tag("may go") if one.is_due(date.today()) else Tag("kept", "good")
    return (one.name, f"{one.period_end:%Y-%m-%d}", f"{one.keep_until:%Y-%m-%d}" if one.keep_until else "", state)
