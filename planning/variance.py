"""The word for a variance: whether it helps the fund balance or weighs on it."""

from decimal import Decimal

from planning.vocabulary import Side

FAVORABLE, UNFAVORABLE, NEITHER = "Favorable", "Unfavorable", "—"
_RAISES_BALANCE = frozenset({Side.REVENUE, Side.TRANSFER_IN, Side.FUND_BALANCE})
_LOWERS_BALANCE = frozenset({Side.EXPENDITURE, Side.TRANSFER_OUT})


def name_variance(side: str, difference: Decimal) -> str:
    """Favorable where the difference (this less the other) leaves more money in the fund, else Unfavorable.

    More revenue is favorable, more expenditure is not. A dash where nothing differs, or where the side does not say
    which way it works (balance sheet, unknown). Source: GASB Codification 2400, Budgetary Reporting.

    >>> name_variance(Side.EXPENDITURE, Decimal(100)), name_variance(Side.REVENUE, Decimal(100))
    ('Unfavorable', 'Favorable')
    """
    if difference == 0 or side not in _RAISES_BALANCE | _LOWERS_BALANCE:
        return NEITHER
    return FAVORABLE if (difference > 0) == (side in _RAISES_BALANCE) else UNFAVORABLE
