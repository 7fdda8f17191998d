"""Fund balances over the years: by hand, and identities whatever is typed in."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from planning.budget_changes import ChangeKind
from planning.fund_balance import FundBalances, FundYear, calculate_fund_balances, sum_funds
from planning.fund_flows import FundFlow
from planning.fund_outlook import BalanceClass, FundOutlook, OutlookRule, Reserve
from planning.vocabulary import CostBridge
from tests.planning.fund_plans import BASE, NEW, REPLACES, YEARS, cost, evaluate_costs

GENERAL_FUND = FundFlow("10", "General", 97_000_00, 650_00, 98_000_00)
LEVY_FUND = FundFlow("31", "Levy", 650_00, 0, 0, 650_00)
FLOWS = {"10": GENERAL_FUND, "31": LEVY_FUND}


def outlook(code: str, beginning: int = 0, **fields: object) -> FundOutlook:
    """`beginning` in dollars."""
    base = {"fund_code": code, "fiscal_year": YEARS[0], "beginning_cents": beginning * 100}
    return FundOutlook.model_validate({**base, **fields})


def endings(rows: tuple[FundYear, ...]) -> list[int]:
    return [row.ending_cents // 100 for row in rows]


OUTLOOKS = (outlook("10", 12_000, floor_fraction="0.1"), outlook("31", rule=OutlookRule.SPENDS_RECEIPTS))


def test_the_sample_districts_general_fund_by_hand() -> None:
    """11,840,000 + 97,412,000 (755,000 of it transferred in) - 98,655,000 = 10,597,000, which is 10.7 % of it."""
    flow = FundFlow("10", "General", 96_657_000_00, 755_000_00, 98_655_000_00)
    one = outlook("10", 11_840_000, floor_fraction="0.08")
    row = calculate_fund_balances({"10": flow}, [one], YEARS).without_plan["10"][0]
    assert row.ending_cents == 10_597_000_00
    assert row.ending_fraction == pytest.approx(0.1074, abs=5e-5)
    assert one.meets_floor(row.ending_fraction) is True


def test_revenue_and_expenditure_grow_from_the_first_year_and_are_rounded_once() -> None:
    one = outlook("10", 0, revenue_growth="0.02", expenditure_growth="0.05")
    rows = calculate_fund_balances({"10": FundFlow("10", "", 100_01, 0, 100_00)}, [one], YEARS).without_plan["10"]
    assert [row.revenue_cents for row in rows[:3]] == [100_01, 102_01, 104_05]  # 102.0102, 104.050404
    assert [row.expenditure_cents for row in rows[:3]] == [100_00, 105_00, 110_25]


def test_when_a_levy_ends_so_does_what_it_passes_on() -> None:
    found = calculate_fund_balances(FLOWS, OUTLOOKS, YEARS, evaluate_costs([cost("x", 1, "10-1", BASE)]))
    assert [row.transfers_in_cents // 100 for row in found.without_plan["10"]] == [650, 650, 650, 0, 0]
    assert [row.revenue_cents // 100 for row in found.without_plan["31"]] == [650, 650, 650, 0, 0]
    assert endings(found.without_plan["31"]) == [0] * 5
    assert endings(found.without_plan["10"]) == [11_650, 11_300, 10_950, 9_950, 8_950]


def test_new_cost_lowers_the_balance_of_the_fund_it_is_charged_to_from_its_year_on() -> None:
    evaluation = evaluate_costs([cost("sis", 400, "10-2580"), cost("ended", -100, "10-1", REPLACES, YEARS[2])])
    found = calculate_fund_balances(FLOWS, OUTLOOKS, YEARS, evaluation)
    changes = [a - b for a, b in zip(endings(found.with_plan["10"]), endings(found.without_plan["10"]), strict=True)]
    assert changes == [0, -400, -300, -300, -300]


def test_what_a_levy_pays_comes_out_of_what_it_passes_on_already() -> None:
    evaluation = evaluate_costs([cost("buses", 200, "10-2700")], {("buses", "levy"): 200})
    found = calculate_fund_balances(FLOWS, OUTLOOKS, YEARS, evaluation)
    assert found.with_plan["31"] == found.without_plan["31"]
    assert found.with_plan["10"][1].transfers_in_cents == 650_00


def test_a_grant_that_starts_to_pay_elsewhere_spends_less_itself() -> None:
    flows = {**FLOWS, "31": FundFlow("31", "Levy", 650_00, 0, 650_00)}
    evaluation = evaluate_costs([cost("buses", 200, "10-2700")], {("buses", "levy"): 200})
    found = calculate_fund_balances(flows, OUTLOOKS, YEARS, evaluation)
    row = found.with_plan["31"][1]
    assert (row.expenditure_cents, row.transfers_out_cents, row.ending_cents) == (450_00, 200_00, 0)
    displaced = [change for change in found.changes if change.fund_code == "31" and change.cents < 0]
    assert [(change.kind, change.cents) for change in displaced] == [(ChangeKind.APPROPRIATION, -200_00)]


@pytest.mark.parametrize(
    ("operator", "fraction", "kept"),
    [(">=", 0.08, True), (">", 0.08, False), (">", 0.0801, True), (">=", 0.0799, False), (">=", None, None)],
)
def test_the_boundary_of_the_floor_is_the_districts_own(operator: str, fraction: float | None, kept: bool) -> None:
    one = outlook("10", floor_fraction="0.08", floor_operator=operator)
    assert one.meets_floor(fraction) is kept
    assert outlook("10").meets_floor(fraction) is None


def test_a_fund_without_expenditure_has_no_share() -> None:
    assert FundYear("31", YEARS[0], 5, 0, 0, 0, 0).ending_fraction is None


@pytest.mark.parametrize("fields", [{"floor_operator": "<"}, {"floor_fraction": "-0.1"}, {"revenue_growth": "-1"}])
def test_an_outlook_that_makes_no_sense_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        FundOutlook.model_validate({**outlook("10").model_dump(), **fields})


def codes(found: FundBalances) -> list[str]:
    return [finding.code for finding in found.findings]


def test_what_is_missing_or_contradictory_is_found() -> None:
    assert codes(calculate_fund_balances(FLOWS, OUTLOOKS, YEARS)) == []
    assert codes(calculate_fund_balances(FLOWS, OUTLOOKS[:1], YEARS)) == ["fund_without_balance"]
    earlier = outlook("10", 5, fiscal_year="FY2025-26")
    assert codes(calculate_fund_balances(FLOWS, (earlier, OUTLOOKS[1]), YEARS)) == ["fund_balance_of_another_year"]
    unequal = {**FLOWS, "31": FundFlow("31", "Levy", 650_00, 0, 0, 600_00)}
    found = calculate_fund_balances(unequal, OUTLOOKS, YEARS)
    assert "transfers $600.00 out of funds but $650.00 into funds" in found.findings[0].message


def test_a_source_larger_than_the_funds_revenue_is_found_and_its_end_not_projected() -> None:
    flows = {**FLOWS, "31": FundFlow("31", "Levy", 100_00, 0, 0, 100_00)}
    found = calculate_fund_balances(flows, OUTLOOKS, YEARS, evaluate_costs([cost("x", 1, "10-1", BASE)]))
    assert "source_exceeds_revenue" in codes(found)
    assert [row.revenue_cents for row in found.without_plan["31"]] == [100_00] * 5


def test_reserves_beyond_the_balance_and_commitments_without_the_boards_action_are_found() -> None:
    reserve = Reserve(
        reserve_id="r", fund_code="10", name="Roofs", balance_class=BalanceClass.COMMITTED, amount_cents=13_000_00
    )
    found = calculate_fund_balances(FLOWS, OUTLOOKS, YEARS, None, [reserve])
    assert codes(found) == ["reserve_without_action", "reserves_exceed_balance"]
    assert "come to $13,000.00, more than its beginning balance of $12,000.00" in found.findings[1].message
    acted = reserve.model_copy(update={"board_action": "2026-14", "acted_on": date(2026, 5, 12), "amount_cents": 1})
    assert codes(calculate_fund_balances(FLOWS, OUTLOOKS, YEARS, None, [acted])) == []


money = st.integers(0, 10**9)
flows = st.builds(FundFlow, st.just(""), st.just(""), money, money, money, money)
rates = st.decimals("-0.2", "0.2", places=4)
outlooks = st.builds(
    FundOutlook,
    fund_code=st.just("x"),
    fiscal_year=st.just(YEARS[0]),
    beginning_cents=st.integers(-(10**9), 10**9),
    revenue_growth=rates,
    expenditure_growth=rates,
    rule=st.sampled_from(list(OutlookRule)),
)
costs = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.integers(-300, 300),
        st.sampled_from(["10-1", "24-1", "31-1", ""]),
        st.sampled_from([NEW, BASE, REPLACES]),
    ),
    max_size=4,
    unique_by=lambda item: item[0],
)
payments = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["general", "levy", "grant"])), st.integers(0, 300)
)


@given(
    st.fixed_dictionaries({code: st.tuples(flows, outlooks) for code in ("10", "24", "31")}),
    costs,
    payments,
    st.booleans(),
)
def test_every_fund_and_year_ends_with_what_went_through_it(
    funds: dict[str, tuple[FundFlow, FundOutlook]],
    lines: list[tuple[str, int, str, CostBridge]],
    paid: dict[tuple[str, str], int],
    meet: bool,
) -> None:
    ledger = {code: FundFlow(code, "", *_amounts(flow)) for code, (flow, _) in funds.items()}
    if meet:
        total = sum(flow.transfers_out_cents for flow in ledger.values())
        ledger = {code: FundFlow(code, "", *_with_transfers_in(flow, total if code == "10" else 0)) for code, flow in ledger.items()}  # fmt: skip # noqa: E501
    given_outlooks = [one.model_copy(update={"fund_code": code}) for code, (_, one) in funds.items()]
    named = {line[0] for line in lines}
    evaluation = evaluate_costs([cost(*line) for line in lines], {key: v for key, v in paid.items() if key[0] in named})
    found = calculate_fund_balances(ledger, given_outlooks, YEARS, evaluation)
    for by_fund in (found.without_plan, found.with_plan):
        for code, rows in by_fund.items():
            assert rows[0].beginning_cents == found.outlooks[code].beginning_cents
            for before, after in pairwise(rows):
                assert after.beginning_cents == before.ending_cents
            for row in rows:
                inflow = row.revenue_cents + row.transfers_in_cents
                assert (
                    row.ending_cents == row.beginning_cents + inflow - row.expenditure_cents - row.transfers_out_cents
                )
        for place, total in enumerate(sum_funds(by_fund, YEARS)):
            assert total.ending_cents == sum(rows[place].ending_cents for rows in by_fund.values())
            if meet:
                assert total.transfers_in_cents == total.transfers_out_cents
    _check_changes_are_the_difference(found)


def _check_changes_are_the_difference(found: FundBalances) -> None:
    fields = {
        ChangeKind.REVENUE: "revenue_cents",
        ChangeKind.TRANSFER_IN: "transfers_in_cents",
        ChangeKind.APPROPRIATION: "expenditure_cents",
        ChangeKind.TRANSFER_OUT: "transfers_out_cents",
    }
    for code, rows in found.with_plan.items():
        for before, after in zip(found.without_plan[code], rows, strict=True):
            for kind, field in fields.items():
                key = (code, after.fiscal_year, kind)
                changed = [c.cents for c in found.changes if (c.fund_code, c.fiscal_year, c.kind) == key]
                assert getattr(after, field) - getattr(before, field) == sum(changed)


def _amounts(flow: FundFlow) -> tuple[int, int, int, int]:
    return flow.revenue_cents, flow.transfers_in_cents, flow.expenditure_cents, flow.transfers_out_cents


def _with_transfers_in(flow: FundFlow, cents: int) -> tuple[int, int, int, int]:
    revenue, _, expenditure, out = _amounts(flow)
    return revenue, cents, expenditure, out
