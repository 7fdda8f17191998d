"""How an award must be divided, held against what the plan does with it: Title IV-A's areas and its cap."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.evaluation import Evaluation
from planning.figure import Column, FigureUnit, Table, Value
from planning.findings import Finding
from planning.funding.availability import find_cap
from planning.funding.title_iv_a import TitleIvABudget, check_title_iv_a
from planning.model import FundingSource
from planning.money import format_dollars, to_cents, to_dollars
from planning.reference import Reference
from planning.registers import GrantAward
from planning.rule_words import describe_limit
from planning.vocabulary import Driver, SourceKind

TITLE_IV_A_RULES = {
    "title_iv_a_large_allocation": "Title IV-A: the areas are asked for from an allocation of",
    "title_iv_a_well_rounded": "Title IV-A: well-rounded education",
    "title_iv_a_safe_healthy": "Title IV-A: safe and healthy students",
    "title_iv_a_technology": "Title IV-A: effective use of technology",
    "title_iv_a_infrastructure": "Title IV-A: infrastructure, of the technology portion",
}
SRSA_RULES = {
    "srsa_base": "Small rural schools: base",
    "srsa_per_student": "Small rural schools: for each student above the base",
    "srsa_students_in_base": "Small rural schools: students in the base",
    "srsa_ceiling": "Small rural schools: ceiling",
}
GRANT_RULES = {
    "federal_liquidation_subrecipient": "Paid out after the end of the period, through the state",
    "federal_liquidation_recipient": "Paid out after the end of the period, directly",
    "federal_record_retention": "Records kept after the final report",
    "federal_single_audit": "A single audit, from federal money spent in a year of",
    "federal_indirect_de_minimis": "Indirect cost of a program that may supplant, without a negotiated rate",
}


@dataclass(frozen=True)
class TitleIvACheck:
    """An award of Title IV-A with what goes to each area; what nobody has typed is None and is not judged."""

    award: GrantAward
    technology_usd: Decimal
    infrastructure_usd: Decimal
    findings: tuple[Finding, ...]


def check_title_iv_a_awards(evaluation: Evaluation, reference: Reference, as_of: date) -> tuple[TitleIvACheck, ...]:
    """Every award of Title IV-A: its areas as typed, its technology portion, and the infrastructure that the plan pays.

    Infrastructure is what the source pays of the costs that the cap names. Without both other areas typed only the cap
    is judged.
    """
    sources = {one.source_id: one for one in evaluation.plan.sources if one.kind is SourceKind.TITLE_IV_A}
    return tuple(
        _check(award, sources[award.source_id], evaluation, reference, as_of)
        for award in evaluation.plan.awards
        if award.source_id in sources
    )


def _check(
    award: GrantAward, source: FundingSource, evaluation: Evaluation, reference: Reference, as_of: date
) -> TitleIvACheck:
    technology = award.amount_usd if source.technology_portion_usd is None else source.technology_portion_usd
    infrastructure = _sum_infrastructure(source, evaluation, reference, as_of)
    areas = (award.well_rounded_usd, award.safe_healthy_usd)
    budget = TitleIvABudget(
        award.amount_usd, areas[0] or Decimal(0), areas[1] or Decimal(0), technology, infrastructure
    )
    findings = check_title_iv_a(budget, reference, as_of)
    if None in areas:
        findings = tuple(one for one in findings if one.code == "title_iv_a_infrastructure")
    return TitleIvACheck(award, technology, infrastructure, findings)


def _sum_infrastructure(source: FundingSource, evaluation: Evaluation, reference: Reference, as_of: date) -> Decimal:
    cap = find_cap(reference, source.kind, as_of)
    if cap is None:
        return Decimal(0)
    rule, _ = cap
    capped = {line.cost_line_id for line in evaluation.plan.cost_lines if str(getattr(line, rule.field)) in rule.values}
    atoms = evaluation.atoms
    return to_dollars(sum(a.cents for a in atoms if a.source_id == source.source_id and a.cost_line_id in capped))


def tabulate_title_iv_a(checks: tuple[TitleIvACheck, ...], reference: Reference, as_of: date) -> Table:
    """Each area of each award with what goes there and what the rule asks for."""
    cents = FigureUnit.CENTS
    columns = (
        Column("Award"),
        Column("Area"),
        Column("Goes there", cents),
        Column("Rule"),
        Column("In dollars", cents),
    )
    rows = tuple(row for check in checks for row in _list_areas(check, reference, as_of))
    return Table(columns, rows)


def _list_areas(check: TitleIvACheck, reference: Reference, as_of: date) -> list[tuple[Value, ...]]:
    award = check.award
    name = award.award_number or award.award_id
    areas = (
        ("Well-rounded education", award.well_rounded_usd, "title_iv_a_well_rounded", award.amount_usd),
        ("Safe and healthy students", award.safe_healthy_usd, "title_iv_a_safe_healthy", award.amount_usd),
        ("Effective use of technology", check.technology_usd, "title_iv_a_technology", Decimal(0)),
        ("Infrastructure in it", check.infrastructure_usd, "title_iv_a_infrastructure", check.technology_usd),
    )
    rows: list[tuple[Value, ...]] = []
    for area, usd, key, whole in areas:
        rule = reference.require(key, as_of)
        given = to_cents(usd) if usd is not None else None
        rows.append((name, area, given, describe_limit(rule), to_cents(rule.value * whole)))
    return rows


def describe_title_iv_a(checks: tuple[TitleIvACheck, ...]) -> str:
    """Whether the awards are divided as the law asks."""
    broken = sum(len(check.findings) for check in checks)
    open_ones = [check for check in checks if None in (check.award.well_rounded_usd, check.award.safe_healthy_usd)]
    if open_ones:
        return "Title IV-A: what goes to well-rounded education and to safe and healthy students is not typed yet."
    words = ", ".join(format_dollars(check.award.amount_usd, symbol=True) for check in checks)
    state = "is divided as the law asks" if not broken else f"breaks {broken} rule{'s' * (broken > 1)}"
    return f"Title IV-A: the allocation of {words} {state}."


@dataclass(frozen=True)
class SrsaInputs:
    """What the formula of small rural schools starts from: attendance, and the awards of the year before."""

    attendance: Decimal
    title_ii_a_usd: Decimal
    title_iv_a_usd: Decimal


def find_srsa_inputs(evaluation: Evaluation) -> SrsaInputs:
    """What the plan knows of them: its first count of students, and the latest awards of Titles II-A and IV-A."""
    plan = evaluation.plan
    kinds = {source.source_id: source.kind for source in plan.sources}
    latest = {kinds.get(one.source_id): one.amount_usd for one in sorted(plan.awards, key=lambda one: one.period_start)}
    students = next((one.count for one in plan.district.driver_counts if one.driver is Driver.STUDENTS), Decimal(0))
    amounts = (latest.get(kind, Decimal(0)) for kind in (SourceKind.TITLE_II_A, SourceKind.TITLE_IV_A))
    return SrsaInputs(students, *amounts)
