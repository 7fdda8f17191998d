"""Import of a real budget workbook, process start to committed, beside openpyxl opening the same file.

    uv run python benchmarks/import_budget.py FILE.xlsx [--runs 7]

Every run starts fresh processes, one after the other and by turns in the other order: the import through the front door
(`python techplan.py import`, with the look whether the environment is up to date), the same program without the front
door, and openpyxl. The import reads, understands, reconciles and commits to a new store, and is timed until its process
has ended; of openpyxl only `load_workbook` (full mode) is timed, not the start of Python nor its own import.
Medians, the fastest run and CPU seconds are printed, and the ratios that matter.
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


def measure_import(path: Path, *inside: str) -> Seconds:
    """From the start of the process to its end, with the lines committed to a new store."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--store", f"{folder}/store.duckdb", "--district", "benchmark", "--json"]
        command = [sys.executable, FRONT_DOOR, *inside, "import", str(path), *options]
        start, cpu = time.perf_counter(), read_children_cpu()
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        return Seconds(time.perf_counter() - start, read_children_cpu() - cpu)


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
    "openpyxl.load_workbook alone": measure_openpyxl,
}


def measure_by_turns(path: Path, runs: int) -> dict[str, list[Seconds]]:
    """Every measure once a run, in turned order, so that what else the machine does falls on all alike."""
    found: dict[str, list[Seconds]] = {name: [] for name in MEASURES}
    for run in range(runs):
        for name in list(MEASURES)[:: 1 if run % 2 == 0 else -1]:
            found[name].append(MEASURES[name](path))
    return found


def describe(found: dict[str, list[Seconds]]) -> list[str]:
    """A table, with every median as a ratio to openpyxl's."""
    theirs = _median(found["openpyxl.load_workbook alone"])
    lines = [f"{'':<32}{'median s':>10}{'fastest s':>11}{'CPU s':>8}{'ratio':>8}"]
    for name, seconds in found.items():
        cpu = statistics.median(one.cpu for one in seconds)
        fastest = min(one.wall for one in seconds)
        lines.append(f"{name:<32}{_median(seconds):>10.3f}{fastest:>11.3f}{cpu:>8.2f}{_median(seconds) / theirs:>8.2f}")
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
