"""The page Revisions: who, when, why, in rows and dollars; any two compared; the way back."""

from decimal import Decimal

import pytest

from data.store.plan_edits import save_rows
from data.store.plans import list_revisions, load_plan
from data.store.viewer import Viewer
from pages.ui.session import open_store
from planning.editing import archive_initiative, upsert_row
from planning.model import Plan
from planning.permissions import Role
from planning.revisions.diff import RowChange
from tests.pages.screen import Screen

PAGE = "manage/revisions.py"
SAMPLE = Viewer("Lee", Role.ADMIN, "sample")


def load() -> Plan:
    stored = load_plan(open_store(), SAMPLE)
    assert stored
    return stored.plan


def reprice(dollars: int) -> RowChange:
    line = load().cost_lines[0]
    return upsert_row(load(), "cost_lines", line.model_copy(update={"unit_price_usd": Decimal(dollars)}))


@pytest.fixture
def revised(screen: Screen) -> Screen:
    """The sample plan with a dearer first line, then without its first initiative."""
    screen.open(PAGE, district="sample")
    save_rows(open_store(), SAMPLE, [reprice(500)], "a new quote")
    save_rows(open_store(), SAMPLE, [archive_initiative(load(), load().initiatives[0].initiative_id)], "not now")
    return screen


def test_every_revision_says_who_why_and_what_in_dollars(revised: Screen) -> None:
    revised.open(PAGE, district="sample")
    [_, last, second, first] = revised.table("Every revision of the plan")
    assert [row[0] for row in (last, second, first)] == ["3", "2", "1"]
    assert (last[2], last[3], last[4]) == ("Lee", "not now", "1")
    assert last[5].startswith("($")
    assert second[5].startswith("$")
    assert int(first[4].replace(",", "")) > 100


def test_the_last_change_is_shown_first_and_any_two_can_be_compared(revised: Screen) -> None:
    words = revised.open(PAGE, district="sample")
    assert "From revision 2 to revision 3: 1 row" in words
    assert "Archived no → yes" in words
    words = revised.open(PAGE, district="sample", **{"from": "1", "to": "2"})
    assert "From revision 1 to revision 2: 1 row" in words
    assert "→ $500.00" in words
    assert revised.table("Change of the budgeted cost")[-1][0] == "The plan"
    assert "Every row is the same." in revised.open(PAGE, district="sample", **{"from": "2", "to": "2"})


def test_an_address_that_names_no_revision_shows_the_last_change(revised: Screen) -> None:
    assert "From revision 2 to revision 3" in revised.open(PAGE, district="sample", **{"from": "99", "to": "x"})


def test_returning_to_a_revision_saves_it_as_a_new_one(revised: Screen) -> None:
    revised.open(PAGE, district="sample")
    former = load_plan(open_store(), SAMPLE, list_revisions(open_store(), SAMPLE)[-1].revision_id)
    next(box for box in revised.app.selectbox if box.label == "Revision").set_value(1)
    revised.click("Return to it")
    assert former is not None
    assert load() == former.plan
    assert list_revisions(open_store(), SAMPLE)[0].number == 4
    assert revised.app.toast[0].value == "Saved as revision 4."


def test_a_long_list_comes_in_pages(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    for dollars in range(500, 521):
        save_rows(open_store(), SAMPLE, [reprice(dollars)])
    screen.open(PAGE, district="sample")
    assert len(screen.table("Every revision of the plan")) == 21
    screen.app.number_input[0].set_value(2).run()
    assert [row[0] for row in screen.table("Every revision of the plan")[1:]] == ["2", "1"]


def test_a_district_without_a_plan_says_where_one_comes_from(screen: Screen) -> None:
    assert "This district has no plan yet." in screen.open(PAGE, district="empty")
