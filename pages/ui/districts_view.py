"""The districts of a store side by side."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.roll_up import DistrictFigures, load_roll_up
from data.store.viewer import Viewer
from pages.ui.session import open_store
from pages.ui.tables import Cell, Link, Meter, draw_table
from pages.ui.wording import count, name_column
from planning.money import format_cents, format_percent

HEADERS = [
    "District",
    "Technology in the ledger",
    "of",
    "Plan costs",
    "over",
    "Without a source",
    "Serves no goal",
    "Share",
]


def draw_roll_up(viewer: Viewer) -> Sequence[DistrictFigures]:
    """One row for each district, its name leading to its own overview, and the sum of all."""
    districts = _load(str(open_store().path), _list_revisions(viewer), viewer, date.today())
    rows = [_list_cells(one, symbol=number == 0) for number, one in enumerate(districts)]
    draw_table("Every district of this store", HEADERS, [*rows, _list_total(districts)], numbers=(1, 3, 5, 6), totals=1)
    return districts


@st.cache_resource(max_entries=8, show_spinner=False)
def _load(_store: str, revisions: tuple[tuple[str, int], ...], viewer: Viewer, as_of: date) -> tuple:
    return load_roll_up(open_store(), viewer, as_of)


def _list_revisions(viewer: Viewer) -> tuple[tuple[str, int], ...]:
    """What the figures depend on: any change in any district makes them new."""
    from data.store.districts import list_districts

    return tuple((one.district_id, one.revision) for one in list_districts(open_store(), viewer))


def _list_cells(one: DistrictFigures, symbol: bool) -> tuple[Cell, ...]:
    technology = "no budget" if one.technology_cents is None else format_cents(one.technology_cents, symbol=symbol)
    ledger = (technology, name_column(one.ledger_column) if one.ledger_column else "")
    name = Link(one.name, "overview", (("district", one.district_id),))
    if one.plan is None:
        return (name, *ledger, "no plan", "", "", "", "")
    plan = one.plan
    share = plan.nothing_cents / plan.cost_cents if plan.cost_cents > 0 else 0.0
    return (
        name,
        *ledger,
        format_cents(plan.cost_cents, symbol=symbol),
        f"{plan.first_year} to {plan.last_year}",
        format_cents(plan.gap_cents, symbol=symbol),
        format_cents(plan.nothing_cents, symbol=symbol),
        Meter(share, format_percent(share)),
    )


def _list_total(districts: Sequence[DistrictFigures]) -> tuple[Cell, ...]:
    plans = [one.plan for one in districts if one.plan]
    return (
        count(len(districts), "district"),
        format_cents(sum(one.technology_cents or 0 for one in districts), symbol=True),
        "",
        format_cents(sum(plan.cost_cents for plan in plans), symbol=True),
        "",
        format_cents(sum(plan.gap_cents for plan in plans), symbol=True),
        format_cents(sum(plan.nothing_cents for plan in plans), symbol=True),
        "",
    )
