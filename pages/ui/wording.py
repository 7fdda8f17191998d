"""What the codes of the store are called on the screen."""

from collections.abc import Sequence

from data.store.budget_queries import YearBasis
from planning.vocabulary import Side, Unit

_SIDES = {
    Side.EXPENDITURE: "Expenditures",
    Side.REVENUE: "Revenues",
    Side.TRANSFER_IN: "Transfers in",
    Side.TRANSFER_OUT: "Transfers out",
    Side.UNKNOWN: "Side not said",
}
_UNITS = {Unit.USD: "US dollars", Unit.USD_PER_PUPIL: "US dollars a pupil", Unit.FTE: "FTE"}


def name_side(side: str) -> str:
    """Which side of the budget: `Expenditures`."""
    return _SIDES.get(Side(side), _capitalise(side))


def name_unit(unit: str) -> str:
    """What an amount counts: `US dollars`."""
    return _UNITS.get(Unit(unit), _capitalise(unit))


def name_basis(basis: str) -> str:
    """How firm an amount is: `year to date`."""
    return basis.replace("_", " ")


def name_column(column: YearBasis) -> str:
    """A column as a person says it: `FY2026-27 adopted`."""
    return f"{column.fiscal_year or 'No year'} {name_basis(column.basis)}"


def join_code(code: str, name: str) -> str:
    """A code with its name: `10 General Fund`."""
    return f"{code} {name}".strip()


def count(number: int, what: str) -> str:
    """How many there are of something: `1 table`, `2,227 lines`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def join_words(words: Sequence[str]) -> str:
    """Several things in a row: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _capitalise(word: str) -> str:
    return word.replace("_", " ").capitalize()
