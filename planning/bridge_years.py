"""Planned against budgeted against actual, year by year: the bridge of one year carried to the others.

GASB Statement 103 asks for budgetary comparisons with the variances explained; a line keeps its initiative from year
to year by its account, vendor and description.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planning.bridge import LedgerBridge
from planning.bridge_matching import BridgeMatch, LedgerAmount, MatchState, Share
from planning.evaluation import Evaluation
from planning.money import split_cents
from planning.vocabulary import CostBridge

UNEXPLAINED = ""


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """The technology lines of one fiscal year, as budgeted and as spent; None where the ledger has no such column."""

    fiscal_year: str
    budgeted: tuple[LedgerAmount, ...] | None
    actual: tuple[LedgerAmount, ...] | None


class YearComparison(NamedTuple):
    """One fiscal year in cents; None where the plan or the ledger says nothing about it."""

    fiscal_year: str
    planned_cents: int | None
    budgeted_cents: int | None
    actual_cents: int | None

    @property
    def budget_difference_cents(self) -> int | None:
        """Budgeted less planned."""
        if self.planned_cents is None or self.budgeted_cents is None:
            return None
        return self.budgeted_cents - self.planned_cents

    @property
    def actual_difference_cents(self) -> int | None:
        """Actual less budgeted."""
        if self.actual_cents is None or self.budgeted_cents is None:
            return None
        return self.actual_cents - self.budgeted_cents


def attribute_ledger(
    ledger: Iterable[LedgerAmount], bridge: LedgerBridge, matches: Sequence[BridgeMatch] = ()
) -> dict[str, int]:
    """Technology of any year by initiative, in cents, with what nobody explains under UNEXPLAINED.

    A line of the bridge's year keeps its shares in other years, by largest remainder; a line that the bridge's year
    does not have goes to the most exact confirmed match that covers it. The parts sum to the ledger to the cent.
    """
    weights = {line.key: _weigh(line.ledger_cents, line.shares) for line in bridge.lines}
    included = {share.initiative_id for share in bridge.shares}
    confirmed = [match for match in matches if match.state is MatchState.CONFIRMED]
    sums: dict[str, int] = {UNEXPLAINED: 0}
    for line in ledger:
        split = weights.get(line.key)
        if split is None:
            split = {_find_confirmed(line, confirmed, included): 1}
        for name, cents in zip(split, split_cents(line.amount_cents, list(split.values())), strict=True):
            sums[name] = sums.get(name, 0) + cents
    return sums


def compare_years(
    evaluation: Evaluation,
    bridge: LedgerBridge,
    ledger_years: Sequence[LedgerYear],
    matches: Sequence[BridgeMatch] = (),
    initiative_id: str | None = None,
) -> tuple[YearComparison, ...]:
    """Planned, budgeted and actual of every year that the plan or the ledger knows, in order.

    Of one initiative, planned is everything its budget carries, and budgeted and actual are the ledger lines it
    explains. Of the whole (no initiative named), planned is what the plan holds to be in the base, beside all that the
    ledger lines of initiatives hold.
    """
    planned = _plan_by_year(evaluation, initiative_id)
    ledger = {year.fiscal_year: year for year in ledger_years}
    return tuple(
        YearComparison(
            year,
            planned.get(year),
            _sum_side(ledger[year].budgeted, bridge, matches, initiative_id) if year in ledger else None,
            _sum_side(ledger[year].actual, bridge, matches, initiative_id) if year in ledger else None,
        )
        for year in sorted({*planned, *ledger})
    )


def _plan_by_year(evaluation: Evaluation, initiative_id: str | None) -> dict[str, int]:
    sums = dict.fromkeys(evaluation.years, 0)
    for atom in evaluation.budgeted_atoms:
        counts = atom.bridge is CostBridge.BASE if initiative_id is None else atom.initiative_id == initiative_id
        sums[atom.fiscal_year] += atom.cents if counts else 0
    return sums


def _sum_side(
    ledger: tuple[LedgerAmount, ...] | None,
    bridge: LedgerBridge,
    matches: Sequence[BridgeMatch],
    initiative_id: str | None,
) -> int | None:
    if ledger is None:
        return None
    sums = attribute_ledger(ledger, bridge, matches)
    if initiative_id is not None:
        return sums.get(initiative_id, 0)
    return sum(cents for name, cents in sums.items() if name != UNEXPLAINED)


def _weigh(ledger_cents: int, shares: Iterable[Share]) -> Mapping[str, int]:
    weights: dict[str, int] = {}
    for share in shares:
        if share.bridge is CostBridge.BASE:
            weights[share.initiative_id] = weights.get(share.initiative_id, 0) + share.cents
    rest = max(ledger_cents, 0) - sum(weights.values())
    return weights | {UNEXPLAINED: rest} if rest or not weights else weights


def _find_confirmed(line: LedgerAmount, confirmed: Iterable[BridgeMatch], included: set[str]) -> str:
    covering = [
        match
        for match in confirmed
        if match.bridge is CostBridge.BASE and match.initiative_id in included and match.covers(line)
    ]
    return max(covering, key=lambda match: match.precision).initiative_id if covering else UNEXPLAINED
