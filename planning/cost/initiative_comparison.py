"""Every initiative beside what it is compared with: its base, or doing nothing, over the years of the plan.

Investment is what is bought once or again, less what used units bring; operation is what recurs, user time too, and
support in any year (NIST: non-annually recurring operation, maintenance and repair). Each amount falls at its own point
of its year. Units bought by a line with a useful life are still worth something at the end of the study period: their
straight-line value counts against the investment, as NIST Handbook 135 asks.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from planning.atoms import Atom
from planning.cost.alternatives import Alternative, Comparison, Payment, compare_alternatives, discount_payments
from planning.cost.discounting import YEARS_AFTER_START, calculate_level_cost, find_payment_point
from planning.cost.line_events import calculate_residual_fraction
from planning.cost.returns import find_break_even_share, list_roots
from planning.evaluation import Evaluation, InitiativeSummary
from planning.model import CostLine
from planning.vocabulary import CostPurpose, CostTiming, ResidualMethod

NOTHING = "Do nothing"
HIGHEST_SHOWN = 1.0  # a discount rate above 100 % a year tells nobody anything


class InitiativeComparison(NamedTuple):
    """An initiative against its base, in cents; what its yearly cost may become, as a factor, before it costs as much.

    `equivalent_annual_cost` is the life-cycle cost as a level amount for each year of its life inside the horizon.
    `break_even_rate` is the discount rate at which both cost the same. Each is None where there is no such point.
    """

    initiative_id: str
    base_id: str | None
    measures: Comparison
    equivalent_annual_cost: float
    break_even_price_factor: float | None
    break_even_rate: float | None


def compare_initiatives(evaluation: Evaluation) -> tuple[InitiativeComparison, ...]:
    """One comparison for each initiative of the plan, alternatives too, in the order of the plan."""
    known = {item.initiative_id: item for item in evaluation.initiatives}
    ways = {name: build_alternative(evaluation, item) for name, item in known.items()}
    bases = {
        item.initiative_id: item.compared_with
        for item in reversed(evaluation.plan.initiatives)
        if item.compared_with in known and item.compared_with != item.initiative_id
    }
    return tuple(_compare(name, bases.get(name), ways, evaluation) for name in known)


def build_alternative(evaluation: Evaluation, item: InitiativeSummary) -> Alternative:
    """What an initiative invests and what it costs to run, each amount with the time at which it falls."""
    lines = {line.cost_line_id: line for line in reversed(evaluation.plan.cost_lines)}
    places = {year: place for place, year in enumerate(evaluation.years)}
    investment: list[Payment] = []
    operation: list[Payment] = []
    for atom in evaluation.atoms_of(item.initiative_id):
        payment = Payment(_time_of(atom, lines, places, evaluation), float(atom.cents))
        runs = atom.timing is CostTiming.RECURRING or lines[atom.cost_line_id].purpose is CostPurpose.SUPPORT
        (operation if runs else investment).append(payment)
    end = float(len(evaluation.years))
    left = [Payment(end, -value) for value in _list_values_left(evaluation.atoms_of(item.initiative_id), lines, places)]
    return Alternative(item.name, (*investment, *left), tuple(operation))


def _compare(
    name: str, base_id: str | None, ways: Mapping[str, Alternative], evaluation: Evaluation
) -> InitiativeComparison:
    way = ways[name]
    base = ways[base_id] if base_id else Alternative(NOTHING, (), ())
    rate = evaluation.discount_rate
    measures = compare_alternatives(way, base, rate, len(evaluation.years))
    running = discount_payments(way.operation, rate)
    factor = find_break_even_share(measures.life_cycle_cost - running, running, measures.base_life_cycle_cost)
    item = next(item for item in evaluation.plan.initiatives if item.initiative_id == name)
    difference = [*way.payments, *(Payment(years, -amount) for years, amount in base.payments)]
    return InitiativeComparison(
        name,
        base_id,
        measures,
        calculate_level_cost(measures.life_cycle_cost, item, evaluation.plan.district),
        factor if base_id and factor is not None and factor > 0 else None,
        _find_break_even_rate(difference) if base_id else None,
    )


def _find_break_even_rate(difference: list[Payment]) -> float | None:
    """The lowest rate from 0 to 100 % at which the difference is worth nothing."""
    roots = list_roots(lambda rate: discount_payments(difference, rate))
    rates = [rate for rate in roots if 0 <= rate <= HIGHEST_SHOWN]
    return rates[0] if rates and any(amount for _, amount in difference) else None


def _time_of(atom: Atom, lines: Mapping[str, CostLine], places: Mapping[str, int], evaluation: Evaluation) -> float:
    point = find_payment_point(lines[atom.cost_line_id], evaluation.plan.district)
    return places[atom.fiscal_year] + YEARS_AFTER_START[point]


def _list_values_left(atoms: Iterable[Atom], lines: Mapping[str, CostLine], places: Mapping[str, int]) -> list[float]:
    """What the last purchase of each line with a useful life is still worth at the end of the years, in cents."""
    last: dict[str, tuple[int, int]] = {}
    for atom in atoms:
        line = lines[atom.cost_line_id]
        if line.residual_method is not ResidualMethod.STRAIGHT_LINE or line.useful_life_years is None:
            continue
        if atom.timing in (CostTiming.ONE_TIME, CostTiming.REFRESH):
            year, cents = last.get(line.cost_line_id, (places[atom.fiscal_year], 0))
            same = year == places[atom.fiscal_year]
            last[line.cost_line_id] = (places[atom.fiscal_year], atom.cents + (cents if same else 0))
    return [
        cents * float(calculate_residual_fraction(lines[name], len(places) - year))
        for name, (year, cents) in last.items()
    ]
