"""What must hold for any plan, and the same figures from a second program: plain loops over exact fractions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.alignment.goals import calculate_money_by_goal
from planning.atoms import Atom, Total
from planning.bridge import LedgerAmount, calculate_ledger_bridge
from planning.cost.ownership import (
    calculate_cost_by_category,
    calculate_cost_by_initiative,
    calculate_cost_by_timing,
    calculate_cost_by_year,
    calculate_direct_and_indirect,
    calculate_value_today,
)
from planning.evaluation import Evaluation, evaluate
from planning.fiscal_years import list_fiscal_years, start_year_of
from planning.funding.balances import (
    calculate_cliff_gap,
    calculate_cliffs,
    calculate_funding_by_year,
    calculate_source_balances,
    calculate_unfunded_by_initiative,
    calculate_unfunded_by_year,
)
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
    PaymentPoint,
    ResidualMethod,
    SourceKind,
)

TODAY = date(2026, 11, 23)
FIRST = "FY2026-27"
YEARS = list_fiscal_years("FY2025-26", 8)
ACCOUNTS = ("10-2580", "10-2580-352", "10-1000-650", "22-2230", "")
LEDGER_ACCOUNTS = ("10-2580-352", "10-2580-352-01", "10-25801", "10-1000-650", "22-2230-100", "")

initiative_ids = st.sampled_from(("a", "b", "c"))
source_ids = st.sampled_from(("levy", "grant"))
fiscal_years = st.sampled_from(YEARS)
rates = st.decimals(Decimal("-0.1"), Decimal("0.2"), places=3)
cents = st.integers(-5_000_00, 20_000_00)
without_fixture_check = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def cost_lines(draw: st.DrawFn, number: int) -> CostLine:
    return CostLine(
        cost_line_id=f"line{number}",
        initiative_id=draw(initiative_ids),
        description="line",
        kind=draw(st.sampled_from(CostKind)),
        category=draw(st.sampled_from(CostCategory)),
        quantity=draw(st.decimals(0, 50, places=2)),
        driver=draw(st.sampled_from((Driver.FIXED, Driver.STUDENTS))),
        unit_price_usd=draw(st.decimals(-200, 900, places=3)),
        dollar_year=draw(fiscal_years),
        escalation=draw(st.sampled_from((None, "software"))),
        start=draw(fiscal_years),
        end=draw(st.none() | fiscal_years),
        refresh_years=draw(st.integers(1, 4)),
        residual_fraction=draw(st.decimals(0, 1, places=2)),
        residual_method=draw(st.sampled_from(ResidualMethod)),
        useful_life_years=draw(st.none() | st.integers(1, 8)),
        scheduled_years=draw(st.lists(fiscal_years, max_size=3).map(tuple)),
        term_years=draw(st.none() | st.integers(1, 3)),
        option_years=draw(st.integers(0, 2)),
        renewal_uplift=draw(st.none() | rates),
        loading_fraction=draw(st.sampled_from((Decimal(0), Decimal("0.36")))),
        paid=draw(st.none() | st.sampled_from(PaymentPoint)),
        account=draw(st.sampled_from(ACCOUNTS)),
        bridge=draw(st.sampled_from(CostBridge)),
    )


@st.composite
def sources(draw: st.DrawFn, source_id: str) -> FundingSource:
    return FundingSource(
        source_id=source_id,
        name=source_id.title(),
        kind=SourceKind.OTHER,
        amounts=tuple(YearAmount(fiscal_year=year, amount_cents=abs(draw(cents))) for year in YEARS),
        window_end=draw(st.none() | st.dates(date(2026, 1, 1), date(2031, 12, 31))),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    counts = draw(st.dictionaries(fiscal_years, st.integers(0, 60), min_size=1, max_size=4))
    return Plan(
        district=District(
            district_id="d",
            name="District",
            first_fiscal_year=FIRST,
            discount_rate=draw(rates),
            escalation_rates=(EscalationRate(name="software", rate_per_year=draw(rates)),),
            driver_counts=tuple(
                DriverCount(driver=Driver.STUDENTS, fiscal_year=year, count=Decimal(count))
                for year, count in counts.items()
            ),
        ),
        goals=tuple(Goal(goal_id=name, title=name, weight=draw(st.decimals(0, 40, places=1))) for name in ("g", "h")),
        initiatives=tuple(
            Initiative(
                initiative_id=name,
                name=name,
                start=draw(fiscal_years),
                life_years=draw(st.integers(1, 6)),
                included=draw(st.booleans()),
            )
            for name in ("a", "b", "c")
        ),
        cost_lines=tuple(draw(cost_lines(number)) for number in range(draw(st.integers(0, 5)))),
        sources=(draw(sources("levy")), draw(sources("grant"))),
        commitments=tuple(
            draw(
                st.lists(
                    st.builds(
                        Commitment,
                        initiative_id=initiative_ids,
                        source_id=source_ids,
                        fiscal_year=fiscal_years,
                        amount_cents=cents,
                    ),
                    max_size=6,
                )
            )
        ),
        contributions=tuple(
            GoalContribution(initiative_id=name, goal_id=goal, influence=draw(st.integers(0, 5)))
            for name in ("a", "b")
            for goal in ("g", "h")
        ),
    )


def evaluate_plan(plan: Plan) -> Evaluation:
    return evaluate(plan, Reference(version="test"), TODAY)


def re_sum(evaluation: Evaluation, totals: Iterable[Total]) -> int:
    """The sum of totals, after each has been added up again from its atoms and no atom stands in two."""
    cents_by_id = {atom.atom_id: atom.cents for atom in (*evaluation.atoms, *evaluation.alternative_atoms)}
    seen: list[str] = []
    whole = 0
    for total in totals:
        assert total.cents == sum(cents_by_id[name] for name in total.atom_ids)
        seen += total.atom_ids
        whole += total.cents
    assert len(set(seen)) == len(seen)
    return whole


def flatten(grid: Iterable[dict[str, Total]]) -> list[Total]:
    return [total for row in grid for total in row.values()]


# --- the second program -------------------------------------------------------------------------------------------


def count_students(plan: Plan, year: int) -> Fraction:
    counts = sorted((start_year_of(item.fiscal_year), item.count) for item in plan.district.driver_counts)
    earlier = [count for known, count in counts if known <= year]
    return Fraction(earlier[-1] if earlier else counts[0][1])


def price(plan: Plan, line: CostLine, year: int, counted: int | None = None) -> Fraction:
    rate = Fraction(plan.district.escalation_rates[0].rate_per_year) if line.escalation else Fraction(0)
    count = count_students(plan, counted or year) if line.driver is Driver.STUDENTS else 1
    growth = (1 + rate) ** (year - start_year_of(line.dollar_year))
    return (
        Fraction(line.quantity) * Fraction(line.unit_price_usd) * (1 + Fraction(line.loading_fraction)) * count * growth
    )


def value_used(line: CostLine, age: int) -> Fraction:
    """What is left of a unit's price at an age."""
    share = Fraction(line.residual_fraction)
    if line.residual_method is ResidualMethod.SHARE:
        return share
    life = line.useful_life_years or line.refresh_years or 1
    return share + (1 - share) * max(Fraction(life - age, life), Fraction(0))


def subscribe(plan: Plan, line: CostLine, year: int, start: int) -> Fraction:
    """A subscription's price, found by walking from renewal to renewal."""
    ends, term_start, renewals = start + (line.term_years or 1) + line.option_years, start, 0
    while year >= ends:
        term_start, ends, renewals = ends, ends + (line.term_years or 1), renewals + 1
    if line.renewal_uplift is None:
        return price(plan, line, term_start, year)
    return price(plan, line, start, year) * (1 + Fraction(line.renewal_uplift)) ** renewals


def round_cents(dollars: Fraction) -> int:
    size = abs(dollars) * 100 + Fraction(1, 2)
    return (1 if dollars >= 0 else -1) * (size.numerator // size.denominator)


def list_amounts(plan: Plan, line: CostLine, year: int) -> list[int]:
    """What a line costs in a year, told by asking of every year whether it is due, in whole cents."""
    initiative = next(item for item in plan.initiatives if item.initiative_id == line.initiative_id)
    start = start_year_of(line.start)
    last = start_year_of(line.end) if line.end else start_year_of(initiative.start) + initiative.life_years - 1
    if line.kind is CostKind.ONE_TIME:
        return [round_cents(price(plan, line, year))] if year == start else []
    if line.kind is CostKind.SCHEDULED:
        years = {start_year_of(label) for label in line.scheduled_years}
        return [round_cents(price(plan, line, year))] if year in years else []
    if not start <= year <= last:
        return []
    if line.kind in (CostKind.RECURRING, CostKind.STAFFING):
        return [round_cents(price(plan, line, year))]
    if line.kind is CostKind.SUBSCRIPTION:
        return [round_cents(subscribe(plan, line, year, start))]
    step = line.refresh_years or 1
    if (year - start) % step:
        return []
    old = [round_cents(-value_used(line, step) * price(plan, line, year - step))] if year > start else []
    return [round_cents(price(plan, line, year)), *old]


@given(plans())
@without_fixture_check
def test_a_second_program_finds_the_same_cents(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    ours: dict[tuple[str, str], int] = {}
    for atom in (*evaluation.atoms, *evaluation.alternative_atoms):
        key = (atom.cost_line_id, atom.fiscal_year)
        ours[key] = ours.get(key, 0) + atom.cents
    theirs = {
        (line.cost_line_id, year): sum(list_amounts(plan, line, start_year_of(year)))
        for line in plan.cost_lines
        for year in evaluation.years
    }
    assert {key: value for key, value in ours.items() if value} == {k: v for k, v in theirs.items() if v}


@given(plans())
@without_fixture_check
def test_parts_sum_to_the_whole_in_every_cut_of_cost(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    atoms, years = evaluation.atoms, evaluation.years
    whole = sum(atom.cents for atom in atoms)
    assert re_sum(evaluation, calculate_cost_by_year(atoms, years).values()) == whole
    assert re_sum(evaluation, flatten(calculate_cost_by_initiative(atoms, years).values())) == whole
    assert re_sum(evaluation, flatten(calculate_cost_by_timing(atoms, years).values())) == whole
    assert re_sum(evaluation, flatten(calculate_cost_by_category(atoms, years).values())) == whole
    assert re_sum(evaluation, calculate_direct_and_indirect(atoms)) == whole


@given(plans())
@without_fixture_check
def test_parts_sum_to_the_whole_in_every_cut_of_funding(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    budgeted = sum(atom.cents for atom in evaluation.budgeted_atoms)
    assert re_sum(evaluation, flatten(calculate_funding_by_year(evaluation).values())) == budgeted
    unfunded = re_sum(evaluation, calculate_unfunded_by_year(evaluation).values())
    assert re_sum(evaluation, flatten(calculate_unfunded_by_initiative(evaluation).values())) == unfunded
    paid = sum(atom.cents for atom in evaluation.atoms if atom.source_id)
    assert re_sum(evaluation, [item.committed for item in calculate_source_balances(evaluation)]) == paid


@given(plans())
@without_fixture_check
def test_each_initiative_is_the_sum_of_what_pays_it(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    for item in evaluation.initiatives:
        assert re_sum(evaluation, (item.committed, item.unfunded, item.savings)) == item.cost.cents
        whole = re_sum(evaluation, (item.cost, item.user_time))
        assert whole == sum(atom.cents for atom in evaluation.atoms_of(item.initiative_id))
    included = sum(item.cost.cents for item in evaluation.included)
    assert included == sum(atom.cents for atom in evaluation.budgeted_atoms)


@given(plans())
@without_fixture_check
def test_no_gap_is_negative_and_no_saving_hides_one(plan: Plan) -> None:
    def has_right_sign(atom: Atom) -> bool:
        return atom.cents > 0 if atom.state is FundingState.UNFUNDED else atom.cents < 0

    for atom in evaluate_plan(plan).atoms:
        assert atom.state in (FundingState.COMMITTED, FundingState.NOT_BUDGETED) or has_right_sign(atom)


@given(plans())
@without_fixture_check
def test_a_source_pays_no_more_than_was_committed_and_only_inside_its_window(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    ends = {source.source_id: source.window_end for source in plan.sources}
    committed: dict[tuple[str, str, str], int] = {}
    for item in plan.commitments:
        key = (item.initiative_id, item.source_id, item.fiscal_year)
        committed[key] = committed.get(key, 0) + item.amount_cents
    paid: dict[tuple[str, str, str], int] = {}
    for atom in evaluation.atoms:
        if atom.source_id:
            key = (atom.initiative_id, atom.source_id, atom.fiscal_year)
            paid[key] = paid.get(key, 0) + atom.cents
            end = ends[atom.source_id]
            assert end is None or end >= date(start_year_of(atom.fiscal_year), 7, 1)
    assert all(abs(value) <= abs(committed[key]) and value * committed[key] > 0 for key, value in paid.items())


@given(plans())
@without_fixture_check
def test_money_by_goal_is_the_budgeted_cost_to_the_cent(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    money = calculate_money_by_goal(evaluation)
    rows = (*money.goals, money.nothing)
    whole = sum(atom.cents for atom in evaluation.budgeted_atoms)
    assert sum(row.cents for row in rows) == money.total_cents == whole
    assert all(row.cents == sum(row.by_year.values()) == sum(s.cents for s in row.shares) for row in rows)


@given(plans())
@without_fixture_check
def test_at_rate_zero_present_value_is_nominal(plan: Plan) -> None:
    district = plan.district.model_copy(update={"discount_rate": Decimal(0)})
    evaluation = evaluate_plan(plan.model_copy(update={"district": district}))
    value = calculate_value_today(evaluation.atoms, evaluation)
    assert value.present_value_cents == value.nominal.cents
    assert value.equivalent_annual_cost_cents == pytest.approx(value.nominal.cents / 5, abs=1e-6)


@given(plans(), st.lists(st.builds(LedgerAmount, st.sampled_from(LEDGER_ACCOUNTS), cents), max_size=6))
@without_fixture_check
def test_the_bridge_explains_no_dollar_twice(plan: Plan, ledger: list[LedgerAmount]) -> None:
    evaluation = evaluate_plan(plan)
    bridge = calculate_ledger_bridge(evaluation, ledger, "FY2027-28")
    assert bridge.explained_cents + bridge.unexplained_cents == bridge.ledger_cents == sum(x[1] for x in ledger)
    assert bridge.explained_cents + bridge.excess_cents == re_sum(evaluation, [bridge.base])
    for line in bridge.lines:
        assert 0 <= line.explained_cents + line.replaced_cents <= max(line.ledger_cents, 0)
        assert min(line.explained_cents, line.replaced_cents) >= 0
    assert sum(line.unexplained_cents for line in bridge.lines) == bridge.unexplained_cents
    parts = (bridge.base, bridge.replaces, bridge.new, bridge.savings)
    year = [atom.cents for atom in evaluation.budgeted_atoms if atom.fiscal_year == "FY2027-28"]
    assert re_sum(evaluation, parts) == sum(year)


@given(plans())
@without_fixture_check
def test_a_cliff_never_counts_a_gap_twice(plan: Plan) -> None:
    evaluation = evaluate_plan(plan)
    cliffs = calculate_cliffs(evaluation)
    assert re_sum(evaluation, [calculate_cliff_gap(cliffs)]) <= sum(
        total.cents for total in calculate_unfunded_by_year(evaluation).values()
    )
    assert all(line.paid.cents > 0 for cliff in cliffs for line in cliff.lines)


@given(plans())
@without_fixture_check
def test_the_same_plan_gives_the_same_evaluation(plan: Plan) -> None:
    assert evaluate_plan(plan) == evaluate_plan(Plan.model_validate_json(plan.model_dump_json()))
