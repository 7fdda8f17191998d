"""A comparison is differences of evaluations, so its steps and its columns must sum to what was evaluated."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.choice.changes import Change, Delay, Exclude, LoseSource, PriceShock, Rate, Scale
from planning.choice.comparison import (
    MEASURES,
    calculate_bridge,
    describe_scenarios,
    draw_bridge,
    measure_cost,
    measure_gap,
    tabulate_scenarios,
)
from planning.choice.scenarios import Scenario
from planning.evaluation import evaluate
from planning.model import Plan
from planning.money import format_cents
from planning.reference import Reference

DAY, REFERENCE = date(2026, 11, 23), Reference(version="t")
LEAN = Scenario(
    name="Lean",
    changes=(
        Delay(initiative_id="devices", years=1),
        Rate(name="services", rate_per_year=Decimal("0.08")),
        LoseSource(source_id="cyber-grant", from_year="FY2027-28"),
    ),
)
one_change = st.sampled_from(
    [
        Exclude(initiative_id="devices"),
        Delay(initiative_id="devices", years=2),
        Scale(initiative_id="mdr", factor=Decimal("1.25")),
        PriceShock(rise=Decimal("0.1")),
        Rate(name="services", rate_per_year=Decimal("0.01")),
        LoseSource(source_id="cyber-grant", from_year="FY2027-28"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)  # the plan is immutable
@given(changes=st.lists(one_change, max_size=5, unique_by=lambda change: change.kind))
def test_the_steps_of_a_bridge_sum_to_the_difference(small_plan: Plan, changes: list[Change]) -> None:
    scenario = Scenario(name="x", changes=tuple(changes))
    base, changed = evaluate(small_plan, REFERENCE, DAY), evaluate(small_plan, REFERENCE, DAY, scenario)
    for _, measure in MEASURES:
        steps = calculate_bridge(small_plan, scenario, REFERENCE, DAY, measure)
        assert sum(step.cents for step in steps) == measure(changed) - measure(base)


def test_each_step_says_its_change(small_plan: Plan) -> None:
    steps = calculate_bridge(small_plan, LEAN, REFERENCE, DAY, measure_gap)
    assert [step.words for step in steps] == [
        "start Devices 1 year later",
        "services 8.0 % a year",
        "State cyber grant is lost from FY2027-28",
    ]
    assert steps[-1].cents > 0


def test_scenarios_stand_beside_the_base_with_their_differences(small_plan: Plan) -> None:
    base, lean = evaluate(small_plan, REFERENCE, DAY), evaluate(small_plan, REFERENCE, DAY, LEAN)
    table = tabulate_scenarios(base, [lean])
    assert table.list_headers() == ("", "Base plan", "Lean", "Difference")
    figures = [[value for value in row if isinstance(value, int)] for row in table.rows]
    assert all(there - here == difference for here, there, difference in figures)
    years = [row for row in table.rows if str(row[0]).startswith("Cost in")]
    assert [sum(int(row[n] or 0) for row in years) for n in (1, 2)] == [measure_cost(base), measure_cost(lean)]


def test_the_bars_of_a_bridge_meet(small_plan: Plan) -> None:
    base, lean = evaluate(small_plan, REFERENCE, DAY), evaluate(small_plan, REFERENCE, DAY, LEAN)
    figure = draw_bridge(base, lean, calculate_bridge(small_plan, LEAN, REFERENCE, DAY))
    floors, whole, more, less = (series.values for series in figure.series)
    assert (whole[0], whole[-1]) == (measure_cost(base), measure_cost(lean))
    assert sum(more) - sum(less) == measure_cost(lean) - measure_cost(base)
    assert all(floor >= 0 for floor in floors)
    assert figure.sentence.startswith("Lean: cost is $")
    assert figure.table.rows[-1] == ("Lean", measure_cost(lean))


def test_paid_and_unpaid_and_saved_make_the_cost(small_plan: Plan) -> None:
    found = {name: measure(evaluate(small_plan, REFERENCE, DAY)) for name, measure in MEASURES}
    assert found["Cost"] == found["Paid by sources"] + found["Without a source"] + found["Savings"]


def test_the_dearest_scenario_and_the_one_with_the_largest_gap_are_named(small_plan: Plan) -> None:
    base = evaluate(small_plan, REFERENCE, DAY)
    out = evaluate(small_plan, REFERENCE, DAY, Scenario(name="Out", changes=(Exclude(initiative_id="devices"),)))
    lost = LoseSource(source_id="cyber-grant", from_year="FY2026-27")
    poor = evaluate(small_plan, REFERENCE, DAY, Scenario(name="Poor", changes=(lost,)))
    words = describe_scenarios(base, [out, poor])
    assert words.startswith(
        f"Poor costs the most: {format_cents(measure_cost(base), symbol=True)}, as much as the base"
    )
    assert "Poor leaves the most without a source: " in words and words.endswith("more than the base plan.")
    alone = describe_scenarios(base, [out])
    assert alone.startswith("Out costs: ") and "less than the base plan" in alone
    assert describe_scenarios(base, []) == ""
