"""Figures as data: they say the same in sentence, picture and table, and the numbers are those of the evaluation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from planning.bridge import LedgerAmount, calculate_ledger_bridge
from planning.choice.scenarios import Exclude, Scenario
from planning.evaluation import Evaluation, evaluate
from planning.figure import Column, Figure, FigureKind, FigureUnit, Table, format_value
from planning.figures import (
    draw_big_numbers,
    draw_cliffs,
    draw_cost_by_year,
    draw_funding_by_year,
    draw_initiatives,
    draw_ledger_bridge,
    draw_money_by_goal,
)
from planning.funding_figures import draw_gap_by_initiative, draw_gap_by_year
from planning.model import District, Plan
from planning.reference import Reference

FIGURES = (
    draw_big_numbers,
    draw_cliffs,
    draw_cost_by_year,
    draw_funding_by_year,
    draw_gap_by_initiative,
    draw_gap_by_year,
    draw_initiatives,
    draw_money_by_goal,
)
Drawing = Callable[[Evaluation], Figure]


def evaluate_plan(plan: Plan, *changes: Exclude) -> Evaluation:
    scenario = Scenario(name="x", changes=changes) if changes else None
    return evaluate(plan, Reference(version="t"), date(2026, 11, 23), scenario)


def text_of(figure: Figure) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in figure.table.list_text_rows()}


@pytest.mark.parametrize("draw", FIGURES)
def test_every_figure_has_a_sentence_an_alt_and_a_table(small_plan: Plan, draw: Drawing) -> None:
    figure = draw(evaluate_plan(small_plan))
    assert figure.title and figure.sentence.endswith(".") and figure.alt.endswith(".")
    assert figure.table.rows
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
    assert all(len(series.values) == len(figure.categories) for series in figure.series)


@pytest.mark.parametrize("draw", FIGURES)
def test_an_empty_plan_still_has_its_figures(draw: Drawing) -> None:
    empty = Plan(district=District(district_id="d", name="D", first_fiscal_year="FY2026-27"))
    figure = draw(evaluate_plan(empty))
    assert figure.sentence and figure.alt
    assert figure.table.list_headers()
    assert isinstance(figure.table.list_text_rows(), tuple)


@pytest.mark.parametrize("draw", [draw_cost_by_year, draw_funding_by_year])
def test_the_table_of_a_stack_sums_to_the_budgeted_cost(small_plan: Plan, draw: Drawing) -> None:
    evaluation = evaluate_plan(small_plan)
    figure = draw(evaluation)
    whole = sum(atom.cents for atom in evaluation.budgeted_atoms)
    assert figure.table.rows[-1][-1] == whole == sum(sum(series.values) for series in figure.series)
    assert figure.table.rows[0][1:-1] == figure.series[0].values


def test_the_big_numbers_are_four(small_plan: Plan) -> None:
    figure = draw_big_numbers(evaluate_plan(small_plan))
    assert [row[1] for row in figure.table.rows] == ["$1.81M", "$59", "$1.22M", "0 %"]
    assert figure.sentence == "The plan costs $1.81M over FY2026-27 to FY2030-31; $1.22M of it has no source yet."


def test_with_a_ledger_the_big_numbers_begin_with_what_it_holds(small_plan: Plan, detection_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    students = next(item.count for item in small_plan.district.driver_counts if item.driver == "students")
    ledger = (LedgerAmount("10-2580-100", int(students) * 583_00),)
    bridge = calculate_ledger_bridge(evaluation, ledger, "FY2026-27")
    name, _, note = draw_big_numbers(evaluation, bridge).table.rows[0]
    assert (name, note) == ("Technology in the ledger", "FY2026-27, $583 a student")
    without_students = evaluate_plan(detection_plan)
    bridge = calculate_ledger_bridge(without_students, ledger, "FY2026-27")
    assert draw_big_numbers(without_students, bridge).table.rows[0][2] == "FY2026-27"


def test_without_students_the_cost_per_student_is_not_known(detection_plan: Plan) -> None:
    assert text_of(draw_big_numbers(evaluate_plan(detection_plan)))["Per student and year"][0] == "not known"


def test_cost_by_year_can_show_one_initiative(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    figure = draw_cost_by_year(evaluation, evaluation.atoms_of("mdr"))
    assert [series.name for series in figure.series] == ["Every year"]
    assert "highest year is FY2030-31" in figure.sentence


def test_the_gap_by_year_leaves_savings_aside(small_plan: Plan) -> None:
    rows = text_of(draw_gap_by_year(evaluate_plan(small_plan)))
    assert rows["FY2029-30"] == ("—", "—", "769,413")  # not lowered by the 67,975 of resale
    assert rows["Total"] == ("$650,000", "—", "$1,224,288")


def test_the_gap_by_initiative_starts_with_the_widest(small_plan: Plan) -> None:
    figure = draw_gap_by_initiative(evaluate_plan(small_plan))
    assert figure.categories == ("Devices", "Detection")
    assert figure.sentence == "2 of 2 initiatives lack money; Devices lacks the most, $852,116."


def test_an_initiative_that_only_saves_has_no_funded_share(small_plan: Plan) -> None:
    lines = (small_plan.cost_lines[0].model_copy(update={"unit_price_usd": Decimal(-5)}),)
    rows = text_of(draw_initiatives(evaluate_plan(small_plan.model_copy(update={"cost_lines": lines}))))
    assert (rows["Detection"][1], rows["Detection"][-5]) == ("($28)", "—")


def test_alternatives_stand_last_in_the_table_and_outside_its_total(small_plan: Plan) -> None:
    figure = draw_initiatives(evaluate_plan(small_plan, Exclude(initiative_id="mdr")))
    rows = text_of(figure)
    assert list(rows) == ["Devices", "Detection", "The plan"]
    assert rows["Detection"][0] == "alternative"
    assert rows["The plan"][1] == rows["Devices"][1] == "$1,284,141"
    assert figure.sentence == "1 initiative is in the plan; 1 more is an alternative."
    assert (rows["Devices"][-1], rows["Detection"][-1]) == ("1", "would be 2")


def test_archived_initiatives_are_counted_so_that_nobody_looks_for_them(small_plan: Plan) -> None:
    first = small_plan.initiatives[0].model_copy(update={"archived": True})
    plan = small_plan.model_copy(update={"initiatives": (first, *small_plan.initiatives[1:])})
    assert draw_initiatives(evaluate_plan(plan)).sentence.endswith("in the plan; 1 is archived and not listed.")


def test_the_cliff_says_what_ends_and_what_is_left(detection_plan: Plan) -> None:
    figure = draw_cliffs(evaluate_plan(detection_plan))
    assert figure.sentence == ("$104,186 has no source in the year after these end: State cyber grant (FY2027-28).")
    assert text_of(figure)["State cyber grant"][-1] == "$104,186"


def test_without_cliffs_the_figure_says_so(small_plan: Plan) -> None:
    bare = small_plan.model_copy(update={"commitments": ()})
    assert draw_cliffs(evaluate_plan(bare)).sentence.startswith("No source ends within these years")


def test_money_by_goal_names_its_goals(small_plan: Plan) -> None:
    figure = draw_money_by_goal(evaluate_plan(small_plan))
    assert figure.sentence == "Every dollar serves at least one of the 2 goals."
    assert text_of(figure)["Reading"] == ("$1,284,141", "71 %")
    without = draw_money_by_goal(evaluate_plan(small_plan.model_copy(update={"contributions": ()})))
    assert without.sentence == "100 % of the money serves none of the 2 goals."


def test_the_bridge_floats_its_parts_under_the_ledger(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    ledger = [LedgerAmount("10-1000-650-01", 734_400_00), LedgerAmount("10-2580-352", 188_500_00)]
    figure = draw_ledger_bridge(calculate_ledger_bridge(evaluation, ledger, "FY2026-27"))
    assert figure.kind is FigureKind.FLOATING_BARS
    base, amount = figure.series
    assert amount.values == (922_900_00, 679_752_50, 0, 243_147_50, 94_500_00)
    assert base.values == (0, 243_147_50, 243_147_50, 0, 922_900_00)


def test_a_table_shows_the_dollar_sign_on_its_first_row_and_its_totals() -> None:
    table = Table((Column("Row"), Column("Money", FigureUnit.CENTS)), (("a", 100), ("b", -250), ("c", 0)), 1)
    assert table.list_text_rows() == (("a", "$1"), ("b", "(3)"), ("c", "—"))
    assert table.list_number_columns() == (1,)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, FigureUnit.CENTS, "not known"),
        (12_345.6, FigureUnit.CENTS, "123"),
        (0.5, FigureUnit.FRACTION, "50 %"),
        (48.04, FigureUnit.SCORE, "48.0"),
        (3, FigureUnit.COUNT, "3"),
        ("", FigureUnit.COUNT, ""),
    ],
)
def test_each_unit_is_shown_in_its_own_way(value: float | str | None, unit: FigureUnit, text: str) -> None:
    assert format_value(value, unit) == text
