"""A job ends with its result or with one sentence, the parent lives, and no child is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil
import pytest

from data.jobs import JobLimits, JobState, allow_function, find_job, list_jobs, registry, run_job, start_job
from data.jobs.process import _resident_bytes
from planning import errors
from planning.errors import InputRefused, JobCancelled, JobCrashed, JobOutOfMemory, JobStopped, JobTimedOut, UsageError

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
WORK = (
    "add_up", "sleep", "spin", "allocate", "abort", "end_early", "fail_with_cell_text", "refuse", "print_noise",
    "write_noise_for_ever", "return_large", "return_a_function", "send_garbage", "list_environment", "list_imports",
)  # fmt: skip

for name in WORK:
    allow_function(f"job_work:{name}", import_folder=HERE)


def run(work: str, limits: JobLimits | None = None, **arguments: object) -> Any:  # noqa: ANN401
    return run_job(f"job_work:{work}", arguments, limits)


def wait_until_gone(process_id: int) -> bool:
    deadline = time.monotonic() + 5
    while psutil.pid_exists(process_id) and psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_job_hands_back_plain_data_and_tells_how_far_it_is() -> None:
    told: list[tuple[float, str]] = []
    total = run_job("job_work:add_up", {"amounts": ["0.10", "0.20"]}, report_progress=lambda *news: told.append(news))
    assert total == Decimal("0.30")
    assert told == [(0.5, "Line 1"), (1.0, "Line 2")]


@pytest.mark.parametrize(
    ("work", "limits", "expected"),
    [
        ("sleep", JobLimits(wall_seconds=0.3), JobTimedOut),
        ("spin", JobLimits(cpu_seconds=1), JobTimedOut),
        ("allocate", JobLimits(memory_bytes=300_000_000), JobOutOfMemory),
        ("abort", JobLimits(), JobCrashed),
        ("end_early", JobLimits(), JobCrashed),
        ("fail_with_cell_text", JobLimits(), JobCrashed),
        ("return_a_function", JobLimits(), JobCrashed),
        ("send_garbage", JobLimits(), JobCrashed),
        ("write_noise_for_ever", JobLimits(), JobCrashed),
        ("return_large", JobLimits(memory_bytes=50_000_000), JobOutOfMemory),
    ],
)
def test_a_child_that_misbehaves_becomes_one_sentence(work: str, limits: JobLimits, expected: type[JobStopped]) -> None:
    arguments = {"sleep": {"seconds": 60}, "end_early": {"code": 3}, "fail_with_cell_text": {"cell": "x"}}.get(work, {})
    with pytest.raises(expected) as caught:
        run(work, limits, **arguments)
    assert caught.value.exit_code == 4
    assert caught.value.message.endswith(".")
    assert caught.value.next_step.endswith(".")


def test_the_limits_are_told_in_the_sentence() -> None:
    with pytest.raises(JobTimedOut, match=r"longer than 0\.3 seconds"):
        run("sleep", JobLimits(wall_seconds=0.3), seconds=60)
    with pytest.raises(JobOutOfMemory, match=r"more than 0\.3 GB"):
        run("allocate", JobLimits(memory_bytes=300_000_000))


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize(("sent", "expected"), [(signal.SIGKILL, JobOutOfMemory), (signal.SIGSEGV, JobCrashed)])
def test_a_child_killed_from_outside_is_told_apart(tmp_path: Path, sent: int, expected: type[JobStopped]) -> None:
    job, process_id = start_sleeper(tmp_path)
    os.kill(process_id, sent)
    with pytest.raises(expected):
        job.result()


def start_sleeper(folder: Path, owner: str = "ann") -> tuple[registry.Job, int]:
    mark = folder / "child"
    job = start_job(owner, "small", "job_work:sleep", {"seconds": 60, "mark": str(mark)})
    while not (mark.exists() and mark.read_text()):
        assert not job.wait(0.01), job.error
    return job, int(mark.read_text())


def test_a_refusal_keeps_its_class_its_next_step_and_its_findings() -> None:
    with pytest.raises(InputRefused) as caught:
        run("refuse")
    assert (caught.value.message, caught.value.next_step) == ("The file is empty.", "Save it again.")
    assert [(finding.code, finding.cell) for finding in caught.value.findings] == [("file_empty", "B2")]


def test_what_a_library_prints_does_not_disturb_the_answer() -> None:
    assert run("print_noise") == "clean"


def test_the_log_names_the_place_of_a_crash_and_no_cell(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(JobCrashed):
        run("fail_with_cell_text", cell="Jane Roe 81,000")
    assert "job_work.py" in caplog.text
    assert "builtins.LookupError" in caplog.text
    assert "81,000" not in caplog.text


def test_secrets_in_the_environment_stay_with_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHPLAN_COOKIE_SECRET", "s3cret")
    assert "TECHPLAN_COOKIE_SECRET" not in run("list_environment")


def test_a_child_starts_without_the_heavy_libraries() -> None:
    heavy = {"streamlit", "duckdb", "pandas", "numpy", "pyarrow", "pydantic", "openpyxl", "subprocess", "psutil"}
    assert heavy.isdisjoint(run("list_imports"))


def test_a_function_nobody_allowed_does_not_run() -> None:
    with pytest.raises(UsageError, match="os:system may not run as a job"):
        start_job("ann", "small", "os:system", {"command": "true"})


def test_the_watch_ends_a_large_child_where_the_system_has_no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.jobs.process._list_system_limits", lambda limits: {})
    with pytest.raises(JobOutOfMemory):
        run("allocate", JobLimits(memory_bytes=300_000_000))


def test_a_cancelled_job_says_so_and_its_child_is_gone(tmp_path: Path) -> None:
    job, process_id = start_sleeper(tmp_path)
    job.cancel()
    with pytest.raises(JobCancelled, match="cancelled"):
        job.result()
    assert job.state is JobState.CANCELLED
    assert wait_until_gone(process_id)


def test_a_job_is_found_again_from_another_tab_by_its_owner_only(tmp_path: Path) -> None:
    job, _ = start_sleeper(tmp_path, owner="bob")
    assert find_job(job.id) is job
    assert list_jobs("bob", "small") == [job]
    assert list_jobs("bob", "other") == list_jobs("eve", "small") == []
    assert job.state is JobState.RUNNING
    job.cancel()
    assert job.wait(5)


def test_nobody_waits_for_ever_when_the_report_of_progress_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with pytest.raises(JobCrashed):
        run_job("job_work:add_up", {"amounts": ["1", "2"]}, report_progress=fail)
    for thread in [thread for thread in threading.enumerate() if thread.name.startswith("job-")]:
        thread.join(5)


def test_a_system_that_starts_no_more_programs_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", fail)
    with pytest.raises(JobCrashed, match="could not start another program"):
        run("sleep", seconds=0)


def test_no_more_children_run_than_allowed_and_the_rest_wait_their_turn() -> None:
    jobs = [start_job("cy", "small", "job_work:sleep", {"seconds": 0.3}) for _ in range(4)]
    assert [job.state for job in jobs] == ["running", "running", "queued", "queued"]
    jobs[2].cancel()
    assert jobs[2].state is JobState.CANCELLED
    assert jobs[3].result() == 0.3
    assert [job.state for job in jobs] == ["done", "done", "cancelled", "done"]


def test_finished_jobs_are_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [start_job("di", "small", "job_work:sleep", {"seconds": 0}) for _ in range(3)]
    for job in jobs:
        job.wait()
    monkeypatch.setattr(registry, "MOST_FINISHED", 2)
    assert len(list_jobs("di", "small")) == 2
    monkeypatch.setattr(registry, "SECONDS_KEPT", -1.0)
    assert list_jobs("di", "small") == []
    assert find_job(jobs[-1].id) is None


@pytest.mark.parametrize("ending", ["os._exit(0)", "os.kill(os.getpid(), 9)", "raise SystemExit"])
def test_children_do_not_outlive_the_parent(tmp_path: Path, ending: str) -> None:
    mark = tmp_path / "child"
    script = f"""
import os, sys, time
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from data.jobs import allow_function, start_job
allow_function("job_work:sleep", Path({str(HERE)!r}))
start_job("a", "b", "job_work:sleep", {{"seconds": 60, "mark": {str(mark)!r}}})
while not (os.path.exists({str(mark)!r}) and open({str(mark)!r}).read()):
    time.sleep(0.01)
{ending}
"""
    subprocess.run([sys.executable, "-c", script], check=False, timeout=30)
    assert wait_until_gone(int(mark.read_text()))


def test_every_error_of_the_tree_can_come_back_from_a_child() -> None:
    import pickle

    from data.jobs.answers import load_refusal

    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.TechplanError)
    ]
    for kind in kinds:
        error = load_refusal(pickle.dumps((kind.__name__, "What.", "Next.", ())))
        assert (type(error), str(error)) == (kind, "What. Next.")


def test_the_memory_of_a_process_is_what_the_system_says_and_nothing_once_it_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as child:
        time.sleep(0.3)
        expected = psutil.Process(child.pid).memory_info().rss
        assert abs(_resident_bytes(child.pid) - expected) < 2_000_000 < expected
    assert _resident_bytes(child.pid) == 0
