"""The registers of the sample district, looked at on the day of its cabinet meeting."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.evaluation import Evaluation, evaluate
from planning.governance.gift_review import (
    GiftReview,
    describe_gifts,
    review_gifts,
    tabulate_gifts,
    tabulate_papers,
)
from planning.governance.procurement import Method
from planning.governance.purchase_review import (
    PurchaseReview,
    describe_purchases,
    review_purchases,
    tabulate_calendar,
    tabulate_purchases,
)
from planning.model import Plan
from planning.registers import Attestation, PaperKind, PurchasePaper

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)


@cache
def evaluation_of_the_sample() -> Evaluation:
    return evaluate(PLAN, REFERENCE, DAY)


def review_gift(**changes: object) -> GiftReview:
    gift = PLAN.gifts[0].model_copy(update=changes)
    evaluation: Evaluation = replace(evaluation_of_the_sample(), plan=PLAN.model_copy(update={"gifts": (gift,)}))
    return review_gifts(evaluation, REFERENCE, DAY)[0]


def review_purchase(**changes: object) -> PurchaseReview:
    record = PLAN.purchases[0].model_copy(update=changes)
    return review_purchases(PLAN.model_copy(update={"purchases": (record,)}), REFERENCE, DAY)[0]


def test_the_gift_of_printers_costs_more_than_it_is_worth_and_its_donor_sells() -> None:
    review = review_gift()
    assert (review.lifetime_cost_usd, review.gift.value_usd) == (Decimal("163400.00"), Decimal(118_000))
    codes = ["gift_costs_more", "donor_is_provider"]
    assert [finding.code for finding in review.findings] == codes
    assert (review.acceptance.authority.name, review.stage) == ("BOARD", "screening")


@pytest.mark.parametrize(
    ("changes", "stage", "code"),
    [
        ({"accepted_on": DAY}, "conditions to meet", "gift_accepted_unscreened"),
        ({"conditions_due": date(2026, 12, 7)}, "screening", "gift_conditions_late"),
        ({"accepted_on": DAY, "not_yet_judged": (), "conditions": ""}, "to be thanked for", "gift_not_acknowledged"),
    ],
)
def test_what_is_missing_on_the_way_of_a_gift_is_said(changes: dict[str, object], stage: str, code: str) -> None:
    review = review_gift(**changes)
    assert review.stage == stage
    assert code in [finding.code for finding in review.findings]


def test_a_gift_that_is_judged_and_thanked_for_is_complete() -> None:
    done = {"accepted_on": DAY, "acknowledged_on": DAY, "conditions_met_on": DAY, "not_met": (), "not_yet_judged": ()}
    review = review_gift(**done, donor="Harlow Ridge Rotary", initiative_id=None)
    assert (review.stage, review.findings) == ("complete", ())
    assert review_gift(not_yet_judged=()).stage == "to be decided"


def test_the_table_and_the_sentence_of_gifts_say_the_same() -> None:
    reviews = review_gifts(evaluation_of_the_sample(), REFERENCE, DAY)
    assert tabulate_gifts(reviews).rows[0][3:6] == (118_000_00, 163_400_00, -45_400_00)
    assert "Forty 3D printers would cost the district $163,400 for a value of $118,000." in describe_gifts(reviews)
    assert len(tabulate_papers(reviews).rows) == 4
    assert describe_gifts(()) == "No gift is on record."


@pytest.mark.parametrize(
    ("changes", "states", "is_due"),
    [
        ({}, ["once it is accepted"] * 3, False),
        ({"accepted_on": DAY}, ["due now", "when it comes to it", "when it comes to it"], True),
        ({"accepted_on": DAY, "acknowledged_on": DAY}, [f"sent {DAY}", *["when it comes to it"] * 2], False),
    ],
)
def test_an_acknowledgment_letter_is_due_from_the_acceptance(
    changes: dict[str, object], states: list[str], is_due: bool
) -> None:
    reviews = (review_gift(**changes),)
    assert [row[3] for row in tabulate_papers(reviews).rows] == states
    assert ("1 acknowledgment letter is due." in describe_gifts(reviews)) is is_due


def test_a_criterion_that_a_person_judged_as_not_met_is_named() -> None:
    [finding] = [one for one in review_gift(not_met=("Fits the program",)).findings if "criterion" in one.code]
    assert finding.message.endswith("screening: Fits the program.")


def test_the_attestation_is_shown_where_the_donor_also_sells() -> None:
    signed = {"attestation": Attestation.ATTESTED, "attested_on": DAY, "attested_by": "J. Roe"}
    found = [tabulate_gifts((review_gift(**words),)).rows[0][-1] for words in ({}, signed, {"donor": "Rotary"})]
    assert found == ["asked", f"attested {DAY} by J. Roe", "not needed"]
    bidder = PLAN.offers[1].vendor
    assert review_gift(donor=bidder).is_of_provider


def test_the_strictest_rule_decides_and_federal_money_is_seen() -> None:
    review = review_purchase(amount_usd=Decimal(9_999), is_erate=False)
    assert (review.required.method, review.is_federal) == (Method.MICRO_PURCHASE, False)


def test_the_calendar_keeps_the_planned_award_and_the_28_days() -> None:
    calendar = review_purchase().calendar
    assert calendar is not None
    days = {step.name: step.by for step in calendar.steps}
    assert days["Board action"] == date(2027, 3, 9)
    assert (days["Offers close"] - days["Form 470 posted"]).days >= 28


def test_who_buys_from_a_cooperative_asks_no_one_for_offers() -> None:
    calendar = review_purchase(cooperative="Agreement 114", is_erate=False).calendar
    assert calendar is not None
    assert calendar.steps[0].name == "Price checked"
    assert review_purchase(needed_by=None).calendar is None


def test_a_sole_source_over_the_threshold_is_warned_about() -> None:
    codes = [finding.code for finding in review_purchase(sole_source="Only maker").findings]
    assert "sole_source_over_threshold" in codes


def test_a_sole_source_with_its_reason_and_approval_in_the_file_is_not() -> None:
    papers = tuple(
        PurchasePaper(purchase_id="buy-wifi", kind=kind, reference="Board 2027-02-23")
        for kind in (PaperKind.JUSTIFICATION, PaperKind.APPROVAL)
    )
    record = PLAN.purchases[0].model_copy(update={"sole_source": "Only maker"})
    plan = PLAN.model_copy(update={"purchases": (record,), "purchase_papers": papers})
    [review] = review_purchases(plan, REFERENCE, DAY)
    assert "sole_source_over_threshold" not in [finding.code for finding in review.findings]


def test_the_files_and_sheets_of_the_sample_district_find_their_traps() -> None:
    codes = {one.record.purchase_id: {f.code for f in one.findings} for one in review_purchases(PLAN, REFERENCE, DAY)}
    assert "offer_not_best" in codes["buy-panels"]
    assert "purchase_paper_missing" in codes["buy-student-devices"]
    assert {"sam_check_old", "purchase_paper_missing", "sole_source_over_threshold"} <= codes["buy-literacy"]


def test_the_tables_and_the_sentence_of_purchases_say_the_same() -> None:
    reviews = review_purchases(PLAN, REFERENCE, DAY)
    assert len(tabulate_purchases(reviews).rows) == len(PLAN.purchases)
    days = [row[0] for row in tabulate_calendar(reviews).rows]
    assert days == sorted(days, key=str)
    assert describe_purchases(reviews).startswith("6 purchases are planned; 5 need sealed bids")
    assert "Of one commodity within twelve months, none asks for more together" in describe_purchases(reviews)
    assert describe_purchases(()) == "No purchase is planned."
    assert (
        tabulate_purchases(reviews).rows[0][4] == "district: at least $10,000 (Policy DJ); E-Rate: the Form 470's days"
    )


def test_a_day_that_cannot_be_reached_counts_in_the_sentence() -> None:
    plan: Plan = PLAN.model_copy(
        update={"purchases": (PLAN.purchases[0].model_copy(update={"needed_by": date(2027, 1, 4)}),)}
    )
    assert "1 cannot be reached in time." in describe_purchases(review_purchases(plan, REFERENCE, DAY))
