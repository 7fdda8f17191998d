"""`evaluate`: what the plan of record costs, who pays, what it serves, and how it meets the ledger."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from data.commands.answers import Answer, money_text, new_answer, print_answer
from data.commands.place import Place
from data.plan_of_record import evaluate_stored, load_ledger_bridge
from data.store.plans import load_plan
from data.store.scenarios import find_scenario
from planning.alignment.goals import calculate_money_by_goal
from planning.atoms import Total, calculate_total
from planning.bridge import LedgerBridge
from planning.cost.contracts import PlannedContract, list_contracts
from planning.cost.initiative_comparison import InitiativeComparison, compare_initiatives
from planning.cost.ownership import (
    calculate_annualised_cents,
    calculate_cost_by_year,
    calculate_cost_per_student,
    calculate_direct_and_indirect,
    calculate_value_today,
)
from planning.errors import InputRefused
from planning.evaluation import Evaluation, InitiativeSummary
from planning.funding.balances import calculate_cliffs, calculate_funding_by_year, calculate_unfunded_by_year
from planning.money import format_cents, to_dollars


def evaluate_command(arguments: argparse.Namespace, place: Place) -> int:
    """Cost, funding and alignment of the plan of record, and how it meets the ledger."""
    store, viewer = place.existing_store, place.check_known(place.reader)
    stored = load_plan(store, viewer)
    if stored is None:
        raise InputRefused("This district has no plan yet.", "Store one with: plan FILE (template makes the file).")
    scenario = find_scenario(store, viewer, arguments.scenario) if arguments.scenario else None
    evaluation = evaluate_stored(stored, arguments.as_of or date.today(), scenario)
    bridge = load_ledger_bridge(store, viewer, evaluation)
    findings = [*evaluation.findings, *(bridge.findings if bridge else ())]
    answer = new_answer(
        "evaluate", "done", findings, **describe_evaluation(evaluation), bridge=bridge and describe_bridge(bridge)
    )
    print_answer(answer, arguments.json, [*list_cost_lines(evaluation), *list_bridge_lines(bridge)])
    return 0


def describe_evaluation(evaluation: Evaluation) -> Answer:
    """The evaluation as plain data: its stamp, cost, funding, goals, and one entry for each initiative."""
    return {
        **_describe_stamp(evaluation),
        **_describe_cost(evaluation),
        **_describe_funding(evaluation),
        "goals": _describe_goals(evaluation),
        "initiatives": [_describe_initiative(item) for item in evaluation.initiatives],
        "comparisons": [_describe_comparison(item, evaluation) for item in compare_initiatives(evaluation)],
        "contracts": [_describe_contract(item) for item in list_contracts(evaluation.plan)],
    }


def _describe_stamp(evaluation: Evaluation) -> Answer:
    stamp = evaluation.stamp
    return {
        "district": stamp.district_id,
        "plan_revision": stamp.plan_revision,
        "scenario": stamp.scenario,
        "reference_version": stamp.reference_version,
        "method_version": stamp.method_version,
        "as_of": stamp.as_of.isoformat(),
        "years": list(evaluation.years),
    }


def _describe_cost(evaluation: Evaluation) -> Answer:
    direct, indirect = calculate_direct_and_indirect(evaluation.atoms)
    today = calculate_value_today(evaluation.atoms, evaluation)
    per_student = calculate_cost_per_student(evaluation.budgeted_atoms, evaluation).average
    return {
        "total": _dollars(direct.cents),
        "by_year": _by_year(calculate_cost_by_year(evaluation.budgeted_atoms, evaluation.years)),
        "user_time": _dollars(indirect.cents),
        "present_value": _float_dollars(today.present_value_cents),
        "equivalent_annual_cost": _float_dollars(today.equivalent_annual_cost_cents),
        "per_student_and_year": None if per_student is None else _float_dollars(per_student),
    }


def _describe_funding(evaluation: Evaluation) -> Answer:
    cliffs = [
        {
            "source_id": cliff.source_id,
            "last_year": cliff.last_year,
            "next_year": cliff.next_year,
            "initiatives": [
                {
                    "initiative_id": line.initiative_id,
                    "paid": _dollars(line.paid.cents),
                    "unfunded": _dollars(line.unfunded.cents),
                }
                for line in cliff.lines
            ],
        }
        for cliff in calculate_cliffs(evaluation)
    ]
    return {
        "funding": {payer: _by_year(totals) for payer, totals in calculate_funding_by_year(evaluation).items()},
        "unfunded_by_year": _by_year(calculate_unfunded_by_year(evaluation)),
        "ending_sources": cliffs,
    }


def _describe_goals(evaluation: Evaluation) -> list[Answer]:
    """Money by goal; the last entry, without an id, is aligned to nothing."""
    money = calculate_money_by_goal(evaluation)
    return [{"goal_id": item.goal_id, "money": _dollars(item.cents)} for item in (*money.goals, money.nothing)]


def _describe_initiative(item: InitiativeSummary) -> Answer:
    return {
        "initiative_id": item.initiative_id,
        "name": item.name,
        "included": item.included,
        "cost": _dollars(item.cost.cents),
        "committed": _dollars(item.committed.cents),
        "unfunded": _dollars(item.unfunded.cents),
        "savings": _dollars(item.savings.cents),
        "user_time": _dollars(item.user_time.cents),
        "present_value": _float_dollars(item.present_value_cents),
        "equivalent_annual_cost": _float_dollars(item.equivalent_annual_cost_cents),
        "alignment": item.alignment.score,
        "rank": item.rank,
    }


def _describe_comparison(item: InitiativeComparison, evaluation: Evaluation) -> Answer:
    """An initiative beside its base or doing nothing; what it has no figure for is null."""
    found = item.measures
    return {
        "initiative_id": item.initiative_id,
        "compared_with": item.base_id,
        "life_cycle_cost": _float_dollars(found.life_cycle_cost),
        "base_life_cycle_cost": _float_dollars(found.base_life_cycle_cost),
        "net_savings": _float_dollars(found.net_savings),
        "savings_to_investment_ratio": found.savings_to_investment_ratio,
        "adjusted_internal_rate": found.adjusted_internal_rate,
        "simple_payback_years": found.simple_payback_years,
        "discounted_payback_years": found.discounted_payback_years,
        "equivalent_annual_cost": _float_dollars(item.equivalent_annual_cost),
        "annualized_cost": _float_dollars(calculate_annualised_cents(evaluation, item.initiative_id)),
        "break_even_price_factor": item.break_even_price_factor,
        "break_even_rate": item.break_even_rate,
    }


def _describe_contract(item: PlannedContract) -> Answer:
    """A subscription or lease; liability and asset are what they would be also where the books do not show them."""
    return {
        "cost_line_id": item.line.cost_line_id,
        "treatment": item.treatment,
        "is_on_books": item.is_on_books,
        "term_years": item.term_years,
        "rate": item.rate,
        "liability": _dollars(item.contract.liability_cents),
        "asset": _dollars(item.contract.asset_cents),
        "interest": _dollars(item.contract.interest_cents),
        "expensed": _dollars(item.expensed_cents),
        "schedule": [
            {
                "payment": _dollars(row.payment_cents),
                "interest": _dollars(row.interest_cents),
                "principal": _dollars(row.principal_cents),
                "owed": _dollars(row.closing_cents),
            }
            for row in item.contract.schedule
        ],
    }


def describe_bridge(bridge: LedgerBridge) -> Answer:
    """The ledger bridge as plain data; the ledger is what is explained and what is not."""
    return {
        "fiscal_year": bridge.fiscal_year,
        "technology_in_ledger": _dollars(bridge.ledger_cents),
        "explained": _dollars(bridge.explained_cents),
        "unexplained": _dollars(bridge.unexplained_cents),
        "replaced": _dollars(bridge.replaced_cents),
        "new_money": _dollars(bridge.new.cents),
        "accounts": [
            {
                "account": line.account,
                "ledger": _dollars(line.ledger_cents),
                "explained": _dollars(line.explained_cents),
            }
            for line in bridge.accounts
        ],
    }


def list_cost_lines(evaluation: Evaluation) -> list[str]:
    """The initiatives as a person reads them in a terminal, then the plan."""
    head = f"{'initiative':<44}{'cost':>16}{'without a source':>18}  alignment"
    rows = [
        f"{item.name[:43]:<44}{format_cents(item.cost.cents):>16}{format_cents(item.unfunded.cents):>18}"
        f"{item.alignment.score:>11.0f}{'' if item.included else '  (not in the plan)'}"
        for item in evaluation.initiatives
    ]
    cost = calculate_total(evaluation.budgeted_atoms)
    unfunded = sum(total.cents for total in calculate_unfunded_by_year(evaluation).values())
    whole = (
        f"{f'Plan, {evaluation.years[0]} to {evaluation.years[-1]}':<44}"
        f"{format_cents(cost.cents, symbol=True):>16}{format_cents(unfunded, symbol=True):>18}"
    )
    return [head, *rows, whole]


def list_bridge_lines(bridge: LedgerBridge | None) -> list[str]:
    """The technology in the ledger and what of it the plan explains."""
    if bridge is None:
        return ["The ledger holds no expenditures for the plan's first year, so there is nothing to lay it beside."]
    parts = (
        (f"Technology in the ledger, {bridge.fiscal_year}", bridge.ledger_cents),
        ("  explained by initiatives", bridge.explained_cents),
        ("  not explained", bridge.unexplained_cents),
        ("New money asked", bridge.new.cents),
    )
    return [f"{words:<44}{format_cents(cents, symbol=True):>16}" for words, cents in parts]


def _by_year(totals: Mapping[str, Total]) -> dict[str, str]:
    return {year: _dollars(total.cents) for year, total in totals.items()}


def _dollars(cents: int) -> str:
    return str(to_dollars(cents))


def _float_dollars(cents: float) -> str | None:
    return money_text(Decimal(repr(cents)) / 100)
