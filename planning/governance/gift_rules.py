"""The E-Rate gift rule: what a service provider may give to people of the district, all year round.

Source: 47 CFR 54.503(d); USAC, gift rules. A stricter rule of the state or the district prevails.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_of
from planning.money import format_dollars
from planning.reference import Reference
from planning.vocabulary import Severity

GIFT_TOO_DEAR = FindingKind(
    "erate_gift_item",
    Severity.ERROR,
    "{provider} gave {person} something worth {found} on {day}; one item may be worth {expected} at most.",
    "Return it or pay for it, and write that down: it can cost the district its E-Rate funding.",
)
GIFTS_TOO_MANY = FindingKind(
    "erate_gift_person_year",
    Severity.ERROR,
    "{provider} gave {person} {found} in all in the funding year {year}; {expected} is the most from one source.",
    "Return what is above {expected} or pay for it, and write that down.",
)
FUNDING_YEAR_STARTS = 7


@dataclass(frozen=True)
class ProviderGift:
    """One thing from a service provider, by whomever of its people, to one person, at its retail price."""

    provider: str
    person: str
    day: date
    value_usd: Decimal
    giver: str = ""


def check_provider_gifts(gifts: Iterable[ProviderGift], reference: Reference) -> tuple[Finding, ...]:
    """Every item above the limit, and every person above the yearly limit from one provider.

    All staff and agents of a provider are one source; a funding year runs from July to June, and the limits are those
    in force on the day (for the sum: on the last day) of the gifts.
    """
    findings: list[Finding] = []
    by_source: dict[tuple[str, str, str], list[ProviderGift]] = defaultdict(list)
    for gift in gifts:
        by_source[gift.provider, gift.person, fiscal_year_of(gift.day, FUNDING_YEAR_STARTS)].append(gift)
        findings += _check_item(gift, reference)
    for (provider, person, year), given in by_source.items():
        limit = reference.require("erate_gift_person_year", max(gift.day for gift in given))
        total = sum((gift.value_usd for gift in given), Decimal(0))
        if not limit.is_met_by(total):
            findings.append(
                GIFTS_TOO_MANY.at(
                    found=format_dollars(total, 2, symbol=True),
                    expected=format_dollars(limit.value, symbol=True),
                    provider=provider,
                    person=person,
                    year=year,
                )
            )
    return tuple(findings)


def _check_item(gift: ProviderGift, reference: Reference) -> list[Finding]:
    limit = reference.require("erate_gift_item", gift.day)
    if limit.is_met_by(gift.value_usd):
        return []
    value, most = format_dollars(gift.value_usd, 2, symbol=True), format_dollars(limit.value, symbol=True)
    return [GIFT_TOO_DEAR.at(found=value, expected=most, provider=gift.provider, person=gift.person, day=gift.day)]
