"""The fast way to price a plan gives the cents of the exact one: on generated plans and on hard amounts."""

from dataclasses import astuple
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cost.cash_flows import EXACT_DIGITS
from planning.cost.drivers import DriverCounts
from planning.cost.flow_table import TIMINGS, build_flow_table
from planning.cost.line_flows import COST_TOO_LARGE, LinePricer
from planning.model import CostLine, District, DriverCount, EscalationRate, Initiative
from planning.vocabulary import CostCategory, CostKind, Driver, ResidualMethod

YEARS = range(2026, 2036)
labels = st.integers(2020, 2038).map(lambda year: f"FY{year}-{(year + 1) % 100:02d}")
rates = st.decimals(Decimal("-0.3"), Decimal("0.4"), places=3)
hard_prices = st.one_of(
    st.decimals(-1000, 1000, places=3),
    st.sampled_from(("0.005", "-0.005", "0.015", "1.005", "2.675", "1e9", "99999999999.995", "1e12", "1e300")).map(
        Decimal
    ),
    st.decimals(Decimal("-1e10"), Decimal("1e10"), places=6),
)
INITIATIVE = Initiative(initiative_id="i", name="I", start="FY2026-27", life_years=9)
Fields = dict[str, Any]


@st.composite
def lines(draw: st.DrawFn) -> CostLine:
    return make_line(
        kind=draw(st.sampled_from(CostKind)),
        category=draw(st.sampled_from(CostCategory)),
        quantity=draw(st.sampled_from((Decimal(1), Decimal("0.5"), Decimal(3)))),
        driver=draw(st.sampled_from((Driver.FIXED, Driver.STUDENTS, Driver.STAFF))),
        unit_price_usd=draw(hard_prices),
        dollar_year=draw(labels),
        escalation=draw(st.sampled_from((None, "a", "b", "unknown"))),
        start=draw(labels),
        end=draw(st.none() | labels),
        refresh_years=draw(st.none() | st.integers(1, 5)),
        residual_fraction=draw(st.decimals(0, 1, places=2)),
        residual_method=draw(st.sampled_from(ResidualMethod)),
        useful_life_years=draw(st.none() | st.integers(1, 8)),
        scheduled_years=tuple(draw(st.lists(labels, max_size=3))),
        term_years=draw(st.none() | st.integers(1, 4)),
        option_years=draw(st.integers(0, 3)),
        renewal_uplift=draw(st.none() | rates),
        loading_fraction=draw(st.sampled_from((Decimal(0), Decimal("0.3125")))),
    )


@st.composite
def districts(draw: st.DrawFn) -> District:
    counts = draw(st.dictionaries(labels, st.integers(0, 9000), max_size=4))
    return District(
        district_id="d",
        name="D",
        first_fiscal_year="FY2026-27",
        horizon_years=10,
        escalation_rates=(
            EscalationRate(name="a", rate_per_year=draw(rates)),
            EscalationRate(
                name="b", rate_per_year=draw(rates), category=draw(st.none() | st.sampled_from(CostCategory))
            ),
        ),
        driver_counts=tuple(
            DriverCount(driver=Driver.STUDENTS, fiscal_year=year, count=Decimal(n)) for year, n in counts.items()
        ),
    )


def make_line(**fields: object) -> CostLine:
    values: Fields = {
        "cost_line_id": "line", "initiative_id": "i", "description": "Line", "kind": CostKind.RECURRING,
        "category": CostCategory.SOFTWARE, "unit_price_usd": Decimal(100), "dollar_year": "FY2026-27",
        "start": "FY2026-27",
    }  # fmt: skip
    return CostLine.model_validate(values | fields)


def price_exactly(line: CostLine, district: District) -> list[tuple[int, str, int]]:
    pricer = LinePricer(DriverCounts(district), district.escalation_rates, YEARS)
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        return [(flow.year, flow.timing, flow.cents) for flow in pricer.calculate_flows(line, INITIATIVE)]


def price_fast(line: CostLine, district: District) -> list[tuple[int, str, int]]:
    table, _ = build_flow_table([line], [INITIATIVE], district, YEARS)
    years, timings, cents = (column.tolist() for column in (table.year, table.timing, table.cents))
    return [(YEARS[y], TIMINGS[t], c) for y, t, c in zip(years, timings, cents, strict=True)]


@given(lines(), districts())
def test_the_fast_way_gives_the_cents_of_the_exact_one(line: CostLine, district: District) -> None:
    assert price_fast(line, district) == price_exactly(line, district)


@pytest.mark.parametrize("price", ["0.005", "1.005", "2.675", "0.0049999999999999999", "999999999999.994999999"])
def test_half_a_cent_is_rounded_away_from_zero_and_nothing_below_it(price: str) -> None:
    district = District(district_id="d", name="D", first_fiscal_year="FY2026-27", horizon_years=10)
    for sign in (1, -1):
        line = make_line(unit_price_usd=sign * Decimal(price), kind=CostKind.ONE_TIME)
        assert price_fast(line, district) == price_exactly(line, district)


def test_a_line_beyond_a_trillion_is_left_out_with_a_finding() -> None:
    district = District(district_id="d", name="D", first_fiscal_year="FY2026-27", horizon_years=10)
    table, findings = build_flow_table([make_line(unit_price_usd=Decimal("1e12"))], [INITIATIVE], district, YEARS)
    assert not table.cents.tolist()
    assert [finding.code for finding in findings] == [COST_TOO_LARGE.code]


def test_a_plan_without_lines_has_no_flows() -> None:
    district = District(district_id="d", name="D", first_fiscal_year="FY2026-27")
    table, findings = build_flow_table([], [INITIATIVE], district, YEARS)
    assert [len(column) for column in astuple(table)[1:]] == [0] * 5
    assert findings == []


def test_a_rate_for_a_category_raises_the_lines_that_name_none() -> None:
    rate = EscalationRate(name="licences", rate_per_year=Decimal("0.10"), category=CostCategory.SOFTWARE)
    flat = EscalationRate(name="flat", rate_per_year=Decimal(0))
    district = District(
        district_id="d", name="D", first_fiscal_year="FY2026-27", horizon_years=10, escalation_rates=(rate, flat)
    )
    assert [cents for _, _, cents in price_fast(make_line(), district)][:3] == [100_00, 110_00, 121_00]
    assert [cents for _, _, cents in price_fast(make_line(escalation="flat"), district)][:2] == [100_00, 100_00]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "scheduled", "scheduled_years": ("FY2029-30", "FY2027-28", "FY2027-28")}, {2027: 100, 2029: 100}),
        ({"kind": "staffing", "quantity": "0.5", "loading_fraction": "0.36", "end": "FY2027-28"}, {2026: 68, 2027: 68}),
        (
            {"kind": "subscription", "term_years": 3, "renewal_uplift": "0.10"},
            {2026: 100, 2027: 100, 2028: 100, 2029: 110, 2030: 110, 2031: 110, 2032: 121, 2033: 121, 2034: 121},
        ),
        (
            {"kind": "subscription", "term_years": 2, "option_years": 1, "escalation": "a", "end": "FY2030-31"},
            {2026: 100, 2027: 100, 2028: 100, 2029: 133.1, 2030: 133.1},
        ),
        (
            {"kind": "refresh", "refresh_years": 4, "residual_method": "straight_line", "useful_life_years": 5},
            {2026: 100, 2030: 80, 2034: 80},
        ),
        (
            {"kind": "refresh", "refresh_years": 4, "residual_method": "straight_line", "useful_life_years": 5,
             "residual_fraction": "0.10"},
            {2026: 100, 2030: 72, 2034: 72},
        ),
    ],
)  # fmt: skip
def test_every_kind_of_line_by_hand(fields: Fields, expected: dict[int, float]) -> None:
    rate = EscalationRate(name="a", rate_per_year=Decimal("0.10"))
    district = District(
        district_id="d", name="D", first_fiscal_year="FY2026-27", horizon_years=10, escalation_rates=(rate,)
    )
    sums: dict[int, float] = {}
    for year, _, cents in price_fast(make_line(**fields), district):
        sums[year] = round(sums.get(year, 0) + cents / 100, 2)
    assert sums == expected
