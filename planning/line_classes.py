"""Which lines are of a class that not everyone sees one by one, and the plan as such a role sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import localcontext
from typing import TYPE_CHECKING

from planning.errors import InputRefused
from planning.permissions import LineClass, Record, Treatment

# Late where a plan is made: the store needs the rules at every start, and the model takes longer to load than DuckDB.
if TYPE_CHECKING:
    from planning.model import CostLine, Initiative, Plan

NOT_SHOWN = "Not shown to this role"
# What rules may look at: columns of a budget line; of the plan, its initiatives and the fields of a cost line.
LEDGER_FIELDS = (
    "account", "fund_code", "function_code", "object_code", "object_name", "location_code", "program_code",
    "project_code", "vendor", "description", "nces_function", "nces_object",
)  # fmt: skip
PLAN_FIELDS = ("initiative_id", "category", "account", "vendor", "description")
_FIELDS = {Record.LEDGER: LEDGER_FIELDS, Record.PLAN: PLAN_FIELDS}
_EXACT_DIGITS = 60
# Rows of registers say what an initiative costs and who sells it; where any of its lines is hidden they are left out.
_REGISTERS = ("funding_requests", "gifts", "purchases")
# What lies in the file of a purchase goes with it: (section, the field that names, the section it names).
_FILES = (
    ("criteria", "purchase_id", "purchases"),
    ("offers", "purchase_id", "purchases"),
    ("offer_scores", "offer_id", "offers"),
    ("purchase_papers", "purchase_id", "purchases"),
)
# What stays of an entry that is not shown: what its amounts and their years follow from. A field that is not named
# here goes, so one that is added to the model later is hidden until someone decides otherwise.
_KEPT_OF_INITIATIVES = ("investment_class", "status", "included", "archived", "start", "life_years", "mandated")
_KEPT_OF_COST_LINES = (
    "kind", "category", "driver", "dollar_year", "escalation", "start", "end", "refresh_years", "residual_fraction",
    "account", "price_confidence", "bridge", "use", "population", "population_share", "prior_payer",
    "legally_required",
    "residual_method", "useful_life_years", "scheduled_years", "term_years", "option_years", "renewal_uplift",
    "transfers_ownership", "loading_fraction", "purpose", "paid", "capital", "nces_object",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineRule:
    """Lines whose `field` is like `pattern` are of a class, up to and with the day `until` where there is one.

    A pattern is the whole value, the start of it (`26*`), or a part of it in any case (`*salar*`).
    """

    record: Record
    line_class: LineClass
    field: str
    pattern: str
    until: date | None = None

    def is_in_force(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def matches(self, value: str) -> bool:
        """Whether a value is like the pattern.

        >>> LineRule(Record.LEDGER, LineClass.SALARY, "nces_object", "1*").matches("110")
        True
        """
        kind, text = split_pattern(self.pattern)
        if kind == "part":
            return text.lower() in value.lower()
        return value.startswith(text) if kind == "start" else value == text


def split_pattern(pattern: str) -> tuple[str, str]:
    """How a pattern compares, and what with.

    >>> split_pattern("*salar*"), split_pattern("26*"), split_pattern("2660")
    (('part', 'salar'), ('start', '26'), ('whole', '2660'))
    """
    if pattern.startswith("*") and pattern.endswith("*") and len(pattern) > 1:
        return "part", pattern[1:-1]
    return ("start", pattern[:-1]) if pattern.endswith("*") else ("whole", pattern)


def check_rule(rule: LineRule) -> None:
    """Refuse a rule that looks at nothing there is, or would take in every line."""
    if rule.field not in _FIELDS[rule.record]:
        raise InputRefused(
            f"A rule for lines of the {rule.record} cannot look at {rule.field!r}.",
            f"Choose one of: {', '.join(_FIELDS[rule.record])}.",
        )
    if not rule.pattern.strip("* "):
        raise InputRefused(
            "A rule needs something to look for.", "Give a value, `26*` for a start, `*word*` for a part."
        )


@dataclass(frozen=True, slots=True)
class Hidden:
    """How much of a plan a role does not see."""

    cost_lines: int = 0
    initiatives: int = 0
    removed_initiatives: int = 0
    people: int = 0

    def describe(self) -> str:
        """One sentence for the screen; empty where everything is shown.

        >>> Hidden(cost_lines=2, removed_initiatives=1).describe()
        'Not shown to this role: 2 cost lines one by one (their sums are); 1 initiative with an open bid, in no total.'
        """
        parts = []
        if self.cost_lines:
            parts.append(f"{_count(self.cost_lines, 'cost line')} one by one (their sums are)")
        if self.initiatives:
            parts.append(f"{_count(self.initiatives, 'initiative')} by name (the sums are)")
        if self.removed_initiatives:
            parts.append(f"{_count(self.removed_initiatives, 'initiative')} with an open bid, in no total")
        if self.people:
            who = "1 person" if self.people == 1 else f"{self.people} people"
            parts.append(f"{who} in the log of gifts to employees by name (their gifts are)")
        return f"Not shown to this role: {'; '.join(parts)}." if parts else ""


NOTHING_HIDDEN = Hidden()


def hide_plan_lines(
    plan: "Plan", rules: Iterable[LineRule], treatments: Mapping[LineClass, Treatment], day: date
) -> "tuple[Plan, Hidden]":
    """The plan as a role sees it, and how much of it that leaves out.

    Summed: an initiative loses its name and words, a cost line its words, vendor, quantity and unit price (their
    product stays), and both their ids; what it costs, when, at which account and who pays stay, so that every total
    is the same to the cent. Removed: the whole initiative is gone with its costs, its commitments and what names it.
    """
    in_force = [rule for rule in rules if rule.record is Record.PLAN and rule.is_in_force(day)]
    summed = [rule for rule in in_force if treatments.get(rule.line_class) is Treatment.SUMMED]
    removed = [rule for rule in in_force if treatments.get(rule.line_class) is Treatment.REMOVED]
    without, gone = _remove_initiatives(plan, _find_initiatives(plan, removed, any_line=True))
    seen, hidden = _hide_names(without, summed, gone)
    seen = _drop_files(plan, seen)
    if treatments.get(LineClass.SALARY, Treatment.SHOWN) is Treatment.SHOWN:
        return seen, hidden
    return _hide_people(seen, hidden)


def _drop_files(plan: "Plan", seen: "Plan") -> "Plan":
    """What lies in the file of a purchase that is not shown goes with it, and nobody's gift tells who offers there."""
    if len(seen.purchases) == len(plan.purchases) and len(seen.funding_requests) == len(plan.funding_requests):
        return seen
    key = {"purchases": "purchase_id", "offers": "offer_id"}
    for section, field, place in _FILES:
        shown = {getattr(one, key[place]) for one in getattr(seen, place)}
        kept = tuple(one for one in getattr(seen, section) if getattr(one, field) in shown)
        seen = seen.model_copy(update={section: kept})
    purchases = {one.purchase_id for one in seen.purchases} | {None}
    requests = {one.request_id for one in seen.funding_requests} | {None}
    hidden = {"provider": NOT_SHOWN, "description": NOT_SHOWN, "purchase_id": None, "request_id": None}
    entries = tuple(
        one if one.purchase_id in purchases and one.request_id in requests else one.model_copy(update=hidden)
        for one in seen.conflicts
    )
    return seen.model_copy(update={"conflicts": entries})


def _hide_people(plan: "Plan", hidden: Hidden) -> "tuple[Plan, Hidden]":
    """Names, roles and words of the log of gifts to employees are gone; one person stays one, so that limits hold."""
    people = {name: number for number, name in enumerate(dict.fromkeys(one.person for one in plan.conflicts), 1)}
    entries = tuple(
        one.model_copy(
            update={
                "entry_id": f"not-shown-entry-{number}",
                "person": f"Person {people[one.person]}",
                "role": "",
                "description": NOT_SHOWN,
            }
        )
        for number, one in enumerate(plan.conflicts, 1)
    )
    return plan.model_copy(update={"conflicts": entries}), replace(hidden, people=len(people))


def _find_initiatives(plan: "Plan", rules: list[LineRule], any_line: bool) -> set[str]:
    """The initiatives of a class; with `any_line` also those of which one cost line is."""
    own = [rule for rule in rules if rule.field == "initiative_id"]
    found = {item.initiative_id for item in plan.initiatives if _is_like(own, item)}
    return found | {line.initiative_id for line in plan.cost_lines if any_line and _is_like(rules, line)}


def _is_like(rules: Iterable[LineRule], entry: "Initiative | CostLine") -> bool:
    return any(rule.matches(str(getattr(entry, rule.field))) for rule in rules)


def _remove_initiatives(plan: "Plan", gone: set[str]) -> "tuple[Plan, int]":
    if not gone:
        return plan, 0
    kept = tuple(_drop_references(item, gone) for item in plan.initiatives if item.initiative_id not in gone)
    changes = {
        name: tuple(entry for entry in getattr(plan, name) if entry.initiative_id not in gone)
        for name in ("cost_lines", "fleets", "commitments", "contributions", *_REGISTERS)
    }
    return plan.model_copy(update={"initiatives": kept, **changes}), len(plan.initiatives) - len(kept)


def _drop_references(item: "Initiative", gone: set[str]) -> "Initiative":
    names = {
        "depends_on": tuple(one for one in item.depends_on if one not in gone),
        "excludes": tuple(one for one in item.excludes if one not in gone),
        "compared_with": None if item.compared_with in gone else item.compared_with,
    }
    return item.model_copy(update=names)


def _hide_names(plan: "Plan", summed: list[LineRule], removed_initiatives: int) -> "tuple[Plan, Hidden]":
    names = _find_initiatives(plan, summed, any_line=False)
    hidden = [item.initiative_id for item in plan.initiatives if item.initiative_id in names]
    new_ids = {old: f"not-shown-{number}" for number, old in enumerate(dict.fromkeys(hidden), 1)}
    lines = {
        line.cost_line_id: f"not-shown-line-{number}"
        for number, line in enumerate(plan.cost_lines, 1)
        if line.initiative_id in names or _is_like(summed, line)
    }
    changes = {
        "initiatives": tuple(_hide_initiative(item, new_ids) for item in plan.initiatives),
        "cost_lines": tuple(_hide_cost_line(line, new_ids, lines) for line in plan.cost_lines),
        "fleets": tuple(
            one.model_copy(
                update={
                    "fleet_id": f"not-shown-fleet-{number}",
                    "initiative_id": new_ids[one.initiative_id],
                    "description": NOT_SHOWN,
                }
            )
            if one.initiative_id in new_ids
            else one
            for number, one in enumerate(plan.fleets, 1)
        ),
        "commitments": tuple(
            one.model_copy(update={"initiative_id": new_ids.get(one.initiative_id, one.initiative_id)})
            for one in plan.commitments
        ),
        "contributions": tuple(
            one.model_copy(update={"initiative_id": new_ids[one.initiative_id], "note": ""})
            if one.initiative_id in new_ids
            else one
            for one in plan.contributions
        ),
    }
    told = names | {line.initiative_id for line in plan.cost_lines if line.cost_line_id in lines}
    for register in _REGISTERS:
        changes[register] = tuple(one for one in getattr(plan, register) if one.initiative_id not in told)
    counts = Hidden(len(lines), len(hidden), removed_initiatives)
    return (plan.model_copy(update=changes) if lines or hidden else plan), counts


def _hide_initiative(item: "Initiative", new_ids: Mapping[str, str]) -> "Initiative":
    links = {
        "depends_on": tuple(new_ids.get(one, one) for one in item.depends_on),
        "excludes": tuple(new_ids.get(one, one) for one in item.excludes),
        "compared_with": new_ids.get(item.compared_with or "", item.compared_with),
    }
    if item.initiative_id not in new_ids:
        return item.model_copy(update=links)
    from planning.model import Initiative

    kept = {name: getattr(item, name) for name in _KEPT_OF_INITIATIVES}
    return Initiative(initiative_id=new_ids[item.initiative_id], name=NOT_SHOWN, **kept, **links)


def _hide_cost_line(line: "CostLine", new_ids: Mapping[str, str], lines: Mapping[str, str]) -> "CostLine":
    if line.cost_line_id not in lines:
        return line
    from planning.model import CostLine

    with localcontext() as context:
        context.prec = _EXACT_DIGITS
        price = line.quantity * line.unit_price_usd
    kept = {name: getattr(line, name) for name in _KEPT_OF_COST_LINES}
    return CostLine(
        cost_line_id=lines[line.cost_line_id],
        initiative_id=new_ids.get(line.initiative_id, line.initiative_id),
        description=NOT_SHOWN,
        unit_price_usd=price,
        supplanting_rebuttal=NOT_SHOWN if line.supplanting_rebuttal else "",
        **kept,
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
