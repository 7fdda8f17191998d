"""`template` and `plan`: out and in again says nothing changed, a change says what, and a fault stores nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from data.commands.plan import list_entry_changes
from data.samples import SAMPLE_DISTRICT_ID
from data.samples.build import PLAN_FILE
from data.samples.plan import build_sample_plan
from data.store.database import Store
from data.store.plans import list_revisions, load_plan
from data.store.viewer import Viewer
from data.workbooks.template import write_plan_workbook
from planning.model import Plan
from planning.permissions import Role
from tests.data.command_runs import Run

VIEWER = Viewer("tests", Role.ADMIN, SAMPLE_DISTRICT_ID)


def count_revisions(path: Path) -> int:
    store = Store(path)
    revisions = list_revisions(store, VIEWER)
    store.close()
    return len(revisions)


def write_changed(path: Path, change: Callable[[Plan], Plan], revision: str | None) -> str:
    path.write_bytes(write_plan_workbook(change(build_sample_plan()), revision))
    return str(path)


def drop_a_commitment(plan: Plan) -> Plan:
    return plan.model_copy(update={"commitments": plan.commitments[1:]})


def rename_the_district(plan: Plan) -> Plan:
    return plan.model_copy(update={"district": plan.district.model_copy(update={"name": "Another name"})})


def test_a_plan_in_becomes_the_first_revision_and_makes_its_district(run: Run, tmp_path: Path) -> None:
    ran = run("plan", str(PLAN_FILE), "--json")
    answer = ran.answer
    assert (ran.code, answer["schema"], answer["status"]) == (0, "techplan.plan/1", "done")
    assert (answer["district"], answer["number"], answer["already"]) == ("sample", 1, False)
    assert len(answer["changes"]["initiatives"]["added"]) == 15
    assert [row["district_id"] for row in run("districts", "--json").answer["districts"]] == ["sample"]
    assert count_revisions(tmp_path / "techplan.duckdb") == 1


def test_out_and_in_again_says_that_nothing_changed(run: Run, sample_store: Path) -> None:
    out = run("template", "plan.xlsx", "--district", "sample", "--json").answer
    ran = run("plan", "plan.xlsx", "--json")
    assert (ran.code, ran.answer["already"], ran.answer["changes"]) == (0, True, {})
    assert (ran.answer["revision"], ran.answer["number"]) == (out["revision"], 1)
    assert run("plan", "plan.xlsx").out == "Nothing changed: this is revision 1 of the plan.\n"
    assert count_revisions(sample_store) == 1


def reword_the_first_goal(plan: Plan) -> Plan:
    goal = plan.goals[0].model_copy(update={"title": "Reworded"})
    return plan.model_copy(update={"goals": (goal, *plan.goals[1:])})


def reword_it_differently(plan: Plan) -> Plan:
    goal = plan.goals[0].model_copy(update={"title": "Worded anew"})
    return plan.model_copy(update={"goals": (goal, *plan.goals[1:])})


def load_sample_plan(path: Path) -> Plan:
    store = Store(path)
    stored = load_plan(store, VIEWER)
    store.close()
    assert stored is not None
    return stored.plan


def name_commitment() -> str:
    first = build_sample_plan().commitments[0]
    return f"{first.initiative_id}/{first.source_id}/{first.fiscal_year}"


def test_a_row_that_is_missing_is_kept_with_a_warning_and_goes_where_an_answer_says_so(
    run: Run, sample_store: Path, tmp_path: Path
) -> None:
    revision = run("template", "plan.xlsx", "--district", "sample", "--json").answer["revision"]
    file = write_changed(tmp_path / "plan.xlsx", drop_a_commitment, revision)
    kept = run("plan", file, "--json").answer
    assert (kept["already"], [finding["code"] for finding in kept["findings"]]) == (True, ["plan_row_missing"])
    answer = f"delete:commitments:{name_commitment()}=yes"
    assert answer in kept["findings"][0]["fix"]
    ran = run("plan", file, "--reason", "The levy pays less", "--answer", answer)
    assert "Stored as revision 2 of the plan." in ran.out
    assert f"commitments: 1 removed: {name_commitment().replace('/', ' · ')}" in ran.out
    store = Store(sample_store)
    assert list_revisions(store, VIEWER)[0].reason == "The levy pays less"
    store.close()


def commit_too_much(plan: Plan) -> Plan:
    first = plan.commitments[0].model_copy(update={"amount_cents": 900_000_00})
    return plan.model_copy(update={"commitments": (first, *plan.commitments[1:])})


def test_an_allocation_that_cannot_be_is_said_where_it_is_stored(run: Run, sample_store: Path, tmp_path: Path) -> None:
    ran = run("plan", write_changed(tmp_path / "plan.xlsx", commit_too_much, None), "--json")
    said = {row["code"]: row for row in ran.answer["findings"]}
    assert (ran.code, ran.answer["number"]) == (0, 2)
    assert "levy has $650,000.00 in FY2026-27" in said["commitments_exceed_source"]["message"]
    assert said["commitments_exceed_source"]["fix"]
    assert "reference_expired" not in said


def test_a_workbook_made_from_an_older_revision_is_merged(run: Run, sample_store: Path, tmp_path: Path) -> None:
    revision = run("template", "old.xlsx", "--district", "sample", "--json").answer["revision"]
    assert run("plan", write_changed(tmp_path / "new.xlsx", reword_the_first_goal, revision)).code == 0
    stale = write_changed(tmp_path / "stale.xlsx", rename_the_district, revision)
    ran = run("plan", stale, "--json")
    assert (ran.code, ran.answer["number"], ran.answer["changes"]) == (0, 3, {"district": {"changed": ["district"]}})
    plan = load_sample_plan(sample_store)
    assert (plan.district.name, plan.goals[0].title) == ("Another name", "Reworded")


def test_a_row_that_both_changed_is_a_question_and_the_answer_decides(
    run: Run, sample_store: Path, tmp_path: Path
) -> None:
    revision = run("template", "old.xlsx", "--district", "sample", "--json").answer["revision"]
    assert run("plan", write_changed(tmp_path / "new.xlsx", reword_the_first_goal, revision)).code == 0
    stale = write_changed(tmp_path / "stale.xlsx", reword_it_differently, revision)
    ran = run("plan", stale, "--json")
    assert (ran.code, ran.answer["status"], count_revisions(sample_store)) == (3, "needs_choice", 2)
    (question,) = ran.answer["questions"]
    assert (question["theirs"], question["mine"]) == ("Goal Reworded", "Goal Worded anew")
    assert f"--answer '{question['key']}=mine' or =theirs" in run("plan", stale).out
    assert run("plan", stale, "--answer", f"{question['key']}=theirs", "--json").answer["already"]
    assert load_sample_plan(sample_store).goals[0].title == "Reworded"
    assert run("plan", stale, "--answer", "all=mine", "--json").answer["number"] == 3
    assert load_sample_plan(sample_store).goals[0].title == "Worded anew"


def test_a_workbook_of_a_revision_that_nobody_knows_asks_about_every_row_that_differs(
    run: Run, sample_store: Path, tmp_path: Path
) -> None:
    file = write_changed(tmp_path / "plan.xlsx", reword_the_first_goal, "lost-revision")
    ran = run("plan", file, "--json")
    assert (ran.code, len(ran.answer["questions"])) == (3, 1)
    assert [finding["code"] for finding in ran.answer["findings"]] == ["plan_base_unknown"]
    assert run("plan", file, "--answer", "all=mine").code == 0
    assert load_sample_plan(sample_store).goals[0].title == "Reworded"


@pytest.mark.parametrize("answer", ["goals:reading", "goals:reading=both", "delete:goals:reading=mine", "=mine"])
def test_an_answer_that_cannot_be_one_is_told(run: Run, sample_store: Path, answer: str) -> None:
    ran = run("plan", str(PLAN_FILE), "--answer", answer)
    assert (ran.code, f"'{answer}' is not an answer." in ran.err) == (2, True)


def test_an_answer_to_nothing_is_told(run: Run, sample_store: Path) -> None:
    ran = run("plan", str(PLAN_FILE), "--answer", "goals:lost=mine")
    assert (ran.code, "No row is asked about as goals:lost." in ran.err) == (2, True)


def test_a_plan_with_faults_is_refused_with_all_of_them_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    plan = build_sample_plan()
    lines = tuple(line.model_copy(update={"initiative_id": "nobody"}) for line in plan.cost_lines[:2])
    (tmp_path / "bad.xlsx").write_bytes(
        write_plan_workbook(plan.model_copy(update={"cost_lines": (*lines, *plan.cost_lines[2:])}))
    )
    ran = run("plan", "bad.xlsx", "--json")
    unknown = [finding for finding in ran.answer["findings"] if finding["found"] == "nobody"]
    assert (ran.code, ran.answer["status"], len(unknown)) == (4, "refused", 2)
    assert all(finding["sheet"] and finding["cell"] and finding["fix"] for finding in unknown)
    assert not (tmp_path / "techplan.duckdb").exists()


def test_what_no_plan_can_mean_is_refused_at_its_cell(run: Run, tmp_path: Path) -> None:
    plan = build_sample_plan()
    line = plan.cost_lines[0].model_copy(update={"quantity": Decimal(10) ** 10})
    bond = plan.sources[3].model_copy(update={"window_end": date(2025, 3, 11)})
    request = plan.funding_requests[1].model_copy(update={"service_end": date(2026, 6, 30)})
    award = plan.awards[0].model_copy(update={"period_end": date(2026, 6, 30)})
    school = plan.schools[0].model_copy(update={"eligible": 431})
    rows = {
        "cost_lines": (line, *plan.cost_lines[1:]),
        "sources": (*plan.sources[:3], bond, *plan.sources[4:]),
        "funding_requests": (plan.funding_requests[0], request, *plan.funding_requests[2:]),
        "awards": (award, *plan.awards[1:]),
        "schools": (school, *plan.schools[1:]),
    }
    (tmp_path / "bad.xlsx").write_bytes(write_plan_workbook(plan.model_copy(update=rows)))
    ran = run("plan", "bad.xlsx", "--json")
    places = {one["code"]: (one["sheet"], one["cell"]) for one in ran.answer["findings"] if one["severity"] == "error"}
    assert ran.code == 4 and not (tmp_path / "techplan.duckdb").exists()
    assert places == {
        "cost_too_large": ("Cost lines", "I3"),
        "window_reversed": ("Sources", "F6"),
        "register_days_reversed": ("E-Rate requests", "A4"),
        "grant_period_reversed": ("Grant awards", "J3"),
        "eligible_beyond_students": ("Schools", "F3"),
    }


@pytest.mark.parametrize(("content", "code"), [(b"%PDF", "not_a_workbook"), (b"", "file_empty")])
def test_what_is_no_workbook_is_refused(run: Run, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "bad.xlsx").write_bytes(content)
    ran = run("plan", "bad.xlsx", "--json")
    assert (ran.code, ran.answer["status"]) == (4, "refused")
    assert [finding["code"] for finding in ran.answer["findings"]] == [code]
    assert run("plan", "lost.xlsx").err == "error: There is no file lost.xlsx. Check the name and the folder.\n"


def test_a_plan_of_another_district_than_the_one_named_is_refused(run: Run) -> None:
    ran = run("plan", str(PLAN_FILE), "--district", "harlow")
    assert (ran.code, ran.out) == (4, "")
    assert "The plan is of district 'sample', not of 'harlow'." in ran.err


def test_a_template_without_a_store_is_empty_and_makes_no_store(run: Run, tmp_path: Path) -> None:
    ran = run("template", "--json")
    assert (ran.code, ran.answer["district"], ran.answer["revision"]) == (0, None, None)
    assert ran.answer["file"] == str(tmp_path / "techplan-plan.xlsx")
    assert (tmp_path / "techplan-plan.xlsx").read_bytes().startswith(b"PK")
    assert not (tmp_path / "techplan.duckdb").exists()


def test_an_empty_template_carries_the_district_that_was_named(run: Run, small_store: Path, tmp_path: Path) -> None:
    for words, district in ((("--district", "small"), "small"), (("--district", "other"), "other")):
        run("template", "plan.xlsx", "--overwrite", *words)
        assert openpyxl.load_workbook(tmp_path / "plan.xlsx")["District"]["B3"].value == district


def test_the_samples_plan_comes_out_only_where_it_is_named(run: Run, sample_store: Path) -> None:
    assert run("template", "mine.xlsx").out == "Wrote mine.xlsx: an empty plan workbook to fill.\n"
    assert "revision 1 of the plan" in run("template", "sample.xlsx", "--district", "sample").out


def test_a_file_that_is_there_is_replaced_only_when_told_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_text("mine")
    ran = run("template", "plan.xlsx")
    assert (ran.code, (tmp_path / "plan.xlsx").read_text()) == (4, "mine")
    assert "add --overwrite" in ran.err
    assert run("template", "plan.xlsx", "--overwrite").code == 0
    assert run("template", "nowhere/plan.xlsx").code == 2


def test_changes_are_named_by_section_and_kind() -> None:
    plan = build_sample_plan()
    goal = plan.goals[0].model_copy(update={"title": "Another title"})
    district = plan.district.model_copy(update={"name": "Another name"})
    after = plan.model_copy(update={"goals": (goal, *plan.goals[2:]), "district": district})
    assert list_entry_changes(plan, after) == {
        "goals": {"changed": [goal.goal_id], "removed": [plan.goals[1].goal_id]},
        "district": {"changed": ["district"]},
    }
