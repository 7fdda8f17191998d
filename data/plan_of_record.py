"""The plan of record evaluated, and laid beside the ledger: the one way screen, files and command line get both."""

from datetime import date

from data.reference import load_reference
from data.store.budget_queries import YearBasis, list_measures, technology_by_account
from data.store.database import Store
from data.store.plans import StoredPlan
from data.store.viewer import Viewer
from planning.bridge import LedgerAmount, LedgerBridge, calculate_ledger_bridge
from planning.evaluation import Evaluation, evaluate
from planning.money import to_cents
from planning.vocabulary import Basis, Side, Unit

# Where one year is printed on several bases, the firmest budget is the one the plan is laid beside.
FIRMEST_FIRST = (
    Basis.REVISED,
    Basis.ADOPTED,
    Basis.APPROVED,
    Basis.ORIGINAL,
    Basis.BUDGET,
    Basis.PROPOSED,
    Basis.RECOMMENDED,
    Basis.REQUESTED,
    Basis.ESTIMATED,
    Basis.PROJECTED,
    Basis.ALLOCATED,
    Basis.ACTUAL,
)


def evaluate_stored(stored: StoredPlan, as_of: date) -> Evaluation:
    """A stored plan evaluated with the reference data that ships with Techplan."""
    return evaluate(stored.plan, load_reference(), as_of, plan_revision=stored.revision_id)


def load_ledger_bridge(store: Store, viewer: Viewer, evaluation: Evaluation) -> LedgerBridge | None:
    """The plan beside the budget of its first fiscal year, or None where the ledger does not hold that year."""
    column = find_ledger_column(store, viewer, evaluation.years[0])
    if column is None:
        return None
    accounts = technology_by_account(store, viewer, column.fiscal_year, column.basis)
    ledger = [LedgerAmount(item.account, to_cents(item.amount), item.lines) for item in accounts]
    return calculate_ledger_bridge(evaluation, ledger, column.fiscal_year)


def find_ledger_column(store: Store, viewer: Viewer, fiscal_year: str) -> YearBasis | None:
    """The firmest budget of expenditures in dollars for a year."""
    bases = {
        measure.basis
        for measure in list_measures(store, viewer)
        if (measure.fiscal_year, measure.unit, measure.side) == (fiscal_year, Unit.USD, Side.EXPENDITURE)
    }
    return next((YearBasis(fiscal_year, basis) for basis in FIRMEST_FIRST if basis in bases), None)
