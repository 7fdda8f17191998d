"""What a commitment is when it is laid on costs, and what is said where it goes beyond them.

`planning.funding.spreading` lays the commitments.
"""

from typing import NamedTuple

from planning.findings import Finding, FindingKind
from planning.money import format_cents
from planning.vocabulary import Severity

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


def describe_excess(share: Share, paid: int, initiative_id: str, fiscal_year: str) -> Finding:
    """The finding on a commitment of which only `paid` could be used."""
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
