"""The plan of record evaluated, and laid beside the ledger: the one way screen, files and command line get both."""

from datetime import date

from data.reference import load_reference
from data.store.bridge_matches import load_bridge_matches
from data.store.budget_queries import YearBasis, list_measures
from data.store.database import Store
from data.store.ledger_lines import list_technology_lines
from data.store.plans import StoredPlan
from data.store.viewer import Viewer
from planning.bridge import LedgerBridge, calculate_ledger_bridge
from planning.bridge_years import LedgerYear
from planning.choice.comparison import BridgeStep, Measure, calculate_bridge
from planning.choice.scenarios import Scenario
from planning.evaluation import Evaluation, evaluate
from planning.funding.suggestion import Suggestion, suggest_allocation
from planning.model import Plan
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


def evaluate_plan(plan: Plan, as_of: date) -> Evaluation:
    """A plan that is not stored yet evaluated as a stored one is, to see what saving it would do."""
    return evaluate(plan, load_reference(), as_of)


def evaluate_stored(stored: StoredPlan, as_of: date, scenario: Scenario | None = None) -> Evaluation:
    """A stored plan, or what a scenario makes of it, evaluated with the reference data that ships with Techplan."""
    return evaluate(stored.plan, load_reference(), as_of, scenario, stored.revision_id)


def suggest_for_plan(evaluation: Evaluation) -> Suggestion:
    """Who could lawfully pay what the plan's costs lack, by the rules that ship with Techplan."""
    return suggest_allocation(evaluation, load_reference())


def explain_scenario(stored: StoredPlan, as_of: date, scenario: Scenario, measure: Measure) -> tuple[BridgeStep, ...]:
    """What each change of a scenario does to a measure of the stored plan."""
    return calculate_bridge(stored.plan, scenario, load_reference(), as_of, measure)


def load_ledger_bridge(store: Store, viewer: Viewer, evaluation: Evaluation) -> LedgerBridge | None:
    """The plan beside the budget of its first fiscal year, confirmed matches first; None without that budget."""
    column = find_ledger_column(store, viewer, evaluation.years[0])
    if column is None:
        return None
    ledger = list_technology_lines(store, viewer, column)
    return calculate_ledger_bridge(evaluation, ledger, column.fiscal_year, load_bridge_matches(store, viewer))


def load_ledger_years(store: Store, viewer: Viewer) -> tuple[LedgerYear, ...]:
    """The technology of every published year, as firmly budgeted and as spent."""
    measures = list_measures(store, viewer)
    spent = [one for one in measures if (one.unit, one.side) == (Unit.USD, Side.EXPENDITURE) and one.fiscal_year]
    years = []
    for year in sorted({one.fiscal_year for one in spent}):
        bases = {one.basis for one in spent if one.fiscal_year == year}
        budget = next((basis for basis in FIRMEST_FIRST if basis in bases and basis is not Basis.ACTUAL), None)
        budgeted, actual = (
            list_technology_lines(store, viewer, YearBasis(year, basis)) if basis in bases else None
            for basis in (budget, Basis.ACTUAL)
        )
        years.append(LedgerYear(year, budgeted, actual))
    return tuple(years)


def find_ledger_column(store: Store, viewer: Viewer, fiscal_year: str) -> YearBasis | None:
    """The firmest budget of expenditures in dollars for a year."""
    bases = {
        measure.basis
        for measure in list_measures(store, viewer)
        if (measure.fiscal_year, measure.unit, measure.side) == (fiscal_year, Unit.USD, Side.EXPENDITURE)
    }
    return next((YearBasis(fiscal_year, basis) for basis in FIRMEST_FIRST if basis in bases), None)
