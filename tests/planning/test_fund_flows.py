"""Revenue, expenditure and transfers told apart, whatever the budget prints them under."""

from decimal import Decimal

import pytest

from planning.fund_flows import Flow, FlowRule, FundFlow, FundLine, calculate_fund_flows, name_flow

RULES = (
    FlowRule("expenditure", "nces_object", "91*", Flow.TRANSFER_OUT),
    FlowRule("revenue", "object_name", "transfers in", Flow.TRANSFER_IN),
    FlowRule("revenue", "object_name", "fund balance", Flow.BALANCE_USED),
)


def line(side: str, dollars: str = "1", **words: str) -> FundLine:
    empty = dict.fromkeys(FundLine._fields[:-1], "")
    return FundLine(**{**empty, "fund_code": "10", "side": side, "account": "10-1", **words}, amount=Decimal(dollars))


@pytest.mark.parametrize(
    ("one", "flow"),
    [
        (line("revenue", object_name="Property taxes"), Flow.REVENUE),
        (line("revenue", object_name="Fund Transfers In"), Flow.TRANSFER_IN),
        (line("revenue", object_name="Appropriated Fund Balance"), Flow.BALANCE_USED),
        (line("expenditure", nces_object="910"), Flow.TRANSFER_OUT),
        (line("expenditure", nces_object="100"), Flow.EXPENDITURE),
        (line("expenditure", object_name="Fund transfers in"), Flow.EXPENDITURE),  # a rule holds for its side
        (line("transfer_out", nces_object="100"), Flow.TRANSFER_OUT),
        (line("fund_balance"), None),
        (line("unknown"), None),
    ],
)
def test_a_line_is_what_its_side_says_unless_a_rule_knows_better(one: FundLine, flow: Flow | None) -> None:
    assert name_flow(one, RULES) is flow


def test_each_flow_of_a_fund_is_rounded_once() -> None:
    lines = [line("revenue", "10.004"), line("revenue", "0.004"), line("expenditure", "5", fund_name="General")]
    flow = calculate_fund_flows(lines, RULES)["10"]
    assert (flow.revenue_cents, flow.expenditure_cents, flow.name) == (10_01, 5_00, "General")


def test_a_used_balance_is_no_revenue_and_transfers_keep_their_account() -> None:
    lines = [
        line("revenue", "7", object_name="Beginning fund balance"),
        line("revenue", "3", object_name="Transfers in", account="10-5200"),
        line("expenditure", "0", nces_object="910", account="10-5200-910"),
    ]
    flow = calculate_fund_flows(lines, RULES)["10"]
    assert (flow.revenue_cents, flow.transfers_in_cents, flow.balance_used_cents) == (0, 3_00, 7_00)
    assert flow.accounts[Flow.TRANSFER_IN] == "10-5200"
    assert Flow.TRANSFER_OUT not in flow.accounts  # an account without money is no place to post to


def test_the_fields_of_a_flow_are_in_the_order_of_the_flows() -> None:
    assert list(FundFlow.__dataclass_fields__)[2:7] == [
        f"{name}_cents" for name in ("revenue", "transfers_in", "expenditure", "transfers_out", "balance_used")
    ]
    assert [flow.value for flow in Flow] == ["revenue", "transfer_in", "expenditure", "transfer_out", "balance_used"]
