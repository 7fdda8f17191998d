"""A file that came through the browser: kept on disk until its reading is published or dropped."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from data.jobs import Job, find_job, forget_job, start_job
from data.store.viewer import Viewer
from planning.errors import InputRefused

READ_BUDGET = "data.intake.reading:read_budget_file"
READ_PLAN = "data.workbooks.reading:read_plan_file"

_uploads: dict[str, tuple[Path, str]] = {}


def start_reading_upload(viewer: Viewer, function: str, file_name: str, content: bytes) -> Job:
    """Start the child that reads an uploaded file; the name it came with is only ever shown, never opened."""
    _remove_abandoned()
    with ExitStack() as undo:
        path = _keep(content, undo)
        job = _start(viewer, function, path, file_name, {})
        undo.pop_all()
    return job


def _keep(content: bytes, undo: ExitStack) -> Path:
    """The content as a file in a folder that only this user may open, removed again where anything fails."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="techplan-"))
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        path = folder / "upload"
        path.write_bytes(content)
    except OSError as error:
        raise InputRefused(
            f"The file could not be kept on this computer ({error.strerror}).", "Free some space, then drop it again."
        ) from error
    return path


def read_upload_again(viewer: Viewer, job: Job, answers: Mapping[str, str]) -> Job | None:
    """Read the same file with a person's answers; None where the file is gone."""
    if job.id not in _uploads:
        return None
    path, file_name = _uploads.pop(job.id)
    forget_job(job.id)
    return _start(viewer, job.function, path, file_name, {"answers": dict(answers)})


def forget_upload(job_id: str) -> None:
    """Drop a reading and its file."""
    forget_job(job_id)
    path, _ = _uploads.pop(job_id, (None, ""))
    if path:
        shutil.rmtree(path.parent, ignore_errors=True)


def _start(viewer: Viewer, function: str, path: Path, file_name: str, arguments: Mapping[str, object]) -> Job:
    details = {"path": str(path), "file_name": file_name, **arguments}
    job = start_job(viewer.actor, viewer.district_id, function, details)
    _uploads[job.id] = (path, file_name)
    return job


def _remove_abandoned() -> None:
    for job_id in list(_uploads):  # a copy, because other threads add theirs
        if find_job(job_id) is None:
            forget_upload(job_id)


@atexit.register
def _remove_all() -> None:
    for job_id in list(_uploads):
        forget_upload(job_id)
