"""Import of a real budget workbook, process start to committed, beside openpyxl opening the same file.

    python techplan.py benchmark import FILE.xlsx [--runs 5]

Both run as fresh processes, one after the other, in one run; the medians and their ratio are printed.
The import reads, understands, reconciles and commits to an empty store; openpyxl only opens the file (full mode).
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPEN_WITH_OPENPYXL = """
import sys, time, openpyxl
start = time.perf_counter()
openpyxl.load_workbook(sys.argv[1])
print(time.perf_counter() - start)
"""


def measure_import(path: Path) -> float:
    """Seconds from the start of the process to its end, with the lines committed to a new store."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "techplan.py"), "import", str(path), "--store", f"{folder}/s.duckdb"]
        start = time.perf_counter()
        subprocess.run([*command, "--district", "benchmark", "--json"], check=True, capture_output=True, cwd=folder)
        return time.perf_counter() - start


def measure_openpyxl(path: Path) -> float:
    """Seconds that `openpyxl.load_workbook` takes, without its own import or the start of Python."""
    command = [sys.executable, "-c", OPEN_WITH_OPENPYXL, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    pairs = [(measure_import(arguments.file), measure_openpyxl(arguments.file)) for _ in range(arguments.runs)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"techplan import, process start to committed: {ours:.3f} s (median of {arguments.runs})")
    print(f"openpyxl.load_workbook alone:                {theirs:.3f} s")
    print(f"ratio: {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
