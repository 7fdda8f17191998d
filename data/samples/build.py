"""Builds the sample district's two workbooks: `python -m data.samples.build`. The same files each time."""

from pathlib import Path

from data.samples.archive import store_uncompressed
from data.samples.budget import write_budget_workbook
from data.samples.plan import build_sample_plan
from data.workbooks.template import write_plan_workbook

FOLDER = Path(__file__).parent
BUDGET_FILE = FOLDER / "harlow-ridge-budget.xlsx"
PLAN_FILE = FOLDER / "harlow-ridge-plan.xlsx"


def build_budget_file() -> bytes:
    """The budget workbook as it is kept beside this script."""
    return store_uncompressed(write_budget_workbook())


def build_plan_file() -> bytes:
    """The plan workbook as it is kept beside this script."""
    return store_uncompressed(write_plan_workbook(build_sample_plan(), revision=None))


def write_sample_files() -> tuple[Path, ...]:
    """Write both workbooks beside this script."""
    BUDGET_FILE.write_bytes(build_budget_file())
    PLAN_FILE.write_bytes(build_plan_file())
    return BUDGET_FILE, PLAN_FILE


if __name__ == "__main__":
    for path in write_sample_files():
        print(f"Wrote {path.name}.")
