"""Which initiatives to do for the money there is: the most value under one or several budgets, exactly.

Maximise Σ value × x with Σ cost × x ≤ budget for each budget, x being 0 or 1, under side constraints. Sources:
Weingartner, "Mathematical Programming and the Analysis of Capital Budgeting Problems", 1963; Lorie and Savage, "Three
Problems in Rationing Capital", Journal of Business 28, 1955.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planning.choice.selection_program import (
    Chosen,
    Outcome,
    Rule,
    add_chosen,
    find_conflict,
    forbid,
    maximise_in_order,
    pin,
    relax,
)
from planning.errors import InputRefused
from planning.findings import Finding, FindingKind
from planning.money import format_cents
from planning.vocabulary import Severity

NODE_LIMIT = 5_000  # about a second for 60 candidates; where it ends the search, the bound says how far off it may be

PORTFOLIO_IMPOSSIBLE = FindingKind(
    "portfolio_impossible",
    Severity.ERROR,
    "No selection keeps all of this together: {found}.",
    "Give way in one of these; each of them is needed for the conflict.",
)
PORTFOLIO_UNKNOWN = FindingKind(
    "portfolio_unknown",
    Severity.WARNING,
    "{item} names {found}, which is not among the candidates.",
    "Add {found} to the candidates, or take the name away. What needs it is not selected until then.",
)
PORTFOLIO_NOT_PROVEN = FindingKind(
    "portfolio_not_proven",
    Severity.WARNING,
    "The best selection found is worth {found}; it is not proven that none is better, but none can exceed {expected}.",
    "Raise the limit of the search, or give fewer candidates.",
)


class Candidate(NamedTuple):
    """Something to do or not: its value in whole units of anything, and its cents of each budget in their order.

    `requires` are all needed for it; it is never selected together with one that it `excludes`.
    """

    candidate_id: str
    value: int
    cents: tuple[int, ...]
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    is_mandated: bool = False


class Budget(NamedTuple):
    """What may be spent at most, for example in a fiscal year."""

    name: str
    cents: int


class GroupLimit(NamedTuple):
    """At most so many of a group; one of them where they are alternatives of each other."""

    name: str
    candidate_ids: tuple[str, ...]
    most: int = 1


class Selection(NamedTuple):
    """What is selected, in the order of the candidates, its value, and what it takes of each budget."""

    candidate_ids: tuple[str, ...]
    value: int
    cents: tuple[int, ...]


class Relaxation(NamedTuple):
    """The value that could be had if everything could be done in part, and those parts."""

    value: float
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The best selection, the next best, and the relaxation that bounds both; None where there is none.

    `bound`: no selection is worth more. It is the value of the best where that is proven; -inf where nothing can be
    done.
    """

    best: Selection | None
    next_best: Selection | None
    relaxation: Relaxation | None
    bound: float
    is_proven: bool
    findings: tuple[Finding, ...]


def choose_portfolio(
    candidates: Sequence[Candidate],
    budgets: Sequence[Budget],
    limits: Sequence[GroupLimit] = (),
    node_limit: int = NODE_LIMIT,
) -> Portfolio:
    """The selection of the greatest value that every budget and side constraint allows.

    Of equals the one that costs least over all budgets, then the one with the first candidates by identifier. Where
    no selection is possible, a finding names the constraints that cannot hold together. Raises InputRefused for two
    candidates of one identifier, or costs for another number of budgets.
    """
    _check_shape(candidates, budgets)
    ordered = sorted(candidates)
    rules = _list_rules(ordered, budgets, limits)
    findings = _find_unknown(ordered, limits)
    values, costs = [one.value for one in ordered], [sum(one.cents) for one in ordered]
    best = maximise_in_order(values, costs, rules, node_limit)
    if best.chosen is None:
        findings.append(_explain_nothing(best, rules, len(ordered), node_limit))
        return Portfolio(None, None, None, best.bound, best.is_proven, tuple(findings))
    worth = add_chosen(values, best.chosen)
    following = Outcome(None, best.bound, False)
    if best.is_proven:
        following = maximise_in_order(values, costs, [*rules, forbid(best.chosen)], node_limit)
    else:
        findings.append(PORTFOLIO_NOT_PROVEN.at(found=worth, expected=_floor(best.bound)))
    parts = relax(values, rules)
    return Portfolio(
        _select(candidates, ordered, best.chosen, len(budgets)),
        _select(candidates, ordered, following.chosen if following.is_proven else None, len(budgets)),
        Relaxation(
            sum(value * part for value, part in zip(values, parts, strict=True)),
            {one.candidate_id: part for one, part in zip(ordered, parts, strict=True)},
        ),
        worth if best.is_proven else best.bound,
        best.is_proven,
        tuple(findings),
    )


def _check_shape(candidates: Sequence[Candidate], budgets: Sequence[Budget]) -> None:
    names = [one.candidate_id for one in candidates]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputRefused(f"Two candidates are called {twice}.", "Give each an identifier of its own.")
    for one in candidates:
        if len(one.cents) != len(budgets):
            raise InputRefused(
                f"{one.candidate_id} has costs for {len(one.cents)} budgets, but there are {len(budgets)}.",
                "Give one amount for each budget, zero where it takes nothing.",
            )


def _list_rules(candidates: Sequence[Candidate], budgets: Sequence[Budget], limits: Sequence[GroupLimit]) -> list[Rule]:
    """Every constraint as a row over the candidates, with the words that a finding says of it."""
    place_of = {one.candidate_id: place for place, one in enumerate(candidates)}
    count = len(candidates)
    rules = [
        Rule(f"at most {limit.most} of {limit.name}", _mark(place_of, limit.candidate_ids), limit.most)
        for limit in limits
    ]
    for place, one in enumerate(candidates):
        name = one.candidate_id
        for other in one.requires:
            rules.append(_require(place, place_of.get(other), count, f"{name} needs {other}"))
        for other in one.excludes:
            rules.append(Rule(f"{name} and {other} exclude each other", _mark(place_of, (name, other)), 1))
        if one.is_mandated:
            rules.append(pin(place, count, True, f"{name} is mandated"))
    rules += [
        Rule(
            f"{budget.name} has {format_cents(budget.cents, symbol=True)}",
            tuple(one.cents[place] for one in candidates),
            budget.cents,
        )
        for place, budget in enumerate(budgets)
    ]
    return rules


def _mark(place_of: dict[str, int], names: Iterable[str]) -> tuple[int, ...]:
    marked = {place_of[name] for name in names if name in place_of}
    return tuple(int(place in marked) for place in range(len(place_of)))


def _require(place: int, needed: int | None, count: int, name: str) -> Rule:
    weights = [0] * count
    weights[place] += 1
    if needed is not None:
        weights[needed] -= 1
    return Rule(name, tuple(weights), 0)


def _find_unknown(candidates: Sequence[Candidate], limits: Sequence[GroupLimit]) -> list[Finding]:
    known = {one.candidate_id for one in candidates}
    naming = [(one.candidate_id, (*one.requires, *one.excludes)) for one in candidates]
    naming += [(limit.name, limit.candidate_ids) for limit in limits]
    return [
        PORTFOLIO_UNKNOWN.at(item=item, found=name) for item, names in naming for name in names if name not in known
    ]


def _floor(bound: float) -> int:
    """The greatest whole value within a bound that the solver knows to about a millionth."""
    return int(bound + 1e-6)


def _explain_nothing(best: Outcome, rules: Sequence[Rule], count: int, node_limit: int) -> Finding:
    if not best.is_proven:
        return PORTFOLIO_NOT_PROVEN.at(found="nothing yet", expected=_floor(best.bound))
    return PORTFOLIO_IMPOSSIBLE.at(found="; ".join(rule.name for rule in find_conflict(rules, count, node_limit)))


def _select(
    candidates: Sequence[Candidate], ordered: Sequence[Candidate], chosen: Chosen | None, budget_count: int
) -> Selection | None:
    if chosen is None:
        return None
    inside = {one.candidate_id for one, is_in in zip(ordered, chosen, strict=True) if is_in}
    selected = [one for one in candidates if one.candidate_id in inside]
    return Selection(
        tuple(one.candidate_id for one in selected),
        sum(one.value for one in selected),
        tuple(sum(one.cents[place] for one in selected) for place in range(budget_count)),
    )
