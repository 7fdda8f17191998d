"""What is wrong with cost lines, rates and comparisons of a plan although each field by itself is allowed."""

from collections import Counter
from collections.abc import Iterator

from planning.findings import Finding, FindingKind
from planning.model import CostLine, Plan
from planning.vocabulary import CostCategory, CostKind, RateBasis, Severity

SUBSCRIPTION_WITHOUT_TERM = FindingKind(
    "subscription_without_term",
    Severity.ERROR,
    "Cost line {item} is a subscription but does not say for how many years; it is taken to renew every year.",
    "Give {item} the years of its term, or make it recurring.",
)
SCHEDULED_WITHOUT_YEARS = FindingKind(
    "scheduled_without_years",
    Severity.ERROR,
    "Cost line {item} falls in given years but names none; it costs nothing.",
    "Give {item} the fiscal years it falls in, or make it one_time.",
)
STAFFING_IS_NOT_LABOR = FindingKind(
    "staffing_is_not_labor",
    Severity.WARNING,
    "Cost line {item} is staffing, but its category is {found}.",
    "Make the category of {item} direct_labor, or indirect_labor for time of users.",
)
LOADING_WITHOUT_LABOR = FindingKind(
    "loading_without_labor",
    Severity.WARNING,
    "Cost line {item} adds {found} of benefits, but it is {expected}, not labor.",
    "Remove the benefits from {item}, or correct its category.",
)
CATEGORY_RATE_TWICE = FindingKind(
    "category_rate_twice",
    Severity.WARNING,
    "{count} rates are for the category {found}; cost lines follow the first, {expected}.",
    "Leave the category {found} with one rate only.",
)
COMPARED_WITH_ITSELF = FindingKind(
    "compared_with_itself",
    Severity.WARNING,
    "{item} is compared with itself; it is compared with doing nothing instead.",
    "Name what the district does without {item}, or leave the field empty.",
)
BASE_ALSO_INCLUDED = FindingKind(
    "base_also_included",
    Severity.WARNING,
    "{item} is compared with {found}, but both are in the plan, so both are paid.",
    "Leave {found} out of the plan, or compare {item} with something else.",
)
REAL_RATE_WITHOUT_INFLATION = FindingKind(
    "real_rate_without_inflation",
    Severity.WARNING,
    "The discount rate is real but the inflation rate is 0, so rising prices are discounted too little.",
    "Give the district its inflation rate, or make the discount rate nominal.",
)
_OF_A_KIND = (CostKind.SUBSCRIPTION, CostKind.SCHEDULED, CostKind.STAFFING)
_LABOR = (CostCategory.DIRECT_LABOR, CostCategory.INDIRECT_LABOR)


def check_cost_model(plan: Plan) -> Iterator[Finding]:
    """Findings on cost lines, category rates, comparisons and the discount rate, in that order."""
    for line in plan.cost_lines:
        if line.kind in _OF_A_KIND or line.loading_fraction:
            yield from _check_line(line)
    yield from _check_category_rates(plan)
    yield from _check_comparisons(plan)
    district = plan.district
    if district.rate_basis is RateBasis.REAL and not district.inflation_rate and district.escalation_rates:
        yield REAL_RATE_WITHOUT_INFLATION.at(item=district.district_id)


def _check_line(line: CostLine) -> Iterator[Finding]:
    kind = line.kind
    if kind is CostKind.SUBSCRIPTION and line.term_years is None:
        yield SUBSCRIPTION_WITHOUT_TERM.at(item=line.cost_line_id)
    elif kind is CostKind.SCHEDULED and not line.scheduled_years:
        yield SCHEDULED_WITHOUT_YEARS.at(item=line.cost_line_id)
    elif kind is CostKind.STAFFING and line.category not in _LABOR:
        yield STAFFING_IS_NOT_LABOR.at(found=line.category, item=line.cost_line_id)
    if line.loading_fraction and kind is not CostKind.STAFFING and line.category not in _LABOR:
        yield LOADING_WITHOUT_LABOR.at(
            found=f"{float(line.loading_fraction):.0%}", expected=line.category, item=line.cost_line_id
        )


def _check_category_rates(plan: Plan) -> Iterator[Finding]:
    rates = [rate for rate in plan.district.escalation_rates if rate.category is not None]
    for category, count in Counter(rate.category for rate in rates).items():
        if count > 1:
            first = next(rate.name for rate in rates if rate.category is category)
            yield CATEGORY_RATE_TWICE.at(found=category, expected=first, count=count, item=first)


def _check_comparisons(plan: Plan) -> Iterator[Finding]:
    included = {item.initiative_id for item in plan.initiatives if item.counted}
    for item in plan.initiatives:
        if item.compared_with == item.initiative_id:
            yield COMPARED_WITH_ITSELF.at(item=item.initiative_id)
        elif item.compared_with in included and item.counted:
            yield BASE_ALSO_INCLUDED.at(found=item.compared_with, item=item.initiative_id)
