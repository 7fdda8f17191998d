"""The workbook that comes back beside the plan that went on meanwhile."""

import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from data.samples.plan import build_sample_plan
from data.store.database import Store
from data.store.plan_edits import save_rows
from data.store.plans import load_plan, save_plan
from data.store.viewer import Viewer
from data.workbooks.comparison import Comparison, compare_workbook, save_comparison
from data.workbooks.reading import read_plan_file
from data.workbooks.template import write_plan_workbook
from planning import model
from planning.editing import delete_rows
from planning.errors import InputRefused
from planning.permissions import Role
from planning.revisions.diff import RowChange, apply_changes
from planning.revisions.merge import RowsChanged, Side
from planning.revisions.rows import RowKey, list_rows

DANA = Viewer("Dana", Role.ADMIN, "harlow")
GOAL, WIFI, LINE = RowKey("goals", ("reading",)), RowKey("initiatives", ("wifi",)), RowKey("cost_lines", ("switches",))


@pytest.fixture
def store() -> Iterator[Store]:
    memory = Store(":memory:")
    yield memory
    memory.close()


@pytest.fixture
def base(store: Store, small_plan: model.Plan) -> str:
    return save_plan(store, DANA, small_plan).revision_id


def reweigh(plan: model.Plan, weight: int) -> model.Plan:
    row = list_rows(plan)[GOAL]
    return apply_changes(plan, [RowChange(GOAL, row, row.model_copy(update={"weight": Decimal(weight)}))])


def rename_line(plan: model.Plan) -> model.Plan:
    row = list_rows(plan)[LINE]
    return apply_changes(plan, [RowChange(LINE, row, row.model_copy(update={"vendor": "Acme"}))])


def current(store: Store) -> model.Plan:
    stored = load_plan(store, DANA)
    assert stored is not None
    return stored.plan


def compare(store: Store, mine: model.Plan, base: str | None) -> Comparison:
    return compare_workbook(store, DANA, mine, base)


def test_the_workbook_as_it_went_out_changes_nothing(store: Store, base: str, small_plan: model.Plan) -> None:
    comparison = compare(store, small_plan, base)
    assert (comparison.split(), comparison.missing, comparison.is_stale) == (((), ()), (), False)
    assert save_comparison(store, DANA, comparison, "again").already


def test_a_stale_workbook_lands_on_top_of_what_others_changed(store: Store, base: str, small_plan: model.Plan) -> None:
    save_plan(store, DANA, reweigh(small_plan, 40), base)
    comparison = compare(store, rename_line(small_plan), base)
    assert comparison.is_stale
    assert [change.key for change in comparison.their_changes] == [GOAL]
    assert save_comparison(store, DANA, comparison, "from Excel").number == 3
    assert (current(store).goals[0].weight, current(store).cost_lines[0].vendor) == (40, "Acme")


def test_a_row_that_both_changed_waits_for_a_choice(store: Store, base: str, small_plan: model.Plan) -> None:
    save_plan(store, DANA, reweigh(small_plan, 40), base)
    comparison = compare(store, reweigh(small_plan, 50), base)
    with pytest.raises(RowsChanged):
        save_comparison(store, DANA, comparison, "")
    assert save_comparison(store, DANA, comparison, "", {GOAL: Side.THEIRS}).already
    save_comparison(store, DANA, comparison, "", {GOAL: Side.MINE})
    assert current(store).goals[0].weight == 50


def test_a_missing_row_is_kept_and_said(store: Store, base: str, small_plan: model.Plan) -> None:
    comparison = compare(store, small_plan.model_copy(update={"contributions": ()}), base)
    (finding,) = comparison.list_findings()
    assert finding.message.startswith("Contributions: wifi · reading is in the plan but not in the workbook")
    assert save_comparison(store, DANA, comparison, "").already


def test_with_a_deleted_initiative_go_the_missing_rows_that_name_it_and_no_others(
    store: Store, base: str, small_plan: model.Plan
) -> None:
    after = apply_changes(small_plan, delete_rows(small_plan, [WIFI]))
    comparison = compare(store, after, base)
    assert WIFI in comparison.missing
    save_comparison(store, DANA, comparison, "", deleted={WIFI})
    assert current(store) == after


def test_a_deleted_initiative_that_others_still_use_is_refused(store: Store, base: str, small_plan: model.Plan) -> None:
    after = apply_changes(small_plan, delete_rows(small_plan, [WIFI]))
    late = small_plan.cost_lines[0].model_copy(update={"cost_line_id": "late"})
    save_rows(store, DANA, [RowChange(RowKey("cost_lines", ("late",)), None, late)])
    with pytest.raises(InputRefused, match="contradict itself"):
        save_comparison(store, DANA, compare(store, after, base), "", deleted={WIFI})


def test_a_workbook_without_a_revision_is_compared_with_the_plan_as_it_is(
    store: Store, base: str, small_plan: model.Plan
) -> None:
    save_plan(store, DANA, rename_line(small_plan), base)
    comparison = compare(store, reweigh(rename_line(small_plan), 40), None)
    assert [change.key for change in comparison.split().changes] == [GOAL]


def test_where_the_revision_is_unknown_every_row_that_differs_is_a_question(
    store: Store, base: str, small_plan: model.Plan
) -> None:
    mine = reweigh(small_plan.model_copy(update={"contributions": ()}), 40)
    comparison = compare(store, mine, "lost")
    assert [conflict.key for conflict in comparison.split().conflicts] == [GOAL]
    assert [finding.code for finding in comparison.list_findings()] == ["plan_base_unknown", "plan_row_missing"]
    (missing,) = comparison.missing
    save_comparison(store, DANA, comparison, "", {GOAL: Side.MINE}, {missing})
    assert current(store) == mine


def test_the_first_workbook_is_the_plan(store: Store, small_plan: model.Plan) -> None:
    comparison = compare(store, small_plan, None)
    assert len(comparison.split().changes) == len(list_rows(small_plan))
    assert save_comparison(store, DANA, comparison, "first").number == 1
    assert current(store) == small_plan


def test_another_districts_workbook_is_refused(store: Store, small_plan: model.Plan) -> None:
    with pytest.raises(InputRefused, match="of district 'harlow', not of 'dayton'"):
        compare_workbook(store, DANA.at_district("dayton"), small_plan, None)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_sample_plan_saved_again_by_libreoffice_changes_nothing(store: Store, tmp_path: Path) -> None:
    plan = build_sample_plan()
    viewer = Viewer("Dana", Role.ADMIN, plan.district.district_id)
    saved = save_plan(store, viewer, plan)
    (tmp_path / "plan.xlsx").write_bytes(write_plan_workbook(plan, saved.revision_id))
    profile = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "plan.xlsx")], check=True, capture_output=True, timeout=180)
    reading = read_plan_file(str(tmp_path / "out" / "plan.xlsx"))
    assert reading.plan is not None, reading.findings
    comparison = compare_workbook(store, viewer, reading.plan, reading.base_revision)
    assert (comparison.split(), comparison.missing, comparison.is_unrelated) == (((), ()), (), False)
    assert save_comparison(store, viewer, comparison, "from LibreOffice").already
