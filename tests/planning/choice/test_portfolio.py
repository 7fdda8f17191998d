"""The best selection for the money: published cases, every subset tried, and what is said where nothing is possible."""

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.choice.portfolio import Budget, Candidate, GroupLimit, Portfolio, choose_portfolio
from planning.errors import InputRefused

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "portfolio.toml").read_text(encoding="utf-8"))["case"]
Limits = list[GroupLimit]


def read_candidates(case: dict[str, Any]) -> list[Candidate]:
    return [
        Candidate(
            row["name"],
            row["value"],
            tuple(row["cost"]),
            tuple(row.get("requires", ())),
            tuple(row.get("excludes", ())),
        )
        for row in case["project"]
    ]


def choose_case(case: dict[str, Any]) -> Portfolio:
    candidates = read_candidates(case)
    every = tuple(one.candidate_id for one in candidates)
    limits = [GroupLimit("all", every, case.get("at_most", len(every)))]
    return choose_portfolio(candidates, [Budget(*item) for item in case["budget"].items()], limits)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_the_published_selections(case: dict[str, Any]) -> None:
    found = choose_case(case)
    assert found.best
    assert list(found.best.candidate_ids) == case["best"]
    assert (found.best.value, list(found.best.cents)) == (case["worth"], case["uses"])
    assert (found.is_proven, found.bound, found.findings) == (True, case["worth"], ())
    if "next_best" in case:
        assert found.next_best
        assert found.next_best.value == case["next_best"]


@pytest.mark.parametrize("case", [case for case in CASES if "parts" in case], ids=lambda case: case["says"])
def test_the_published_selections_in_part(case: dict[str, Any]) -> None:
    found = choose_case(case).relaxation
    assert found
    assert found.value == pytest.approx(case["in_part"], abs=1e-6)
    assert found.shares == pytest.approx(case["parts"], abs=1e-6)


@pytest.mark.parametrize("case", [case for case in CASES if "best_ratio_first" in case], ids=lambda case: case["says"])
def test_the_best_ratio_first_is_sometimes_the_best_and_sometimes_not(case: dict[str, Any]) -> None:
    left, worth = next(iter(case["budget"].values())), 0
    for one in sorted(read_candidates(case), key=lambda one: -one.value / one.cents[0]):
        if one.cents[0] <= left:
            left, worth = left - one.cents[0], worth + one.value
    assert worth == case["best_ratio_first"] <= case["worth"]


def keeps(chosen: list[Candidate], budgets: list[Budget], limits: Limits) -> bool:
    names = {one.candidate_id for one in chosen}
    return (
        all(sum(one.cents[place] for one in chosen) <= budget.cents for place, budget in enumerate(budgets))
        and all(set(one.requires) <= names and not names & set(one.excludes) for one in chosen)
        and all(len(names & set(limit.candidate_ids)) <= limit.most for limit in limits)
    )


def try_all(candidates: list[Candidate], budgets: list[Budget], limits: Limits) -> list[tuple[str, ...]]:
    """Every selection that keeps the rules, the best first: value, then cost, then the first candidates."""
    found = []
    for flags in product((True, False), repeat=len(candidates)):
        chosen = [one for one, is_in in zip(candidates, flags, strict=True) if is_in]
        is_complete = all(is_in or not one.is_mandated for one, is_in in zip(candidates, flags, strict=True))
        if is_complete and keeps(chosen, budgets, limits):
            order = (-sum(one.value for one in chosen), sum(sum(one.cents) for one in chosen), [not f for f in flags])
            found.append((order, tuple(one.candidate_id for one in chosen)))
    return [names for _, names in sorted(found)]


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Candidate], list[Budget], Limits]:
    names = list("abcdefghijkl"[: draw(st.integers(1, 12))])
    some = st.sets(st.sampled_from(names), max_size=2).map(tuple)
    years = draw(st.integers(1, 3))
    small = st.integers(0, 9)
    candidates = []
    for name in names:
        is_tied = draw(st.integers(0, 5)) == 0
        others = tuple(one for one in draw(some) if one != name) if is_tied else ()
        apart = tuple(one for one in draw(some) if one != name) if draw(st.integers(0, 5)) == 0 else ()
        cents = tuple(draw(st.lists(small, min_size=years, max_size=years)))
        candidates.append(Candidate(name, draw(small), cents, others, apart, draw(st.integers(0, 7)) == 0))
    budgets = [Budget(f"Year {n}", draw(st.integers(0, 30))) for n in range(years)]
    limits = [GroupLimit("a group", draw(some), draw(st.integers(0, 2)))] if draw(st.booleans()) else []
    return candidates, budgets, limits


@settings(max_examples=60)
@given(problems())
def test_it_is_the_best_of_all_selections_ties_and_next_best_too(
    problem: tuple[list[Candidate], list[Budget], Limits],
) -> None:
    possible = try_all(*problem)
    found = choose_portfolio(*problem)
    assert (found.best.candidate_ids if found.best else None) == (possible[0] if possible else None)
    assert (found.next_best.candidate_ids if found.next_best else None) == (possible[1] if possible[1:] else None)
    assert bool(found.findings) == (not possible)


def test_the_order_of_the_candidates_changes_nothing() -> None:
    twins = [Candidate(name, 5, (10,)) for name in ("d", "b", "c", "a")]
    both = [choose_portfolio(order, [Budget("All", 25)]) for order in (twins, twins[::-1])]
    assert [sorted(found.best.candidate_ids) for found in both if found.best] == [["a", "b"]] * 2
    assert [sorted(found.next_best.candidate_ids) for found in both if found.next_best] == [["a", "c"]] * 2


def test_a_budget_is_kept_to_the_last_cent() -> None:
    """A solver that counts in floats would let a cent of a hundred million dollars pass."""
    candidates = [Candidate("a", 10, (9_999_999_999,)), Candidate("b", 1, (2,)), Candidate("c", 2, (1,))]
    found = choose_portfolio(candidates, [Budget("All", 10_000_000_000)])
    assert found.best
    assert found.best.candidate_ids == ("a", "c")


def test_what_cannot_hold_together_is_named_and_nothing_else() -> None:
    candidates = [
        Candidate("wifi", 5, (60, 0), is_mandated=True),
        Candidate("phones", 5, (50, 10), requires=("wifi",), is_mandated=True),
        Candidate("laptops", 9, (1, 1), is_mandated=True),
    ]
    found = choose_portfolio(candidates, [Budget("FY2027-28", 100), Budget("FY2028-29", 100)])
    (finding,) = found.findings
    assert (found.best, finding.code) == (None, "portfolio_impossible")
    assert finding.found == "phones is mandated; wifi is mandated; FY2027-28 has $1"


@pytest.mark.parametrize(
    ("candidates", "limits", "words"),
    [
        ([Candidate("a", 1, (1,), ("b",), (), True)], [], "a needs b; a is mandated"),
        (
            [Candidate("a", 1, (1,), (), ("b",), True), Candidate("b", 1, (1,), (), (), True)],
            [],
            "a and b exclude each other; a is mandated; b is mandated",
        ),
        ([Candidate("a", 1, (1,), (), (), True)], [GroupLimit("pilots", ("a",), 0)], "at most 0 of pilots; a is m"),
    ],
)
def test_every_kind_of_constraint_can_be_named(candidates: list[Candidate], limits: Limits, words: str) -> None:
    assert words in choose_portfolio(candidates, [Budget("All", 100)], limits).findings[-1].message


def test_a_name_that_is_no_candidate_is_told_and_what_needs_it_is_left_out() -> None:
    found = choose_portfolio([Candidate("a", 9, (1,), ("x",)), Candidate("b", 1, (1,))], [Budget("All", 9)])
    assert [(one.code, one.item, one.found) for one in found.findings] == [("portfolio_unknown", "a", "x")]
    assert found.best
    assert found.best.candidate_ids == ("b",)


def test_a_search_that_was_ended_says_what_no_selection_can_exceed() -> None:
    candidates = [Candidate(f"c{n}", 100 + n * 37 % 50, (100 + n * 53 % 61, 90 + n * 29 % 47)) for n in range(40)]
    found = choose_portfolio(candidates, [Budget("1", 2011), Budget("2", 1907)], node_limit=1)
    assert found.best
    assert (found.is_proven, found.next_best, found.findings[0].code) == (False, None, "portfolio_not_proven")
    assert found.best.value <= found.bound < found.best.value * 1.1


def test_without_candidates_or_without_room_nothing_is_selected() -> None:
    nothing = choose_portfolio([], [Budget("All", 1)])
    assert nothing.best
    assert (nothing.best.candidate_ids, nothing.best.cents, nothing.next_best) == ((), (0,), None)
    assert choose_portfolio([], [Budget("All", -1)]).best is None
    no_room = choose_portfolio([Candidate("a", 1, (2,))], [Budget("All", 1)])
    assert no_room.best
    assert (no_room.best.candidate_ids, no_room.next_best) == ((), None)


@pytest.mark.parametrize(
    ("candidates", "words"),
    [
        ([Candidate("a", 1, (1,)), Candidate("a", 1, (1,))], "Two candidates are called a."),
        ([Candidate("a", 1, (1, 2))], "a has costs for 2 budgets, but there are 1."),
    ],
)
def test_candidates_that_make_no_sense_are_refused(candidates: list[Candidate], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        choose_portfolio(candidates, [Budget("All", 1)])
