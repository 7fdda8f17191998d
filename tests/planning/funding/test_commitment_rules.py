"""Commitments held against the rules: they stand, and what is against a rule is said with the rule."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.evaluation import Evaluation, evaluate
from planning.findings import Finding
from planning.funding.balances import calculate_source_balances
from planning.model import Commitment, CostLine, District, FundingSource, Initiative, Plan, YearAmount
from planning.vocabulary import CostCategory, CostKind, SourceKind
from tests.planning.funding.funding_rules import TODAY, make_source, shipped

YEAR = "FY2026-27"


def pay(source: FundingSource, dollars: int, price: int = 1000, **line: Any) -> Evaluation:  # noqa: ANN401 - of CostLine
    """One initiative with one cost, and the source's commitment to it."""
    fields: dict[str, Any] = {"kind": CostKind.ONE_TIME, "category": CostCategory.EXTERNAL_SERVICES, **line}
    plan = Plan(
        district=District(district_id="d", name="District", first_fiscal_year=YEAR),
        initiatives=(Initiative(initiative_id="wifi", name="Wi-Fi", start=YEAR),),
        cost_lines=(
            CostLine(
                cost_line_id="wifi.one",
                initiative_id="wifi",
                description="One",
                unit_price_usd=Decimal(price),
                dollar_year=YEAR,
                start=YEAR,
                **fields,
            ),
        ),
        sources=(source.model_copy(update={"amounts": (YearAmount(fiscal_year=YEAR, amount_cents=10_000_00),)}),),
        commitments=(Commitment(initiative_id="wifi", source_id="s", fiscal_year=YEAR, amount_cents=dollars * 100),),
    )
    return evaluate(plan, shipped().model_copy(update={"rows": shipped().rows}), TODAY)


def found(evaluation: Evaluation) -> list[Finding]:
    return [finding for finding in evaluation.findings if finding.code != "reference_expired"]


def test_a_commitment_against_a_rule_stands_and_names_the_rule() -> None:
    evaluation = pay(make_source(SourceKind.BOND), 600, kind=CostKind.RECURRING)
    assert evaluation.initiatives[0].committed.cents == 600_00
    (finding,) = found(evaluation)
    assert finding.code == "commitment_against_rule"
    assert finding.message == (
        "s is to pay $600.00 of wifi in FY2026-27, but may pay nothing of it. Bond money pays capital costs; what is "
        "paid again every year is an operating cost. (26 CFR 1.148-6(d)(3) (working capital) and California Debt Guide "
        "4.4, capital expenditure financings)"
    )
    assert finding.fix.startswith("Let other money pay the rest of wifi in FY2026-27")


def test_a_lawful_commitment_gives_no_finding() -> None:
    assert found(pay(make_source(SourceKind.BOND), 1000)) == []


@pytest.mark.parametrize(("dollars", "is_lawful"), [(600, True), (601, False)])
def test_a_match_leaves_its_share_to_other_money(dollars: int, is_lawful: bool) -> None:
    source = make_source(SourceKind.ERATE_C2, match_fraction=Decimal("0.4"))
    findings = found(pay(source, dollars, erate_service="switches"))
    assert [item.code for item in findings] == ([] if is_lawful else ["commitment_against_rule"])
    assert is_lawful or "may pay $600.00. The rest must be paid by other money" in findings[0].message


@pytest.mark.parametrize(("dollars", "codes"), [(150, []), (151, ["commitments_exceed_cap"])])
def test_a_cap_counts_what_it_names(dollars: int, codes: list[str]) -> None:
    source = make_source(SourceKind.TITLE_IV_A, technology_portion_usd=Decimal(1000))
    findings = found(pay(source, dollars, category=CostCategory.SOFTWARE))
    assert [item.code for item in findings] == codes
    assert not codes or findings[0].message.startswith(
        "s is to pay $151.00 of devices, software and the like, but may pay $150.00 of them. Of the technology portion"
    )


def test_without_a_portion_the_cap_is_of_what_the_award_pays() -> None:
    findings = found(pay(make_source(SourceKind.TITLE_IV_A), 100, category=CostCategory.SOFTWARE))
    assert "is to pay $100.00 of devices, software and the like, but may pay $15.00" in findings[0].message


def test_more_than_the_technology_portion_is_said() -> None:
    source = make_source(SourceKind.TITLE_IV_A, technology_portion_usd=Decimal(400))
    (finding,) = found(pay(source, 401))
    assert finding.message == "s is to pay $401.00, more than its technology portion of $400.00."


def test_an_award_without_a_last_day_gets_the_one_of_the_law() -> None:
    (finding,) = found(pay(make_source(SourceKind.TITLE_II_A, award_year=YEAR), 10))
    assert (finding.code, finding.found, finding.expected) == ("award_without_end", YEAR, "2028-09-30")
    assert finding.message == (
        "s is an award of FY2026-27 without a last day; by law its money is available to 2028-09-30."
    )


def pay_later(source: FundingSource, year: str, dollars: int) -> Evaluation:
    """100,000 for the first year, a cost of 100,000 in each of five years, and a commitment in one of them."""
    evaluation = pay(source, 1, kind=CostKind.RECURRING, price=100_000, population="title_i_schools")
    dated = source.model_copy(update={"amounts": (YearAmount(fiscal_year=YEAR, amount_cents=100_000_00),)})
    later = Commitment(initiative_id="wifi", source_id="s", fiscal_year=year, amount_cents=dollars * 100)
    return evaluate(evaluation.plan.model_copy(update={"sources": (dated,), "commitments": (later,)}), shipped(), TODAY)


def test_money_is_not_paid_after_the_last_day_that_the_law_gives_an_award() -> None:
    """27 months from 1 July 2026 end on 30 September 2028, in the third fiscal year."""
    source = make_source(SourceKind.TITLE_II_A, award_year=YEAR, carries_over=True)
    within = pay_later(source, "FY2028-29", 50)
    assert within.initiatives[0].committed.cents == 50_00
    beyond = pay_later(source, "FY2029-30", 50)
    assert beyond.initiatives[0].committed.cents == 0
    assert "its money may be spent only to 2028-09-30; it does not pay" in " ".join(f.message for f in beyond.findings)
    assert [item.is_open for item in calculate_source_balances(beyond)] == [True, True, True, False, False]


@pytest.mark.parametrize(("year", "dollars", "beyond"), [
    ("FY2026-27", 100_000, None),
    ("FY2027-28", 15_000, None),
    ("FY2027-28", 15_001, "$1.00"),
    ("FY2027-28", 120_000, "$85,000.00"),
])  # fmt: skip
def test_of_title_i_no_more_is_committed_later_than_may_be_carried_over(
    year: str, dollars: int, beyond: str | None
) -> None:
    """15 % of 100,000; the 20,000 that the source does not have at all is another finding."""
    evaluation = pay_later(make_source(SourceKind.TITLE_I_A, award_year=YEAR, carries_over=True), year, dollars)
    findings = [item for item in evaluation.findings if item.code == "commitments_exceed_carry_over"]
    assert [item.found for item in findings] == ([beyond] if beyond else [])
    assert not beyond or findings[0].message == (
        f"s is to pay {beyond} in FY2027-28 that its carry-over limit leaves no room for. At most 15 % of a year's "
        "Title I-A allocation may be carried over. (ESEA section 1127(a))"
    )
    assert not beyond or findings[0].fix.startswith("Spend more of s in the year it is for")


def test_a_bond_is_held_to_its_pace_and_to_the_life_of_what_it_buys() -> None:
    source = make_source(SourceKind.BOND, window_start=date(2024, 7, 1), weighted_maturity_years=Decimal(5), uses=())
    findings = found(pay(source, 1000, kind=CostKind.REFRESH, refresh_years=4, category=CostCategory.HARDWARE))
    assert [item.code for item in findings] == ["bond_outlives_assets", "bond_spent_slowly"]
    assert findings[0].message == (
        "The average maturity of s is 5.0 years; what it buys lasts 4.0 years on average, so 4.8 is the most that is "
        "safe."
    )
