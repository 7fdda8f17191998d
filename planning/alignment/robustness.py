"""How sure the ranking of initiatives is whatever the goals weigh, and the smallest change of weight that turns it."""

from typing import NamedTuple

import numpy as np

from planning.checks import keep_first
from planning.choice.acceptability import Floats, count_ranks, draw_weights, rank_draws, score_draws
from planning.evaluation import Evaluation

DRAW_COUNT = 10_000
SEED = 1
TOP = 3


class RankShares(NamedTuple):
    """Under what share of all weights an initiative is first, and among the first three; beside its rank today."""

    initiative_id: str
    rank: int
    first: float
    top: float


class PlaceChange(NamedTuple):
    """`ahead` and `behind` are level once the goal's share of all weight is `level_share` and not `share`.

    The other goals keep their proportions to each other.
    """

    ahead: str
    behind: str
    goal_id: str
    share: float
    level_share: float


class Robustness(NamedTuple):
    """By initiative in the order of rank; None where no change of a single weight turns the ranking."""

    shares: tuple[RankShares, ...]
    first_change: PlaceChange | None


def calculate_robustness(evaluation: Evaluation, draw_count: int = DRAW_COUNT, seed: int = SEED) -> Robustness:
    """Ranks of the included initiatives under weights drawn evenly from all there are, and what turns them first.

    A goal of the plan without weight is drawn a weight too: nobody knows what it should be. Empty without goals or
    initiatives. Source: planning.choice.acceptability.
    """
    items = sorted(evaluation.included, key=lambda item: (item.rank, item.name))
    goals = keep_first(evaluation.plan.goals, "goal_id")
    if not items or not goals:
        return Robustness((), None)
    place_of = {goal.goal_id: place for place, goal in enumerate(goals)}
    influences = np.zeros((len(items), len(goals)))
    influence_of = {(one.initiative_id, one.goal_id): one.influence for one in reversed(evaluation.plan.contributions)}
    for row, item in enumerate(items):
        for goal_id, column in place_of.items():
            influences[row, column] = influence_of.get((item.initiative_id, goal_id), 0)
    ranks = count_ranks(rank_draws(score_draws(influences, draw_weights(len(goals), draw_count, seed))))
    shares = tuple(
        RankShares(item.initiative_id, item.rank, float(own[0]), float(own[:TOP].sum()))
        for item, own in zip(items, ranks, strict=True)
    )
    change = _find_first_change(influences, np.array([float(goal.weight) for goal in goals]))
    if change is None:
        return Robustness(shares, None)
    ahead, behind, goal, share, level = change
    names = items[ahead].initiative_id, items[behind].initiative_id
    return Robustness(shares, PlaceChange(*names, goals[goal].goal_id, share, level))


def _find_first_change(influences: Floats, weights: Floats) -> tuple[int, int, int, float, float] | None:
    """The pair, the goal, its share and the share at which the pair is level; of equal changes the first pair's.

    While one goal's share w becomes t and the others keep their proportions, a score is t × d + (1 − t) × r, with d
    the influence on that goal and r the score of the others alone: a pair is level at t = r ÷ (r − d) of its
    differences. Only a goal that does not hold all the weight can change alone.
    """
    if not weights.sum() > 0:
        return None
    shares = weights / weights.sum()
    scores = influences @ shares
    best: tuple[int, int, int, float, float] | None = None
    for goal, share in enumerate(shares.tolist()):
        if share == 1:
            continue
        rest = (scores - share * influences[:, goal]) / (1 - share)
        found = _find_nearest(scores, influences[:, goal], rest, share)
        if found and (best is None or abs(found[2] - share) < abs(best[4] - best[3]) - 1e-12):
            best = (*found[:2], goal, share, found[2])
    return best


def _find_nearest(scores: Floats, own: Floats, rest: Floats, share: float) -> tuple[int, int, float] | None:
    """The pair that is level after the smallest change of one goal's share."""
    is_ahead = scores[:, None] - scores[None, :] > 1e-9
    own_gap, rest_gap = own[:, None] - own[None, :], rest[:, None] - rest[None, :]
    turns = is_ahead & (np.abs(rest_gap - own_gap) > 1e-12)
    level = np.divide(rest_gap, rest_gap - own_gap, out=np.full_like(rest_gap, np.nan), where=turns)
    distance = np.where((level >= 0) & (level <= 1), np.abs(level - share), np.inf)
    ahead, behind = np.unravel_index(np.argmin(distance), distance.shape)
    if not np.isfinite(distance[ahead, behind]):
        return None
    return int(ahead), int(behind), float(level[ahead, behind])
