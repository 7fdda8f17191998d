from datetime import date

from hypothesis import given, settings

from planning.evaluation import Evaluation, evaluate
from planning.model import Plan
from planning.reference import Reference
from planning.revisions.diff import RowChange, apply_changes
from planning.revisions.effects import calculate_effect, list_new_findings, tabulate_effect
from planning.revisions.rows import RowKey, list_rows
from tests.planning.revisions.plan_edits import plans_with_edits, renumber


def evaluate_plan(plan: Plan) -> Evaluation:
    return evaluate(plan, Reference(version="tests"), date(2026, 12, 1))


def total(evaluation: Evaluation) -> int:
    return sum(atom.cents for atom in evaluation.budgeted_atoms)


@given(plans_with_edits(1))
@settings(max_examples=50)
def test_the_cells_sum_to_the_difference_of_the_two_plans_to_the_cent(pair: tuple[Plan, Plan]) -> None:
    before, after = (evaluate_plan(plan) for plan in pair)
    effect = calculate_effect(before, after)
    assert effect.cost_cents == total(after) - total(before)
    savings = [sum(item.savings.cents for item in one.included) for one in (before, after)]
    assert effect.cost_cents == effect.committed_cents + effect.unfunded_cents + savings[1] - savings[0]


def test_a_plan_against_itself_changes_nothing(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    effect = calculate_effect(evaluation, evaluation)
    assert (effect.cost_cents, effect.committed_cents, effect.unfunded_cents) == (0, 0, 0)
    assert tabulate_effect(effect).rows == ()


def test_only_what_the_plan_did_not_say_before_is_new(small_plan: Plan) -> None:
    first = small_plan.commitments[0]
    beyond = small_plan.model_copy(
        update={"commitments": (first.model_copy(update={"amount_cents": 10**12}), *small_plan.commitments[1:])}
    )
    before, after = evaluate_plan(small_plan), evaluate_plan(beyond)
    assert list_new_findings(before, before) == ()
    assert "commitments_exceed_source" in {finding.code for finding in list_new_findings(before, after)}
    assert list_new_findings(None, after) == after.findings


def test_the_first_revision_is_all_new(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    assert calculate_effect(None, evaluation).cost_cents == total(evaluation)


def test_ten_carts_more_cost_ten_carts_more(small_plan: Plan) -> None:
    key = RowKey("cost_lines", ("carts",))
    row = list_rows(small_plan)[key]
    more = apply_changes(small_plan, [RowChange(key, row, renumber(key, row, 11))])
    effect = calculate_effect(evaluate_plan(small_plan), evaluate_plan(more))
    table = tabulate_effect(effect)
    assert table.rows == (
        ("Devices", 0, 12_345_670, 0, 0, 0, 12_345_670),
        ("The plan", 0, 12_345_670, 0, 0, 0, 12_345_670),
    )
    assert effect.unfunded_cents == 12_345_670


def test_an_initiative_that_left_is_shown_by_its_name_as_a_minus(small_plan: Plan) -> None:
    archived = small_plan.initiatives[1].model_copy(update={"archived": True})
    after = small_plan.model_copy(update={"initiatives": (small_plan.initiatives[0], archived)})
    effect = calculate_effect(evaluate_plan(small_plan), evaluate_plan(after))
    assert effect.names["devices"] == "Devices"
    assert effect.cost_cents == -sum(
        atom.cents for atom in evaluate_plan(small_plan).budgeted_atoms if atom.initiative_id == "devices"
    )
