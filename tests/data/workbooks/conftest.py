"""A small plan that touches every sheet, and its workbook as cells."""

from datetime import date
from decimal import Decimal

import pytest

from data.intake.cells import Workbook
from data.workbooks.template import write_plan_workbook
from planning import model
from planning.vocabulary import CostCategory, CostKind, Driver, SourceKind
from tests.data.workbooks.plan_cells import cells_of


@pytest.fixture(scope="session")
def small_plan() -> model.Plan:
    district = model.District(
        district_id="harlow",
        name="Harlow Ridge",
        first_fiscal_year="FY2026-27",
        horizon_years=3,
        discount_rate=Decimal("0.035"),
        escalation_rates=(model.EscalationRate(name="software", rate_per_year=Decimal("0.05")),),
        driver_counts=(
            model.DriverCount(driver=Driver.STUDENTS, fiscal_year="FY2026-27", count=Decimal(6200)),
            model.DriverCount(driver=Driver.STUDENTS, fiscal_year="FY2027-28", count=Decimal(6140)),
        ),
    )
    goal = model.Goal(goal_id="reading", title="Every third grader reads", weight=Decimal(30))
    initiatives = (
        model.Initiative(initiative_id="wifi", name="Wi-Fi", start="FY2026-27", sites=("North", "High; annex")),
        model.Initiative(initiative_id="sis", name="New student system", start="FY2027-28", depends_on=("wifi",)),
    )
    line = model.CostLine(
        cost_line_id="switches",
        initiative_id="wifi",
        description="=SUM(A1) switches",
        kind=CostKind.ONE_TIME,
        category=CostCategory.HARDWARE,
        unit_price_usd=Decimal("438.125"),
        dollar_year="FY2026-27",
        start="FY2026-27",
        escalation="software",
    )
    source = model.FundingSource(
        source_id="levy",
        name="Technology levy",
        kind=SourceKind.LEVY,
        fund_code="031",
        amounts=(model.YearAmount(fiscal_year="FY2026-27", amount_cents=65000050),),
        window_end=date(2029, 6, 30),
    )
    return model.Plan(
        district=district,
        goals=(goal,),
        initiatives=initiatives,
        cost_lines=(line,),
        sources=(source,),
        commitments=(
            model.Commitment(initiative_id="wifi", source_id="levy", fiscal_year="FY2026-27", amount_cents=43812),
            model.Commitment(initiative_id="wifi", source_id="levy", fiscal_year="FY2027-28", amount_cents=-100),
        ),
        contributions=(model.GoalContribution(initiative_id="wifi", goal_id="reading", influence=3),),
    )


@pytest.fixture(scope="session")
def workbook(small_plan: model.Plan) -> Workbook:
    return cells_of(write_plan_workbook(small_plan, "r7"))
