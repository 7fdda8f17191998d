"""The dated figures that ship, held against what was published (tests/cases): one named case for each row."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.reference import load_reference
from planning.cost.reference_rates import find_reference_rate

CASES = Path(__file__).parents[1] / "cases"
REFERENCE, DAY = load_reference(), date(2026, 12, 8)
Case = dict[str, Any]


def read_file(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


RATES = read_file("discount_rates")


@pytest.mark.parametrize("case", read_file("thresholds")["case"], ids=lambda case: case["says"])
def test_a_published_threshold_holds_at_its_boundary(case: Case) -> None:
    row = REFERENCE.require(case["key"], case["day"])
    assert [row.is_met_by(Decimal(amount)) for amount in case["met"]] == [True] * len(case["met"])
    assert [row.is_met_by(Decimal(amount)) for amount in case["not_met"]] == [False] * len(case["not_met"])
    assert row.verify == case.get("verify", False)


@pytest.mark.parametrize("case", read_file("useful_lives")["case"], ids=lambda case: case["key"])
def test_a_usual_life_is_shipped_to_be_verified(case: Case) -> None:
    row = REFERENCE.require(case["key"], DAY)
    assert all(row.is_met_by(years) for years in case["met"])
    assert not any(row.is_met_by(years) for years in case["not_met"])
    assert (row.unit, row.verify) == ("years", True)


@pytest.mark.parametrize("table", RATES["table"], ids=lambda table: f"{table['kind']} {table['year']}")
def test_the_published_discount_rate_of_a_span_of_years(table: Case) -> None:
    day = date(table["year"], 7, 1)
    for years, percent in table["percent"].items():
        found = find_reference_rate(REFERENCE, int(years), day, table["kind"])
        assert found is not None and not found.is_expired
        assert found.rate_per_year == pytest.approx(float(percent) / 100, abs=1e-12), years
    for term in RATES["terms"]:
        row = REFERENCE.require(f"discount_rate_{table['kind']}_{term}_years", day)
        assert row.value * 100 == Decimal(table["percent"][str(term)])
