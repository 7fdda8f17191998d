"""The two workbooks of one Oregon district through the command line: every figure that must hold."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import techplan
from data.store.budget_queries import list_measures, summarise_budget
from data.store.budgets import withdraw_upload
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from planning.permissions import Role
from planning.vocabulary import Basis, Side, Unit
from tests.data.command_runs import Run

ROOT = Path(techplan.__file__).resolve().parent
SHARED = ROOT.parent / "shared" / "workbooks"
EXPENDITURES = SHARED / "dayton_or_2024-25_proposed_expenditures.xlsx"
REVENUE = SHARED / "dayton_or_2024-25_proposed_revenue.xlsx"
VIEWER = Viewer("tests", Role.ADMIN, "dayton")
PROPOSED = LineFilter("FY2024-25", Basis.PROPOSED)

pytestmark = [
    pytest.mark.workbooks,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared workbooks are not here"),
]
Ask = Callable[[Store], object]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """The expenditures imported through the front door from another folder, and the answer."""
    folder = tmp_path_factory.mktemp("dayton")
    command = [sys.executable, str(ROOT / "techplan.py"), techplan.INSIDE, "import", str(EXPENDITURES)]
    options = ["--store", "dayton.duckdb", "--district", "dayton", "--json"]
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=True)
    return folder / "dayton.duckdb", json.loads(done.stdout)


def ask(path: Path, question: Ask) -> object:
    store = Store(path)
    try:
        return question(store)
    finally:
        store.close()


def sum_of(path: Path, where: LineFilter) -> tuple[Decimal, int]:
    groups = ask(path, lambda store: summarise_budget(store, VIEWER, "fiscal_year", where))
    assert isinstance(groups, tuple)
    [group] = groups
    return group.amount, group.lines


def list_sums(path: Path) -> object:
    return ask(path, lambda store: [(m.series, m.fiscal_year, m.basis, m.amount) for m in list_measures(store, VIEWER)])


def test_the_answer_has_every_total_of_the_file(imported: tuple[Path, dict]) -> None:
    answer = imported[1]
    assert (answer["status"], answer["published_lines"], len(answer["tables"])) == ("ready", 2227, 95)
    totals = {total["header"]: total for total in answer["totals"]}
    proposed = totals["2024-2025 Proposed"]
    assert (proposed["fiscal_year"], proposed["basis"], proposed["unit"]) == ("FY2024-25", "proposed", "usd")
    assert proposed["detail_total"] == proposed["printed_total"] == "24989942.26"
    staff = [total for total in answer["totals"] if total["unit"] == "fte"]
    assert len(staff) == 2 and all(isinstance(total["detail_total"], float) for total in staff)
    assert all(total["difference"] in ("0.00", 0.0, None) for total in answer["totals"])


def test_the_store_holds_every_figure_that_must_hold(imported: tuple[Path, dict]) -> None:
    path = imported[0]
    assert sum_of(path, PROPOSED) == (Decimal("24989942.26"), 2227)
    assert sum_of(path, LineFilter("FY2024-25", Basis.PROPOSED, function_code="266*"))[0] == Decimal("644217.73")
    assert sum_of(path, LineFilter("FY2024-25", Basis.PROPOSED, object_code="470"))[0] == Decimal("176197.00")
    measures = ask(path, lambda store: list_measures(store, VIEWER))
    assert isinstance(measures, tuple)
    assert {measure.lines for measure in measures if measure.unit == Unit.USD} == {2227}
    assert {measure.series for measure in measures} == {"Expenditure budget"}
    assert {measure.side for measure in measures} == {Side.EXPENDITURE}


def test_the_same_file_twice_and_a_version_withdrawn_leave_the_sums_as_they_were(
    run: Run, imported: tuple[Path, dict], tmp_path: Path
) -> None:
    path, first = imported
    before = list_sums(path)
    options = ("--store", str(path), "--district", "dayton", "--json")
    again = run("import", str(EXPENDITURES), *options)
    assert (again.code, again.answer["already"], again.answer["upload_id"]) == (0, True, first["upload_id"])
    second = run("import", str(copy_with_another_sheet_name(tmp_path / "second.xlsx")), *options).answer
    assert (second["version"], second["replaced"], second["already"]) == (2, first["upload_id"], False)
    assert list_sums(path) == before
    ask(path, lambda store: withdraw_upload(store, VIEWER, second["upload_id"], "a test"))
    assert list_sums(path) == before
    assert run("check", "--store", str(path)).code == 0


def copy_with_another_sheet_name(path: Path) -> Path:
    """The same budget in another file: one sheet is called otherwise."""
    # Late: only this test writes a workbook, and the library takes a third of a second.
    import openpyxl

    book = openpyxl.load_workbook(EXPENDITURES)
    book.worksheets[0].title = "First"
    book.save(path)
    return path


def test_revenue_stands_beside_as_a_series_of_its_own(run: Run, imported: tuple[Path, dict]) -> None:
    path, _ = imported
    answer = run("import", str(REVENUE), "--store", str(path), "--district", "dayton", "--json").answer
    totals = {total["header"]: total["detail_total"] for total in answer["totals"]}
    assert (answer["series"], totals["2024-2025 Proposed"]) == ("Revenue budget", "24989940.40")
    revenue = LineFilter("FY2024-25", Basis.PROPOSED, side=Side.REVENUE)
    assert sum_of(path, revenue)[0] == Decimal("24989940.40")


def test_every_line_as_csv_adds_up_to_the_totals_of_the_reading(run: Run, tmp_path: Path) -> None:
    ran = run("read", str(EXPENDITURES), "--lines", "lines.csv", "--json")
    sums: dict[tuple[str, str, str], Decimal] = {}
    with (tmp_path / "lines.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["fiscal_year"], row["basis"], row["unit"])
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["amount"])
    wanted = {
        (total["fiscal_year"], total["basis"], total["unit"]): Decimal(str(total["detail_total"]))
        for total in ran.answer["totals"]
        if Decimal(str(total["detail_total"]))
    }
    assert {key: round(amount, 2) for key, amount in sums.items()} == wanted
    assert ran.code == 0


def test_a_file_cut_off_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.xlsx").write_bytes(EXPENDITURES.read_bytes()[:-1000])
    ran = run("import", "cut.xlsx", "--district", "dayton", "--json")
    assert (ran.code, ran.answer["findings"][0]["code"]) == (4, "file_incomplete")
    assert not (tmp_path / "techplan.duckdb").exists()
