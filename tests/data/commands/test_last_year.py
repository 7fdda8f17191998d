"""`import` applies what was said on the page about a file laid out alike, says so, and leaves it out on demand."""

from pathlib import Path

import pytest

from data.intake.corrections import Correction, list_read_columns
from data.intake.profile import make_profile
from data.intake.reading import read_budget_file
from data.store.database import Store
from data.store.profiles import save_profile
from data.store.viewer import Viewer
from planning.permissions import Role
from planning.vocabulary import Basis
from tests.data.command_runs import run_command

VIEWER = Viewer("tests", Role.ADMIN, "harlow")
BUDGET = "Account,Description,{year} Budget\n10-2580-350,Network services,1000\n10-2580-650,Software,400\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with this year's budget, of which a person said that it is adopted; and next year's file."""
    for year in ("2025-26", "2026-27"):
        (tmp_path / f"{year}.csv").write_text(BUDGET.format(year=year))
    assert import_file(tmp_path, "2025-26.csv").code == 0
    reading = read_budget_file(str(tmp_path / "2025-26.csv"))
    said = dict.fromkeys(list_read_columns(reading), Correction(basis=Basis.ADOPTED))
    store = Store(tmp_path / "store.duckdb")
    save_profile(store, VIEWER, make_profile(reading, said, {}), "2025-26.csv")
    store.close()
    return tmp_path


def import_file(folder: Path, name: str, *options: str):  # noqa: ANN201 - what a test run of a command answers
    place = ("--store", str(folder / "store.duckdb"), "--district", "harlow", "--json")
    return run_command("import", str(folder / name), *place, *options)


def test_what_was_said_last_year_is_applied_and_told(folder: Path) -> None:
    ran = import_file(folder, "2026-27.csv")
    assert [total["basis"] for total in ran.answer["totals"]] == ["adopted"]
    assert [finding["code"] for finding in ran.answer["findings"]].count("column_corrected") == 1
    assert import_file(folder, "2026-27.csv").answer["already"]


def test_it_can_be_left_out(folder: Path) -> None:
    ran = import_file(folder, "2026-27.csv", "--as-read")
    assert [total["basis"] for total in ran.answer["totals"]] == ["budget"]
