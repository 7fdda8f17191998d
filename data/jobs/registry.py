"""Jobs of this process: started, queued, found again from another tab, cancelled, and forgotten after a while."""

import atexit
import os
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from data.jobs.process import ChildProcess, JobLimits, cancelled, crashed, not_started
from planning.errors import JobCancelled, TechplanError, UsageError

MOST_CHILDREN = 2
MOST_FINISHED = 20
SECONDS_KEPT = 3600.0

ReportProgress = Callable[[float, str], None]

_allowed: dict[str, tuple[str, ...]] = {
    "data.intake.reading:read_budget_file": (),
    "data.intake.source:read_workbook": (),
    "data.workbooks.reading:read_plan_file": (),
}


def allow_function(name: str, import_folder: Path | None = None) -> None:
    """Let jobs call `module:function`; it must take `report_progress`. The folder is where its module is found."""
    _allowed[name] = (str(import_folder),) if import_folder else ()


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Progress(NamedTuple):
    """How far a job is: a fraction from 0 to 1, and words for it."""

    fraction: float
    words: str


class Job:
    """One piece of work in a child process, seen from any thread and any tab of the person who started it."""

    def __init__(
        self, owner: str, district_id: str, function: str, arguments: Mapping[str, Any], limits: JobLimits
    ) -> None:
        self.id = os.urandom(16).hex()
        self.owner = owner
        self.district_id = district_id
        self.function = function
        self.limits = limits
        self.state = JobState.QUEUED
        self.progress = Progress(0.0, "Waiting for its turn")
        self.error: TechplanError | None = None
        self.finished_at: float | None = None
        self._arguments = arguments
        self._report_progress: ReportProgress | None = None
        self._result: Any = None
        self._child: ChildProcess | None = None
        self._finished = threading.Event()

    @property
    def finished(self) -> bool:
        """Whether the job is over, one way or another."""
        return self._finished.is_set()

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Wait until the job is over; whether it is."""
        return self._finished.wait(timeout_seconds)

    def result(self) -> Any:  # noqa: ANN401
        """Wait for the job and return what its function returned, or raise the error it ended with."""
        self._finished.wait()
        if self.error:
            raise self.error
        return self._result

    def cancel(self) -> None:
        """End the job now; a finished job stays as it is."""
        with _lock:
            if self._child:
                self._child.stop(cancelled())
            elif self.state is JobState.QUEUED:
                _waiting.remove(self)
                self._finish(JobState.CANCELLED, error=cancelled())

    def _start(self) -> None:
        """Start the child here and now, and leave the waiting to a thread."""
        self.state = JobState.RUNNING
        self.progress = Progress(0.0, "Starting")
        try:
            child = ChildProcess(self.function, self._arguments, self.limits, _allowed[self.function])
        except OSError:
            self._finish(JobState.FAILED, error=not_started())
            return
        self._child = child
        _running.add(self)
        threading.Thread(target=self._follow, args=(child,), name=f"job-{self.id[:8]}", daemon=True).start()

    def _follow(self, child: ChildProcess) -> None:
        # Whatever goes wrong in this thread, even in somebody's report_progress, nobody may wait for ever.
        outcome: tuple[JobState, Any, TechplanError | None] = (JobState.FAILED, None, crashed())
        try:
            outcome = (JobState.DONE, child.wait_for_answer(self._take_progress), None)
        except JobCancelled as error:
            outcome = (JobState.CANCELLED, None, error)
        except TechplanError as error:
            outcome = (JobState.FAILED, None, error)
        finally:
            with _lock:
                self._child = None
                _running.discard(self)
                self._finish(*outcome)
                _start_waiting()

    def _take_progress(self, fraction: float, words: str) -> None:
        self.progress = Progress(fraction, words)
        if self._report_progress:
            self._report_progress(fraction, words)

    def _finish(self, state: JobState, result: object = None, error: TechplanError | None = None) -> None:
        self._arguments = {}
        self._result, self.error, self.finished_at = result, error, time.monotonic()
        if state is JobState.DONE:
            self.progress = Progress(1.0, "Done")
        self.state = state
        self._finished.set()


_lock = threading.RLock()
_jobs: dict[str, Job] = {}
_waiting: list[Job] = []
_running: set[Job] = set()


def start_job(
    owner: str,
    district_id: str,
    function: str,
    arguments: Mapping[str, Any],
    limits: JobLimits | None = None,
    report_progress: ReportProgress | None = None,
) -> Job:
    """Start `module:function` in a child and return at once; its turn comes when fewer than MOST_CHILDREN run.

    `report_progress` is called from the job's own thread.
    """
    if function not in _allowed:
        raise UsageError(f"{function} may not run as a job.", "Allow it with data.jobs.allow_function first.")
    job = Job(owner, district_id, function, arguments, limits or JobLimits())
    job._report_progress = report_progress
    with _lock:
        _forget_old_jobs()
        _jobs[job.id] = job
        _waiting.append(job)
        _start_waiting()
    return job


def run_job(
    function: str,
    arguments: Mapping[str, Any],
    limits: JobLimits | None = None,
    report_progress: ReportProgress | None = None,
) -> Any:  # noqa: ANN401
    """Run a job to its end and return its result; whatever interrupts the waiting ends the child."""
    job = start_job("", "", function, arguments, limits, report_progress)
    try:
        return job.result()
    finally:
        job.cancel()
        with _lock:
            _jobs.pop(job.id, None)


def find_job(job_id: str) -> Job | None:
    """The job with this id, unless it is long over."""
    with _lock:
        _forget_old_jobs()
        return _jobs.get(job_id)


def forget_job(job_id: str) -> None:
    """Cancel a job if it still runs, and drop its result."""
    with _lock:
        job = _jobs.pop(job_id, None)
    if job:
        job.cancel()


def list_jobs(owner: str, district_id: str) -> list[Job]:
    """The jobs of one person in one district, oldest first."""
    with _lock:
        _forget_old_jobs()
        return [job for job in _jobs.values() if (job.owner, job.district_id) == (owner, district_id)]


def _start_waiting() -> None:
    while _waiting and len(_running) < MOST_CHILDREN:
        _waiting.pop(0)._start()


def _forget_old_jobs() -> None:
    now = time.monotonic()
    finished = [job for job in _jobs.values() if job.finished_at is not None]
    kept = finished[-MOST_FINISHED:]
    for job in finished:
        if job not in kept or now - (job.finished_at or now) > SECONDS_KEPT:
            del _jobs[job.id]


def _end_children() -> None:
    with _lock:
        for job in tuple(_running):
            if job._child:
                job._child.stop(cancelled())


atexit.register(_end_children)
