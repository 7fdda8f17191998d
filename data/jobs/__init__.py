"""Long or dangerous work in child processes: limits, progress, cancel; a job outlives the tab that started it.

`start_job` returns at once, `run_job` waits. A child that is killed, aborts, or runs out of memory or time becomes an
error of `planning.errors` with one sentence; the parent lives on.
"""

from data.jobs.process import JobLimits
from data.jobs.registry import (
    Job,
    JobState,
    Progress,
    allow_function,
    find_job,
    forget_job,
    list_jobs,
    run_job,
    start_job,
)

__all__ = [
    "Job",
    "JobLimits",
    "JobState",
    "Progress",
    "allow_function",
    "find_job",
    "forget_job",
    "list_jobs",
    "run_job",
    "start_job",
]
