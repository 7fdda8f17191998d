"""Favorable or Unfavorable: whether a difference leaves more money in the fund."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.variance import FAVORABLE, NEITHER, UNFAVORABLE, name_variance
from planning.vocabulary import Side

OPPOSITES = {FAVORABLE: UNFAVORABLE, UNFAVORABLE: FAVORABLE, NEITHER: NEITHER}
differences = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(
    ("side", "more"),
    [
        (Side.REVENUE, FAVORABLE),
        (Side.TRANSFER_IN, FAVORABLE),
        (Side.FUND_BALANCE, FAVORABLE),
        (Side.EXPENDITURE, UNFAVORABLE),
        (Side.TRANSFER_OUT, UNFAVORABLE),
        (Side.BALANCE_SHEET, NEITHER),
        (Side.UNKNOWN, NEITHER),
    ],
)
def test_more_on_a_side_helps_the_fund_or_weighs_on_it(side: Side, more: str) -> None:
    assert name_variance(side, Decimal("0.01")) == more
    assert name_variance(str(side), Decimal("-0.01")) == OPPOSITES[more]


@given(st.sampled_from(Side), differences)
def test_turning_the_comparison_round_turns_the_word_round(side: Side, difference: Decimal) -> None:
    assert name_variance(side, -difference) == OPPOSITES[name_variance(side, difference)]


@given(differences)
def test_revenue_and_expenditure_never_agree_on_the_same_difference(difference: Decimal) -> None:
    words = {name_variance(side, difference) for side in (Side.REVENUE, Side.EXPENDITURE)}
    assert words == ({FAVORABLE, UNFAVORABLE} if difference else {NEITHER})
