"""What the children of `test_jobs` do: good work and every kind of bad."""

import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from planning.errors import InputRefused
from planning.findings import Finding
from planning.vocabulary import Severity

ReportProgress = Callable[[float, str], None]


def add_up(amounts: list[str], report_progress: ReportProgress) -> Decimal:
    total = Decimal(0)
    for number, amount in enumerate(amounts, start=1):
        report_progress(number / len(amounts), f"Line {number}")
        total += Decimal(amount)
        time.sleep(0.06)
    return total


def sleep(seconds: float, mark: str = "", report_progress: ReportProgress | None = None) -> float:
    if mark:
        Path(mark).write_text(str(os.getpid()))
    time.sleep(seconds)
    return seconds


def spin(report_progress: ReportProgress) -> None:
    while True:
        pass


def allocate(report_progress: ReportProgress) -> int:
    kept = []
    while True:
        kept.append(bytearray(50_000_000))


def abort(report_progress: ReportProgress) -> None:
    os.abort()


def end_early(code: int, report_progress: ReportProgress) -> None:
    os._exit(code)


def fail_with_cell_text(cell: str, report_progress: ReportProgress) -> None:
    raise LookupError(cell)


def refuse(report_progress: ReportProgress) -> None:
    finding = Finding(Severity.ERROR, "file_empty", "The file is empty.", cell="B2")
    raise InputRefused("The file is empty.", "Save it again.", (finding,))


def print_noise(report_progress: ReportProgress) -> str:
    print("noise on standard output" * 10_000)
    sys.stderr.write("noise on standard error")
    return "clean"


def write_noise_for_ever(report_progress: ReportProgress) -> None:
    while True:
        sys.stderr.write("x" * 100_000)
        time.sleep(0.001)


def return_large(report_progress: ReportProgress) -> bytes:
    return b"x" * 100_000_000


def return_a_function(report_progress: ReportProgress) -> object:
    return os.system


def send_garbage(report_progress: ReportProgress) -> None:
    for number in range(3, 10):
        try:
            os.write(number, b"r" + b"\0" * 7 + b"\4" + b"oops")
        except OSError:
            continue
    os._exit(0)


def list_environment(report_progress: ReportProgress) -> list[str]:
    return sorted(os.environ)


def list_imports(report_progress: ReportProgress) -> list[str]:
    return sorted(sys.modules)
