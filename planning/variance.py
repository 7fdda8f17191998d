"""The word for a variance: whether it helps the fund balance or weighs on it."""

from decimal import Decimal

from planning.vocabulary import Side

FAVORABLE, UNFAVORABLE = "Favorable", "Unfavorable"
_RAISES_BALANCE = frozenset({Side.REVENUE, Side.TRANSFER_IN, Side.FUND_BALANCE})


def name_variance(side: str, difference: Decimal) -> str:
    """Favorable where the difference (this less the other) leaves more money in the fund; a dash where there is none.

    More revenue is favorable, more expenditure is not. Source: GASB Codification 2400, budgetary comparisons.

    >>> name_variance(Side.EXPENDITURE, Decimal(100)), name_variance(Side.REVENUE, Decimal(100))
    ('Unfavorable', 'Favorable')
    """
    if difference == 0:
        return "—"
    return FAVORABLE if (difference > 0) == (side in _RAISES_BALANCE) else UNFAVORABLE
