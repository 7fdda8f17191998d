"""What a bond is held to as a whole: how fast it is spent, and how long what it buys lasts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.deadlines import add_months
from planning.findings import Finding, FindingKind
from planning.funding.availability import calculate_receipts
from planning.funding.rules import RuleEffect, find_rule
from planning.model import FundingSource
from planning.money import format_cents, to_cents, to_dollars
from planning.reference import Reference
from planning.vocabulary import Severity

BOND_OUTLIVES_ASSETS = FindingKind(
    "bond_outlives_assets",
    Severity.WARNING,
    "The average maturity of {item} is {found} years; what it buys lasts {life} years on average, so {expected} is the "
    "most that is safe.",
    "Let {item} buy what lasts longer, or repay it sooner; ask bond counsel.",
)
BOND_SPENT_SLOWLY = FindingKind(
    "bond_spent_slowly",
    Severity.WARNING,
    "{item} is expected to be spent to {expected} by {day}; the plan spends {found} by then.",
    "Bring purchases that {item} may pay forward, or ask bond counsel about the yield restriction.",
)


class SpendDown(NamedTuple):
    """How much of a bond is expected to be spent by which day."""

    cents: int
    day: date


def find_spend_down(source: FundingSource, reference: Reference, as_of: date) -> SpendDown | None:
    """85 % within three years of issue (26 CFR 1.148-2(e)(2)), from the reference data; the first day is the issue.

    None without a first day, or where no rule asks for it.
    """
    rule = find_rule(reference.funding_rules, source.kind, RuleEffect.SPEND_DOWN, as_of)
    if rule is None or source.window_start is None:
        return None
    share = reference.require(rule.values[0], as_of).value
    months = int(reference.require(f"{rule.values[0]}_period", as_of).value)
    gross = sum(receipt.gross_cents for receipt in calculate_receipts(source))
    return SpendDown(to_cents(to_dollars(gross) * share), add_months(source.window_start, months))


def check_bond_life(
    source: FundingSource, cents_by_life: Mapping[int, int], reference: Reference, as_of: date
) -> tuple[Finding, ...]:
    """A warning where a bond's average maturity is more than 120 % of the average life of what it pays.

    The life of an asset is weighted with what is paid for it (26 CFR 1.148-1(c)(4)).
    """
    rule = find_rule(reference.funding_rules, source.kind, RuleEffect.WEIGHTED_LIFE, as_of)
    paid = sum(cents_by_life.values())
    if rule is None or source.weighted_maturity_years is None or paid <= 0:
        return ()
    row = reference.require(rule.values[0], as_of)
    life = Decimal(sum(years * cents for years, cents in cents_by_life.items())) / paid
    if row.is_met_by(source.weighted_maturity_years / life):
        return ()
    return (
        BOND_OUTLIVES_ASSETS.at(
            found=_show(source.weighted_maturity_years),
            expected=_show(life * row.value),
            item=source.source_id,
            life=_show(life),
        ),
    )


def check_spend_down(source: FundingSource, spent_cents: int, target: SpendDown | None) -> tuple[Finding, ...]:
    """A warning where the plan spends less of a bond by the day than is expected."""
    if target is None or spent_cents >= target.cents:
        return ()
    return (
        BOND_SPENT_SLOWLY.at(
            found=format_cents(spent_cents, symbol=True) if spent_cents else "$0",
            expected=format_cents(target.cents, symbol=True),
            item=source.source_id,
            day=target.day,
        ),
    )


def _show(years: Decimal) -> str:
    return f"{years.quantize(Decimal('0.1')):f}"
