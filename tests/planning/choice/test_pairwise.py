"""Weights from comparisons: published cases, identities, and what is said of comparisons that contradict each other."""

import tomllib
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.reference import load_reference
from planning.choice import pairwise
from planning.choice.pairwise import (
    Judgement,
    PairwiseWeights,
    calculate_pairwise_weights,
    combine_weights,
    normalise_weights,
    read_random_index,
)
from planning.errors import InputRefused

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "pairwise.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 24)
REFERENCE = load_reference()


def weigh(compare: list[str], index: str = "donegan_dodd") -> PairwiseWeights:
    said = [Judgement(a, b, ratio(times)) for a, b, times in (row.split() for row in compare)]
    names = list(dict.fromkeys(name for one in said for name in (one.first, one.second)))
    return calculate_pairwise_weights(sorted(names), said, read_random_index(REFERENCE, index, TODAY))


def ratio(text: str) -> float:
    above, _, below = text.partition("/")
    return float(Fraction(above) / Fraction(below or 1))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["says"])
def test_the_published_weights(case: dict[str, Any]) -> None:
    found = weigh(case["compare"], case["random_index"])
    assert {name: found.weights[name] for name in case.get("weights", ())} == pytest.approx(
        case.get("weights", {}), abs=case["within"] + 1e-12
    )
    for field in ("lambda_max", "consistency_index"):
        if field in case:
            assert getattr(found, field) == pytest.approx(case[field], abs=1e-8)
    if "consistency_ratio" in case:
        places = len(str(case["consistency_ratio"]).split(".")[1])
        assert round(found.consistency_ratio or 0, places) == case["consistency_ratio"]
    completed = {f"{one.first} {one.second}": one.times for one in found.completed}
    assert completed == pytest.approx(case.get("completed", {}), rel=case["within"])
    assert sum(found.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("case", CASES["hierarchy"], ids=lambda case: case["says"])
def test_the_published_hierarchies(case: dict[str, Any]) -> None:
    local = {name: weigh(compare) for name, compare in case["compare"].items()}

    def below(name: str) -> dict[str, float]:
        weights = local[name].weights
        parts = {one: below(one) if one in local else {one: 1.0} for one in weights}
        return combine_weights(weights, parts)

    assert below(case["top"]) == pytest.approx(case["weights"], abs=case["within"])
    if "consistency_ratio" in case:
        assert round(local[case["top"]].consistency_ratio or 0, 2) == case["consistency_ratio"]


@pytest.mark.parametrize("case", CASES["measured"], ids=lambda case: case["says"])
def test_measured_values_are_weights_after_division_by_their_sum(case: dict[str, Any]) -> None:
    assert normalise_weights(case["values"]) == pytest.approx(case["weights"], abs=case["within"])


ratios = st.sampled_from([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 5.0, 7.0, 9.0])


@settings(max_examples=40)
@given(st.integers(2, 7).flatmap(lambda n: st.tuples(st.just(n), *[ratios] * (n * (n - 1) // 2))))
def test_the_weights_are_the_eigenvector_that_an_independent_program_finds(drawn: tuple[Any, ...]) -> None:
    count, *times = drawn
    matrix = np.ones((count, count))
    for (i, j), one in zip(combinations(range(count), 2), times, strict=True):
        matrix[i, j], matrix[j, i] = one, 1 / one
    values, vectors = np.linalg.eig(matrix)
    principal = np.abs(vectors[:, np.argmax(values.real)].real)
    pairs = zip(combinations(range(count), 2), times, strict=True)
    said = [f"{i} {j} {Fraction(one).limit_denominator(9)}" for (i, j), one in pairs]
    found = weigh(said)
    assert list(found.weights.values()) == pytest.approx(list(principal / principal.sum()), rel=1e-9)
    assert found.lambda_max == pytest.approx(values.real.max(), rel=1e-10)


@settings(max_examples=30)
@given(st.lists(st.floats(0.05, 20), min_size=3, max_size=6), st.data())
def test_consistent_comparisons_give_back_the_weights_missing_ones_too(parts: list[float], data: st.DataObject) -> None:
    """What links each thing to the first is kept; any of the rest may be missing."""
    pairs = list(combinations(range(len(parts)), 2))
    kept = [pair for pair in pairs if pair[0] == 0 or data.draw(st.booleans())]
    names = [str(place) for place in range(len(parts))]
    said = [Judgement(names[i], names[j], parts[i] / parts[j]) for i, j in kept]
    found = calculate_pairwise_weights(names, said, read_random_index(REFERENCE, "saaty", TODAY))
    assert list(found.weights.values()) == pytest.approx([part / sum(parts) for part in parts], rel=1e-6)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-6)
    assert not found.findings


@pytest.mark.parametrize("table", CASES["random_index"], ids=lambda table: table["says"])
def test_the_random_indices_are_as_printed(table: dict[str, Any]) -> None:
    found = read_random_index(REFERENCE, table["says"], TODAY)
    assert {str(n): value for n, value in found.by_size.items()} == table["values"]


def test_comparisons_that_contradict_each_other_name_the_one_that_fits_least() -> None:
    """a counts twice b, b twice c, c twice d; but d nine times a."""
    found = weigh(["a b 2", "b c 2", "c d 2", "a c 4", "b d 4", "a d 1/9"])
    (finding,) = found.findings
    assert finding.code == "pairwise_inconsistent"
    assert found.least_consistent == Judgement("a", "d", ratio("1/9"))
    assert "a is 0.1111 times as important as d, where the others say" in finding.message
    assert "Donegan and Dodd 1991" in finding.message


def test_a_ratio_of_a_tenth_is_still_accepted() -> None:
    """The finding begins above 0.10, and both tables name themselves."""
    inside, outside = weigh(["a b 2", "b c 2", "a c 8.9"], "saaty"), weigh(["a b 2", "b c 2", "a c 10.5"], "saaty")
    assert inside.consistency_ratio
    assert outside.consistency_ratio
    assert inside.consistency_ratio < 0.10 < outside.consistency_ratio
    assert (len(inside.findings), len(outside.findings)) == (0, 1)
    assert inside.random_index.startswith("Saaty 2005")


def test_wildly_inconsistent_comparisons_still_settle() -> None:
    found = weigh(["a b 1000000", "b c 1000000", "c a 1000000"])
    assert found.weights == pytest.approx(dict.fromkeys("abc", 1 / 3))


@pytest.mark.parametrize(("names", "ratio_of"), [(["a"], 0.0), (["a", "b"], 0.0)])
def test_one_or_two_things_are_always_consistent(names: list[str], ratio_of: float) -> None:
    said = [Judgement("a", "b", 3)] if len(names) > 1 else []
    found = calculate_pairwise_weights(names, said, read_random_index(REFERENCE, "saaty", TODAY))
    assert (found.consistency_ratio, found.least_consistent) == (ratio_of, None)
    assert prod([*found.weights.values(), 1]) == pytest.approx(0.75 * 0.25 if said else 1)


def test_more_things_than_the_table_knows_have_no_ratio() -> None:
    names = [f"n{place:02d}" for place in range(11)]
    said = [Judgement(names[0], name, 2) for name in names[1:]]
    found = calculate_pairwise_weights(names, said, read_random_index(REFERENCE, "donegan_dodd", TODAY))
    assert (found.consistency_ratio, found.findings) == (None, ())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([("a", "x", 2)], "a and x is not of two of the things compared"),
        ([("a", "a", 2)], "a and a is not of two"),
        ([("a", "b", 0)], "a cannot count 0 times as much as b"),
        ([("a", "b", float("inf"))], "a cannot count inf times"),
        ([("a", "b", 2), ("b", "a", 3)], "b and a are compared twice"),
        ([("a", "b", 2)], "No comparison links c with a"),
    ],
)
def test_comparisons_that_say_nothing_are_refused(said: list[tuple[str, str, float]], words: str) -> None:
    table = read_random_index(REFERENCE, "saaty", TODAY)
    with pytest.raises(InputRefused, match=words):
        calculate_pairwise_weights(["a", "b", "c"], [Judgement(*one) for one in said], table)


def test_comparisons_too_extreme_to_complete_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ratios of a million may not settle in the steps there are; here the steps are fewer."""
    monkeypatch.setattr(pairwise, "STEP_LIMIT", 1)
    with pytest.raises(InputRefused, match="too extreme to complete"):
        weigh(["a b 9", "b c 9", "c d 9"])


def test_a_table_that_nobody_typed_is_refused() -> None:
    with pytest.raises(InputRefused, match="no random index of alonso"):
        read_random_index(REFERENCE, "alonso", TODAY)


@pytest.mark.parametrize("values", [{"a": 1.0, "b": -1.0}, {"a": 0.0}, {}])
def test_weights_that_are_negative_or_nothing_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(InputRefused, match="cannot be negative"):
        normalise_weights(values)
