"""Scenarios: what they come to beside the plan, the form that makes one, and adopting one."""

from pages.ui.sign_in import ACT_AS
from tests.pages.screen import Screen

PAGE = "technology/scenarios.py"


def test_the_sample_scenarios_stand_beside_the_plan(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample")
    assert "Dearer hardware, fewer students: cost is $" in words
    head, cost, *_ = screen.table("The base plan and the scenarios")
    assert head[1:4] == ["Base plan", "Dearer hardware, fewer students", "Difference"]
    assert cost[0] == "Cost"
    assert ["The levy fails", "Technology levy is lost from FY2027-28"] in screen.table("What the scenarios change")


def test_the_address_names_what_is_shown(screen: Screen) -> None:
    screen.open(PAGE, district="sample", shown="The levy fails", counted="Without a source")
    assert screen.table("The base plan and the scenarios")[0][1:] == ["Base plan", "The levy fails", "Difference"]
    assert "The levy fails: without a source is $" in screen.words()


def test_what_is_looked_at_has_a_link_to_share(screen: Screen) -> None:
    screen.open(PAGE, district="sample", scenario="The levy fails")
    assert "The levy fails: cost is the same as in the base plan." in screen.words()
    [trail] = [body for body in screen.html() if "To share" in body]
    for part in ("shown=Hold+back&amp;", "shown=The+levy+fails&amp;", "scenario=The+levy+fails&amp;counted=Cost&amp;"):
        assert part in trail


def test_a_scenario_is_made_seen_saved_and_removed(screen: Screen) -> None:
    screen.open(PAGE, district="plan")
    assert "Nobody has asked what if yet." in screen.words()
    screen.app.selectbox(key="change_kind").set_value("Start something later").run()
    screen.click("Add it")
    assert "1 year later" in screen.words()
    assert "A new scenario: cost is " in screen.words()
    screen.click("Save the scenario")
    assert "The scenario has no name." in screen.words()
    [name] = [one for one in screen.app.text_input if one.label == "Name"]
    name.set_value("Wait a year")
    screen.click("Save the scenario")
    assert screen.table("What the scenarios change")[1][0] == "Wait a year"


def test_a_change_that_contradicts_another_is_said_and_can_be_taken_out(screen: Screen) -> None:
    screen.open(PAGE, district="plan")
    for _ in range(2):
        screen.app.selectbox(key="change_kind").set_value("Enrollment grows or shrinks").run()
        screen.click("Add it")
    assert "changes the count of students twice" in screen.words()
    screen.app.button(key="take_out_1").click().run()
    assert "twice" not in screen.words()


def test_adopting_one_is_a_revision(screen: Screen) -> None:
    screen.open(PAGE, district="plan")
    screen.app.selectbox(key="change_kind").set_value("Leave something out").run()
    screen.click("Add it")
    [name] = [one for one in screen.app.text_input if one.label == "Name"]
    name.set_value("Less")
    screen.click("Save the scenario")
    screen.click("Adopt it")
    assert "Nobody has asked what if yet." in screen.words()
    assert "Adopted the scenario Less" in screen.open("manage/revisions.py", district="plan")


def test_a_viewer_looks_and_does_not_change(screen: Screen) -> None:
    screen.open(PAGE, district="sample", **{ACT_AS: "viewer"})
    assert not [one for one in screen.app.button if one.label in ("Add it", "Adopt it", "Save the scenario")]


def test_each_kind_of_change_has_a_form_that_makes_it(screen: Screen) -> None:
    screen.open(PAGE, district="plan")
    for kind in screen.app.selectbox(key="change_kind").options:
        screen.app.selectbox(key="change_kind").set_value(kind).run()
        assert not screen.app.exception
        [button] = [one for one in screen.app.button if one.label == "Add it"]
        assert not button.disabled, kind
