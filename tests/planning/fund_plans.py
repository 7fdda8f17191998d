"""A plan over two funds, small enough to do by hand, for the tests of fund balances and of the journal."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from planning.evaluation import Evaluation, evaluate
from planning.fiscal_years import list_fiscal_years
from planning.model import Commitment, CostLine, District, FundingSource, Initiative, Plan, YearAmount
from planning.reference import Reference
from planning.vocabulary import CostBridge, CostCategory, CostKind, SourceKind

YEARS = list_fiscal_years("FY2026-27", 5)
NEW, BASE, REPLACES = CostBridge.NEW, CostBridge.BASE, CostBridge.REPLACES
GENERAL = FundingSource(source_id="general", name="General fund", kind=SourceKind.GENERAL_FUND, fund_code="10")
LEVY = FundingSource(
    source_id="levy",
    name="Levy",
    kind=SourceKind.LEVY,
    fund_code="31",
    amounts=tuple(YearAmount(fiscal_year=year, amount_cents=650_00) for year in YEARS[:3]),
    window_end=date(2029, 6, 30),
)
GRANT = FundingSource(
    source_id="grant",
    name="New grant",
    kind=SourceKind.STATE_GRANT,
    fund_code="24",
    amounts=(YearAmount(fiscal_year=YEARS[1], amount_cents=100_00),),
)


def cost(name: str, dollars: int, account: str, bridge: CostBridge = NEW, start: str = YEARS[1]) -> CostLine:
    """A cost that falls due once, at an initiative of its own."""
    return CostLine(
        cost_line_id=f"{name}.line",
        initiative_id=name,
        description=f"The cost of {name}",
        kind=CostKind.ONE_TIME,
        category=CostCategory.SOFTWARE,
        unit_price_usd=Decimal(dollars),
        dollar_year=YEARS[0],
        start=start,
        account=account,
        bridge=bridge,
    )


def evaluate_costs(
    costs: Sequence[CostLine],
    paid: Mapping[tuple[str, str], int] | None = None,
    sources: Sequence[FundingSource] = (GENERAL, LEVY, GRANT),
) -> Evaluation:
    """The plan of these costs; `paid` is dollars by (initiative, source) in the year of the cost."""
    starts = {line.initiative_id: line.start for line in costs}
    plan = Plan(
        district=District(district_id="d", name="District", first_fiscal_year=YEARS[0]),
        initiatives=tuple(
            Initiative(initiative_id=name, name=name.capitalize(), start=start) for name, start in starts.items()
        ),
        cost_lines=tuple(costs),
        sources=tuple(sources),
        commitments=tuple(
            Commitment(initiative_id=name, source_id=source, fiscal_year=starts[name], amount_cents=dollars * 100)
            for (name, source), dollars in (paid or {}).items()
        ),
    )
    return evaluate(plan, Reference(version="t"), date(2026, 11, 23))
