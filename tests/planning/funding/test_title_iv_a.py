"""Title IV-A against the published rules (tests/cases/title_iv_a.toml)."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planning.cost.capitalisation import find_cost_rules
from planning.errors import InputRefused
from planning.findings import Finding
from planning.funding.eligibility import describe_cost
from planning.funding.title_iv_a import TitleIvABudget, check_title_iv_a
from planning.model import CostLine, District, Initiative
from planning.vocabulary import CostCategory, CostKind
from tests.planning.funding.funding_rules import TODAY, shipped

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "title_iv_a.toml").read_text(encoding="utf-8"))["case"]


def check(*dollars: str) -> tuple[Finding, ...]:
    return check_title_iv_a(TitleIvABudget(*map(Decimal, dollars)), shipped(), TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["budget"]))
def test_an_allocation_breaks_what_the_case_says(case: dict[str, list[str]]) -> None:
    assert [finding.code for finding in check(*case["budget"])] == case["breaks"]


def test_a_finding_says_what_to_move_where() -> None:
    (share,) = check("100000", "19999", "20000", "60001", "0")
    assert share.message == (
        "Of a Title IV-A allocation of $100,000.00, 20 % or more goes to well-rounded education; the budget gives it "
        "$19,999.00."
    )
    assert share.fix == "Move $1.00 of the allocation to well-rounded education."
    (cap,) = check("29999", "0", "0", "29999", "4500")
    assert "at most $4,499.85 may be infrastructure" in cap.message
    (none,) = check("50000", "25000", "25000", "0", "0")
    assert none.message.endswith("the budget gives none.")
    assert check("50000", "25000", "25000", "1", "0")[0].fix == "Lower what is planned by $1.00."


@pytest.mark.parametrize("area", ["large_allocation", "well_rounded", "safe_healthy", "technology", "infrastructure"])
def test_a_rule_is_never_assumed(area: str) -> None:
    rows = tuple(row for row in shipped().rows if row.key != f"title_iv_a_{area}")
    with pytest.raises(InputRefused, match=r"The reference data has no title iv a"):
        check_title_iv_a(TitleIvABudget(*[Decimal(100_000)] * 5), shipped().model_copy(update={"rows": rows}), TODAY)


def test_equipment_is_the_lesser_of_both_levels_by_the_day_of_the_award() -> None:
    """RC-F9: $9,999.99 is a supply from 2024-10-01 and $10,000 is equipment; before, from $5,000."""
    district = District(
        district_id="d", name="D", first_fiscal_year="FY2026-27", capitalisation_level_usd=Decimal(25_000)
    )
    found = {}
    for day, price in ((date(2024, 10, 1), "9999.99"), (date(2024, 10, 1), "10000"), (date(2024, 9, 30), "5000")):
        line = CostLine(
            cost_line_id="l",
            initiative_id="i",
            description="d",
            kind=CostKind.ONE_TIME,
            category=CostCategory.HARDWARE,
            unit_price_usd=Decimal(price),
            dollar_year="FY2026-27",
            start="FY2026-27",
        )
        initiative = Initiative(initiative_id="i", name="I", start="FY2026-27")
        found[price] = describe_cost(line, initiative, find_cost_rules(shipped(), district, day)).is_equipment
    assert found == {"9999.99": "", "10000": "true", "5000": "true"}
