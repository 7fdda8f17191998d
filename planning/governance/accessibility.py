"""From when a district's websites and apps, those of its vendors among them, must meet WCAG 2.1 AA (28 CFR 35.200)."""

from datetime import date

from planning.errors import InputRefused
from planning.model import District
from planning.reference import Reference
from planning.rule_words import RuleInWords

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


def describe_web_accessibility(district: District, reference: Reference) -> str:
    """What the date means for what is bought; nothing where nobody said how many people live in the district."""
    if district.population is None:
        return ""
    day = find_web_accessibility_date(district.population, reference)
    return (
        f"Websites and apps that are bought must meet WCAG 2.1 AA from {day}, because {district.population:,} people "
        "live in the district: ask every vendor for its accessibility report before the award."
    )


def list_web_accessibility_rules(district: District, reference: Reference) -> tuple[RuleInWords, ...]:
    """The rows that the date comes from, in words for a list of rules."""
    words, people = "Web accessibility (WCAG 2.1 AA), for districts with a population of", district.population
    rows = [row for row in reference.rows if row.key.startswith(_PREFIX)]
    return tuple((words, row) for row in rows if people is not None and row.is_met_by(people))
