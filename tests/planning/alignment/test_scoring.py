"""Alignment scores, ranks and dollars by goal."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planning.alignment.goals import calculate_money_by_goal
from planning.alignment.scoring import AlignmentScore, calculate_alignment_scores, rank_initiatives
from planning.evaluation import Evaluation, evaluate
from planning.model import Goal, GoalContribution, Plan
from planning.reference import Reference

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "alignment.toml").read_text(encoding="utf-8"))["case"]


def goals(*weights: int) -> tuple[Goal, ...]:
    return tuple(Goal(goal_id=f"g{n}", title=f"G{n}", weight=Decimal(weight)) for n, weight in enumerate(weights))


def scores(weights: tuple[int, ...], **influences: tuple[int, ...]) -> dict[str, AlignmentScore]:
    contributions = [
        GoalContribution(initiative_id=name, goal_id=f"g{n}", influence=influence)
        for name, row in influences.items()
        for n, influence in enumerate(row)
    ]
    return calculate_alignment_scores(influences, goals(*weights), contributions)


def evaluate_plan(plan: Plan) -> Evaluation:
    return evaluate(plan, Reference(version="t"), date(2026, 11, 23))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_the_value_of_investment_sums_and_their_reversal(case: dict[str, Any]) -> None:
    result = scores(tuple(case["importance"]), **case["influence"])
    assert {name: one.points for name, one in result.items()} == case["points"]
    best = sum(case["importance"]) * 5
    assert {name: one.score for name, one in result.items()} == pytest.approx(
        {name: points / best * 100 for name, points in case["points"].items()}
    )
    assert rank_initiatives(tuple(result.values()), result)[case["first"]] == 1


def test_full_influence_on_every_goal_scores_100_and_none_scores_0() -> None:
    result = scores((30, 25, 20), best=(5, 5, 5), none=(0, 0, 0))
    assert (result["best"].score, result["none"].score) == (100.0, 0.0)


def test_a_score_shows_the_goals_that_made_it() -> None:
    parts = scores((30, 25), a=(4, 0))["a"].parts
    assert [(part.goal_id, part.weight, part.influence, part.points) for part in parts] == [("g0", 30, 4, 120)]


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    result = scores((1,), a=(3,), b=(5,), c=(3,), d=(1,))
    assert rank_initiatives(tuple(result.values()), result) == {"a": 2, "b": 1, "c": 2, "d": 4}


def test_an_alternative_gets_the_rank_it_would_have() -> None:
    result = scores((1,), a=(3,), b=(5,), c=(4,))
    assert rank_initiatives(tuple(result.values()), ("a", "b")) == {"a": 2, "b": 1, "c": 2}


def test_without_weights_every_score_is_zero() -> None:
    assert scores((0, 0), a=(5, 5))["a"].score == 0.0


def test_of_two_contributions_to_one_goal_the_first_counts() -> None:
    twice = [GoalContribution(initiative_id="a", goal_id="g0", influence=n) for n in (2, 5)]
    assert calculate_alignment_scores(["a"], goals(10), twice)["a"].points == 20


def test_money_goes_to_goals_by_weight_times_influence(small_plan: Plan) -> None:
    """Detection serves privacy (20 × 5 = 100) and reading (30 × 1 = 30): 100 and 30 parts of 130 of its cost."""
    extra = GoalContribution(initiative_id="mdr", goal_id="reading", influence=1)
    plan = small_plan.model_copy(update={"contributions": (small_plan.contributions[1], extra)})
    money = calculate_money_by_goal(evaluate_plan(plan))
    privacy = next(row for row in money.goals if row.goal_id == "privacy")
    assert privacy.by_year["FY2026-27"] == 72_692_31  # 94,500 × 100 ÷ 130 = 72,692.307…
    assert [share.initiative_id for share in privacy.shares] == ["mdr"]
    assert money.nothing.shares[0].initiative_id == "devices"
    assert money.nothing_fraction == pytest.approx(money.nothing.cents / money.total_cents)


def test_without_goals_all_money_is_aligned_to_nothing(detection_plan: Plan) -> None:
    money = calculate_money_by_goal(evaluate_plan(detection_plan))
    assert (money.goals, money.nothing.cents, money.nothing_fraction) == ((), money.total_cents, 1.0)


def test_a_plan_without_cost_has_no_share_aligned_to_nothing(detection_plan: Plan) -> None:
    money = calculate_money_by_goal(evaluate_plan(detection_plan.model_copy(update={"cost_lines": ()})))
    assert money.nothing_fraction is None
