"""Cuts of funding: who pays by year, what sources have left, what nobody pays, and what falls off when money ends."""

from collections.abc import Iterable
from typing import NamedTuple

from planning.atoms import NOTHING, Atom, Total, calculate_grid, calculate_total, calculate_totals
from planning.evaluation import Evaluation
from planning.fiscal_years import start_year_of
from planning.funding.availability import calculate_net_cents
from planning.funding.windows import find_last_year, is_year_open
from planning.model import FundingSource
from planning.vocabulary import FundingState

Grid = dict[str, dict[str, Total]]


class SourceBalance(NamedTuple):
    """One source in one fiscal year, in cents. Outside its window nothing is available, whatever the plan says.

    `available_cents` is the year's own money after deductions; `carried_cents` is what earlier years left to it.
    """

    source_id: str
    fiscal_year: str
    is_open: bool
    available_cents: int
    committed: Total
    balance_cents: int
    carried_cents: int = 0


class CliffLine(NamedTuple):
    """What an initiative was paid in a source's last year, what it has no source for in the next, of what cost."""

    initiative_id: str
    paid: Total
    unfunded: Total
    cost: Total


class Cliff(NamedTuple):
    """A source that ends inside the horizon."""

    source_id: str
    last_year: str
    next_year: str
    lines: tuple[CliffLine, ...]


def calculate_source_balances(evaluation: Evaluation) -> tuple[SourceBalance, ...]:
    """Available, committed and left for every source and year of the horizon; a balance below zero is overcommitted.

    What a year leaves is carried to the next where the source carries over and is still open. Committed is what the
    source really pays: never more than the cost, less what savings return to it.
    """
    paid = calculate_totals(
        (atom for atom in evaluation.atoms if atom.source_id), lambda atom: (atom.source_id, atom.fiscal_year)
    )
    month = evaluation.plan.district.fiscal_year_start_month
    balances: list[SourceBalance] = []
    for source in evaluation.sources:
        carried = 0
        for year in evaluation.years:
            is_open = is_year_open(source, year, month)
            committed = paid.get((source.source_id, year), NOTHING)
            balances.append(_balance(source, year, is_open, committed, carried if is_open else 0))
            carried = max(balances[-1].balance_cents, 0) if source.carries_over else 0
    return tuple(balances)


def calculate_funding_by_year(evaluation: Evaluation) -> Grid:
    """Who pays by fiscal year: each source that pays, in the order of the plan, then `unfunded`, then `saving`.

    Rows sum to the budgeted cost of the plan.
    """
    grid = calculate_grid(evaluation.budgeted_atoms, _payer, evaluation.years)
    order = [source.source_id for source in evaluation.sources]
    return {payer: grid[payer] for payer in (*order, *FundingState) if payer in grid}


def calculate_unfunded_by_initiative(evaluation: Evaluation) -> Grid:
    """What has no source, by initiative and fiscal year; only initiatives that lack something."""
    unfunded = (atom for atom in evaluation.atoms if atom.state is FundingState.UNFUNDED)
    return calculate_grid(unfunded, lambda atom: atom.initiative_id, evaluation.years)


def calculate_unfunded_by_year(evaluation: Evaluation) -> dict[str, Total]:
    """What has no source in each fiscal year; a saving elsewhere never lowers it."""
    unfunded = calculate_totals(
        (atom for atom in evaluation.atoms if atom.state is FundingState.UNFUNDED), lambda atom: atom.fiscal_year
    )
    return {year: unfunded.get(year, NOTHING) for year in evaluation.years}


def calculate_cliffs(evaluation: Evaluation) -> tuple[Cliff, ...]:
    """For each source whose last paying year lies inside the horizon with a year to follow: what falls off.

    The last year is the latest with an amount that the window still opens. An initiative appears where the source
    paid it in that year and it still costs something in the next; its `unfunded` is everything it lacks then.
    Purchases that are over and sources that paid nothing in their last year leave no cliff.
    """
    cliffs = []
    for source in evaluation.sources:
        place = _find_last_place(source, evaluation)
        if place is None:
            continue
        last, following = evaluation.years[place : place + 2]
        if lines := _list_cliff_lines(evaluation.atoms, source.source_id, last, following):
            cliffs.append(Cliff(source.source_id, last, following, lines))
    return tuple(cliffs)


def calculate_cliff_gap(cliffs: Iterable[Cliff]) -> Total:
    """What falls without a source after the last years of all sources, nothing counted twice."""
    gaps = {(cliff.next_year, line.initiative_id): line.unfunded for cliff in cliffs for line in cliff.lines}
    ids = tuple(atom_id for total in gaps.values() for atom_id in total.atom_ids)
    return Total(sum(total.cents for total in gaps.values()), ids)


def _payer(atom: Atom) -> str:
    return atom.source_id or str(atom.state)


def _balance(source: FundingSource, year: str, is_open: bool, committed: Total, carried: int) -> SourceBalance:
    available = calculate_net_cents(source, year) if is_open else 0
    left = carried + available - committed.cents
    return SourceBalance(source.source_id, year, is_open, available, committed, left, carried)


def _find_last_place(source: FundingSource, evaluation: Evaluation) -> int | None:
    """Where in the horizon the source pays last; None unless a year follows."""
    last = find_last_year(source, evaluation.plan.district.fiscal_year_start_month)
    if last is None:
        return None
    place = start_year_of(last) - start_year_of(evaluation.years[0])
    return place if 0 <= place < len(evaluation.years) - 1 else None


def _list_cliff_lines(atoms: Iterable[Atom], source_id: str, last_year: str, next_year: str) -> tuple[CliffLine, ...]:
    paid: dict[str, list[Atom]] = {}
    due: dict[str, list[Atom]] = {}
    for atom in atoms:
        if atom.cents <= 0 or not atom.is_budgeted:
            continue
        if atom.fiscal_year == last_year and atom.source_id == source_id:
            paid.setdefault(atom.initiative_id, []).append(atom)
        elif atom.fiscal_year == next_year:
            due.setdefault(atom.initiative_id, []).append(atom)
    return tuple(
        CliffLine(
            name,
            calculate_total(members),
            calculate_total(atom for atom in due[name] if atom.state is FundingState.UNFUNDED),
            calculate_total(due[name]),
        )
        for name, members in paid.items()
        if name in due
    )
