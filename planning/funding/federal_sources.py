"""Federal money of a plan as a whole: what it pays, when a year of it asks for a single audit, its indirect cost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planning.figure import Column, FigureUnit, Table
from planning.findings import Finding, FindingKind
from planning.fiscal_years import list_fiscal_years, start_year_of
from planning.model import FundingSource, Plan
from planning.money import format_cents, format_percent, to_dollars
from planning.reference import Reference, ReferenceRow
from planning.rule_words import describe_limit
from planning.vocabulary import Severity, SourceKind

SINGLE_AUDIT = FindingKind(
    "single_audit",
    Severity.NOTE,
    "Federal sources bring {found} in {item}; whoever spends {expected} of federal money in a year is audited for it "
    "({rule}).",
    "Plan for the auditor and the schedule of federal awards; federal money outside this plan counts too.",
)
INDIRECT_COST_UNRESTRICTED = FindingKind(
    "indirect_cost_unrestricted",
    Severity.WARNING,
    "Source {item} takes {found} for indirect cost. The de minimis rate of {expected} ({rule}) is not for a program "
    "that must not supplant: it takes the restricted rate (34 CFR 76.563-76.564).",
    "Ask the state for the district's restricted rate and give it to {item}.",
)
INDIRECT_COST_HIGH = FindingKind(
    "indirect_cost_high",
    Severity.WARNING,
    "Source {item} takes {found} for indirect cost; without a negotiated rate it may take {expected} ({rule}).",
    "Keep the agreement on a higher rate with the award, or lower the rate of {item}.",
)
# Programs of education that must not supplant other money, so that indirect cost is restricted.
FEDERAL_KINDS = frozenset(
    {
        SourceKind.TITLE_I_A,
        SourceKind.TITLE_II_A,
        SourceKind.TITLE_III,
        SourceKind.TITLE_IV_A,
        SourceKind.IDEA,
        SourceKind.PERKINS,
    }
)


def list_federal_sources(plan: Plan) -> tuple[FundingSource, ...]:
    """The sources that are federal: by their program, or because a federal award of the plan is of them.

    E-Rate is not: it comes from a fund of carriers, and no single audit covers it.
    """
    awarded = {award.source_id for award in plan.awards if award.is_federal}
    return tuple(one for one in plan.sources if one.kind in FEDERAL_KINDS or one.source_id in awarded)


def sum_federal_cents(plan: Plan) -> dict[str, int]:
    """What federal money pays of each initiative over all years, by initiative."""
    sources = {source.source_id for source in list_federal_sources(plan)}
    sums: Counter[str] = Counter()
    for item in plan.commitments:
        if item.source_id in sources:
            sums[item.initiative_id] += item.amount_cents
    return dict(sums)


@dataclass(frozen=True)
class FederalYear:
    """What the federal sources bring in a fiscal year, and the threshold of a single audit of that year."""

    fiscal_year: str
    cents: int
    threshold: ReferenceRow | None

    @property
    def is_audited(self) -> bool:
        return self.threshold is not None and self.threshold.is_met_by(to_dollars(self.cents))


def list_federal_years(plan: Plan, reference: Reference) -> tuple[FederalYear, ...]:
    """Each year of the plan with its federal money, as if all of it were spent, and the threshold on its first day.

    Source: 2 CFR 200.501; the threshold is that of the district's own fiscal year.
    """
    district, sums = plan.district, Counter[str]()
    for source in list_federal_sources(plan):
        for amount in {one.fiscal_year: one for one in reversed(source.amounts)}.values():
            sums[amount.fiscal_year] += amount.amount_cents
    return tuple(
        FederalYear(year, sums[year], reference.valid_on("federal_single_audit", _find_first_day(year, plan)))
        for year in list_fiscal_years(district.first_fiscal_year, district.horizon_years)
    )


def _find_first_day(fiscal_year: str, plan: Plan) -> date:
    return date(start_year_of(fiscal_year), plan.district.fiscal_year_start_month, 1)


def check_single_audit(years: tuple[FederalYear, ...]) -> tuple[Finding, ...]:
    """A note for the first year that asks for a single audit."""
    first = next((one for one in years if one.is_audited), None)
    if first is None or first.threshold is None:
        return ()
    brought, limit = format_cents(first.cents, symbol=True), describe_limit(first.threshold)
    return (SINGLE_AUDIT.at(item=first.fiscal_year, found=brought, expected=limit, rule=first.threshold.source),)


def tabulate_federal_years(years: tuple[FederalYear, ...]) -> Table:
    """Federal money by year beside the threshold of a single audit."""
    columns = (
        Column("Fiscal year"),
        Column("Federal sources bring", FigureUnit.CENTS),
        Column("Single audit from"),
        Column("Asked for"),
        Column("Rule"),
    )
    rows = tuple(
        (
            one.fiscal_year,
            one.cents,
            describe_limit(one.threshold) if one.threshold else "no rule on record",
            "yes" if one.is_audited else "no",
            one.threshold.source if one.threshold else "",
        )
        for one in years
    )
    return Table(columns, rows)


def check_indirect_cost(plan: Plan, reference: Reference, as_of: date) -> tuple[Finding, ...]:
    """Federal sources whose indirect cost is the de minimis rate, or more, where another one is asked for.

    A program that must not supplant takes its restricted rate; any other federal award takes at most the de minimis
    rate without an agreement on a higher one. Sources: 2 CFR 200.414(f); 34 CFR 76.563-76.564.
    """
    rule = reference.valid_on("federal_indirect_de_minimis", as_of)
    return tuple(_check_indirect(plan, rule)) if rule else ()


def _check_indirect(plan: Plan, rule: ReferenceRow) -> Iterator[Finding]:
    for source in list_federal_sources(plan):
        rate = source.indirect_cost_fraction
        words = {
            "item": source.source_id,
            "found": format_percent(rate, 1),
            "expected": format_percent(rule.value),
            "rule": rule.source,
        }
        if source.kind in FEDERAL_KINDS and rate >= rule.value:
            yield INDIRECT_COST_UNRESTRICTED.at(**words)
        elif not rule.is_met_by(rate):
            yield INDIRECT_COST_HIGH.at(**words)
