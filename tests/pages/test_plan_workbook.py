"""The plan workbook on the initiatives page: out, in again, findings of a broken one, saved or refused."""

import io

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


def test_a_workbook_from_a_revision_that_somebody_changed_since_is_refused(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    plan, revision = load()
    screen.drop("plan.xlsx", write_plan_workbook(rename(plan, "Mine"), revision))
    save_plan(open_store(), SAMPLE, rename(plan, "Theirs"), revision)
    words = screen.click("Save this plan")
    assert "The plan was changed by tests since this copy of it was taken." in words
    assert count_revisions() == 2


def test_a_plan_of_another_district_is_refused(screen: Screen) -> None:
    words = screen.open(PAGE, district="empty")
    assert "Its District ID is to be empty" in words
    screen.drop("plan.xlsx", PLAN_FILE.read_bytes())
    assert "The plan is of district 'sample', not of 'empty'." in screen.click("Save this plan")
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
