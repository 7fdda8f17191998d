"""Federal micro-purchases above the federal threshold: only where a district certifies its own higher one each year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from planning.findings import Finding, FindingKind
from planning.governance.policy import PolicySubject, PolicyThreshold
from planning.reference import Reference
from planning.rule_words import describe_limit
from planning.vocabulary import Severity

SELF_CERTIFICATION = FindingKind(
    "micro_purchase_self_certification",
    Severity.NOTE,
    "The policy asks for no quotes for {item}, the federal rule does. A district may certify its own threshold, "
    "{expected} ({rule}; verify); it is not taken as certified here.",
    "Get quotes, or file this year's self-certification with its reasons before the award.",
)
RULE = "federal_self_certified_micro_purchase"


def check_self_certification(
    item: str, amount_usd: Decimal, day: date, policy: Sequence[PolicyThreshold], reference: Reference
) -> tuple[Finding, ...]:
    """A note on a federal purchase that only the federal rule asks quotes for, where self-certification could reach.

    Source: 2 CFR 200.320(a)(1)(iv), to be verified.
    """
    rows = [row for row in policy if row.subject in (PolicySubject.QUOTES, PolicySubject.FORMAL_BID)]
    micro, own = reference.require("federal_micro_purchase", day), reference.valid_on(RULE, day)
    if not rows or own is None or micro.is_met_by(amount_usd) or any(row.applies_to(amount_usd) for row in rows):
        return ()
    if not own.is_met_by(amount_usd):
        return ()
    return (SELF_CERTIFICATION.at(item=item, expected=describe_limit(own), rule=own.source),)
