"""Federal figures that were raised count only once the district's own procedures name them (tests/cases)."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.reference import load_reference
from planning.governance.policy import PolicyThreshold
from planning.governance.procurement import Purchase, find_required_method
from planning.money import to_cents

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "procurement.toml").read_text(encoding="utf-8"))["raised"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_raised_federal_threshold_asks_for_written_procedures(case: dict[str, Any]) -> None:
    row = {"policy_id": "dj", "subject": case.get("policy"), "operator": "at_least", "amount_usd": "20000"}
    policy = [PolicyThreshold.model_validate(row)] if "policy" in case else []
    cents = to_cents(Decimal(case["usd"]))
    purchase = Purchase("switches", "Northwind", "switches", cents, case["day"], case.get("federal", True))
    notes = [
        finding
        for finding in find_required_method(purchase, "", policy, load_reference()).findings
        if finding.code == "federal_threshold_raised"
    ]
    assert len(notes) == case["notes"]
    assert all("switches is within the federal threshold of $" in note.message for note in notes)
