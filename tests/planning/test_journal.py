"""The plan as balanced entries: by hand, and balanced whatever the plan."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.budget_changes import BudgetChange, ChangeKind, calculate_budget_changes
from planning.evaluation import Evaluation
from planning.journal import EntryType, Journal, JournalLine, calculate_journal
from planning.vocabulary import Certainty, CostBridge
from tests.planning.fund_plans import BASE, GENERAL, GRANT, LEVY, NEW, REPLACES, YEARS, cost, evaluate_costs

FUNDS = ("10", "24", "31")


def journal_of(evaluation: Evaluation, **options: str | dict[str, str] | None) -> Journal:
    changes = calculate_budget_changes(evaluation, FUNDS).changes
    return calculate_journal(changes, evaluation, **options)  # ty: ignore[invalid-argument-type]


def short(lines: Sequence[JournalLine]) -> list[tuple[str, str, EntryType, int, int]]:
    return [(x.fund_code, x.account, x.entry_type, x.debit_cents // 100, x.credit_cents // 100) for x in lines]


def test_a_cost_paid_by_a_levy_is_an_appropriation_and_a_transfer() -> None:
    """Debit what comes in, credit what may go out; budgetary fund balance takes the rest (GASB Codification 1700)."""
    journal = journal_of(evaluate_costs([cost("buses", 80, "10-2700")], {("buses", "levy"): 80}))
    assert short(journal.lines) == [
        ("10", "", EntryType.TRANSFER_IN, 80, 0),
        ("10", "10-2700", EntryType.APPROPRIATION, 0, 80),
        ("31", "", EntryType.TRANSFER_OUT, 0, 80),
        ("31", "", EntryType.FUND_BALANCE, 80, 0),
    ]
    assert journal.lines[1].description == "Buses: The cost of buses"
    assert journal.lines[2].description == "Transfer to fund 10"


def test_new_revenue_is_debited_and_a_saving_lowers_its_appropriation() -> None:
    lines = [cost("guard", 90, "24-1"), cost("ended", -20, "24-2", REPLACES)]
    journal = journal_of(evaluate_costs(lines, {("guard", "grant"): 90, ("ended", "grant"): -20}))
    assert short(journal.lines) == [
        ("24", "", EntryType.ESTIMATED_REVENUE, 90, 0),
        ("24", "24-1", EntryType.APPROPRIATION, 0, 90),
        ("24", "24-2", EntryType.APPROPRIATION, 20, 0),
        ("24", "", EntryType.FUND_BALANCE, 0, 20),
    ]
    assert journal.lines[0].source_id == "grant"
    assert journal.lines[3].description == "Budgetary fund balance: added to by the plan"


def test_what_nobody_pays_is_left_out_and_found() -> None:
    journal = journal_of(evaluate_costs([cost("hope", 100, "10-1")], {("hope", "general"): 60}))
    assert [line.credit_cents for line in journal.lines] == [60_00, 0]
    assert journal.findings[0].code == "journal_without_source"
    assert "$40.00 of Hope has no source" in journal.findings[0].message


def test_money_that_is_not_secured_is_posted_and_found() -> None:
    hoped = GRANT.model_copy(update={"certainty": Certainty.HOPED})
    lines = [cost("guard", 90, "24-1"), cost("ended", -20, "24-2", REPLACES)]
    paid = {("guard", "grant"): 90, ("ended", "grant"): -20}
    journal = journal_of(evaluate_costs(lines, paid, (GENERAL, LEVY, hoped)))
    assert short(journal.lines)[0] == ("24", "", EntryType.ESTIMATED_REVENUE, 90, 0)
    [finding] = [one for one in journal.findings if one.code == "journal_not_secured"]
    assert finding.message == "$90.00 is to be paid by New grant, which is hoped, not secured."
    assert "journal_not_secured" not in {one.code for one in journal_of(evaluate_costs(lines, paid)).findings}


def test_accounts_are_named_by_key_and_the_missing_ones_are_found() -> None:
    evaluation = evaluate_costs([cost("guard", 90, "24-1"), cost("bare", 5, "")], {("guard", "grant"): 90, ("bare", "general"): 5})  # fmt: skip # noqa: E501
    bare = journal_of(evaluation)
    keys = tuple(dict.fromkeys(line.account_key for line in bare.lines if line.account_key))
    assert keys == ("cost_line:bare.line", "fund_balance:10", "source:grant", "24-1")
    assert [finding.code for finding in bare.findings] == ["journal_account_missing"] * 3
    assert "$90.00 of estimated revenue in fund 24 has no account" in bare.findings[2].message
    assert "mapping file under source:grant" in bare.findings[2].fix
    named = journal_of(evaluation, accounts={key: f"ERP {key}" for key in keys})
    assert [line.account for line in named.lines] == [f"ERP {key}" for key in keys]
    assert named.findings == ()


def test_other_spending_that_gives_way_is_named() -> None:
    evaluation = evaluate_costs([cost("x", 1, "10-1")])
    change = BudgetChange(YEARS[0], "21", ChangeKind.APPROPRIATION, -50_00, bridge=CostBridge.BASE)
    [line, balance] = calculate_journal([change], evaluation).lines
    assert (line.account_key, line.debit_cents, balance.credit_cents) == ("other_spending:21", 50_00, 50_00)
    assert line.description == "Other spending of fund 21 gives way to the plan"


def test_one_fiscal_year_can_be_asked_for() -> None:
    lines = [cost("one", 10, "10-1"), cost("two", 20, "10-1", start=YEARS[2])]
    evaluation = evaluate_costs(lines, {("one", "general"): 10, ("two", "general"): 20})
    assert {line.fiscal_year for line in journal_of(evaluation, fiscal_year=YEARS[2]).lines} == {YEARS[2]}
    assert {line.entry for line in journal_of(evaluation).lines} == {"TP-FY2027-28-10", "TP-FY2028-29-10"}


costs = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.integers(-300, 300),
        st.sampled_from(["10-1", "24-1", "31-1", "77-1", ""]),
        st.sampled_from([NEW, BASE, REPLACES]),
        st.sampled_from(YEARS),
    ),
    max_size=5,
    unique_by=lambda item: item[0],
)
payments = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["general", "levy", "grant"])), st.integers(-300, 300)
)


@pytest.mark.parametrize("whole", [False, True])
@given(lines=costs, paid=payments)
def test_debits_equal_credits_in_every_fund_and_year_and_every_paid_dollar_is_appropriated(
    lines: list[tuple[str, int, str, CostBridge, str]], paid: dict[tuple[str, str], int], whole: bool
) -> None:
    named = {line[0] for line in lines}
    evaluation = evaluate_costs([cost(*line) for line in lines], {key: v for key, v in paid.items() if key[0] in named})
    changes = calculate_budget_changes(evaluation, FUNDS, whole=whole).changes
    journal = calculate_journal(changes, evaluation)
    for entry in {line.entry for line in journal.lines}:
        assert sum(line.amount_cents for line in journal.lines if line.entry == entry) == 0
    assert journal.debit_cents == journal.credit_cents
    assert all(min(line.debit_cents, line.credit_cents) == 0 for line in journal.lines)
    assert all(max(line.debit_cents, line.credit_cents) > 0 for line in journal.lines)
    posted = sum(-line.amount_cents for line in journal.lines if line.entry_type is EntryType.APPROPRIATION)
    atoms = [atom for atom in evaluation.budgeted_atoms if atom.state != "unfunded"]
    chosen = [a for a in atoms if whole or a.bridge is NEW or (a.bridge is REPLACES and a.cents < 0)]
    assert posted == sum(atom.cents for atom in chosen)
