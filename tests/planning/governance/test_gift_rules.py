import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import load_reference
from planning.governance.disposal import find_sale_date, find_transfer_date
from planning.governance.gift_rules import ProviderGift, check_provider_gifts

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "erate.toml").read_text(encoding="utf-8"))
REFERENCE = load_reference()


def make_gift(usd: str, day: date = date(2026, 9, 1), provider: str = "Northwind", giver: str = "") -> ProviderGift:
    return ProviderGift(provider, "Ana", day, Decimal(usd), giver)


@pytest.mark.parametrize("case", CASES["gift"], ids=lambda case: case["says"])
def test_a_published_example_of_the_gift_rule(case: dict) -> None:
    gifts = [make_gift(gift["usd"], provider=gift["provider"], giver=gift.get("giver", "")) for gift in case["gifts"]]
    assert [finding.code for finding in check_provider_gifts(gifts, REFERENCE)] == case["broken"]


def test_the_yearly_limit_begins_anew_in_july() -> None:
    gifts = [make_gift("20", date(2026, 6, 30)), make_gift("20", date(2026, 7, 1)), make_gift("20", date(2027, 6, 30))]
    assert check_provider_gifts(gifts, REFERENCE) == ()


def test_a_broken_limit_is_said_with_names_and_amounts() -> None:
    messages = [finding.message for finding in check_provider_gifts([make_gift("50.01")], REFERENCE)]
    assert messages == [
        "Northwind gave Ana something worth $50.01 on 2026-09-01; one item may be worth $20 at most.",
        "Northwind gave Ana $50.01 in all in the funding year FY2026-27; $50 is the most from one source.",
    ]


def test_equipment_may_be_sold_after_five_years_and_moved_after_three() -> None:
    sale, transfer = CASES["disposal"]
    assert find_sale_date(sale["installed"], REFERENCE) == sale["sale_from"]
    assert find_transfer_date(transfer["purchased"], REFERENCE) == transfer["transfer_from"]
