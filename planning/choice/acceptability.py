"""How sure a ranking is whatever the criteria weigh: stochastic multicriteria acceptability analysis (SMAA).

Weights are drawn evenly from all that are possible; what is counted is how often each alternative takes each rank.
Sources: Lahdelma, Hokkanen and Salminen, "SMAA - Stochastic multiobjective acceptability analysis", European Journal
of Operational Research 106, 1998, pp. 137-143; Lahdelma and Salminen, "SMAA-2", Operations Research 49:3, 2001.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.errors import InputRefused

Floats = NDArray[np.float64]
Places = NDArray[np.int16]
DRAWS_AT_ONCE = 2000  # keeps the places of 200 alternatives within the processor's cache


class PartialValue(NamedTuple):
    """What a measurement is worth: straight lines between cutoffs, which rise, and their values."""

    cutoffs: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Shares of the draws, by alternative in the order given.

    `ranks[i, r]`: alternative i takes rank r + 1; alternatives that tie share the better rank. `wins[i, j]`: i scores
    higher than j. `central_weights[i]`: the mean of the weights under which i is first, NaN where it never is.
    """

    ranks: Floats
    wins: Floats
    central_weights: Floats

    @property
    def first(self) -> Floats:
        """The share of the draws in which each is first."""
        return self.ranks[:, 0]

    def within(self, place: int) -> Floats:
        """The share of the draws in which each is among the first so many."""
        return self.ranks[:, :place].sum(axis=1)


def calculate_partial_value(measured: float, scale: PartialValue, extrapolate: bool = False) -> float:
    """What a measurement is worth on a scale; beyond its ends the value at the end, or the last line drawn on.

    Raises InputRefused where the cutoffs do not rise or have other than one value each.

    >>> calculate_partial_value(60, PartialValue((50, 100), (1, 0)))
    0.8
    """
    cutoffs, values = scale
    if len(cutoffs) < 2 or len(cutoffs) != len(values) or any(b <= a for a, b in pairwise(cutoffs)):
        raise InputRefused(
            "A scale needs two or more cutoffs that rise, each with its value.", "Order the cutoffs and fill the gaps."
        )
    inside = measured if extrapolate else min(max(measured, cutoffs[0]), cutoffs[-1])
    end = min(max(bisect_right(cutoffs, inside), 1), len(cutoffs) - 1)
    share = (inside - cutoffs[end - 1]) / (cutoffs[end] - cutoffs[end - 1])
    return values[end - 1] + share * (values[end] - values[end - 1])


def draw_weights(criterion_count: int, draw_count: int, seed: int) -> Floats:
    """Weights that sum to one, each possible set as likely as any other: draws × criteria.

    Exponential numbers divided by their sum are spread evenly over the simplex. The same seed draws the same.
    """
    drawn = np.random.default_rng(seed).standard_exponential((draw_count, criterion_count))
    return drawn / drawn.sum(axis=1, keepdims=True)


def calculate_acceptability(values: Floats, weights: Floats) -> Acceptability:
    """Ranks, wins and central weights of alternatives by the sum of weight × value.

    `values`: alternatives × criteria, or draws × alternatives × criteria where the measurements are uncertain too;
    `weights`: draws × criteria.
    """
    places = rank_draws(score_draws(values, weights))
    return Acceptability(count_ranks(places), count_wins(places), _average_weights(places == 0, weights))


def score_draws(values: Floats, weights: Floats) -> Floats:
    """The score of each alternative in each draw: draws × alternatives.

    Alternatives of the same values are scored once, so that rounding never tells them apart.
    """
    if values.ndim == 3:
        return np.einsum("dac,dc->da", values, weights)
    distinct, place = np.unique(values, axis=0, return_inverse=True)
    return (weights @ distinct.T)[:, place.reshape(-1)]


def rank_draws(scores: Floats) -> Places:
    """How many alternatives score higher than each in each draw: alternatives × draws."""
    order = np.argsort(-scores, axis=1)
    falling = np.take_along_axis(scores, order, axis=1)
    places = np.tile(np.arange(scores.shape[1], dtype=np.int16), (len(scores), 1))
    places[:, 1:][falling[:, 1:] == falling[:, :-1]] = 0
    result = np.empty_like(places)
    np.put_along_axis(result, order, np.maximum.accumulate(places, axis=1), axis=1)
    return np.ascontiguousarray(result.T)


def count_ranks(places: Places) -> Floats:
    """The share of draws in which each alternative takes each rank."""
    count, draws = places.shape
    return np.array([np.bincount(own, minlength=count) for own in places]).reshape(count, count) / draws


def count_wins(places: Places) -> Floats:
    """The pairwise winning index: the share of draws in which one alternative stands before the other."""
    count, draws = places.shape
    wins = np.zeros((count, count), dtype=np.int64)
    for start in range(0, draws, DRAWS_AT_ONCE):
        part = np.ascontiguousarray(places[:, start : start + DRAWS_AT_ONCE])
        for place, own in enumerate(part):
            wins[place] += np.count_nonzero(own < part, axis=1)
    return wins / draws


def calculate_confidence(values: Floats, central_weights: Floats) -> Floats:
    """For each alternative, how often it is first under its own central weights, the measurements being uncertain.

    `values`: draws × alternatives × criteria. NaN where an alternative has no central weights.
    """
    scores = np.einsum("dac,kc->kda", values, central_weights)
    own = np.take_along_axis(scores, np.arange(len(central_weights))[:, None, None], axis=2)[:, :, 0]
    share = (own >= scores.max(axis=2)).mean(axis=1)
    return np.where(np.isnan(central_weights[:, 0]), np.nan, share)


def _average_weights(is_first: NDArray[np.bool_], weights: Floats) -> Floats:
    times = is_first.sum(axis=1, keepdims=True)
    sums = is_first.astype(np.float64) @ weights
    return np.divide(sums, times, out=np.full_like(sums, np.nan), where=times > 0)
