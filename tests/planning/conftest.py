"""Plans small enough to do by hand, shared by the tests of planning."""

from datetime import date
from decimal import Decimal

import pytest

from planning.model import (
    Commitment,
    CostLine,
    District,
    DriverCount,
    EscalationRate,
    FundingSource,
    Goal,
    GoalContribution,
    Initiative,
    Plan,
    YearAmount,
)
from planning.vocabulary import CostBridge, CostCategory, CostKind, Driver, InvestmentClass, SourceKind


@pytest.fixture
def detection_plan() -> Plan:
    """Detection and response at 94,500 rising 5 %; a state grant of 75,000 a year pays until 2028-06-30."""
    years = ("FY2026-27", "FY2027-28")
    grant = FundingSource(
        source_id="cyber-grant",
        name="State cyber grant",
        kind=SourceKind.STATE_GRANT,
        amounts=tuple(YearAmount(fiscal_year=year, amount_cents=75_000_00) for year in years),
        window_end=date(2028, 6, 30),
    )
    line = CostLine(
        cost_line_id="mdr-service",
        initiative_id="mdr",
        description="24×7 detection and response",
        kind=CostKind.RECURRING,
        category=CostCategory.EXTERNAL_SERVICES,
        unit_price_usd=Decimal(94_500),
        dollar_year="FY2026-27",
        escalation="services",
        start="FY2026-27",
    )
    return Plan(
        district=District(
            district_id="d",
            name="District",
            first_fiscal_year="FY2026-27",
            escalation_rates=(EscalationRate(name="services", rate_per_year=Decimal("0.05")),),
        ),
        initiatives=(Initiative(initiative_id="mdr", name="Detection", start="FY2026-27"),),
        cost_lines=(line,),
        sources=(grant,),
        commitments=tuple(
            Commitment(initiative_id="mdr", source_id="cyber-grant", fiscal_year=year, amount_cents=75_000_00)
            for year in (*years, "FY2028-29")
        ),
    )


@pytest.fixture
def small_plan(detection_plan: Plan) -> Plan:
    """Two initiatives with every kind of line, three sources and two goals."""
    base = detection_plan
    lines = (
        CostLine(
            cost_line_id="fleet",
            initiative_id="devices",
            description="Student devices",
            kind=CostKind.REFRESH,
            category=CostCategory.HARDWARE,
            driver=Driver.STUDENTS,
            quantity=Decimal("0.25"),
            unit_price_usd=Decimal("438.55"),
            dollar_year="FY2026-27",
            start="FY2026-27",
            refresh_years=3,
            residual_fraction=Decimal("0.1"),
            bridge=CostBridge.BASE,
            account="10-1000-650",
        ),
        CostLine(
            cost_line_id="carts",
            initiative_id="devices",
            description="Carts",
            kind=CostKind.ONE_TIME,
            category=CostCategory.HARDWARE,
            unit_price_usd=Decimal("12345.67"),
            dollar_year="FY2026-27",
            start="FY2027-28",
        ),
        CostLine(
            cost_line_id="self-help",
            initiative_id="devices",
            description="Teachers' time",
            kind=CostKind.RECURRING,
            category=CostCategory.INDIRECT_LABOR,
            unit_price_usd=Decimal(9000),
            dollar_year="FY2026-27",
            start="FY2026-27",
            end="FY2028-29",
        ),
    )
    devices = Initiative(
        initiative_id="devices", name="Devices", start="FY2026-27", investment_class=InvestmentClass.RUN
    )
    counts = (
        DriverCount(driver=Driver.STUDENTS, fiscal_year="FY2026-27", count=Decimal(6200)),
        DriverCount(driver=Driver.STUDENTS, fiscal_year="FY2029-30", count=Decimal(6020)),
    )
    levy = FundingSource(
        source_id="levy",
        name="Levy",
        kind=SourceKind.LEVY,
        amounts=(YearAmount(fiscal_year="FY2026-27", amount_cents=650_000_00),),
    )
    return base.model_copy(
        update={
            "district": base.district.model_copy(update={"driver_counts": counts}),
            "initiatives": (*base.initiatives, devices),
            "cost_lines": (*base.cost_lines, *lines),
            "sources": (*base.sources, levy),
            "commitments": (
                *base.commitments,
                Commitment(initiative_id="devices", source_id="levy", fiscal_year="FY2026-27", amount_cents=500_000_01),
            ),
            "goals": (
                Goal(goal_id="reading", title="Reading", weight=Decimal(30)),
                Goal(goal_id="privacy", title="Privacy", weight=Decimal(20)),
            ),
            "contributions": (
                GoalContribution(initiative_id="devices", goal_id="reading", influence=4),
                GoalContribution(initiative_id="mdr", goal_id="privacy", influence=5),
            ),
        }
    )
