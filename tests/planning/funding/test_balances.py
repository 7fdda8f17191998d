"""What sources have left, and what falls off when they end."""

from datetime import date
from decimal import Decimal

import pytest

from planning.evaluation import Evaluation, evaluate
from planning.funding.balances import (
    calculate_cliff_gap,
    calculate_cliffs,
    calculate_funding_by_year,
    calculate_source_balances,
    calculate_unfunded_by_initiative,
    calculate_unfunded_by_year,
)
from planning.funding.windows import find_last_year, is_year_open
from planning.model import Commitment, FundingSource, Plan, YearAmount
from planning.reference import Reference
from planning.vocabulary import SourceKind


def evaluate_plan(plan: Plan) -> Evaluation:
    return evaluate(plan, Reference(version="t"), date(2026, 11, 23))


def test_the_cliff_of_the_state_grant_is_104186_dollars_and_25_cents(detection_plan: Plan) -> None:
    (cliff,) = calculate_cliffs(evaluate_plan(detection_plan))
    assert (cliff.source_id, cliff.last_year, cliff.next_year) == ("cyber-grant", "FY2027-28", "FY2028-29")
    (line,) = cliff.lines
    assert (line.initiative_id, line.paid.cents, line.unfunded.cents) == ("mdr", 75_000_00, 104_186_25)


def test_a_source_without_a_window_ends_with_its_amounts(small_plan: Plan) -> None:
    cliffs = {cliff.source_id: cliff for cliff in calculate_cliffs(evaluate_plan(small_plan))}
    assert (cliffs["levy"].last_year, cliffs["levy"].lines[0].unfunded.cents) == ("FY2026-27", 12_345_67)


def test_a_purchase_that_is_over_leaves_no_cliff(small_plan: Plan) -> None:
    lines = tuple(item for item in small_plan.cost_lines if item.cost_line_id != "carts")
    cliffs = calculate_cliffs(evaluate_plan(small_plan.model_copy(update={"cost_lines": lines})))
    assert [cliff.source_id for cliff in cliffs] == ["cyber-grant"]


def test_where_another_source_takes_over_the_cliff_has_no_gap(small_plan: Plan) -> None:
    levy = small_plan.sources[1].model_copy(
        update={"amounts": (YearAmount(fiscal_year="FY2028-29", amount_cents=200_000_00),)}
    )
    rescue = Commitment(initiative_id="mdr", source_id="levy", fiscal_year="FY2028-29", amount_cents=104_186_25)
    update = {"sources": (small_plan.sources[0], levy), "commitments": (*small_plan.commitments[:2], rescue)}
    cliff = calculate_cliffs(evaluate_plan(small_plan.model_copy(update=update)))[0]
    assert (cliff.lines[0].unfunded.cents, cliff.lines[0].cost.cents) == (0, 104_186_25)


def test_a_source_that_pays_to_the_last_year_leaves_no_cliff(detection_plan: Plan) -> None:
    amounts = tuple(YearAmount(fiscal_year=f"FY{y}-{y - 1999}", amount_cents=75_000_00) for y in range(2026, 2031))
    grant = detection_plan.sources[0].model_copy(update={"amounts": amounts, "window_end": None})
    assert calculate_cliffs(evaluate_plan(detection_plan.model_copy(update={"sources": (grant,)}))) == ()


def test_two_sources_that_end_together_count_one_gap_once(detection_plan: Plan) -> None:
    twin = detection_plan.sources[0].model_copy(update={"source_id": "twin", "name": "Twin"})
    commitments = tuple(
        item.model_copy(update={"source_id": source, "amount_cents": 40_000_00})
        for item in detection_plan.commitments
        for source in ("cyber-grant", "twin")
    )
    update = {"sources": (*detection_plan.sources, twin), "commitments": commitments}
    cliffs = calculate_cliffs(evaluate_plan(detection_plan.model_copy(update=update)))
    assert len(cliffs) == 2
    assert calculate_cliff_gap(cliffs).cents == 104_186_25


def test_a_balance_says_what_is_left_in_each_year(small_plan: Plan) -> None:
    balances = {
        (item.source_id, item.fiscal_year): item for item in calculate_source_balances(evaluate_plan(small_plan))
    }
    levy = balances["levy", "FY2026-27"]
    assert (levy.available_cents, levy.committed.cents, levy.balance_cents) == (
        650_000_00,
        500_000_01,
        149_999_99,
    )
    closed = balances["cyber-grant", "FY2028-29"]
    assert (closed.is_open, closed.available_cents, closed.balance_cents) == (False, 0, 0)


def test_who_pays_is_listed_in_the_order_of_the_plan_then_gap_then_savings(small_plan: Plan) -> None:
    evaluation = evaluate_plan(small_plan)
    assert list(calculate_funding_by_year(evaluation)) == ["cyber-grant", "levy", "unfunded", "saving"]
    paid = [sum(total.cents for total in row.values()) for row in calculate_funding_by_year(evaluation).values()]
    assert paid[:2] == [150_000_00, 500_000_01]


def test_what_has_no_source_is_told_by_year_and_by_initiative(detection_plan: Plan) -> None:
    evaluation = evaluate_plan(detection_plan)
    assert calculate_unfunded_by_year(evaluation)["FY2026-27"].cents == 19_500_00
    row = calculate_unfunded_by_initiative(evaluation)["mdr"]
    assert row["FY2028-29"].atom_ids == ("mdr-service:FY2028-29:unfunded",)


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        (None, None, True),
        (None, date(2027, 6, 30), False),
        (None, date(2027, 7, 1), True),
        (date(2028, 6, 30), None, True),
        (date(2028, 7, 1), None, False),
    ],
)
def test_a_year_is_open_when_one_day_of_it_is(start: date | None, end: date | None, is_open: bool) -> None:
    source = FundingSource(source_id="s", name="S", kind=SourceKind.OTHER, window_start=start, window_end=end)
    assert is_year_open(source, "FY2027-28", 7) is is_open


def test_the_last_year_is_the_last_with_money_that_the_window_opens(detection_plan: Plan) -> None:
    source = detection_plan.sources[0]
    assert find_last_year(source, 7) == "FY2027-28"
    assert find_last_year(source.model_copy(update={"window_end": date(2027, 1, 1)}), 7) == "FY2026-27"
    assert find_last_year(source.model_copy(update={"amounts": ()}), 7) is None


def test_what_a_year_leaves_is_carried_over_where_the_source_lets_it(small_plan: Plan) -> None:
    levy = small_plan.sources[1].model_copy(update={"carries_over": True, "window_end": date(2028, 6, 30)})
    plan = small_plan.model_copy(update={"sources": (small_plan.sources[0], levy)})
    found = {
        item.fiscal_year: item for item in calculate_source_balances(evaluate_plan(plan)) if item.source_id == "levy"
    }
    assert found["FY2026-27"].balance_cents == 149_999_99
    following = found["FY2027-28"]
    assert (following.available_cents, following.carried_cents, following.balance_cents) == (0, 149_999_99, 149_999_99)
    assert (found["FY2028-29"].carried_cents, found["FY2028-29"].balance_cents) == (0, 0)
    assert find_last_year(levy, 7) == "FY2027-28"


def test_money_carried_over_may_be_committed(small_plan: Plan) -> None:
    levy = small_plan.sources[1].model_copy(update={"carries_over": True})
    later = Commitment(initiative_id="devices", source_id="levy", fiscal_year="FY2027-28", amount_cents=12_345_67)
    plan = small_plan.model_copy(
        update={"sources": (small_plan.sources[0], levy), "commitments": (*small_plan.commitments, later)}
    )
    assert "commitments_exceed_source" not in [finding.code for finding in evaluate_plan(plan).findings]
    strict = plan.model_copy(update={"sources": small_plan.sources})
    assert "commitments_exceed_source" in [finding.code for finding in evaluate_plan(strict).findings]


def test_what_comes_off_a_source_is_not_available(small_plan: Plan) -> None:
    levy = small_plan.sources[1].model_copy(update={"administration_fraction": Decimal("0.5")})
    plan = small_plan.model_copy(update={"sources": (small_plan.sources[0], levy)})
    found = {
        item.fiscal_year: item for item in calculate_source_balances(evaluate_plan(plan)) if item.source_id == "levy"
    }
    assert found["FY2026-27"].available_cents == 325_000_00
    assert "commitments_exceed_source" in [finding.code for finding in evaluate_plan(plan).findings]
