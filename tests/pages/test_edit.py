"""The page Edit: tables and forms, faults at the field, rows and dollars before saving, two tabs, undo, copies."""

from decimal import Decimal

import pytest
from streamlit.testing.v1.element_tree import Radio, TextInput

from data.store.plan_edits import save_rows
from data.store.plans import list_revisions, load_plan
from data.store.viewer import Viewer
from data.store.workflow import move_plan
from pages.ui.plan_draft import EDITED
from pages.ui.session import open_store
from planning.editing import upsert_row
from planning.model import Plan
from planning.permissions import Action, Role
from tests.pages.screen import Screen

PAGE = "technology/edit.py"
SAMPLE = Viewer("Lee", Role.ADMIN, "sample")


@pytest.fixture
def edit(screen: Screen) -> Screen:
    screen.open(PAGE, district="sample")
    return screen


def load() -> Plan:
    stored = load_plan(open_store(), SAMPLE)
    assert stored
    return stored.plan


def choose(edit: Screen, section: str, shape: str = "Table") -> None:
    edit.app.selectbox(key="section").set_value(section).run()
    if shape != "Table":
        edit.app.segmented_control(key="shape").set_value(shape).run()


def type_into_table(edit: Screen, section: str, **edits: object) -> str:
    """What the table on the screen reports when a person types into it."""
    draft = edit.app.session_state[EDITED]["sample", section]
    state = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    edit.app.session_state[draft.table_key] = state
    edit.app.run()
    return edit.words()


def save(edit: Screen) -> str:
    return edit.click("Save")


def find_text(edit: Screen, label: str) -> TextInput:
    """The box of a form with this label."""
    return next(box for box in edit.app.text_input if box.label.startswith(label))


def find_choice(edit: Screen) -> Radio:
    """The question which of two values counts."""
    return next(radio for radio in edit.app.radio if radio.label.startswith("Which counts"))


def weigh_behind(weight: int) -> None:
    """Somebody else changes the first goal."""
    goal = load().goals[0].model_copy(update={"weight": Decimal(weight)})
    save_rows(open_store(), SAMPLE, [upsert_row(load(), "goals", goal)], "meanwhile")


def test_a_cell_typed_into_the_table_is_shown_in_rows_and_dollars_and_saved(edit: Screen) -> None:
    choose(edit, "cost_lines")
    line = load().cost_lines[0]
    words = type_into_table(edit, "cost_lines", edited_rows={0: {"unit_price_usd": 439.1}})
    [_, row] = edit.table("What saving changes")
    assert row == [
        f"Cost lines: {line.cost_line_id}",
        "changed",
        f"Price per unit ${line.unit_price_usd:,.2f} → $439.10",
    ]
    assert "Over all years the plan costs" in words
    save(edit)
    assert load().cost_lines[0].unit_price_usd == Decimal("439.1")
    assert edit.app.toast[0].value == "Saved as revision 2."
    assert list_revisions(open_store(), SAMPLE)[0].reason == "Cost lines edited"


def test_rows_pasted_at_the_end_are_new_rows_with_ids_of_their_own(edit: Screen) -> None:
    choose(edit, "escalation_rates")
    type_into_table(edit, "escalation_rates", added_rows=[{"name": "cloud", "rate_per_year": "7.5%"}])
    save(edit)
    assert load().district.escalation_rates[-1].rate_per_year == Decimal("0.075")
    choose(edit, "goals")
    type_into_table(edit, "goals", added_rows=[{"title": "Every child safe", "weight": 5.0}, {}])
    save(edit)
    assert load().goals[-1].goal_id == "every-child-safe"


def test_a_row_of_which_only_the_ticked_box_stands_there_is_no_row(edit: Screen) -> None:
    row = {"name": "Maker space", "start": "FY2027-28", "included": True, "archived": False}
    words = type_into_table(edit, "initiatives", added_rows=[row, {"included": True, "archived": False}])
    assert "What the rows need or say" not in words
    save(edit)
    assert load().initiatives[-1].initiative_id == "maker-space"


def test_a_fault_is_named_with_its_row_and_column_and_nothing_is_saved(edit: Screen) -> None:
    choose(edit, "goals")
    type_into_table(edit, "goals", edited_rows={1: {"weight": -3}})
    [_, fault] = edit.table("What the rows need or say")
    goal = load().goals[1]
    assert fault[:2] == [f"{goal.goal_id} · {goal.title}: Weight", "error"]
    assert "Nothing was saved: some cells cannot be taken." in save(edit)
    assert len(list_revisions(open_store(), SAMPLE)) == 1


def test_discard_drops_what_was_typed(edit: Screen) -> None:
    choose(edit, "goals")
    type_into_table(edit, "goals", edited_rows={0: {"weight": 99}})
    words = edit.click("Discard")
    assert "What saving changes" not in words
    assert not edit.has_button("Save")


def test_what_is_typed_survives_a_look_at_another_section_and_page(edit: Screen) -> None:
    choose(edit, "goals")
    type_into_table(edit, "goals", edited_rows={0: {"weight": 99}})
    choose(edit, "sources")
    assert "Unsaved edits elsewhere Goals" in edit.words()
    edit.app.switch_page("technology/cost.py").run()
    edit.app.switch_page(PAGE).run()
    choose(edit, "goals")
    assert "→ 99" in edit.words()
    save(edit)
    assert load().goals[0].weight == 99


def test_another_tabs_edit_of_another_row_stays(edit: Screen) -> None:
    choose(edit, "goals")
    type_into_table(edit, "goals", edited_rows={1: {"weight": 1}})
    weigh_behind(77)
    edit.app.run()
    assert "Lee saved revision 2 since you began. What it changed stays" in edit.words()
    save(edit)
    assert [goal.weight for goal in load().goals[:2]] == [77, 1]


def test_a_stale_row_shows_both_values_and_waits_for_a_choice(edit: Screen) -> None:
    choose(edit, "goals")
    type_into_table(edit, "goals", edited_rows={0: {"weight": 50}})
    weigh_behind(77)
    words = save(edit)
    assert "nothing was saved. Compare the two values" in words
    assert load().goals[0].weight == 77
    choice = find_choice(edit)
    assert [option.replace("\\", "") for option in choice.options] == [
        "In the plan now, by Lee: Weight 77",
        "Yours: Weight 50",
    ]
    choice.set_value("mine").run()
    save(edit)
    assert load().goals[0].weight == 50


def test_keeping_theirs_saves_only_the_rest(edit: Screen) -> None:
    choose(edit, "goals")
    type_into_table(edit, "goals", edited_rows={0: {"weight": 50}, 1: {"weight": 1}})
    weigh_behind(77)
    edit.app.run()
    find_choice(edit).set_value("theirs").run()
    save(edit)
    assert [goal.weight for goal in load().goals[:2]] == [77, 1]


def test_with_an_initiative_go_its_rows_once_the_person_agrees(edit: Screen) -> None:
    name = load().initiatives[0].initiative_id
    type_into_table(edit, "initiatives", deleted_rows=[0])
    marks = {row[1] for row in edit.table("What saving changes")[1:]}
    assert "deleted, goes along" in marks
    assert "other rows name what you take out" in save(edit)
    edit.app.checkbox[-1].check().run()
    save(edit)
    assert name not in {line.initiative_id for line in load().cost_lines}


def test_the_form_says_a_fault_at_its_field_and_saves_a_row(edit: Screen) -> None:
    choose(edit, "initiatives", "Form")
    find_text(edit, "Life").set_value("99")
    assert "“Life” of student-devices holds 99" in edit.click("Save this row")
    assert "“Life” of student-devices holds 99" in edit.alerts()  # at the field, not only in the list below
    assert len(list_revisions(open_store(), SAMPLE)) == 1
    find_text(edit, "Life").set_value("7")
    edit.click("Save this row")
    assert load().initiatives[0].life_years == 7


def test_the_districts_rates_are_edited_in_a_form(edit: Screen) -> None:
    choose(edit, "district")
    find_text(edit, "Discount").set_value("4.5%")
    edit.click("Save this row")
    assert load().district.discount_rate == Decimal("0.045")


def test_undo_returns_to_the_revision_before_as_a_new_one(edit: Screen) -> None:
    before = load()
    weigh_behind(77)
    edit.app.run()
    edit.click("Undo revision 2")
    assert load() == before
    assert [one.number for one in list_revisions(open_store(), SAMPLE)] == [3, 2, 1]


def test_a_form_shows_what_undoing_brought_back(edit: Screen) -> None:
    choose(edit, "goals", "Form")
    weight = load().goals[0].weight
    find_text(edit, "Weight").set_value("77")
    edit.click("Save this row")
    words = edit.click("Undo revision 2")
    assert "The plan has gone on" not in words
    assert find_text(edit, "Weight").value == f"{weight}"


def test_a_new_initiative_from_the_form_is_in_the_plan_unless_its_box_is_cleared(edit: Screen) -> None:
    choose(edit, "initiatives", "Form")
    rows = next(box for box in edit.app.selectbox if str(box.key).startswith("row_"))
    rows.set_value(len(load().initiatives)).run()
    find_text(edit, "Name").set_value("Maker space")
    next(box for box in edit.app.selectbox if box.label.startswith("Start")).set_value("FY2027-28")
    edit.click("Save this row")
    assert load().initiatives[-1].name == "Maker space"
    assert load().initiatives[-1].included


def test_a_locked_plan_says_so_before_anybody_types(edit: Screen) -> None:
    stored = load_plan(open_store(), SAMPLE)
    assert stored
    assert "so nobody changes it now" not in edit.words()
    move_plan(open_store(), SAMPLE, Action.SUBMIT_PLAN, stored.revision_id)
    edit.app.run()
    assert "The plan is submitted, so nobody changes it now. Ask the cabinet to send it back." in edit.words()


def test_an_initiative_is_copied_and_archived(edit: Screen) -> None:
    first = load().initiatives[0]
    edit.click("Duplicate it")
    assert load().initiatives[-1].name == f"{first.name} (copy)"
    edit.click("Archive it")
    assert load().initiatives[0].archived
    edit.app.switch_page("technology/initiatives.py").run()
    assert first.name not in [row[0] for row in edit.table("Every initiative")]


def test_a_district_without_a_plan_says_where_one_comes_from(screen: Screen) -> None:
    assert "This district has no plan yet." in screen.open(PAGE, district="empty")


def test_a_form_that_is_open_keeps_the_plan_it_began_with_and_says_so(edit: Screen) -> None:
    choose(edit, "goals", "Form")
    weigh_behind(77)
    edit.app.run()
    assert "Lee saved revision 2 since you began. This form shows it as it was." in edit.words()
    edit.click("Show the plan as it is now")
    assert find_text(edit, "Weight").value == "77"
