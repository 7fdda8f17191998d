from datetime import date
from decimal import Decimal

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.funding.federal_sources import (
    check_indirect_cost,
    check_single_audit,
    list_federal_sources,
    list_federal_years,
    sum_federal_cents,
    tabulate_federal_years,
)
from planning.model import Plan, YearAmount
from planning.reference import Reference

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)


def change_source(source_id: str, plan: Plan = PLAN, **values: object) -> Plan:
    rows = (one.model_copy(update=values) if one.source_id == source_id else one for one in plan.sources)
    return plan.model_copy(update={"sources": tuple(rows)})


def test_federal_is_what_a_program_or_an_award_says_and_never_e_rate() -> None:
    assert [one.source_id for one in list_federal_sources(PLAN)] == ["title-i", "title-ii", "title-iv"]
    awards = tuple(one.model_copy(update={"is_federal": True}) for one in PLAN.awards)
    more = list_federal_sources(PLAN.model_copy(update={"awards": awards}))
    assert "state-cyber" in {one.source_id for one in more}
    assert sum_federal_cents(PLAN)["literacy"] == 5 * 45_630_00 and "panels" not in sum_federal_cents(PLAN)


def bring(dollars: int, first_year: str = "FY2026-27") -> Plan:
    """The sample plan with one federal source in its first year."""
    title_i = next(one for one in PLAN.sources if one.source_id == "title-i")
    amount = YearAmount(fiscal_year=first_year, amount_cents=dollars * 100)
    district = PLAN.district.model_copy(update={"first_fiscal_year": first_year})
    source = title_i.model_copy(update={"amounts": (amount,)})
    return PLAN.model_copy(update={"district": district, "sources": (source,), "awards": ()})


@pytest.mark.parametrize(
    ("year", "dollars", "is_audited"),
    [
        ("FY2026-27", 999_999, False),
        ("FY2026-27", 1_000_000, True),
        ("FY2024-25", 999_999, True),
        ("FY2024-25", 749_999, False),
    ],
)
def test_a_single_audit_is_asked_for_by_the_threshold_of_the_fiscal_years_first_day(
    year: str, dollars: int, is_audited: bool
) -> None:
    first = list_federal_years(bring(dollars, year), REFERENCE)[0]
    assert (first.cents, first.is_audited) == (dollars * 100, is_audited)
    assert bool(check_single_audit((first,))) is is_audited


def test_the_note_and_the_table_of_the_single_audit_say_figure_and_rule() -> None:
    years = list_federal_years(PLAN, REFERENCE)
    [finding] = check_single_audit(years)
    assert "bring $1,854,700 in FY2026-27" in finding.message and "at least $1,000,000" in finding.message
    assert tabulate_federal_years(years).rows[0][1:4] == (1_854_700_00, "at least $1,000,000", "yes")
    unknown = list_federal_years(PLAN, Reference(version="empty"))
    assert check_single_audit(unknown) == () and tabulate_federal_years(unknown).rows[0][2] == "no rule on record"


@pytest.mark.parametrize(("rate", "codes"), [("0.03", []), ("0.15", ["indirect_cost_unrestricted"])])
def test_a_program_that_must_not_supplant_takes_no_de_minimis_rate(rate: str, codes: list[str]) -> None:
    plan = change_source("title-iv", indirect_cost_fraction=Decimal(rate))
    found = check_indirect_cost(plan, REFERENCE, DAY)
    assert [finding.code for finding in found] == codes
    assert check_indirect_cost(plan, Reference(version="empty"), DAY) == ()


@pytest.mark.parametrize(("rate", "codes"), [("0.15", []), ("0.151", ["indirect_cost_high"])])
def test_any_other_federal_award_takes_the_de_minimis_rate_at_most(rate: str, codes: list[str]) -> None:
    plan = change_source("state-cyber", indirect_cost_fraction=Decimal(rate))
    awards = tuple(one.model_copy(update={"is_federal": True}) for one in PLAN.awards)
    found = check_indirect_cost(plan.model_copy(update={"awards": awards}), REFERENCE, DAY)
    assert [finding.code for finding in found] == codes
