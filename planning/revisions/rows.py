"""A plan as rows with keys, and those rows as a plan again: what comparing, merging and editing work on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from planning.model import District, Model, Plan

DISTRICT = "district"
_OF_THE_DISTRICT = ("escalation_rates", "driver_counts")
# What makes a row the same row, by section; the sections stand in the order of the plan workbook's sheets.
KEY_FIELDS: dict[str, tuple[str, ...]] = {
    DISTRICT: (),
    "driver_counts": ("driver", "fiscal_year"),
    "escalation_rates": ("name",),
    "goals": ("goal_id",),
    "initiatives": ("initiative_id",),
    "cost_lines": ("cost_line_id",),
    "fleets": ("fleet_id",),
    "sources": ("source_id",),
    "commitments": ("initiative_id", "source_id", "fiscal_year"),
    "contributions": ("initiative_id", "goal_id"),
    "schools": ("school_id",),
    "funding_requests": ("request_id",),
    "awards": ("award_id",),
    "gifts": ("gift_id",),
    "conflicts": ("entry_id",),
    "purchases": ("purchase_id",),
    "criteria": ("criterion_id",),
    "offers": ("offer_id",),
    "offer_scores": ("offer_id", "criterion_id"),
    "purchase_papers": ("purchase_id", "kind"),
    "policies": ("policy_id",),
    "meetings": ("day",),
}


class RowKey(NamedTuple):
    """Names one row; of rows that share their names, `copy` counts which."""

    section: str
    names: tuple[str, ...] = ()
    copy: int = 1

    def __str__(self) -> str:
        """How a person names the row on the command line.

        >>> str(RowKey("commitments", ("wifi", "levy", "FY2026-27"))), str(RowKey("goals", ("reading",), 2))
        ('commitments:wifi/levy/FY2026-27', 'goals:reading#2')
        """
        words = ":".join(filter(None, (self.section, "/".join(self.names))))
        return words if self.copy == 1 else f"{words}#{self.copy}"

    @property
    def title(self) -> str:
        """What the row is called in a list of its section."""
        words = " · ".join(self.names) or "district"
        return words if self.copy == 1 else f"{words} ({self.copy})"


def list_rows(plan: Plan) -> dict[RowKey, Model]:
    """Every row of a plan by its key, section by section in the plan's own order.

    The district's row carries neither its rates nor its counts: they are rows of their own.
    """
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    rows: dict[RowKey, Model] = {}
    for section in KEY_FIELDS:
        for row in _list_section(plan, section):
            names = name_row(section, row)
            seen[section, names] += 1
            rows[RowKey(section, names, seen[section, names])] = row
    return rows


def name_row(section: str, row: Model) -> tuple[str, ...]:
    """The names in a row's key."""
    return tuple(str(getattr(row, field)) for field in KEY_FIELDS[section])


def build_plan(rows: Mapping[RowKey, Model]) -> Plan:
    """The plan of these rows, in their order; the inverse of `list_rows`."""
    sections: dict[str, list[Model]] = {section: [] for section in KEY_FIELDS}
    for key, row in rows.items():
        sections[key.section].append(row)
    (district,) = sections.pop(DISTRICT)
    nested = {name: tuple(sections.pop(name)) for name in _OF_THE_DISTRICT}
    values: dict[str, Any] = {name: tuple(items) for name, items in sections.items()}
    return Plan.model_validate({"district": district.model_copy(update=nested), **values})


def _list_section(plan: Plan, section: str) -> Iterable[Model]:
    if section == DISTRICT:
        return (_without_lists(plan.district),)
    return getattr(plan.district if section in _OF_THE_DISTRICT else plan, section)


def _without_lists(district: District) -> District:
    return district.model_copy(update=dict.fromkeys(_OF_THE_DISTRICT, ()))
