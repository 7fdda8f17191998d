"""Lays the commitments of a whole plan on its flows at once: who pays how many cents of which line in which year.

A commitment of (initiative, source, year) is spread over that initiative's budgeted flows of the year in proportion to
what is still unpaid on each, by largest remainder; commitments are taken in the order of the plan. Positive ones pay
costs, negative ones return savings to the source; neither goes beyond what is there. The first commitment of every
initiative and year is laid, then the second of every one, and so on: so thousands are laid in a few steps.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.atom_table import STATES, UNPAID
from planning.cost.flow_table import FlowTable
from planning.findings import Finding
from planning.funding.allocation import Share, describe_excess
from planning.vocabulary import CostCategory, FundingState

Whole = NDArray[np.int64]
_COMMITTED, _UNFUNDED, _SAVING, _NOT_BUDGETED = (
    STATES.index(state)
    for state in (FundingState.COMMITTED, FundingState.UNFUNDED, FundingState.SAVING, FundingState.NOT_BUDGETED)
)
_MOST = 2**60  # more cents than any cost has; a commitment of more pays no more


class _Piece(NamedTuple):
    """Atoms made in one step: the flows they are parts of, who pays, in which state, and how much."""

    flow: Whole
    payer: Whole
    state: Whole
    cents: Whole


def spread_commitments(
    flows: FlowTable,
    payable: Mapping[tuple[str, str], Sequence[Share]],
    initiative_ids: Sequence[str],
    source_ids: Sequence[str],
    years: Sequence[str],
) -> tuple[tuple[Whole, Whole, Whole, Whole], list[Finding]]:
    """Flow, payer, state and cents of every atom in their order, and findings on commitments beyond the cost.

    The atoms of each flow sum to the flow. User time is `not_budgeted` and takes no commitment.
    """
    is_time = np.array([line.category is CostCategory.INDIRECT_LABOR for line in flows.lines], dtype=bool)[flows.line]
    left = np.where(is_time, 0, flows.cents)
    cell = flows.initiative * len(years) + flows.year
    starts = np.searchsorted(cell, np.arange(len(initiative_ids) * len(years) + 1))
    payers = {name: place for place, name in enumerate(source_ids)}
    shares = _list_shares(payable, initiative_ids, years)
    pieces: list[_Piece] = []
    short: dict[tuple[int, int], int] = {}
    for step in range(max((len(found) for found in shares.values()), default=0)):
        cells = np.array([place for place, found in shares.items() if len(found) > step], dtype=np.int64)
        wanted = [shares[place][step] for place in cells.tolist()]
        cents = np.array([max(-_MOST, min(share.cents, _MOST)) for share in wanted], dtype=np.int64)
        payer = np.array([payers[share.source_id] for share in wanted], dtype=np.int64)
        flow, owner, paid = _lay(left, starts[cells], starts[cells + 1], cents)
        left[flow] -= paid
        pieces.append(_Piece(flow, payer[owner], np.full(len(flow), _COMMITTED), paid))
        used = np.zeros_like(cents)
        np.add.at(used, owner, paid)
        short |= {(int(cells[k]), step): int(used[k]) for k in np.flatnonzero(used != cents)}
    pieces.append(_finish(flows, left, is_time))
    findings = [
        describe_excess(shares[place][step], paid, initiative_ids[place // len(years)], years[place % len(years)])
        for (place, step), paid in sorted(short.items())
    ]
    return _order(pieces, cell), findings


def _list_shares(
    payable: Mapping[tuple[str, str], Sequence[Share]], initiative_ids: Sequence[str], years: Sequence[str]
) -> dict[int, Sequence[Share]]:
    """Shares by cell: the place of the initiative × years + the place of the year."""
    rows = {name: place * len(years) for place, name in enumerate(initiative_ids)}
    columns = {year: place for place, year in enumerate(years)}
    return {rows[name] + columns[year]: found for (name, year), found in payable.items() if name in rows}


def _lay(left: Whole, first: Whole, last: Whole, cents: Whole) -> tuple[Whole, Whole, Whole]:
    """One commitment for each run of flows: the flows it pays, whose it is, and how much; zero parts left out."""
    lengths = last - first
    owner = np.repeat(np.arange(len(cents)), lengths)
    flow = np.arange(int(lengths.sum())) + np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    sign = np.where(cents < 0, -1, 1)
    weight = np.maximum(left[flow] * sign[owner], 0)
    whole = np.zeros_like(cents)
    np.add.at(whole, owner, weight)
    paid = np.minimum(np.abs(cents), whole)
    part = _split(weight, owner, paid, whole)
    chosen = part > 0
    return flow[chosen], owner[chosen], (part * sign[owner])[chosen]


def _split(weight: Whole, owner: Whole, paid: Whole, whole: Whole) -> Whole:
    """Each whole over its weights by largest remainder; of equal remainders the earlier flow gets the cent."""
    divisor = np.maximum(whole, 1)[owner]
    part = np.floor(paid[owner] * (weight / divisor)).astype(np.int64)
    # Products of cents go beyond 64 bits and wrap around; the remainder is small, so what is left of it is exact.
    remainder = paid[owner] * weight - part * divisor
    missed = remainder // divisor
    part, remainder = part + missed, remainder - missed * divisor
    over = paid.copy()
    np.subtract.at(over, owner, part)
    counts = np.bincount(owner, minlength=len(paid))
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    order = _sort(owner, remainder, rank)
    part[order[rank < np.repeat(over, counts)]] += 1
    return part


def _sort(owner: Whole, remainder: Whole, rank: Whole) -> Whole:
    """By owner, then the largest remainder, then the earlier flow; as one number where that fits into 64 bits."""
    most, length = int(remainder.max(initial=0)) + 1, int(rank.max(initial=0)) + 1
    owners = int(owner.max(initial=0)) + 1
    if owners * most * length < 2**62:
        return np.argsort((owner * most + (most - 1 - remainder)) * length + rank)
    return np.lexsort((rank, -remainder, owner))


def _finish(flows: FlowTable, left: Whole, is_time: NDArray[np.bool_]) -> _Piece:
    """What nobody pays, what is saved, and time of users."""
    flow = np.flatnonzero(is_time | (left != 0))
    state = np.where(is_time, _NOT_BUDGETED, np.where(left < 0, _SAVING, _UNFUNDED))[flow]
    return _Piece(flow, np.full(len(flow), UNPAID), state, np.where(is_time, flows.cents, left)[flow])


def _order(pieces: Sequence[_Piece], cell: Whole) -> tuple[Whole, Whole, Whole, Whole]:
    """The pieces as one, by initiative and year, then in the order in which they were laid, then by flow."""
    flow, payer, state, cents = (np.concatenate(column) for column in zip(*pieces, strict=True))
    step = np.repeat(np.arange(len(pieces)), [len(piece.flow) for piece in pieces])
    order = np.argsort((cell[flow] * len(pieces) + step) * (len(cell) + 1) + flow)
    return flow[order], payer[order], state[order], cents[order]
