"""The step that stores a reading: what it replaces is said before it is done."""

import streamlit as st

from data.intake.corrections import list_correction_answers
from data.intake.profile import Profile, make_profile
from data.store.budget_queries import YearBasis
from data.store.budget_uploads import Upload, list_columns, list_uploads
from data.store.budgets import name_series, publish_reading
from data.store.profiles import save_profile
from data.store.viewer import Viewer
from data.uploads import forget_upload
from pages.ui.messages import draw_error, plain
from pages.ui.session import current_district_name, open_store
from pages.ui.shown_reading import ShownReading
from pages.ui.wording import count, join_words, name_column
from planning.errors import TechplanError
from planning.vocabulary import ReadingStatus, UploadStatus


def draw_publish(shown: ShownReading, viewer: Viewer) -> None:
    """The step that stores the reading, where it can be stored."""
    reading = shown.reading
    if reading.status is ReadingStatus.REFUSED:
        return
    st.header("Publish", anchor="publish")
    series = st.text_input("Name of this budget", value=name_series(reading), key="series")
    st.write(plain(_describe_consequence(shown, series, viewer)))
    answers = dict(shown.upload.answers)
    profile = shown.memo("new profile", lambda: make_profile(shown.read, shown.corrections, answers), tuple(answers))
    with st.form("publish"):
        st.text_input("Reason, for the audit trail", value="Budget uploaded", key="publish_reason")
        keep = _draw_keep(shown, profile)
        publish = st.form_submit_button("Publish", type="primary")
    if publish:
        _publish(shown, viewer, profile if keep else None)


def _draw_keep(shown: ShownReading, profile: Profile) -> bool:
    """Whether what was said is kept for next year's file; not asked where nothing was said."""
    if profile.is_empty and shown.profile is None:
        return False
    words = "Keep what I said of its columns for next year's file"
    if profile.is_empty:
        words = "Forget what was said of files laid out like this one"
    return st.checkbox(words, value=True, key="keep_profile")


def _describe_consequence(shown: ShownReading, series: str, viewer: Viewer) -> str:
    """What publishing would do to what is there, said before it is done."""
    reading = shown.reading
    lines, district = count(reading.published_lines, "line"), current_district_name()
    uploads = list_uploads(open_store(), viewer, series.strip())
    current = next((upload for upload in uploads if upload.status == UploadStatus.CURRENT), None)
    if current is None:
        return f"Publishing adds {lines} to {district} as the first version of {series}."
    if current.file_sha256 == reading.sha256 and current.answers == _list_answers(shown):
        return f"{series} of {district} holds this very file already."
    replaced = f"{current.file_name}, version {current.version}, {count(current.published_lines, 'line')}"
    words = f"Publishing replaces {replaced}, in {series} of {district} by these {lines}; another name keeps both."
    lost = _list_lost(shown, viewer, current)
    return f"{words} {join_words(lost)} would no longer count: this file does not hold them." if lost else words


def _list_lost(shown: ShownReading, viewer: Viewer, current: Upload) -> list[str]:
    """The years and bases of the current version that the new file does not hold."""
    held = {YearBasis(total.fiscal_year or "", str(total.basis)) for total in shown.reading.totals}
    before = {
        YearBasis(column.fiscal_year or "", column.basis)
        for column in list_columns(open_store(), viewer, current.upload_id)
        if not column.is_empty
    }
    return [name_column(column) for column in sorted(before - held)]


def _list_answers(shown: ShownReading) -> dict[str, str]:
    """What was answered and what was said of columns: stored with the upload."""
    return {**shown.upload.answers, **list_correction_answers(shown.corrections)}


def _publish(shown: ShownReading, viewer: Viewer, profile: Profile | None) -> None:
    try:
        published = publish_reading(
            open_store(),
            viewer,
            shown.reading,
            st.session_state["series"],
            _list_answers(shown),
            st.session_state["publish_reason"],
        )
        if profile is not None:
            save_profile(open_store(), viewer, profile, shown.reading.file_name)
    except TechplanError as error:
        draw_error(error)
        return
    forget_upload(shown.job.id)
    st.session_state["published"] = published
    st.rerun()
