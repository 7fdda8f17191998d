"""A suggestion on plans of any shape: lawful, inside its windows, to the cent; and what it says where nothing helps."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.evaluation import Evaluation, evaluate
from planning.funding.suggestion import Suggestion, suggest_allocation
from planning.funding.windows import is_year_open
from planning.model import Commitment, CostLine, District, FundingSource, Initiative, Plan, YearAmount
from planning.vocabulary import CostCategory, CostKind, ErateService, Population, SourceKind
from tests.planning.funding.funding_rules import TODAY, make_source, shipped

YEARS = ("FY2026-27", "FY2027-28", "FY2028-29")
cents = st.integers(0, 3_000_00)
lines = st.builds(
    CostLine,
    cost_line_id=st.just("line"),
    initiative_id=st.sampled_from(("a", "b")),
    description=st.just("Line"),
    kind=st.sampled_from((CostKind.ONE_TIME, CostKind.RECURRING)),
    category=st.sampled_from(CostCategory),
    unit_price_usd=st.decimals(-500, 2000, places=2),
    dollar_year=st.just(YEARS[0]),
    start=st.sampled_from(YEARS),
    use=st.sampled_from(("", "security")),
    erate_service=st.none() | st.sampled_from(ErateService),
    population=st.sampled_from(Population),
    population_share=st.sampled_from((Decimal(1), Decimal("0.5"))),
    prior_payer=st.none() | st.sampled_from(SourceKind),
)
sources = st.builds(
    FundingSource,
    source_id=st.just("source"),
    name=st.just("Source"),
    kind=st.sampled_from(SourceKind),
    amounts=st.dictionaries(st.sampled_from(YEARS), cents, max_size=3).map(
        lambda by_year: tuple(YearAmount(fiscal_year=year, amount_cents=by_year[year]) for year in by_year)
    ),
    window_end=st.none() | st.dates(date(2026, 7, 1), date(2029, 12, 31)),
    uses=st.sampled_from(((), ("security",))),
    equitable_services_fraction=st.sampled_from((Decimal(0), Decimal("0.05"))),
    technology_portion_usd=st.none() | st.integers(0, 2000).map(Decimal),
    carries_over=st.booleans(),
    match_fraction=st.sampled_from((Decimal(0), Decimal("0.4"))),
)


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    made = [
        line.model_copy(update={"cost_line_id": f"l{i}"}) for i, line in enumerate(draw(st.lists(lines, max_size=5)))
    ]
    money = [one.model_copy(update={"source_id": f"s{i}"}) for i, one in enumerate(draw(st.lists(sources, max_size=4)))]
    commitment = st.builds(
        Commitment,
        initiative_id=st.sampled_from(("a", "b")),
        source_id=st.sampled_from([source.source_id for source in money] or ["none"]),
        fiscal_year=st.sampled_from(YEARS),
        amount_cents=st.integers(-500_00, 2_000_00),
    )
    plan = Plan(
        district=District(district_id="d", name="D", first_fiscal_year=YEARS[0], horizon_years=3),
        initiatives=tuple(Initiative(initiative_id=name, name=name, start=YEARS[0]) for name in ("a", "b")),
        cost_lines=tuple(made),
        sources=tuple(money),
        commitments=tuple(draw(st.lists(commitment, max_size=3))),
    )
    return evaluate(plan, shipped(), TODAY)


@given(evaluations(), st.booleans())
@settings(max_examples=120, deadline=None)
def test_whatever_the_plan_the_suggestion_is_lawful_and_ties_to_the_cent(evaluation: Evaluation, keep: bool) -> None:
    found = suggest_allocation(evaluation, shipped(), keep)
    by_id = {source.source_id: place for place, source in enumerate(found.sources)}
    for payment in found.payments:
        source = found.sources[by_id[payment.source_id]]
        assert payment.cents > 0
        assert found.verdicts[payment.cost_line_id][by_id[payment.source_id]].may_pay
        assert is_year_open(source, payment.fiscal_year, 7)
        assert not source.uses or source.uses == ("security",)
    costs = [atom for atom in evaluation.budgeted_atoms if atom.cents > 0 and not (keep and atom.source_id)]
    assert found.paid_cents + found.lacking_cents == sum(atom.cents for atom in costs)
    assert all(0 <= use.spent_cents <= use.left_cents for use in found.purses)
    for source in found.sources:
        paid = sum(use.spent_cents for use in found.purses if use.tranche.source_id == source.source_id)
        if source.technology_portion_usd is not None:
            assert paid <= source.technology_portion_usd * 100


def test_a_plan_without_costs_gets_no_suggestion() -> None:
    plan = Plan(district=District(district_id="d", name="D", first_fiscal_year=YEARS[0]))
    found = suggest_allocation(evaluate(plan, shipped(), TODAY), shipped())
    assert (found.payments, found.shortfalls, found.purses, found.caps) == ((), (), (), ())


def _plan(money: list[FundingSource], required: bool = False, price: int = 100) -> Plan:
    """One cost of the first year, and sources with 60 dollars each."""
    line = CostLine(
        cost_line_id="filter",
        initiative_id="a",
        description="Content filter",
        kind=CostKind.ONE_TIME,
        category=CostCategory.SOFTWARE,
        unit_price_usd=Decimal(price),
        dollar_year=YEARS[0],
        start=YEARS[0],
        legally_required=required,
    )
    amount = (YearAmount(fiscal_year=YEARS[0], amount_cents=60_00),)
    return Plan(
        district=District(district_id="d", name="D", first_fiscal_year=YEARS[0], horizon_years=3),
        initiatives=(Initiative(initiative_id="a", name="A", start=YEARS[0]),),
        cost_lines=(line,),
        sources=tuple(source.model_copy(update={"amounts": amount}) for source in money),
    )


def _suggest(plan: Plan) -> Suggestion:
    return suggest_allocation(evaluate(plan, shipped(), TODAY), shipped())


def test_what_a_law_requires_and_no_lawful_money_reaches_is_a_finding() -> None:
    levy = make_source(SourceKind.LEVY)
    (finding,) = _suggest(_plan([levy], required=True)).findings
    assert finding.message == (
        "A law requires filter, but no lawful money is left for $40.00 of it in FY2026-27; what may pay it is used: "
        "The source."
    )
    assert finding.fix.startswith("Find money for filter in FY2026-27")
    barred = _suggest(_plan([make_source(SourceKind.TITLE_I_A)], required=True)).findings[0]
    assert barred.message.endswith("for $100.00 of it in FY2026-27; no source of the plan may pay it.")
    assert _suggest(_plan([levy])).findings == ()


def test_the_order_of_use_is_the_districts_else_the_soonest_to_expire_and_the_general_fund_last() -> None:
    kinds = (SourceKind.GENERAL_FUND, SourceKind.LEVY, SourceKind.OTHER)
    general, levy, other = (make_source(kind, source_id=str(kind)) for kind in kinds)
    soon = other.model_copy(update={"window_end": date(2026, 9, 30)})
    found = _suggest(_plan([general, levy, soon], price=100))
    assert {p.source_id: p.cents for p in found.payments} == {"other": 60_00, "levy": 40_00}
    first = general.model_copy(update={"use_order": 1})
    found = _suggest(_plan([first, levy, soon], price=100))
    assert {p.source_id: p.cents for p in found.payments} == {"general_fund": 60_00, "other": 40_00}
