"""Money laid on costs by a linear program: over the costs that the same sources may pay, year by year.

Costs that no source tells apart are one: the program has a column for each (signature, year, purse) and not for each
cost, and its optimum is that of the program over single costs (a share of the whole is the same share of each part).
Amounts are whole cents; the program itself counts dollars.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.funding.linear_program import LinearProgram, Solution, Solver

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

# A dollar without a source costs 1. What urgency and the order of use weigh is too small to leave a dollar unpaid for:
# where money moves from cost to cost, only the first and the last purse of the chain count. A step of urgency weighs
# more than any order of use.
URGENCY_WEIGHT = 1e-2
MOST_URGENT = 3
ORDER_WEIGHT = 1e-3


class Offer(NamedTuple):
    """What the sources may pay of a cost: for each its largest share, and whether a cap on it counts the cost.

    Of costs that the same money could pay, the more urgent (0 to 3) are paid first.
    """

    shares: tuple[float, ...]
    is_capped: tuple[bool, ...]
    urgency: int


class Purse(NamedTuple):
    """Money of one source that may be spent in some years: how much in all, and how much after its own year.

    A purse with a lower `rank` is used first. `years` are places in the plan's years, the first its own.
    """

    source: int
    cents: int
    years: tuple[int, ...]
    own_year: int
    later_cents: int
    rank: int


class SourceTerms(NamedTuple):
    """What holds for all purses of a source: at most so much in all; of it, or of that amount, a share on capped costs.

    `capped_fraction` is of `portion_cents` where that is known, otherwise of what the source pays. `paid_cents` and
    `capped_cents` are spent already.
    """

    portion_cents: int | None = None
    capped_fraction: float | None = None
    paid_cents: int = 0
    capped_cents: int = 0


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs in columns: which offer, which year, how many cents (above zero)."""

    offer: Whole
    year: Whole
    cents: Whole


@dataclass(frozen=True, slots=True)
class Limit:
    """One row that holds columns down: sum of value × column ≤ high, in cents."""

    columns: Whole
    values: Floats
    high: float


@dataclass(frozen=True, slots=True)
class ProgramShape:
    """The program before it is solved: the groups of costs, the columns over them, and every limit.

    `most` holds single columns down, in cents. The first limits are those of the purses, one for each in their order.
    """

    group_of_cost: Whole
    demand: Whole
    offer: Whole
    year: Whole
    column_group: Whole
    column_purse: Whole
    most: Floats
    weight: Floats
    unpaid_weight: Floats
    limits: list[Limit]


def shape_program(
    costs: Costs, offers: Sequence[Offer], purses: Sequence[Purse], terms: Sequence[SourceTerms], year_count: int
) -> ProgramShape:
    """The groups and columns of a program, and the limits on them."""
    signatures = {offer: place for place, offer in enumerate(dict.fromkeys(offers))}
    signature_of = np.array([signatures[offer] for offer in offers], dtype=np.int64)
    key = signature_of[costs.offer] * year_count + costs.year if len(offers) else costs.offer
    demand = np.bincount(key, weights=costs.cents, minlength=len(signatures) * year_count)
    filled = np.flatnonzero(demand)
    group_of_key = np.full(len(demand), -1, dtype=np.int64)
    group_of_key[filled] = np.arange(len(filled))
    distinct = list(signatures)
    shares = np.array([offer.shares for offer in distinct], dtype=np.float64).reshape(len(distinct), len(terms))
    group_offer, group_year = filled // year_count, filled % year_count
    group, purse = _pair_groups(shares, group_offer, group_year, purses, year_count)
    whole = np.rint(demand[filled]).astype(np.int64)
    urgency = np.array([offer.urgency for offer in distinct], dtype=np.float64)[group_offer]
    rank = np.array([purse.rank for purse in purses], dtype=np.float64)
    share = shares[group_offer[group], np.array([one.source for one in purses], dtype=np.int64)[purse]]
    shape = ProgramShape(
        group_of_key[key],
        whole,
        group_offer,
        group_year,
        group,
        purse,
        share * whole[group],
        ORDER_WEIGHT * (rank[purse] + 1) / (len(purses) + 1),
        1 + URGENCY_WEIGHT * urgency / MOST_URGENT,
        [],
    )
    shape.limits.extend(_list_limits(shape, distinct, share < 1, purses, terms))
    return shape


def _pair_groups(
    shares: Floats, offer: Whole, year: Whole, purses: Sequence[Purse], year_count: int
) -> tuple[Whole, Whole]:
    """Every group with every purse that may pay it in its year."""
    is_usable = np.zeros((len(purses), year_count), dtype=bool)
    for place, purse in enumerate(purses):
        is_usable[place, list(purse.years)] = True
    source = np.array([purse.source for purse in purses], dtype=np.int64)
    may_pay = (shares[offer][:, source] > 0) & is_usable[:, year].T
    group, purse = np.nonzero(may_pay)
    return group.astype(np.int64), purse.astype(np.int64)


def _list_limits(
    shape: ProgramShape,
    offers: Sequence[Offer],
    is_partial: NDArray[np.bool_],
    purses: Sequence[Purse],
    terms: Sequence[SourceTerms],
) -> list[Limit]:
    source = np.array([purse.source for purse in purses], dtype=np.int64)[shape.column_purse]
    years = shape.year[shape.column_group]
    limits = [_limit(np.flatnonzero(shape.column_purse == k), purse.cents) for k, purse in enumerate(purses)]
    for place, purse in enumerate(purses):
        if purse.later_cents < purse.cents:
            later = np.flatnonzero((shape.column_purse == place) & (years != purse.own_year))
            limits.append(_limit(later, purse.later_cents))
    capped = np.array([offer.is_capped for offer in offers], dtype=bool).reshape(len(offers), len(terms))
    for place, term in enumerate(terms):
        own = np.flatnonzero(source == place)
        if term.portion_cents is not None:
            limits.append(_limit(own, max(term.portion_cents - term.paid_cents, 0)))
        if term.capped_fraction is not None:
            limits.append(_limit_capped(own, capped[shape.offer[shape.column_group[own]], place], term))
    return limits + _limit_shares(shape, np.flatnonzero(is_partial), source)


def _limit(columns: Whole, cents: float) -> Limit:
    return Limit(columns, np.ones(len(columns)), float(cents))


def _limit_capped(own: Whole, is_capped: NDArray[np.bool_], term: SourceTerms) -> Limit:
    fraction = term.capped_fraction or 0.0
    if term.portion_cents is not None:
        most = int(fraction * term.portion_cents + 1e-6)
        return _limit(own[is_capped], max(most - term.capped_cents, 0))
    values = np.where(is_capped, 1 - fraction, -fraction)
    return Limit(own, values, max(fraction * term.paid_cents - term.capped_cents, 0.0))


def _limit_shares(shape: ProgramShape, partial: Whole, source: Whole) -> list[Limit]:
    """Where several purses of a source may pay a share of a group, together they stay below it."""
    if not len(partial):
        return []
    key = shape.column_group[partial] * (int(source.max()) + 1) + source[partial]
    _, first, pair, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    return [
        _limit(partial[pair == place], float(shape.most[partial[first[place]]]))
        for place in np.flatnonzero(count > 1).tolist()
    ]


class AllocationProgram:
    """A program that was built once and is solved as often as its purses change. Not for several threads."""

    def __init__(
        self,
        costs: Costs,
        offers: Sequence[Offer],
        purses: Sequence[Purse],
        terms: Sequence[SourceTerms],
        year_count: int,
    ) -> None:
        self.costs = costs
        self.purse_cents = [purse.cents for purse in purses]
        self.shape = shape_program(costs, offers, purses, terms, year_count)
        self.objective = np.concatenate([self.shape.weight, self.shape.unpaid_weight])
        self._pure = np.concatenate([np.zeros(len(self.shape.weight)), np.ones(len(self.shape.demand))])
        self.linear = _assemble(self.shape, self.objective)
        self.share_limits = [limit for limit in self.shape.limits if limit.values.min(initial=0) < 0]
        self._limits_of: dict[int, tuple[tuple[int, float], ...]] = {}
        self._solver = Solver(self.linear)

    def change_purse(self, place: int, cents: int) -> None:
        """Give one purse another amount; a carry-over limit stays what it was."""
        self.purse_cents[place] = cents
        old = self.shape.limits[place]
        self.shape.limits[place] = Limit(old.columns, old.values, float(cents))
        self._solver.change_row(len(self.shape.demand) + place, -np.inf, cents / 100)

    def list_limits(self, column: int) -> tuple[tuple[int, float], ...]:
        """The limits that a payment counts against, by place, and how much of it each of them counts."""
        if column not in self._limits_of:
            span, groups = slice(*self.linear.starts[column : column + 2]), len(self.shape.demand)
            entries = zip(self.linear.rows[span].tolist(), self.linear.values[span].tolist(), strict=True)
            self._limits_of[column] = tuple((row - groups, value) for row, value in entries if row >= groups)
        return self._limits_of[column]

    def solve(self) -> Solution:
        """The best columns, in dollars."""
        return self._solver.solve()

    def calculate_worth(self) -> Floats:
        """For each purse, how many dollars fewer lack a source for one dollar more in it."""
        self._solver.change_costs(self._pure)
        duals = self._solver.solve(from_feasible=True).duals
        self._solver.change_costs(self.objective)
        first = len(self.shape.demand)
        return np.maximum(-duals[first : first + len(self.purse_cents)], 0.0)


def _assemble(shape: ProgramShape, cost: Floats) -> LinearProgram:
    """Rows: the demand of each group, paid or not, then the limits. Columns: payments, then what is unpaid."""
    groups, payments = len(shape.demand), len(shape.column_group)
    rows = [shape.column_group, np.arange(groups)]
    columns = [np.arange(payments), np.arange(payments, payments + groups)]
    values = [np.ones(payments), np.ones(groups)]
    for place, limit in enumerate(shape.limits):
        rows.append(np.full(len(limit.columns), groups + place))
        columns.append(limit.columns)
        values.append(limit.values)
    row, column, value = np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
    order = np.argsort(column, kind="stable")
    starts = np.searchsorted(column[order], np.arange(payments + groups + 1))
    demand = shape.demand / 100
    highs = np.array([limit.high for limit in shape.limits]) / 100
    return LinearProgram(
        cost=cost,
        upper=np.concatenate([shape.most / 100, demand]),
        low=np.concatenate([demand, np.full(len(highs), -np.inf)]),
        high=np.concatenate([demand, highs]),
        starts=starts.astype(np.int32),
        rows=row[order].astype(np.int32),
        values=value[order],
    )
