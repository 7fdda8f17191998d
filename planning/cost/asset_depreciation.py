"""Depreciation of what the plan buys as capital, by fiscal year: a straight line from the year of purchase.

Life: the line's useful life, else its refresh period, else (hardware) the shortest life of the fleets it renews, those
of its initiative, else the life of its initiative. What used units are sure to
bring (a residual share) is not depreciated. The half-year convention is the district's choice.
"""

from collections.abc import Mapping
from typing import NamedTuple

from planning.cost.capitalisation import Capitalisation
from planning.cost.depreciation import depreciate_straight_line
from planning.evaluation import Evaluation
from planning.model import CostLine, Plan
from planning.money import to_cents, to_dollars
from planning.vocabulary import CostCategory, CostTiming, ResidualMethod


class Asset(NamedTuple):
    """What a cost line buys as capital in a year: its cost, life, and depreciation in the years of the plan; cents."""

    line: CostLine
    fiscal_year: str
    cost_cents: int
    life_years: int
    by_year: dict[str, int]

    @property
    def book_value_cents(self) -> int:
        """What is left in the books at the end of the plan."""
        return self.cost_cents - sum(self.by_year.values())


def list_assets(evaluation: Evaluation, classes: Mapping[tuple[str, str], Capitalisation]) -> tuple[Asset, ...]:
    """Every capital purchase of the plan in the order of its cost lines; savings and resale left aside."""
    lines = {line.cost_line_id: line for line in reversed(evaluation.plan.cost_lines)}
    lives = _list_lives(evaluation.plan)
    bought: dict[tuple[str, str], int] = {}
    for atom in evaluation.budgeted_atoms:
        key = (atom.cost_line_id, atom.fiscal_year)
        if classes[key].is_capital and atom.timing is not CostTiming.RESIDUAL and atom.cents > 0:
            bought[key] = bought.get(key, 0) + atom.cents
    half_year = evaluation.plan.district.half_year_convention
    return tuple(
        _depreciate(lines[name], year, cents, lives, evaluation.years, half_year)
        for (name, year), cents in bought.items()
    )


def _list_lives(plan: Plan) -> dict[tuple[str, bool], int]:
    """How long what an initiative buys is used, by the initiative and whether it is hardware."""
    lives = {
        (item.initiative_id, is_hardware): item.life_years
        for item in reversed(plan.initiatives)
        for is_hardware in (False, True)
    }
    fleets = {
        (fleet.initiative_id, True): fleet.life_years for fleet in sorted(plan.fleets, key=lambda one: -one.life_years)
    }
    return {**lives, **fleets}


def _depreciate(
    line: CostLine,
    year: str,
    cents: int,
    lives: Mapping[tuple[str, bool], int],
    years: tuple[str, ...],
    half_year: bool,
) -> Asset:
    is_hardware = line.category is CostCategory.HARDWARE
    life = line.useful_life_years or line.refresh_years or lives[line.initiative_id, is_hardware]
    is_share = line.residual_method is ResidualMethod.SHARE
    salvage = to_cents(to_dollars(cents) * line.residual_fraction) if is_share else 0
    schedule = depreciate_straight_line(cents, life, salvage, half_year)
    first = years.index(year)
    return Asset(line, year, cents, life, dict(zip(years[first:], schedule, strict=False)))
