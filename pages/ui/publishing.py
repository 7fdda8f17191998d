"""The step that stores a reading: what it replaces is said before it is done."""

from collections.abc import Iterable

import streamlit as st

from data.intake.corrections import list_correction_answers
from data.intake.profile import Profile, make_profile
from data.store.budget_queries import YearBasis
from data.store.budget_uploads import list_uploads
from data.store.budgets import publish_reading
from data.store.profiles import save_profile
from data.store.series import DollarColumn, list_counting_columns, list_dollar_columns, propose_series
from data.store.viewer import Viewer
from data.uploads import forget_upload
from pages.ui.messages import draw_error, plain
from pages.ui.session import current_district_name, current_measures, open_store
from pages.ui.shown_reading import ShownReading
from pages.ui.wording import count, join_words, name_column, name_side
from planning.errors import TechplanError
from planning.vocabulary import ReadingStatus, UploadStatus


def draw_publish(shown: ShownReading, viewer: Viewer) -> None:
    """The step that stores the reading, where it can be stored."""
    reading = shown.reading
    if reading.status is ReadingStatus.REFUSED:
        return
    st.header("Publish", anchor="publish")
    series = st.text_input("Name of this budget", value=propose_series(shown.reading, current_measures()), key="series")
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
    # Nothing is forgotten because nothing was said this time; it is offered where last year's word was taken back.
    taken_back = shown.upload.corrections is not None or shown.upload.answers_of_last_year is False
    return st.checkbox(words, value=not profile.is_empty or taken_back, key="keep_profile")


def _describe_consequence(shown: ShownReading, series: str, viewer: Viewer) -> str:
    """What publishing would do to what is there, said before it is done."""
    reading = shown.reading
    lines, district = count(reading.published_lines, "line"), current_district_name()
    uploads = list_uploads(open_store(), viewer, series.strip())
    current = next((upload for upload in uploads if upload.status == UploadStatus.CURRENT), None)
    if current and current.file_sha256 == reading.sha256 and current.answers == _list_answers(shown):
        return f"{series} of {district} holds this very file already."
    said = [f"Publishing adds {lines} to {district} as the first version of {series}."]
    own, published = list_dollar_columns(reading), list_counting_columns(current_measures())
    if current:
        replaced = f"{current.file_name}, version {current.version}, {count(current.published_lines, 'line')}"
        said = [f"Publishing replaces {replaced}, in {series} of {district} by these {lines}; another name keeps both."]
        if lost := published.get(current.series, set()) - own:
            said += [f"{_name_columns(lost)} would no longer count: this file does not hold them."]
    for other, columns in published.items():
        if (twice := own & columns) and other != (current.series if current else series.strip()):
            said += [f"{_name_columns(twice)} would be added up with those of {other}."]
    return " ".join(said)


def _name_columns(columns: Iterable[DollarColumn]) -> str:
    return join_words([f"{name_column(YearBasis(*one[:2]))} {name_side(one.side).lower()}" for one in sorted(columns)])


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
