"""A file that came through the browser: kept on disk until its reading is published or dropped."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.intake.corrections import Correction, ReadColumn
from data.intake.gate import GateLimits
from data.jobs import Job, JobLimits, find_job, forget_job, start_job
from data.settings import load_settings
from data.store.viewer import Viewer
from planning.errors import InputRefused

READ_BUDGET = "data.intake.reading:read_budget_file"
BUDGET_TYPES = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv")
READ_PLAN = "data.workbooks.reading:read_plan_file"


@dataclass(slots=True)
class KeptUpload:
    """A dropped file and what a person said about it so far, for every tab that shows its reading.

    `corrections` is None until something was said of its columns; then a profile of last year no longer speaks.
    `answers_of_last_year` is whether the answers are those of last year's file; None until there was a choice.
    `memo` is what pages worked out from the reading, each with what it was worked out for.
    """

    path: Path
    file_name: str
    answers: dict[str, str] = field(default_factory=dict)
    corrections: dict[ReadColumn, Correction] | None = None
    answers_of_last_year: bool | None = None
    memo: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def cells_path(self) -> Path:
        """Where the child leaves the cells for a picture of the sheets."""
        return self.path.with_name("cells")


_uploads: dict[str, KeptUpload] = {}


def find_upload(job_id: str) -> KeptUpload | None:
    """The file of a reading; None where it is gone."""
    return _uploads.get(job_id)


def find_most_megabytes(function: str) -> int:
    """The largest file that this reader takes: the setting raises it for budgets."""
    limits = GateLimits().times(load_settings().file_limits if function == READ_BUDGET else 1)
    return limits.file_bytes // 1_000_000


def start_reading_upload(viewer: Viewer, function: str, file_name: str, content: bytes) -> Job:
    """Start the child that reads an uploaded file; the name it came with is only ever shown, never opened."""
    _remove_abandoned()
    with ExitStack() as undo:
        path = _keep(content, undo)
        job = _start(viewer, function, KeptUpload(path, file_name))
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
    upload = _uploads.pop(job.id)
    forget_job(job.id)
    upload.answers = dict(answers)
    return _start(viewer, job.function, upload)


def forget_upload(job_id: str) -> None:
    """Drop a reading and its file."""
    forget_job(job_id)
    upload = _uploads.pop(job_id, None)
    if upload:
        shutil.rmtree(upload.path.parent, ignore_errors=True)


def _start(viewer: Viewer, function: str, upload: KeptUpload) -> Job:
    factor = load_settings().file_limits
    details: dict[str, object] = {"path": str(upload.path), "file_name": upload.file_name}
    if upload.answers:
        details["answers"] = dict(upload.answers)
    if function == READ_BUDGET:
        details["cells_path"] = str(upload.cells_path)
        details["file_limits"] = factor
    job = start_job(viewer.actor, viewer.district_id, function, details, JobLimits().times(factor))
    _uploads[job.id] = upload
    return job


def _remove_abandoned() -> None:
    for job_id in list(_uploads):  # a copy, because other threads add theirs
        if find_job(job_id) is None:
            forget_upload(job_id)


@atexit.register
def _remove_all() -> None:
    for job_id in list(_uploads):
        forget_upload(job_id)
