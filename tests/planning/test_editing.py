from decimal import Decimal

import pytest

from data.samples.plan import build_sample_plan
from planning.checks import check_plan
from planning.editing import (
    archive_initiative,
    check_changes,
    complete_deletions,
    delete_rows,
    duplicate_initiative,
    duplicate_row,
    make_identifier,
    upsert_row,
)
from planning.errors import InputRefused
from planning.model import Goal, Plan
from planning.revisions.diff import ChangeKind, RowChange, apply_changes
from planning.revisions.rows import RowKey, list_rows
from planning.vocabulary import Severity


def test_a_row_is_put_in_the_place_of_the_one_with_its_id(small_plan: Plan) -> None:
    heavier = small_plan.goals[0].model_copy(update={"weight": Decimal(50)})
    change = upsert_row(small_plan, "goals", heavier)
    assert (change.before, change.after) == (small_plan.goals[0], heavier)
    assert apply_changes(small_plan, [change]).goals == (heavier, small_plan.goals[1])


def test_a_row_with_a_new_id_is_added_at_the_end(small_plan: Plan) -> None:
    change = upsert_row(small_plan, "goals", Goal(goal_id="new", title="New", weight=Decimal(1)))
    assert change.kind is ChangeKind.ADDED
    assert apply_changes(small_plan, [change]).goals[-1].goal_id == "new"


def test_with_an_initiative_goes_everything_that_names_it(small_plan: Plan) -> None:
    changes = delete_rows(small_plan, [RowKey("initiatives", ("mdr",))])
    assert {str(change.key) for change in changes} == {
        "initiatives:mdr",
        "cost_lines:mdr-service",
        "commitments:mdr/cyber-grant/FY2026-27",
        "commitments:mdr/cyber-grant/FY2027-28",
        "commitments:mdr/cyber-grant/FY2028-29",
        "contributions:mdr/privacy",
    }
    after = apply_changes(small_plan, changes)
    assert not [finding for finding in check_plan(after) if finding.severity is Severity.ERROR]


def test_with_a_source_a_goal_and_a_rate_goes_their_use(small_plan: Plan) -> None:
    keys = [RowKey("sources", ("levy",)), RowKey("goals", ("reading",)), RowKey("escalation_rates", ("services",))]
    after = apply_changes(small_plan, delete_rows(small_plan, keys))
    assert [item.source_id for item in after.commitments] == ["cyber-grant"] * 3
    assert [item.goal_id for item in after.contributions] == ["privacy"]
    assert {line.escalation for line in after.cost_lines} == {None}


def test_with_an_initiative_goes_the_whole_file_of_its_purchases_and_an_entry_names_them_no_more() -> None:
    plan = build_sample_plan()
    keys = [RowKey("initiatives", (name,)) for name in ("panels", "student-devices", "wifi")]
    after = apply_changes(plan, delete_rows(plan, keys))
    assert {one.purchase_id for one in (*after.criteria, *after.offers, *after.purchase_papers)} == {"buy-literacy"}
    assert after.offer_scores == ()
    assert {(one.purchase_id, one.request_id) for one in after.conflicts} == {(None, None)}
    assert not [finding for finding in check_plan(after) if finding.severity is Severity.ERROR]


def test_other_initiatives_stop_naming_the_one_that_goes(small_plan: Plan) -> None:
    waiting = small_plan.initiatives[1].model_copy(update={"depends_on": ("mdr",), "excludes": ("mdr",)})
    plan = apply_changes(small_plan, [upsert_row(small_plan, "initiatives", waiting)])
    after = apply_changes(plan, delete_rows(plan, [RowKey("initiatives", ("mdr",))]))
    assert (after.initiatives[0].depends_on, after.initiatives[0].excludes) == ((), ())


def test_nothing_else_goes_where_nothing_is_deleted(small_plan: Plan) -> None:
    change = archive_initiative(small_plan, "mdr")
    assert complete_deletions(small_plan, [change]) == (change,)
    assert delete_rows(small_plan, [RowKey("goals", ("gone",))]) == ()


def test_a_copied_initiative_has_its_costs_and_goals_but_no_money_and_does_not_count(small_plan: Plan) -> None:
    after = apply_changes(small_plan, duplicate_initiative(small_plan, "devices"))
    copy = after.initiatives[-1]
    assert (copy.initiative_id, copy.name, copy.counted) == ("devices-copy", "Devices (copy)", False)
    lines = [line.cost_line_id for line in after.cost_lines if line.initiative_id == "devices-copy"]
    assert lines == ["fleet-copy", "carts-copy", "self-help-copy"]
    assert after.commitments == small_plan.commitments
    assert [item.influence for item in after.contributions if item.initiative_id == "devices-copy"] == [4]


def test_a_second_copy_gets_ids_of_its_own(small_plan: Plan) -> None:
    once = apply_changes(small_plan, duplicate_initiative(small_plan, "devices"))
    twice = apply_changes(once, duplicate_initiative(once, "devices"))
    assert len(list_rows(twice)) - len(list_rows(once)) == len(list_rows(once)) - len(list_rows(small_plan))
    assert [item.initiative_id for item in twice.initiatives][-2:] == ["devices-copy", "devices-copy-2"]


def test_a_copied_cost_line_gets_a_new_id(small_plan: Plan) -> None:
    change = duplicate_row(small_plan, RowKey("cost_lines", ("carts",)))
    assert str(change.key) == "cost_lines:carts-copy"


def test_copying_or_archiving_what_is_gone_says_so(small_plan: Plan) -> None:
    for act in (
        lambda: duplicate_row(small_plan, RowKey("goals", ("gone",))),
        lambda: duplicate_initiative(small_plan, "gone"),
        lambda: archive_initiative(small_plan, "gone"),
    ):
        with pytest.raises(InputRefused, match=r"The plan has no gone any more\. Look at the plan as it is now"):
            act()


def test_archiving_and_taking_back_is_the_plan_again(small_plan: Plan) -> None:
    archived = apply_changes(small_plan, [archive_initiative(small_plan, "mdr")])
    assert [item.counted for item in archived.initiatives] == [False, True]
    assert apply_changes(archived, [archive_initiative(archived, "mdr", archived=False)]) == small_plan


def test_an_edit_answers_for_the_errors_it_makes_and_not_for_those_that_were_there(small_plan: Plan) -> None:
    faulty = small_plan.model_copy(update={"goals": small_plan.goals[:1]})
    key = RowKey("initiatives", ("mdr",))
    worse = apply_changes(faulty, [RowChange(key, list_rows(faulty)[key], None)])
    assert check_changes(faulty, faulty) == ()
    assert check_changes(small_plan, faulty)[0].found == "privacy"
    assert {finding.found for finding in check_changes(faulty, worse)} == {"mdr"}


def test_ids_are_made_from_words() -> None:
    assert make_identifier("  Ünïted: Wi-Fi!  ", set()) == "n-ted-wi-fi"
    assert make_identifier("x" * 90, set()) == "x" * 56
    assert make_identifier("a", {"a", "a-2"}) == "a-3"
