"""Planned against budgeted against actual: a line keeps its initiative from year to year."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planning.bridge import LedgerBridge, calculate_ledger_bridge
from planning.bridge_matching import BridgeMatch, LedgerAmount
from planning.bridge_years import UNEXPLAINED, LedgerYear, attribute_ledger, compare_years
from planning.evaluation import Evaluation, evaluate
from planning.model import CostLine, District, Initiative, Plan
from planning.reference import Reference
from planning.vocabulary import CostBridge, CostCategory, CostKind

YEAR = "FY2026-27"
SERVICE = CostLine(
    cost_line_id="service",
    initiative_id="watch",
    description="Service",
    kind=CostKind.RECURRING,
    category=CostCategory.EXTERNAL_SERVICES,
    unit_price_usd=Decimal(75),
    dollar_year=YEAR,
    start=YEAR,
    account="10-1",
    bridge=CostBridge.BASE,
)
PLAN = Plan(
    district=District(district_id="d", name="District", first_fiscal_year=YEAR, horizon_years=2),
    initiatives=(Initiative(initiative_id="watch", name="Watch", start=YEAR),),
    cost_lines=(SERVICE, SERVICE.model_copy(update={"cost_line_id": "extra", "bridge": CostBridge.NEW})),
)
EVALUATION: Evaluation = evaluate(PLAN, Reference(version="t"), date(2026, 11, 23))
LEDGER = (LedgerAmount("10-1", 100_00, 1, "Acme", "Watching"), LedgerAmount("10-2", 50_00, 1, "", "Other"))
BRIDGE: LedgerBridge = calculate_ledger_bridge(EVALUATION, LEDGER, YEAR)


def test_a_line_keeps_its_shares_in_other_years() -> None:
    earlier = [LedgerAmount("10-1", 80_00, 3, "ACME", "watching"), LedgerAmount("10-2", 9_00, 1, "", "Other")]
    assert attribute_ledger(earlier, BRIDGE) == {"watch": 60_00, UNEXPLAINED: 29_00}


def test_a_line_that_only_another_year_has_goes_to_the_match_that_covers_it() -> None:
    gone = [LedgerAmount("10-3", 5_00, 1, "Former Guard", "Guarding")]
    confirmed = [BridgeMatch(match_id="m", initiative_id="watch", vendor="Former Guard")]
    assert attribute_ledger(gone, BRIDGE, confirmed) == {UNEXPLAINED: 0, "watch": 5_00}
    assert attribute_ledger(gone, BRIDGE) == {UNEXPLAINED: 5_00}


def test_planned_budgeted_and_actual_stand_side_by_side_for_every_year_anyone_knows() -> None:
    years = [LedgerYear("FY2025-26", None, (LEDGER[0],)), LedgerYear(YEAR, LEDGER, None)]
    rows = compare_years(EVALUATION, BRIDGE, years)
    assert [tuple(row) for row in rows] == [
        ("FY2025-26", None, None, 75_00),
        (YEAR, 75_00, 75_00, None),
        ("FY2027-28", 75_00, None, None),
    ]
    of_one = compare_years(EVALUATION, BRIDGE, years, initiative_id="watch")[1]
    assert (of_one.planned_cents, of_one.budgeted_cents) == (150_00, 75_00)  # new money is planned, not budgeted yet
    assert of_one.budget_difference_cents == -75_00


def test_a_difference_needs_both_sides() -> None:
    rows = compare_years(EVALUATION, BRIDGE, [LedgerYear(YEAR, LEDGER, LEDGER)])
    assert (rows[0].budget_difference_cents, rows[0].actual_difference_cents) == (0, 0)
    assert (rows[1].budget_difference_cents, rows[1].actual_difference_cents) == (None, None)


amounts = st.builds(
    LedgerAmount,
    st.sampled_from(["10-1", "10-2", "10-9"]),
    st.integers(-(10**9), 10**9),
    st.just(1),
    st.sampled_from(["", "Acme"]),
    st.sampled_from(["Watching", "Other"]),
)


@given(st.lists(amounts, max_size=8))
def test_whatever_the_year_holds_its_parts_sum_to_the_ledger_to_the_cent(ledger: list[LedgerAmount]) -> None:
    confirmed = [BridgeMatch(match_id="m", initiative_id="watch", account="10-9")]
    assert sum(attribute_ledger(ledger, BRIDGE, confirmed).values()) == sum(line.amount_cents for line in ledger)
