"""Every fund of the ledger over the years, and the plan's journal: the one way screen and command line get both."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from data.plan_of_record import FIRMEST_FIRST, find_ledger_column
from data.store.budget_queries import YearBasis, list_measures
from data.store.database import Store
from data.store.fund_balances import list_outlooks, list_reserves
from data.store.ledger_lines import list_fund_lines
from data.store.plans import StoredPlan, load_plan
from data.store.viewer import Viewer
from data.store.workflow import PlanStatus
from planning.budget_changes import FUND_NOT_IN_LEDGER, calculate_budget_changes
from planning.choice.scenarios import Scenario
from planning.evaluation import Evaluation
from planning.findings import Finding
from planning.fiscal_years import list_fiscal_years
from planning.fund_balance import FundBalances, calculate_fund_balances
from planning.fund_flows import Flow, FlowRule, FundFlow, calculate_fund_flows
from planning.journal import JOURNAL_NOT_ADOPTED, JOURNAL_OF_SCENARIO, Journal, calculate_journal
from planning.vocabulary import Side, Unit
from planning.workflow import find_adopted, name_stage

RULES_FILE = Path(__file__).with_name("reference") / "fund-flow-rules.csv"
YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class StoredBalances:
    """The projection with the budget it starts from."""

    balances: FundBalances
    flows: Mapping[str, FundFlow]
    column: YearBasis


def load_fund_balances(
    store: Store, viewer: Viewer, evaluation: Evaluation | None, as_of: date
) -> StoredBalances | None:
    """Five years from the plan's first fiscal year, or from the newest budget without a plan; None without a budget."""
    year = evaluation.years[0] if evaluation else _find_newest_year(store, viewer)
    column = find_ledger_column(store, viewer, year) if year else None
    if column is None:
        return None
    flows = calculate_fund_flows(list_fund_lines(store, viewer, column), load_flow_rules(as_of))
    years = list_fiscal_years(column.fiscal_year, YEARS_SHOWN)
    if evaluation:
        years = years[: len(evaluation.years)]
    outlooks, reserves = list_outlooks(store, viewer), list_reserves(store, viewer)
    return StoredBalances(calculate_fund_balances(flows, outlooks, years, evaluation, reserves), flows, column)


def load_journal(
    store: Store,
    viewer: Viewer,
    evaluation: Evaluation,
    as_of: date,
    accounts: Mapping[str, str] | None = None,
    fiscal_year: str | None = None,
    whole: bool = False,
) -> Journal:
    """The plan's journal: what it changes in the published budget, or with `whole` everything in it.

    Without a published budget it is the whole plan. Transfers stand at the accounts the ledger uses for them;
    `accounts` names others.
    """
    stored = load_fund_balances(store, viewer, evaluation, as_of)
    flows = stored.flows if stored else {}
    if stored and not whole:
        changes, findings = stored.balances.changes, stored.balances.plan_findings
    else:
        funds = sorted(flows, key=lambda code: (-flows[code].expenditure_cents, code))
        changes, findings = calculate_budget_changes(evaluation, funds, whole=True)
    named = {**_find_transfer_accounts(flows), **(accounts or {})}
    journal = calculate_journal(changes, evaluation, named, fiscal_year)
    known = tuple(one for one in findings if flows or one.code != FUND_NOT_IN_LEDGER.code)
    return Journal(journal.lines, (*known, *journal.findings))


def check_adopted(stored: StoredPlan, status: PlanStatus, scenario: Scenario | None = None) -> tuple[Finding, ...]:
    """That a plan is not the one the board adopted, for whoever is about to post it."""
    if scenario:
        return (JOURNAL_OF_SCENARIO.at(found=scenario.name, expected=str(stored.revision.number)),)
    adopted = find_adopted(status.moves)
    if adopted and adopted.revision_id == stored.revision_id:
        return ()
    return (JOURNAL_NOT_ADOPTED.at(found=str(stored.revision.number), stage=name_stage(status.stage)),)


def load_adopted(store: Store, viewer: Viewer, status: PlanStatus) -> StoredPlan | None:
    """The plan as the board adopted it last; None where it has adopted none."""
    adopted = find_adopted(status.moves)
    return load_plan(store, viewer, adopted.revision_id) if adopted else None


@cache
def load_flow_rules(day: date) -> tuple[FlowRule, ...]:
    """The rules of `fund-flow-rules.csv` in force on a day, in their order."""
    with RULES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            FlowRule(row["side"], row["field"], row["pattern"], Flow(row["flow"]))
            for row in csv.DictReader(file)
            if date.fromisoformat(row["valid_from"]) <= day
            and (not row["valid_to"] or day <= date.fromisoformat(row["valid_to"]))
        )


def _find_newest_year(store: Store, viewer: Viewer) -> str | None:
    """The newest year with a budget of expenditures in dollars."""
    years = {
        measure.fiscal_year
        for measure in list_measures(store, viewer)
        if (measure.unit, measure.side) == (Unit.USD, Side.EXPENDITURE) and measure.basis in FIRMEST_FIRST
    }
    return max(filter(None, years), default=None)


def _find_transfer_accounts(flows: Mapping[str, FundFlow]) -> dict[str, str]:
    return {
        f"{flow}:{code}": account
        for code, one in flows.items()
        for flow, account in one.accounts.items()
        if flow in (Flow.TRANSFER_IN, Flow.TRANSFER_OUT)
    }
