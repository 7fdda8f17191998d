"""Runs the dashboard for tests, benchmarks and pictures: on a free loopback port, on a store of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from techplan import INSIDE, ROOT

START_SECONDS, END_SECONDS = 60.0, 15.0


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A running dashboard: where it answers, its store, its process, and what it printed."""

    url: str
    store: Path
    process: subprocess.Popen[bytes]
    printed: Path

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(END_SECONDS)


@contextmanager
def run_dashboard(store: Path, district: str | None = None) -> Generator[Dashboard]:
    """A dashboard on this store, which begins with the sample district when the file does not exist yet."""
    port = find_free_port()
    printed = store.parent / "printed.txt"
    choice = ["--district", district] if district else []
    command = [sys.executable, str(ROOT / "techplan.py"), INSIDE, "app", "--port", str(port), *choice]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TECHPLAN_")}
    environment["TECHPLAN_STORE"] = str(store)
    with printed.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment, cwd=store.parent)
    try:
        _wait_until_ready(process, printed)
        yield Dashboard(f"http://127.0.0.1:{port}", store, process, printed)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(process: subprocess.Popen[bytes], printed: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        text = printed.read_text(encoding="utf-8", errors="replace")
        if "is ready at" in text:
            return
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard ended with {process.returncode}: {text}")
        time.sleep(0.05)
    raise RuntimeError("the dashboard did not start in time")
