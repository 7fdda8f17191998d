"""The commitments of a plan held against the rules: they stand as they are, and what is against a rule is said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

import numpy as np

from planning.atom_table import AtomTable
from planning.checks import keep_first
from planning.cost.capitalisation import CostRules
from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_dates
from planning.funding.availability import find_cap, find_last_day, list_tranches
from planning.funding.bonds import check_bond_life, check_spend_down, find_spend_down
from planning.funding.eligibility import CostProfile, Verdict, decide, describe_cost, list_capped
from planning.funding.purses import draw_oldest_first
from planning.funding.rules import RuleEffect, check_rules, find_rule, list_rules
from planning.model import CostLine, FundingSource, Plan
from planning.money import format_cents, to_cents
from planning.reference import Reference, compare
from planning.vocabulary import CostCategory, Severity

COMMITMENT_AGAINST_RULE = FindingKind(
    "commitment_against_rule",
    Severity.WARNING,
    "{source} is to pay {found} of {initiative} in {year}, but may pay {expected}. {sentence} ({citation})",
    "Let other money pay the rest of {initiative} in {year}, or correct what its cost lines say of themselves.",
)
COMMITMENTS_EXCEED_CAP = FindingKind(
    "commitments_exceed_cap",
    Severity.WARNING,
    "{item} is to pay {found} of devices, software and the like, but may pay {expected} of them. {sentence}",
    "Let other money pay what is above {expected}, or plan more of what the cap does not count.",
)
COMMITMENTS_EXCEED_PORTION = FindingKind(
    "commitments_exceed_portion",
    Severity.WARNING,
    "{item} is to pay {found}, more than its technology portion of {expected}.",
    "Lower the commitments of {item}, or raise its technology portion in the award's budget.",
)
COMMITMENTS_EXCEED_CARRY_OVER = FindingKind(
    "commitments_exceed_carry_over",
    Severity.WARNING,
    "{item} is to pay {found} in {year} that its carry-over limit leaves no room for. {sentence} ({citation})",
    "Spend more of {item} in the year it is for, or let other money pay {found} in {year}.",
)
AWARD_WITHOUT_END = FindingKind(
    "award_without_end",
    Severity.NOTE,
    "{item} is an award of {found} without a last day; by law its money is available to {expected}.",
    "Write the last day of {item} from its award letter.",
)
# What of a cost line the rules may ask about, besides its initiative and whether it is equipment (`describe_cost`).
# The values of the enums, because an enum hashes its name anew each time it is looked up.
_READ_SIGNATURE = attrgetter(
    "category._value_", "kind._value_", "purpose._value_", "nces_object", "use", "erate_service", "population._value_",
    "population_share", "prior_payer", "legally_required", "supplanting_rebuttal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Paid:
    """What one source pays of one initiative in one year, by cost line, and what those lines cost."""

    source: int
    initiative: str
    year: str
    cents: int
    costs: tuple[tuple[int, int], ...]


def check_commitments(
    plan: Plan, table: AtomTable, cost_rules: CostRules, reference: Reference, as_of: date
) -> tuple[Finding, ...]:
    """Every commitment that pays beyond what the rules in force on the day allow, with the rule that says so.

    Within an initiative and year a commitment may pay the lines that its source is allowed, each up to its share. Caps
    and technology portions are held against all commitments of a source together, bonds against their life and pace.
    """
    return tuple(_Check(plan, table, cost_rules, reference, as_of).list_findings())


class _Check:
    def __init__(self, plan: Plan, table: AtomTable, cost_rules: CostRules, reference: Reference, as_of: date) -> None:
        self.plan, self.table, self.cost_rules = plan, table, cost_rules
        self.reference, self.as_of = reference, as_of
        self.sources = keep_first(plan.sources, "source_id")
        self.initiatives = {item.initiative_id: item for item in reversed(plan.initiatives)}
        self.rules = {
            kind: list_rules(reference.funding_rules, kind, plan.district.state, as_of)
            for kind in {source.kind for source in self.sources}
        }
        self._profiles: dict[int, CostProfile] = {}
        self._verdicts: dict[tuple[CostProfile, int], Verdict] = {}
        self._signatures: dict[tuple[object, ...], int] = {}
        self._numbers: dict[CostProfile, int] = {}

    def list_findings(self) -> Iterator[Finding]:
        yield from check_rules(self.reference.funding_rules, [source.kind for source in self.sources], self.as_of)
        paid = self._list_paid()
        for item in paid:
            yield from self._check_rule(item)
        by_line = self._sum_by_line()
        for place, source in enumerate(self.sources):
            yield from self._check_terms(source, by_line.get(place, {}))
            yield from self._check_bond(source, by_line.get(place, {}))
            yield from self._check_carry_over(source, by_line.get(place, {}))
            last = find_last_day(source, self.reference, self.as_of)
            if source.window_end is None and last is not None:
                yield AWARD_WITHOUT_END.at(found=source.award_year, expected=last, item=source.source_id)

    def _select(self) -> np.ndarray:
        """The atoms that a source pays, of included initiatives, savings left aside."""
        table = self.table
        return np.flatnonzero(table.included[table.initiative] & (table.payer >= 0) & (table.cents > 0))

    def _list_paid(self) -> list[_Paid]:
        """What each source pays of an initiative and year, where it may be more than the rules allow.

        All payments are looked at together in floating point; what comes within a cent a share of what is allowed, or
        goes beyond it, is looked at exactly.
        """
        table = self.table
        places = self._select()
        columns = (table.payer[places], table.initiative[places], table.year[places])
        keys = (columns[0] * len(table.initiative_ids) + columns[1]) * len(table.years) + columns[2]
        size = len(self.sources) * len(table.initiative_ids) * len(table.years)
        sums, firsts = np.zeros(size, dtype=np.int64), np.full(size, len(keys))
        np.add.at(sums, keys, table.cents[places])
        np.minimum.at(firsts, keys, np.arange(len(keys)))
        found = np.flatnonzero(sums)
        cents, first = sums[found], firsts[found]
        source, initiative, year = (column[first] for column in columns)
        cell = initiative * len(table.years) + year
        suspect = cents > self._list_allowed(source, cell)
        costs = self._list_costs(set(cell[suspect].tolist()))
        order = np.flatnonzero(suspect)[np.argsort(first[suspect], kind="stable")]
        return [
            _Paid(
                int(source[place]),
                table.initiative_ids[initiative[place]],
                table.years[year[place]],
                int(cents[place]),
                tuple(costs[int(cell[place])]),
            )
            for place in order.tolist()
        ]

    def _list_allowed(self, source: np.ndarray, cell: np.ndarray) -> np.ndarray:
        """What each source may surely pay of the costs of each cell (initiative and year), in cents."""
        flows = self.table.flows
        numbers = np.array([self._number(line) for line in range(len(flows.lines))], dtype=np.int64)
        profiles = list(self._numbers)
        shares = np.zeros((len(self.sources), max(len(profiles), 1)))
        for place in np.unique(source).tolist():
            for number, profile in enumerate(profiles):
                verdict = self._verdict_of(profile, place)
                shares[place, number] = float(verdict.share) if verdict.may_pay else 0.0
        is_time = np.array([line.category is CostCategory.INDIRECT_LABOR for line in flows.lines], dtype=bool)
        costs = np.where(is_time[flows.line], 0, np.maximum(flows.cents, 0))
        kinds = len(profiles) or 1
        sums = np.zeros(len(self.table.initiative_ids) * len(self.table.years) * kinds)
        place = (flows.initiative * len(self.table.years) + flows.year) * kinds + numbers[flows.line]
        np.add.at(sums, place, costs)
        by_cell = sums.reshape(-1, kinds)
        return (by_cell[cell] * shares[source]).sum(axis=1) * (1 - 1e-12) - 1

    def _list_costs(self, wanted: set[int]) -> dict[int, list[tuple[int, int]]]:
        """Line and cents of every cost to pay in the cells wanted."""
        flows = self.table.flows
        costs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        cells = flows.initiative * len(self.table.years) + flows.year
        chosen = np.flatnonzero(np.isin(cells, list(wanted)) & (flows.cents > 0))
        columns = (cells[chosen], flows.line[chosen], flows.cents[chosen])
        for cell, line, cents in zip(*(column.tolist() for column in columns), strict=True):
            if flows.lines[line].category is not CostCategory.INDIRECT_LABOR:
                costs[cell].append((line, cents))
        return costs

    def _number(self, line: int) -> int:
        """The place of a line's profile among those of the plan: most lines share one with others."""
        entry = self.table.flows.lines[line]
        signature = (
            _READ_SIGNATURE(entry),
            self.initiatives[entry.initiative_id].mandated,
            entry.category is CostCategory.HARDWARE and compare(
                entry.unit_price_usd, self.cost_rules.operator, self.cost_rules.level_usd
            ),
        )  # fmt: skip
        if signature not in self._signatures:
            self._signatures[signature] = self._numbers.setdefault(self._profile(line), len(self._numbers))
        return self._signatures[signature]

    def _profile(self, line: int) -> CostProfile:
        if line not in self._profiles:
            entry = self.table.flows.lines[line]
            self._profiles[line] = describe_cost(entry, self.initiatives[entry.initiative_id], self.cost_rules)
        return self._profiles[line]

    def _verdict(self, line: int, source: int) -> Verdict:
        return self._verdict_of(self._profile(line), source)

    def _verdict_of(self, profile: CostProfile, source: int) -> Verdict:
        key = profile, source
        if key not in self._verdicts:
            entry = self.sources[source]
            self._verdicts[key] = decide(profile, entry, self.rules[entry.kind])
        return self._verdicts[key]

    def _check_rule(self, item: _Paid) -> Iterator[Finding]:
        verdicts = [(self._verdict(line, item.source), cents) for line, cents in item.costs]
        allowed = sum(int(verdict.share * cents) for verdict, cents in verdicts if verdict.may_pay)
        if item.cents <= allowed + len(verdicts):  # a cent for each share that was rounded
            return
        source = self.sources[item.source]
        reason = next((verdict for verdict, _ in verdicts if not verdict.may_pay and verdict.sentence), None)
        yield COMMITMENT_AGAINST_RULE.at(
            found=_name_amount(item.cents),
            expected=_name_amount(allowed) if allowed else "nothing of it",
            source=source.source_id,
            initiative=item.initiative,
            year=item.year,
            sentence=reason.sentence if reason else "The rest must be paid by other money: its match or its share.",
            citation=reason.citation if reason else f"terms of {source.name}",
        )

    def _sum_by_line(self) -> dict[int, dict[tuple[int, int], int]]:
        """What each source with terms to hold (a portion, a cap, a bond's life and pace) pays by line and year."""
        held = [place for place, source in enumerate(self.sources) if self._has_terms(source)]
        table = self.table
        places = self._select()
        places = places[np.isin(table.payer[places], held)]
        sums: dict[int, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
        columns = (table.payer[places], table.flows.line[table.flow[places]], table.year[places], table.cents[places])
        for source, line, year, cents in zip(*(column.tolist() for column in columns), strict=True):
            sums[source][line, year] += cents
        return sums

    def _has_terms(self, source: FundingSource) -> bool:
        rules = self.reference.funding_rules
        effects = (RuleEffect.CAP, RuleEffect.SPEND_DOWN, RuleEffect.WEIGHTED_LIFE, RuleEffect.CARRY_OVER)
        return source.technology_portion_usd is not None or any(
            find_rule(rules, source.kind, effect, self.as_of) for effect in effects
        )

    def _check_terms(self, source: FundingSource, paid: Mapping[tuple[int, int], int]) -> Iterator[Finding]:
        whole = sum(paid.values())
        portion = None if source.technology_portion_usd is None else to_cents(source.technology_portion_usd)
        if portion is not None and whole > portion:
            yield COMMITMENTS_EXCEED_PORTION.at(
                found=_name_amount(whole), expected=_name_amount(portion), item=source.source_id
            )
        cap = find_cap(self.reference, source.kind, self.as_of)
        if cap is None:
            return
        rule, row = cap
        counted = sum(cents for (line, _), cents in paid.items() if list_capped(self._profile(line), [rule]))
        room = int((whole if portion is None else portion) * row.value)
        if counted > room:
            yield COMMITMENTS_EXCEED_CAP.at(
                found=_name_amount(counted), expected=_name_amount(room), item=source.source_id, sentence=rule.sentence
            )

    def _check_carry_over(self, source: FundingSource, paid: Mapping[tuple[int, int], int]) -> Iterator[Finding]:
        """What is to be paid after its own year beyond the limit; what the source lacks anyway is said elsewhere."""
        rule = find_rule(self.reference.funding_rules, source.kind, RuleEffect.CARRY_OVER, self.as_of)
        if rule is None or not paid:
            return
        years, month = self.table.years, self.plan.district.fiscal_year_start_month
        tranches = list_tranches(source, years, month, self.reference, self.as_of)
        by_year: dict[str, int] = defaultdict(int)
        for (_, year), cents in paid.items():
            by_year[years[year]] += cents
        free = [tranche._replace(later_cents=tranche.net_cents) for tranche in tranches]
        lacking = draw_oldest_first(free, by_year).beyond
        for year, cents in draw_oldest_first(tranches, by_year).beyond.items():
            if (beyond := cents - lacking.get(year, 0)) > 0:
                yield COMMITMENTS_EXCEED_CARRY_OVER.at(
                    found=_name_amount(beyond),
                    item=source.source_id,
                    year=year,
                    sentence=rule.sentence,
                    citation=rule.source,
                )

    def _check_bond(self, source: FundingSource, paid: Mapping[tuple[int, int], int]) -> Iterator[Finding]:
        target = find_spend_down(source, self.reference, self.as_of)
        by_life: dict[int, int] = defaultdict(int)
        in_time = 0
        month = self.plan.district.fiscal_year_start_month
        for (line, year), cents in paid.items():
            by_life[self._find_life(self.table.flows.lines[line])] += cents
            starts = fiscal_year_dates(self.table.years[year], month)[0]
            in_time += cents if target and starts <= target.day else 0
        yield from check_bond_life(source, by_life, self.reference, self.as_of)
        yield from check_spend_down(source, in_time, target)

    def _find_life(self, line: CostLine) -> int:
        return line.useful_life_years or line.refresh_years or self.initiatives[line.initiative_id].life_years


def _name_amount(cents: int) -> str:
    return format_cents(cents, places=2, symbol=True) if cents else "$0.00"
