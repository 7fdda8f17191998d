"""Who could lawfully pay: a suggestion beside the commitments of the plan, which only a person changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.checks import keep_first
from planning.evaluation import Evaluation
from planning.findings import Finding, FindingKind
from planning.funding.allocation_cents import Allocation, Allocator
from planning.funding.allocation_program import MOST_URGENT, AllocationProgram, Costs, Offer
from planning.funding.availability import Tranche, find_cap
from planning.funding.eligibility import CostProfile, Verdict, decide_all, describe_cost, list_capped
from planning.funding.purses import Purses, build_purses
from planning.funding.rules import list_rules
from planning.model import FundingSource
from planning.money import format_cents
from planning.reference import Reference
from planning.vocabulary import CostCategory, FundingState, Severity

REQUIRED_WITHOUT_SOURCE = FindingKind(
    "required_without_source",
    Severity.WARNING,
    "A law requires {item}, but no lawful money is left for {found} of it in {year}; {sources}.",
    "Find money for {item} in {year}: more of a source that may pay it, or one that pays something else now.",
)
Whole = NDArray[np.int64]


class Payment(NamedTuple):
    """A source could pay so many cents of a cost line in a fiscal year."""

    initiative_id: str
    cost_line_id: str
    fiscal_year: str
    source_id: str
    cents: int


class Shortfall(NamedTuple):
    """What no source may pay or has money for, of a cost line in a fiscal year."""

    initiative_id: str
    cost_line_id: str
    fiscal_year: str
    cents: int
    is_required: bool


class PurseUse(NamedTuple):
    """A year's money of a source: what the commitments left of it, what the suggestion spends, and what it would bring.

    Of a source with a technology portion only that portion counts. `worth`: how many dollars less would lack a source
    for one dollar more in it.
    """

    tranche: Tranche
    left_cents: int
    spent_cents: int
    worth: float

    @property
    def unspent_cents(self) -> int:
        """What nothing lawful takes."""
        return self.left_cents - self.spent_cents


class CapEffect(NamedTuple):
    """What a cap keeps from costs that the source may otherwise pay: the room it leaves, and what it bars."""

    source_id: str
    rule_id: str
    wanted_cents: int
    room_cents: int
    barred_cents: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The lawful allocation of what the costs lack. `verdicts` hold, for each cost line, each source's, in order."""

    sources: tuple[FundingSource, ...]
    verdicts: Mapping[str, tuple[Verdict, ...]]
    payments: tuple[Payment, ...]
    shortfalls: tuple[Shortfall, ...]
    purses: tuple[PurseUse, ...]
    caps: tuple[CapEffect, ...]

    @property
    def paid_cents(self) -> int:
        """What the suggestion pays in all."""
        return sum(payment.cents for payment in self.payments)

    @property
    def lacking_cents(self) -> int:
        """What is left without a source after it."""
        return sum(item.cents for item in self.shortfalls)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What no allocation can mend: costs that a law requires and that no lawful money reaches."""
        return tuple(self._describe_required(item) for item in self.shortfalls if item.is_required)

    def _describe_required(self, item: Shortfall) -> Finding:
        pairs = zip(self.sources, self.verdicts[item.cost_line_id], strict=True)
        names = [source.name for source, verdict in pairs if verdict.may_pay]
        return REQUIRED_WITHOUT_SOURCE.at(
            found=format_cents(item.cents, places=2, symbol=True),
            item=item.cost_line_id,
            year=item.fiscal_year,
            sources=f"what may pay it is used: {', '.join(names)}" if names else "no source of the plan may pay it",
        )


def suggest_allocation(evaluation: Evaluation, reference: Reference, keep_commitments: bool = True) -> Suggestion:
    """The lawful allocation that leaves the fewest dollars without a source.

    With `keep_commitments` the commitments stand and only what they leave is laid on what is left of the sources;
    without, everything is laid anew. Of the included initiatives; savings and the time of users take no part. Among
    costs that the same money could pay, what a law requires comes first, then what serves the goals most (thirds of
    the best alignment score); among sources the order of use decides. The rules of the evaluation's day count for all
    years.
    """
    case = _Case(evaluation, reference, keep_commitments)
    if not len(case.cents):
        return case.describe(None, None)
    program = AllocationProgram(
        Costs(case.offer_of, case.year, case.cents), case.offers, case.money.purses, case.money.terms, len(case.years)
    )
    found = Allocator(program).allocate()
    return case.describe(found, program.calculate_worth())


class _Case:
    """One plan laid out for the program: costs in columns, what each source may pay of them, purses."""

    def __init__(self, evaluation: Evaluation, reference: Reference, keep: bool) -> None:
        self.plan, self.years = evaluation.plan, evaluation.years
        self.reference, self.as_of = reference, evaluation.stamp.as_of
        self.sources = keep_first(self.plan.sources, "source_id")
        self.lines = evaluation.table.flows.lines
        self.profiles = self._describe_lines(evaluation)
        self.by_profile = decide_all(
            self.profiles, self.sources, reference.funding_rules, self.plan.district.state, self.as_of
        )
        self.capped = {profile: self._list_capped(profile) for profile in self.by_profile}
        self.urgency = _find_urgency(evaluation, self.profiles)
        paid = self._add_up(evaluation, keep)
        self.offers: list[Offer] = []
        self.offer_of = self._make_offers(paid)
        self.money = self._build_purses(evaluation, keep, paid)

    def _describe_lines(self, evaluation: Evaluation) -> list[CostProfile]:
        initiatives = {item.initiative_id: item for item in reversed(self.plan.initiatives)}
        rules = evaluation.cost_rules
        return [describe_cost(line, initiatives[line.initiative_id], rules) for line in self.lines]

    def _list_capped(self, profile: CostProfile) -> tuple[bool, ...]:
        state = self.plan.district.state
        return tuple(
            bool(list_capped(profile, list_rules(self.reference.funding_rules, source.kind, state, self.as_of)))
            for source in self.sources
        )

    def _add_up(self, evaluation: Evaluation, keep: bool) -> dict[tuple[int, int], dict[int, int]]:
        """The costs, by line and year; answers what each source paid of each already."""
        table = evaluation.table
        is_time = np.array([line.category is CostCategory.INDIRECT_LABOR for line in self.lines], dtype=bool)
        line, year = table.flows.line[table.flow], table.year
        counts = table.included[table.initiative] & ~is_time[line] & (table.cents > 0) if len(line) else line > 0
        is_unfunded = table.state == list(FundingState).index(FundingState.UNFUNDED)
        wanted = counts & is_unfunded if keep else counts
        sums = np.bincount((line * len(self.years) + year)[wanted], weights=table.cents[wanted]).astype(np.int64)
        key = np.flatnonzero(sums)
        self.line, self.year, self.cents = key // len(self.years), key % len(self.years), sums[key]
        paid: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for place in np.flatnonzero(counts & (table.payer >= 0)).tolist() if keep else ():
            paid[int(line[place]), int(year[place])][int(table.payer[place])] += int(table.cents[place])
        return paid

    def _make_offers(self, paid: Mapping[tuple[int, int], Mapping[int, int]]) -> Whole:
        known: dict[Offer, int] = {}
        cells = zip(self.line.tolist(), self.year.tolist(), self.cents.tolist(), strict=True)
        places = [known.setdefault(self._offer(*cell, paid.get(cell[:2], {})), len(known)) for cell in cells]
        self.offers = list(known)
        return np.array(places, dtype=np.int64)

    def _offer(self, line: int, year: int, cents: int, paid: Mapping[int, int]) -> Offer:
        """What each source may pay of what is left of a cost: its share of the whole, less what it paid."""
        profile = self.profiles[line]
        whole = cents + sum(paid.values())
        shares = []
        for source, verdict in enumerate(self.by_profile[profile]):
            most = float(verdict.share) * whole - paid.get(source, 0) if verdict.may_pay else 0.0
            shares.append(min(max(most / cents, 0.0), 1.0))
        return Offer(tuple(shares), self.capped[profile], self.urgency[line])

    def _build_purses(
        self, evaluation: Evaluation, keep: bool, paid: Mapping[tuple[int, int], Mapping[int, int]]
    ) -> Purses:
        spent = _sum_spending(evaluation) if keep else {}
        capped: dict[str, int] = defaultdict(int)
        for (line, _), by_source in paid.items():
            for source, cents in by_source.items():
                capped[self.sources[source].source_id] += cents * self.capped[self.profiles[line]][source]
        wanted: dict[str, int] = defaultdict(int)
        for offer, cents in zip(self.offer_of.tolist(), self.cents.tolist(), strict=True):
            for source, share in zip(self.sources, self.offers[offer].shares, strict=True):
                wanted[source.source_id] += cents if share else 0
        return build_purses(
            self.sources, self.plan.district, self.years, self.reference, self.as_of, spent, capped, wanted
        )

    def describe(self, found: Allocation | None, worth: NDArray[np.float64] | None) -> Suggestion:
        """The allocation in the words of the plan."""
        purses = self.money.purses
        spent = found.spent.tolist() if found else [0] * len(purses)
        values = worth.tolist() if worth is not None else [0.0] * len(purses)
        left = self._limit_left(spent)
        uses = (
            PurseUse(tranche, cents, used, value)
            for tranche, cents, used, value in zip(self.money.tranches, left, spent, values, strict=True)
        )
        return Suggestion(
            self.sources,
            {line.cost_line_id: self.by_profile[p] for line, p in zip(self.lines, self.profiles, strict=True)},
            self._list_payments(found) if found else (),
            self._list_shortfalls(found.unpaid) if found else (),
            tuple(uses),
            self._list_caps(),
        )

    def _limit_left(self, spent: Sequence[int]) -> list[int]:
        """What each purse had for technology: no more than its source's technology portion leaves."""
        room = [
            None if term.portion_cents is None else term.portion_cents - term.paid_cents for term in self.money.terms
        ]
        for purse, cents in zip(self.money.purses, spent, strict=True):
            if (most := room[purse.source]) is not None:
                room[purse.source] = most - cents
        left = []
        for purse, cents in zip(self.money.purses, spent, strict=True):
            rest = purse.cents - cents
            if (most := room[purse.source]) is not None:
                rest = min(rest, max(most, 0))
                room[purse.source] = most - rest
            left.append(cents + rest)
        return left

    def _list_payments(self, found: Allocation) -> tuple[Payment, ...]:
        order = np.lexsort((found.purse, found.cost))
        sums: dict[tuple[int, str], int] = defaultdict(int)
        columns = (found.cost[order].tolist(), found.purse[order].tolist(), found.cents[order].tolist())
        for cost, purse, cents in zip(*columns, strict=True):
            sums[cost, self.money.tranches[purse].source_id] += cents
        return tuple(Payment(*self._name(cost), source, cents) for (cost, source), cents in sums.items())

    def _list_shortfalls(self, unpaid: Whole) -> tuple[Shortfall, ...]:
        return tuple(
            Shortfall(*self._name(cost), int(unpaid[cost]), self.urgency[self.line[cost]] == MOST_URGENT)
            for cost in np.flatnonzero(unpaid).tolist()
        )

    def _name(self, cost: int) -> tuple[str, str, str]:
        line = self.lines[self.line[cost]]
        return line.initiative_id, line.cost_line_id, self.years[self.year[cost]]

    def _list_caps(self) -> tuple[CapEffect, ...]:
        effects = []
        for place, (source, term) in enumerate(zip(self.sources, self.money.terms, strict=True)):
            cap = find_cap(self.reference, source.kind, self.as_of)
            if cap is None or term.capped_fraction is None or term.portion_cents is None:
                continue
            open_years = {year for purse in self.money.purses if purse.source == place for year in purse.years}
            wanted = sum(
                int(cents * self.offers[offer].shares[place])
                for offer, year, cents in zip(
                    self.offer_of.tolist(), self.year.tolist(), self.cents.tolist(), strict=True
                )
                if self.offers[offer].is_capped[place] and year in open_years
            )
            room = max(int(term.capped_fraction * term.portion_cents + 1e-6) - term.capped_cents, 0)
            payable = min(wanted, max(term.portion_cents - term.paid_cents, 0))
            effects.append(CapEffect(source.source_id, cap[0].rule_id, wanted, room, max(payable - room, 0)))
        return tuple(effect for effect in effects if effect.barred_cents)


def _find_urgency(evaluation: Evaluation, profiles: Sequence[CostProfile]) -> list[int]:
    """For each line: 3 where a law requires it, else 2, 1 or 0 by thirds of the best alignment score."""
    scores = {item.initiative_id: item.alignment.score for item in evaluation.initiatives}
    best = max(scores.values(), default=0) or 1
    return [
        MOST_URGENT if profile.legally_required else min(int(3 * scores[line.initiative_id] / best), 2)
        for line, profile in zip(evaluation.table.flows.lines, profiles, strict=True)
    ]


def _sum_spending(evaluation: Evaluation) -> dict[tuple[str, str], int]:
    """What every source really pays by year, less what savings return to it."""
    table = evaluation.table
    sums: dict[tuple[str, str], int] = defaultdict(int)
    places = np.flatnonzero(table.included[table.initiative] & (table.payer >= 0)) if len(table.flow) else ()
    for place in places:
        sums[table.source_ids[table.payer[place]], table.years[table.year[place]]] += int(table.cents[place])
    return sums
