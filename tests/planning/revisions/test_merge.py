from collections.abc import Mapping

from hypothesis import given

from planning.model import Plan
from planning.revisions.diff import RowChange, apply_changes, list_row_changes
from planning.revisions.merge import (
    RowsChanged,
    Side,
    list_missing_rows,
    list_wanted_changes,
    settle_conflicts,
    split_changes,
)
from planning.revisions.rows import RowKey, list_rows
from tests.planning.revisions.plan_edits import plans_with_edits, plans_with_separate_edits, renumber

LINE = RowKey("cost_lines", ("carts",))


def merge_plans(base: Plan, theirs: Plan, mine: Plan, choices: Mapping[RowKey, Side] | None = None) -> Plan:
    """Both people's changes of `base` on one plan, as saving merges them; a conflict without a choice stays theirs."""
    changes, conflicts = split_changes(theirs, list_row_changes(base, mine))
    return apply_changes(theirs, (*changes, *settle_conflicts(conflicts, choices or {})), like=mine)


@given(plans_with_edits(1, repeats=False))
def test_alone_my_edit_is_taken_whole(pair: tuple[Plan, Plan]) -> None:
    base, mine = pair
    assert merge_plans(base, base, mine) == mine


@given(plans_with_edits(1))
def test_without_an_edit_of_mine_theirs_stays(pair: tuple[Plan, Plan]) -> None:
    base, theirs = pair
    assert merge_plans(base, theirs, base) == theirs


@given(plans_with_separate_edits())
def test_edits_of_different_rows_commute(three: tuple[Plan, Plan, Plan]) -> None:
    base, one, other = three
    merged = merge_plans(base, one, other)
    assert list_rows(merged) == list_rows(merge_plans(base, other, one))
    assert len(list_row_changes(base, merged)) == sum(len(list_row_changes(base, each)) for each in (one, other))


@given(plans_with_edits(2))
def test_conflicts_are_exactly_the_rows_changed_differently_on_both_sides(three: tuple[Plan, Plan, Plan]) -> None:
    base, theirs, mine = (list_rows(plan) for plan in three)
    keys = {*base, *theirs, *mine}
    differently = {
        key
        for key in keys
        if theirs.get(key) != base.get(key) and mine.get(key) != base.get(key) and theirs.get(key) != mine.get(key)
    }
    split = split_changes(three[1], list_row_changes(three[0], three[2]))
    assert {conflict.key for conflict in split.conflicts} == differently


@given(plans_with_edits(2, repeats=False))
def test_every_row_of_a_merge_is_somebodys(three: tuple[Plan, Plan, Plan]) -> None:
    base, theirs, mine = (list_rows(plan) for plan in three)
    for side, first, second in ((Side.THEIRS, theirs, mine), (Side.MINE, mine, theirs)):
        conflicts = split_changes(three[1], list_row_changes(three[0], three[2])).conflicts
        merged = list_rows(merge_plans(*three, {conflict.key: side for conflict in conflicts}))
        for key in {*base, *theirs, *mine}:
            wanted = first if first.get(key) != base.get(key) else second
            assert merged.get(key) == wanted.get(key)


def test_the_same_edit_by_two_people_is_no_conflict(small_plan: Plan) -> None:
    edited = change_line(small_plan, 7)
    assert split_changes(edited, list_row_changes(small_plan, edited)) == ((), ())


def test_a_conflict_carries_both_values_and_overwrites_nothing(small_plan: Plan) -> None:
    theirs, mine = change_line(small_plan, 7), change_line(small_plan, 9)
    (conflict,) = split_changes(theirs, list_row_changes(small_plan, mine)).conflicts
    assert [(field.field, field.before, field.after) for field in conflict.fields] == [("quantity", 7, 9)]
    assert merge_plans(small_plan, theirs, mine) == theirs
    assert merge_plans(small_plan, theirs, mine, {LINE: Side.MINE}) == mine


def test_a_row_that_one_deleted_and_the_other_changed_is_a_conflict(small_plan: Plan) -> None:
    without = apply_changes(small_plan, [RowChange(LINE, list_rows(small_plan)[LINE], None)])
    (conflict,) = split_changes(change_line(small_plan, 7), list_row_changes(small_plan, without)).conflicts
    assert conflict.mine is None
    assert conflict.theirs is not None


def test_a_missing_row_is_deleted_only_where_it_is_named(small_plan: Plan) -> None:
    mine = small_plan.model_copy(update={"contributions": small_plan.contributions[:1]})
    (missing,) = list_missing_rows(small_plan, small_plan, mine)
    assert str(missing) == "contributions:mdr/privacy"
    assert list_wanted_changes(small_plan, mine) == ()
    assert [change.key for change in list_wanted_changes(small_plan, mine, {missing})] == [missing]


def test_a_row_that_others_deleted_is_not_missed(small_plan: Plan) -> None:
    mine = small_plan.model_copy(update={"contributions": ()})
    assert list_missing_rows(small_plan, mine, mine) == ()


def test_the_error_names_the_rows_and_the_next_step(small_plan: Plan) -> None:
    theirs, mine = change_line(small_plan, 7), change_line(small_plan, 9)
    error = RowsChanged(split_changes(theirs, list_row_changes(small_plan, mine)).conflicts)
    assert str(error) == (
        "Somebody else changed carts since you looked; nothing was saved. "
        "Compare the two values of each and choose one."
    )
    assert error.exit_code == 3
    many = RowsChanged(error.conflicts * 5)
    assert "carts, carts, carts and 2 more" in many.message


def change_line(plan: Plan, number: int) -> Plan:
    row = list_rows(plan)[LINE]
    return apply_changes(plan, [RowChange(LINE, row, renumber(LINE, row, number))])
