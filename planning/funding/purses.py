"""The money of every source as purses for the allocation: what is left of each, in which order it is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planning.funding.allocation_program import Purse, SourceTerms
from planning.funding.availability import Tranche, find_cap, list_tranches
from planning.model import District, FundingSource
from planning.money import to_cents
from planning.reference import Reference
from planning.vocabulary import Certainty, SourceKind

# The district's own money comes after money that somebody restricted: what is left of it may pay anything.
_OWN_MONEY = {SourceKind.RESERVE: 1, SourceKind.SAVINGS: 1, SourceKind.GENERAL_FUND: 2}
_UNORDERED = 1_000


@dataclass(frozen=True, slots=True)
class Purses:
    """The tranches of all sources with the purse of each, in the same order, and the terms of each source."""

    tranches: tuple[Tranche, ...]
    purses: tuple[Purse, ...]
    terms: tuple[SourceTerms, ...]


def build_purses(
    sources: Sequence[FundingSource],
    district: District,
    years: Sequence[str],
    reference: Reference,
    as_of: date,
    paid_cents: Mapping[tuple[str, str], int],
    capped_cents: Mapping[str, int],
    wanted_cents: Mapping[str, int],
) -> Purses:
    """The purses of a plan, less what (source, fiscal year) has paid already.

    What was paid is taken from the oldest money that could pay it. Order of use: the district's own numbers first; then
    what may pay the fewest of the costs that wait (`wanted_cents`), the soonest to expire, the surest; the district's
    own money last.
    """
    order = {year: place for place, year in enumerate(years)}
    tranches: list[Tranche] = []
    left: list[tuple[int, int]] = []
    for source in sources:
        own = list_tranches(source, years, district.fiscal_year_start_month, reference, as_of)
        tranches += own
        paid = {year: cents for (name, year), cents in paid_cents.items() if name == source.source_id}
        left += draw_oldest_first(own, paid).left
    ranks = _rank(sources, tranches, wanted_cents)
    places = {source.source_id: place for place, source in enumerate(sources)}
    purses = tuple(
        Purse(
            places[tranche.source_id],
            cents,
            tuple(order[year] for year in tranche.years),
            order[tranche.fiscal_year],
            min(later, cents),
            rank,
        )
        for tranche, (cents, later), rank in zip(tranches, left, ranks, strict=True)
    )
    terms = tuple(_find_terms(source, reference, as_of, paid_cents, capped_cents) for source in sources)
    return Purses(tuple(tranches), purses, terms)


class Draw(NamedTuple):
    """What each tranche has left, and how much of it after its own year; by year, what no tranche could pay."""

    left: list[tuple[int, int]]
    beyond: dict[str, int]


def draw_oldest_first(tranches: Sequence[Tranche], paid_cents: Mapping[str, int]) -> Draw:
    """What was paid by year, in cents, taken from the oldest tranche that may still pay in the year."""
    beyond: dict[str, int] = {}
    left = [[tranche.net_cents, tranche.later_cents] for tranche in tranches]
    for year, cents in sorted(paid_cents.items()):
        owed = cents
        for tranche, room in zip(tranches, left, strict=True):
            if year in tranche.years and owed:
                is_later = year != tranche.fiscal_year
                part = min(owed, room[0], room[1] if is_later else room[0]) if owed > 0 else owed
                room[0] -= part
                room[1] -= part if is_later else 0
                owed -= part
        if owed > 0:
            beyond[year] = owed
    return Draw([(max(cents, 0), max(later, 0)) for cents, later in left], beyond)


def _rank(sources: Sequence[FundingSource], tranches: Sequence[Tranche], wanted_cents: Mapping[str, int]) -> list[int]:
    by_id = {source.source_id: source for source in sources}
    certainties = list(Certainty)

    def key(place: int) -> tuple[int, int, int, date, int, int]:
        tranche = tranches[place]
        source = by_id[tranche.source_id]
        return (
            source.use_order or _UNORDERED,
            _OWN_MONEY.get(source.kind, 0),
            wanted_cents.get(source.source_id, 0),
            tranche.last_day,
            certainties.index(source.certainty),
            place,
        )

    ranks = [0] * len(tranches)
    for rank, place in enumerate(sorted(range(len(tranches)), key=key)):
        ranks[place] = rank
    return ranks


def _find_terms(
    source: FundingSource,
    reference: Reference,
    as_of: date,
    paid_cents: Mapping[tuple[str, str], int],
    capped_cents: Mapping[str, int],
) -> SourceTerms:
    cap = find_cap(reference, source.kind, as_of)
    portion = source.technology_portion_usd
    return SourceTerms(
        portion_cents=None if portion is None else to_cents(portion),
        capped_fraction=float(cap[1].value) if cap else None,
        paid_cents=max(0, sum(cents for (name, _), cents in paid_cents.items() if name == source.source_id)),
        capped_cents=capped_cents.get(source.source_id, 0),
    )
