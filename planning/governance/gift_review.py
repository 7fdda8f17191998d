"""Every gift of the plan looked at: who accepts it, what it costs, which papers it needs, what is still open."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.evaluation import Evaluation
from planning.figure import Column, FigureUnit, Table, Value
from planning.findings import Finding, FindingKind
from planning.governance.gift_authority import (
    GIFT_COSTS_MORE,
    Acceptance,
    DonorPaper,
    check_attestation,
    check_gift_cost,
    find_gift_authority,
    is_provider,
    list_donor_papers,
)
from planning.model import Plan
from planning.money import format_dollars, to_cents, to_dollars
from planning.reference import Reference
from planning.registers import Attestation, GiftForm, GiftOffer
from planning.vocabulary import Severity

GIFT_CRITERION_FAILS = FindingKind(
    "gift_criterion_fails",
    Severity.WARNING,
    "{item} fails a criterion of the district's screening: {found}.",
    "Ask the donor to change the offer, or decline it with thanks.",
)
GIFT_ACCEPTED_UNSCREENED = FindingKind(
    "gift_accepted_unscreened",
    Severity.ERROR,
    "{item} was accepted on {found} before its screening was done: {expected} is open.",
    "Judge what is open and write the answer down.",
)
GIFT_CONDITIONS_LATE = FindingKind(
    "gift_conditions_late",
    Severity.WARNING,
    "The conditions of {item} were to be met by {expected}.",
    "Meet them, or ask the donor for more time in writing.",
)
GIFT_NOT_ACKNOWLEDGED = FindingKind(
    "gift_not_acknowledged",
    Severity.WARNING,
    "{item} was accepted on {found} and its donor has no written acknowledgment.",
    "Send the letter: what was given, and that nothing was given for it.",
)

LETTER = "gift_acknowledgment"
PAPER_RULES = {
    LETTER: "A letter to the donor, from a value of",
    "gift_form_8283": "The donor's Form 8283 to sign, from a value of",
    "gift_form_8282": "Form 8282 where it is disposed of within",
}
COST_RULE, ATTESTATION_RULE = "gift_lifetime_cost", "gift_provider_attestation"
SCREENING_RULES = {
    COST_RULE: "Screening: what it costs the district over its life, of its value",
    ATTESTATION_RULE: "Screening: the donor, who also sells or bids, attests that it is unrelated to that",
}


@dataclass(frozen=True)
class GiftReview:
    """A gift with what is known of it; `lifetime_cost_usd` is 0 where no initiative carries a cost of it.

    `is_of_provider` says that its donor also sells to the district or bids to.
    """

    gift: GiftOffer
    acceptance: Acceptance
    lifetime_cost_usd: Decimal
    is_of_provider: bool
    papers: tuple[DonorPaper, ...]
    findings: tuple[Finding, ...]

    @property
    def stage(self) -> str:
        """How far it is, from the offer to the end of its conditions."""
        gift = self.gift
        if gift.accepted_on is None:
            return "screening" if gift.not_yet_judged else "to be decided"
        if gift.conditions and gift.conditions_met_on is None:
            return "conditions to meet"
        return "complete" if gift.acknowledged_on or not self.papers else "to be thanked for"


def review_gifts(evaluation: Evaluation, reference: Reference, as_of: date) -> tuple[GiftReview, ...]:
    """Each gift against the district's policy, the cost of its initiative over its life, and the tax papers it needs.

    The cost is what the initiative budgets over the years of the plan, user time not counted. A provider is any vendor
    of the plan's cost lines, purchases or offers.
    """
    plan = evaluation.plan
    costs = {item.initiative_id: to_dollars(item.cost.cents) for item in evaluation.initiatives}
    providers = list_providers(plan)
    return tuple(_review(gift, plan, costs, providers, reference, as_of) for gift in plan.gifts)


def list_providers(plan: Plan) -> tuple[str, ...]:
    """Everyone who sells or may sell to the district, each once."""
    rows = (*plan.cost_lines, *plan.purchases, *plan.offers)
    return tuple(dict.fromkeys(row.vendor for row in rows if row.vendor))


def _review(
    gift: GiftOffer,
    plan: Plan,
    costs: dict[str, Decimal],
    providers: tuple[str, ...],
    reference: Reference,
    as_of: date,
) -> GiftReview:
    acceptance = find_gift_authority(gift.value_usd, plan.policies, gift.is_real_property)
    cost = costs.get(gift.initiative_id or "", Decimal(0))
    papers = list_donor_papers(gift.value_usd, gift.form is GiftForm.CASH, gift.offered_on, reference)
    sells = is_provider(gift.donor, providers)
    cost_rule, attestation_rule = (reference.valid_on(key, as_of) for key in (COST_RULE, ATTESTATION_RULE))
    findings = (
        *acceptance.findings,
        *(check_gift_cost(gift.description, gift.value_usd, cost, cost_rule) if cost_rule else ()),
        *(check_attestation(gift, attestation_rule) if sells and attestation_rule else ()),
        *_check_steps(gift, papers, as_of),
    )
    return GiftReview(gift, acceptance, cost, sells, papers, findings)


def _check_steps(gift: GiftOffer, papers: tuple[DonorPaper, ...], as_of: date) -> list[Finding]:
    item = gift.description
    findings = [GIFT_CRITERION_FAILS.at(item=item, found=name) for name in gift.not_met]
    if gift.accepted_on and gift.not_yet_judged:
        open_ones = ", ".join(gift.not_yet_judged)
        findings.append(GIFT_ACCEPTED_UNSCREENED.at(item=item, found=gift.accepted_on, expected=open_ones))
    if gift.conditions_due and gift.conditions_due < as_of and gift.conditions_met_on is None:
        findings.append(GIFT_CONDITIONS_LATE.at(item=item, expected=gift.conditions_due))
    if gift.accepted_on and papers and gift.acknowledged_on is None:
        findings.append(GIFT_NOT_ACKNOWLEDGED.at(item=item, found=gift.accepted_on))
    return findings


def tabulate_gifts(reviews: tuple[GiftReview, ...]) -> Table:
    """Each gift with its value, its cost over the plan, what it is worth net of that, and who accepts it why."""
    money = ("Value", "Cost to the district", "Value less cost")
    names = ("Gift", "Donor", "Stage", *money, "Accepted by", "Because", "Donor's attestation")
    columns = tuple(Column(name, FigureUnit.CENTS if name in money else FigureUnit.TEXT) for name in names)
    return Table(columns, tuple(_list_cells(review) for review in reviews))


def _list_cells(review: GiftReview) -> tuple[Value, ...]:
    gift, rule = review.gift, review.acceptance.rule
    amounts = (gift.value_usd, review.lifetime_cost_usd, gift.value_usd - review.lifetime_cost_usd)
    return (
        gift.description,
        gift.donor,
        review.stage,
        *(to_cents(amount) for amount in amounts),
        review.acceptance.authority.name.lower(),
        f"{rule.source or 'policy'}: {rule.say()}" if rule else "the policy does not say",
        _say_attestation(review),
    )


def _say_attestation(review: GiftReview) -> str:
    """How far the attestation is of a donor who also sells or bids; of any other none is asked for."""
    gift = review.gift
    if not review.is_of_provider:
        return "not needed"
    if gift.attestation is not Attestation.ATTESTED:
        return gift.attestation.replace("_", " ")
    return f"attested {gift.attested_on or 'on an unknown day'} by {gift.attested_by or 'nobody named'}"


def tabulate_papers(reviews: tuple[GiftReview, ...]) -> Table:
    """What the donors need in writing, whether it is due, each with the rule that asks for it."""
    rows = tuple(
        (review.gift.description, review.gift.donor, paper.words, _find_state(paper, review.gift), paper.rule.source)
        for review in reviews
        for paper in review.papers
    )
    return Table(tuple(Column(name) for name in ("Gift", "Donor", "Paper", "State", "Rule")), rows)


def _find_state(paper: DonorPaper, gift: GiftOffer) -> str:
    """Only of the letter does the register know whether it was sent."""
    if gift.accepted_on is None:
        return "once it is accepted"
    if paper.rule.key != LETTER:
        return "when it comes to it"
    return f"sent {gift.acknowledged_on}" if gift.acknowledged_on else "due now"


def describe_gifts(reviews: tuple[GiftReview, ...]) -> str:
    """What the page says first."""
    if not reviews:
        return "No gift is on record."
    open_ones = [review for review in reviews if review.gift.accepted_on is None]
    dear = [one for one in reviews if any(finding.code == GIFT_COSTS_MORE.code for finding in one.findings)]
    due = sum(one.gift.accepted_on is not None and one.gift.acknowledged_on is None for one in reviews if one.papers)
    sentence = f"{len(reviews)} gift{'s' * (len(reviews) > 1)} on record, {len(open_ones)} to be decided."
    sentence += f" {due} acknowledgment letter{'s are' if due > 1 else ' is'} due." if due else ""
    for review in dear:
        cost, value = (format_dollars(usd, symbol=True) for usd in (review.lifetime_cost_usd, review.gift.value_usd))
        sentence += f" {review.gift.description} would cost the district {cost} for a value of {value}."
    return sentence
