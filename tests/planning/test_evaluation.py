"""The one computation, on plans small enough to do by hand."""

from datetime import date
from decimal import Decimal

import pytest

from planning.choice.scenarios import Exclude, Scenario
from planning.evaluation import METHOD_VERSION, Evaluation, calculate_fingerprint, evaluate
from planning.findings import Finding
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
from planning.reference import Reference
from planning.vocabulary import (
    CostBridge,
    CostCategory,
    CostKind,
    Driver,
    FundingState,
    InvestmentClass,
    SourceKind,
)

TODAY = date(2026, 11, 23)
REFERENCE = Reference(version="test")
# Change the hash and METHOD_VERSION together, and say in the changelog what moved.
GOLDEN = {"1": "330e5a8817372a1d023c17aca7d177ea638e199ef4d74ae7bfa2c8bc0618599b"}


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


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


def small_plan() -> Plan:
    """Two initiatives with every kind of line, three sources and two goals."""
    base = detection_plan()
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


def cents_of(evaluation: Evaluation, cost_line_id: str) -> list[tuple[str, str, int]]:
    return [
        (atom.fiscal_year, atom.timing.value, atom.cents)
        for atom in evaluation.atoms
        if atom.cost_line_id == cost_line_id
    ]


def test_a_grant_that_ends_leaves_104186_dollars_without_a_source() -> None:
    evaluation = evaluate(detection_plan(), REFERENCE, TODAY)
    unfunded = {atom.fiscal_year: atom.cents for atom in evaluation.atoms if atom.state is FundingState.UNFUNDED}
    assert unfunded["FY2028-29"] == 104_186_25  # 94,500 × 1.05²
    assert unfunded["FY2027-28"] == 99_225_00 - 75_000_00
    assert "commitment_outside_window" in codes(evaluation.findings)


def test_every_atom_has_an_id_of_its_own_made_of_line_year_and_payer() -> None:
    evaluation = evaluate(small_plan(), REFERENCE, TODAY)
    ids = [atom.atom_id for atom in evaluation.atoms]
    assert len(set(ids)) == len(ids)
    assert "mdr-service:FY2026-27:cyber-grant" in ids
    assert "mdr-service:FY2028-29:unfunded" in ids


def test_a_refresh_brings_back_a_tenth_of_what_the_replaced_units_cost() -> None:
    evaluation = evaluate(small_plan(), REFERENCE, TODAY)
    first = 679_752_50  # 6,200 × 0.25 × 438.55
    bought = [cents for _, timing, cents in cents_of(evaluation, "fleet") if timing == "refresh"]
    assert bought == [500_000_01, first - 500_000_01, 660_017_75]  # the third: 6,020 × 0.25 × 438.55
    assert cents_of(evaluation, "fleet")[-1] == ("FY2029-30", "residual", -67_975_25)


def test_user_time_is_costed_but_never_budgeted() -> None:
    evaluation = evaluate(small_plan(), REFERENCE, TODAY)
    devices = next(item for item in evaluation.initiatives if item.initiative_id == "devices")
    assert devices.user_time.cents == 3 * 9000_00
    assert devices.cost.cents == devices.committed.cents + devices.unfunded.cents + devices.savings.cents
    assert not set(devices.user_time.atom_ids) & {atom.atom_id for atom in evaluation.budgeted_atoms}


def test_an_initiative_that_is_not_included_is_costed_apart() -> None:
    scenario = Scenario(name="No devices", changes=(Exclude(initiative_id="devices"),))
    evaluation = evaluate(small_plan(), REFERENCE, TODAY, scenario)
    assert {atom.initiative_id for atom in evaluation.atoms} == {"mdr"}
    assert {atom.initiative_id for atom in evaluation.alternative_atoms} == {"devices"}
    assert evaluation.stamp.scenario == "No devices"


def test_results_do_not_move_without_a_new_method_version() -> None:
    assert calculate_fingerprint(evaluate(small_plan(), REFERENCE, TODAY)) == GOLDEN[METHOD_VERSION]


def test_an_empty_plan_evaluates_to_nothing() -> None:
    empty = Plan(district=District(district_id="d", name="D", first_fiscal_year="FY2026-27"))
    evaluation = evaluate(empty, REFERENCE, TODAY)
    assert (evaluation.atoms, evaluation.initiatives, evaluation.findings) == ((), (), ())


@pytest.mark.parametrize("horizon", [1, 10])
def test_the_horizon_goes_from_one_to_ten_years(horizon: int) -> None:
    plan = detection_plan()
    district = plan.district.model_copy(update={"horizon_years": horizon})
    evaluation = evaluate(plan.model_copy(update={"district": district}), REFERENCE, TODAY)
    assert len(evaluation.years) == horizon
    assert {atom.fiscal_year for atom in evaluation.atoms} <= set(evaluation.years)
