"""Who may accept a gift, and what a gift really costs: an offer is screened before it is thanked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from planning.findings import Finding, FindingKind
from planning.governance.policy import Comparison, PolicySubject, PolicyThreshold
from planning.money import format_dollars, format_percent
from planning.reference import Reference, ReferenceRow
from planning.registers import Attestation, GiftOffer
from planning.rule_words import describe_limit
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
    "“{item}” fails a criterion: over its life it costs the district {found}, {share} of its value of {expected}, "
    "where {limit} is asked for ({rule}).",
    "Accept it only with money for its costs, or decline it with thanks.",
)
DONOR_IS_PROVIDER = FindingKind(
    "donor_is_provider",
    Severity.WARNING,
    "{found}, who offers {item}, also sells to the district or bids to. {state}.",
    "Have {found} attest it in writing before the gift is taken ({rule}).",
)
DONOR_ATTESTATION_INCOMPLETE = FindingKind(
    "donor_attestation_incomplete",
    Severity.ERROR,
    "{found}, who offers {item}, is said to have attested that it is unrelated to procurement, but not {expected}.",
    "Write down on which day and by whom it was signed, from the paper itself ({rule}).",
)
GIFT_TAKEN_UNATTESTED = FindingKind(
    "gift_taken_unattested",
    Severity.ERROR,
    "{item} was accepted on {expected} from {found}, who also sells or bids, without its attestation before that day.",
    "Get the attestation now, and tell the E-Rate coordinator before anything is bought of {found} ({rule}).",
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


def check_gift_cost(
    gift: str, value_usd: Decimal, lifetime_cost_usd: Decimal, rule: ReferenceRow
) -> tuple[Finding, ...]:
    """A warning where obtaining, installing, running and protecting a gift costs more of its value than the rule says.

    A gift of no value that costs anything fails. The rule is the row `gift_lifetime_cost`, a share of the value.
    """
    if not lifetime_cost_usd or (value_usd and rule.is_met_by(lifetime_cost_usd / value_usd)):
        return ()
    cost = format_dollars(lifetime_cost_usd, symbol=True)
    worth, share = "$0", "more than all"
    if value_usd:
        worth, share = format_dollars(value_usd, symbol=True), format_percent(lifetime_cost_usd / value_usd)
    words = {"limit": describe_limit(rule), "rule": rule.source, "share": share}
    return (GIFT_COSTS_MORE.at(item=gift, found=cost, expected=worth, **words),)


def is_provider(donor: str, providers: Iterable[str]) -> bool:
    """Whether the donor is among those who sell or bid; names are compared without case and outer blanks."""
    return donor.strip().casefold() in {provider.strip().casefold() for provider in providers}


_NOT_ATTESTED = {
    Attestation.NOT_ASKED: "It has not been asked to attest that the gift has nothing to do with that",
    Attestation.ASKED: "It was asked to attest that the gift has nothing to do with that, and has not yet done so",
}


def check_attestation(gift: GiftOffer, rule: ReferenceRow) -> tuple[Finding, ...]:
    """Of a gift whose donor also sells or bids: whether its attestation is there, whole, and was before the acceptance.

    The rule is the row `gift_provider_attestation`.
    """
    words = {"item": gift.description, "found": gift.donor, "rule": rule.source}
    if gift.attestation is not Attestation.ATTESTED:
        attested_on, findings = None, [DONOR_IS_PROVIDER.at(**words, state=_NOT_ATTESTED[gift.attestation])]
    else:
        attested_on = gift.attested_on
        missing = [name for name, there in (("when", gift.attested_on), ("by whom", gift.attested_by)) if not there]
        findings = [DONOR_ATTESTATION_INCOMPLETE.at(**words, expected=" and ".join(missing))] if missing else []
    if gift.accepted_on and (attested_on is None or attested_on > gift.accepted_on):
        findings.append(GIFT_TAKEN_UNATTESTED.at(**words, expected=gift.accepted_on))
    return tuple(findings)


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
