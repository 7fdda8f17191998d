"""From the dollars of a linear program to whole cents of single costs, so that parts sum to the whole."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planning.funding.allocation_program import AllocationProgram
from planning.money import split_cents

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
_LARGEST_PRODUCT = 2**62
_ALMOST = 1e-3  # of a cent: what floating point leaves below a whole one
_HALF = 0.5
_Part = tuple[Whole, Whole, Whole]
_Split = tuple[_Part, Whole, Whole]


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who pays how many cents of which cost, in no order; what stays unpaid of each; what each purse spends."""

    cost: Whole
    purse: Whole
    cents: Whole
    unpaid: Whole
    spent: Whole


class Allocator:
    """Solves a program and splits it back; solved again, only groups that are paid otherwise are split again."""

    def __init__(self, program: AllocationProgram) -> None:
        self.program = program
        groups = program.shape.group_of_cost
        small = groups.astype(np.uint16) if len(program.shape.demand) < 2**16 else groups
        self._order = np.argsort(small, kind="stable")
        places = np.arange(len(program.shape.demand) + 1)
        self._costs_of = np.searchsorted(groups[self._order], places)
        self._columns_of = np.searchsorted(program.shape.column_group, places)
        self._known: dict[int, tuple[bytes, _Split]] = {}

    def allocate(self) -> Allocation:
        """The allocation of the program as it stands."""
        solution = self.program.solve()
        shape, costs = self.program.shape, self.program.costs.cents
        paid = settle_cents(self.program, solution.columns)
        pays = np.flatnonzero(paid)
        of_payment = shape.column_group[pays]
        payers = np.bincount(of_payment, minlength=len(shape.demand))
        is_whole = (payers == 1) & (_sum_by(shape.column_group, paid, len(shape.demand)) == shape.demand)
        payer = np.full(len(shape.demand), -1, dtype=np.int64)
        payer[of_payment] = shape.column_purse[pays]
        payer[~is_whole] = -1
        payer_of_cost = payer[shape.group_of_cost]
        chosen = np.flatnonzero(payer_of_cost >= 0)
        parts: list[_Part] = [(chosen, payer_of_cost[chosen], costs[chosen])]
        unpaid = costs * (payers == 0)[shape.group_of_cost]
        for group in np.flatnonzero((payers > 0) & ~is_whole).tolist():
            split, members, left = self._split_group(group, paid)
            parts.append(split)
            unpaid[members] = left
        cost, purse, cents = (np.concatenate(column) for column in zip(*parts, strict=True))
        return Allocation(cost, purse, cents, unpaid, _sum_by(shape.column_purse, paid, len(self.program.purse_cents)))

    def _split_group(self, group: int, paid: Whole) -> _Split:
        """Each payment of a group over its costs, in proportion to what is still unpaid on each; and what stays so."""
        columns = slice(self._columns_of[group], self._columns_of[group + 1])
        state = paid[columns].tobytes()
        known = self._known.get(group)
        if known and known[0] == state:
            return known[1]
        members = self._order[self._costs_of[group] : self._costs_of[group + 1]]
        left = self.program.costs.cents[members]
        parts: list[_Part] = []
        for purse, cents in zip(self.program.shape.column_purse[columns].tolist(), paid[columns].tolist(), strict=True):
            if cents:
                share = split_by_remainder(cents, left)
                left = left - share
                some = np.flatnonzero(share)
                parts.append((members[some], np.full(len(some), purse, dtype=np.int64), share[some]))
        joined = (np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]),
                  np.concatenate([part[2] for part in parts]))  # fmt: skip
        self._known[group] = state, (joined, members, left)
        return self._known[group][1]


def _sum_by(place: Whole, cents: Whole, count: int) -> Whole:
    """Sums by place; exact, as no sum of cents comes near 2^53."""
    return np.bincount(place, weights=cents, minlength=count).astype(np.int64)


def split_by_remainder(total: int, weights: Whole) -> Whole:
    """A total in proportion to weights by largest remainder: `planning.money.split_cents` for whole columns."""
    whole = int(weights.sum())
    if total == whole:
        return weights.copy()
    if total * int(weights.max()) >= _LARGEST_PRODUCT:
        return np.array(split_cents(total, weights.tolist()), dtype=np.int64)
    product = weights * total
    parts, remainder = product // whole, product % whole
    over = total - int(parts.sum())
    parts[np.argsort(-remainder, kind="stable")[:over]] += 1
    return parts


def settle_cents(program: AllocationProgram, dollars: Floats) -> Whole:
    """Whole cents for every payment: rounded down, then the cents that fell off go where every limit leaves room.

    `dollars` are the columns of the program: payments, then what is unpaid of each group.
    """
    shape = program.shape
    exact = dollars[: len(shape.column_group)] * 100
    paid = np.floor(exact + _ALMOST).astype(np.int64)
    fallen = np.flatnonzero(exact - paid > _ALMOST)
    if not len(fallen):
        return paid
    _give_back(program, paid)
    needs = shape.demand - _sum_by(shape.column_group, paid, len(shape.demand))
    _fill(program, paid, needs, fallen[np.argsort(paid[fallen] - exact[fallen], kind="stable")])
    short = np.flatnonzero(needs - dollars[len(shape.column_group) :] * 100 > _HALF)
    if len(short):
        _fill(program, paid, needs, np.flatnonzero(np.isin(shape.column_group, short)))
    return paid


def _give_back(program: AllocationProgram, paid: Whole) -> None:
    """Where a cap is a share of what the source pays and that lost its last cents, the capped costs lose theirs."""
    for limit in program.share_limits:
        counted = iter(limit.columns[(limit.values > 0) & (paid[limit.columns] > 0)].tolist())
        while limit.values @ paid[limit.columns] > limit.high + 1e-6 and (column := next(counted, None)) is not None:
            paid[column] -= 1


def _fill(program: AllocationProgram, paid: Whole, needs: Whole, columns: Whole) -> None:
    """As many cents into each column as its group still needs and its limits allow; the last cents are few."""
    shape, slack = program.shape, _find_slack(program, paid)
    groups, room = shape.column_group[columns].tolist(), (shape.most[columns] - paid[columns]).tolist()
    for column, group, most in zip(columns.tolist(), groups, room, strict=True):
        limits = program.list_limits(column)
        for place, value in limits:
            if value > 0:
                most = min(most, slack[place] / value)
        cents = min(int(most + _ALMOST), int(needs[group]))
        if cents > 0:
            paid[column] += cents
            needs[group] -= cents
            for place, value in limits:
                slack[place] -= value * cents


def _find_slack(program: AllocationProgram, paid: Whole) -> list[float]:
    """What each limit leaves."""
    matrix, groups = program.linear, len(program.shape.demand)
    entries = matrix.starts[len(paid)]
    used = matrix.values[:entries] * np.repeat(paid, np.diff(matrix.starts[: len(paid) + 1]))
    activity = np.bincount(matrix.rows[:entries], weights=used, minlength=len(matrix.low))[groups:].tolist()
    return [limit.high - used for limit, used in zip(program.shape.limits, activity, strict=True)]
