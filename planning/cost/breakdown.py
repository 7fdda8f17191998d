"""The same dollars cut the ways a CFO asks for: capital or operating, once or every year, by NCES object, by purpose.

Each cut puts every atom under exactly one name, so its rows sum to the whole.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from planning.atoms import Atom, Total, calculate_grid, calculate_totals_by_year
from planning.cost.capitalisation import Capitalisation, classify_lines, find_nces_object
from planning.cost.drivers import DriverCounts
from planning.evaluation import Evaluation
from planning.fiscal_years import start_year_of
from planning.model import CostLine
from planning.vocabulary import CostPurpose, CostTiming, Driver

Name = TypeVar("Name", bound=Hashable)
Grid = dict[Name, dict[str, Total]]
CAPITAL, OPERATING = "Capital outlay", "Operating"
ONCE, EVERY_YEAR = "One-time and refresh", "Every year"
NO_OBJECT = ""


class CostPer(NamedTuple):
    """Cents per unit of a driver: by fiscal year, and over the horizon per unit and year; None without units."""

    driver: Driver
    by_year: dict[str, float | None]
    average: float | None


def classify_costs(evaluation: Evaluation) -> dict[tuple[str, str], Capitalisation]:
    """Capital or operating, with the reason, for every cost line and year of the plan and its alternatives."""
    plan = evaluation.plan
    atoms = (*evaluation.atoms, *evaluation.alternative_atoms)
    return classify_lines(plan.cost_lines, atoms, plan.district, evaluation.cost_rules)


def calculate_capital_and_operating(
    evaluation: Evaluation, classes: Mapping[tuple[str, str], Capitalisation]
) -> Grid[str]:
    """Budgeted cost of the plan by year: capital outlay and operating."""
    return _cut(
        evaluation,
        lambda atom: CAPITAL if classes[atom.cost_line_id, atom.fiscal_year].is_capital else OPERATING,
        (CAPITAL, OPERATING),
    )


def calculate_once_and_recurring(evaluation: Evaluation) -> Grid[str]:
    """Budgeted cost of the plan by year: what is bought (less resale), and what comes again every year."""
    return _cut(
        evaluation,
        lambda atom: EVERY_YEAR if atom.timing is CostTiming.RECURRING else ONCE,
        (ONCE, EVERY_YEAR),
    )


def calculate_by_object(evaluation: Evaluation, classes: Mapping[tuple[str, str], Capitalisation]) -> Grid[str]:
    """Budgeted cost of the plan by NCES object and year; the name is empty where no rule gives one."""
    lines = _index_lines(evaluation)

    def name(atom: Atom) -> str:
        kept = classes[atom.cost_line_id, atom.fiscal_year].is_capital
        return find_nces_object(lines[atom.cost_line_id], kept, evaluation.cost_rules)

    grid = calculate_grid(evaluation.budgeted_atoms, name, evaluation.years)
    return {key: grid[key] for key in sorted(grid, key=lambda key: (key == NO_OBJECT, key))}


def calculate_by_purpose(evaluation: Evaluation) -> Grid[CostPurpose]:
    """Cost of the plan by purpose and year, time of users with it."""
    lines = _index_lines(evaluation)
    grid = calculate_grid(evaluation.atoms, lambda atom: lines[atom.cost_line_id].purpose, evaluation.years)
    return {purpose: grid[purpose] for purpose in CostPurpose if purpose in grid}


def calculate_cost_per_driver(atoms: Sequence[Atom], evaluation: Evaluation) -> tuple[CostPer, ...]:
    """Cost ÷ count of the same year for each thing that the district counts; over the horizon Σ cost ÷ Σ counts."""
    district = evaluation.plan.district
    known = {count.driver for count in district.driver_counts if count.count} - {Driver.FIXED}
    counts = DriverCounts(district)
    costs = {year: total.cents for year, total in calculate_totals_by_year(atoms, evaluation.years).items()}
    found = []
    for driver in (item for item in Driver if item in known):
        units = {year: counts.count(driver, start_year_of(year)) for year in evaluation.years}
        by_year = {year: _divide(costs[year], units[year]) for year in evaluation.years}
        found.append(CostPer(driver, by_year, _divide(sum(costs.values()), sum(units.values(), Decimal(0)))))
    return tuple(found)


def _cut(evaluation: Evaluation, name: Callable[[Atom], str], order: Sequence[str]) -> Grid[str]:
    grid = calculate_grid(evaluation.budgeted_atoms, name, evaluation.years)
    return {key: grid.get(key) or calculate_totals_by_year((), evaluation.years) for key in order}


def _index_lines(evaluation: Evaluation) -> dict[str, CostLine]:
    return {line.cost_line_id: line for line in reversed(evaluation.plan.cost_lines)}


def _divide(cents: int, count: Decimal) -> float | None:
    return float(Decimal(cents) / count) if count else None
