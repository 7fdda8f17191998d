"""Scenarios side by side: what each comes to, the difference to the base, and which change makes which part of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from planning.choice.scenarios import Scenario, apply_change, check_scenario, list_in_order, name_targets
from planning.evaluation import Evaluation, evaluate
from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table, Value
from planning.model import Plan
from planning.money import format_cents, format_short, to_dollars
from planning.reference import Reference

Measure = Callable[[Evaluation], int]


def measure_cost(evaluation: Evaluation) -> int:
    """Budgeted cost of the included initiatives over all years, in cents."""
    return sum(item.cost.cents for item in evaluation.included)


def measure_gap(evaluation: Evaluation) -> int:
    """What no source pays, over all years, in cents."""
    return sum(item.unfunded.cents for item in evaluation.included)


def measure_paid(evaluation: Evaluation) -> int:
    """What sources pay, over all years, in cents."""
    return sum(item.committed.cents for item in evaluation.included)


def measure_savings(evaluation: Evaluation) -> int:
    """What is saved and what replaced units bring, over all years, in cents; never positive."""
    return sum(item.savings.cents for item in evaluation.included)


MEASURES: tuple[tuple[str, Measure], ...] = (
    ("Cost", measure_cost),
    ("Paid by sources", measure_paid),
    ("Without a source", measure_gap),
    ("Savings", measure_savings),
)


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step of the way from the base to the scenario: what a change does after those before it, in cents."""

    words: str
    cents: int


def calculate_bridge(
    plan: Plan, scenario: Scenario, reference: Reference, as_of: date, measure: Measure = measure_cost
) -> tuple[BridgeStep, ...]:
    """The difference between scenario and base, change by change, in the order in which they are applied.

    The steps sum to measure(scenario) − measure(base) exactly. What a change does may depend on those before it (a
    delayed initiative escalates by the new rate), so the order is part of the answer and is fixed.
    """
    check_scenario(plan, scenario)
    names = name_targets(plan)
    before, steps = measure(evaluate(plan, reference, as_of)), []
    for change in list_in_order(scenario):
        plan = apply_change(change, plan)
        after = measure(evaluate(plan, reference, as_of))
        steps.append(BridgeStep(change.say(names), after - before))
        before = after
    return tuple(steps)


def tabulate_scenarios(base: Evaluation, others: Sequence[Evaluation]) -> Table:
    """Each measure of the base and of every scenario, with the difference of each to the base beside it."""
    columns = [Column(""), Column(base.stamp.scenario, FigureUnit.CENTS)]
    for other in others:
        columns += [Column(other.stamp.scenario, FigureUnit.CENTS), Column("Difference", FigureUnit.CENTS)]
    rows: list[tuple[Value, ...]] = []
    for name, measure in MEASURES:
        start = measure(base)
        pairs = [(measure(other), measure(other) - start) for other in others]
        rows.append((name, start, *(cell for pair in pairs for cell in pair)))
    rows += [_row_of_year(base, others, year) for year in base.years]
    return Table(tuple(columns), tuple(rows))


def describe_scenarios(base: Evaluation, others: Sequence[Evaluation]) -> str:
    """What the page says first: which scenario costs the most, and which leaves the most without a source."""
    if not others:
        return ""
    ways = (("costs", "", measure_cost), ("leaves", " without a source", measure_gap))
    most = " the most" if len(others) > 1 else ""
    parts = []
    for verb, without, measure in ways:
        found = max(others, key=measure)
        amount = format_cents(measure(found), symbol=True) if measure(found) else "nothing"
        change = _say_change(measure(found) - measure(base))
        parts.append(f"{found.stamp.scenario} {verb}{most}{without}: {amount}, {change} the base plan.")
    return " ".join(parts)


def _say_change(cents: int) -> str:
    if not cents:
        return "as much as"
    return f"{format_cents(abs(cents), symbol=True)} {'more' if cents > 0 else 'less'} than"


def _row_of_year(base: Evaluation, others: Sequence[Evaluation], year: str) -> tuple[Value, ...]:
    costs = [_cost_of_year(evaluation, year) for evaluation in (base, *others)]
    pairs = [(cost, cost - costs[0]) for cost in costs[1:]]
    return (f"Cost in {year}", costs[0], *(cell for pair in pairs for cell in pair))


def _cost_of_year(evaluation: Evaluation, year: str) -> int:
    return sum(atom.cents for atom in evaluation.budgeted_atoms if atom.fiscal_year == year)


def draw_bridge(base: Evaluation, scenario: Evaluation, steps: Sequence[BridgeStep], what: str = "Cost") -> Figure:
    """From the base to the scenario, a floating bar for each change; `steps` sum to the difference."""
    measure = dict(MEASURES)[what]
    start, end = measure(base), measure(scenario)
    heights = [start]
    for step in steps:
        heights.append(heights[-1] + step.cents)
    labels = ("Base plan", *(step.words for step in steps), scenario.stamp.scenario)
    floors = (0, *(min(pair) for pair in pairwise(heights)), 0)
    shown = (start, *(step.cents for step in steps), end)
    return Figure(
        kind=FigureKind.FLOATING_BARS,
        title=f"{what}: from the base plan to {scenario.stamp.scenario}",
        sentence=say_difference(scenario.stamp.scenario, what, end - start),
        alt="Floating bars from the base plan to the scenario: "
        + ", ".join(f"{label} {_short(cents)}" for label, cents in zip(labels, shown, strict=True))
        + ".",
        unit=FigureUnit.CENTS,
        categories=labels,
        series=(
            Series("Start", "base", floors),
            Series("In all", "value", (start, *(0 for _ in steps), end)),
            Series("More", "increase", (0, *(max(step.cents, 0) for step in steps), 0)),
            Series("Less", "decrease", (0, *(max(-step.cents, 0) for step in steps), 0)),
        ),
        table=Table((Column("Change"), Column(what, FigureUnit.CENTS)), tuple(zip(labels, shown, strict=True)), 1),
    )


def say_difference(name: str, what: str, cents: int) -> str:
    """The message of a comparison in one sentence.

    >>> say_difference("Lean", "Cost", -52_560_000)
    'Lean: cost is $525.6K lower than in the base plan.'
    """
    if cents == 0:
        return f"{name}: {what.lower()} is the same as in the base plan."
    direction = "higher" if cents > 0 else "lower"
    return f"{name}: {what.lower()} is {_short(abs(cents))} {direction} than in the base plan."


def _short(cents: int) -> str:
    return format_short(to_dollars(cents))
