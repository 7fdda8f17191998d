"""How sure the ranking by goals is: shares of all weights, and the smallest change that turns two initiatives round."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.alignment.robustness import calculate_robustness
from planning.alignment_figures import draw_robustness
from planning.evaluation import Evaluation, evaluate
from planning.model import District, Goal, GoalContribution, Initiative, Plan
from planning.reference import Reference

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "alignment.toml").read_text(encoding="utf-8"))["case"]


def evaluate_goals(weights: list[int], influences: dict[str, list[int]]) -> Evaluation:
    plan = Plan(
        district=District(district_id="d", name="District", first_fiscal_year="FY2026-27"),
        goals=tuple(Goal(goal_id=f"g{n}", title=f"Goal {n}", weight=Decimal(w)) for n, w in enumerate(weights)),
        initiatives=tuple(Initiative(initiative_id=name, name=name, start="FY2026-27") for name in influences),
        contributions=tuple(
            GoalContribution(initiative_id=name, goal_id=f"g{n}", influence=one)
            for name, row in influences.items()
            for n, one in enumerate(row)
        ),
    )
    return evaluate(plan, Reference(version="t"), date(2026, 11, 24))


def test_the_first_to_change_places_of_the_published_case() -> None:
    """Importance 5, 4, 2: at the third goal d = 5, r = (8 − 10) ÷ 9; level at r ÷ (r − d) = 2 ÷ 47."""
    change = calculate_robustness(evaluate_goals(CASES[0]["importance"], CASES[0]["influence"])).first_change
    assert change
    assert (change.ahead, change.behind, change.goal_id) == ("Q", "P", "g2")
    assert (change.share, change.level_share) == pytest.approx((2 / 11, 2 / 47))


@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=4).filter(any),
    st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=4),
)
def test_the_pair_is_level_there_and_nothing_turns_before(weights: list[int], rows: list[list[int]]) -> None:
    influences = {f"i{n}": row[: len(weights)] for n, row in enumerate(rows)}
    change = calculate_robustness(evaluate_goals(weights, influences), draw_count=2).first_change
    shares = [weight / sum(weights) for weight in weights]
    reach = abs(change.level_share - change.share) if change else 1.0
    for goal, share in enumerate(shares):
        for moved in (max(share - reach * 0.999, 0), min(share + reach * 0.999, 1)):
            if share < 1:
                new = [moved if n == goal else one * (1 - moved) / (1 - share) for n, one in enumerate(shares)]
                check_order(influences, shares, new)
    if change:
        goal, level = int(change.goal_id[1:]), change.level_share
        new = [level if n == goal else one * (1 - level) / (1 - change.share) for n, one in enumerate(shares)]
        assert add(influences[change.ahead], new) == pytest.approx(add(influences[change.behind], new), abs=1e-9)


def add(row: list[int], weights: list[float]) -> float:
    return sum(influence * weight for influence, weight in zip(row, weights, strict=True))


def check_order(influences: dict[str, list[int]], before: list[float], after: list[float]) -> None:
    for one in influences.values():
        for other in influences.values():
            if add(one, before) > add(other, before) + 1e-6:
                assert add(one, after) > add(other, after) - 1e-9


def test_who_serves_every_goal_better_is_always_first_and_no_weight_turns_it() -> None:
    found = calculate_robustness(evaluate_goals([3, 2], {"all": [5, 4], "none": [0, 1], "some": [4, 2]}))
    assert [(one.initiative_id, one.first, one.top) for one in found.shares] == [
        ("all", 1, 1),
        ("some", 0, 1),
        ("none", 0, 1),
    ]
    assert found.first_change is None


def test_of_two_contributions_to_one_goal_the_first_counts() -> None:
    plan = evaluate_goals([1], {"a": [5], "b": [3]}).plan
    again = GoalContribution(initiative_id="a", goal_id="g0", influence=0)
    evaluation = evaluate(
        plan.model_copy(update={"contributions": (*plan.contributions, again)}),
        Reference(version="t"),
        date(2026, 1, 1),
    )
    assert [one.first for one in calculate_robustness(evaluation).shares] == [1, 0]


def test_the_seed_decides_the_draws() -> None:
    evaluation = evaluate_goals([3, 2, 1], {"a": [5, 0, 1], "b": [0, 5, 1], "c": [1, 1, 4]})
    assert calculate_robustness(evaluation, 100, seed=1) == calculate_robustness(evaluation, 100, seed=1)
    assert calculate_robustness(evaluation, 100, seed=1) != calculate_robustness(evaluation, 100, seed=2)


def test_the_figure_says_the_share_and_the_change() -> None:
    """P is ahead where 4 × second + 7 × third weight < 2: half times two sevenths of all weights, so Q in 6 ÷ 7."""
    evaluation = evaluate_goals(CASES[0]["importance"], CASES[0]["influence"])
    figure = draw_robustness(evaluation, calculate_robustness(evaluation))
    assert figure.sentence.startswith("Q is first under 86 %")
    assert figure.sentence.endswith("Q and P, level once “Goal 2” weighs 4.3 % of the whole instead of 18.2 %.")
    assert [row[:2] for row in figure.table.list_text_rows()] == [("Q", "1"), ("P", "2")]


@pytest.mark.parametrize(
    ("weights", "influences", "words"),
    [
        ([], {"a": []}, "has no ranking."),
        ([1], {}, "has no ranking."),
        ([1], {"a": [5], "b": [1]}, "no change of a single goal's weight turns the ranking."),
        ([0, 0], {"a": [5, 1], "b": [1, 5]}, "no change of a single goal's weight turns the ranking."),
    ],
)
def test_where_there_is_nothing_to_turn_the_figure_says_so(
    weights: list[int], influences: dict[str, list[int]], words: str
) -> None:
    evaluation = evaluate_goals(weights, influences)
    assert words in draw_robustness(evaluation, calculate_robustness(evaluation)).sentence
