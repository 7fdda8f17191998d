from datetime import date

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.governance.conflict_review import (
    ConflictReview,
    describe_conflicts,
    review_conflicts,
    tabulate_conflicts,
    tabulate_gift_sums,
)
from planning.registers import ConflictEntry

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)


def make_entry(usd: str = "0", **changes: object) -> ConflictEntry:
    values = {"entry_id": "e1", "person": "Ana", "provider": "Northwind", "description": "Lunch", "value_usd": usd}
    return ConflictEntry.model_validate({**values, "day": date(2026, 9, 1), **changes})


def review(*entries: ConflictEntry, as_of: date = DAY, **plan: object) -> ConflictReview:
    return review_conflicts(PLAN.model_copy(update={"conflicts": entries, **plan}), REFERENCE, as_of)


def list_codes(found: ConflictReview) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("usd", "codes"), [("20", []), ("20.01", ["erate_gift_item"])])
def test_a_gift_is_held_against_the_limit_of_one_item(usd: str, codes: list[str]) -> None:
    assert list_codes(review(make_entry(usd))) == codes


def test_gifts_add_up_by_person_and_provider_however_the_names_are_spelled() -> None:
    entries = [
        make_entry("17", provider=name, person=who) for name, who in (("Northwind", "Ana"), (" NORTHWIND", "ana"))
    ]
    assert list_codes(review(*entries, make_entry("16"))) == []
    found = review(*entries, make_entry("16.01"))
    assert list_codes(found) == ["erate_gift_person_year"]
    assert tabulate_gift_sums(found, REFERENCE).rows == (("Ana", "Northwind", "FY2026-27", "$50.01", "$50.00", "no"),)


@pytest.mark.parametrize("answer", ["returned", "paid_for"])
def test_what_was_returned_or_paid_for_breaks_no_limit_and_stays_in_the_log(answer: str) -> None:
    found = review(make_entry("64", answer=answer, answered_on=date(2026, 9, 3)))
    assert (list_codes(found), found.kept) == ([], ())
    assert tabulate_conflicts(found).rows[0][-1] == f"{answer.replace('_', ' ')} 2026-09-03"


@pytest.mark.parametrize(
    ("changes", "as_of", "count"),
    [
        ({"purchase_id": "buy-wifi"}, DAY, 1),
        ({"purchase_id": "buy-wifi", "answer": "recused"}, DAY, 0),
        ({"purchase_id": "buy-wifi"}, date(2027, 3, 9), 1),
        ({"purchase_id": "buy-wifi"}, date(2027, 3, 10), 0),  # awarded the day before
        ({"provider": "summit device supply"}, DAY, 1),  # it offers the panels
        ({}, DAY, 0),
    ],
)
def test_an_interest_beside_an_open_purchase_asks_for_a_recusal(
    changes: dict[str, str], as_of: date, count: int
) -> None:
    found = review(make_entry(kind="interest", **changes), as_of=as_of)
    assert list_codes(found) == ["interest_not_recused"] * count


def test_an_e_rate_request_is_open_until_its_contract() -> None:
    entry = make_entry(kind="interest", request_id="wifi-2027")
    requests = tuple(one.model_copy(update={"contract_on": None}) for one in PLAN.funding_requests)
    [finding] = review(entry, funding_requests=requests).findings
    assert "who may sell E-Rate request wifi-2027, and no recusal" in finding.message
    assert review(entry).findings == ()


def test_the_log_of_the_sample_district_finds_its_two_traps() -> None:
    found = review_conflicts(PLAN, REFERENCE, DAY)
    assert list_codes(found) == ["erate_gift_person_year", "interest_not_recused"]
    assert describe_conflicts(found) == (
        "5 gifts of providers to employees and 1 declared interest on record; gifts worth $73.50 were kept. "
        "1 limit is broken. 1 open purchase needs a recusal."
    )


def test_an_empty_log_is_said() -> None:
    assert describe_conflicts(review()) == "No gift to an employee and no interest is on record."
    assert [words for words, _ in review().rules][1] == "One person from one provider, July to June"
