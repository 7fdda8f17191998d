"""When equipment that E-Rate helped to buy may be sold, and when it may move to another school (47 CFR 54.513)."""

from datetime import date

from planning.deadlines import add_years
from planning.reference import Reference


def find_sale_date(installed: date, reference: Reference) -> date:
    """The first day on which it may be sold, traded or given away for value: years after it was installed.

    Earlier only where the location was permanently closed.
    """
    return add_years(installed, int(reference.require("erate_disposal_after", installed).value))


def find_transfer_date(purchased: date, reference: Reference) -> date:
    """The first day on which it may move to another eligible school or library: years after it was bought."""
    return add_years(purchased, int(reference.require("erate_transfer_after", purchased).value))
