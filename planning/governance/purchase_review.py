"""Every purchase of the plan looked at: which way of buying it asks for, by which rule, and when each step is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planning.figure import Column, FigureUnit, Table, Value
from planning.findings import Finding, FindingKind
from planning.funding.federal_sources import sum_federal_cents
from planning.governance.exclusion_check import check_exclusion
from planning.governance.offer_review import OfferReview, review_offers
from planning.governance.policy import PolicySubject
from planning.governance.procurement import (
    SPLIT_PURCHASE,
    AppliedRule,
    Method,
    Purchase,
    RequiredMethod,
    check_split_purchases,
    find_required_method,
)
from planning.governance.procurement_calendar import Calendar, plan_calendar
from planning.governance.purchase_files import PurchaseFile, review_file
from planning.governance.self_certification import RULE as SELF_CERTIFIED
from planning.governance.self_certification import check_self_certification
from planning.model import Plan
from planning.money import to_cents
from planning.reference import Reference
from planning.registers import PaperKind, PurchaseRecord
from planning.vocabulary import Severity

NO_COMPETITION_NO_FILE = FindingKind(
    "sole_source_over_threshold",
    Severity.WARNING,
    "{item} is bought without competition where {expected} asks for {found}.",
    "Keep the written reason with the purchase, and have it approved before the award.",
)
PURCHASE_RULES = {
    "federal_micro_purchase": "Federal money: no quotes where the price is reasonable",
    SELF_CERTIFIED: "Federal money: no quotes where the district certifies its own threshold every year",
    "federal_simplified_acquisition": "Federal money: quotes and no sealed bids",
    "federal_sam_check": "Federal money: the vendor looked up in SAM.gov before the award",
    "federal_sam_check_age": "That look-up is no older than",
    "erate_bidding": "E-Rate: the Form 470 open before contract and Form 471",
}


@dataclass(frozen=True)
class PurchaseReview:
    """A purchase with the strictest rule, its calendar, its evaluation sheet, its file, and what is wrong or late."""

    record: PurchaseRecord
    required: RequiredMethod
    calendar: Calendar | None
    sheet: OfferReview
    file: PurchaseFile
    is_federal: bool
    findings: tuple[Finding, ...]


def review_purchases(plan: Plan, reference: Reference, as_of: date) -> tuple[PurchaseReview, ...]:
    """Each purchase by its amount, its day, the state and the money that pays its initiative, and all of them together.

    Federal is an initiative to which a federal award or a federal program of the plan commits money.
    """
    federal = sum_federal_cents(plan)
    purchases = {record.purchase_id: _as_purchase(record, federal) for record in plan.purchases}
    split = check_split_purchases(tuple(purchases.values()), plan.district.state, plan.policies, reference)
    return tuple(
        _review(record, purchases[record.purchase_id], plan, reference, as_of, split) for record in plan.purchases
    )


def _as_purchase(record: PurchaseRecord, federal: Mapping[str, int]) -> Purchase:
    cents = to_cents(record.amount_usd)
    return Purchase(
        record.purchase_id,
        record.vendor,
        record.commodity,
        cents,
        record.award_on,
        record.initiative_id in federal,
        record.is_construction,
        min(cents, federal.get(record.initiative_id, 0)),
    )


def _review(
    record: PurchaseRecord,
    purchase: Purchase,
    plan: Plan,
    reference: Reference,
    as_of: date,
    split: tuple[Finding, ...],
) -> PurchaseReview:
    required = find_required_method(purchase, plan.district.state, plan.policies, reference)
    calendar = _plan_calendar(record, required.method, plan, reference, as_of)
    sheet = review_offers(record, plan, purchase.is_federal, as_of)
    chosen = sheet.chosen[0].offer if sheet.chosen else None
    file = review_file(record, plan.purchase_papers, plan.district.state, reference)
    findings = (
        *required.findings,
        *_check_certified(record, purchase, plan, reference),
        *(calendar.findings if calendar else ()),
        *sheet.findings,
        *check_exclusion(purchase, record.description, chosen, reference, as_of),
        *(finding for finding in split if finding.item == record.purchase_id),
        *_check_file(file, required),
        *file.findings,
    )
    return PurchaseReview(record, required, calendar, sheet, file, purchase.is_federal, findings)


def _check_certified(
    record: PurchaseRecord, purchase: Purchase, plan: Plan, reference: Reference
) -> tuple[Finding, ...]:
    if not purchase.is_federal:
        return ()
    return check_self_certification(record.description, record.amount_usd, record.award_on, plan.policies, reference)


def _plan_calendar(
    record: PurchaseRecord, method: Method, plan: Plan, reference: Reference, as_of: date
) -> Calendar | None:
    """Planned back from the day of need; who buys from a cooperative or a sole source asks no one for offers."""
    if record.needed_by is None:
        return None
    needs_board = any(
        row.subject is PolicySubject.BOARD_PURCHASE and row.applies_to(record.amount_usd) for row in plan.policies
    )
    uncontested = bool(record.cooperative or record.sole_source)
    return plan_calendar(
        record.description,
        record.needed_by,
        Method.MICRO_PURCHASE if uncontested else method,
        reference,
        as_of,
        board_dates=[meeting.day for meeting in plan.meetings],
        needs_board=needs_board,
        is_erate=record.is_erate,
        award_by=record.award_on,
    )


def _check_file(file: PurchaseFile, required: RequiredMethod) -> list[Finding]:
    """Nobody competes where competition is asked for, and reason and approval are not both in the file."""
    record, there = file.record, {one.kind for one in file.papers if one.paper}
    if not record.sole_source or required.method is Method.MICRO_PURCHASE:
        return []
    if {PaperKind.JUSTIFICATION, PaperKind.APPROVAL} <= there:
        return []
    found, rule = required.method.say(), required.rules[0]
    return [NO_COMPETITION_NO_FILE.at(item=record.description, found=found, expected=rule.source)]


def tabulate_purchases(reviews: tuple[PurchaseReview, ...]) -> Table:
    """Each purchase with the way of buying, the rule that decides, and its first and last step."""
    columns = (
        Column("Purchase"),
        Column("Amount", FigureUnit.CENTS),
        Column("Way of buying"),
        Column("Rule"),
        Column("Also looked at"),
        Column("Rests on"),
        Column("Begin by"),
        Column("Needed by"),
    )
    return Table(columns, tuple(_list_cells(review) for review in reviews))


def _list_cells(review: PurchaseReview) -> tuple[Value, ...]:
    record, rules = review.record, review.required.rules
    file = record.cooperative or (f"sole source: {record.sole_source}" if record.sole_source else "competition")
    return (
        record.description,
        to_cents(record.amount_usd),
        review.required.method.say(),
        _say_rule(rules[0]) if rules else "no rule asks for more",
        "; ".join([*map(_say_rule, rules[1:]), *(["E-Rate: the Form 470's days"] if record.is_erate else [])]) or "—",
        file,
        str(review.calendar.starts_by) if review.calendar else "",
        str(record.needed_by or ""),
    )


def _say_rule(rule: AppliedRule) -> str:
    return f"{rule.authority}: {rule.words} ({rule.source})"


def tabulate_calendar(reviews: tuple[PurchaseReview, ...]) -> Table:
    """Every step of every purchase by its last day, the soonest first."""
    rows = sorted(
        (str(step.by), step.name, review.record.description, step.reason)
        for review in reviews
        if review.calendar
        for step in review.calendar.steps
    )
    return Table((Column("By"), Column("Step"), Column("Purchase"), Column("Why then")), tuple(rows))


def describe_purchases(reviews: tuple[PurchaseReview, ...]) -> str:
    """What the page says first: how many, how many need bids, and what comes first."""
    if not reviews:
        return "No purchase is planned."
    bids = sum(review.required.method is Method.FORMAL_BID for review in reviews)
    late = sum(any(finding.severity is Severity.ERROR for finding in review.findings) for review in reviews)
    steps = sorted(
        (step.by, step.name, review.record.description)
        for review in reviews
        if review.calendar
        for step in review.calendar.steps
    )
    first = f" First: {steps[0][1].lower()} for {steps[0][2]} by {steps[0][0]}." if steps else ""
    missed = f" {late} cannot be reached in time." if late else ""
    together = sum(finding.code == SPLIT_PURCHASE.code for review in reviews for finding in review.findings)
    alike = "" if together else " Of one commodity within twelve months, none asks for more together than each alone."
    return f"{len(reviews)} purchases are planned; {bids} need {Method.FORMAL_BID.say()}.{missed}{first}{alike}"
