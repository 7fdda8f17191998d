"""Checks on a whole plan: every finding names the item and how to mend it; nothing here raises.

Errors are plans that cannot mean what they say; warnings are plans that can be kept and worked on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from planning.cost.line_checks import check_cost_model
from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_label, start_year_of
from planning.model import CostLine, Model, Plan
from planning.money import format_percent
from planning.register_checks import check_registers, list_register_references
from planning.vocabulary import CostKind, Driver, FundingState, Severity

DUPLICATE_ID = FindingKind(
    "duplicate_id",
    Severity.ERROR,
    "{found} is the id of {count} {things}; only the first counts.",
    "Give each of the {things} called {found} an id of its own.",
)
UNKNOWN_ID = FindingKind(
    "unknown_id",
    Severity.ERROR,
    "{item} names the {thing} {found}, which the plan does not have.",
    "Add the {thing} {found}, or correct the id in {item}.",
)
RESERVED_ID = FindingKind(
    "reserved_id",
    Severity.ERROR,
    "The source id {found} is a word that Techplan uses itself.",
    "Give the source {found} another id.",
)
DEPENDENCY_CIRCLE = FindingKind(
    "dependency_circle",
    Severity.ERROR,
    "These initiatives wait for each other in a circle: {found}.",
    "Remove one of the dependencies in the circle {found}.",
)
DEPENDENCY_NOT_INCLUDED = FindingKind(
    "dependency_not_included",
    Severity.WARNING,
    "{item} is included but depends on {found}, which is not.",
    "Include {found}, leave out {item}, or remove the dependency.",
)
EXCLUDED_PAIR_INCLUDED = FindingKind(
    "excluded_pair_included",
    Severity.WARNING,
    "{item} and {found} exclude each other, but both are included.",
    "Leave out one of {item} and {found}.",
)
COST_OUTSIDE_LIFE = FindingKind(
    "cost_outside_life",
    Severity.WARNING,
    "Cost line {item} falls in {found}, outside the life of its initiative ({expected}).",
    "Move {item} into {expected}, or change the start or life of the initiative.",
)
COST_ENDS_BEFORE_START = FindingKind(
    "cost_ends_before_start",
    Severity.ERROR,
    "Cost line {item} ends in {found}, before it starts in {expected}; it costs nothing.",
    "Give {item} an end of {expected} or later.",
)
REFRESH_WITHOUT_YEARS = FindingKind(
    "refresh_without_years",
    Severity.ERROR,
    "Cost line {item} is a refresh but does not say after how many years; it is bought once.",
    "Give {item} its refresh years, or make it one_time.",
)
UNKNOWN_ESCALATION = FindingKind(
    "unknown_escalation",
    Severity.ERROR,
    "Cost line {item} rises with the rate {found}, which the district does not define; it does not rise.",
    "Add the escalation rate {found} to the district, or correct it in {item}.",
)
DEDUCTIONS_TAKE_ALL = FindingKind(
    "deductions_take_all",
    Severity.WARNING,
    "Equitable services and administration take {found} of source {item}; nothing of it is left to spend.",
    "Lower the shares of {item} until together they are less than 100 %.",
)
WINDOW_REVERSED = FindingKind(
    "window_reversed",
    Severity.ERROR,
    "The window of source {item} ends on {found}, before it starts on {expected}; it never pays.",
    "Correct the window dates of {item}.",
)
WEIGHTS_ALL_ZERO = FindingKind(
    "weights_all_zero",
    Severity.WARNING,
    "Every goal has weight 0, so every initiative scores 0.",
    "Give at least one goal a weight above 0.",
)
DRIVER_WITHOUT_COUNTS = FindingKind(
    "driver_without_counts",
    Severity.ERROR,
    "Cost line {item} counts by {found}, but the district gives no number of {found}; it costs nothing.",
    "Add the number of {found} by fiscal year to the district, or make {item} fixed.",
)
DUPLICATE_ENTRY = FindingKind(
    "duplicate_entry",
    Severity.WARNING,
    "{found} is given {count} times; {rule}.",
    "Keep one row for {found}.",
)
FISCAL_YEAR_STYLE = FindingKind(
    "fiscal_year_style",
    Severity.WARNING,
    "{item} says {found}, but this district writes its fiscal years like {expected}.",
    "Write the year of {item} like {expected}, so that nobody takes it for another year.",
)

Item = TypeVar("Item", bound=Model)


def keep_first(items: Iterable[Item], id_field: str) -> tuple[Item, ...]:
    """Items with distinct ids: of several with the same id, the first."""
    chosen: dict[str, Item] = {}
    for item in items:
        chosen.setdefault(getattr(item, id_field), item)
    return tuple(chosen.values())


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """Every fault of a plan that its types let through, in the order of the workbook's sheets."""
    checks = (
        _check_ids,
        _check_references,
        _check_entries,
        _check_dependencies,
        _check_cost_lines,
        check_cost_model,
        _check_sources,
        _check_goals,
        check_registers,
        _check_year_style,
    )
    return tuple(finding for check in checks for finding in check(plan))


def _check_ids(plan: Plan) -> Iterator[Finding]:
    groups = {
        "goals": [item.goal_id for item in plan.goals],
        "initiatives": [item.initiative_id for item in plan.initiatives],
        "cost lines": [item.cost_line_id for item in plan.cost_lines],
        "sources": [item.source_id for item in plan.sources],
        "schools": [item.school_id for item in plan.schools],
        "funding requests": [item.request_id for item in plan.funding_requests],
        "awards": [item.award_id for item in plan.awards],
        "gifts": [item.gift_id for item in plan.gifts],
        "entries": [item.entry_id for item in plan.conflicts],
        "purchases": [item.purchase_id for item in plan.purchases],
        "criteria": [item.criterion_id for item in plan.criteria],
        "offers": [item.offer_id for item in plan.offers],
        "policies": [item.policy_id for item in plan.policies],
        "escalation rates": [item.name for item in plan.district.escalation_rates],
    }
    for things, ids in groups.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield DUPLICATE_ID.at(found=name, count=count, things=things)
    for source_id in sorted({item.source_id for item in plan.sources} & {*FundingState, "residual"}):
        yield RESERVED_ID.at(found=source_id)


def _check_references(plan: Plan) -> Iterator[Finding]:
    known = {
        "initiative": {item.initiative_id for item in plan.initiatives},
        "source": {item.source_id for item in plan.sources},
        "goal": {item.goal_id for item in plan.goals},
        "purchase": {item.purchase_id for item in plan.purchases},
        "funding request": {item.request_id for item in plan.funding_requests},
        "criterion": {item.criterion_id for item in plan.criteria},
        "offer": {item.offer_id for item in plan.offers},
    }
    for item, thing, name in dict.fromkeys(_list_lost_references(plan, known)):
        yield UNKNOWN_ID.at(found=name, item=item, thing=thing)


def _list_lost_references(plan: Plan, known: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    """(who names it, what kind of thing, its id) of everything that is named and not there."""
    yield from _list_lost_in_plan(plan, known)
    for item, thing, name in list_register_references(plan):
        if name not in known[thing]:
            yield item, thing, name


def _list_lost_in_plan(plan: Plan, known: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    initiatives, sources, goals = known["initiative"], known["source"], known["goal"]
    for initiative in plan.initiatives:
        base = () if initiative.compared_with is None else (initiative.compared_with,)
        for name in (*initiative.depends_on, *initiative.excludes, *base):
            if name not in initiatives:
                yield f"initiative {initiative.initiative_id}", "initiative", name
    for line in plan.cost_lines:
        if line.initiative_id not in initiatives:
            yield f"cost line {line.cost_line_id}", "initiative", line.initiative_id
    for fleet in plan.fleets:
        if fleet.initiative_id not in initiatives:
            yield f"fleet {fleet.fleet_id}", "initiative", fleet.initiative_id
    for commitment in plan.commitments:
        if commitment.initiative_id not in initiatives:
            yield f"a commitment in {commitment.fiscal_year}", "initiative", commitment.initiative_id
        if commitment.source_id not in sources:
            yield f"a commitment in {commitment.fiscal_year}", "source", commitment.source_id
    for contribution in plan.contributions:
        if contribution.initiative_id not in initiatives:
            yield "a goal contribution", "initiative", contribution.initiative_id
        if contribution.goal_id not in goals:
            yield "a goal contribution", "goal", contribution.goal_id


def _check_entries(plan: Plan) -> Iterator[Finding]:
    """Rows without an id of their own that say the same thing twice."""
    commitments = [(item.initiative_id, item.source_id, item.fiscal_year) for item in plan.commitments]
    yield from _describe_repeats("commitment", commitments, "they are added together")
    contributions = [(item.initiative_id, item.goal_id) for item in plan.contributions]
    yield from _describe_repeats("goal contribution", contributions, "only the first counts")
    counts = [(item.driver, item.fiscal_year) for item in plan.district.driver_counts]
    yield from _describe_repeats("count", counts, "only the first counts")
    amounts = [(item.source_id, amount.fiscal_year) for item in plan.sources for amount in item.amounts]
    yield from _describe_repeats("source amount", amounts, "only the first counts")


def _describe_repeats(thing: str, keys: Sequence[tuple[str, ...]], rule: str) -> Iterator[Finding]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield DUPLICATE_ENTRY.at(found=f"The {thing} {' · '.join(key)}", count=count, rule=rule)


def _check_dependencies(plan: Plan) -> Iterator[Finding]:
    initiatives = {item.initiative_id: item for item in keep_first(plan.initiatives, "initiative_id")}
    included = {name for name, item in initiatives.items() if item.counted}
    for circle in _find_circles({name: item.depends_on for name, item in initiatives.items()}):
        yield DEPENDENCY_CIRCLE.at(found=" → ".join((*circle, circle[0])))
    pairs: set[frozenset[str]] = set()
    for name in initiatives:
        if name not in included:
            continue
        for needed in initiatives[name].depends_on:
            if needed in initiatives and needed not in included:
                yield DEPENDENCY_NOT_INCLUDED.at(found=needed, item=name)
        for other in initiatives[name].excludes:
            if other in included and other != name and frozenset((name, other)) not in pairs:
                pairs.add(frozenset((name, other)))
                yield EXCLUDED_PAIR_INCLUDED.at(found=other, item=name)


def _find_circles(needs: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each circle once, as found by walking the dependencies depth first without recursion."""
    circles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for root in needs:
        path: list[str] = []
        stack = [(root, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                done.add(path.pop())
            elif name in path:
                circles.append(tuple(path[path.index(name) :]))
            elif name not in done and name in needs:
                path.append(name)
                stack.append((name, True))
                stack.extend((needed, False) for needed in reversed(needs[name]))
    return circles


def _check_cost_lines(plan: Plan) -> Iterator[Finding]:
    lives = {
        item.initiative_id: (start_year_of(item.start), start_year_of(item.start) + item.life_years - 1)
        for item in reversed(plan.initiatives)
    }
    rates = {rate.name for rate in plan.district.escalation_rates} | {None}
    drivers = {count.driver for count in plan.district.driver_counts} | {Driver.FIXED}
    is_calendar = "-" not in plan.district.first_fiscal_year
    for line in plan.cost_lines:
        if line.kind is CostKind.REFRESH and line.refresh_years is None:
            yield REFRESH_WITHOUT_YEARS.at(item=line.cost_line_id)
        if line.escalation not in rates:
            yield UNKNOWN_ESCALATION.at(found=line.escalation, item=line.cost_line_id)
        if line.driver not in drivers:
            yield DRIVER_WITHOUT_COUNTS.at(found=line.driver, item=line.cost_line_id)
        first, last = lives.get(line.initiative_id, (None, None))
        if first is None or last is None:
            continue
        start, end = start_year_of(line.start), start_year_of(line.end or line.start)
        if not first <= start <= end <= last or line.scheduled_years:
            yield from _check_life(line, first, last, is_calendar)


def _check_life(line: CostLine, first: int, last: int, is_calendar: bool) -> Iterator[Finding]:
    if line.end is not None and start_year_of(line.end) < start_year_of(line.start):
        yield COST_ENDS_BEFORE_START.at(found=line.end, expected=line.start, item=line.cost_line_id)
        return
    labels = line.scheduled_years if line.kind is CostKind.SCHEDULED else (line.start, line.end or line.start)
    for label in dict.fromkeys(labels):
        if not first <= start_year_of(label) <= last:
            life = f"{fiscal_year_label(first, is_calendar)} to {fiscal_year_label(last, is_calendar)}"
            yield COST_OUTSIDE_LIFE.at(found=label, expected=life, item=line.cost_line_id)


def _check_sources(plan: Plan) -> Iterator[Finding]:
    for source in plan.sources:
        if source.window_start and source.window_end and source.window_end < source.window_start:
            yield WINDOW_REVERSED.at(found=source.window_end, expected=source.window_start, item=source.source_id)
        taken = source.equitable_services_fraction + source.administration_fraction
        if taken >= 1:
            yield DEDUCTIONS_TAKE_ALL.at(found=format_percent(taken, 1), item=source.source_id)


def _check_goals(plan: Plan) -> Iterator[Finding]:
    if plan.goals and not any(goal.weight for goal in plan.goals):
        yield WEIGHTS_ALL_ZERO.at()


def _check_year_style(plan: Plan) -> Iterator[Finding]:
    """`FY2027` in a district that writes `FY2026-27` is read as FY2027-28, which is seldom what was meant."""
    expected = plan.district.first_fiscal_year
    has_dash = "-" in expected
    if all(("-" in label) == has_dash for label in _collect_years(plan)):
        return
    for thing, name, label in dict.fromkeys(_list_years(plan)):
        if ("-" in label) != has_dash:
            yield FISCAL_YEAR_STYLE.at(found=label, expected=expected, item=f"{thing} {name}")


def _collect_years(plan: Plan) -> set[str]:
    """Every year that the plan speaks of, once: tens of thousands of mentions are of a dozen years."""
    years = {line.start for line in plan.cost_lines} | {line.dollar_year for line in plan.cost_lines}
    years |= {line.end for line in plan.cost_lines if line.end}
    years |= {label for line in plan.cost_lines for label in line.scheduled_years}
    years |= {item.fiscal_year for item in plan.commitments}
    rest = plan.model_copy(update={"cost_lines": (), "commitments": ()})
    return years | {label for _, _, label in _list_years(rest)}


def _list_years(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """(what it is, its name, a year it speaks of)."""
    for initiative in plan.initiatives:
        yield "Initiative", initiative.initiative_id, initiative.start
    for line in plan.cost_lines:
        yield "Cost line", line.cost_line_id, line.start
        yield "Cost line", line.cost_line_id, line.dollar_year
        for label in (line.end, *line.scheduled_years):
            if label:
                yield "Cost line", line.cost_line_id, label
    for fleet in plan.fleets:
        yield "Fleet", fleet.fleet_id, fleet.bought
        yield "Fleet", fleet.fleet_id, fleet.dollar_year
    for source in plan.sources:
        for amount in source.amounts:
            yield "Source", source.source_id, amount.fiscal_year
    for commitment in plan.commitments:
        yield "The commitment of", f"{commitment.source_id} to {commitment.initiative_id}", commitment.fiscal_year
    for count in plan.district.driver_counts:
        yield "The count of", count.driver, count.fiscal_year
