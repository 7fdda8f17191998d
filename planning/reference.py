"""Reference data as values: dated rates and rules with operator, unit, source and link.

`data.reference` reads them from `data/reference/*.csv`; planning only receives them.
"""

from datetime import date
from decimal import Decimal

from planning.model import Model


class ReferenceRow(Model):
    """One dated figure: `key` holds `operator` `value` `unit` from `valid_from` to `valid_to`.

    `owner` is who in the district keeps it up to date; `verify` says that no public source was confirmed.
    """

    key: str
    value: Decimal
    unit: str
    operator: str = "="
    valid_from: date
    valid_to: date | None = None
    source: str
    link: str
    owner: str = ""
    verify: bool = False


class Reference(Model):
    """All reference rows, with the version that an Evaluation is stamped with."""

    version: str
    rows: tuple[ReferenceRow, ...] = ()

    def valid_on(self, key: str, day: date) -> ReferenceRow | None:
        """The row of a key in force on a day, the latest one where several are."""
        rows = [
            row
            for row in self.rows
            if row.key == key and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        ]
        return max(rows, key=lambda row: row.valid_from, default=None)
