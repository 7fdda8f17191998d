"""Under which name a budget is published: as a new version of one that counts, or beside those of other years."""

from collections.abc import Iterable
from typing import NamedTuple

from data.intake.model import Reading
from data.store.budget_queries import Measure
from data.store.budgets import name_series
from planning.vocabulary import Unit


class DollarColumn(NamedTuple):
    """What a column of dollars says: its year, how firm it is, and its side."""

    fiscal_year: str
    basis: str
    side: str


def list_dollar_columns(reading: Reading) -> set[DollarColumn]:
    """The columns of dollars in a file."""
    totals = (total for total in reading.totals if total.unit is Unit.USD)
    return {DollarColumn(total.fiscal_year or "", str(total.basis), str(total.side)) for total in totals}


def list_counting_columns(measures: Iterable[Measure]) -> dict[str, set[DollarColumn]]:
    """The columns of dollars that count now, by the name of their budget."""
    columns: dict[str, set[DollarColumn]] = {}
    for one in measures:
        if one.unit == Unit.USD:
            columns.setdefault(one.series, set()).add(DollarColumn(one.fiscal_year, one.basis, one.side))
    return columns


def propose_series(reading: Reading, measures: Iterable[Measure]) -> str:
    """The usual name, or the one under which most of the same columns count already; with its year where none does.

    Last year's budget is no version of this year's: the two count beside each other.
    """
    usual, own = name_series(reading), list_dollar_columns(reading)
    common = {series: len(own & columns) for series, columns in list_counting_columns(measures).items()}
    if usual not in common or not own:
        return usual
    most = max(common, key=lambda series: (common[series], series == usual))
    return most if common[most] else f"{usual} {max(column.fiscal_year for column in own)}"
