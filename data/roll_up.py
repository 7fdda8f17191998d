"""Every district of the store side by side, for a service centre: each figure as the district's own pages show it."""

from dataclasses import dataclass
from datetime import date

from data.plan_of_record import FIRMEST_FIRST, evaluate_stored, find_ledger_column
from data.store.budget_queries import YearBasis, list_measures, technology_by_account
from data.store.database import Store
from data.store.districts import StoredDistrict, list_districts
from data.store.plans import load_plan
from data.store.viewer import Viewer
from planning.alignment.goals import calculate_money_by_goal
from planning.atoms import calculate_total
from planning.funding.balances import calculate_unfunded_by_year
from planning.money import to_cents
from planning.permissions import Action
from planning.vocabulary import Side, Unit


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """A plan over its years, in cents; `nothing_cents` serves no goal."""

    first_year: str
    last_year: str
    cost_cents: int
    gap_cents: int
    nothing_cents: int


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """One district; None where it has published no budget, or no plan."""

    district_id: str
    name: str
    ledger_column: YearBasis | None
    technology_cents: int | None
    plan: PlanFigures | None


def load_roll_up(store: Store, viewer: Viewer, as_of: date) -> tuple[DistrictFigures, ...]:
    """The figures of every district, by name. Errors: NotPermitted unless the role may read every district."""
    viewer.check_may(Action.READ_EVERY_DISTRICT)
    return tuple(
        load_district_figures(store, viewer.at_district(district.district_id), district, as_of)
        for district in list_districts(store, viewer)
    )


def load_district_figures(store: Store, viewer: Viewer, district: StoredDistrict, as_of: date) -> DistrictFigures:
    """The technology in the ledger (of the plan's first year, else of the newest budget), and the plan's figures."""
    stored = load_plan(store, viewer)
    evaluation = evaluate_stored(stored, as_of) if stored else None
    column = find_ledger_column(store, viewer, evaluation.years[0]) if evaluation else None
    column = column or _find_newest_column(store, viewer)
    accounts = technology_by_account(store, viewer, column.fiscal_year, column.basis) if column else ()
    technology = sum(to_cents(item.amount) for item in accounts) if column else None
    plan = None
    if evaluation:
        plan = PlanFigures(
            evaluation.years[0],
            evaluation.years[-1],
            calculate_total(evaluation.budgeted_atoms).cents,
            sum(total.cents for total in calculate_unfunded_by_year(evaluation).values()),
            calculate_money_by_goal(evaluation).nothing.cents,
        )
    return DistrictFigures(district.district_id, district.name, column, technology, plan)


def _find_newest_column(store: Store, viewer: Viewer) -> YearBasis | None:
    """The firmest column of expenditures in the newest year that has one."""
    spent = [one for one in list_measures(store, viewer) if (one.unit, one.side) == (Unit.USD, Side.EXPENDITURE)]
    years = sorted({one.fiscal_year for one in spent if one.fiscal_year}, reverse=True)
    for year in years:
        bases = {one.basis for one in spent if one.fiscal_year == year}
        for basis in FIRMEST_FIRST:
            if basis in bases:
                return YearBasis(year, basis)
    return None
