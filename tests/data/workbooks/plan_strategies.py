"""Plans of every shape a workbook can hold, for hypothesis."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from planning import model
from planning.amount_checks import check_amounts
from planning.fiscal_years import list_fiscal_years
from planning.vocabulary import CostKind, Driver, ErateService, Population, SourceKind

IDS = ("a", "007", "B.2", "c_3-d", "TRUE", "1e5", "x" * 64)
AWKWARD = ("=1+1", "+1", "-x", "@a", "00123", "1-2", "é 漢字 😀", '"a"; b', "_x0041_")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"), max_size=30)
TEXT = st.one_of(WORDS, st.sampled_from(AWKWARD)).map(str.strip)
FILLED = TEXT.filter(bool)
PRICES = st.decimals(1 - 10**12, 10**12 - 1, places=6, allow_nan=False, allow_infinity=False)
COUNTS = st.decimals(0, 10**9, places=4, allow_nan=False, allow_infinity=False)
CENTS = st.integers(1 - 10**14, 10**14 - 1)


def _list_of(things: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(things, max_size=most).map(tuple)


def _with_ids(build: Callable[[str], st.SearchStrategy[Any]]) -> st.SearchStrategy[tuple[Any, ...]]:
    ids = st.lists(st.sampled_from(IDS), unique=True, max_size=4)
    return ids.flatmap(lambda names: st.tuples(*(build(name) for name in names)))


@st.composite
def plans(draw: st.DrawFn) -> model.Plan:
    horizon = draw(st.integers(1, 10))
    month = draw(st.integers(1, 12))
    first = "FY2026" if month == 1 else "FY2026-27"
    year = st.sampled_from(list_fiscal_years(first, horizon + 2))
    rates = draw(_with_ids(lambda i: st.builds(model.EscalationRate, name=st.just(i), rate_per_year=_fraction(-1, 9))))
    goals = draw(_with_ids(_goal))
    names = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
    initiatives = [draw(_initiative(name, names, year)) for name in names]
    lines: tuple[model.CostLine, ...] = ()
    if names:
        lines = draw(_with_ids(lambda i: _cost_line(i, names, [rate.name for rate in rates], year)))
    sources = draw(_with_ids(lambda i: _source(i, year)))
    commitments: tuple[model.Commitment, ...] = ()
    if names and sources:
        paid = st.builds(
            model.Commitment,
            initiative_id=st.sampled_from(names),
            source_id=st.sampled_from([source.source_id for source in sources]),
            fiscal_year=year,
            amount_cents=CENTS,
        )
        commitments = draw(_list_of(paid, 6))
    drivers = sorted({line.driver for line in lines} - {Driver.FIXED})
    counted = st.builds(model.DriverCount, driver=st.sampled_from(Driver), fiscal_year=year, count=COUNTS)
    needed = tuple(model.DriverCount(driver=driver, fiscal_year=first, count=Decimal(3)) for driver in drivers)
    district = model.District(
        district_id=draw(st.sampled_from(IDS)),
        name=draw(FILLED),
        state=draw(TEXT),
        fiscal_year_start_month=month,
        time_zone=draw(st.sampled_from(("America/Denver", "UTC", "Pacific/Honolulu"))),
        first_fiscal_year=first,
        horizon_years=horizon,
        discount_rate=draw(_fraction(0, 1)),
        capitalisation_level_usd=draw(COUNTS),
        escalation_rates=rates,
        driver_counts=(*draw(_list_of(counted)), *needed),
    )
    plan = model.Plan(
        district=district,
        goals=goals,
        initiatives=tuple(initiatives),
        cost_lines=lines,
        sources=sources,
        commitments=commitments,
        contributions=draw(_contributions(names, goals)),
    )
    too_large = {finding.item for finding in check_amounts(plan)}
    return plan.model_copy(update={"cost_lines": tuple(one for one in lines if one.cost_line_id not in too_large)})


def _fraction(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low) + Decimal("0.001"), high, places=18, allow_nan=False, allow_infinity=False)


def _goal(name: str) -> st.SearchStrategy[model.Goal]:
    return st.builds(
        model.Goal,
        goal_id=st.just(name),
        title=FILLED,
        measure=TEXT,
        unit=TEXT,
        baseline=st.none() | PRICES,
        target=st.none() | PRICES,
        weight=COUNTS,
    )


def _initiative(name: str, names: list[str], year: st.SearchStrategy[str]) -> st.SearchStrategy[model.Initiative]:
    return st.builds(
        model.Initiative,
        initiative_id=st.just(name),
        name=FILLED,
        description=TEXT,
        sites=_list_of(FILLED),
        start=year,
        included=st.booleans(),
        mandated=st.booleans(),
        excludes=_list_of(st.sampled_from(names)),
        life_years=st.integers(1, 40),
    )


def _cost_line(
    name: str, names: list[str], rates: list[str], year: st.SearchStrategy[str]
) -> st.SearchStrategy[model.CostLine]:
    return st.builds(
        model.CostLine,
        cost_line_id=st.just(name),
        initiative_id=st.sampled_from(names),
        description=FILLED,
        kind=st.sampled_from((CostKind.ONE_TIME, CostKind.RECURRING)),
        quantity=COUNTS,
        driver=st.sampled_from(Driver),
        unit_price_usd=PRICES,
        dollar_year=year,
        escalation=st.sampled_from((None, *rates)),
        start=year,
        end=st.none(),
        account=TEXT,
        vendor=TEXT,
        refresh_years=st.none() | st.integers(1, 40),
        residual_fraction=_fraction(0, 1),
        use=TEXT,
        erate_service=st.none() | st.sampled_from(ErateService),
        population=st.sampled_from(Population),
        population_share=_fraction(0, 1),
        prior_payer=st.none() | st.sampled_from(SourceKind),
        legally_required=st.booleans(),
        supplanting_rebuttal=TEXT,
    )


def _source(name: str, year: st.SearchStrategy[str]) -> st.SearchStrategy[model.FundingSource]:
    amounts = st.dictionaries(year, CENTS, max_size=4).map(
        lambda cents: tuple(model.YearAmount(fiscal_year=y, amount_cents=cents[y]) for y in sorted(cents))
    )
    return st.builds(
        model.FundingSource,
        source_id=st.just(name),
        name=FILLED,
        fund_code=TEXT,
        amounts=amounts,
        window_start=st.none() | st.dates(date(1890, 1, 1), date(1999, 1, 1)),
        window_end=st.none() | st.dates(date(2000, 1, 1), date(2200, 1, 1)),
        restriction=TEXT,
        award_year=st.none() | year,
        uses=_list_of(FILLED),
        equitable_services_fraction=_fraction(0, 1),
        administration_fraction=_fraction(0, 1),
        indirect_cost_fraction=_fraction(0, 1),
        technology_portion_usd=st.none() | COUNTS,
        carries_over=st.booleans(),
        liquidation_end=st.none() | st.dates(date(2000, 1, 1), date(2200, 1, 1)),
        match_fraction=_fraction(0, 1),
        weighted_maturity_years=st.none() | COUNTS,
        use_order=st.none() | st.integers(1, 999),
    )


def _contributions(
    names: list[str], goals: tuple[model.Goal, ...]
) -> st.SearchStrategy[tuple[model.GoalContribution, ...]]:
    if not names or not goals:
        return st.just(())
    return _list_of(
        st.builds(
            model.GoalContribution,
            initiative_id=st.sampled_from(names),
            goal_id=st.sampled_from([goal.goal_id for goal in goals]),
            influence=st.integers(0, 5),
            note=TEXT,
        )
    )
