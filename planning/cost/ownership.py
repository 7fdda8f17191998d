"""Cuts of cost: by year, initiative, timing, category, direct and indirect; per student; present value.

Every function takes atoms, so the caller chooses what is meant: `evaluation.atoms` is the total cost of ownership
of the plan, `evaluation.budgeted_atoms` the part a budget carries, `evaluation.atoms_of(id)` one initiative.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import fsum
from typing import NamedTuple

from planning.atoms import Atom, Total, calculate_grid, calculate_total, calculate_totals_by_year
from planning.cost.cash_flows import calculate_annualised_cost, calculate_equivalent_annual_cost
from planning.cost.discounting import (
    YEARS_AFTER_START,
    calculate_discount_factors,
    find_active_span,
    find_payment_point,
)
from planning.cost.drivers import DriverCounts
from planning.evaluation import Evaluation
from planning.fiscal_years import start_year_of
from planning.vocabulary import CostCategory, CostTiming, Driver

Grid = dict[str, dict[str, Total]]


class PerStudent(NamedTuple):
    """Cents per student: by fiscal year, and over the horizon per student and year; None without students."""

    by_year: dict[str, float | None]
    average: float | None


class ValueToday(NamedTuple):
    """Present value at the nominal rate and the level amount of each year that is worth the same, in cents."""

    nominal: Total
    present_value_cents: float
    equivalent_annual_cost_cents: float


def calculate_cost_by_year(atoms: Sequence[Atom], years: Sequence[str]) -> dict[str, Total]:
    """Nominal cost of each fiscal year."""
    return calculate_totals_by_year(atoms, years)


def calculate_cost_by_initiative(atoms: Sequence[Atom], years: Sequence[str]) -> Grid:
    """Nominal cost by initiative and fiscal year."""
    return calculate_grid(atoms, lambda atom: atom.initiative_id, years)


def calculate_cost_by_timing(atoms: Sequence[Atom], years: Sequence[str]) -> dict[CostTiming, dict[str, Total]]:
    """Nominal cost by timing (one-time, recurring, refresh, residual) and fiscal year, in that order."""
    grid = calculate_grid(atoms, lambda atom: atom.timing, years)
    return {timing: grid[timing] for timing in CostTiming if timing in grid}


def calculate_cost_by_category(atoms: Sequence[Atom], years: Sequence[str]) -> dict[CostCategory, dict[str, Total]]:
    """Nominal cost by the five CoSN/Gartner families and fiscal year."""
    grid = calculate_grid(atoms, lambda atom: atom.category, years)
    return {category: grid[category] for category in CostCategory if category in grid}


def calculate_direct_and_indirect(atoms: Sequence[Atom]) -> tuple[Total, Total]:
    """What the budget carries, and the time of users that it does not (category indirect labor)."""
    return (
        calculate_total(atom for atom in atoms if atom.is_budgeted),
        calculate_total(atom for atom in atoms if not atom.is_budgeted),
    )


def calculate_cost_per_student(atoms: Sequence[Atom], evaluation: Evaluation) -> PerStudent:
    """Cost ÷ students of the same year; over the horizon, the sum of costs ÷ the sum of the years' students.

    A year without a count takes the last known one, as cost lines do.
    """
    district = evaluation.plan.district
    if not any(item.driver is Driver.STUDENTS and item.count for item in district.driver_counts):
        return PerStudent(dict.fromkeys(evaluation.years), None)
    counts = DriverCounts(district)
    students = {year: counts.count(Driver.STUDENTS, start_year_of(year)) for year in evaluation.years}
    costs = calculate_cost_by_year(atoms, evaluation.years)
    by_year = {year: _divide(costs[year].cents, students[year]) for year in evaluation.years}
    return PerStudent(by_year, _divide(sum(cost.cents for cost in costs.values()), sum(students.values(), Decimal(0))))


def calculate_value_today(atoms: Sequence[Atom], evaluation: Evaluation) -> ValueToday:
    """Present value at the district's rate: Σ amount ÷ (1 + rate)^t, t the time at which its line is paid.

    Equivalent annual cost divides it by the annuity factor of the horizon.
    """
    district, years = evaluation.plan.district, evaluation.years
    factors = calculate_discount_factors(district, len(years))
    points = {line.cost_line_id: find_payment_point(line, district) for line in reversed(evaluation.plan.cost_lines)}
    places = {year: place for place, year in enumerate(years)}
    value = fsum(atom.cents * factors[points[atom.cost_line_id]][places[atom.fiscal_year]] for atom in atoms)
    level = calculate_equivalent_annual_cost(value, evaluation.discount_rate, len(years))
    return ValueToday(calculate_total(atoms), value, level)


def calculate_constant_dollars(atoms: Sequence[Atom], evaluation: Evaluation) -> list[float]:
    """Each year's cost in dollars of the base date, in cents: Σ amount ÷ (1 + inflation)^t, t when its line is paid.

    Discounted at the real rate these are worth what the nominal amounts are at the nominal rate. Source: NIST
    Handbook 135.
    """
    district = evaluation.plan.district
    growth = 1.0 + float(district.inflation_rate)
    points = {line.cost_line_id: find_payment_point(line, district) for line in reversed(evaluation.plan.cost_lines)}
    places = {year: place for place, year in enumerate(evaluation.years)}
    sums = [0.0] * len(evaluation.years)
    for atom in atoms:
        place = places[atom.fiscal_year]
        sums[place] += atom.cents / growth ** (place + YEARS_AFTER_START[points[atom.cost_line_id]])
    return sums


def calculate_annualised_cents(evaluation: Evaluation, initiative_id: str) -> float:
    """The CoSN estimator for one initiative, in cents a year, undiscounted and with user time.

    One-time cost of the horizon ÷ life + (refresh − residual) ÷ active years + recurring ÷ active years +
    user time ÷ active years, where active years are those of its life inside the horizon (at least one).
    """
    initiative = next(item for item in evaluation.plan.initiatives if item.initiative_id == initiative_id)
    atoms = evaluation.atoms_of(initiative_id)
    once = sum(atom.cents for atom in atoms if atom.is_budgeted and atom.timing is CostTiming.ONE_TIME)
    rest = sum(atom.cents for atom in atoms) - once
    _, active = find_active_span(initiative, evaluation.plan.district)
    return calculate_annualised_cost(once, initiative.life_years, rest / active)


def _divide(cents: int, count: Decimal) -> float | None:
    return float(Decimal(cents) / count) if count else None
