"""How well each initiative serves the goals: a weighted sum on a scale of 0 to 100, with what made it.

Source: CoSN Value of Investment, "importance of the goal × influence of the project on it".
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from planning.model import Goal, GoalContribution

HIGHEST_INFLUENCE = 5


class GoalPoints(NamedTuple):
    """What one goal adds to a score: weight × influence."""

    goal_id: str
    weight: Decimal
    influence: int
    points: Decimal


class AlignmentScore(NamedTuple):
    """A score from 0 to 100 with the goals that made it; `points` is the exact sum it comes from."""

    initiative_id: str
    score: float
    points: Decimal
    parts: tuple[GoalPoints, ...]


def calculate_alignment_scores(
    initiative_ids: Iterable[str], goals: Sequence[Goal], contributions: Iterable[GoalContribution]
) -> dict[str, AlignmentScore]:
    """Σ weight × influence ÷ (Σ weight × 5) × 100 for each initiative; 0 where no goal has weight.

    A goal that an initiative does not name counts with influence 0. Only the first contribution of an initiative
    to a goal counts, and contributions to unknown goals do not (both are findings of `planning.checks`).
    """
    influences: dict[tuple[str, str], int] = {}
    for item in contributions:
        influences.setdefault((item.initiative_id, item.goal_id), item.influence)
    most = HIGHEST_INFLUENCE * sum((goal.weight for goal in goals), Decimal(0))
    return {name: _score(name, goals, influences, most) for name in initiative_ids}


def rank_initiatives(scores: Sequence[AlignmentScore], among: Iterable[str]) -> dict[str, int]:
    """Rank of each: 1 + how many of `among` have more points; ties share a rank and the next one is left out.

    An initiative outside `among` (an alternative) gets the rank it would have.
    """
    counted = frozenset(among)
    points = sorted(score.points for score in scores if score.initiative_id in counted)
    return {score.initiative_id: 1 + len(points) - bisect_right(points, score.points) for score in scores}


def _score(
    initiative_id: str, goals: Sequence[Goal], influences: dict[tuple[str, str], int], most: Decimal
) -> AlignmentScore:
    parts = tuple(
        GoalPoints(goal.goal_id, goal.weight, influence, goal.weight * influence)
        for goal in goals
        if (influence := influences.get((initiative_id, goal.goal_id), 0))
    )
    points = sum((part.points for part in parts), Decimal(0))
    return AlignmentScore(initiative_id, float(points / most * 100) if most else 0.0, points, parts)
