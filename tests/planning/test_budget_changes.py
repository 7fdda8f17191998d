"""What the plan changes in a budget that goes on as it is."""

import pytest

from planning.budget_changes import BudgetChange, ChangeKind, calculate_budget_changes, find_fund
from tests.planning.fund_plans import BASE, REPLACES, YEARS, cost, evaluate_costs

FUNDS = ("10", "24", "31")
OUT, INTO, REVENUE = ChangeKind.TRANSFER_OUT, ChangeKind.TRANSFER_IN, ChangeKind.REVENUE


def short(changes: tuple[BudgetChange, ...]) -> list[tuple[str, ChangeKind, int]]:
    return [(change.fund_code, change.kind, change.cents // 100) for change in changes]


def test_new_cost_and_savings_change_appropriations_and_the_rest_is_in_the_budget() -> None:
    lines = [
        cost("new", 50, "10-1"),
        cost("base", 70, "10-1", BASE),
        cost("swap", 30, "10-1", REPLACES),
        cost("ended", -20, "10-2", REPLACES),
    ]
    found = calculate_budget_changes(evaluate_costs(lines), FUNDS)
    assert short(found.changes) == [("10", ChangeKind.APPROPRIATION, 50), ("10", ChangeKind.APPROPRIATION, -20)]
    whole = calculate_budget_changes(evaluate_costs(lines), FUNDS, whole=True)
    assert sum(change.cents for change in whole.changes) == 130_00


def test_money_of_another_fund_is_transferred_beyond_what_the_ledger_transfers_already() -> None:
    evaluation = evaluate_costs([cost("buses", 80, "10-2700")], {("buses", "levy"): 80})
    found = calculate_budget_changes(evaluation, FUNDS)
    assert short(found.changes)[1:] == [("31", OUT, 80), ("10", INTO, 80)]
    assert [finding.code for finding in found.findings] == ["transfer_needed"]
    assert "Fund 31 pays $80.00 at accounts of other funds (FY2027-28)" in found.findings[0].message
    found = calculate_budget_changes(evaluation, FUNDS, {("31", YEARS[1]): 55_00})
    assert short(found.changes)[1:] == [("31", OUT, 25), ("10", INTO, 25)]
    found = calculate_budget_changes(evaluation, FUNDS, {("31", YEARS[1]): 80_00})
    assert short(found.changes)[1:] == []


def test_a_funds_sources_pay_its_own_accounts_first() -> None:
    lines = [
        cost("coaches", 60, "10-2230").model_copy(update={"cost_line_id": "a"}),
        cost("coaches", 40, "31-2230").model_copy(update={"cost_line_id": "b"}),
    ]
    paid = {("coaches", "general"): 60, ("coaches", "levy"): 40}
    assert {change.kind for change in calculate_budget_changes(evaluate_costs(lines, paid), FUNDS).changes} == {
        ChangeKind.APPROPRIATION
    }


def test_a_source_that_brought_nothing_in_the_first_year_brings_new_revenue() -> None:
    evaluation = evaluate_costs([cost("guard", 90, "24-1")], {("guard", "grant"): 90})
    assert short(calculate_budget_changes(evaluation, FUNDS).changes) == [
        ("24", ChangeKind.APPROPRIATION, 90),
        ("24", REVENUE, 90),
    ]


def test_a_cost_without_an_account_is_charged_to_the_fund_that_pays_else_the_first() -> None:
    evaluation = evaluate_costs([cost("paid", 10, ""), cost("open", 20, " ")], {("paid", "grant"): 10})
    found = calculate_budget_changes(evaluation, FUNDS)
    assert short(found.changes)[:2] == [("24", ChangeKind.APPROPRIATION, 10), ("10", ChangeKind.APPROPRIATION, 20)]
    assert [finding.code for finding in found.findings] == ["cost_without_account"] * 2
    assert "Cost lines of Open have no account: $20.00 is charged to fund 10" in found.findings[1].message


def test_a_fund_that_the_ledger_lacks_is_found() -> None:
    found = calculate_budget_changes(evaluate_costs([cost("odd", 10, "77-1")]), FUNDS)
    assert [finding.code for finding in found.findings] == ["fund_not_in_ledger"]
    assert "$10.00 to fund 77" in found.findings[0].message


@pytest.mark.parametrize(
    ("account", "fund"), [("10-2580", "10"), ("101-1", "101"), ("1", "1"), ("10.5.1", "10"), ("abc", "abc"), ("", "")]
)
def test_the_fund_is_the_beginning_of_the_account(account: str, fund: str) -> None:
    assert find_fund(account, ("1", "10")) == fund
