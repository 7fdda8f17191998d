"""Reference data as values: dated rates and rules with operator, unit, source and link.

`data.reference` reads them from `data/reference/*.csv`; planning only receives them.
"""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.errors import InputRefused
from planning.fields import Model
from planning.funding.rules import FundingRule

_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(value: Decimal, comparison: str, limit: Decimal) -> bool:
    """Whether a value stands to a limit as the comparison says.

    >>> compare(Decimal(5000), "<", Decimal(5000)), compare(Decimal(5000), ">=", Decimal(5000))
    (False, True)
    """
    return _COMPARISONS[comparison](value, limit)


class ReferenceRow(Model):
    """One dated figure: `key` holds `operator` `value` `unit` from `valid_from` to `valid_to`.

    `owner` is who in the district keeps it up to date; `verify` says that no public source was confirmed.
    """

    key: str
    value: Decimal
    unit: str
    operator: Literal["=", "<", "<=", ">", ">="] = "="
    valid_from: date
    valid_to: date | None = None
    source: str
    link: str
    owner: str = ""
    verify: bool = False

    def is_met_by(self, value: Decimal | int) -> bool:
        """Whether a value stands to the row's as its operator says: boundaries differ from rule to rule.

        >>> row = ReferenceRow(key="bid", operator=">", value=35000, unit="usd", valid_from=date(2024, 1, 1),
        ...                    source="Illinois School Code 10-20.21", link="")
        >>> row.is_met_by(35000), row.is_met_by(Decimal("35000.01"))
        (False, True)
        """
        return compare(Decimal(value), self.operator, self.value)


class Reference(Model):
    """All reference rows and funding rules, with the version that an Evaluation is stamped with."""

    version: str
    rows: tuple[ReferenceRow, ...] = ()
    funding_rules: tuple[FundingRule, ...] = ()

    def valid_on(self, key: str, day: date) -> ReferenceRow | None:
        """The row of a key in force on a day, the latest one where several are."""
        rows = [
            row
            for row in self.rows
            if row.key == key and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        ]
        return max(rows, key=lambda row: row.valid_from, default=None)

    def require(self, key: str, day: date) -> ReferenceRow:
        """The row of a key in force on a day.

        Raises InputRefused, with the day, where the reference data has none: a rule is never assumed.
        """
        row = self.valid_on(key, day)
        if row is None:
            raise InputRefused(
                f"The reference data has no {key.replace('_', ' ')} in force on {day}.",
                f"Add a row {key} that is valid on {day}, with its source.",
            )
        return row

    def list_links(self) -> dict[str, str]:
        """Where each source that a row or a rule names can be read, by the source's name; papers on paper left out."""
        named = (*self.rows, *self.funding_rules)
        return {one.source: one.link for one in named if one.link.startswith("https://")}

    def latest(self, key: str, day: date) -> tuple[ReferenceRow, bool] | None:
        """The row in force on a day, or the last one before it and True: its time is past; None where there is none."""
        row = self.valid_on(key, day)
        if row:
            return row, False
        past = [one for one in self.rows if one.key == key and one.valid_from <= day]
        newest = max(past, key=lambda one: one.valid_from, default=None)
        return (newest, True) if newest else None
