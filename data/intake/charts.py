"""Charts of accounts as reference data, and which of them a workbook follows: by evidence from its codes and titles."""

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planning.vocabulary import Side

REFERENCE = Path(__file__).parent.parent / "reference"
_DISAGREEMENT_WEIGHT = 0.3
_MEMBERSHIP_WEIGHT = 2.0
_LEAST_EVIDENCE = 1.0
_SHAPED_DIMENSIONS = ("fund", "function", "object")
_LETTERS = re.compile(r"[A-Za-z]{3,}")


AccountRange = tuple[str, str, Side]


@dataclass(frozen=True, slots=True)
class Account:
    """One code of a chart: its name, and the NCES code it corresponds to ("" where none is known)."""

    code: str
    name: str
    nces_code: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A state's chart of accounts: codes by dimension, and the order and widths of its account string."""

    key: str
    name: str
    segments: tuple[tuple[str, int], ...]
    accounts: Mapping[str, Mapping[str, Account]]

    def find(self, dimension: str, code: str) -> Account | None:
        """The account of a code, or of the group it belongs to (2669 → 2660 → 2600)."""
        accounts = self.accounts.get(dimension, {})
        code = strip_letters(code) if dimension == "revenue" else code
        for length in range(len(code), 0, -1):
            found = accounts.get(code[:length] + "0" * (len(code) - length))
            if found:
                return found
        return None

    def knows(self, dimension: str, code: str) -> bool:
        return self.find(dimension, code) is not None


def name_objects() -> dict[str, str]:
    """What the objects of the federal chart are called, by code."""
    return {code: account.name for code, account in read_charts()["nces"].accounts["object"].items()}


def strip_letters(code: str) -> str:
    """The digits of a code such as R1111."""
    return code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def read_reference_rows(file_name: str) -> list[dict[str, str]]:
    """The rows of one reference file."""
    with (REFERENCE / file_name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def read_charts() -> Mapping[str, Chart]:
    """Every chart of accounts we know, by key."""
    accounts: dict[str, dict[str, dict[str, Account]]] = {}
    for row in read_reference_rows("charts-of-accounts.csv"):
        nces = row["code"] if row["chart"] == "nces" else row["nces_code"]
        dimension = accounts.setdefault(row["chart"], {}).setdefault(row["dimension"], {})
        dimension[row["code"]] = Account(row["code"], row["name"], nces)
    return {
        row["chart"]: Chart(row["chart"], row["chart_name"], _read_segments(row["segments"]), accounts[row["chart"]])
        for row in read_reference_rows("account-templates.csv")
    }


def _read_segments(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (segment.split(":") for segment in text.split())
    return tuple((dimension, int(width)) for dimension, width in pairs)


def names_agree(printed: str, reference: str) -> bool:
    """Whether a printed (often cut) title reads like a chart's name: half of its words begin alike.

    >>> names_agree("CONSUMB SUP MAT", "Consumable supplies and materials"), names_agree("TRAVEL", "Food")
    (True, False)
    """
    words = _prefixes(printed)
    return bool(words) and 2 * len(words & _prefixes(reference)) >= len(words)


def _prefixes(text: str) -> set[str]:
    return {word[:3] for word in _LETTERS.findall(text.casefold())} - {"and", "the", "for"}


def choose_chart(
    pairs: Iterable[tuple[str, str]],
    code_sets: Iterable[frozenset[str]],
    named_codes: Mapping[str, frozenset[str]] | None = None,
) -> Chart | None:
    """The chart whose names agree best with the file's codes and titles, and which knows most of its codes.

    `pairs` are codes with their printed titles; `code_sets` the codes found in one place of the account strings;
    `named_codes` those of columns that name their dimension. None where no chart has any evidence for it.
    """
    pairs, code_sets = set(pairs), [codes for codes in code_sets if codes]
    scores = {key: _weigh(chart, pairs, code_sets) for key, chart in read_charts().items()}
    best = max(scores, key=lambda key: scores[key])
    if scores[best] >= _LEAST_EVIDENCE:
        return read_charts()[best]
    alike = [chart for chart in read_charts().values() if _fits_shape(chart, named_codes or {})]
    return alike[0] if len(alike) == 1 else None


def _fits_shape(chart: Chart, named_codes: Mapping[str, frozenset[str]]) -> bool:
    """Whether codes of fund, function and object have the chart's widths, and most belong to its groups.

    An export of codes without any name says its state only by its shape.
    """
    widths = dict(chart.segments)
    for dimension in _SHAPED_DIMENSIONS:
        codes = named_codes.get(dimension, frozenset())
        if not codes or any(len(code) != widths.get(dimension) for code in codes):
            return False
    sides = read_account_sides(chart.key)
    known = [
        chart.knows(dimension, code) or find_side(sides.get(dimension, ()), code) is not Side.UNKNOWN
        for dimension in ("function", "object")
        for code in named_codes[dimension]
        if code.strip("0")
    ]
    return 2 * sum(known) > len(known)


def _weigh(chart: Chart, pairs: set[tuple[str, str]], code_sets: list[frozenset[str]]) -> float:
    agree = disagree = 0
    for code, title in pairs:
        named = [accounts[key].name for accounts, key in _accounts_of(chart, code)]
        if named and any(names_agree(title, name) for name in named):
            agree += 1
        elif named:
            disagree += 1
    shares = (
        max((share_known(chart, dim, codes) for codes in code_sets), default=0.0) for dim in ("function", "object")
    )
    return agree - _DISAGREEMENT_WEIGHT * disagree + _MEMBERSHIP_WEIGHT * sum(shares)


def _accounts_of(chart: Chart, code: str) -> list[tuple[Mapping[str, Account], str]]:
    digits = strip_letters(code)
    return [(accounts, digits) for accounts in chart.accounts.values() if digits in accounts]


def share_known(chart: Chart, dimension: str, codes: frozenset[str]) -> float:
    """The share of codes that a dimension of a chart lists exactly."""
    accounts = chart.accounts.get(dimension, {})
    return len(codes.intersection(accounts)) / len(codes) if codes else 0.0


@cache
def read_account_sides(chart_key: str) -> Mapping[str, tuple[AccountRange, ...]]:
    """Ranges of codes with their side, by dimension, for one chart of accounts."""
    ranges: dict[str, list[AccountRange]] = {}
    for row in read_reference_rows("account-sides.csv"):
        if row["chart"] == chart_key:
            ranges.setdefault(row["dimension"], []).append((row["first"], row["last"], Side(row["side"])))
    return {dimension: tuple(sorted(found)) for dimension, found in ranges.items()}


def find_side(ranges: Sequence[AccountRange], code: str) -> Side:
    """The side of a code; unknown between the ranges and for codes of another length."""
    place = bisect_right([first for first, _, _ in ranges], code) - 1
    if place < 0:
        return Side.UNKNOWN
    first, last, side = ranges[place]
    return side if len(code) == len(first) and code <= last else Side.UNKNOWN
