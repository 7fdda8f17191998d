"""How sure the ranking by goals is, as data."""

from planning.alignment.robustness import Robustness
from planning.checks import keep_first
from planning.evaluation import Evaluation
from planning.figure import Column, Figure, FigureKind, FigureUnit, Table
from planning.money import format_percent

FRACTION, COUNT = FigureUnit.FRACTION, FigureUnit.COUNT


def draw_robustness(evaluation: Evaluation, found: Robustness) -> Figure:
    """Under what share of all weights each initiative is first and among the first three; what turns the ranking."""
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    columns = (
        Column("Initiative"),
        Column("Rank", COUNT),
        Column("First under", FRACTION),
        Column("Top three under", FRACTION),
    )
    rows = tuple((names[one.initiative_id], one.rank, one.first, one.top) for one in found.shares)
    return Figure(
        kind=FigureKind.TABLE,
        title="How sure the ranking is, whatever the goals weigh",
        sentence=_describe(evaluation, found, names),
        alt=f"Table of {len(rows)} initiatives with the share of all weights under which each comes first.",
        unit=FRACTION,
        categories=(),
        series=(),
        table=Table(columns, rows),
    )


def _describe(evaluation: Evaluation, found: Robustness, names: dict[str, str]) -> str:
    if not found.shares:
        return "A plan without goals or initiatives has no ranking."
    best = found.shares[0]
    sure = (
        f"{names[best.initiative_id]} is first under {format_percent(best.first)} of all weights that the goals could "
        f"have, and among the first three under {format_percent(best.top)}"
    )
    change = found.first_change
    if change is None:
        return f"{sure}; no change of a single goal's weight turns the ranking."
    goals = {goal.goal_id: goal.title for goal in keep_first(evaluation.plan.goals, "goal_id")}
    return (
        f"{sure}; the first to change places are {names[change.ahead]} and {names[change.behind]}, level once "
        f"“{goals[change.goal_id]}” weighs {format_percent(change.level_share, 1)} of the whole "
        f"instead of {format_percent(change.share, 1)}."
    )
