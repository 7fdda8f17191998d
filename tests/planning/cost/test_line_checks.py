"""What is wrong with cost lines, rates and comparisons is said, with the item and the mend."""

from decimal import Decimal
from typing import Any

import pytest

from planning.checks import check_plan
from planning.findings import Finding
from planning.model import CostLine, EscalationRate, Fleet, Plan
from planning.vocabulary import CostCategory, CostKind, RateBasis, Severity


def check(plan: Plan, code: str) -> Finding:
    (found,) = [finding for finding in check_plan(plan) if finding.code == code]
    assert found.item in found.message + found.fix
    assert found.fix
    return found


def with_line(plan: Plan, **fields: Any) -> Plan:  # noqa: ANN401 - fields of CostLine, which checks them
    values = plan.cost_lines[0].model_dump() | fields
    return plan.model_copy(update={"cost_lines": (CostLine.model_validate(values),)})


def with_initiatives(plan: Plan, **fields: object) -> Plan:
    first, *others = plan.initiatives
    return plan.model_copy(update={"initiatives": (first.model_copy(update=fields), *others)})


@pytest.mark.parametrize(
    ("fields", "code", "severity"),
    [
        ({"kind": "subscription"}, "subscription_without_term", Severity.ERROR),
        ({"kind": "scheduled"}, "scheduled_without_years", Severity.ERROR),
        ({"kind": "refresh"}, "refresh_without_years", Severity.ERROR),
        ({"end": "FY2024-25"}, "cost_ends_before_start", Severity.ERROR),
        ({"driver": "devices"}, "driver_without_counts", Severity.ERROR),
        ({"escalation": "nowhere"}, "unknown_escalation", Severity.ERROR),
        ({"kind": "staffing", "category": "software"}, "staffing_is_not_labor", Severity.WARNING),
        ({"category": "software", "loading_fraction": "0.3"}, "loading_without_labor", Severity.WARNING),
        ({"kind": "scheduled", "scheduled_years": ("FY2045-46",)}, "cost_outside_life", Severity.WARNING),
    ],
)
def test_a_line_that_cannot_mean_what_it_says_is_named(
    detection_plan: Plan, fields: dict[str, Any], code: str, severity: Severity
) -> None:
    found = check(with_line(detection_plan, **fields), code)
    assert (found.item, found.severity) == ("mdr-service", severity)


def test_lines_as_they_should_be_raise_nothing(detection_plan: Plan) -> None:
    fields = {"kind": CostKind.STAFFING, "category": CostCategory.DIRECT_LABOR, "loading_fraction": Decimal("0.3")}
    codes = {finding.code for finding in check_plan(with_line(detection_plan, **fields))}
    assert not codes & {"staffing_is_not_labor", "loading_without_labor"}


def test_two_rates_for_one_category_are_told(detection_plan: Plan) -> None:
    rates = tuple(
        EscalationRate(name=name, rate_per_year=Decimal(0), category=CostCategory.SOFTWARE) for name in ("one", "two")
    )
    district = detection_plan.district.model_copy(
        update={"escalation_rates": (*detection_plan.district.escalation_rates, *rates)}
    )
    found = check(detection_plan.model_copy(update={"district": district}), "category_rate_twice")
    assert found.message == "2 rates are for the category software; cost lines follow the first, one."


def test_comparisons_that_say_nothing_or_pay_twice_are_told(small_plan: Plan) -> None:
    found = check(with_initiatives(small_plan, compared_with="mdr"), "compared_with_itself")
    assert found.message == "mdr is compared with itself; it is compared with doing nothing instead."
    both = check(with_initiatives(small_plan, compared_with="devices"), "base_also_included")
    assert both.message == "mdr is compared with devices, but both are in the plan, so both are paid."
    assert check(with_initiatives(small_plan, compared_with="nowhere"), "unknown_id").found == "nowhere"


def test_a_real_rate_without_inflation_is_told(detection_plan: Plan) -> None:
    district = detection_plan.district.model_copy(update={"rate_basis": RateBasis.REAL})
    found = check(detection_plan.model_copy(update={"district": district}), "real_rate_without_inflation")
    assert found.fix.startswith("Give the district its inflation rate")


def test_a_fleet_of_an_unknown_initiative_is_told(detection_plan: Plan) -> None:
    fleet = Fleet(
        fleet_id="f", initiative_id="gone", description="x", units=Decimal(1), bought="FY2020-21", life_years=5,
        unit_price_usd=Decimal(1), dollar_year="FY2026-27",
    )  # fmt: skip
    plan = detection_plan.model_copy(update={"fleets": (fleet,)})
    (found,) = [finding for finding in check_plan(plan) if finding.code == "unknown_id"]
    assert found.message == "fleet f names the initiative gone, which the plan does not have."
