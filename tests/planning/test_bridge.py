"""The ledger bridge: what the plan explains of the ledger, and what it asks anew."""

from datetime import date
from decimal import Decimal

import pytest

from planning.bridge import LedgerAmount, LedgerBridge, calculate_ledger_bridge, is_account_within
from planning.evaluation import evaluate
from planning.model import CostLine, Plan
from planning.reference import Reference
from planning.vocabulary import CostBridge, CostCategory, CostKind

YEAR = "FY2026-27"


def bridge_of(plan: Plan, lines: list[tuple[CostBridge, str, int]], ledger: list[LedgerAmount]) -> LedgerBridge:
    """Lines as (bridge, account, dollars)."""
    costs = tuple(
        CostLine(
            cost_line_id=f"line{number}",
            initiative_id="mdr",
            description="Line",
            kind=CostKind.ONE_TIME,
            category=CostCategory.SOFTWARE,
            unit_price_usd=Decimal(dollars),
            dollar_year=YEAR,
            start=YEAR,
            account=account,
            bridge=bridge,
        )
        for number, (bridge, account, dollars) in enumerate(lines)
    )
    changed = plan.model_copy(update={"cost_lines": costs, "commitments": ()})
    evaluation = evaluate(changed, Reference(version="t"), date(2026, 11, 23))
    return calculate_ledger_bridge(evaluation, ledger, YEAR)


@pytest.mark.parametrize(
    ("account", "within"),
    [
        ("10-2580-352", True),
        ("10-2580-352-01", True),
        ("10-2580-352.7", True),
        ("10-2580-3521", False),
        ("10-2580", False),
        ("110-2580-352", False),
    ],
)
def test_accounts_match_at_segment_boundaries(account: str, within: bool) -> None:
    assert is_account_within(account, "10-2580-352") is within


def test_base_lines_explain_the_ledger_and_new_lines_ask_for_more(detection_plan: Plan) -> None:
    ledger = [LedgerAmount("10-2580-352-01", 100_00, 3), LedgerAmount("10-2580-352-02", 300_00, 1)]
    lines = [(CostBridge.BASE, "10-2580-352", 200), (CostBridge.NEW, "10-2580-352", 75)]
    bridge = bridge_of(detection_plan, lines, ledger)
    assert (bridge.ledger_cents, bridge.explained_cents, bridge.unexplained_cents) == (400_00, 200_00, 200_00)
    assert [line.explained_cents for line in bridge.lines] == [50_00, 150_00]  # in proportion to what they hold
    assert bridge.new.cents == 75_00
    assert bridge.findings == ()


def test_what_goes_beyond_the_ledger_is_not_explained_but_found(detection_plan: Plan) -> None:
    bridge = bridge_of(detection_plan, [(CostBridge.BASE, "10-1", 500)], [LedgerAmount("10-1", 400_00)])
    assert (bridge.explained_cents, bridge.excess_cents, bridge.unexplained_cents) == (400_00, 100_00, 0)
    assert bridge.findings[0].code == "bridge_exceeds_ledger"
    assert "$500.00 of account 10-1" in bridge.findings[0].message
    assert "only $400.00" in bridge.findings[0].message


def test_two_plan_accounts_never_explain_the_same_dollar(detection_plan: Plan) -> None:
    lines = [(CostBridge.BASE, "10", 300), (CostBridge.BASE, "10-1", 400)]
    bridge = bridge_of(detection_plan, lines, [LedgerAmount("10-1", 400_00), LedgerAmount("10-2", 100_00)])
    assert [line.explained_cents for line in bridge.lines] == [400_00, 100_00]
    assert bridge.excess_cents == 200_00


def test_replaced_money_is_told_apart_and_a_saving_counts_by_its_size(detection_plan: Plan) -> None:
    lines = [(CostBridge.BASE, "10-1", 100), (CostBridge.REPLACES, "10-1", -60), (CostBridge.REPLACES, "10-1", 30)]
    bridge = bridge_of(detection_plan, lines, [LedgerAmount("10-1", 400_00)])
    assert (bridge.explained_cents, bridge.replaced_cents, bridge.unexplained_cents) == (100_00, 90_00, 300_00)
    assert bridge.replaces.cents == -30_00


def test_new_money_is_not_lowered_by_a_saving(detection_plan: Plan) -> None:
    bridge = bridge_of(detection_plan, [(CostBridge.NEW, "", 100), (CostBridge.NEW, "", -40)], [])
    assert (bridge.new.cents, bridge.savings.cents) == (100_00, -40_00)


def test_an_account_that_the_ledger_lacks_is_found(detection_plan: Plan) -> None:
    bridge = bridge_of(detection_plan, [(CostBridge.BASE, "99-9", 5)], [LedgerAmount("10-1", 400_00)])
    assert [finding.code for finding in bridge.findings] == ["bridge_account_not_in_ledger"]
    assert "account 99-9" in bridge.findings[0].message


def test_a_base_line_without_an_account_is_found_and_names_its_initiative(detection_plan: Plan) -> None:
    bridge = bridge_of(detection_plan, [(CostBridge.BASE, " ", 5)], [LedgerAmount("", 400_00)])
    assert [finding.code for finding in bridge.findings] == ["bridge_without_account"]
    assert "mdr" in bridge.findings[0].message
    assert bridge.explained_cents == 0


def test_a_credit_in_the_ledger_stays_unexplained(detection_plan: Plan) -> None:
    ledger = [LedgerAmount("10-1-a", 100_00), LedgerAmount("10-1-b", -30_00)]
    bridge = bridge_of(detection_plan, [(CostBridge.BASE, "10-1", 100)], ledger)
    assert (bridge.explained_cents, bridge.unexplained_cents) == (100_00, -30_00)
