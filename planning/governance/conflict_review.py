"""The log of what providers gave to people of the district and of the interests people declared, judged.

Sources: 47 CFR 54.503(d) (gifts), 2 CFR 200.318(c) (interests). A stricter rule of the state or the district prevails.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.figure import Column, Table
from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_of
from planning.governance.gift_rules import FUNDING_YEAR_STARTS, ProviderGift, check_provider_gifts
from planning.model import Plan
from planning.money import format_dollars
from planning.reference import Reference
from planning.registers import ConflictAnswer, ConflictEntry, ConflictKind
from planning.rule_words import RuleInWords, list_rules
from planning.vocabulary import Severity

INTEREST_NOT_RECUSED = FindingKind(
    "interest_not_recused",
    Severity.WARNING,
    "{person} declared an interest in {provider}, who may sell {found}, and no recusal is written down ({expected}).",
    "Write down that {person} takes no part in it; the district's and the state's ethics rules may ask for more.",
)
GIFT_RULES = {
    "erate_gift_item": "One gift from a provider, at retail",
    "erate_gift_person_year": "One person from one provider, July to June",
    "federal_conflict_recusal": "Of an interest in who may sell",
}


@dataclass(frozen=True)
class ConflictReview:
    """The entries as they are judged: providers spelled alike, the rules in force, and what is wrong."""

    entries: tuple[ConflictEntry, ...]
    rules: tuple[RuleInWords, ...]
    findings: tuple[Finding, ...]

    @property
    def kept(self) -> tuple[ConflictEntry, ...]:
        """The gifts that stayed with the person: neither returned nor paid for."""
        mended = (ConflictAnswer.RETURNED, ConflictAnswer.PAID_FOR)
        return tuple(one for one in self.entries if one.kind is ConflictKind.GIFT and one.answer not in mended)


def review_conflicts(plan: Plan, reference: Reference, as_of: date) -> ConflictReview:
    """Every gift that was kept against the limits of its day, every interest against the purchases still open.

    Every provider counts, because any may bid on E-Rate; names are compared without case and outer blanks. A purchase
    is open until its award, an E-Rate request until its contract; an interest touches those that the entry names, and
    those in which its provider sells or offers.
    """
    entries = _spell_alike(plan.conflicts)
    rules = list_rules(GIFT_RULES, reference, as_of)
    review = ConflictReview(entries, rules, ())
    gifts = [ProviderGift(one.provider, one.person, one.day, one.value_usd) for one in review.kept]
    findings = (*check_provider_gifts(gifts, reference), *_check_interests(entries, plan, reference, as_of))
    return ConflictReview(entries, rules, findings)


def _spell_alike(entries: tuple[ConflictEntry, ...]) -> tuple[ConflictEntry, ...]:
    spelled: dict[str, str] = {}
    return tuple(
        one.model_copy(
            update={
                field: spelled.setdefault(_fold(getattr(one, field)), getattr(one, field).strip()) for field in _WHO
            }
        )
        for one in entries
    )


_WHO = ("provider", "person")


def _fold(name: str) -> str:
    return name.strip().casefold()


def _check_interests(
    entries: tuple[ConflictEntry, ...], plan: Plan, reference: Reference, as_of: date
) -> list[Finding]:
    rule = reference.require("federal_conflict_recusal", as_of)
    findings = []
    for entry in entries:
        if entry.kind is not ConflictKind.INTEREST or entry.answer is ConflictAnswer.RECUSED:
            continue
        words = {"item": entry.entry_id, "person": entry.person, "provider": entry.provider, "expected": rule.source}
        findings += [INTEREST_NOT_RECUSED.at(found=name, **words) for name in _list_open(entry, plan, as_of)]
    return findings


def _list_open(entry: ConflictEntry, plan: Plan, as_of: date) -> list[str]:
    """What is not awarded yet and could go to the provider."""
    provider, sellers = _fold(entry.provider), defaultdict(set)
    for offer in plan.offers:
        sellers[offer.purchase_id].add(_fold(offer.vendor))
    names = [
        record.description
        for record in plan.purchases
        if record.award_on >= as_of
        and (
            record.purchase_id == entry.purchase_id
            or provider in sellers[record.purchase_id]
            or _fold(record.vendor) == provider
        )
    ]
    if names:  # the purchase that the request pays is named already
        return names
    requests = [one for one in plan.funding_requests if one.request_id == entry.request_id and not one.contract_on]
    return [f"E-Rate request {one.request_id}" for one in requests]


def tabulate_conflicts(review: ConflictReview) -> Table:
    """The log, the latest first."""
    columns = (
        Column("Day"), Column("Person"), Column("Role"), Column("Provider"), Column("Kind"), Column("What"),
        Column("Retail value"), Column("What was done"),
    )  # fmt: skip
    rows = tuple(
        (
            str(one.day), one.person, one.role, one.provider, one.kind.value, one.description, _show(one.value_usd),
            " ".join(filter(None, (one.answer.replace("_", " "), str(one.answered_on or "")))),
        )
        for one in sorted(review.entries, key=lambda one: one.day, reverse=True)
    )  # fmt: skip
    return Table(columns, rows)


def tabulate_gift_sums(review: ConflictReview, reference: Reference) -> Table:
    """What each person kept from each provider in each funding year, beside the limit."""
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    last: dict[tuple[str, str, str], date] = {}
    for one in review.kept:
        key = (one.person, one.provider, fiscal_year_of(one.day, FUNDING_YEAR_STARTS))
        sums[key] += one.value_usd
        last[key] = max(one.day, last.get(key, one.day))
    columns = (
        Column("Person"), Column("Provider"), Column("Funding year"), Column("Kept"), Column("At most"),
        Column("Within"),
    )  # fmt: skip
    return Table(columns, tuple((*key, *_hold(usd, last[key], reference)) for key, usd in sums.items()))


def _hold(usd: Decimal, day: date, reference: Reference) -> tuple[str, str, str]:
    limit = reference.require("erate_gift_person_year", day)
    return _show(usd), _show(limit.value), "yes" if limit.is_met_by(usd) else "no"


def _show(dollars: Decimal) -> str:
    """To the cent: a limit of twenty dollars is broken by one."""
    return format_dollars(dollars, 2, symbol=True)


def describe_conflicts(review: ConflictReview) -> str:
    """What the log says first."""
    if not review.entries:
        return "No gift to an employee and no interest is on record."
    gifts = [one for one in review.entries if one.kind is ConflictKind.GIFT]
    kept = sum((one.value_usd for one in review.kept), Decimal(0))
    over = sum(finding.code != INTEREST_NOT_RECUSED.code for finding in review.findings)
    open_ones, interests = len(review.findings) - over, len(review.entries) - len(gifts)
    sentence = (
        f"{len(gifts)} gift{'s' * (len(gifts) != 1)} of providers to employees and "
        f"{interests} declared interest{'s' * (interests != 1)} on record; "
        f"gifts worth {format_dollars(kept, 2, symbol=True)} were kept."
    )
    sentence += f" {over or 'No'} limit{'s are' if over > 1 else ' is'} broken."
    if not open_ones:
        return sentence
    return f"{sentence} {open_ones} open purchase{' needs' if open_ones == 1 else 's need'} a recusal."
