"""Reference data that has run out: every key whose rows are all past their `valid_to` on the day."""

from datetime import date

from planning.findings import Finding, FindingKind
from planning.reference import Reference
from planning.vocabulary import Severity

REFERENCE_EXPIRED = FindingKind(
    "reference_expired",
    Severity.WARNING,
    "The reference figure {found} was valid to {expected}; there is no newer one.",
    "Look up the current figure and add a row for {found} to the reference data.",
)


def check_reference(reference: Reference, as_of: date) -> tuple[Finding, ...]:
    """One warning for each key that was in force once and is not on `as_of`."""
    last_days: dict[str, date | None] = {}
    for row in reference.rows:
        if row.valid_from <= as_of:
            known = last_days.get(row.key, date.min)
            open_ended = known is None or row.valid_to is None
            last_days[row.key] = None if open_ended else max(known, row.valid_to)
    return tuple(
        REFERENCE_EXPIRED.at(found=key, expected=last) for key, last in last_days.items() if last and last < as_of
    )
