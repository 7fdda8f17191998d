import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import load_reference
from planning.governance.gift_authority import (
    Authority,
    check_attestation,
    check_gift_cost,
    find_gift_authority,
    is_provider,
    list_donor_papers,
)
from planning.governance.policy import PolicyThreshold
from planning.registers import GiftOffer

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "gifts.toml").read_text(encoding="utf-8"))
REFERENCE, DAY = load_reference(), date(2026, 12, 8)


def read_policy(case: dict) -> list[PolicyThreshold]:
    return [
        PolicyThreshold.model_validate({"policy_id": f"r{n}", "subject": s, "operator": o, "amount_usd": usd})
        for n, (s, o, usd) in enumerate(case["rules"])
    ]


@pytest.mark.parametrize(
    ("policy", "gift"),
    [(read_policy(case), gift) for case in CASES["policy"] for gift in case["gifts"]],
    ids=[f"{case['district']} {gift['usd']}" for case in CASES["policy"] for gift in case["gifts"]],
)
def test_a_districts_policy_names_who_accepts(policy: list[PolicyThreshold], gift: dict) -> None:
    found = find_gift_authority(Decimal(gift["usd"]), policy, gift.get("real_property", False))
    assert found.authority is Authority[gift["authority"]]
    expected = ["gift_authority_undefined"] if gift.get("undefined") else []
    assert [finding.code for finding in found.findings] == expected


def test_the_order_in_which_a_policy_is_typed_changes_nothing() -> None:
    policy = read_policy(CASES["policy"][0])
    found = [find_gift_authority(Decimal(4999), rows).authority for rows in (policy, policy[::-1])]
    assert found == [Authority.PRINCIPAL] * 2


def test_a_gap_in_the_policy_is_said_in_its_own_words() -> None:
    [finding] = find_gift_authority(Decimal(50000), read_policy(CASES["policy"][0])).findings
    assert "exactly $50,000.00: principal less than $5,000; superintendent less than $50,000" in finding.message


@pytest.mark.parametrize("case", CASES["cost"], ids=lambda case: case["lifetime_cost"])
def test_a_gift_must_cost_less_than_it_is_worth(case: dict) -> None:
    rule = REFERENCE.require("gift_lifetime_cost", DAY)
    findings = check_gift_cost("The gift", Decimal(case["value"]), Decimal(case["lifetime_cost"]), rule)
    assert (findings == ()) is case["accepted"]
    assert case["accepted"] or "less than 100 % is asked for (Cleveland Metropolitan" in findings[0].message


def test_a_gift_of_no_value_must_cost_nothing() -> None:
    rule = REFERENCE.require("gift_lifetime_cost", DAY)
    assert check_gift_cost("The gift", Decimal(0), Decimal(0), rule) == ()
    [finding] = check_gift_cost("The gift", Decimal(0), Decimal(5), rule)
    assert "costs the district $5, more than all of its value of $0" in finding.message


def test_a_provider_is_known_by_its_name_whatever_its_case() -> None:
    assert is_provider(" northwind ", ["Contoso", "Northwind"])
    assert not is_provider("Fabrikam", ["Northwind"])


def attest(**values: object) -> list[str]:
    given = {"gift_id": "g", "description": "printers", "donor": "Northwind", "value_usd": 1, "offered_on": DAY}
    rule = REFERENCE.require("gift_provider_attestation", DAY)
    found = check_attestation(GiftOffer.model_validate({**given, **values}), rule)
    assert all("47 CFR 54.503(d)" in finding.fix for finding in found)
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, ["donor_is_provider"]),
        ({"attestation": "asked"}, ["donor_is_provider"]),
        ({"attestation": "attested", "attested_on": DAY, "attested_by": "J. Roe"}, []),
        ({"attestation": "attested", "attested_on": DAY}, ["donor_attestation_incomplete"]),
        ({"accepted_on": DAY}, ["donor_is_provider", "gift_taken_unattested"]),
    ],
)
def test_a_donor_who_also_sells_attests_on_a_day_by_somebody(values: dict[str, object], codes: list[str]) -> None:
    assert attest(**values) == codes


def test_the_attestation_comes_before_the_acceptance() -> None:
    whole = {"attestation": "attested", "attested_by": "J. Roe", "accepted_on": DAY}
    assert attest(**whole, attested_on=DAY) == []
    assert attest(**whole, attested_on=DAY + timedelta(days=1)) == ["gift_taken_unattested"]


def test_the_papers_a_donor_needs_by_value() -> None:
    keys = [
        [paper.rule.key for paper in list_donor_papers(Decimal(usd), is_cash, DAY, REFERENCE)]
        for usd, is_cash in (("249.99", False), ("250", False), ("5000.01", False), ("5000.01", True))
    ]
    letter = "gift_acknowledgment"
    assert keys == [[], [letter], [letter, "gift_form_8283", "gift_form_8282"], [letter]]
