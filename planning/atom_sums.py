"""Sums over the columns of atoms: what each initiative comes to, by who pays, and its present value."""

import numpy as np

from planning.atom_table import STATES, UNPAID, AtomTable
from planning.atoms import Total
from planning.cost.discounting import YEARS_AFTER_START, calculate_discount_factors
from planning.model import District
from planning.vocabulary import FundingState

_PARTS = ("committed", "unfunded", "savings", "user_time")


def calculate_initiative_parts(table: AtomTable) -> list[dict[str, Total]]:
    """For each initiative what sources pay, what nobody pays, what is saved, user time, and `cost`: all but user time.

    Every negative budgeted amount is a saving, whether or not it returns to a source.
    """
    is_time = table.state == STATES.index(FundingState.NOT_BUDGETED)
    part = np.select([is_time, table.cents < 0, table.payer != UNPAID], [3, 2, 0], 1)
    sums = table.sum_by(table.initiative * len(_PARTS) + part, len(table.initiative_ids) * len(_PARTS))
    found = []
    for place in range(len(table.initiative_ids)):
        own = sums[place * len(_PARTS) : (place + 1) * len(_PARTS)]
        totals = {
            name: Total(cents, _Ids(table, place, part, number))
            for number, (name, cents) in enumerate(zip(_PARTS, own, strict=True))
        }
        found.append({**totals, "cost": Total(sum(own[:3]), _Ids(table, place, part, None))})
    return found


class _Ids:
    """The ids of an initiative's atoms of one part, or of all that is budgeted, looked up when they are asked for."""

    __slots__ = ("part", "parts", "place", "table")

    def __init__(self, table: AtomTable, place: int, parts: np.ndarray, part: int | None) -> None:
        self.table, self.place, self.parts, self.part = table, place, parts, part

    def __call__(self) -> tuple[str, ...]:
        wanted = self.parts != _PARTS.index("user_time") if self.part is None else self.parts == self.part
        return self.table.list_ids(np.flatnonzero(wanted & (self.table.initiative == self.place)))


def calculate_present_values(table: AtomTable, district: District) -> list[float]:
    """The present value of each initiative in cents, user time too: Σ amount ÷ (1 + rate)^(time of payment)."""
    factors = calculate_discount_factors(district, len(table.years))
    points = tuple(YEARS_AFTER_START)
    numbers = {point: number for number, point in enumerate(points)} | {None: points.index(district.payment_point)}
    point = np.array([numbers[line.paid] for line in table.flows.lines], dtype=np.int64)
    factor = np.array([factors[name] for name in points])
    weights = table.cents * factor[point[table.flows.line[table.flow]], table.year] if len(table.cents) else None
    sums = np.bincount(table.initiative, weights=weights, minlength=len(table.initiative_ids))
    return [float(value) for value in sums]
