"""The plan of record beside the ledger: which budget of the year it is laid on, and that nothing is lost."""

from datetime import date

import pytest

from data.plan_of_record import FIRMEST_FIRST, evaluate_stored, find_ledger_column, load_ledger_bridge
from data.reference import load_reference
from data.samples.plan import build_sample_plan
from data.store.budget_queries import YearBasis, technology_by_account
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.plans import StoredPlan, load_plan, save_plan
from data.store.viewer import Viewer
from planning.money import to_cents
from planning.permissions import Role
from planning.vocabulary import Basis, Side, Unit
from tests.data.store.readings import make_reading, make_table

VIEWER = Viewer("tests", Role.ADMIN, "sample")
YEAR = "FY2026-27"
LINES = [
    (
        {"fund_code": "10", "function_code": "2580", "object_code": "530", "technology_rule": "function 2580"},
        {"D": 247_600.005, "E": 200_000.0},
    ),
    ({"fund_code": "10", "function_code": "1000", "object_code": "100"}, {"D": 9_000_000.0, "E": 8_000_000.0}),
]


@pytest.fixture
def store() -> Store:
    return Store(":memory:")


@pytest.fixture
def stored(store: Store) -> StoredPlan:
    save_plan(store, VIEWER, build_sample_plan())
    found = load_plan(store, VIEWER)
    assert found
    return found


def publish(store: Store, *columns: tuple[str, Basis, Side, Unit]) -> None:
    """A budget with a column for each meaning, every amount of it in column D or E."""
    letters = dict(zip("DE", columns, strict=False))
    meanings = {
        letter: {"fiscal_year": year, "basis": basis, "side": side, "unit": unit}
        for letter, (year, basis, side, unit) in letters.items()
    }
    publish_reading(store, VIEWER, make_reading(make_table(LINES, meanings)))


def test_an_evaluation_carries_its_revision_and_the_reference_that_ships(store: Store, stored: StoredPlan) -> None:
    evaluation = evaluate_stored(stored, date(2026, 12, 8))
    assert evaluation.stamp.plan_revision == stored.revision_id
    assert evaluation.stamp.reference_version == load_reference().version
    assert evaluation.plan == stored.plan


def test_without_a_budget_of_its_first_year_there_is_no_bridge(store: Store, stored: StoredPlan) -> None:
    evaluation = evaluate_stored(stored, date(2026, 12, 8))
    assert load_ledger_bridge(store, VIEWER, evaluation) is None
    publish(store, ("FY2025-26", Basis.ADOPTED, Side.EXPENDITURE, Unit.USD))
    assert load_ledger_bridge(store, VIEWER, evaluation) is None


def test_the_bridge_holds_the_technology_of_the_firmest_budget_to_the_cent(store: Store, stored: StoredPlan) -> None:
    usd = (Side.EXPENDITURE, Unit.USD)
    publish(store, (YEAR, Basis.ADOPTED, *usd), (YEAR, Basis.PROPOSED, *usd))
    bridge = load_ledger_bridge(store, VIEWER, evaluate_stored(stored, date(2026, 12, 8)))
    assert bridge and bridge.fiscal_year == YEAR
    amounts = technology_by_account(store, VIEWER, YEAR, Basis.ADOPTED)
    assert bridge.ledger_cents == sum(to_cents(item.amount) for item in amounts) == 247_600_01
    assert bridge.explained_cents + bridge.unexplained_cents == bridge.ledger_cents


@pytest.mark.parametrize(
    ("columns", "basis"),
    [
        (((YEAR, Basis.PROPOSED, Side.EXPENDITURE, Unit.USD), (YEAR, Basis.ADOPTED, Side.EXPENDITURE, Unit.USD)),
         Basis.ADOPTED),
        (((YEAR, Basis.ADOPTED, Side.EXPENDITURE, Unit.USD), (YEAR, Basis.REVISED, Side.EXPENDITURE, Unit.USD)),
         Basis.REVISED),
        (((YEAR, Basis.ACTUAL, Side.EXPENDITURE, Unit.USD), (YEAR, Basis.REQUESTED, Side.EXPENDITURE, Unit.USD)),
         Basis.REQUESTED),
        (((YEAR, Basis.ADOPTED, Side.REVENUE, Unit.USD), (YEAR, Basis.PROPOSED, Side.EXPENDITURE, Unit.USD)),
         Basis.PROPOSED),
        (((YEAR, Basis.ADOPTED, Side.EXPENDITURE, Unit.FTE), (YEAR, Basis.PROPOSED, Side.EXPENDITURE, Unit.USD)),
         Basis.PROPOSED),
    ],
)  # fmt: skip
def test_the_firmest_budget_of_expenditures_in_dollars_is_chosen(
    store: Store, columns: tuple[tuple[str, Basis, Side, Unit], ...], basis: Basis
) -> None:
    publish(store, *columns)
    assert find_ledger_column(store, VIEWER, YEAR) == YearBasis(YEAR, basis)


def test_spent_and_left_of_a_year_are_never_taken_for_its_budget(store: Store) -> None:
    part = {Basis.YEAR_TO_DATE, Basis.ENCUMBERED, Basis.AVAILABLE, Basis.PLANNED}
    assert set(FIRMEST_FIRST) == set(Basis) - part and len(FIRMEST_FIRST) == len(set(FIRMEST_FIRST))
    publish(store, *((YEAR, basis, Side.EXPENDITURE, Unit.USD) for basis in (Basis.YEAR_TO_DATE, Basis.ENCUMBERED)))
    assert find_ledger_column(store, VIEWER, YEAR) is None
