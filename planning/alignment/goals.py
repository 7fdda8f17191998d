"""Dollars by goal: what each initiative costs, split over the goals it serves; and dollars aligned to nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from planning.alignment.scoring import GoalPoints
from planning.atoms import Atom
from planning.checks import keep_first
from planning.evaluation import Evaluation
from planning.money import split_cents


class GoalShare(NamedTuple):
    """What one initiative spends on one goal, with the atoms that its whole cost sums."""

    initiative_id: str
    cents: int
    atom_ids: tuple[str, ...]


class GoalMoney(NamedTuple):
    """Dollars on one goal, by year and initiative; `goal_id` None is money aligned to nothing."""

    goal_id: str | None
    cents: int
    by_year: dict[str, int]
    shares: tuple[GoalShare, ...]


class MoneyByGoal(NamedTuple):
    """Every goal in the order of the plan, and what serves none; together exactly the budgeted cost of the plan."""

    goals: tuple[GoalMoney, ...]
    nothing: GoalMoney
    total_cents: int

    @property
    def nothing_fraction(self) -> float | None:
        """Share of the money aligned to nothing; None where the plan costs nothing."""
        return self.nothing.cents / self.total_cents if self.total_cents > 0 else None


_Split = dict[str | None, dict[str, int]]


def calculate_money_by_goal(evaluation: Evaluation) -> MoneyByGoal:
    """Budgeted cost of each included initiative and year, split in proportion to weight × influence.

    Largest remainder within initiative × year, so parts sum to the whole to the cent. An initiative without
    points (no goal with weight and influence) is aligned to nothing. Savings split like costs.
    """
    goal_ids = [goal.goal_id for goal in keep_first(evaluation.plan.goals, "goal_id")]
    by_initiative: dict[str, list[Atom]] = {}
    for atom in evaluation.budgeted_atoms:
        by_initiative.setdefault(atom.initiative_id, []).append(atom)
    parts = {item.initiative_id: item.alignment.parts for item in evaluation.initiatives}
    splits = {name: _split(atoms, parts[name], evaluation.years) for name, atoms in by_initiative.items()}
    return MoneyByGoal(
        tuple(_collect(goal_id, splits, by_initiative, evaluation.years) for goal_id in goal_ids),
        _collect(None, splits, by_initiative, evaluation.years),
        sum(atom.cents for atoms in by_initiative.values() for atom in atoms),
    )


def _split(atoms: Sequence[Atom], parts: Sequence[GoalPoints], years: Sequence[str]) -> _Split:
    goals: list[str | None] = [part.goal_id for part in parts if part.points] or [None]
    points = [part.points for part in parts if part.points] or [1]
    result: _Split = {goal: {} for goal in goals}
    sums = dict.fromkeys(years, 0)
    for atom in atoms:
        sums[atom.fiscal_year] += atom.cents
    for year, cents in sums.items():
        for goal, share in zip(goals, split_cents(cents, points), strict=True):
            result[goal][year] = share
    return result


def _collect(
    goal_id: str | None, splits: dict[str, _Split], atoms: dict[str, list[Atom]], years: Sequence[str]
) -> GoalMoney:
    chosen = {name: split[goal_id] for name, split in splits.items() if goal_id in split}
    by_year = {year: sum(shares[year] for shares in chosen.values()) for year in years}
    shares = tuple(
        GoalShare(name, sum(amounts.values()), tuple(atom.atom_id for atom in atoms[name]))
        for name, amounts in chosen.items()
    )
    return GoalMoney(goal_id, sum(by_year.values()), by_year, shares)
