"""Checks on the registers of a plan: what they name, and counts and days that cannot be."""

from collections.abc import Iterator
from datetime import date

from planning.findings import Finding, FindingKind
from planning.funding.grants import GRANT_PERIOD_REVERSED
from planning.model import Plan
from planning.vocabulary import Driver, Severity

ELIGIBLE_BEYOND_STUDENTS = FindingKind(
    "eligible_beyond_students",
    Severity.ERROR,
    "School {item} counts {found} students as eligible for the lunch program, but has only {expected}.",
    "Correct the students or the eligible students of {item}.",
)
SCHOOLS_COUNT_DIFFERS = FindingKind(
    "schools_count_differs",
    Severity.WARNING,
    "The schools have {found} students together, but the plan counts {expected} in {item}.",
    "Count every school once, or correct the number of students of {item}.",
)


DAYS_REVERSED = FindingKind(
    "register_days_reversed",
    Severity.ERROR,
    "{item} ends on {found}, before it begins on {expected}.",
    "Correct the days of {item}.",
)


def check_registers(plan: Plan) -> Iterator[Finding]:
    """Counts of schools that cannot be, schools that are not the plan's students, and periods that end too early."""
    yield from _check_schools(plan)
    for award in plan.awards:
        if award.period_end < award.period_start:
            yield GRANT_PERIOD_REVERSED.at(item=award.award_id, found=award.period_end, expected=award.period_start)
    for item, first, last in _list_periods(plan):
        if first and last and last < first:
            yield DAYS_REVERSED.at(item=item, found=last, expected=first)


def _list_periods(plan: Plan) -> Iterator[tuple[str, date | None, date | None]]:
    """(whose it is, its first and its last day) of every period in a register."""
    for request in plan.funding_requests:
        yield f"Funding request {request.request_id}", request.service_start, request.service_end
    for paper in plan.purchase_papers:
        yield f"Purchase {paper.purchase_id}", paper.dated, paper.valid_to


def _check_schools(plan: Plan) -> Iterator[Finding]:
    for school in plan.schools:
        if school.direct_certification_share is None and school.eligible > school.enrolled:
            yield ELIGIBLE_BEYOND_STUDENTS.at(item=school.school_id, found=school.eligible, expected=school.enrolled)
    district, enrolled = plan.district, sum(school.enrolled for school in plan.schools)
    for count in district.driver_counts:
        is_first = (count.driver, count.fiscal_year) == (Driver.STUDENTS, district.first_fiscal_year)
        if is_first and plan.schools and count.count != enrolled:
            yield SCHOOLS_COUNT_DIFFERS.at(item=count.fiscal_year, found=f"{enrolled:,}", expected=f"{count.count:,}")


def list_register_references(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """(who names it, what kind of thing, its id) of everything that a register names."""
    for request in plan.funding_requests:
        if request.initiative_id is not None:
            yield f"funding request {request.request_id}", "initiative", request.initiative_id
        yield f"funding request {request.request_id}", "source", request.source_id
    for award in plan.awards:
        yield f"award {award.award_id}", "source", award.source_id
    for gift in plan.gifts:
        if gift.initiative_id is not None:
            yield f"gift {gift.gift_id}", "initiative", gift.initiative_id
    for purchase in plan.purchases:
        yield f"purchase {purchase.purchase_id}", "initiative", purchase.initiative_id
    for entry in plan.conflicts:
        if entry.purchase_id is not None:
            yield f"entry {entry.entry_id}", "purchase", entry.purchase_id
        if entry.request_id is not None:
            yield f"entry {entry.entry_id}", "funding request", entry.request_id
    for thing, name, row in (
        *(("criterion", row.criterion_id, row) for row in plan.criteria),
        *(("offer", row.offer_id, row) for row in plan.offers),
    ):
        yield f"{thing} {name}", "purchase", row.purchase_id
    for score in plan.offer_scores:
        yield "a score of an offer", "offer", score.offer_id
        yield "a score of an offer", "criterion", score.criterion_id
    for paper in plan.purchase_papers:
        yield "a purchase paper", "purchase", paper.purchase_id
