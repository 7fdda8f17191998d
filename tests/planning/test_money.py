"""One rounding rule, one way to split, one formatter."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.money import (
    format_cents,
    format_dollars,
    format_percent,
    format_short,
    round_half_up,
    split_cents,
    to_cents,
    to_dollars,
)

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "largest_remainder.toml").read_text(encoding="utf-8"))
weights = st.lists(st.decimals(0, 10**6, places=3) | st.integers(0, 10**14), min_size=1, max_size=12)


@given(st.integers(-(10**14), 10**14), weights)
def test_the_parts_of_a_split_sum_to_the_whole(total: int, shares: list[Decimal | int]) -> None:
    assert sum(split_cents(total, shares)) == total


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["says"])
def test_a_published_apportionment_comes_out(case: dict[str, Any]) -> None:
    assert split_cents(case["whole"], case["shares"]) == case["parts"]


@given(st.integers(0, 10**12), weights.filter(any))
def test_no_part_is_a_whole_cent_away_from_its_share(total: int, shares: list[Decimal | int]) -> None:
    whole = sum((Fraction(share) for share in shares), Fraction(0))
    for part, share in zip(split_cents(total, shares), shares, strict=True):
        assert abs(part - total * Fraction(share) / whole) < 1


def test_the_largest_remainder_takes_the_odd_cent_and_ties_go_first() -> None:
    assert split_cents(100, [1, 2]) == [33, 67]
    assert split_cents(-100, [1, 1, 1]) == [-34, -33, -33]


def test_without_weights_everything_goes_to_the_first_and_without_parts_nowhere() -> None:
    assert split_cents(7, [0, 0]) == [7, 0]
    with pytest.raises(ValueError, match="over no parts"):
        split_cents(7, [])


@pytest.mark.parametrize(
    ("value", "places", "rounded"), [(1.005, 2, "1.01"), (-2.5, 0, "-3"), (Decimal("0.125"), 2, "0.13"), (2, 0, "2")]
)
def test_halves_are_rounded_away_from_zero(value: float | Decimal, places: int, rounded: str) -> None:
    assert str(round_half_up(value, places)) == rounded


@given(st.integers(-(10**15), 10**15))
def test_cents_survive_a_way_over_dollars(cents: int) -> None:
    assert to_cents(to_dollars(cents)) == cents


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (format_cents(-63_700_00, symbol=True), "($63,700)"),
        (format_dollars(0), "—"),
        (format_dollars(Decimal("0.004"), places=2), "—"),
        (format_dollars(1234.5, places=2), "1,234.50"),
        (format_short(4_279_861_718), "$4.28B"),
        (format_short(999_995_000), "$1.00B"),
        (format_short(999_994_999), "$999.99M"),
        (format_short(3_612_500), "$3.61M"),
        (format_short(-63_700), "($63.7K)"),
        (format_short(9_999), "$10.0K"),
        (format_short(583), "$583"),
        (format_percent(0.2249, 1), "22.5 %"),
    ],
)
def test_amounts_are_shown_in_one_way(shown: str, text: str) -> None:
    assert shown == text


@pytest.mark.parametrize("amount", [1e25, -1.7e308, Decimal("123456789012345678901234567890.125")])
def test_no_amount_is_too_large_to_be_rounded(amount: float | Decimal) -> None:
    assert round_half_up(round_half_up(amount)) == round_half_up(amount)
    assert abs(round_half_up(amount) - Decimal(amount)) <= abs(Decimal(amount)) * Decimal("1e-16")
