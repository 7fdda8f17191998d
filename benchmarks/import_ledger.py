"""Import of a long ledger, process start to committed, beside calamine and pandas reading its cells.

    uv run python benchmarks/import_ledger.py [--lines 100000] [--amounts 3] [--runs 3] [--only-calamine]

The ledger (`large_ledger.py`) has fifteen columns and is written once. Every run starts fresh processes, one after the
other and by turns in the other order, each timed from its start to its end: the import through the front door into a
new store; python-calamine handing over the cells of every sheet; `pandas.read_excel` with openpyxl. Printed are the
medians of the seconds on the clock and of the processor, the largest memory of all processes of a run together
(looked at every hundredth of a second), and the ratios. The totals of the import must be those of the ledger.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
from import_budget import FRONT_DOOR, read_children_cpu
from large_ledger import write_ledger

CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(sys.argv[1])
sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
"""
PANDAS = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='openpyxl', sheet_name=None)"
IMPORT, READ, FRAME = "import through the front door", "python-calamine, cells", "pandas.read_excel, openpyxl"


class Run(NamedTuple):
    """One run: seconds on the clock, of the processor, and the largest memory of all its processes together."""

    wall: float
    cpu: float
    peak_bytes: int


def measure(command: Sequence[str], folder: str, limits: int = 1) -> tuple[Run, str]:
    """The run of a command, and what it printed."""
    environment = os.environ | {"TECHPLAN_FILE_LIMITS": str(limits)}
    start, cpu, peak = time.perf_counter(), read_children_cpu(), 0
    with tempfile.TemporaryFile("w+") as out:
        process = psutil.Popen(list(command), stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=environment)
        while process.poll() is None:
            peak = max(peak, sum_memory(process))
            time.sleep(0.01)
        run = Run(time.perf_counter() - start, read_children_cpu() - cpu, peak)
        out.seek(0)
        printed = out.read()
    if process.returncode:
        sys.exit(f"{' '.join(command[:3])} ended with {process.returncode}: {printed[-400:]}")
    return run, printed


def sum_memory(process: psutil.Process) -> int:
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.Error:  # one of them has just ended
        return total
    return total


def measure_import(path: Path, totals: Sequence[int], limits: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        options = ["--store", f"{folder}/store.duckdb", "--district", "benchmark", "--json"]
        run, printed = measure([sys.executable, FRONT_DOOR, "import", str(path), *options], folder, limits)
    found = [column["detail_total"] for column in json.loads(printed)["totals"]]
    if found != [f"{total / 100:.2f}" for total in totals]:
        sys.exit(f"The import read {found}, and the ledger holds {totals} cents.")
    return run


def measure_by_turns(path: Path, totals: Sequence[int], arguments: argparse.Namespace) -> dict[str, list[Run]]:
    limits = 1 + arguments.lines // 180_000
    rivals = {READ: CALAMINE} if arguments.only_calamine else {READ: CALAMINE, FRAME: PANDAS}
    found: dict[str, list[Run]] = {name: [] for name in (IMPORT, *rivals)}
    for turn in range(arguments.runs):
        for name in list(found)[:: 1 if turn % 2 == 0 else -1]:
            if name == IMPORT:
                found[name].append(measure_import(path, totals, limits))
            else:
                found[name].append(measure([sys.executable, "-c", rivals[name], str(path)], str(path.parent))[0])
    return found


def describe(found: dict[str, list[Run]]) -> list[str]:
    """A table, and the import as a multiple of calamine and pandas as a multiple of the import."""
    lines = [f"{'':<32}{'median s':>10}{'fastest s':>11}{'CPU s':>8}{'MB':>8}"]
    middle = {
        name: Run(*(statistics.median(values) for values in zip(*runs, strict=True))) for name, runs in found.items()
    }
    for name, run in middle.items():
        fastest = min(one.wall for one in found[name])
        lines.append(f"{name:<32}{run.wall:>10.2f}{fastest:>11.2f}{run.cpu:>8.2f}{run.peak_bytes / 1e6:>8.0f}")
    ours, cells = middle[IMPORT], middle[READ]
    lines.append(_compare("import / calamine", ours, cells))
    if FRAME in middle:
        lines.append(_compare("pandas / import", middle[FRAME], ours))
    return lines


def _compare(words: str, one: Run, other: Run) -> str:
    clock, processor = one.wall / other.wall, one.cpu / other.cpu
    memory = one.peak_bytes / other.peak_bytes
    return f"{words}: {clock:.2f} on the clock, {processor:.2f} of the processor, {memory:.2f} of the memory"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--amounts", type=int, default=3)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--only-calamine", action="store_true", help="leave pandas out: a million lines take it minutes"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        totals = write_ledger(path, arguments.lines, arguments.amounts)
        print(f"{arguments.lines:,} lines, {path.stat().st_size / 1e6:.1f} MB, {arguments.runs} runs, load before "
              f"{psutil.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
        print("\n".join(describe(measure_by_turns(path, totals, arguments))))


if __name__ == "__main__":
    main()
