"""Figures of cost of ownership as data: what comes due in which year, and the same under a yearly cap."""

from collections.abc import Mapping, Sequence

from planning.cost.ownership import calculate_cost_by_year
from planning.cost.refresh import SmoothedRefresh, Wave, find_bulge, list_waves, smooth_refresh, sum_waves
from planning.cost.usual_lives import say_usual_life
from planning.evaluation import Evaluation
from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table
from planning.model import Fleet
from planning.money import format_cents, format_short, to_cents, to_dollars
from planning.reference import Reference
from planning.vocabulary import CostCategory

CENTS = FigureUnit.CENTS


def find_refresh_caps(evaluation: Evaluation) -> dict[str, int]:
    """The cap of each year in cents: the district's own, else what the plan buys of hardware for its fleets."""
    cap = evaluation.plan.district.refresh_cap_usd
    if cap is not None:
        return dict.fromkeys(evaluation.years, to_cents(cap))
    owners = {fleet.initiative_id for fleet in evaluation.plan.fleets}
    atoms = [
        atom
        for atom in evaluation.budgeted_atoms
        if atom.initiative_id in owners and atom.category is CostCategory.HARDWARE and atom.cents > 0
    ]
    return {year: total.cents for year, total in calculate_cost_by_year(atoms, evaluation.years).items()}


def draw_refresh(evaluation: Evaluation, caps_cents: Mapping[str, int] | None = None) -> Figure:
    """What comes due by year, and what is bought when no year may go over its cap."""
    plan, years = evaluation.plan, evaluation.years
    fleets = _list_active_fleets(evaluation)
    caps = find_refresh_caps(evaluation) if caps_cents is None else caps_cents
    waves = list_waves(fleets, years, plan.district)
    smoothed = smooth_refresh(fleets, years, plan.district, caps)
    due, bought = sum_waves(waves, years), smoothed.by_year(years)
    series = (
        Series("Comes due", "refresh", tuple(due.values())),
        Series("Bought under the cap", "committed", tuple(bought.values())),
    )
    rows = tuple((year, due[year], caps[year], bought[year]) for year in years)
    totals = ("Total", sum(due.values()), sum(caps.values()), sum(bought.values()))
    return Figure(
        kind=FigureKind.BARS,
        title="What comes due",
        sentence=_describe_refresh(fleets, waves, smoothed, years),
        alt="; ".join(f"{year}: due {_short(due[year])}, bought {_short(bought[year])}" for year in years),
        unit=CENTS,
        categories=tuple(years),
        series=series,
        table=Table(
            (Column("Year"), Column("Comes due", CENTS), Column("Cap", CENTS), Column("Bought under the cap", CENTS)),
            (*rows, totals),
            total_rows=1,
        ),
    )


def tabulate_waves(evaluation: Evaluation, reference: Reference) -> Table:
    """Each fleet: units, year of purchase, its life and the usual one, when it is due, what replacing it costs."""
    fleets = {fleet.fleet_id: fleet for fleet in _list_active_fleets(evaluation)}
    waves = list_waves(tuple(fleets.values()), evaluation.years, evaluation.plan.district)
    rows = tuple(
        (
            (fleet := fleets[wave.fleet_id]).description,
            fleet.bought,
            f"{fleet.life_years} years",
            say_usual_life(fleet, reference, evaluation.stamp.as_of),
            wave.fiscal_year,
            wave.units,
            wave.cents,
        )
        for wave in waves
    )
    columns = (
        Column("Fleet"),
        Column("Bought in"),
        Column("Kept"),
        Column("Usual"),
        Column("Due in"),
        Column("Units", FigureUnit.COUNT),
        Column("To replace", CENTS),
    )
    return Table(columns, rows)


def _list_active_fleets(evaluation: Evaluation) -> tuple[Fleet, ...]:
    active = {item.initiative_id for item in evaluation.plan.initiatives if not item.archived}
    seen: dict[str, Fleet] = {}
    for fleet in evaluation.plan.fleets:
        if fleet.initiative_id in active:
            seen.setdefault(fleet.fleet_id, fleet)
    return tuple(seen.values())


def _describe_refresh(
    fleets: Sequence[Fleet], waves: Sequence[Wave], smoothed: SmoothedRefresh, years: Sequence[str]
) -> str:
    if not fleets:
        return "The plan lists no fleets, so nothing is known of what comes due. They stand on the sheet Fleets."
    year, cents, times = find_bulge(waves, years)
    if not cents:
        return f"Nothing comes due before the end of {years[-1]}."
    never = sum(wave.units for wave in smoothed.never)
    held = [f"{smoothed.late_units:,} units are replaced late" if smoothed.late_units else "nothing is replaced late"]
    if never:
        held.append(f"{never:,} are not replaced by the end of {years[-1]}")
    bulge = f"{format_cents(cents, symbol=True)} comes due in {year}, {times:.1f} times the average year."
    return f"{bulge} Under the cap {' and '.join(held)}."


def _short(cents: int) -> str:
    return format_short(to_dollars(cents)) if cents else "$0"
