"""The published discount rate for a span of years."""

from datetime import date
from decimal import Decimal

import pytest

from planning.cost.reference_rates import find_reference_rate
from planning.evaluation import evaluate
from planning.model import Plan
from planning.reference import Reference, ReferenceRow


def row(key: str, value: str, year: int) -> ReferenceRow:
    return ReferenceRow(
        key=key,
        value=Decimal(value),
        unit="fraction_per_year",
        valid_from=date(year, 1, 1),
        valid_to=date(year, 12, 31),
        source="OMB Circular A-94",
        link="https://example.org",
    )


RATES = {3: "0.015", 5: "0.016", 7: "0.018", 10: "0.019", 20: "0.022", 30: "0.023"}
REFERENCE = Reference(
    version="t",
    rows=(
        *(row(f"discount_rate_real_{term}_years", value, 2025) for term, value in RATES.items()),
        row("discount_rate_real_5_years", "0.022", 2024),
        row("discount_rate_nominal_5_years", "0.038", 2025),
    ),
)


@pytest.mark.parametrize(("years", "rate"), [(1, 0.015), (4, 0.0155), (5, 0.016), (15, 0.0205), (40, 0.023)])
def test_between_published_terms_the_rate_is_interpolated(years: int, rate: float) -> None:
    """The 15-year rate of 2.05 % is the one of the NIST lease-or-buy case."""
    result = find_reference_rate(REFERENCE, years, date(2025, 6, 1), "real")
    assert result is not None
    assert result.rate_per_year == pytest.approx(rate, abs=1e-12)
    assert not result.is_expired


def test_an_earlier_day_takes_the_table_of_its_own_year() -> None:
    result = find_reference_rate(REFERENCE, 5, date(2024, 6, 1), "real")
    assert result is not None
    assert result.rate_per_year == 0.022


def test_before_the_first_table_there_is_no_rate() -> None:
    assert find_reference_rate(REFERENCE, 5, date(2020, 1, 1)) is None


def test_a_rate_past_its_last_day_is_used_with_a_warning(detection_plan: Plan) -> None:
    evaluation = evaluate(detection_plan, REFERENCE, date(2026, 1, 1))
    assert evaluation.reference_rate is not None
    assert (evaluation.reference_rate.rate_per_year, evaluation.reference_rate.is_expired) == (0.038, True)
    warning = next(finding for finding in evaluation.findings if finding.code == "reference_expired")
    assert "valid to 2025-12-31" in warning.message


def test_a_rate_in_force_raises_no_warning(detection_plan: Plan) -> None:
    codes = [finding.code for finding in evaluate(detection_plan, REFERENCE, date(2025, 12, 31)).findings]
    assert "reference_expired" not in codes
