"""Atoms as columns of numbers: all sums are made on the columns, and an atom as an object only when somebody asks.

A large plan has tens of thousands of atoms; making them is dearer than every calculation on them together.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planning.atoms import Atom, make_atom_id
from planning.cost.flow_table import TIMINGS, FlowTable
from planning.vocabulary import FundingState

Whole = NDArray[np.int64]
STATES = tuple(FundingState)
UNPAID = -1
# Sums of whole cents stay exact in 64 bits below this.
_LARGEST_SUM = 2**62


class AtomTable:
    """The atoms of a plan in their order: initiative, fiscal year, payer, cost line.

    `flow` is the place of the flow an atom is a part of, `payer` a place among `source_ids` or UNPAID, `state` a place
    in STATES. Initiatives are places in `initiative_ids`; `included` says which of them the plan does.
    """

    def __init__(
        self,
        flows: FlowTable,
        years: Sequence[str],
        initiative_ids: Sequence[str],
        included: Sequence[bool],
        source_ids: Sequence[str],
        parts: tuple[Whole, Whole, Whole, Whole],
    ) -> None:
        self.flows = flows
        self.years = tuple(years)
        self.initiative_ids = tuple(initiative_ids)
        self.included = np.array(included, dtype=bool)
        self.source_ids = tuple(source_ids)
        self.flow, self.payer, self.state, self.cents = parts
        self.initiative = flows.initiative[self.flow]
        self.year = flows.year[self.flow]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AtomTable) and (self.atoms, self.alternative_atoms) == (
            other.atoms,
            other.alternative_atoms,
        )

    def __hash__(self) -> int:
        return hash((self.years, self.initiative_ids, len(self.cents)))

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """The atoms of the initiatives that the plan does."""
        return self._make_atoms(np.flatnonzero(self.included[self.initiative]))

    @cached_property
    def alternative_atoms(self) -> tuple[Atom, ...]:
        """The atoms of the others."""
        return self._make_atoms(np.flatnonzero(~self.included[self.initiative]))

    @cached_property
    def by_initiative(self) -> dict[str, tuple[Atom, ...]]:
        """Every atom by its initiative."""
        groups: dict[str, list[Atom]] = {name: [] for name in self.initiative_ids}
        for atom in (*self.atoms, *self.alternative_atoms):
            groups[atom.initiative_id].append(atom)
        return {name: tuple(atoms) for name, atoms in groups.items()}

    def sum_by(self, key: Whole, size: int) -> list[int]:
        """The cents of all atoms by a key from 0 to size − 1, exactly."""
        largest = int(np.abs(self.cents).max(initial=0))
        kind = np.int64 if largest * max(len(self.cents), 1) < _LARGEST_SUM else object
        sums = np.zeros(size, dtype=kind)
        np.add.at(sums, key, self.cents.astype(kind))
        return [int(cents) for cents in sums]

    def list_ids(self, places: Whole) -> tuple[str, ...]:
        """The ids of the atoms at these places."""
        return tuple(self._list_ids(places))

    def _make_atoms(self, places: Whole) -> tuple[Atom, ...]:
        lines = [self.flows.lines[place] for place in self.flows.line[self.flow[places]].tolist()]
        columns = (
            self._list_ids(places),
            [line.initiative_id for line in lines],
            [line.cost_line_id for line in lines],
            [self.years[place] for place in self.year[places].tolist()],
            self.cents[places].tolist(),
            [TIMINGS[place] for place in self.flows.timing[self.flow[places]].tolist()],
            [line.category for line in lines],
            [line.account for line in lines],
            [line.bridge for line in lines],
            ["" if place == UNPAID else self.source_ids[place] for place in self.payer[places].tolist()],
            [STATES[place] for place in self.state[places].tolist()],
        )
        return tuple(map(Atom._make, zip(*columns, strict=True)))

    def _list_ids(self, places: Whole) -> list[str]:
        flow = self.flow[places]
        columns = (self.flows.line[flow], self.year[places], self.flows.timing[flow], self.payer[places])
        return [
            make_atom_id(
                self.flows.lines[line].cost_line_id,
                self.years[year],
                TIMINGS[timing],
                STATES[state] if payer == UNPAID else self.source_ids[payer],
            )
            for line, year, timing, payer, state in zip(
                *(column.tolist() for column in columns), self.state[places].tolist(), strict=True
            )
        ]
