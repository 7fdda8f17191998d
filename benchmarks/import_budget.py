"""Import of a real budget workbook, process start to committed, beside openpyxl opening the same file.

    uv run python benchmarks/import_budget.py FILE.xlsx [--runs 7]

Every run starts fresh processes, one after the other and by turns in the other order: the import through the front door
(`python techplan.py import`, with the look whether the environment is up to date), the same program without the front
door, `read` (read, understood and reconciled, nothing stored), and openpyxl. The import reads, understands, reconciles
and commits to a new store. All of these are timed until their process has ended. Of openpyxl `load_workbook` (full
mode) is timed once alone, without the start of Python and its own import, and once as the process that does nothing
else, start and end included: the measure for `read`. Medians, the fastest run and CPU seconds are printed, and the
ratios that matter.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

FRONT_DOOR = str(Path(__file__).resolve().parent.parent / "techplan.py")
OPENPYXL, OPENPYXL_PROCESS = "openpyxl.load_workbook alone", "openpyxl, its whole process"
OPEN_WITH_OPENPYXL = """
import sys, time, openpyxl
start, cpu = time.perf_counter(), time.process_time()
openpyxl.load_workbook(sys.argv[1])
print(time.perf_counter() - start, time.process_time() - cpu)
"""


class Seconds(NamedTuple):
    """One run: on the clock, and of the processor (children included)."""

    wall: float
    cpu: float


def measure_process(command: Sequence[str], folder: str) -> Seconds:
    """From the start of a process to its end."""
    start, cpu = time.perf_counter(), read_children_cpu()
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return Seconds(time.perf_counter() - start, read_children_cpu() - cpu)


def measure_import(path: Path, *inside: str) -> Seconds:
    """With the lines committed to a new store."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--store", f"{folder}/store.duckdb", "--district", "benchmark", "--json"]
        return measure_process([sys.executable, FRONT_DOOR, *inside, "import", str(path), *options], folder)


def measure_read(path: Path) -> Seconds:
    with tempfile.TemporaryDirectory() as folder:
        return measure_process([sys.executable, FRONT_DOOR, "read", str(path), "--json"], folder)


def measure_openpyxl_process(path: Path) -> Seconds:
    opening = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"
    return measure_process([sys.executable, "-c", opening, str(path)], str(path.parent))


def measure_front_door(path: Path) -> Seconds:
    return measure_import(path)


def measure_program(path: Path) -> Seconds:
    return measure_import(path, "--inside")


def measure_openpyxl(path: Path) -> Seconds:
    command = [sys.executable, "-c", OPEN_WITH_OPENPYXL, str(path)]
    wall, cpu = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Seconds(float(wall), float(cpu))


def read_children_cpu() -> float:
    """CPU seconds of all processes this one has started and seen end."""
    times = psutil.Process().cpu_times()
    return times.children_user + times.children_system


MEASURES: dict[str, Callable[[Path], Seconds]] = {
    "import through the front door": measure_front_door,
    "import, the program alone": measure_program,
    OPENPYXL: measure_openpyxl,
    "read through the front door": measure_read,
    OPENPYXL_PROCESS: measure_openpyxl_process,
}


def measure_by_turns(path: Path, runs: int) -> dict[str, list[Seconds]]:
    """Every measure once a run, in turned order, so that what else the machine does falls on all alike."""
    found: dict[str, list[Seconds]] = {name: [] for name in MEASURES}
    for run in range(runs):
        for name in list(MEASURES)[:: 1 if run % 2 == 0 else -1]:
            found[name].append(MEASURES[name](path))
    return found


def describe(found: dict[str, list[Seconds]]) -> list[str]:
    """A table, with every median as a ratio to openpyxl's: alone, and with the start and end of its process."""
    alone, process = _median(found[OPENPYXL]), _median(found[OPENPYXL_PROCESS])
    lines = [f"{'':<34}{'median s':>10}{'fastest s':>11}{'CPU s':>8}{'to openpyxl':>13}{'to its process':>16}"]
    for name, seconds in found.items():
        cpu, fastest = statistics.median(one.cpu for one in seconds), min(one.wall for one in seconds)
        clock = _median(seconds)
        figures = f"{clock:>10.3f}{fastest:>11.3f}{cpu:>8.2f}{clock / alone:>13.2f}{clock / process:>16.2f}"
        lines.append(f"{name:<34}{figures}")
    return lines


def _median(seconds: Sequence[Seconds]) -> float:
    return statistics.median(one.wall for one in seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    path = arguments.file.resolve()
    measure_front_door(path)  # once before, so that nobody pays for a cold disk
    print(f"{path.name}, {arguments.runs} runs, load of the machine before {psutil.getloadavg()[0]:.1f}")
    print("\n".join(describe(measure_by_turns(path, arguments.runs))))


if __name__ == "__main__":
    main()
