from decimal import Decimal
from typing import Any

import pytest

from data.samples.plan import build_sample_plan
from planning.amount_checks import THINGS, check_amounts, check_whole_plan
from planning.editing import check_changes
from planning.findings import Finding
from planning.model import CostLine, Plan
from planning.revisions.rows import KEY_FIELDS

PLAN = build_sample_plan()
TRILLION = Decimal(10) ** 12


def change_first(section: str, **values: object) -> list[Finding]:
    first, *rest = getattr(PLAN, section)
    return list(check_amounts(PLAN.model_copy(update={section: (first.model_copy(update=values), *rest)})))


def price(**values: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - fields of any type
    line: CostLine = PLAN.cost_lines[0].model_copy(update=values)
    return check_amounts(PLAN.model_copy(update={"cost_lines": (line, *PLAN.cost_lines[1:])}))


def test_the_sample_plan_is_small_enough_to_keep() -> None:
    assert check_whole_plan(PLAN) == ()
    assert set(THINGS) | {"district", "meetings"} == set(KEY_FIELDS)


@pytest.mark.parametrize(
    ("section", "values", "words"),
    [
        (
            "commitments",
            {"amount_cents": 10**14},
            "commitment student-devices · levy · FY2026-27: 1,000,000,000,000.00 as amount is",
        ),
        ("purchases", {"amount_usd": TRILLION}, "purchase buy-wifi: 1,000,000,000,000 as amount is"),
        ("goals", {"weight": TRILLION}, "goal reading: 1,000,000,000,000 as weight is"),
        ("fleets", {"units": TRILLION}, "fleet student-devices.2022: 1,000,000,000,000 as units is"),
    ],
)
def test_a_typed_amount_of_a_trillion_is_refused_by_name(section: str, values: dict[str, object], words: str) -> None:
    [finding] = change_first(section, **values)
    assert finding.message.startswith(words) and finding.fix.startswith("Correct the ")


def test_ten_billion_is_no_trillion() -> None:
    assert change_first("commitments", amount_cents=10**12) == []


def test_amounts_of_a_source_are_refused_by_the_year() -> None:
    source = PLAN.sources[0]
    large = tuple(one.model_copy(update={"amount_cents": -(10**14)}) for one in source.amounts[:1])
    [finding] = change_first("sources", amounts=(*large, *source.amounts[1:]))
    assert "source general-fund: -1,000,000,000,000.00 as amounts" in finding.message


def test_a_cost_line_that_comes_to_a_trillion_is_refused_and_a_cent_less_is_not() -> None:
    large = {"quantity": Decimal(10) ** 6, "unit_price_usd": Decimal(10) ** 6}
    [finding] = price(**large)
    assert (finding.code, finding.item) == ("cost_too_large", PLAN.cost_lines[0].cost_line_id)
    assert price(**{**large, "quantity": Decimal(1), "unit_price_usd": TRILLION - Decimal("0.01")}) == ()


def test_growth_and_counts_make_a_line_large_too() -> None:
    assert price(driver="students", quantity=Decimal(10) ** 4, unit_price_usd=Decimal(10) ** 5)
    early = price(unit_price_usd=Decimal(10) ** 8, dollar_year="FY1950-51", escalation="managed-security")
    assert [finding.code for finding in early] == ["cost_too_large"]


def test_who_edits_one_row_need_not_mend_another_that_is_too_large() -> None:
    def enlarge(plan: Plan) -> Plan:
        line = plan.cost_lines[0].model_copy(update={"unit_price_usd": TRILLION * 2})
        return plan.model_copy(update={"cost_lines": (line, *plan.cost_lines[1:])})

    assert check_changes(enlarge(PLAN), enlarge(PLAN).model_copy(update={"gifts": ()})) == ()
    assert [one.code for one in check_changes(PLAN, enlarge(PLAN))] == ["plan_amount_too_large"]
