from datetime import date
from decimal import Decimal

from data.samples.plan import build_sample_plan
from planning.checks import check_plan
from planning.findings import Finding
from planning.model import Plan

PLAN = build_sample_plan()


def check_schools(plan: Plan) -> list[Finding]:
    return [one for one in check_plan(plan) if "eligible" in one.code or "schools" in one.code]


def test_a_school_cannot_have_more_eligible_students_than_students() -> None:
    first = PLAN.schools[0].model_copy(update={"eligible": 431})
    [finding] = check_schools(PLAN.model_copy(update={"schools": (first, *PLAN.schools[1:])}))
    assert (finding.code, finding.item) == ("eligible_beyond_students", "alder-creek")
    direct = first.model_copy(update={"direct_certification_share": Decimal("0.5")})
    assert check_schools(PLAN.model_copy(update={"schools": (direct, *PLAN.schools[1:])})) == []


def test_schools_that_are_not_the_districts_students_are_said() -> None:
    [finding] = check_schools(PLAN.model_copy(update={"schools": PLAN.schools[1:]}))
    assert "5,770 students together, but the plan counts 6,200 in FY2026-27" in finding.message
    assert check_schools(PLAN.model_copy(update={"schools": ()})) == []


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    early, day = date(2020, 1, 1), date(2026, 7, 1)
    changed = {
        "awards": PLAN.awards[0].model_copy(update={"period_end": early}),
        "funding_requests": PLAN.funding_requests[1].model_copy(update={"service_end": early}),
        "purchase_papers": PLAN.purchase_papers[0].model_copy(update={"dated": day, "valid_to": early}),
    }
    codes = []
    for section, row in changed.items():
        codes += [one.code for one in check_plan(PLAN.model_copy(update={section: (*getattr(PLAN, section), row)}))]
    assert "grant_period_reversed" in codes and codes.count("register_days_reversed") == 2


def test_a_request_needs_no_initiative_and_no_discount() -> None:
    request = PLAN.funding_requests[-1].model_copy(update={"discount_percent": None})
    assert request.initiative_id is None
    requests = (*PLAN.funding_requests[:-1], request)
    assert check_plan(PLAN.model_copy(update={"funding_requests": requests})) == ()
