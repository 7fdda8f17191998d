"""What the pages on the bridge and on the fund balance say, by hand."""

from planning.bridge import calculate_ledger_bridge
from planning.bridge_matching import BridgeMatch, LedgerAmount
from planning.bridge_years import YearComparison
from planning.finance_figures import (
    describe_bridge,
    describe_floor,
    draw_bridge,
    draw_fund_balance,
    list_floor_cells,
    tabulate_fund,
    tabulate_years,
)
from planning.fund_balance import FundBalances, calculate_fund_balances
from planning.fund_flows import FundFlow
from planning.fund_outlook import FundOutlook
from tests.planning.fund_plans import BASE, REPLACES, YEARS, cost, evaluate_costs

LEDGER = (LedgerAmount("10-1", 3_000_00, 1, "Acme"), LedgerAmount("10-2", 1_000_00, 1, "Best"))


def balances_of(spent: int, floor: str | None, new_cost: int) -> FundBalances:
    """A fund of 1,000 that takes in 100 and spends `spent` a year; the plan asks `new_cost` in the second year."""
    outlook = FundOutlook.model_validate(
        {
            "fund_code": "10",
            "fund_name": "General",
            "fiscal_year": YEARS[0],
            "beginning_cents": 1_000_00,
            "floor_fraction": floor,
        }
    )
    flows = {"10": FundFlow("10", "General", 100_00, 0, spent * 100)}
    return calculate_fund_balances(flows, [outlook], YEARS, evaluate_costs([cost("x", new_cost, "10-1")]))


def test_the_bridge_says_what_is_explained_confirmed_replaced_and_asked() -> None:
    evaluation = evaluate_costs([cost("a", 1_500, "10-1", BASE, YEARS[0]), cost("b", 200, "10-2", REPLACES, YEARS[0])])
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEARS[0])
    assert describe_bridge(bridge) == (
        "Of $4,000 technology in the ledger of FY2026-27, initiatives explain $1,500 (38 %); nobody has confirmed any "
        "of it yet. $2,500 is unexplained, $200 of which the plan would replace; the plan asks $0 of new money."
    )
    match = BridgeMatch(match_id="m", initiative_id="a", vendor="Acme")
    confirmed = calculate_ledger_bridge(evaluation, LEDGER, YEARS[0], [match])
    assert "$3,000 is confirmed. $1,000 is unexplained" in draw_bridge(confirmed).sentence


def test_a_ledger_without_technology_explains_none() -> None:
    bridge = calculate_ledger_bridge(evaluate_costs([cost("a", 1, "10-1")]), (), YEARS[0])
    assert "Of $0 technology" in describe_bridge(bridge)


def test_spending_more_than_budgeted_is_unfavorable_and_what_is_not_known_stays_empty() -> None:
    rows = [YearComparison("FY1", 10_00, 20_00, 25_00), YearComparison("FY2", 10_00, None, None)]
    text = tabulate_years(rows).list_text_rows()
    assert text[0] == ("FY1", "$10", "$20", "$25", "$10", "$5", "Unfavorable")
    assert text[1] == ("FY2", "10", "", "", "", "", "")


def test_the_figure_says_when_the_floor_is_crossed_and_what_the_plan_takes() -> None:
    balances = balances_of(300, "2", 250)
    assert describe_floor(balances, "10") == (
        "It falls below its policy floor in FY2028-29 as things are, and in FY2027-28 with the plan. "
        "The plan takes $250 by FY2030-31."
    )
    figure = draw_fund_balance(balances, "10")
    assert [series.values[1] // 100 for series in figure.series] == [600, 350, 1_100]
    assert "Without the plan: $800, $600, $400" in figure.alt


def test_one_year_for_both_is_said_once_and_a_fund_without_a_policy_says_so() -> None:
    assert describe_floor(balances_of(300, "1.9", 1), "10").startswith(
        "It falls below its policy floor in FY2028-29, with or without the plan."
    )
    assert describe_floor(balances_of(100, "0.1", 0), "10") == (
        "It keeps its policy floor, with or without the plan. The plan leaves it as it is."
    )
    assert "keeps its policy floor as things are, and falls below it in FY2027-28 with the plan. The plan takes" in (
        describe_floor(balances_of(100, "0.1", 990), "10")
    )
    assert "in FY2028-29 as things are; with the plan it keeps it. The plan adds" in (
        describe_floor(balances_of(300, "2", -9_000), "10")
    )
    assert describe_floor(balances_of(300, None, -50), "10") == (
        "No policy sets a floor for this fund. The plan adds $50 by FY2030-31."
    )


def test_a_statement_has_what_goes_out_in_parentheses() -> None:
    balances = balances_of(300, "2", 250)
    table = [row[1] for row in tabulate_fund(balances, "10", with_plan=False).list_text_rows()]
    assert table == ["$1,000", "100", "—", "(300)", "—", "$800"]
    assert tabulate_fund(balances, None, with_plan=True).list_text_rows()[-1][2] == "$350"
    assert list_floor_cells(balances, "10", with_plan=True)[1] == ("63.64 %", False)
