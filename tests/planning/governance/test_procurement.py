import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import load_reference
from planning.governance.policy import PolicySubject, PolicyThreshold
from planning.governance.procurement import (
    Method,
    Purchase,
    check_split_purchases,
    find_required_method,
)
from planning.money import to_cents

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "procurement.toml").read_text(encoding="utf-8"))["case"]
REFERENCE, DAY = load_reference(), date(2026, 1, 15)


def buy(usd: str, day: date = DAY, number: str = "p1", **more: bool) -> Purchase:
    return Purchase(number, "Northwind", "access points", to_cents(Decimal(usd)), day, **more)


def set_policy(subject: PolicySubject, comparison: str, usd: str) -> PolicyThreshold:
    return PolicyThreshold.model_validate(
        {"policy_id": "p", "subject": subject, "operator": comparison, "amount_usd": usd, "source": "Policy DJ"}
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_published_threshold_decides(case: dict) -> None:
    purchase = buy(
        case["usd"],
        case["day"],
        is_federal=case.get("federal", False),
        is_construction=case.get("construction", False),
    )
    found = find_required_method(purchase, case.get("state", ""), (), REFERENCE)
    assert found.method is Method[case["method"]]


def test_the_rule_that_decides_comes_first_with_its_source() -> None:
    found = find_required_method(buy("40000", is_federal=True), "IL", (), REFERENCE)
    assert found.rules[0].source == "Illinois School Code 10-20.21"
    assert [rule.authority for rule in found.rules] == ["state", "federal"]


def test_the_districts_own_policy_may_be_stricter() -> None:
    bid = set_policy(PolicySubject.FORMAL_BID, "more_than", "25000")
    policy = [set_policy(PolicySubject.QUOTES, "at_least", "5000"), bid]
    methods = [find_required_method(buy(usd), "", policy, REFERENCE).method for usd in ("4999.99", "5000", "25000.01")]
    assert methods == [Method.MICRO_PURCHASE, Method.QUOTES, Method.FORMAL_BID]
    [rule] = find_required_method(buy("5000"), "", policy, REFERENCE).rules
    assert (rule.words, rule.source) == ("at least $5,000", "Policy DJ")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans(), st.sampled_from(["", "TX", "IL", "WA"]))
def test_more_money_never_asks_for_a_lighter_method(one: int, other: int, federal: bool, state: str) -> None:
    small, large = sorted((one, other))
    methods = [
        find_required_method(Purchase("p", "v", "c", cents, DAY, federal), state, (), REFERENCE).method
        for cents in (small, large)
    ]
    assert methods[0] <= methods[1]


def test_a_threshold_whose_time_is_past_is_taken_with_a_warning() -> None:
    found = find_required_method(buy("120000"), "CA", (), REFERENCE)
    assert (found.method, [one.code for one in found.findings]) == (Method.FORMAL_BID, ["bid_rule_expired"])
    assert "valid to 2025-12-31" in found.findings[0].message


def test_a_threshold_nobody_confirmed_and_a_state_nobody_knows_are_said() -> None:
    codes = [
        [one.code for one in find_required_method(buy("90000"), state, (), REFERENCE).findings]
        for state in ("WA", "VT")
    ]
    assert codes == [["bid_rule_unconfirmed"] * 2, ["bid_rule_unknown"]]


def test_purchases_split_over_a_year_are_warned_about_where_together_they_need_bids() -> None:
    days = [date(2025, 10, 1), date(2026, 3, 1), date(2026, 9, 30)]
    purchases = [buy("40000", day, f"p{number}") for number, day in enumerate(days)]
    [finding] = check_split_purchases(purchases, "TX", (), REFERENCE)
    assert (finding.item, finding.found) == ("p2", "$120,000")
    assert "p2 and 2 like it" in finding.message and "sealed bids" in finding.message


def test_a_year_and_a_day_apart_is_not_split() -> None:
    purchases = [buy("60000", date(2025, 10, 1)), buy("60000", date(2026, 10, 1), "p2")]
    assert check_split_purchases(purchases, "TX", (), REFERENCE) == ()


def test_a_purchase_that_needs_bids_by_itself_is_not_called_split() -> None:
    purchases = [buy("150000", date(2025, 10, 1)), buy("40000", date(2025, 11, 1), "p2")]
    assert check_split_purchases(purchases, "TX", (), REFERENCE) == ()
