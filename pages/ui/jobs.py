"""A file on its way in: dropped, read by a child with progress and cancel, found again by a new tab."""

from typing import Any

import streamlit as st

from data.jobs import Job, JobState, find_job, list_jobs
from data.store.viewer import Viewer
from data.uploads import READ_BUDGET, find_most_megabytes, find_upload, forget_upload, start_reading_upload
from pages.ui.messages import draw_error, plain

SECONDS_BETWEEN_LOOKS = 0.4
LARGER = (
    "Of a larger file remove pictures and other sheets, split it, or raise the limits: setting TECHPLAN_FILE_LIMITS."
)


def draw_drop(label: str, function: str, types: list[str], viewer: Viewer) -> None:
    """The place to drop a file; a new file starts its reading at once."""
    key = f"drop_{function}_{st.session_state.get('drops', 0)}"
    larger = LARGER if function == READ_BUDGET else None
    file = st.file_uploader(label, type=types, key=key, help=larger, max_upload_size=find_most_megabytes(function))
    if file is not None:
        job = start_reading_upload(viewer, function, file.name, file.getvalue())
        st.session_state[f"job_{function}"] = job.id
        st.session_state["drops"] = st.session_state.get("drops", 0) + 1
        st.rerun()


def find_current_job(function: str, viewer: Viewer) -> Job | None:
    """The job of this tab, else the last one that this person started in another."""
    job = find_job(st.session_state.get(f"job_{function}", ""))
    if job and (job.owner, job.district_id) == (viewer.actor, viewer.district_id):
        return job
    jobs = [job for job in list_jobs(viewer.actor, viewer.district_id) if job.function == function]
    return jobs[-1] if jobs else None


def draw_job(job: Job) -> Any:  # noqa: ANN401 - the result of the function that the job ran
    """Progress while it runs; its result when it is done; what went wrong otherwise."""
    if not job.finished:
        _draw_progress(job.id)
        return None
    if job.state is JobState.DONE:
        return job.result()
    if upload := find_upload(job.id):
        st.header(plain(upload.file_name), anchor=False)
    if job.error:
        draw_error(job.error)
    st.button("Try another file", on_click=forget_upload, args=(job.id,))
    return None


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _draw_progress(job_id: str) -> None:
    job = find_job(job_id)
    if job is None or job.finished:
        st.rerun()
    upload = find_upload(job.id)
    name = f"{upload.file_name}: " if upload else ""
    st.progress(job.progress.fraction, text=plain(f"{name}{job.progress.words}"))
    st.button("Cancel", on_click=job.cancel)
