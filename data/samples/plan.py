"""The sample district's plan: Harlow Ridge School District (fictitious), its goals and fifteen initiatives."""

from decimal import Decimal

from data.samples import SAMPLE_DISTRICT_ID
from data.samples.plan_costs import build_cost_lines, build_fleets
from data.samples.plan_files import (
    build_conflicts,
    build_criteria,
    build_offer_scores,
    build_offers,
    build_purchase_papers,
)
from data.samples.plan_funding import YEARS, build_commitments, build_sources
from data.samples.plan_initiatives import build_initiatives
from data.samples.plan_registers import (
    build_awards,
    build_funding_requests,
    build_gifts,
    build_meetings,
    build_policies,
    build_purchases,
    build_schools,
)
from data.samples.plan_uses import add_uses_to_costs, add_uses_to_sources
from planning.model import District, DriverCount, EscalationRate, Goal, GoalContribution, Plan
from planning.vocabulary import Driver

SAMPLE_DISTRICT_NAME = "Harlow Ridge School District (fictitious)"

_COUNTS: dict[Driver, tuple[int, ...]] = {
    Driver.STUDENTS: (6200, 6140, 6080, 6020, 5960),
    Driver.STAFF: (812,) * 5,
    Driver.DEVICES: (7450,) * 5,
    Driver.SITES: (10,) * 5,
    Driver.USERS: (7012, 6952, 6892, 6832, 6772),
}

_READING, _CREDENTIALS, _SAFEGUARDS, _STAFF, _FOCUS = "reading", "credentials", "safeguards", "staff", "focus"

_INFLUENCE: dict[str, dict[str, int]] = {
    "student-devices": {_READING: 2, _CREDENTIALS: 2},
    "wifi": {_READING: 1, _CREDENTIALS: 2},
    "detection": {_SAFEGUARDS: 4},
    "new-sis": {_SAFEGUARDS: 2, _STAFF: 1, _FOCUS: 1},
    "keep-sis": {_SAFEGUARDS: 1},
    "identity": {_SAFEGUARDS: 5},
    "literacy": {_READING: 4},
    "ai-tutoring": {_CREDENTIALS: 1},
    "hotspots": {_READING: 1, _CREDENTIALS: 2},
    "printers": {_CREDENTIALS: 2},
    "coaches": {_READING: 3, _CREDENTIALS: 2, _STAFF: 3},
    "retire-apps": {_SAFEGUARDS: 3},
}
"""Panels, cameras and buses serve none of the five goals: that is the money aligned to nothing."""


def build_sample_plan() -> Plan:
    """The whole plan; ids are stable, so a workbook made from it can be compared with it."""
    return Plan(
        district=_build_district(),
        goals=_build_goals(),
        initiatives=build_initiatives(),
        cost_lines=add_uses_to_costs(build_cost_lines()),
        fleets=build_fleets(),
        sources=add_uses_to_sources(build_sources()),
        commitments=build_commitments(),
        contributions=tuple(
            GoalContribution(initiative_id=initiative_id, goal_id=goal_id, influence=influence)
            for initiative_id, goals in _INFLUENCE.items()
            for goal_id, influence in goals.items()
        ),
        schools=build_schools(),
        funding_requests=build_funding_requests(),
        awards=build_awards(),
        gifts=build_gifts(),
        conflicts=build_conflicts(),
        purchases=build_purchases(),
        criteria=build_criteria(),
        offers=build_offers(),
        offer_scores=build_offer_scores(),
        purchase_papers=build_purchase_papers(),
        policies=build_policies(),
        meetings=build_meetings(),
    )


def _build_district() -> District:
    """Cash flows are nominal, so the discount rate is the nominal five-year rate of OMB Circular A-94 for 2025."""
    return District(
        district_id=SAMPLE_DISTRICT_ID,
        name=SAMPLE_DISTRICT_NAME,
        state="CO",
        fiscal_year_start_month=7,
        time_zone="America/Denver",
        first_fiscal_year=YEARS[0],
        horizon_years=len(YEARS),
        discount_rate=Decimal("0.038"),
        capitalisation_level_usd=Decimal(5000),
        bulk_capitalisation_usd=Decimal(100_000),
        subscription_level_usd=Decimal(25_000),
        borrowing_rate=Decimal("0.04"),
        inflation_rate=Decimal("0.02"),
        population=41_000,
        escalation_rates=(
            EscalationRate(name="salaries", rate_per_year=Decimal("0.03")),
            EscalationRate(name="managed-security", rate_per_year=Decimal("0.05")),
        ),
        driver_counts=tuple(
            DriverCount(driver=driver, fiscal_year=year, count=Decimal(count))
            for driver, counts in _COUNTS.items()
            for year, count in zip(YEARS, counts, strict=True)
        ),
    )


def _build_goals() -> tuple[Goal, ...]:
    """The five goals adopted on 2025-05-13 by 41 committee members, after 1,126 survey responses."""
    return (
        _goal(_READING, "Third-grade reading", "Third graders who read at grade level", 46, 60, 30),
        _goal(_CREDENTIALS, "Industry credentials", "Graduates with an industry credential", 31, 45, 25),
        _goal(
            _SAFEGUARDS,
            "Privacy and sign-on",
            "Applications with a privacy agreement (multifactor sign-on of staff: 62 to 100 %)",
            71,
            100,
            20,
        ),
        _goal(_STAFF, "Staff retention", "Staff who stay from one year to the next", 84, 90, 10),
        _goal(_FOCUS, "Money follows goals", "Technology dollars aligned to no goal", 22, 10, 15),
    )


def _goal(goal_id: str, title: str, measure: str, baseline: int, target: int, weight: int) -> Goal:
    return Goal(
        goal_id=goal_id,
        title=title,
        measure=measure,
        unit="%",
        baseline=Decimal(baseline),
        target=Decimal(target),
        weight=Decimal(weight),
    )
