"""What each role meets on the screen: its pages, no button it may not press, and no hidden line in anything sent."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from data.settings import load_settings
from data.store.database import Store
from data.store.viewer import Viewer
from data.store.workflow import load_status
from pages.rooms import PAGES, Entry, list_entries
from pages.ui.session import close_stores
from pages.ui.sign_in import choose_role, read_wish
from planning.permissions import Action, Role, may
from planning.workflow import STEPS, PlanStage
from tests.pages.conftest import ADMIN
from tests.pages.screen import Screen

MATRIX = tomllib.loads((Path(__file__).parents[1] / "cases" / "permissions.toml").read_text(encoding="utf-8"))
# Words of single lines in the sample that a viewer must not meet: a position, a benefit, a place of cameras, a bid.
HIDDEN_WORDS = (
    "Superintendent and cabinet",
    "Health and dental",
    "Cameras",
    "Doors with card readers",
    "Wi-Fi and switches",
)


def open_as(screen: Screen, role: Role, path: str, **query: str) -> str:
    if screen.app.radio:  # a tab that is open already: there the choice on the screen counts, not the address
        screen.app.radio(key="act_as").set_value(role.value).run()
    return screen.open(path, district="sample", act_as=role.value, **query)


def find_hidden_words(screen: Screen) -> list[str]:
    """Which of them are anywhere in what the server sent to the browser: tables, charts, choices, helps."""
    sent = "".join(list_sent(screen.app.main))
    return [word for word in HIDDEN_WORDS if word in sent]


def list_sent(node: Any) -> Iterator[str]:  # noqa: ANN401 - blocks and elements of Streamlit's tree have no common type
    """Every message of a part of the page, as text."""
    if node.proto is not None:
        yield str(node.proto)
    for child in getattr(node, "children", {}).values():
        yield from list_sent(child)


def list_buttons(screen: Screen) -> set[str]:
    return {button.label for button in screen.app.button}


@pytest.mark.parametrize("role", Role)
def test_the_pages_of_a_role_are_those_of_the_matrix(role: Role) -> None:
    pages = {entry.url_path for entry in list_entries(role)}
    everyone = {entry.url_path for entry in PAGES} - MATRIX["pages"].keys()
    assert pages == everyone | {page for page, roles in MATRIX["pages"].items() if role in roles}


def test_the_matrix_names_every_page_that_is_closed_to_someone() -> None:
    closed = {entry.url_path for entry in PAGES if not all(may(role, entry.action) for role in Role)}
    assert closed == MATRIX["pages"].keys()


@pytest.mark.parametrize("entry", list_entries(Role.VIEWER), ids=lambda entry: entry.url_path)
def test_a_viewer_opens_every_page_of_theirs_and_finds_nothing_to_change_and_no_hidden_line(
    screen: Screen, entry: Entry
) -> None:
    words = open_as(screen, Role.VIEWER, entry.path)
    assert "acting in the role viewer" in words
    assert not screen.app.error
    assert list_buttons(screen) == set()
    assert not screen.app.file_uploader
    assert find_hidden_words(screen) == []


@pytest.mark.parametrize("by", ["Fund", "Function", "Object", "Place", "Lines"])
def test_every_view_of_the_budget_keeps_its_total_and_hides_its_lines(screen: Screen, by: str) -> None:
    open_as(screen, Role.VIEWER, "finance/budget.py", by=by)
    total = screen.table("Expenditures of" if by == "Lines" else f"Expenditures by {by.lower()}")[-1]
    assert "$108,370,567" in total
    assert find_hidden_words(screen) == []


def test_what_the_server_sends_is_looked_through(screen: Screen) -> None:
    """The check above can fail: to the administrator all of it is sent."""
    open_as(screen, Role.ADMIN, "finance/budget.py", by="Lines", fund="10", function="2320")
    assert find_hidden_words(screen) == ["Superintendent and cabinet", "Health and dental"]
    open_as(screen, Role.ADMIN, "cabinet/overview.py")
    assert find_hidden_words(screen) == ["Cameras", "Wi-Fi and switches"]


def test_what_a_viewer_does_not_see_is_said_and_an_administrator_reads_no_such_line(screen: Screen) -> None:
    words = open_as(screen, Role.VIEWER, "cabinet/overview.py")
    assert "Budget lines of some classes come only as sums" in words
    assert "1 initiative with an open bid, in no total" in words
    assert "come only as sums" not in open_as(screen, Role.ADMIN, "cabinet/overview.py")


@pytest.mark.parametrize("role", Role)
def test_only_those_who_may_find_the_upload_page_and_the_way_in_for_a_plan(screen: Screen, role: Role) -> None:
    words = open_as(screen, role, "technology/initiatives.py")
    assert bool(screen.app.file_uploader) is may(role, Action.SAVE_PLAN)
    assert "Not shown to this role" in words if role is Role.VIEWER else "Not shown to this role" not in words


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", PlanStage)
def test_the_buttons_of_the_plan_are_the_steps_the_role_may_take(screen: Screen, role: Role, stage: PlanStage) -> None:
    set_stage(stage)
    open_as(screen, role, "strategy/workflow.py")
    steps = {step.name for step in STEPS}
    expected = {
        step.name
        for step in STEPS
        if stage in MATRIX["steps"][step.action]["from"] and role in MATRIX["actions"][step.action]
    }
    assert list_buttons(screen) & steps == expected
    assert screen.has_button("Comment") is may(role, Action.COMMENT)
    assert screen.has_button("Set it") is may(role, Action.SET_DEADLINE)


def set_stage(stage: PlanStage) -> None:
    """Write down that the sample's plan stands at a stage, whatever the way there."""
    store = Store(load_settings().store)
    with store.cursor() as cursor:
        cursor.execute("UPDATE plan_move SET to_stage = ? WHERE district_id = 'sample' AND move_number = 2", [stage])
    store.close()


def test_a_press_moves_the_plan_and_the_page_says_so(screen: Screen) -> None:
    open_as(screen, Role.PLANNER, "strategy/workflow.py")
    words = screen.click("Submit")
    assert "The plan is submitted and locked" in words
    assert not screen.has_button("Submit")
    open_as(screen, Role.CABINET, "strategy/workflow.py")
    screen.click("Send back")
    assert "Send back needs a reason." in screen.alerts()
    close_stores()
    store = Store(load_settings().store)
    status = load_status(store, ADMIN)
    assert (status.stage, status.moves[-1].role) == (PlanStage.SUBMITTED, Role.PLANNER)
    store.close()


def test_a_comment_and_a_deadline_arrive(screen: Screen) -> None:
    open_as(screen, Role.CABINET, "strategy/workflow.py")
    screen.app.text_area[0].set_value("Show us the quote.")
    assert "Show us the quote." in screen.click("Comment")
    assert screen.table("The way to the board")[3][:2] == ["Adopted", "2027-06-08"]


def test_only_the_administrator_changes_who_sees_what(screen: Screen) -> None:
    for role in Role:
        words = open_as(screen, role, "manage/visibility.py")
        assert screen.has_button("Add it") is (role is Role.ADMIN)
        assert ("Form 470" in words) is (role is Role.ADMIN)
    assert screen.table("How each role sees lines")[6][1] == "not at all"


def test_the_role_on_the_screen_is_chosen_and_can_only_be_lower() -> None:
    assert [choose_role(Role.ADMIN, role.value) for role in Role] == list(Role)
    assert {choose_role(Role.PLANNER, wish) for wish in ("admin", "finance", "viewer", "", "king")} == {Role.PLANNER}
    assert choose_role(Role.ADMIN, "king") is Role.ADMIN


def test_acting_in_a_role_is_picked_on_the_page_and_stays_in_the_address_and_in_links(screen: Screen) -> None:
    screen.open("cabinet/overview.py", district="sample")
    screen.app.radio(key="act_as").set_value("viewer").run()
    assert "acting in the role viewer" in screen.words()
    assert screen.app.query_params["act_as"] in ("viewer", ["viewer"])
    assert any("act_as=viewer" in html for html in screen.html())
    screen.app.radio(key="act_as").set_value("admin").run()
    assert "act_as" not in screen.app.query_params
    assert "signed in with every role" in screen.words()


def test_a_role_that_the_address_named_stays_on_a_page_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = SimpleNamespace(session_state={}, query_params={"act_as": "finance"})
    monkeypatch.setattr("pages.ui.sign_in.st", tab)
    assert read_wish() == "finance"
    tab.query_params.clear()
    assert read_wish() == "finance"
    tab.session_state["act_as"] = "admin"
    assert read_wish() == "admin"


def test_the_store_refuses_whatever_the_screen_showed(screen: Screen) -> None:
    """The buttons of a page that was open before the role was lowered do nothing."""
    open_as(screen, Role.CABINET, "strategy/workflow.py")
    viewer = Viewer("Lee", Role.VIEWER, "sample")
    assert not may(viewer.role, Action.COMMENT)
    screen.app.query_params["act_as"] = "viewer"
    screen.app.session_state["act_as"] = "viewer"
    screen.app.text_area[0].set_value("From before.")
    [button] = [one for one in screen.app.button if one.label == "Comment"]
    button.click().run()
    assert "From before." not in screen.words()
