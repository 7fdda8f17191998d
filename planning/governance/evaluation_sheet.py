"""How offers are compared; for E-Rate the price of eligible goods weighs strictly most.

Source: 47 CFR 54.503(c)(2)(ii)(B) and 54.511(a): price must be the primary factor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from planning.findings import Finding, FindingKind
from planning.registers import Criterion
from planning.vocabulary import Severity

PRICE_NOT_HEAVIEST = FindingKind(
    "price_not_heaviest",
    Severity.ERROR,
    "Price weighs {found} and {item} weighs {expected}; for E-Rate the price must weigh more than anything else.",
    "Give the price a weight above {expected}.",
)
SCORE_MISSING = FindingKind(
    "offer_not_scored",
    Severity.ERROR,
    "The offer of {item} has no points for {found}.",
    "Score {item} on {found}, or strike the criterion for all.",
)
POINTS_MOST = Decimal(100)


@dataclass(frozen=True)
class ScoredOffer:
    """An offer with its points by criterion (price among them) and its weighted total from 0 to 100."""

    vendor: str
    points: tuple[Decimal, ...]
    total: Decimal


def score_prices(prices_usd: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Points for the price: 100 × lowest price ÷ price, so the cheapest has 100; nothing costs nothing and has 100.

    >>> score_prices({"A": Decimal(100), "B": Decimal(125)})
    {'A': Decimal('100'), 'B': Decimal('80')}
    """
    lowest = min(prices_usd.values())
    return {name: POINTS_MOST * lowest / price if price else POINTS_MOST for name, price in prices_usd.items()}


def score_offers(
    criteria: Sequence[Criterion], points: Mapping[str, Mapping[str, Decimal]], is_erate: bool = True
) -> tuple[tuple[ScoredOffer, ...], tuple[Finding, ...]]:
    """Offers by weighted total, the best first; total = Σ weight × points ÷ Σ weight, points from 0 to 100.

    An offer without points for a criterion is left out with a finding: a blank is not a zero. Points go by the name
    of the criterion. Only for E-Rate must the price weigh most.
    """
    findings, offers = list(check_price_weight(criteria) if is_erate else ()), []
    weight = sum((criterion.weight for criterion in criteria), Decimal(0))
    for vendor, given in points.items():
        missing = [criterion.name for criterion in criteria if criterion.name not in given]
        findings += [SCORE_MISSING.at(item=vendor, found=name) for name in missing]
        if not missing and weight:
            scored = tuple(given[criterion.name] for criterion in criteria)
            total = sum((c.weight * p for c, p in zip(criteria, scored, strict=True)), Decimal(0)) / weight
            offers.append(ScoredOffer(vendor, scored, total))
    return tuple(sorted(offers, key=lambda offer: (-offer.total, offer.vendor))), tuple(findings)


def check_price_weight(criteria: Sequence[Criterion]) -> tuple[Finding, ...]:
    """An error for each criterion that weighs as much as the eligible price, or more; equal is not enough."""
    price = max((criterion.weight for criterion in criteria if criterion.is_eligible_price), default=Decimal(0))
    return tuple(
        PRICE_NOT_HEAVIEST.at(item=criterion.name, found=price, expected=criterion.weight)
        for criterion in criteria
        if not criterion.is_eligible_price and criterion.weight >= price
    )
