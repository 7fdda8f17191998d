"""Which way of buying the law and the district ask for: the strictest of federal, state and district rules.

Sources: 2 CFR 200.320 (methods of procurement); state bid laws and the district's policy as dated rows. A lower state
or district threshold always wins over a higher federal one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum

from planning.deadlines import add_months
from planning.findings import Finding, FindingKind
from planning.governance.policy import PolicySubject, PolicyThreshold
from planning.money import format_cents, format_dollars, to_dollars
from planning.reference import Reference, ReferenceRow
from planning.rule_words import describe_limit
from planning.vocabulary import Severity

SPLIT_PURCHASE = FindingKind(
    "split_purchase",
    Severity.WARNING,
    "{item} and {count} like it come to {found} within twelve months, which asks for {expected}; each alone does not.",
    "Buy them together as {expected}, or write down why they are separate purchases.",
)
BID_RULE_EXPIRED = FindingKind(
    "bid_rule_expired",
    Severity.WARNING,
    "The bid threshold {found} was valid to {expected}; the one of today is not in the reference data.",
    "Look the current threshold up and add it to the reference data with its source.",
)
BID_RULE_UNKNOWN = FindingKind(
    "bid_rule_unknown",
    Severity.NOTE,
    "The reference data has no bid threshold of the state {found}; only federal and district rules were looked at.",
    "Add the state's threshold to the reference data, or to the district's policy.",
)
BID_RULE_UNCONFIRMED = FindingKind(
    "bid_rule_unconfirmed",
    Severity.WARNING,
    "The bid threshold {found} of {expected} could not be confirmed in a public source.",
    "Look it up before you rely on it.",
)


FEDERAL_THRESHOLD_RAISED = FindingKind(
    "federal_threshold_raised",
    Severity.NOTE,
    "{item} is within the federal threshold of {expected} since {day}, which counts only where the district's written "
    "procedures say so; before, it was {found}.",
    "Write the new threshold into the district's procedures and policy before the award, or keep to the old one.",
)


class Method(IntEnum):
    """Ways of buying, from the lightest to the strictest."""

    MICRO_PURCHASE = 0
    QUOTES = 1
    FORMAL_BID = 2

    def say(self) -> str:
        return ("a reasonable price", "quotes of several suppliers", "sealed bids or a request for proposals")[self]


@dataclass(frozen=True)
class AppliedRule:
    """One rule that was looked at: who set it, what it asks for here, and the words and source to show."""

    authority: str
    method: Method
    words: str
    source: str
    link: str = ""


@dataclass(frozen=True)
class Purchase:
    """Something to buy: `commodity` says what is alike, for sums over twelve months.

    `federal_cents` is what federal money pays of it, as far as that is known.
    """

    purchase_id: str
    vendor: str
    commodity: str
    amount_cents: int
    day: date
    is_federal: bool = False
    is_construction: bool = False
    federal_cents: int = 0


@dataclass(frozen=True)
class RequiredMethod:
    """The strictest method with every rule that was looked at; the first of `rules` is the one that decides."""

    method: Method
    rules: tuple[AppliedRule, ...]
    findings: tuple[Finding, ...] = ()


def find_required_method(
    purchase: Purchase, state: str, policy: Iterable[PolicyThreshold], reference: Reference
) -> RequiredMethod:
    """The method that one purchase asks for by its amount, its day and the money that pays it.

    Federal rules count only where federal money pays. The state's rules are the rows `quotes_<state>` and
    `bid_<state>` (`bid_<state>_construction` for construction), and are taken past their last day with a warning.
    """
    amount, policy = to_dollars(purchase.amount_cents), tuple(policy)
    federal = _apply_federal(amount, purchase.day, reference) if purchase.is_federal else []
    of_state, findings = _apply_state(amount, purchase, state.lower(), reference)
    rules = [*federal, *of_state, *_apply_policy(amount, policy)]
    rules.sort(key=lambda rule: rule.method, reverse=True)
    method = rules[0].method if rules else Method.MICRO_PURCHASE
    raised = _check_raised(purchase, amount, policy, reference) if purchase.is_federal else []
    return RequiredMethod(method, tuple(rules), (*findings, *raised))


def _apply_federal(amount: Decimal, day: date, reference: Reference) -> list[AppliedRule]:
    micro, simplified = (
        reference.require(f"federal_{name}", day) for name in ("micro_purchase", "simplified_acquisition")
    )
    if micro.is_met_by(amount):
        return [_make_rule("federal", Method.MICRO_PURCHASE, micro)]
    method = Method.QUOTES if simplified.is_met_by(amount) else Method.FORMAL_BID
    return [_make_rule("federal", method, simplified)]


def _check_raised(
    purchase: Purchase, amount: Decimal, policy: Iterable[PolicyThreshold], reference: Reference
) -> list[Finding]:
    """A note where only a raised federal figure makes a purchase lighter, and no policy of the district speaks of it.

    The figures of 2 CFR 200.320 are the most a district may choose: its written procedures must name them first.
    """
    spoken = {row.subject for row in policy}
    findings = []
    for name, subject in (
        ("micro_purchase", PolicySubject.QUOTES),
        ("simplified_acquisition", PolicySubject.FORMAL_BID),
    ):
        row = reference.require(f"federal_{name}", purchase.day)
        before = reference.valid_on(row.key, row.valid_from - timedelta(days=1))
        if before and subject not in spoken and row.is_met_by(amount) and not before.is_met_by(amount):
            was, most = (format_dollars(one.value, symbol=True) for one in (before, row))
            findings.append(
                FEDERAL_THRESHOLD_RAISED.at(item=purchase.purchase_id, found=was, expected=most, day=row.valid_from)
            )
    return findings


def _apply_state(
    amount: Decimal, purchase: Purchase, state: str, reference: Reference
) -> tuple[list[AppliedRule], list[Finding]]:
    bid = f"bid_{state}_construction" if purchase.is_construction else f"bid_{state}"
    rules, findings, known = [], [], False
    for key, method in ((f"quotes_{state}", Method.QUOTES), (bid, Method.FORMAL_BID)):
        found = reference.latest(key, purchase.day)
        known = known or found is not None
        if found and found[0].is_met_by(amount):
            rules.append(_make_rule("state", method, found[0]))
            findings += _doubt(found[0], found[1])
    if state and not known:
        findings.append(BID_RULE_UNKNOWN.at(found=state.upper()))
    return rules, findings


def _apply_policy(amount: Decimal, policy: Iterable[PolicyThreshold]) -> list[AppliedRule]:
    methods = {PolicySubject.QUOTES: Method.QUOTES, PolicySubject.FORMAL_BID: Method.FORMAL_BID}
    return [
        AppliedRule("district", methods[row.subject], row.say(), row.source or "District policy")
        for row in policy
        if row.subject in methods and row.applies_to(amount)
    ]


def _make_rule(authority: str, method: Method, row: ReferenceRow) -> AppliedRule:
    words = f"{describe_limit(row)} from {row.valid_from}"
    return AppliedRule(authority, method, words, row.source, row.link)


def _doubt(row: ReferenceRow, is_expired: bool) -> list[Finding]:
    findings = [BID_RULE_EXPIRED.at(found=row.source, expected=row.valid_to)] if is_expired else []
    if row.verify:
        findings.append(BID_RULE_UNCONFIRMED.at(found=row.source, expected=format_dollars(row.value, symbol=True)))
    return findings


def check_split_purchases(
    purchases: Sequence[Purchase], state: str, policy: Sequence[PolicyThreshold], reference: Reference
) -> tuple[Finding, ...]:
    """A warning for each purchase that with those like it of the twelve months to its day asks for a stricter method.

    Alike are purchases of one commodity, whoever sells it. Splitting a purchase to stay under a threshold is forbidden.
    """
    findings = []
    for purchase in purchases:
        alike = [one for one in purchases if _is_alike(one, purchase)]
        together = Purchase(
            purchase.purchase_id,
            purchase.vendor,
            purchase.commodity,
            sum(one.amount_cents for one in alike),
            purchase.day,
            any(one.is_federal for one in alike),
            purchase.is_construction,
        )
        whole = find_required_method(together, state, policy, reference).method
        if len(alike) > 1 and all(find_required_method(one, state, policy, reference).method < whole for one in alike):
            total = format_cents(together.amount_cents, symbol=True)
            count = len(alike) - 1
            findings.append(
                SPLIT_PURCHASE.at(item=purchase.purchase_id, found=total, expected=whole.say(), count=count)
            )
    return tuple(findings)


def _is_alike(one: Purchase, purchase: Purchase) -> bool:
    """Of the same commodity and kind, in the twelve months that end with the day of the purchase."""
    same = (one.commodity, one.is_construction) == (purchase.commodity, purchase.is_construction)
    return same and add_months(purchase.day, -12) < one.day <= purchase.day
