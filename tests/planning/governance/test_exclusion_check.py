from datetime import date
from decimal import Decimal

import pytest

from data.reference import load_reference
from planning.findings import Finding
from planning.governance.exclusion_check import check_exclusion
from planning.governance.procurement import Purchase
from planning.money import to_cents
from planning.registers import ReceivedOffer

REFERENCE, AWARD, TODAY = load_reference(), date(2027, 3, 9), date(2026, 12, 8)


def check(usd: str = "25000", as_of: date = TODAY, is_federal: bool = True, **offer: object) -> tuple[Finding, ...]:
    purchase = Purchase("p1", "", "software", to_cents(Decimal(usd)), AWARD, is_federal, federal_cents=9_000_00)
    values = {"offer_id": "o1", "purchase_id": "p1", "vendor": "Northwind", "price_usd": usd, "is_chosen": True}
    chosen = ReceivedOffer.model_validate({**values, **offer}) if offer else None
    return check_exclusion(purchase, "The software", chosen, REFERENCE, as_of)


def test_the_look_up_is_asked_for_from_25_000_federal_dollars() -> None:
    assert check("24999.99") == check(is_federal=False) == ()
    [note] = check()
    assert (note.code, note.severity) == ("sam_check_needed", "note")
    assert (
        "is $25,000 with its vendor, of which federal money pays $9,000" in note.message
        and "2 CFR 180.220" in note.message
    )


def test_after_the_award_a_missing_look_up_is_an_error() -> None:
    [finding] = check(as_of=date(2027, 3, 10), exclusion="not_checked")
    assert (finding.code, finding.severity) == ("sam_check_missing", "error")
    assert "nothing says that Northwind was looked up" in finding.message


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2027, 2, 7), []),  # 30 days before the award
        (date(2027, 2, 6), ["sam_check_old"]),
        (date(2027, 3, 9), []),
        (date(2027, 3, 10), ["sam_check_after_award"]),
    ],
)
def test_the_look_up_is_neither_old_nor_after_the_award(day: date, code: list[str]) -> None:
    findings = check(exclusion="clear", exclusion_checked_on=day)
    assert [one.code for one in findings] == code
    assert all(str(day) in one.message for one in findings)


def test_the_age_of_a_look_up_says_that_it_is_a_practice() -> None:
    [finding] = check(exclusion="clear", exclusion_checked_on=date(2026, 7, 15))
    assert "237 days before the award" in finding.message and "verify the district's own" in finding.fix
    assert REFERENCE.require("federal_sam_check_age", AWARD).verify


def test_federal_money_does_not_pay_an_excluded_vendor() -> None:
    [finding] = check(exclusion="excluded", exclusion_checked_on=AWARD)
    assert finding.message == (
        "Northwind, chosen for The software, is excluded in SAM.gov (on 2027-03-09): federal money may not pay it "
        "(2 CFR 180.220 covered transactions)."
    )
