"""Refresh waves: what comes due when, and a cap that no year goes over while no unit is lost or bought twice."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planning.cost.refresh import find_bulge, list_waves, smooth_refresh, sum_waves
from planning.fiscal_years import list_fiscal_years
from planning.model import District, EscalationRate, Fleet

YEARS = list_fiscal_years("FY2026-27", 5)
DISTRICT = District(
    district_id="d",
    name="D",
    first_fiscal_year="FY2026-27",
    escalation_rates=(EscalationRate(name="rise", rate_per_year=Decimal("0.10")),),
)


def fleet(number: int, bought: str, units: object, life: int = 5, escalation: str | None = None) -> Fleet:
    return Fleet(
        fleet_id=f"f{number}", initiative_id="i", description="Devices", units=Decimal(str(units)), bought=bought,
        life_years=life, unit_price_usd=Decimal(438), dollar_year="FY2026-27", escalation=escalation,
    )  # fmt: skip


@st.composite
def fleets(draw: st.DrawFn) -> tuple[Fleet, ...]:
    rows = draw(st.lists(st.tuples(st.integers(2015, 2030), st.integers(0, 400), st.integers(1, 7)), max_size=5))
    rise = st.sampled_from((None, "rise"))
    return tuple(
        fleet(i, f"FY{year}-{(year + 1) % 100:02d}", units, life, draw(rise))
        for i, (year, units, life) in enumerate(rows)
    )


def test_what_was_bought_together_comes_due_together() -> None:
    waves = list_waves([fleet(1, "FY2021-22", 3100, 6), fleet(2, "FY2022-23", 650, 6)], YEARS, DISTRICT)
    assert [(wave.fiscal_year, wave.units, wave.cents) for wave in waves] == [
        ("FY2027-28", 3100, 1_357_800_00),
        ("FY2028-29", 650, 284_700_00),
    ]
    year, cents, times = find_bulge(waves, YEARS)
    assert (year, cents) == ("FY2027-28", 1_357_800_00)
    assert round(times, 2) == 4.13


def test_what_was_due_before_is_due_at_once_and_again_after_every_life() -> None:
    waves = list_waves([fleet(1, "FY2018-19", 10, 2)], YEARS, DISTRICT)
    assert [wave.fiscal_year for wave in waves] == ["FY2026-27", "FY2028-29", "FY2030-31"]


def test_the_price_rises_to_the_year_of_purchase_and_part_of_a_unit_is_one() -> None:
    (wave,) = list_waves([fleet(1, "FY2023-24", "9.2", 5, "rise")], YEARS, DISTRICT)
    assert (wave.units, wave.cents) == (10, 10 * 438_00 * 121 // 100)


def test_a_bulge_is_bought_early_first_and_late_only_where_it_must_be() -> None:
    caps = dict.fromkeys(YEARS, 1200 * 438_00)
    found = smooth_refresh([fleet(1, "FY2021-22", 3100, 6)], YEARS, DISTRICT, caps)
    assert [(item.fiscal_year, item.units) for item in found.purchases] == [
        ("FY2026-27", 700 + 500), ("FY2027-28", 1200), ("FY2028-29", 700),
    ]  # fmt: skip
    assert (found.late_units, found.never) == (700, ())


def test_nothing_is_bought_early_without_need_or_too_early() -> None:
    roomy = dict.fromkeys(YEARS, 10**12)
    late = fleet(1, "FY2024-25", 100, 6)
    assert [item.fiscal_year for item in smooth_refresh([late], YEARS, DISTRICT, roomy).purchases] == ["FY2030-31"]
    tight = dict.fromkeys(YEARS, 10 * 438_00)
    years = [item.fiscal_year for item in smooth_refresh([late], YEARS, DISTRICT, tight, ahead_years=1).purchases]
    assert years == ["FY2029-30", "FY2030-31"]


@given(fleets(), st.lists(st.integers(0, 300_000_00), min_size=5, max_size=5), st.integers(0, 3))
def test_no_year_goes_over_its_cap_and_every_unit_is_bought_once_or_listed(
    items: tuple[Fleet, ...], caps: list[int], ahead: int
) -> None:
    by_year = dict(zip(YEARS, caps, strict=True))
    waves = list_waves(items, YEARS, DISTRICT)
    found = smooth_refresh(items, YEARS, DISTRICT, by_year, ahead)
    assert all(cents <= by_year[year] for year, cents in found.by_year(YEARS).items())
    bought = sum(item.units for item in found.purchases)
    assert bought + sum(wave.units for wave in found.never) == sum(wave.units for wave in waves)
    for item in found.purchases:
        assert YEARS.index(item.due_year) - YEARS.index(item.fiscal_year) <= ahead


@given(fleets())
def test_without_a_tight_cap_everything_is_bought_when_it_is_due(items: tuple[Fleet, ...]) -> None:
    found = smooth_refresh(items, YEARS, DISTRICT, dict.fromkeys(YEARS, 10**15))
    assert found.by_year(YEARS) == sum_waves(list_waves(items, YEARS, DISTRICT), YEARS)
    assert (found.late_units, found.never) == (0, ())
