"""The sample district's funds over the years, from the store to the cent, and what a store without a budget says."""

from collections.abc import Iterator
from datetime import date

import pytest

from data.fund_outlook import StoredBalances, load_flow_rules, load_fund_balances, load_journal
from data.plan_of_record import evaluate_stored, load_ledger_bridge, load_ledger_years
from data.samples.fund_balances import build_reserves
from data.samples.seed import SEEDER, seed_sample
from data.store.bridge_matches import make_match, save_matches
from data.store.database import Store
from data.store.plans import load_plan
from data.store.viewer import Viewer
from planning.bridge_matching import MatchState
from planning.bridge_years import attribute_ledger
from planning.evaluation import Evaluation
from planning.fund_balance import sum_funds
from planning.fund_flows import Flow
from planning.journal import EntryType
from planning.permissions import Role
from planning.vocabulary import CostBridge

DAY = date(2026, 12, 8)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("sample") / "sample.duckdb")
    seed_sample(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def evaluation(sample: Store) -> Evaluation:
    stored = load_plan(sample, SEEDER)
    assert stored
    return evaluate_stored(stored, DAY)


@pytest.fixture(scope="module")
def stored(sample: Store, evaluation: Evaluation) -> StoredBalances:
    found = load_fund_balances(sample, SEEDER, evaluation, DAY)
    assert found
    return found


def test_the_general_funds_first_year_is_the_statement_of_the_budget(stored: StoredBalances) -> None:
    row = stored.balances.without_plan["10"][0]
    assert (row.beginning_cents, row.ending_cents) == (11_840_000_00, 10_597_000_00)
    assert row.revenue_cents + row.transfers_in_cents == 97_412_000_00
    assert row.ending_fraction == pytest.approx(0.107, abs=5e-4)


def test_the_floor_is_crossed_when_the_levy_ends_and_a_year_earlier_with_the_plan(stored: StoredBalances) -> None:
    outlook = stored.balances.outlooks["10"]
    kept = [
        [outlook.meets_floor(row.ending_fraction) for row in side["10"]]
        for side in (stored.balances.without_plan, stored.balances.with_plan)
    ]
    assert kept == [[True, True, True, False, False], [True, True, False, False, False]]


def test_an_appropriated_balance_is_no_revenue_and_transfers_meet(stored: StoredBalances) -> None:
    assert stored.flows["43"].balance_used_cents == 350_000_00
    assert stored.flows["43"].revenue_cents == 1_300_000_00
    assert stored.flows["10"].transfers_in_cents == 755_000_00
    assert sum(flow.transfers_out_cents for flow in stored.flows.values()) == 755_000_00
    assert stored.flows["31"].accounts[Flow.TRANSFER_OUT].startswith("31-5200-910")
    assert stored.balances.findings == ()


def test_the_funds_hold_every_dollar_of_the_ledger(sample: Store, stored: StoredBalances) -> None:
    [(spent,)] = sample.read(
        SEEDER,
        "SELECT sum(amount) FROM budget_line WHERE district_id = $district_id AND fiscal_year = 'FY2026-27' "
        "AND unit = 'usd' AND side IN ('expenditure', 'transfer_out')",
    )
    total = sum_funds(stored.balances.without_plan, stored.balances.years)[0]
    assert total.expenditure_cents + total.transfers_out_cents == spent * 100


def test_reserves_have_their_class_and_fit_into_the_balance(stored: StoredBalances) -> None:
    reserves = {reserve.reserve_id: reserve for reserve in stored.balances.reserves}
    assert set(reserves) == {reserve.reserve_id for reserve in build_reserves()}
    assert reserves["student-system"].amount_cents == 361_440_00  # what the plan takes of the balance


def test_the_journal_posts_exactly_what_the_plan_changes_and_somebody_pays(
    sample: Store, evaluation: Evaluation, stored: StoredBalances
) -> None:
    journal = load_journal(sample, SEEDER, evaluation, DAY)
    posted = sum(-line.amount_cents for line in journal.lines if line.entry_type is EntryType.APPROPRIATION)
    balances = stored.balances
    difference = sum(
        after.expenditure_cents - before.expenditure_cents
        for code, rows in balances.with_plan.items()
        for before, after in zip(balances.without_plan[code], rows, strict=True)
    )
    unpaid = sum(change.cents for change in balances.changes if change.state == "unfunded")
    assert posted == difference - unpaid
    assert unpaid == 163_400_00 + 46_080_00 + 35_496_00


def test_one_bridge_for_everyone_confirmed_matches_included(sample: Store, evaluation: Evaluation) -> None:
    before = load_ledger_bridge(sample, SEEDER, evaluation)
    match = make_match("new-sis", MatchState.CONFIRMED, CostBridge.REPLACES, vendor="Trailmark Student Systems")
    save_matches(sample, SEEDER, [match], "It ends with the new one")
    after = load_ledger_bridge(sample, SEEDER, evaluation)
    assert before and after
    assert (before.replaced_cents, after.replaced_cents) == (125_080_00, 137_900_00)
    for bridge in (before, after):
        assert bridge.ledger_cents == 3_612_500_00 == bridge.explained_cents + bridge.unexplained_cents
        assert bridge.explained_cents == 1_077_700_00


def test_every_year_of_the_ledger_is_attributed_to_the_cent(sample: Store, evaluation: Evaluation) -> None:
    bridge = load_ledger_bridge(sample, SEEDER, evaluation)
    years = load_ledger_years(sample, SEEDER)
    assert bridge
    assert [year.fiscal_year for year in years] == ["FY2023-24", "FY2024-25", "FY2025-26", "FY2026-27"]
    for year in years:
        for ledger in filter(None, (year.budgeted, year.actual)):
            assert sum(attribute_ledger(ledger, bridge).values()) == sum(line.amount_cents for line in ledger)


def test_a_store_without_a_budget_or_a_plan_says_so(sample: Store, evaluation: Evaluation) -> None:
    nobody = Viewer("x", Role.ADMIN, "elsewhere")
    assert load_fund_balances(sample, nobody, None, DAY) is None
    assert load_fund_balances(sample, nobody, evaluation, DAY) is None
    without = load_fund_balances(sample, SEEDER, None, DAY)
    assert without
    assert without.column.fiscal_year == "FY2026-27"
    assert without.balances.with_plan == without.balances.without_plan
    whole = load_journal(sample, nobody, evaluation, DAY)
    assert whole.debit_cents == whole.credit_cents > 0
    assert "fund_not_in_ledger" not in {finding.code for finding in whole.findings}


def test_rules_are_in_force_on_their_days() -> None:
    assert load_flow_rules(date(2010, 1, 1)) == ()
    assert {rule.flow for rule in load_flow_rules(DAY)} == {Flow.TRANSFER_IN, Flow.TRANSFER_OUT, Flow.BALANCE_USED}
