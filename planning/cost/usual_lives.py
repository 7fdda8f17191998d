"""How long a kind of equipment is usually kept, beside how long the plan keeps it: every figure says verify."""

from dataclasses import dataclass
from datetime import date

from planning.findings import Finding, FindingKind
from planning.model import Fleet, Plan
from planning.reference import Reference, ReferenceRow
from planning.vocabulary import Equipment, Severity

LIFE_UNUSUAL = FindingKind(
    "life_unusual",
    Severity.NOTE,
    "{item}: kept for {found} years; {expected} are usual for a {what} ({rule}; verify).",
    "Say in the plan why it is kept so long or so short, or correct the life on the sheet Fleets.",
)


@dataclass(frozen=True)
class UsualLife:
    """The shortest and the longest usual life in years, and the row that says so; one figure is both."""

    shortest: ReferenceRow
    longest: ReferenceRow

    def holds(self, years: int) -> bool:
        """Whether a life is usual, by the comparisons of both rows."""
        return self.shortest.is_met_by(years) and self.longest.is_met_by(years)

    def say(self) -> str:
        """The years in words: `4 years`, `7 to 10 years`."""
        values = dict.fromkeys(f"{row.value.normalize():f}" for row in (self.shortest, self.longest))
        return f"{' to '.join(values)} years"


def find_usual_life(equipment: Equipment | None, reference: Reference, as_of: date) -> UsualLife | None:
    """The usual life of a kind of equipment on a day; None where the kind or the figure is not known."""
    row = reference.valid_on(f"lifetime_{equipment}", as_of) if equipment else None
    if row is None:
        return None
    return UsualLife(row, reference.valid_on(f"lifetime_{equipment}_longest", as_of) or row)


def say_usual_life(fleet: Fleet, reference: Reference, as_of: date) -> str:
    """What stands beside a fleet's own life."""
    usual = find_usual_life(fleet.equipment, reference, as_of)
    return f"{usual.say()} (verify)" if usual else "—"


def check_fleet_lives(plan: Plan, reference: Reference, as_of: date) -> tuple[Finding, ...]:
    """A note for each kind and life of fleets that are kept shorter or longer than is usual."""
    alike: dict[tuple[Equipment | None, int], list[str]] = {}
    for fleet in plan.fleets:
        alike.setdefault((fleet.equipment, fleet.life_years), []).append(fleet.fleet_id)
    return tuple(
        LIFE_UNUSUAL.at(
            item=", ".join(names),
            found=years,
            expected=usual.say(),
            what=str(equipment).replace("_", " "),
            rule=usual.shortest.source,
        )
        for (equipment, years), names in alike.items()
        if (usual := find_usual_life(equipment, reference, as_of)) and not usual.holds(years)
    )
