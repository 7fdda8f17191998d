from decimal import Decimal

from hypothesis import given

from planning.model import Goal, Plan, YearAmount
from planning.revisions.diff import ChangeKind, FieldChange, RowChange, apply_changes, list_row_changes
from planning.revisions.rows import RowKey, list_rows
from tests.planning.revisions.plan_edits import plans, plans_with_edits


@given(plans_with_edits(1))
def test_the_changes_made_on_the_former_plan_give_the_latter(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    assert list_rows(apply_changes(before, list_row_changes(before, after))) == list_rows(after)


@given(plans_with_edits(1, repeats=False))
def test_new_rows_stand_where_they_stood(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    assert apply_changes(before, list_row_changes(before, after), like=after) == after


@given(plans(), plans())
def test_any_plan_becomes_any_other(before: Plan, after: Plan) -> None:
    assert list_rows(apply_changes(before, list_row_changes(before, after))) == list_rows(after)


@given(plans(repeats=False))
def test_the_order_of_rows_is_no_change(plan: Plan) -> None:
    turned = plan.model_copy(update={"initiatives": plan.initiatives[::-1], "sources": plan.sources[::-1]})
    assert list_row_changes(plan, turned) == ()


def test_a_change_says_what_it_did_field_by_field(small_plan: Plan) -> None:
    line = small_plan.cost_lines[0].model_copy(update={"unit_price_usd": Decimal(99_000), "vendor": "Acme"})
    changed = small_plan.model_copy(update={"cost_lines": (line, *small_plan.cost_lines[1:])})
    (change,) = list_row_changes(small_plan, changed)
    assert (change.kind, change.key) == (ChangeKind.CHANGED, RowKey("cost_lines", ("mdr-service",)))
    assert change.fields == (
        FieldChange("unit_price_usd", "", Decimal(94_500), Decimal(99_000)),
        FieldChange("vendor", "", "", "Acme"),
    )


def test_amounts_of_a_source_are_compared_by_year(small_plan: Plan) -> None:
    grant = small_plan.sources[0]
    amounts = (grant.amounts[0], YearAmount(fiscal_year="FY2028-29", amount_cents=5))
    change = RowChange(RowKey("sources", ("cyber-grant",)), grant, grant.model_copy(update={"amounts": amounts}))
    assert change.fields == (
        FieldChange("amounts", "FY2027-28", 75_000_00, None),
        FieldChange("amounts", "FY2028-29", None, 5),
    )


def test_an_added_and_a_deleted_row_show_what_they_hold() -> None:
    goal = Goal(goal_id="g", title="Reading", weight=Decimal(1))
    added, deleted = RowChange(RowKey("goals", ("g",)), None, goal), RowChange(RowKey("goals", ("g",)), goal, None)
    assert (added.kind, deleted.kind) == (ChangeKind.ADDED, ChangeKind.DELETED)
    assert [field.after for field in added.fields] == ["g", "Reading", Decimal(1)]
    assert [field.before for field in deleted.fields] == ["g", "Reading", Decimal(1)]


def test_the_first_plan_is_all_new(small_plan: Plan) -> None:
    assert {change.kind for change in list_row_changes(None, small_plan)} == {ChangeKind.ADDED}
    assert len(list_row_changes(None, small_plan)) == len(list_rows(small_plan))
