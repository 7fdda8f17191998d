"""Fleets in service: the wave each year of purchase makes when it comes due, the bulge, and how to smooth it.

A fleet is due when it reaches its life and, replaced on time, again after every further life. What was due before the
plan's first year is due in it. Smoothing keeps every year under a cap: what does not fit is bought earlier where an
earlier year has room, and later only where none has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import ceil
from typing import NamedTuple

from planning.cost.cash_flows import EXACT_DIGITS, calculate_escalation_factor
from planning.fiscal_years import start_year_of
from planning.model import District, Fleet
from planning.money import to_cents


class Wave(NamedTuple):
    """Units of one fleet that come due in a fiscal year, and what replacing them costs then."""

    fleet_id: str
    fiscal_year: str
    units: int
    cents: int


class Purchase(NamedTuple):
    """Units bought in a year, due in `due_year`: earlier than due, on time, or late."""

    fleet_id: str
    fiscal_year: str
    due_year: str
    units: int
    cents: int


@dataclass(slots=True)
class _Waiting:
    """Units of a wave that are not bought yet, and what they would cost when they are due."""

    fleet_id: str
    due_year: str
    units: int
    cents: int


class SmoothedRefresh(NamedTuple):
    """The purchases under the cap, and the waves of which units fit into no year of the plan."""

    purchases: tuple[Purchase, ...]
    never: tuple[Wave, ...]

    def by_year(self, years: Sequence[str]) -> dict[str, int]:
        """Cents bought in each year."""
        sums = dict.fromkeys(years, 0)
        for item in self.purchases:
            sums[item.fiscal_year] += item.cents
        return sums

    @property
    def late_units(self) -> int:
        """Units bought after they are due."""
        return sum(item.units for item in self.purchases if item.fiscal_year > item.due_year)


class FleetPrices:
    """The price of one replacement by fleet and year, in whole cents."""

    def __init__(self, fleets: Iterable[Fleet], district: District) -> None:
        self._fleets = {fleet.fleet_id: fleet for fleet in fleets}
        self._rates = {rate.name: rate.rate_per_year for rate in reversed(district.escalation_rates)}

    def cost(self, fleet_id: str, fiscal_year: str, units: int) -> int:
        """What so many units cost in a year: units × price × growth, rounded once."""
        fleet = self._fleets[fleet_id]
        years = start_year_of(fiscal_year) - start_year_of(fleet.dollar_year)
        rate = self._rates.get(fleet.escalation or "", Decimal(0))
        with localcontext() as context:
            context.prec = EXACT_DIGITS
            return to_cents(units * fleet.unit_price_usd * calculate_escalation_factor(rate, years))

    def units_within(self, fleet_id: str, fiscal_year: str, units: int, cents: int) -> int:
        """The most of these units that so many cents buy in a year."""
        whole = self.cost(fleet_id, fiscal_year, units)
        if whole <= cents:
            return units
        fit = max(min(units, units * max(cents, 0) // whole), 0)
        while fit and self.cost(fleet_id, fiscal_year, fit) > cents:
            fit -= 1
        return fit


def list_waves(fleets: Sequence[Fleet], years: Sequence[str], district: District) -> tuple[Wave, ...]:
    """What comes due in each year of the plan, the earliest first; parts of a unit count as one."""
    prices = FleetPrices(fleets, district)
    first = start_year_of(years[0])
    waves = [
        Wave(fleet.fleet_id, years[place], units, prices.cost(fleet.fleet_id, years[place], units))
        for fleet in fleets
        if (units := ceil(fleet.units))
        for place in _list_due_places(fleet, first, len(years))
    ]
    return tuple(sorted(waves, key=lambda wave: wave.fiscal_year))


def find_bulge(waves: Iterable[Wave], years: Sequence[str]) -> tuple[str, int, float]:
    """The year in which most comes due, its cents, and how many times the average year that is."""
    sums = sum_waves(waves, years)
    year = max(sums, key=lambda name: sums[name])
    average = sum(sums.values()) / len(years)
    return year, sums[year], sums[year] / average if average else 0.0


def sum_waves(waves: Iterable[Wave], years: Sequence[str]) -> dict[str, int]:
    """Cents that come due in each year."""
    sums = dict.fromkeys(years, 0)
    for wave in waves:
        sums[wave.fiscal_year] += wave.cents
    return sums


def smooth_refresh(
    fleets: Sequence[Fleet],
    years: Sequence[str],
    district: District,
    caps_cents: Mapping[str, int],
    ahead_years: int = 2,
) -> SmoothedRefresh:
    """Purchases under a yearly cap: what is due, the longest due first, then what later years cannot hold.

    Nothing is bought more than `ahead_years` before it is due. No year goes over its cap; units are whole; every unit
    that comes due is bought once or listed in `never`.
    """
    prices = FleetPrices(fleets, district)
    waiting = [_Waiting(*wave) for wave in list_waves(fleets, years, district)]
    places = {year: place for place, year in enumerate(years)}
    bought: list[Purchase] = []
    for place, year in enumerate(years):
        room = caps_cents[year]
        for wave in waiting:
            if places[wave.due_year] <= place:
                room -= _buy(wave, year, room, prices, bought)
        excess = _find_excess(waiting, years[place + 1 :], caps_cents)
        for wave in waiting:
            if place < places[wave.due_year] <= place + ahead_years:
                spent = _buy(wave, year, min(room, excess), prices, bought)
                room, excess = room - spent, excess - spent
    left = [Wave(wave.fleet_id, wave.due_year, wave.units, wave.cents) for wave in waiting if wave.units]
    return SmoothedRefresh(tuple(bought), tuple(left))


def _list_due_places(fleet: Fleet, first: int, count: int) -> list[int]:
    due = start_year_of(fleet.bought) + fleet.life_years
    start = max(due, first)
    return [year - first for year in range(start, first + count, fleet.life_years)]


def _buy(wave: _Waiting, year: str, cents: int, prices: FleetPrices, bought: list[Purchase]) -> int:
    """Buy as many of the waiting units as the cents allow; what that costs."""
    fit = prices.units_within(wave.fleet_id, year, wave.units, cents) if wave.units and cents > 0 else 0
    if not fit:
        return 0
    cost = prices.cost(wave.fleet_id, year, fit)
    bought.append(Purchase(wave.fleet_id, year, wave.due_year, fit, cost))
    wave.units -= fit
    wave.cents = prices.cost(wave.fleet_id, wave.due_year, wave.units)
    return cost


def _find_excess(waiting: Sequence[_Waiting], years: Sequence[str], caps_cents: Mapping[str, int]) -> int:
    """What the later years cannot hold under their caps, counted from the last year back."""
    due = dict.fromkeys(years, 0)
    for wave in waiting:
        if wave.due_year in due:
            due[wave.due_year] += wave.cents
    excess = 0
    for year in reversed(years):
        excess = max(due[year] + excess - caps_cents[year], 0)
    return excess
