"""Whether the vendor of federal money was looked up among the excluded parties of SAM.gov before the award.

Source: 2 CFR 180.220 and 180.300. The amount from which it is asked for and the age a look-up may have are dated rows.
"""

from datetime import date

from planning.findings import Finding, FindingKind
from planning.governance.procurement import Purchase
from planning.money import format_cents, to_dollars
from planning.reference import Reference, ReferenceRow
from planning.registers import ExclusionResult, ReceivedOffer
from planning.vocabulary import Severity

SAM_CHECK = FindingKind(
    "sam_check_needed",
    Severity.NOTE,
    "{item} is {found} with {vendor}, of which federal money pays {federal}: look the vendor up in SAM.gov before "
    "the award ({rule}).",
    "Note the day and the result with the offer, and keep the printed page.",
)
SAM_CHECK_MISSING = FindingKind(
    "sam_check_missing",
    Severity.ERROR,
    "{item} was awarded on {day} for {found}, of which federal money pays {federal}, and nothing says that {vendor} "
    "was looked up in SAM.gov ({rule}).",
    "Look it up today; where it is excluded, stop payments and ask the grantor.",
)
SAM_CHECK_LATE = FindingKind(
    "sam_check_after_award",
    Severity.ERROR,
    "{vendor} was looked up in SAM.gov on {found}, after the award of {item} on {day} ({rule}).",
    "Write down why, and look vendors up before the award.",
)
SAM_CHECK_OLD = FindingKind(
    "sam_check_old",
    Severity.WARNING,
    "{vendor} was looked up in SAM.gov on {found}, {count} days before the award of {item}; at most {expected} are "
    "counted on ({rule}).",
    "Look it up again before the award; the number of days is a practice, so verify the district's own.",
)
VENDOR_EXCLUDED = FindingKind(
    "vendor_excluded",
    Severity.ERROR,
    "{vendor}, chosen for {item}, is excluded in SAM.gov (on {found}): federal money may not pay it ({rule}).",
    "Choose another offer, or pay with money that is not federal.",
)


def is_check_needed(purchase: Purchase, reference: Reference) -> bool:
    """Whether federal money of a covered amount pays the purchase."""
    return purchase.is_federal and _find_rule(purchase, reference).is_met_by(to_dollars(purchase.amount_cents))


def check_exclusion(
    purchase: Purchase, name: str, chosen: ReceivedOffer | None, reference: Reference, as_of: date
) -> tuple[Finding, ...]:
    """What is wrong with the look-up of the chosen vendor: missing, after the award, too old, or it found an exclusion.

    Until the award a missing look-up is a note. Nothing is asked for where no federal money of a covered amount pays.
    """
    if not is_check_needed(purchase, reference):
        return ()
    words = {
        "item": name,
        "rule": _find_rule(purchase, reference).source,
        "vendor": (chosen.vendor if chosen else purchase.vendor) or "its vendor",
        "day": str(purchase.day),
        "federal": format_cents(purchase.federal_cents, symbol=True),
    }
    if chosen is None or chosen.exclusion is ExclusionResult.NOT_CHECKED or chosen.exclusion_checked_on is None:
        kind = SAM_CHECK if purchase.day >= as_of else SAM_CHECK_MISSING
        return (kind.at(found=format_cents(purchase.amount_cents, symbol=True), **words),)
    return tuple(_check_result(chosen, chosen.exclusion_checked_on, purchase, reference, words))


def _check_result(
    chosen: ReceivedOffer, checked: date, purchase: Purchase, reference: Reference, words: dict[str, str]
) -> list[Finding]:
    findings = []
    if chosen.exclusion is ExclusionResult.EXCLUDED:
        findings.append(VENDOR_EXCLUDED.at(found=checked, **words))
    age, limit = (purchase.day - checked).days, reference.require("federal_sam_check_age", purchase.day)
    if age < 0:
        findings.append(SAM_CHECK_LATE.at(found=checked, **words))
    elif not limit.is_met_by(age):
        asked = {**words, "rule": limit.source}
        findings.append(SAM_CHECK_OLD.at(found=checked, expected=limit.value, count=age, **asked))
    return findings


def _find_rule(purchase: Purchase, reference: Reference) -> ReferenceRow:
    return reference.require("federal_sam_check", purchase.day)
