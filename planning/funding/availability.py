"""What a source really has: gross, what comes off, and the years in which the rest may be spent. With receipts."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from planning.deadlines import add_days, add_months
from planning.fiscal_years import fiscal_year_dates, start_year_of
from planning.funding.rules import FundingRule, RuleEffect, find_rule
from planning.funding.windows import is_year_open
from planning.model import FundingSource
from planning.money import to_cents, to_dollars
from planning.reference import Reference, ReferenceRow
from planning.vocabulary import SourceKind

# ESEA section 8501: shared after administration. Title I-A is shared before anything is taken (section 1117(a)(4)(A)).
_SHARED_AFTER_ADMINISTRATION = (SourceKind.TITLE_II_A, SourceKind.TITLE_III, SourceKind.TITLE_IV_A)
FEDERAL_YEAR_STARTS = 7  # forward-funded education grants open on 1 July (GEPA section 421(b))


class Deduction(NamedTuple):
    """What comes off an amount before anything is bought, in cents."""

    name: str
    fraction: Decimal
    cents: int


class Receipt(NamedTuple):
    """One year's amount of a source: gross, each deduction, and what is left to spend, in cents."""

    source_id: str
    fiscal_year: str
    gross_cents: int
    deductions: tuple[Deduction, ...]
    net_cents: int


class Tranche(NamedTuple):
    """Money of one year of a source that stands apart: how much, in which years of the plan it may be spent.

    `later_cents` is the most that may be spent after its own year. `last_day` is the last day it may be spent, and
    `expires_within` whether that day, or the year it cannot leave, falls inside the plan's years.
    """

    source_id: str
    fiscal_year: str
    net_cents: int
    years: tuple[str, ...]
    later_cents: int
    last_day: date
    expires_within: bool


def calculate_receipts(source: FundingSource) -> tuple[Receipt, ...]:
    """What each year's amount leaves to spend.

    Administration is a share of the gross amount; equitable services are a share of what it leaves under Titles II-A,
    III and IV-A, and of the gross amount under every other kind. Indirect cost at rate r takes r ÷ (1 + r) of what is
    left, because it is charged on what is spent directly. Each is rounded half up to the cent. Of two amounts of one
    year the first counts. Sources: ESEA sections 1117(a)(4)(A) and 8501; California Department of Education, Title II,
    Part A, calculating equitable services; 34 CFR 76.563-76.564 (restricted rate).
    """
    amounts = {amount.fiscal_year: amount.amount_cents for amount in reversed(source.amounts)}
    return tuple(_deduct(source, year, amounts[year]) for year in sorted(amounts, key=start_year_of))


def calculate_net_cents(source: FundingSource, fiscal_year: str) -> int:
    """What a source has to spend from one fiscal year's amount, whatever its window."""
    start = start_year_of(fiscal_year)
    found = (amount for amount in source.amounts if start_year_of(amount.fiscal_year) == start)
    amount = next(found, None)
    return _deduct(source, fiscal_year, amount.amount_cents).net_cents if amount else 0


def find_last_day(source: FundingSource, reference: Reference, as_of: date) -> date | None:
    """The last day money may be spent: the source's own, or what the law gives an award of its year and kind."""
    if source.window_end or source.award_year is None:
        return source.window_end
    rule = find_rule(reference.funding_rules, source.kind, RuleEffect.PERIOD, as_of)
    row = reference.valid_on(rule.values[0], as_of) if rule else None
    if row is None:
        return None
    first = date(start_year_of(source.award_year), FEDERAL_YEAR_STARTS, 1)
    return add_months(first, int(row.value)) - timedelta(days=1)


def date_sources(sources: Iterable[FundingSource], reference: Reference, as_of: date) -> tuple[FundingSource, ...]:
    """The sources, each with the last day that it has or the law gives an award of its year."""
    return tuple(
        source.model_copy(update={"window_end": find_last_day(source, reference, as_of)})
        if source.award_year and source.window_end is None
        else source
        for source in sources
    )


def find_liquidation_day(source: FundingSource, reference: Reference, as_of: date) -> date | None:
    """The last day to pay what was ordered: the source's own, or so many days after its last as the law gives."""
    last = find_last_day(source, reference, as_of)
    if source.liquidation_end or last is None:
        return source.liquidation_end
    rule = find_rule(reference.funding_rules, source.kind, RuleEffect.LIQUIDATION, as_of)
    row = reference.valid_on(rule.values[0], as_of) if rule else None
    return add_days(last, int(row.value)) if row else None


def find_carry_over_limit(source: FundingSource, gross_cents: int, reference: Reference, as_of: date) -> Decimal:
    """The share of a year's gross amount that may be spent after that year: 1 where nothing limits it."""
    rule = find_rule(reference.funding_rules, source.kind, RuleEffect.CARRY_OVER, as_of)
    if rule is None:
        return Decimal(1)
    smallest = reference.valid_on(f"{rule.values[0]}_from", as_of)
    if smallest and not smallest.is_met_by(to_dollars(gross_cents)):
        return Decimal(1)
    return reference.require(rule.values[0], as_of).value


def find_cap(reference: Reference, kind: SourceKind, day: date) -> tuple[FundingRule, ReferenceRow] | None:
    """The cap on a kind of source with its figure: the row of the reference data that bears the rule's name."""
    rule = find_rule(reference.funding_rules, kind, RuleEffect.CAP, day)
    row = reference.valid_on(rule.rule_id, day) if rule else None
    return (rule, row) if rule and row else None


def list_tranches(
    source: FundingSource, years: Sequence[str], start_month: int, reference: Reference, as_of: date
) -> tuple[Tranche, ...]:
    """The money of a source by the year it is due, each with the years of the plan in which it may be spent.

    Money stays in its own year unless the source carries over; then it may be spent to the last day, within the limit
    of its kind. Amounts of years before the plan's first are taken to be spent.
    """
    last_day = find_last_day(source, reference, as_of)
    dated = source.model_copy(update={"window_end": last_day})
    is_open = {year: is_year_open(dated, year, start_month) for year in years}
    starts = {start_year_of(year): place for place, year in enumerate(years)}
    tranches = []
    for receipt in calculate_receipts(source):
        place = starts.get(start_year_of(receipt.fiscal_year))
        if place is None or receipt.net_cents <= 0:
            continue
        span = years[place:] if source.carries_over else years[place : place + 1]
        usable = tuple(year for year in span if is_open[year])
        limit = find_carry_over_limit(source, receipt.gross_cents, reference, as_of)
        end = _last_day_of(years[place], last_day, start_month, source.carries_over)
        tranches.append(
            Tranche(
                source.source_id,
                years[place],
                receipt.net_cents,
                usable,
                min(receipt.net_cents, int(limit * receipt.gross_cents)),
                end,
                end <= fiscal_year_dates(years[-1], start_month)[1],
            )
        )
    return tuple(tranches)


def _last_day_of(year: str, last_day: date | None, start_month: int, carries_over: bool) -> date:
    end = fiscal_year_dates(year, start_month)[1]
    if carries_over:
        return last_day or date.max
    return min(end, last_day) if last_day else end


def _deduct(source: FundingSource, fiscal_year: str, gross_cents: int) -> Receipt:
    administration = to_cents(to_dollars(gross_cents) * source.administration_fraction)
    shared = gross_cents - (administration if source.kind in _SHARED_AFTER_ADMINISTRATION else 0)
    services = to_cents(to_dollars(shared) * source.equitable_services_fraction)
    deductions = [
        Deduction(name, fraction, cents)
        for name, fraction, cents in (
            ("Equitable services", source.equitable_services_fraction, services),
            ("Administration", source.administration_fraction, administration),
        )
        if fraction
    ]
    left = gross_cents - sum(item.cents for item in deductions)
    if rate := source.indirect_cost_fraction:
        indirect = to_cents(to_dollars(max(left, 0)) * rate / (1 + rate))
        deductions.append(Deduction("Indirect cost", rate, indirect))
        left -= indirect
    return Receipt(source.source_id, fiscal_year, gross_cents, tuple(deductions), left)
