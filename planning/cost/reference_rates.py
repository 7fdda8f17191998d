"""The published discount rate for a span of years, to set beside the rate that the district chose."""

import re
from datetime import date
from typing import Literal, NamedTuple

from planning.findings import Finding, FindingKind
from planning.reference import Reference, ReferenceRow
from planning.vocabulary import Severity

REFERENCE_EXPIRED = FindingKind(
    "reference_expired",
    Severity.WARNING,
    "The published discount rates were valid to {expected}; newer ones are not in the reference data.",
    "Add the current rates to the reference data, with their source and dates.",
)
_KEY = re.compile(r"discount_rate_(nominal|real)_(\d+)_years\Z")


class ReferenceRate(NamedTuple):
    """A published yearly rate as a fraction, the last day it was valid, and whether that day is past."""

    rate_per_year: float
    valid_to: date | None
    is_expired: bool
    source: str


def find_reference_rate(
    reference: Reference, years: int, as_of: date, kind: Literal["nominal", "real"] = "nominal"
) -> ReferenceRate | None:
    """The rate for a span of years, interpolated linearly between the published terms.

    Shorter than the shortest term or longer than the longest: the rate of that term. Where no table is in force
    on the day, the latest one before it, marked expired; None where there is none at all.
    Source: OMB Circular A-94, Appendix C ("may use a linear interpolation").
    """
    terms = _find_table(reference, as_of, kind)
    if not terms:
        return None
    below = max((term for term in terms if term <= years), default=min(terms))
    above = min((term for term in terms if term >= years), default=max(terms))
    low, high = float(terms[below].value), float(terms[above].value)
    rate = low if above <= below else low + (high - low) * (years - below) / (above - below)
    row = terms[below]
    return ReferenceRate(rate, row.valid_to, row.valid_to is not None and row.valid_to < as_of, row.source)


def check_reference_rate(rate: ReferenceRate | None) -> tuple[Finding, ...]:
    """A warning where the published rate has run out."""
    return (REFERENCE_EXPIRED.at(expected=rate.valid_to),) if rate and rate.is_expired else ()


def _find_table(reference: Reference, as_of: date, kind: str) -> dict[int, ReferenceRow]:
    """Rows by term of the table that began last on or before the day."""
    rows = [
        (int(match[2]), row)
        for row in reference.rows
        if (match := _KEY.match(row.key)) and match[1] == kind and row.valid_from <= as_of
    ]
    newest = max((row.valid_from for _, row in rows), default=None)
    return {term: row for term, row in rows if row.valid_from == newest}
