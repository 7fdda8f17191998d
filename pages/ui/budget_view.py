"""What the budget page looks at, kept in the address: two years, a side, a sum, and what it is narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from data.plan_of_record import FIRMEST_FIRST
from data.store.budget_queries import Measure, YearBasis, summarise_budget
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from pages.ui.tables import Link, build_trail
from pages.ui.wording import join_code, name_column, name_side
from planning.vocabulary import Side, Unit

# The address carries what the screen says, so that a link reads like the page it leads to.
LEVELS = {"Fund": "fund", "Function": "function", "Object": "object", "Place": "location", "Lines": "lines"}
FILTERS = {"fund": "fund_code", "function": "function_code", "object": "object_code", "place": "location_code"}
RECEIPT = ("upload", "sheet", "cell")
SIDE_ORDER = (
    Side.EXPENDITURE,
    Side.REVENUE,
    Side.TRANSFER_OUT,
    Side.TRANSFER_IN,
    Side.FUND_BALANCE,
    Side.BALANCE_SHEET,
    Side.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class BudgetView:
    """What is looked at: a year beside another, one side, summed by one thing."""

    this: YearBasis
    other: YearBasis
    side: str
    by: str
    technology: bool
    page: int

    @property
    def compares(self) -> bool:
        return self.this != self.other


def draw_controls(measures: Sequence[Measure]) -> BudgetView:
    """The choices among what there is in dollars, each kept in the address so that a view can be shared."""
    sides = {name_side(side): side for side in SIDE_ORDER if side in {measure.side for measure in measures}}
    with st.container(horizontal=True, vertical_alignment="bottom", key="budget_controls"):
        side = st.segmented_control(
            "Side", list(sides), default=next(iter(sides)), required=True, key="side", bind="query-params"
        )
        columns = list_columns([measure for measure in measures if measure.side == sides[str(side)]])
        labels = list(columns)
        this = st.selectbox("Year", labels, key="year", bind="query-params", width=200)
        other = st.selectbox(
            "Compared with", labels, index=min(1, len(labels) - 1), key="other", bind="query-params", width=200
        )
        by = st.segmented_control(
            "Sum by", list(LEVELS), default=next(iter(LEVELS)), required=True, key="by", bind="query-params"
        )
        technology = st.toggle("Technology only", key="technology", bind="query-params")
    return BudgetView(columns[str(this)], columns[str(other)], sides[str(side)], str(by), technology, _read_page())


def _read_page() -> int:
    page = st.query_params.get("page", "1")
    return max(int(page), 1) if page.isdecimal() else 1


def list_dollars(measures: Sequence[Measure]) -> list[Measure]:
    """What is counted in dollars: staff and pupils are never added up with money."""
    return [measure for measure in measures if measure.unit == Unit.USD]


def list_columns(measures: Sequence[Measure]) -> dict[str, YearBasis]:
    """The years and bases there are, the newest and firmest first, by what they are called on screen."""
    found = {YearBasis(measure.fiscal_year, measure.basis) for measure in measures}
    firmness = {str(basis): place for place, basis in enumerate(FIRMEST_FIRST)}
    last = len(firmness)
    by_firmness = sorted(found, key=lambda column: firmness.get(column.basis, last))
    newest_first = sorted(by_firmness, key=lambda column: column.fiscal_year, reverse=True)
    return {name_column(column): column for column in newest_first}


def read_filter(view: BudgetView) -> LineFilter:
    """The lines that the address and the choices ask for."""
    codes = {field: st.query_params.get(name) for name, field in FILTERS.items()}
    return LineFilter(view.this.fiscal_year, view.this.basis, side=view.side, technology_only=view.technology, **codes)


def without_year(where: LineFilter) -> LineFilter:
    """The same lines in every year and on every basis."""
    return replace(where, fiscal_year=None, basis=None)


def list_narrowed(where: LineFilter) -> dict[str, str]:
    """What the view is narrowed to: the name in the address with its code."""
    codes = {name: getattr(where, field) for name, field in FILTERS.items()}
    return {name: code for name, code in codes.items() if code is not None}


def draw_trail(store: Store, viewer: Viewer, where: LineFilter) -> None:
    """What the view is narrowed to, in words; each part leads back to the view without it."""
    narrowed = list_narrowed(where)
    if not narrowed:
        return
    groups = summarise_budget(store, viewer, [LEVELS[name.capitalize()] for name in narrowed], without_year(where))
    names = groups[0].names if groups else ("",) * len(narrowed)
    links = [
        Link(
            f"{name.capitalize()} {join_code(code, full_name) or '(none)'} ×",
            "budget",
            make_address({name: None, "by": name.capitalize()}),
        )
        for (name, code), full_name in zip(narrowed.items(), names, strict=True)
    ]
    whole = Link("the whole budget", "budget", make_address({**dict.fromkeys(FILTERS), "by": next(iter(LEVELS))}))
    st.html(build_trail("Narrowed to", [*links, whole]))


def next_level(level: str) -> str:
    """What a code leads down to."""
    levels = list(LEVELS)
    return levels[min(levels.index(level) + 1, len(levels) - 1)]


def make_address(changes: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    """The address of this view with some things changed; None takes one away; a new view starts at its first page."""
    dropped = {"page", *RECEIPT}
    kept = {key: value for key, value in st.query_params.to_dict().items() if key not in dropped} | changes
    return tuple((key, value) for key, value in kept.items() if value is not None)
