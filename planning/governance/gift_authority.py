"""Who may accept a gift, and what a gift really costs: an offer is screened before it is thanked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from planning.findings import Finding, FindingKind
from planning.governance.policy import Comparison, PolicySubject, PolicyThreshold
from planning.money import format_dollars
from planning.reference import Reference, ReferenceRow
from planning.vocabulary import Severity

GIFT_AUTHORITY_UNDEFINED = FindingKind(
    "gift_authority_undefined",
    Severity.WARNING,
    "The policy does not say who accepts a gift of exactly {found}: {expected}.",
    "Have the board accept it, and correct the policy.",
)
GIFT_COSTS_MORE = FindingKind(
    "gift_costs_more",
    Severity.WARNING,
    "{item} is worth {expected} and costs the district {found} over its life.",
    "Accept it only with money for its costs, or decline it with thanks.",
)
DONOR_IS_PROVIDER = FindingKind(
    "donor_is_provider",
    Severity.WARNING,
    "{found}, who offers {item}, also sells to the district or bids to.",
    "Have {found} attest in writing that the gift is unrelated to procurement (47 CFR 54.503(d)) before it is taken.",
)
_ORDER = (PolicySubject.GIFT_PRINCIPAL, PolicySubject.GIFT_SUPERINTENDENT, PolicySubject.GIFT_BOARD)


class Authority(IntEnum):
    """Who accepts a gift, from the lowest to the highest."""

    PRINCIPAL = 0
    SUPERINTENDENT = 1
    BOARD = 2


@dataclass(frozen=True)
class Acceptance:
    """Who accepts, by which sentence of the policy; `rule` is None where none speaks of the amount."""

    authority: Authority
    rule: PolicyThreshold | None
    findings: tuple[Finding, ...] = ()


def find_gift_authority(
    value_usd: Decimal,
    policy: Iterable[PolicyThreshold],
    is_real_property: bool = False,
    otherwise: Authority = Authority.SUPERINTENDENT,
) -> Acceptance:
    """The lowest authority whose sentence of the policy covers the value.

    Real property always goes to the board. A value between two sentences ("less than 50,000", "more than 50,000") is
    covered by none: the board, with a warning. Where the policy speaks only of larger values, `otherwise` accepts.
    """
    rows = [row for row in policy if row.subject in _ORDER]
    if is_real_property:
        return Acceptance(Authority.BOARD, None)
    for row in sorted(rows, key=lambda one: _ORDER.index(one.subject)):
        if row.applies_to(value_usd):
            return Acceptance(Authority(_ORDER.index(row.subject)), row)
    limits = [row for row in rows if row.operator in (Comparison.LESS_THAN, Comparison.AT_MOST)]
    if not limits:
        return Acceptance(otherwise, None)
    said = "; ".join(f"{row.subject.value.removeprefix('gift_')} {row.say()}" for row in rows)
    finding = GIFT_AUTHORITY_UNDEFINED.at(found=format_dollars(value_usd, 2, symbol=True), expected=said)
    return Acceptance(Authority.BOARD, None, (finding,))


def check_gift_cost(gift: str, value_usd: Decimal, lifetime_cost_usd: Decimal) -> tuple[Finding, ...]:
    """A warning where obtaining, installing, running and protecting a gift costs as much as it is worth, or more.

    Source of the criterion: Cleveland Metropolitan School District, policy KH (2022).
    """
    if lifetime_cost_usd < value_usd:
        return ()
    cost, worth = (format_dollars(amount, symbol=True) for amount in (lifetime_cost_usd, value_usd))
    return (GIFT_COSTS_MORE.at(item=gift, found=cost, expected=worth),)


def check_donor(gift: str, donor: str, providers: Sequence[str]) -> tuple[Finding, ...]:
    """A warning where the donor is among those who sell or bid; names are compared without case and outer blanks."""
    names = {provider.strip().casefold() for provider in providers}
    return (DONOR_IS_PROVIDER.at(item=gift, found=donor),) if donor.strip().casefold() in names else ()


@dataclass(frozen=True)
class DonorPaper:
    """A paper that a gift asks for, and the dated rule that asks."""

    words: str
    rule: ReferenceRow


def list_donor_papers(
    value_usd: Decimal, is_cash: bool, received: date, reference: Reference
) -> tuple[DonorPaper, ...]:
    """What the district writes for the donor's taxes: an acknowledgment, Form 8283, and Form 8282 if it is disposed of.

    The district says what was given; what it is worth is the donor's own statement. Source: IRS Publication 1771.
    """
    papers = []
    letter, appraisal = (reference.require(key, received) for key in ("gift_acknowledgment", "gift_form_8283"))
    if letter.is_met_by(value_usd):
        papers.append(DonorPaper("Written acknowledgment: what was given, and that nothing was given for it", letter))
    if not is_cash and appraisal.is_met_by(value_usd):
        papers.append(DonorPaper("Sign the donor's Form 8283", appraisal))
        years = reference.require("gift_form_8282", received)
        papers.append(DonorPaper(f"Form 8282 if it is disposed of within {years.value} years", years))
    return tuple(papers)
