"""Capital or operating, and the NCES object of every cost line, by dated rules and the district's own levels.

Equipment is what costs, a unit, at least the lesser of the federal threshold and the district's capitalisation level
(2 CFR 200.1, equipment). A purchase below it is capital all the same where it is significant in aggregate, by the
district's own bulk level (GASB Implementation Guide 2021-1, question 5.1). What puts capital equipment into use is
part of its cost (GASB 34 ¶18). A line can say for itself that it is, or is not, capital.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import NamedTuple

from planning.atoms import Atom
from planning.cost.cash_flows import EXACT_DIGITS
from planning.cost.line_flows import PriceGrowth
from planning.fiscal_years import start_year_of
from planning.model import CostLine, District
from planning.money import format_cents, format_dollars, to_dollars
from planning.reference import Reference, compare
from planning.vocabulary import CostCategory, CostKind, CostPurpose, CostTiming

EQUIPMENT_KEY = "federal_equipment_unit"
OBJECT_PREFIX = "nces_object_"
_ANCILLARY = (CostCategory.EXTERNAL_SERVICES,)


class Why(StrEnum):
    """What made a cost capital or operating."""

    SAID = "said"
    UNIT = "unit"
    BULK = "bulk"
    ANCILLARY = "ancillary"
    BELOW = "below"
    NOT_BOUGHT = "not_bought"


class Capitalisation(NamedTuple):
    """Whether a line's cost of a year is capital, and why."""

    is_capital: bool
    why: Why
    reason: str


@dataclass(frozen=True, slots=True)
class CostRules:
    """The rules in force on a day: the level in dollars with its operator and source, and NCES objects by key."""

    level_usd: Decimal
    operator: str
    source: str
    bulk_usd: Decimal | None
    objects: Mapping[str, str]


def find_cost_rules(reference: Reference, district: District, as_of: date) -> CostRules:
    """The lesser of the federal equipment threshold in force on the day and the district's capitalisation level.

    Without a federal row the district's level alone counts.
    """
    federal = reference.valid_on(EQUIPMENT_KEY, as_of)
    objects = {
        row.key.removeprefix(OBJECT_PREFIX): f"{row.value:.0f}"
        for row in sorted(reference.rows, key=lambda row: row.valid_from)
        if row.key.startswith(OBJECT_PREFIX) and row.valid_from <= as_of
    }
    own = district.capitalisation_level_usd
    if federal is not None and federal.value < own:
        return CostRules(federal.value, federal.operator, federal.source, district.bulk_capitalisation_usd, objects)
    source = "the district's capitalization level"
    return CostRules(own, ">=", source, district.bulk_capitalisation_usd, objects)


def classify_lines(
    lines: Sequence[CostLine], atoms: Iterable[Atom], district: District, rules: CostRules
) -> dict[tuple[str, str], Capitalisation]:
    """Capital or operating for each (cost line, fiscal year) that has atoms."""
    bought, found = _sum_purchases(atoms)
    by_id = {line.cost_line_id: line for line in reversed(lines)}
    growth = PriceGrowth(district.escalation_rates)
    result: dict[tuple[str, str], Capitalisation] = {}
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        for key in found:
            result[key] = _classify(by_id[key[0]], key[1], bought.get(key, 0), growth, rules)
    return result | _add_ancillary(by_id, result, bought)


def find_nces_object(line: CostLine, is_capital: bool, rules: CostRules) -> str:
    """The three digits of the NCES object: the line's own, else the rule's most exact one; empty where none is known.

    Keys go from `software_subscription_operating` over `training_operating` to `hardware_capital` and `hardware`.
    """
    if line.nces_object:
        return line.nces_object
    kept = "capital" if is_capital else "operating"
    keys = (f"{line.category}_{line.kind}_{kept}", f"{line.category}_{line.purpose}_{kept}",
            f"{line.category}_{kept}", str(line.category))  # fmt: skip
    return next((rules.objects[key] for key in keys if key in rules.objects), "")


def _sum_purchases(atoms: Iterable[Atom]) -> tuple[dict[tuple[str, str], int], list[tuple[str, str]]]:
    bought: dict[tuple[str, str], int] = {}
    found: dict[tuple[str, str], None] = {}
    for atom in atoms:
        key = (atom.cost_line_id, atom.fiscal_year)
        found[key] = None
        if atom.timing is not CostTiming.RESIDUAL:
            bought[key] = bought.get(key, 0) + atom.cents
    return bought, list(found)


def _classify(line: CostLine, fiscal_year: str, cents: int, growth: PriceGrowth, rules: CostRules) -> Capitalisation:
    if line.capital is not None:
        return Capitalisation(line.capital, Why.SAID, "the cost line says so")
    if not _can_be_capital(line) or line.unit_price_usd <= 0:
        return Capitalisation(False, Why.NOT_BOUGHT, "nothing is bought that lasts")
    unit = line.unit_price_usd * growth.of(line, start_year_of(fiscal_year))
    level = format_dollars(rules.level_usd, symbol=True)
    price = format_dollars(unit, places=2 if unit % 1 else 0, symbol=True)
    if compare(unit, rules.operator, rules.level_usd):
        return Capitalisation(True, Why.UNIT, f"a unit costs {price}, the level is {level}")
    if rules.bulk_usd is not None and to_dollars(cents) >= rules.bulk_usd:
        return Capitalisation(
            True, Why.BULK, f"a unit costs {price}, but {format_cents(cents, symbol=True)} are bought together"
        )
    return Capitalisation(False, Why.BELOW, f"a unit costs {price}, below the level of {level}")


def _can_be_capital(line: CostLine) -> bool:
    if line.purpose is not CostPurpose.PRODUCT or line.kind in (CostKind.SUBSCRIPTION, CostKind.STAFFING):
        return False
    if line.category is CostCategory.HARDWARE:
        return True
    return line.category is CostCategory.SOFTWARE and line.kind is not CostKind.RECURRING


def _add_ancillary(
    lines: Mapping[str, CostLine],
    found: Mapping[tuple[str, str], Capitalisation],
    bought: Mapping[tuple[str, str], int],
) -> dict[tuple[str, str], Capitalisation]:
    """Installation that is bought once in a year in which its initiative buys capital equipment."""
    equipped = {(lines[name].initiative_id, year) for (name, year), item in found.items() if item.is_capital}
    return {
        (name, year): Capitalisation(True, Why.ANCILLARY, "it puts capital equipment of the same year into use")
        for (name, year) in found
        if (lines[name].initiative_id, year) in equipped
        and lines[name].purpose is CostPurpose.IMPLEMENTATION
        and lines[name].category in _ANCILLARY
        and lines[name].capital is None
        and bought.get((name, year), 0) > 0
    }
