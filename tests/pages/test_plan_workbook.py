"""The plan workbook on the initiatives page: out, in again, findings of a broken one, saved or refused."""

import io
from decimal import Decimal

import openpyxl
import pytest

from data.samples.build import PLAN_FILE
from data.store.plans import list_revisions, load_plan, save_plan
from data.store.viewer import Viewer
from data.workbooks.template import write_plan_workbook
from pages.ui.session import open_store
from planning.model import Plan
from planning.permissions import Role
from tests.pages.screen import Screen

PAGE = "technology/initiatives.py"
SAMPLE, EMPTY = (Viewer("tests", Role.ADMIN, district) for district in ("sample", "empty"))


def load(viewer: Viewer = SAMPLE) -> tuple[Plan, str]:
    stored = load_plan(open_store(), viewer)
    assert stored
    return stored.plan, stored.revision_id


def rename(plan: Plan, name: str) -> Plan:
    """The plan with its first initiative called otherwise."""
    first, *others = plan.initiatives
    return plan.model_copy(update={"initiatives": (first.model_copy(update={"name": name}), *others)})


def reweigh(plan: Plan, weight: int) -> Plan:
    """The plan with another weight of its first goal."""
    first, *others = plan.goals
    return plan.model_copy(update={"goals": (first.model_copy(update={"weight": Decimal(weight)}), *others)})


def open_sample(screen: Screen) -> tuple[Plan, str]:
    """The page on the sample district; its plan and revision."""
    screen.open(PAGE, district="sample")
    return load()


def count_revisions(viewer: Viewer = SAMPLE) -> int:
    return len(list_revisions(open_store(), viewer))


def test_a_changed_workbook_is_read_and_saved_as_the_next_revision(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    plan, revision = load()
    words = screen.drop("plan.xlsx", write_plan_workbook(rename(plan, "Laptops for students"), revision))
    assert "5 goals, 15 initiatives, 11 sources" in words
    words = screen.click("Save this plan")
    assert "Laptops for students" in words
    assert count_revisions() == 2
    assert screen.app.toast[0].value == "Saved as revision 2."


def test_a_workbook_that_changes_nothing_saves_nothing(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    screen.drop("plan.xlsx", PLAN_FILE.read_bytes())
    screen.click("Save this plan")
    assert screen.app.toast[0].value == "The plan was the same already."
    assert count_revisions() == 1


def test_a_stale_workbook_lands_on_top_of_what_others_changed(screen: Screen) -> None:
    plan, revision = open_sample(screen)
    save_plan(open_store(), SAMPLE, reweigh(plan, 77), revision)
    words = screen.drop("plan.xlsx", write_plan_workbook(rename(plan, "Mine"), revision))
    assert "the plan is now revision 2. What changed in between stays: 1 row." in words
    assert "Name Student devices → Mine" in words
    screen.click("Save this plan")
    assert (load()[0].goals[0].weight, load()[0].initiatives[0].name) == (77, "Mine")


def test_a_row_that_both_changed_shows_both_values_and_waits_for_a_choice(screen: Screen) -> None:
    plan, revision = open_sample(screen)
    screen.drop("plan.xlsx", write_plan_workbook(rename(plan, "Mine"), revision))
    save_plan(open_store(), SAMPLE, rename(plan, "Theirs"), revision)
    words = screen.click("Save this plan")
    assert "Somebody else changed student-devices since you looked; nothing was saved." in words
    assert count_revisions() == 2
    choice = next(radio for radio in screen.app.radio if radio.label.startswith("Which counts"))
    assert [option.replace("\\", "") for option in choice.options] == [
        "In the plan now, by tests: Name Theirs",
        "In the workbook: Name Mine",
    ]
    choice.set_value("mine").run()
    screen.click("Save this plan")
    assert load()[0].initiatives[0].name == "Mine"


def test_a_row_that_the_workbook_lacks_goes_only_where_the_person_says_so(screen: Screen) -> None:
    plan, revision = open_sample(screen)
    shorter = plan.model_copy(update={"contributions": plan.contributions[1:]})
    words = screen.drop("plan.xlsx", write_plan_workbook(shorter, revision))
    assert "1 row of the plan is missing in the workbook. They are kept" in words
    screen.click("Save this plan")
    assert count_revisions() == 1
    screen.open(PAGE, district="sample")
    screen.drop("plan.xlsx", write_plan_workbook(shorter, revision))
    missing = screen.app.multiselect[0]
    missing.set_value(missing.options).run()
    assert screen.table("What the workbook changes")[1][1] == "deleted"
    screen.click("Save this plan")
    assert load()[0] == shorter


def test_a_plan_of_another_district_is_refused(screen: Screen) -> None:
    words = screen.open(PAGE, district="empty")
    assert "Its District ID is empty and stays so" in words
    words = screen.drop("plan.xlsx", PLAN_FILE.read_bytes())
    assert "The plan is of district 'sample', not of 'empty'." in words
    assert not screen.has_button("Save this plan")
    assert load_plan(open_store(), EMPTY) is None


def break_workbook(sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(PLAN_FILE)
    book[sheet][cell] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_broken_workbook_shows_every_finding_with_its_cell_and_stores_nothing(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    words = screen.drop("plan.xlsx", break_workbook("Goals", "G4", "a lot"))
    assert "This plan cannot be saved yet Mend the workbook and drop it again; nothing was stored." in words
    [finding] = [row for row in screen.table("What the workbook needs or says")[1:] if row[2] == "error"]
    assert finding[:2] == ["Goals", "G4"]
    assert "a lot" in finding[3]
    assert not screen.has_button("Save this plan")
    screen.click("Try another file")
    assert screen.app.file_uploader
    assert count_revisions() == 1


@pytest.mark.parametrize("content", [b"not a workbook", PLAN_FILE.read_bytes()[:9_000]])
def test_a_file_that_is_no_workbook_is_refused_in_words(screen: Screen, content: bytes) -> None:
    screen.open(PAGE, district="sample")
    screen.drop("plan.xlsx", content)
    assert len(screen.app.error) == 1
    assert screen.has_button("Try another file")


@pytest.mark.parametrize(("district", "label"), [("sample", "Download the plan"), ("empty", "Download an empty plan")])
def test_the_workbook_goes_out_filled_or_empty(screen: Screen, district: str, label: str) -> None:
    screen.open(PAGE, district=district)
    assert next(button.proto.label for button in screen.app.get("download_button")).startswith(label)
