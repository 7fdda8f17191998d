"""Atoms: the smallest amounts of a plan, line × fiscal year × source in whole cents; every figure is a sum of them."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from planning.vocabulary import CostBridge, CostCategory, CostTiming, FundingState

Key = TypeVar("Key", bound=Hashable)


class Atom(NamedTuple):
    """One amount with everything a cut may ask about it; `source_id` is empty unless a source carries it.

    A tuple, because a large plan has tens of thousands of them.
    """

    atom_id: str
    initiative_id: str
    cost_line_id: str
    fiscal_year: str
    cents: int
    timing: CostTiming
    category: CostCategory
    account: str
    bridge: CostBridge
    source_id: str
    state: FundingState

    @property
    def is_budgeted(self) -> bool:
        """Direct cost that the budget carries; user time (indirect labor) is the rest."""
        return self.state is not FundingState.NOT_BUDGETED


class Total:
    """An amount in cents with the ids of the atoms that it sums; the ids may be looked up only when asked for."""

    __slots__ = ("_atom_ids", "cents")

    def __init__(self, cents: int, atom_ids: tuple[str, ...] | Callable[[], tuple[str, ...]]) -> None:
        self.cents = cents
        self._atom_ids = atom_ids

    @property
    def atom_ids(self) -> tuple[str, ...]:
        """The ids of the atoms, in their order."""
        if not isinstance(self._atom_ids, tuple):
            self._atom_ids = self._atom_ids()
        return self._atom_ids

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Total) and (self.cents, self.atom_ids) == (other.cents, other.atom_ids)

    def __hash__(self) -> int:
        return hash((self.cents, self.atom_ids))

    def __repr__(self) -> str:
        return f"Total(cents={self.cents}, atom_ids={self.atom_ids})"


NOTHING = Total(0, ())


def calculate_total(atoms: Iterable[Atom]) -> Total:
    """The sum of atoms with their ids."""
    chosen = tuple(atoms)
    return Total(sum(atom.cents for atom in chosen), tuple(atom.atom_id for atom in chosen))


def calculate_totals(atoms: Iterable[Atom], key: Callable[[Atom], Key]) -> dict[Key, Total]:
    """One total for each value of `key`, in the order in which the values first appear.

    Every atom falls under exactly one key, so the totals sum to the whole to the cent.
    """
    groups: dict[Key, list[Atom]] = {}
    for atom in atoms:
        groups.setdefault(key(atom), []).append(atom)
    return {value: calculate_total(members) for value, members in groups.items()}


def calculate_grid(
    atoms: Iterable[Atom], row_key: Callable[[Atom], Key], years: Sequence[str]
) -> dict[Key, dict[str, Total]]:
    """Totals by `row_key` and fiscal year, every row with all the years; together they sum to the whole."""
    groups: dict[Key, list[Atom]] = {}
    for atom in atoms:
        groups.setdefault(row_key(atom), []).append(atom)
    return {row: calculate_totals_by_year(members, years) for row, members in groups.items()}


def calculate_totals_by_year(atoms: Iterable[Atom], years: Sequence[str]) -> dict[str, Total]:
    """One total for each of the years, zero where nothing falls."""
    totals = calculate_totals(atoms, lambda atom: atom.fiscal_year)
    return {year: totals.get(year, NOTHING) for year in years}


def make_atom_id(cost_line_id: str, fiscal_year: str, timing: CostTiming, payer: str) -> str:
    """`<cost line>:<fiscal year>:<source or state>`; a residual says so, as it shares its year with a purchase.

    >>> make_atom_id("edr-1", "FY2028-29", CostTiming.RECURRING, "unfunded")
    'edr-1:FY2028-29:unfunded'
    >>> make_atom_id("ipads", "FY2030-31", CostTiming.RESIDUAL, "saving")
    'ipads:FY2030-31:residual:saving'
    """
    if timing is CostTiming.RESIDUAL:
        return f"{cost_line_id}:{fiscal_year}:residual:{payer}"
    return f"{cost_line_id}:{fiscal_year}:{payer}"
