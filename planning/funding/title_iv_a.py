"""Title IV-A: how an allocation must be divided, and what of its technology portion may be infrastructure."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.findings import Finding, FindingKind
from planning.money import format_dollars, format_percent
from planning.reference import Reference
from planning.vocabulary import Severity

TITLE_IV_A_SHARE = FindingKind(
    "title_iv_a_share",
    Severity.ERROR,
    "Of a Title IV-A allocation of {whole}, {expected} or more goes to {item}; the budget gives it {found}.",
    "Move {missing} of the allocation to {item}.",
)
TITLE_IV_A_TECHNOLOGY = FindingKind(
    "title_iv_a_technology",
    Severity.ERROR,
    "A Title IV-A allocation of {whole} must give a portion to the effective use of technology; the budget gives none.",
    "Give some of the allocation to the effective use of technology.",
)
TITLE_IV_A_INFRASTRUCTURE = FindingKind(
    "title_iv_a_infrastructure",
    Severity.ERROR,
    "Of the technology portion of {whole} at most {expected} may be infrastructure (devices, software, platforms); the "
    "budget has {found}.",
    "Move {missing} to professional learning, or let other money pay it.",
)
TITLE_IV_A_BEYOND = FindingKind(
    "title_iv_a_beyond",
    Severity.ERROR,
    "The three areas and administration come to {found}, more than the Title IV-A allocation of {expected}.",
    "Lower what is planned by {missing}.",
)


TITLE_IV_A_ADMINISTRATION = FindingKind(
    "title_iv_a_administration",
    Severity.ERROR,
    "Of a Title IV-A allocation of {whole} at most {expected} may pay its administration; the budget has {found}.",
    "Move {missing} to one of the three areas.",
)


class TitleIvABudget(NamedTuple):
    """An allocation in dollars and what of it goes to each area; infrastructure is a part of technology."""

    allocation: Decimal
    well_rounded: Decimal
    safe_healthy: Decimal
    technology: Decimal
    infrastructure: Decimal
    administration: Decimal = Decimal(0)


def check_title_iv_a(budget: TitleIvABudget, reference: Reference, as_of: date) -> tuple[Finding, ...]:
    """What an allocation breaks of the rules in force on the day.

    From $30,000: at least 20 % for well-rounded education, 20 % for safe and healthy students, and something for the
    effective use of technology. Of any size: of the technology portion at most 15 % for infrastructure, and at most 2 %
    for administration. Figures and operators are reference data. Source: ESEA sections 4105(c), 4106(e) and 4109(b).
    """
    findings = []
    planned = budget.well_rounded + budget.safe_healthy + budget.technology + budget.administration
    if planned > budget.allocation:
        findings.append(
            TITLE_IV_A_BEYOND.at(
                found=_show(planned), expected=_show(budget.allocation), missing=_show(planned - budget.allocation)
            )
        )
    if reference.require("title_iv_a_large_allocation", as_of).is_met_by(budget.allocation):
        findings += _check_shares(budget, reference, as_of)
    most = reference.require("title_iv_a_infrastructure", as_of).value * budget.technology
    if budget.infrastructure > most:
        findings.append(
            TITLE_IV_A_INFRASTRUCTURE.at(
                found=_show(budget.infrastructure),
                expected=_show(most),
                whole=_show(budget.technology),
                missing=_show(budget.infrastructure - most),
            )
        )
    return (*findings, *_check_administration(budget, reference, as_of))


def _check_administration(budget: TitleIvABudget, reference: Reference, as_of: date) -> list[Finding]:
    row = reference.require("title_iv_a_administration", as_of)
    most = row.value * budget.allocation
    if budget.administration <= most:
        return []
    shown = [_show(dollars) for dollars in (budget.allocation, most, budget.administration)]
    missing = _show(budget.administration - most)
    return [TITLE_IV_A_ADMINISTRATION.at(whole=shown[0], expected=shown[1], found=shown[2], missing=missing)]


def _check_shares(budget: TitleIvABudget, reference: Reference, as_of: date) -> list[Finding]:
    areas = (
        ("title_iv_a_well_rounded", "well-rounded education", budget.well_rounded),
        ("title_iv_a_safe_healthy", "safe and healthy students", budget.safe_healthy),
    )
    findings = []
    for key, name, given in areas:
        share = reference.require(key, as_of).value
        if given < share * budget.allocation:
            findings.append(
                TITLE_IV_A_SHARE.at(
                    found=_show(given),
                    expected=format_percent(share),
                    item=name,
                    whole=_show(budget.allocation),
                    missing=_show(share * budget.allocation - given),
                )
            )
    if not reference.require("title_iv_a_technology", as_of).is_met_by(budget.technology):
        findings.append(TITLE_IV_A_TECHNOLOGY.at(whole=_show(budget.allocation)))
    return findings


def _show(dollars: Decimal) -> str:
    return format_dollars(dollars, places=2, symbol=True) if dollars else "$0.00"
