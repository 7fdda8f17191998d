"""The tables of roles against the matrix that a person can read: every cell, and nothing beyond it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import InputRefused
from planning.permissions import (
    PERMISSIONS,
    Action,
    LineClass,
    Record,
    Role,
    Treatment,
    check_treatment,
    find_treatment,
    is_always_shown,
    list_treatments,
    may,
    may_act_as,
)

MATRIX = tomllib.loads((Path(__file__).parents[1] / "cases" / "permissions.toml").read_text(encoding="utf-8"))
CLASSES = st.sampled_from(LineClass)
RECORDS = st.sampled_from(Record)
ROLES = st.sampled_from(Role)
SETTINGS = st.dictionaries(st.tuples(RECORDS, CLASSES, ROLES), st.sampled_from(Treatment))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_role_may_do_an_action_exactly_where_the_matrix_says_so(role: Role, action: Action) -> None:
    assert may(role, action) is (role in MATRIX["actions"].get(action, []))


def test_the_matrix_names_every_action_and_nothing_else() -> None:
    assert set(MATRIX["actions"]) == set(Action)
    assert set(PERMISSIONS) == set(Role)


def test_a_role_that_is_not_in_the_table_may_do_nothing() -> None:
    assert not any(may("guest", action) for action in Action)  # ty: ignore[invalid-argument-type]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("line_class", LineClass)
@pytest.mark.parametrize("record", Record)
def test_a_role_gets_of_a_class_what_the_matrix_says(record: Record, line_class: LineClass, role: Role) -> None:
    assert find_treatment(role, record, line_class) == MATRIX["lines"][record][line_class][role]


def test_what_is_in_no_table_is_hidden_as_far_as_its_record_allows() -> None:
    hidden = [find_treatment("guest", record, LineClass.OPEN_BID) for record in Record]  # ty: ignore[invalid-argument-type]
    assert hidden == [Treatment.SUMMED, Treatment.REMOVED]


@given(SETTINGS, ROLES, RECORDS, CLASSES)
def test_no_setting_hides_the_plan_from_who_saves_it_or_anything_from_the_administrator(
    settings: dict[tuple[Record, LineClass, Role], Treatment], role: Role, record: Record, line_class: LineClass
) -> None:
    treatment = find_treatment(role, record, line_class, settings)
    assert treatment in list_treatments(record, line_class)
    if role is Role.ADMIN or (record is Record.PLAN and may(role, Action.SAVE_PLAN)):
        assert treatment is Treatment.SHOWN


@given(SETTINGS, ROLES, RECORDS, CLASSES)
def test_a_setting_that_is_allowed_is_what_a_role_gets(
    settings: dict[tuple[Record, LineClass, Role], Treatment], role: Role, record: Record, line_class: LineClass
) -> None:
    wish = settings.get((record, line_class, role))
    if wish and wish in list_treatments(record, line_class) and not is_always_shown(record, role):
        check_treatment(role, record, line_class, wish)
        assert find_treatment(role, record, line_class, settings) is wish


def test_nothing_leaves_the_totals_of_the_ledger() -> None:
    with pytest.raises(InputRefused, match=r"cannot be removed from the ledger. Choose one of: shown, summed"):
        check_treatment(Role.VIEWER, Record.LEDGER, LineClass.SALARY, Treatment.REMOVED)


def test_what_a_planner_saves_cannot_be_hidden_from_a_planner() -> None:
    with pytest.raises(InputRefused, match="role planner always sees every line of the plan"):
        check_treatment(Role.PLANNER, Record.PLAN, LineClass.SALARY, Treatment.SUMMED)


def test_only_the_administrator_acts_as_another() -> None:
    pairs = {(own, other) for own in Role for other in Role if may_act_as(own, other)}
    assert pairs == {(Role.ADMIN, role) for role in Role} | {(role, role) for role in Role}
