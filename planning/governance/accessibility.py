"""From when a district's websites and apps, those of its vendors among them, must meet WCAG 2.1 AA (28 CFR 35.200)."""

from datetime import date

from planning.errors import InputRefused
from planning.reference import Reference

_PREFIX = "ada_web_accessibility_"


def find_web_accessibility_date(population: int, reference: Reference) -> date:
    """The day on which the rule begins for a district of so many people (not students).

    Raises InputRefused where the reference data has no such rule.
    """
    days = [row.valid_from for row in reference.rows if row.key.startswith(_PREFIX) and row.is_met_by(population)]
    if not days:
        raise InputRefused(
            "The reference data has no date for web accessibility.",
            f"Add the rows {_PREFIX}large and {_PREFIX}small with their source.",
        )
    return min(days)
