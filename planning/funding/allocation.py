"""Lays commitments on costs: who pays how many cents of which line in which year.

A commitment of (initiative, source, year) is spread over that initiative's budgeted lines of the year in
proportion to what is still unpaid on each, by largest remainder; commitments are taken in the order of the plan.
Positive commitments pay costs; negative ones return savings to the source. Neither goes beyond what is there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from planning.atoms import Atom, make_atom_id
from planning.cost.line_flows import Flow
from planning.findings import Finding, FindingKind
from planning.money import format_cents, split_cents
from planning.vocabulary import CostCategory, FundingState, Severity

COMMITMENT_EXCEEDS_COST = FindingKind(
    "commitment_exceeds_cost",
    Severity.WARNING,
    "{source} commits {found} to {initiative} in {year}, but only {expected} is left to pay there.",
    "Lower the commitment of {source} to {initiative} in {year} to {expected}.",
)
COMMITMENT_EXCEEDS_SAVING = FindingKind(
    "commitment_exceeds_saving",
    Severity.WARNING,
    "{initiative} is to return {found} to {source} in {year}, but saves only {expected} there.",
    "Lower what {initiative} returns to {source} in {year} to {expected}.",
)


class Share(NamedTuple):
    """One commitment of a source to an initiative in one year, netted where the plan lists it twice."""

    source_id: str
    cents: int


def allocate_commitments(
    flows: Sequence[Flow], shares: Sequence[Share], initiative_id: str, fiscal_year: str
) -> tuple[list[Atom], list[Finding]]:
    """The atoms of one initiative in one fiscal year, and findings on commitments that go beyond the cost.

    The atoms of each flow sum to the flow. User time is `not_budgeted` and takes no commitment.
    """
    findings: list[Finding] = []
    atoms: list[Atom] = []
    left = [0 if flow.line.category is CostCategory.INDIRECT_LABOR else flow.cents for flow in flows]
    for share in shares:
        paid = _spread(share.cents, left)
        left = [before - part for before, part in zip(left, paid, strict=True)]
        atoms += [
            _make_atom(flow, fiscal_year, cents, share.source_id, FundingState.COMMITTED)
            for flow, cents in zip(flows, paid, strict=True)
            if cents
        ]
        if sum(paid) != share.cents:
            findings.append(_describe_excess(share, sum(paid), initiative_id, fiscal_year))
    for flow, cents in zip(flows, left, strict=True):
        if cents:
            state = FundingState.SAVING if cents < 0 else FundingState.UNFUNDED
            atoms.append(_make_atom(flow, fiscal_year, cents, "", state))
        elif flow.line.category is CostCategory.INDIRECT_LABOR:
            atoms.append(_make_atom(flow, fiscal_year, flow.cents, "", FundingState.NOT_BUDGETED))
    return atoms, findings


def _spread(cents: int, left: Sequence[int]) -> list[int]:
    """A commitment over what is left of its own sign, never more than is left of any part."""
    sign = -1 if cents < 0 else 1
    weights = [max(sign * amount, 0) for amount in left]
    payable = min(abs(cents), sum(weights))
    if payable == 0:
        return [0] * len(left)
    return [sign * part for part in split_cents(payable, weights)]


def _describe_excess(share: Share, paid: int, initiative_id: str, fiscal_year: str) -> Finding:
    kind = COMMITMENT_EXCEEDS_COST if share.cents > 0 else COMMITMENT_EXCEEDS_SAVING
    return kind.at(
        found=format_cents(abs(share.cents), places=2, symbol=True),
        expected=_name_amount(abs(paid)),
        source=share.source_id,
        initiative=initiative_id,
        year=fiscal_year,
    )


def _name_amount(cents: int) -> str:
    return format_cents(cents, places=2, symbol=True) if cents else "$0.00"


def _make_atom(flow: Flow, fiscal_year: str, cents: int, source_id: str, state: FundingState) -> Atom:
    line, _, timing, _ = flow
    return Atom(
        make_atom_id(line.cost_line_id, fiscal_year, timing, source_id or state),
        line.initiative_id,
        line.cost_line_id,
        fiscal_year,
        cents,
        timing,
        line.category,
        line.account,
        line.bridge,
        source_id,
        state,
    )
