"""How often each alternative takes each rank: published cases, identities, and a share that can be worked out."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.choice.acceptability import (
    PartialValue,
    calculate_acceptability,
    calculate_confidence,
    calculate_partial_value,
    count_wins,
    draw_weights,
    rank_draws,
)
from planning.errors import InputRefused

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "acceptability.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["value"])
def test_the_published_partial_values(case: dict[str, Any]) -> None:
    scale = PartialValue(tuple(map(float, case["scale"])), tuple(case["scale"].values()))
    found = {at: calculate_partial_value(float(at), scale, case["beyond"] == "line") for at in case["worth"]}
    assert found == pytest.approx(case["worth"])


@pytest.mark.parametrize("case", CASES["wins"], ids=lambda case: case["says"])
def test_the_published_winning_index(case: dict[str, Any]) -> None:
    scores = np.array([case["first"], case["second"]], dtype=float).T
    assert count_wins(rank_draws(scores)).tolist() == case["wins"]


@pytest.mark.parametrize("case", CASES["dominated"], ids=lambda case: case["says"])
def test_the_published_domination(case: dict[str, Any]) -> None:
    values = np.array([case["better"], case["worse"]], dtype=float)
    found = calculate_acceptability(values, draw_weights(3, 10_000, seed=1))
    assert found.first.tolist() == case["first"]
    assert found.central_weights[0] == pytest.approx(case["central_weights"], abs=case["within"])
    assert np.isnan(found.central_weights[1]).all()


def test_shares_that_can_be_worked_out() -> None:
    """Two criteria; a = (1, 0) beats b = (0, 0.5) where the first weighs over a third: two thirds of all cases."""
    found = calculate_acceptability(np.array([[1.0, 0.0], [0.0, 0.5]]), draw_weights(2, 40_000, seed=7))
    assert found.first == pytest.approx([2 / 3, 1 / 3], abs=0.01)
    assert found.central_weights == pytest.approx(np.array([[2 / 3, 1 / 3], [1 / 6, 5 / 6]]), abs=0.01)


tables = st.integers(1, 4).flatmap(
    lambda criteria: st.lists(st.lists(st.integers(0, 3), min_size=criteria, max_size=criteria), min_size=1, max_size=6)
)


@settings(max_examples=40)
@given(tables, st.integers(0, 5))
def test_ranks_and_wins_are_those_counted_one_by_one(rows: list[list[int]], seed: int) -> None:
    values, weights = np.array(rows, dtype=float), draw_weights(len(rows[0]), 30, seed)
    found = calculate_acceptability(values, weights)
    ranks, wins = np.zeros((len(rows), len(rows))), np.zeros((len(rows), len(rows)))
    for weight in weights:
        scores = [sum(w * v for w, v in zip(weight, row, strict=True)) for row in rows]
        for i, own in enumerate(scores):
            higher = [rows[j] != rows[i] and other > own for j, other in enumerate(scores)]
            ranks[i, sum(higher)] += 1 / 30
            wins[:, i] += np.array(higher) / 30
    assert found.ranks == pytest.approx(ranks)
    assert found.wins == pytest.approx(wins)
    assert found.ranks.sum(axis=1) == pytest.approx(1)
    assert found.within(len(rows)) == pytest.approx(1)


def test_alternatives_of_the_same_values_share_a_rank_in_every_draw() -> None:
    row = [0.1, 0.7, 0.3]
    found = calculate_acceptability(np.array([row, row, row]), draw_weights(3, 500, seed=3))
    assert found.first.tolist() == [1, 1, 1]
    assert not found.wins.any()


def test_the_same_seed_draws_the_same_and_weights_sum_to_one() -> None:
    first, again, other = (draw_weights(8, 100, seed) for seed in (5, 5, 6))
    assert (first == again).all()
    assert not (first == other).any()
    assert first.sum(axis=1) == pytest.approx(1)
    assert draw_weights(8, 20_000, 1).mean(axis=0) == pytest.approx(1 / 8, abs=0.005)


def test_uncertain_measurements_lower_the_confidence() -> None:
    """One criterion: a is worth 2, b is worth 1 in three draws of four and 3 in the last."""
    values = np.array([[[2.0], [1.0]]] * 3 + [[[2.0], [3.0]]])
    found = calculate_acceptability(values, np.ones((4, 1)))
    assert found.first.tolist() == [0.75, 0.25]
    assert calculate_confidence(values, found.central_weights).tolist() == [0.75, 0.25]
    never = calculate_confidence(values, np.array([[1.0], [np.nan]]))
    assert never[0] == 0.75
    assert np.isnan(never[1])


@pytest.mark.parametrize("cutoffs", [(1.0,), (1.0, 1.0), (2.0, 1.0), (1.0, 2.0, 3.0)])
def test_a_scale_that_does_not_rise_is_refused(cutoffs: tuple[float, ...]) -> None:
    with pytest.raises(InputRefused, match="cutoffs that rise"):
        calculate_partial_value(1, PartialValue(cutoffs, (0.0, 1.0)[: len(cutoffs)]))
