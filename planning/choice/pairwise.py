"""Weights from comparisons two by two: the analytic hierarchy process, with how consistent the comparisons are.

Sources: Saaty, "Decision making with the analytic hierarchy process", Int. J. Services Sciences 1:1, 2008, pp. 83-98;
missing comparisons as in Bozóki, Fülöp and Rónyai, "On optimal completion of incomplete pairwise comparison matrices",
Mathematical and Computer Modelling 52, 2010, pp. 318-333.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, isfinite, log, sqrt
from typing import NamedTuple

from planning.errors import InputRefused
from planning.findings import Finding, FindingKind
from planning.reference import Reference
from planning.vocabulary import Severity

HIGHEST_RATIO = 0.10  # Saaty 2008: comparisons above it are to be looked at again
LARGEST_TABLE = 100
PRECISION = 1e-13  # of each weight, however small
STEP_PRECISION = 1e-9
STEP_LIMIT = 2_000

PAIRWISE_INCONSISTENT = FindingKind(
    "pairwise_inconsistent",
    Severity.WARNING,
    "The comparisons contradict each other (consistency ratio {ratio}, above {expected}, random index of {index}). The "
    "one that fits least: {first} is {found} times as important as {second}, where the others say {implied}.",
    "Compare {first} and {second} again.",
)

Matrix = list[list[float]]


class Judgement(NamedTuple):
    """`first` counts `times` as much as `second`; below one, it counts less."""

    first: str
    second: str
    times: float


class RandomIndex(NamedTuple):
    """The mean consistency index of random comparisons of n things, by n, and whose figures they are."""

    name: str
    by_size: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class PairwiseWeights:
    """Weights that sum to one, with what they rest on.

    `consistency_ratio` is None where the table has no random index for so many things; `completed` are the comparisons
    that were missing, with what they come to; `least_consistent` is the judgement that the weights contradict most and
    `implied_times` what they say instead, None where the comparisons are consistent.
    """

    weights: dict[str, float]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float | None
    random_index: str
    completed: tuple[Judgement, ...]
    least_consistent: Judgement | None
    implied_times: float | None
    findings: tuple[Finding, ...]


def read_random_index(reference: Reference, name: str, as_of: date) -> RandomIndex:
    """The table of random indices `random_index_<name>_<n>` of the reference data, for example of `saaty`.

    Up to two things are always consistent and have none. Raises InputRefused where no table has that name.
    """
    rows = {n: reference.valid_on(f"random_index_{name}_{n}", as_of) for n in range(3, LARGEST_TABLE + 1)}
    found = {n: row for n, row in rows.items() if row}
    if not found:
        raise InputRefused(
            f"The reference data has no random index of {name}.", "Use saaty or donegan_dodd, or add its rows."
        )
    return RandomIndex(next(iter(found.values())).source, {n: float(row.value) for n, row in found.items()})


def calculate_pairwise_weights(
    names: Sequence[str], judgements: Sequence[Judgement], random_index: RandomIndex
) -> PairwiseWeights:
    """The principal eigenvector w of the matrix of comparisons, A w = λ w, scaled to sum to one.

    Consistency index (λ − n) ÷ (n − 1), consistency ratio index ÷ random index; above 0.10 a finding names the
    judgement to look at again. Missing comparisons become what makes λ smallest. Raises InputRefused for a judgement
    that is not a positive number, names something else or comes twice, and where the comparisons do not hang
    together or are too extreme to complete.
    """
    matrix, missing = _arrange(names, judgements)
    _complete(matrix, missing)
    right, _, lambda_max = _find_eigenvectors(matrix)
    count = len(names)
    index = max((lambda_max - count) / (count - 1), 0.0) if count > 1 else 0.0
    average = random_index.by_size.get(count)
    ratio = index / average if average else (0.0 if count <= 2 else None)
    weights = dict(zip(names, right, strict=True))
    least, implied = _find_least_consistent(judgements, weights)
    findings = ()
    if ratio is not None and ratio > HIGHEST_RATIO and least and implied:
        findings = (_tell_inconsistent(ratio, random_index.name, least, implied),)
    completed = tuple(Judgement(names[i], names[j], matrix[i][j]) for i, j in missing)
    return PairwiseWeights(weights, lambda_max, index, ratio, random_index.name, completed, least, implied, findings)


def normalise_weights(measured: Mapping[str, float]) -> dict[str, float]:
    """Measured values as weights: value ÷ sum. Raises InputRefused where one is negative or all are zero.

    >>> normalise_weights({"a": 3, "b": 1})
    {'a': 0.75, 'b': 0.25}
    """
    total = sum(measured.values())
    if any(value < 0 for value in measured.values()) or not total > 0:
        raise InputRefused("Weights cannot be negative, nor all be zero.", "Give positive values.")
    return {name: value / total for name, value in measured.items()}


def combine_weights(upper: Mapping[str, float], lower: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """One level of a hierarchy: for each thing below, Σ weight of the criterion × its weight under that criterion.

    >>> combine_weights({"cost": 0.75, "safety": 0.25}, {"cost": {"x": 1.0, "y": 0.0}, "safety": {"x": 0.0, "y": 1.0}})
    {'x': 0.75, 'y': 0.25}
    """
    names = dict.fromkeys(name for criterion in upper for name in lower[criterion])
    return {name: sum(weight * lower[one].get(name, 0.0) for one, weight in upper.items()) for name in names}


def _arrange(names: Sequence[str], judgements: Sequence[Judgement]) -> tuple[Matrix, list[tuple[int, int]]]:
    """The reciprocal matrix, one where nothing is said, and the places of what is missing above the diagonal."""
    place_of = {name: place for place, name in enumerate(names)}
    matrix = [[1.0] * len(names) for _ in names]
    said: set[tuple[int, int]] = set()
    for first, second, times in judgements:
        if first not in place_of or second not in place_of or first == second:
            raise InputRefused(
                f"The comparison of {first} and {second} is not of two of the things compared.", "Correct their names."
            )
        if not (times > 0 and isfinite(times)):
            raise InputRefused(f"{first} cannot count {times} times as much as {second}.", "Give a positive number.")
        i, j = place_of[first], place_of[second]
        if (min(i, j), max(i, j)) in said:
            raise InputRefused(f"{first} and {second} are compared twice.", "Leave one of the two away.")
        said.add((min(i, j), max(i, j)))
        matrix[i][j], matrix[j][i] = float(times), 1 / times
    _check_connected(names, said)
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    return matrix, [pair for pair in pairs if pair not in said]


def _check_connected(names: Sequence[str], said: set[tuple[int, int]]) -> None:
    """Each thing must be linked to the first by comparisons, or nothing is said of how their weights stand."""
    reached = {0}
    while more := {k for pair in said if reached & set(pair) for k in pair} - reached:
        reached |= more
    apart = next((name for place, name in enumerate(names) if place not in reached), None)
    if apart is not None:
        raise InputRefused(
            f"No comparison links {apart} with {names[0]}, directly or over others.", "Compare it with one of them."
        )


def _complete(matrix: Matrix, missing: Sequence[tuple[int, int]]) -> None:
    """Give the missing comparisons the values that make λ smallest; it is convex in their logarithms.

    The slope of λ over the logarithm of aᵢⱼ is vᵢ aᵢⱼ wⱼ − vⱼ aⱼᵢ wᵢ, v and w being the left and the right
    eigenvector, so half the logarithm of the ratio of its two parts leads downward.
    """
    for _ in range(STEP_LIMIT if missing else 0):
        right, left, _ = _find_eigenvectors(matrix)
        furthest = 0.0
        for i, j in missing:
            step = log(left[j] * matrix[j][i] * right[i] / (left[i] * matrix[i][j] * right[j])) / 2
            matrix[i][j] *= exp(step)
            matrix[j][i] = 1 / matrix[i][j]
            furthest = max(furthest, abs(step))
        if furthest < STEP_PRECISION:
            return
    if missing:
        raise InputRefused(
            "The comparisons are too extreme to complete the missing ones.", "Compare more pairs, or less extremely."
        )


def _find_eigenvectors(matrix: Matrix) -> tuple[list[float], list[float], float]:
    """The principal right and left eigenvector, each summing to one, and λ, by powers of the matrix.

    Squaring takes powers 2, 4, 8 …, of which every column tends to the right eigenvector and every row to the left
    one; so it settles even where the comparisons are far from consistent.
    """
    power = matrix
    right = _normalise([sum(row) for row in power])
    while True:
        power = _square(power)
        previous, right = right, _normalise([sum(row) for row in power])
        if max(abs(a - b) / b for a, b in zip(previous, right, strict=True)) < PRECISION:
            break
    left = _normalise([sum(column) for column in zip(*power, strict=True)])
    image = [sum(a * w for a, w in zip(row, right, strict=True)) for row in matrix]
    return right, left, sum(image)


def _square(matrix: Matrix) -> Matrix:
    """The matrix times itself, divided by its greatest element so that powers stay in range."""
    columns = list(zip(*matrix, strict=True))
    product = [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in matrix]
    greatest = max(max(row) for row in product)
    return [[value / greatest for value in row] for row in product]


def _normalise(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


def _find_least_consistent(
    judgements: Sequence[Judgement], weights: Mapping[str, float]
) -> tuple[Judgement | None, float | None]:
    """The judgement furthest, as a ratio, from what the weights say of the two."""
    by_distance = {abs(log(one.times * weights[one.second] / weights[one.first])): one for one in reversed(judgements)}
    furthest = max(by_distance, default=0.0)
    if furthest < sqrt(PRECISION):
        return None, None
    least = by_distance[furthest]
    return least, weights[least.first] / weights[least.second]


def _tell_inconsistent(ratio: float, index: str, least: Judgement, implied: float) -> Finding:
    return PAIRWISE_INCONSISTENT.at(
        found=f"{least.times:.4g}",
        expected=f"{HIGHEST_RATIO:.2f}",
        ratio=f"{ratio:.2f}",
        index=index,
        first=least.first,
        second=least.second,
        implied=f"{implied:.2g}",
    )
