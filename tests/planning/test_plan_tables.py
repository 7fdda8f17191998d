"""Tables of the plan: rows add up to their totals and the totals to the evaluation, for every plan."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from planning import plan_tables
from planning.alignment.goals import calculate_money_by_goal
from planning.cost.ownership import calculate_cost_by_year
from planning.evaluation import Evaluation, evaluate
from planning.figure import FigureUnit, Table
from planning.funding.balances import calculate_source_balances, calculate_unfunded_by_year
from planning.model import CostLine, Plan
from planning.reference import Reference
from planning.vocabulary import CostKind, Driver

EMPTY_REFERENCE = Reference(version="test", rows=())
BY_YEAR: tuple[Callable[[Evaluation], Table], ...] = (
    plan_tables.tabulate_categories,
    plan_tables.tabulate_initiative_years,
    plan_tables.tabulate_unfunded,
    lambda evaluation: plan_tables.tabulate_cost_lines(evaluation, "devices"),
    lambda evaluation: plan_tables.tabulate_payers(evaluation, "devices"),
)


@pytest.fixture
def evaluation(small_plan: Plan) -> Evaluation:
    return evaluate(small_plan, EMPTY_REFERENCE, date(2026, 12, 8))


def list_amounts(table: Table) -> list[list[int]]:
    """The columns of cents of each row."""
    places = [i for i, column in enumerate(table.columns) if column.unit is FigureUnit.CENTS]
    return [[int(row[i] or 0) for i in places] for row in table.rows]


def total_by_year(table: Table) -> list[int]:
    return list_amounts(table)[-1][:-1]


def cents_by_year(evaluation: Evaluation, budgeted: bool = True) -> list[int]:
    atoms = evaluation.budgeted_atoms if budgeted else evaluation.atoms
    return [total.cents for total in calculate_cost_by_year(atoms, evaluation.years).values()]


@pytest.mark.parametrize("tabulate", BY_YEAR)
def test_rows_and_years_add_up_to_the_total_to_the_cent(
    evaluation: Evaluation, tabulate: Callable[[Evaluation], Table]
) -> None:
    table = tabulate(evaluation)
    *rows, total = list_amounts(table)
    assert table.total_rows == 1 and table.rows[-1][0] == "Total" and rows
    assert [sum(column) for column in zip(*rows, strict=True)] == total
    assert all(sum(row[:-1]) == row[-1] for row in (*rows, total))


def test_the_totals_are_those_of_the_evaluation(evaluation: Evaluation) -> None:
    assert total_by_year(plan_tables.tabulate_initiative_years(evaluation)) == cents_by_year(evaluation)
    assert total_by_year(plan_tables.tabulate_categories(evaluation)) == cents_by_year(evaluation, budgeted=False)
    unfunded = [total.cents for total in calculate_unfunded_by_year(evaluation).values()]
    assert total_by_year(plan_tables.tabulate_unfunded(evaluation)) == unfunded


def test_what_an_initiative_costs_is_what_is_paid_for_it(evaluation: Evaluation) -> None:
    lines = plan_tables.tabulate_cost_lines(evaluation, "devices")
    payers = plan_tables.tabulate_payers(evaluation, "devices")
    assert total_by_year(lines) == total_by_year(payers)
    assert [row[0] for row in lines.rows] == ["Student devices", "Carts", "Teachers' time", "Total"]
    assert {row[0] for row in payers.rows} == {
        "Levy", "Without a source", "Savings", "Time of users (not budgeted)", "Total",
    }  # fmt: skip


def test_goals_and_what_serves_none_add_up_to_the_plan(evaluation: Evaluation) -> None:
    table = plan_tables.tabulate_goals(evaluation)
    *goals, nothing, total = [cents for [cents] in list_amounts(table)]
    assert sum(goals) + nothing == total == sum(cents_by_year(evaluation))
    assert nothing == calculate_money_by_goal(evaluation).nothing.cents
    assert [row[4] for row in table.rows[:2]] == [30, 20]


def test_sources_show_the_sums_of_their_years(evaluation: Evaluation) -> None:
    rows = {row[0]: row for row in plan_tables.tabulate_sources(evaluation).rows}
    balances = [item for item in calculate_source_balances(evaluation) if item.source_id == "cyber-grant"]
    grant = rows["State cyber grant"]
    assert grant[1:4] == ("—", "secured", "2028-06-30")
    assert grant[4:] == (
        150_000_00,
        sum(item.committed.cents for item in balances),
        sum(item.balance_cents for item in balances),
    )
    assert rows["Levy"][3] == "—"


def test_a_plan_is_worth_less_today_than_its_sum(evaluation: Evaluation) -> None:
    amounts = {row[0]: row[1] for row in plan_tables.tabulate_value_today(evaluation).rows}
    direct, indirect = amounts["Budgeted cost (direct)"], amounts["Time of users (indirect)"]
    assert isinstance(direct, int) and isinstance(indirect, int)
    assert (direct, indirect) == (sum(cents_by_year(evaluation)), 3 * 9_000_00)
    assert amounts["Total cost of ownership"] == direct + indirect
    assert 0 < float(amounts["Present value"] or 0) < direct + indirect


def test_without_students_the_cost_per_student_is_not_known(detection_plan: Plan) -> None:
    table = plan_tables.tabulate_value_today(evaluate(detection_plan, EMPTY_REFERENCE, date(2026, 12, 8)))
    assert table.list_text_rows()[-1][1] == "not known"


def test_only_initiatives_that_lack_money_are_listed_as_unfunded(evaluation: Evaluation) -> None:
    names = [row[0] for row in plan_tables.tabulate_unfunded(evaluation).rows]
    assert names == ["Detection", "Devices", "Total"]


def test_an_alignment_names_its_goals_and_adds_their_points(evaluation: Evaluation) -> None:
    item = next(item for item in evaluation.initiatives if item.initiative_id == "devices")
    table = plan_tables.tabulate_alignment(evaluation, item)
    assert table.rows == (("Reading", 30.0, 4, 120.0), ("A score of 48 of 100", "", "", 120.0))  # 120 ÷ (5 × 50)


def test_an_initiative_is_described_by_the_facts_it_has(evaluation: Evaluation) -> None:
    devices = next(item for item in evaluation.plan.initiatives if item.initiative_id == "devices")
    changed = devices.model_copy(
        update={"owner": "Dana", "mandated": True, "depends_on": ("mdr",), "excludes": ("mdr", "gone")}
    )
    facts = dict(plan_tables.describe_initiative(changed, evaluation))
    assert facts["Owner"] == "Dana" and facts["Required by law"] == "yes"
    assert (facts["Needs"], facts["Rules out"]) == ("Detection", "Detection, gone")
    assert facts["Starts"].startswith("FY2026-27, for ") and "Sponsor" not in facts


@pytest.mark.parametrize(
    ("changes", "price"),
    [
        ({}, "1 × $100"),
        ({"quantity": Decimal(1200), "unit_price_usd": Decimal("438.5")}, "1,200 × $438.50"),
        ({"unit_price_usd": Decimal("0.125"), "driver": Driver.STUDENTS}, "1 × students × $0.125"),
        ({"unit_price_usd": Decimal(-63700), "escalation": "services"}, "1 × ($63,700), services rate"),
        ({"unit_price_usd": Decimal(0)}, "1 × $0"),
        ({"unit_price_usd": Decimal("1E+3")}, "1 × $1,000"),
    ],
)
def test_a_price_is_said_as_it_was_given(changes: dict, price: str) -> None:
    line = CostLine(
        cost_line_id="line",
        initiative_id="a",
        description="line",
        kind=CostKind.RECURRING,
        category="hardware",
        unit_price_usd=Decimal(100),
        dollar_year="FY2026-27",
        start="FY2026-27",
    )
    assert plan_tables._describe_price(line.model_copy(update=changes)) == price


def test_of_two_items_with_one_id_only_the_first_is_shown(small_plan: Plan) -> None:
    twice = small_plan.model_copy(
        update={
            "goals": (*small_plan.goals, small_plan.goals[0]),
            "cost_lines": (*small_plan.cost_lines, small_plan.cost_lines[1]),
            "sources": (*small_plan.sources, small_plan.sources[0].model_copy(update={"name": "Another"})),
        }
    )
    evaluation = evaluate(twice, EMPTY_REFERENCE, date(2026, 12, 8))
    lines = plan_tables.tabulate_cost_lines(evaluation, "devices")
    assert [row[0] for row in lines.rows].count("Student devices") == 1
    assert total_by_year(lines) == total_by_year(plan_tables.tabulate_payers(evaluation, "devices"))
    assert len(plan_tables.tabulate_goals(evaluation).rows) == 2 + 2
    for table in (plan_tables.tabulate_sources(evaluation), plan_tables.tabulate_payers(evaluation, "mdr")):
        assert {"State cyber grant", "Another"} & {row[0] for row in table.rows} == {"State cyber grant"}


def test_a_plan_that_holds_nothing_yet_has_tables_of_nothing(detection_plan: Plan) -> None:
    bare = Plan(district=detection_plan.district)
    evaluation = evaluate(bare, EMPTY_REFERENCE, date(2026, 12, 8))
    assert plan_tables.tabulate_initiative_years(evaluation).rows == (("Total", 0, 0, 0, 0, 0, 0),)
    assert plan_tables.tabulate_unfunded(evaluation).list_text_rows()[-1][1:] == ("—",) * 6
