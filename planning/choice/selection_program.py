"""Yes or no for each of several things, the best of all ways that keep every rule; whole numbers, so it is exact.

Nothing here knows money or initiatives. HiGHS counts in floats: what it answers is checked in whole numbers, and a way
that only rounding let through is forbidden and asked for again.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from planning.funding.linear_program import LinearProgram, Solver, solve_whole

Chosen = tuple[bool, ...]


class Rule(NamedTuple):
    """Σ weight of what is chosen ≤ most; `name` says it to a person."""

    name: str
    weights: tuple[int, ...]
    most: int

    def allows(self, chosen: Sequence[bool]) -> bool:
        return add_chosen(self.weights, chosen) <= self.most


class Outcome(NamedTuple):
    """The best way found, None where there is none or none was found; no way has a value above `bound`.

    Without a way and proven, the rules cannot hold together.
    """

    chosen: Chosen | None
    bound: float
    is_proven: bool


_NOTHING = Outcome(None, -np.inf, True)


def add_chosen(amounts: Sequence[int], chosen: Sequence[bool]) -> int:
    """The sum of the amounts of what is chosen."""
    return sum(amount for amount, is_in in zip(amounts, chosen, strict=True) if is_in)


def forbid(chosen: Sequence[bool]) -> Rule:
    """The rule that keeps every way but this one."""
    return Rule("another way", tuple(1 if is_in else -1 for is_in in chosen), sum(chosen) - 1)


def maximise(values: Sequence[int], rules: Sequence[Rule], node_limit: int) -> Outcome:
    """The way of the greatest value, any of several equals."""
    if not values:
        return Outcome((), 0.0, True) if all(rule.allows(()) for rule in rules) else _NOTHING
    kept, most = list(rules), float(sum(value for value in values if value > 0))
    while True:
        found = solve_whole(_write(values, kept), node_limit)
        if found is None:
            return _NOTHING
        bound = min(-found.bound, most)
        if found.columns is None:
            return Outcome(None, bound, False)
        chosen = tuple(bool(column) for column in found.columns)
        if all(rule.allows(chosen) for rule in rules):
            return Outcome(chosen, bound, found.is_proven)
        kept.append(forbid(chosen))


def maximise_in_order(values: Sequence[int], costs: Sequence[int], rules: Sequence[Rule], node_limit: int) -> Outcome:
    """The way of the greatest value; of equals the cheapest, of these the one that has the first things.

    So equals are told apart the same way every time, whatever the solver met first.
    """
    best = maximise(values, rules, node_limit)
    if best.chosen is None or not best.is_proven:
        return best
    as_good = Rule("as good", tuple(-value for value in values), -add_chosen(values, best.chosen))
    cheapest = maximise([-cost for cost in costs], [*rules, as_good], node_limit).chosen or best.chosen
    as_cheap = Rule("as cheap", tuple(costs), add_chosen(costs, cheapest))
    return best._replace(chosen=_prefer_first(cheapest, [*rules, as_good, as_cheap], node_limit))


def _prefer_first(chosen: Chosen, rules: list[Rule], node_limit: int) -> Chosen:
    """Of the ways that keep the rules, one of which is given, the one with the first thing, then the second …"""
    anything = [0] * len(chosen)
    if maximise(anything, [*rules, forbid(chosen)], node_limit).chosen is None:
        return chosen
    for place in range(len(chosen)):
        taken, left = pin(place, len(chosen), True), pin(place, len(chosen), False)
        if not chosen[place]:
            chosen = maximise(anything, [*rules, taken], node_limit).chosen or chosen
        rules = [*rules, taken if chosen[place] else left]
    return chosen


def pin(place: int, count: int, is_in: bool, name: str = "") -> Rule:
    """The rule that one thing is chosen, or is not."""
    weights = [0] * count
    weights[place] = -1 if is_in else 1
    return Rule(name, tuple(weights), -1 if is_in else 0)


def relax(values: Sequence[int], rules: Sequence[Rule]) -> tuple[float, ...]:
    """The shares of the best way where each thing could be done in part. Raises ArithmeticError where there is none."""
    if not values:
        return ()
    return tuple(float(share) for share in Solver(_write(values, rules)).solve().columns)


def find_conflict(rules: Sequence[Rule], count: int, node_limit: int) -> list[Rule]:
    """The rules that cannot hold together, not one of them to spare; rules that can are never asked for."""
    needed = list(rules)
    for rule in rules:
        others = [one for one in needed if one is not rule]
        outcome = maximise([0] * count, others, node_limit)
        if outcome.chosen is None and outcome.is_proven:
            needed = others
    return needed


def _write(values: Sequence[int], rules: Sequence[Rule]) -> LinearProgram:
    """Every row divided by its largest figure, so that tolerances mean the same for dollars as for counts."""
    weights = np.array([rule.weights for rule in rules], dtype=np.float64).reshape(len(rules), len(values))
    most = np.array([rule.most for rule in rules], dtype=np.float64)
    scale = np.maximum(np.maximum(np.abs(weights).max(axis=1, initial=0.0), np.abs(most)), 1.0)
    scaled = weights / scale[:, None]
    column, row = np.nonzero(scaled.T)
    return LinearProgram(
        cost=-np.array(values, dtype=np.float64),
        upper=np.ones(len(values)),
        low=np.full(len(rules), -np.inf),
        high=most / scale,
        starts=np.searchsorted(column, np.arange(len(values) + 1)).astype(np.int32),
        rows=row.astype(np.int32),
        values=scaled.T[column, row],
    )
