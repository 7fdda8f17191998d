"""One child process: started fast, watched, and gone whatever happens."""

import contextlib
import logging
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.jobs import child as child_script
from data.jobs.answers import MalformedAnswer, load_answer, load_progress, load_refusal, read_frame
from planning.errors import JobCancelled, JobCrashed, JobOutOfMemory, JobStopped, JobTimedOut

_PROJECT_FOLDER = str(Path(__file__).parents[2])
_SECONDS_BEFORE_FIRST_LOOK = 0.25
_SECONDS_BETWEEN_LOOKS = 0.05
_LONGEST_REPORT_BYTES = 1 << 20
# What a Python needs to start and to know its language. Secrets in the environment stay here.
_PASSED_ON = (
    "DYLD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR",
    "TZ", "WINDIR",
)  # fmt: skip
# numpy is used without matrices, and its threads for them take time to start.
_SET = {"OPENBLAS_NUM_THREADS": "1"}
_log = logging.getLogger(__name__)
# Places and classes of errors; other lines may hold cells of the file and are not logged.
_LOGGED_LINE = re.compile(rb'^  File ".*|^Ended by [\w.]+$|^.*panicked at [^ ]*', re.MULTILINE)
_OUT_OF_MEMORY_WORDS = (b"memory allocation of", b"MemoryError", b"bad_alloc", b"out of memory")


@dataclass(frozen=True, slots=True)
class JobLimits:
    """How much one job may take. Where the system cannot limit a process the parent watches alone."""

    cpu_seconds: int = 30
    wall_seconds: float = 120.0
    memory_bytes: int = 1_500_000_000

    def times(self, factor: int) -> "JobLimits":
        """Room for work so many times as long."""
        return JobLimits(self.cpu_seconds * factor, self.wall_seconds * factor, self.memory_bytes * factor)


class ChildProcess:
    """A child at work on one function; `wait_for_answer` is called once, by one thread; `stop` by any."""

    def __init__(
        self, function: str, arguments: Mapping[str, Any], limits: JobLimits, import_folders: tuple[str, ...] = ()
    ) -> None:
        self.function = function
        self.limits = limits
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the child is reaped)
        self._stopped_because: JobStopped | None = None
        self._ended = threading.Event()
        request = self._write_request(arguments, import_folders)
        self.process = _start_interpreter(self.errors.fileno())
        self._send_request(request)

    def _write_request(self, arguments: Mapping[str, Any], import_folders: tuple[str, ...]) -> bytes:
        request = {
            "function": self.function,
            "arguments": pickle.dumps(dict(arguments)),
            "limits": _list_system_limits(self.limits),
            "import_folders": [_PROJECT_FOLDER, *import_folders, *_list_package_folders()],
        }
        payload = pickle.dumps(request)
        return struct.pack(">Q", len(payload)) + payload

    def _send_request(self, request: bytes) -> None:
        """Say what to do. The pipe stays open: its end tells the child that the parent is gone."""
        assert self.process.stdin is not None
        # A child that died at once breaks the pipe; wait_for_answer says how it ended.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(request)
            self.process.stdin.flush()

    def stop(self, reason: JobStopped) -> None:
        """End the child and whatever it started. The first reason given is the one that is told."""
        if self._stopped_because is None:
            self._stopped_because = reason
        _kill(self.process)

    def wait_for_answer(self, report_progress: Callable[[float, str], None]) -> Any:  # noqa: ANN401
        """The result of the function; raises what it raised, or the way the child ended."""
        threading.Thread(target=self._watch, name="job-watch", daemon=True).start()
        try:
            return self._read_answer(report_progress)
        except MalformedAnswer as problem:
            raise crashed() from problem
        finally:
            self._reap()

    def _read_answer(self, report_progress: Callable[[float, str], None]) -> Any:  # noqa: ANN401
        assert self.process.stdout is not None
        while frame := read_frame(self.process.stdout, self.limits.memory_bytes):
            if frame.kind == child_script.PROGRESS:
                report_progress(*load_progress(frame.payload))
            elif frame.kind == child_script.REFUSAL:
                raise load_refusal(frame.payload)
            else:
                return load_answer(frame.payload)
        raise self._explain_end()

    def _explain_end(self) -> JobStopped:
        self.process.wait()
        if self._stopped_because:
            return self._stopped_because
        errors = self.read_errors()
        self._log_end(errors)
        return explain_exit(self.process.returncode, errors, self.limits)

    def _log_end(self, errors: bytes) -> None:
        # Late: only a crash is logged.
        from data.logs import Known

        places = b"; ".join(line.strip() for line in _LOGGED_LINE.findall(errors)).decode("utf-8", "replace")
        function = Known(self.function)
        _log.error("%s ended with code %d without an answer: %s", function, self.process.returncode, Known(places))

    def read_errors(self) -> bytes:
        """The end of what the child wrote to standard error."""
        size = self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(size - 8192, 0))
        return self.errors.read()

    def _reap(self) -> None:
        self._ended.set()
        _kill(self.process)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def _watch(self) -> None:
        started = time.monotonic()
        pause = min(_SECONDS_BEFORE_FIRST_LOOK, self.limits.wall_seconds)
        with self.errors:
            while not self._ended.wait(pause):
                pause = _SECONDS_BETWEEN_LOOKS
                if time.monotonic() - started > self.limits.wall_seconds:
                    self.stop(timed_out(self.limits.wall_seconds))
                elif _resident_bytes(self.process.pid) > self.limits.memory_bytes:
                    self.stop(out_of_memory(self.limits))
                elif os.fstat(self.errors.fileno()).st_size > _LONGEST_REPORT_BYTES:
                    self.stop(crashed())


def explain_exit(return_code: int, errors: bytes, limits: JobLimits) -> JobStopped:
    """What the end of a child that gave no answer means for a person."""
    if return_code == child_script.EXIT_OUT_OF_MEMORY or any(words in errors for words in _OUT_OF_MEMORY_WORDS):
        return out_of_memory(limits)
    if return_code == -getattr(signal, "SIGXCPU", 0) and return_code:
        return timed_out(limits.cpu_seconds)
    if return_code == -getattr(signal, "SIGKILL", 0) and return_code:
        return out_of_memory(limits)  # nobody else ends a child so: the system was short of memory
    return crashed()


def out_of_memory(limits: JobLimits) -> JobOutOfMemory:
    return JobOutOfMemory(
        f"The file needed more than {limits.memory_bytes / 1e9:.1f} GB of memory, so the work was stopped.",
        "Split the file, copy the sheets you need into a new workbook, or raise TECHPLAN_FILE_LIMITS.",
    )


def timed_out(seconds: float) -> JobTimedOut:
    return JobTimedOut(
        f"The work took longer than {seconds:g} seconds, so it was stopped.",
        "Split the file, copy the sheets you need into a new workbook, or raise TECHPLAN_FILE_LIMITS.",
    )


def cancelled() -> JobCancelled:
    return JobCancelled("The work was cancelled.", "Nothing was stored; start it again when you like.")


def crashed() -> JobCrashed:
    return JobCrashed(
        "The program that reads the file ended without an answer.",
        "Open the file in Excel, save it as a new .xlsx workbook and try that; nothing was stored.",
    )


def not_started() -> JobCrashed:
    return JobCrashed(
        "The system could not start another program for this work.",
        "Close other programs or free some disk space, then try again; nothing was stored.",
    )


def _list_system_limits(limits: JobLimits) -> dict[str, int]:
    """What the child asks the system to hold it to."""
    return {"cpu_seconds": limits.cpu_seconds, "memory_bytes": limits.memory_bytes}


def _list_package_folders() -> list[str]:
    """Where this process finds its packages; the child takes the list over instead of looking for itself."""
    return [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]


def _start_interpreter(errors: int) -> subprocess.Popen[bytes]:
    # Never fork: the parent has threads and an open store. Popen without preexec_fn starts a fresh process.
    # A group of its own, so that Ctrl-C in the terminal is the parent's to answer and its own children go with it.
    new_group = 0
    if sys.platform == "win32":
        new_group = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", child_script.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _SET,
        start_new_session=sys.platform != "win32",
        creationflags=new_group,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The child and its own group; a child already gone is no error."""
    if process.poll() is not None:
        return
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _resident_bytes(process_id: int) -> int:
    """The memory a process has in use; 0 where it is gone."""
    if sys.platform == "linux":
        # Loading psutil takes 55 ms of CPU, at the very moment when a budget of usual size is being read.
        try:
            pages = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    # Late: most children are done before anybody looks.
    import psutil

    try:
        return psutil.Process(process_id).memory_info().rss
    except psutil.Error:
        return 0
