from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.samples.plan import build_sample_plan
from planning.governance.offer_review import (
    OfferReview,
    describe_offers,
    review_offers,
    tabulate_criteria,
    tabulate_offers,
)
from planning.model import Plan
from planning.registers import Criterion, OfferScore, PurchaseRecord, ReceivedOffer

PLAN, DAY = build_sample_plan(), date(2026, 12, 8)
RECORD = PurchaseRecord.model_validate(
    {
        "purchase_id": "ap",
        "initiative_id": "wifi",
        "description": "Access points",
        "commodity": "network",
        "amount_usd": "100000",
        "award_on": date(2027, 3, 9),
        "is_erate": True,
    }
)
A = {"vendor": "A", "price_usd": "100", "points": 60}
B = {"vendor": "B", "price_usd": "80", "points": 50}


def judge(*offers: dict, weights: tuple[int, int] = (60, 40), is_federal: bool = False, day: date = DAY) -> OfferReview:
    """Price by the lowest, service by points as typed."""
    names = (("price", True), ("service", False))
    criteria = [
        Criterion.model_validate(
            {"criterion_id": f"{name}", "purchase_id": "ap", "name": name, "weight": weight, "is_eligible_price": price}
        )
        for (name, price), weight in zip(names, weights, strict=True)
    ]
    rows, scores = [], []
    for number, values in enumerate(offers):
        given_values = {key: value for key, value in values.items() if key != "points"}
        rows.append(ReceivedOffer.model_validate({"offer_id": f"o{number}", "purchase_id": "ap", **given_values}))
        if values.get("points") is not None:
            scores.append(OfferScore(offer_id=f"o{number}", criterion_id="service", points=values["points"]))
    changes = {"criteria": tuple(criteria), "offers": tuple(rows), "offer_scores": tuple(scores)}
    plan: Plan = PLAN.model_copy(update=changes)
    return review_offers(RECORD, plan, is_federal, day)


def list_codes(review: OfferReview) -> list[str]:
    return [finding.code for finding in review.findings]


def test_offers_are_listed_by_weighted_points_with_the_price_from_the_lowest() -> None:
    review = judge(A, B)
    assert [(one.name, str(one.scored.total)) for one in review.offers if one.scored] == [("B", "80"), ("A", "72")]
    assert tabulate_offers(review).list_text_rows()[1][1:5] == ("100", "80.00", "60.00", "72.00")
    assert [review.explain(one) for one in review.offers] == ["best so far", "8.00 points behind B"]
    assert describe_offers(review).endswith("B is best with 80.00 of 100 points. None is chosen yet.")


def test_two_criteria_of_one_name_keep_their_own_points() -> None:
    """60 % price (100 points), 30 % quality with 40, 10 % quality with 90: 60 + 12 + 9 = 81."""
    weights = {"cost": 60, "first": 30, "second": 10}
    criteria = tuple(
        Criterion.model_validate(
            {
                "criterion_id": name,
                "purchase_id": "ap",
                "name": "price" if name == "cost" else "quality",
                "weight": weight,
            }
            | {"is_eligible_price": name == "cost"}
        )
        for name, weight in weights.items()
    )
    offer = ReceivedOffer.model_validate({"offer_id": "o", "purchase_id": "ap", "vendor": "A", "price_usd": "100"})
    scores = tuple(
        OfferScore.model_validate({"offer_id": "o", "criterion_id": name, "points": points})
        for name, points in (("first", 40), ("second", 90))
    )
    plan = PLAN.model_copy(update={"criteria": criteria, "offers": (offer,), "offer_scores": scores})
    [found] = review_offers(RECORD, plan, False, DAY).offers
    assert found.scored and found.scored.total == 81


def test_only_the_eligible_part_of_the_price_is_compared() -> None:
    review = judge(A, B | {"price_usd": "200", "eligible_usd": "80"})
    assert review.best and review.best.name == "B"


def test_who_chooses_another_than_the_best_writes_the_reason() -> None:
    [finding] = judge(A | {"is_chosen": True}, B).findings
    assert finding.message.startswith("Access points: A is chosen with 72.00 points although B has 80.00")
    review = judge(A | {"is_chosen": True, "reason": "B withdrew"}, B)
    assert review.findings == () and review.explain(review.chosen[0]) == "chosen: B withdrew"
    assert judge(A, B | {"is_chosen": True}).findings == ()


def test_what_is_refused_is_listed_last_and_sets_no_price() -> None:
    late = {"vendor": "Late", "price_usd": "1", "points": 100, "refused_because": "came late"}
    review = judge(late, A, B)
    assert [one.name for one in review.offers] == ["B", "A", "Late"]
    assert review.explain(review.offers[-1]) == "refused: came late"
    assert list_codes(judge(late | {"is_chosen": True}, A)) == ["offer_refused_chosen"]


@pytest.mark.parametrize(("is_federal", "best"), [(True, "A"), (False, "B")])
def test_federal_money_refuses_who_is_excluded(is_federal: bool, best: str) -> None:
    review = judge(A, B | {"exclusion": "excluded", "exclusion_checked_on": DAY}, is_federal=is_federal)
    assert review.best and review.best.name == best


def test_points_that_are_missing_are_said_and_no_zero() -> None:
    review = judge(A, B | {"points": None})
    assert list_codes(review) == ["offer_not_scored"]
    assert review.explain(review.offers[-1]) == "not judged: points are missing"


def test_for_e_rate_the_price_weighs_strictly_most_with_and_without_offers() -> None:
    assert list_codes(judge(A, weights=(40, 40))) == list_codes(judge(weights=(40, 40))) == ["price_not_heaviest"]
    assert tabulate_criteria(judge()).rows[0] == ("price", "60.00", "yes")
    assert describe_offers(judge()) == "Access points: the criteria stand, and no offer is in yet."


def test_two_chosen_offers_and_an_award_without_a_sheet_are_errors() -> None:
    assert list_codes(judge(A | {"is_chosen": True}, B | {"is_chosen": True})) == ["offers_chosen_twice"]
    assert list_codes(judge(day=date(2027, 3, 10))) == ["evaluation_missing"]


def test_two_offers_of_one_vendor_are_told_apart() -> None:
    assert {one.name for one in judge(A, A).offers} == {"A (o0)", "A (o1)"}


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 100)), min_size=1, max_size=6))
def test_nobody_has_more_points_than_the_best_and_none_more_than_a_hundred(offers: list[tuple[int, int]]) -> None:
    review = judge(*({"vendor": f"V{n}", "price_usd": p, "points": q} for n, (p, q) in enumerate(offers)))
    totals = [one.scored.total for one in review.offers if one.scored]
    assert totals == sorted(totals, reverse=True) and len(totals) == len(offers)
    assert all(0 <= total <= 100 for total in totals)
