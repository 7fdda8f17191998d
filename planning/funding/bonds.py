"""What a bond is held to as a whole: how fast it is spent, and how long what it buys lasts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.deadlines import add_months
from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_dates
from planning.funding.availability import calculate_receipts
from planning.funding.rules import FundingRule, RuleEffect, find_rule
from planning.model import FundingSource
from planning.money import format_cents, to_cents, to_dollars
from planning.reference import Reference, ReferenceRow
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


class Milestone(NamedTuple):
    """What an exception from arbitrage rebate asks to be spent of a bond by a day, in cents.

    `surely_cents` is what the plan spends in fiscal years that end by then, `most_cents` in those that begin by then.
    """

    rule: FundingRule
    day: date
    asked_cents: int
    surely_cents: int
    most_cents: int

    @property
    def is_met(self) -> bool | None:
        """None where it depends on the month of the purchases."""
        if self.surely_cents >= self.asked_cents:
            return True
        return None if self.most_cents >= self.asked_cents else False


def list_rebate_milestones(
    source: FundingSource, paid_cents: Mapping[str, int], start_month: int, reference: Reference, as_of: date
) -> tuple[Milestone, ...]:
    """What each exception asks of a bond, by its rule and then by day; none without a first day, the issue.

    Shares of the gross amount; what the proceeds earn meanwhile is not known and counts as nothing. `paid_cents` is
    what the bond pays by fiscal year. Source: 26 CFR 1.148-7(c)-(e), months after the issue date.
    """
    if source.window_start is None:
        return ()
    gross = to_dollars(sum(receipt.gross_cents for receipt in calculate_receipts(source)))
    spans = [(*fiscal_year_dates(year, start_month), cents) for year, cents in paid_cents.items()]
    milestones = []
    for rule in reference.funding_rules:
        if rule.effect is not RuleEffect.REBATE or source.kind not in rule.source_kinds or not rule.is_in_force(as_of):
            continue
        for months, row in _list_shares(rule, reference, as_of):
            day = add_months(source.window_start, months)
            surely = sum(cents for _, last, cents in spans if last <= day)
            most = sum(cents for first, _, cents in spans if first <= day)
            milestones.append(Milestone(rule, day, to_cents(gross * row.value), surely, most))
    return tuple(milestones)


def _list_shares(rule: FundingRule, reference: Reference, as_of: date) -> list[tuple[int, ReferenceRow]]:
    """The share of each number of months, the soonest first: rows `<value of the rule>_<months>`."""
    prefix = f"{rule.values[0]}_"
    keys = {row.key for row in reference.rows if row.key.startswith(prefix)}
    return sorted(
        ((int(key.removeprefix(prefix)), reference.require(key, as_of)) for key in keys), key=lambda pair: pair[0]
    )


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
