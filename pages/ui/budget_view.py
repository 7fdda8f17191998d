"""The budget page's parts: what is looked at (kept in the address), the comparison, the years and the lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from data.plan_of_record import FIRMEST_FIRST
from data.store.budget_queries import BudgetLine, BudgetPivot, LinePage, Measure, VarianceRow, YearBasis
from data.store.line_filter import LineFilter
from pages.ui.charts import draw_figure
from pages.ui.tables import Cell, Link, Tag, build_trail, draw_table
from planning.budget_figures import draw_budget_by_year
from planning.money import format_dollars, format_percent
from planning.variance import FAVORABLE, name_variance
from planning.vocabulary import Basis, Side, Unit

LINES_PER_PAGE = 50
# The address carries what the screen says, so that a link reads like the page it leads to.
LEVELS = {"Fund": "fund", "Function": "function", "Object": "object", "Place": "location", "Lines": "lines"}
FILTERS = {"fund": "fund_code", "function": "function_code", "object": "object_code", "place": "location_code"}
SIDE_ORDER = (Side.EXPENDITURE, Side.REVENUE, Side.TRANSFER_OUT, Side.TRANSFER_IN, Side.FUND_BALANCE, Side.UNKNOWN)


@dataclass(frozen=True, slots=True)
class BudgetView:
    """What is looked at: a year beside another, one side, summed by one thing."""

    this: YearBasis
    other: YearBasis
    side: str
    by: str
    technology: bool
    page: int


def draw_controls(measures: Sequence[Measure]) -> BudgetView:
    """The choices, each kept in the address so that a view can be shared."""
    dollars = [measure for measure in measures if measure.unit == Unit.USD]
    sides = {name_side(side): side for side in SIDE_ORDER if side in {measure.side for measure in dollars}}
    columns = list_columns(dollars)
    labels = list(columns)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        this = st.selectbox("Year", labels, key="year", bind="query-params", width=200)
        other = st.selectbox(
            "Compared with", labels, index=min(1, len(labels) - 1), key="other", bind="query-params", width=200
        )
        side = st.segmented_control(
            "Side", list(sides), default=next(iter(sides)), required=True, key="side", bind="query-params"
        )
        by = st.segmented_control(
            "Sum by", list(LEVELS), default=next(iter(LEVELS)), required=True, key="by", bind="query-params"
        )
        technology = st.toggle("Technology only", key="technology", bind="query-params")
    page = st.query_params.get("page", "1")
    return BudgetView(
        columns[str(this)],
        columns[str(other)],
        sides[str(side)],
        str(by),
        technology,
        max(int(page), 1) if page.isdigit() else 1,
    )


def list_columns(measures: Sequence[Measure]) -> dict[str, YearBasis]:
    """The years and bases there are, the newest and firmest first, by what they are called on screen."""
    found = {YearBasis(measure.fiscal_year, measure.basis) for measure in measures}
    firmness = {str(basis): place for place, basis in enumerate(FIRMEST_FIRST)}
    last = len(firmness)
    by_firmness = sorted(found, key=lambda column: firmness.get(column.basis, last))
    newest_first = sorted(by_firmness, key=lambda column: column.fiscal_year, reverse=True)
    return {name_column(column): column for column in newest_first}


def name_column(column: YearBasis) -> str:
    """A column as a person says it: `FY2026-27 adopted`."""
    basis = column.basis if column.basis != Basis.BUDGET else "budget"
    return f"{column.fiscal_year or 'No year'} {basis.replace('_', ' ')}"


def read_filter(view: BudgetView) -> LineFilter:
    """The lines that the address and the choices ask for."""
    codes = {field: st.query_params.get(name) for name, field in FILTERS.items()}
    return LineFilter(view.this.fiscal_year, view.this.basis, side=view.side, technology_only=view.technology, **codes)


def without_year(where: LineFilter) -> LineFilter:
    """The same lines in every year and on every basis."""
    return replace(where, fiscal_year=None, basis=None)


def draw_trail(where: LineFilter) -> None:
    """What the view is narrowed to; each part leads back to the view without it."""
    chosen = [(name, getattr(where, field)) for name, field in FILTERS.items() if getattr(where, field) is not None]
    if not chosen:
        return
    links = [
        Link(f"{name.capitalize()} {code or '(none)'} ×", "budget", _address({name: None, "by": name.capitalize()}))
        for name, code in chosen
    ]
    st.html(build_trail("Narrowed to", [*links, Link("the whole budget", "budget", ())]))


def draw_variance(rows: Sequence[VarianceRow], view: BudgetView) -> None:
    """One year beside another by code; a code leads one level down."""
    down = _next_level(view.by)
    cells: list[tuple[Cell, ...]] = [
        (
            Link(row.code or "(none)", "budget", _address({view.by.lower(): row.code, "by": down})),
            row.name,
            *_list_amounts(row, view.side, symbol=number == 0),
        )
        for number, row in enumerate(rows)
    ]
    this, other = sum((row.this for row in rows), Decimal(0)), sum((row.other for row in rows), Decimal(0))
    fraction = float((this - other) / abs(other)) if other else None
    whole = VarianceRow("", "", this, other, this - other, fraction)
    headers = ["Code", view.by, name_column(view.this), name_column(view.other), "Difference", "%", "Variance"]
    caption = f"{name_side(view.side)} by {view.by.lower()}{', technology only' if view.technology else ''}"
    total: tuple[Cell, ...] = ("Total", "", *_list_amounts(whole, view.side, symbol=True))
    draw_table(caption, headers, [*cells, total], numbers=(2, 3, 4, 5), totals=1)


def draw_years(pivot: BudgetPivot, view: BudgetView) -> None:
    """The same lines over all years."""
    labels = [name_column(column) for column in pivot.columns]
    draw_figure(draw_budget_by_year(labels, pivot.totals, name_side(view.side)), key="budget_by_year", height=260)


def draw_lines(page: LinePage, view: BudgetView) -> None:
    """Some of the lines, each with the cell it came from, and the way to the others."""
    headers = ["Cell", "Account", "Fund", "Function", "Object", "Place", "Description", "Amount", "Technology"]
    cells = [_list_line(line, symbol=number == 0) for number, line in enumerate(page.lines)]
    total: tuple[Cell, ...] = (f"All {page.total_lines:,} lines", *[""] * 6, _show(page.total_amount, True), "")
    caption = f"Lines of {name_column(view.this)}, {name_side(view.side).lower()}"
    draw_table(caption, headers, [*cells, total], numbers=(7,), totals=1)
    pages = -(-page.total_lines // LINES_PER_PAGE)
    if pages > 1:
        links = [
            Link(words, "budget", _address({"page": str(number)}))
            for words, number in (("Previous", view.page - 1), ("Next", view.page + 1))
            if 1 <= number <= pages
        ]
        st.html(build_trail(f"Page {view.page} of {pages}:", links))


def _list_line(line: BudgetLine, symbol: bool) -> tuple[Cell, ...]:
    place = (("upload", line.upload_id), ("sheet", line.sheet), ("cell", line.cell))
    return (
        Link(f"{line.sheet}!{line.cell}", "budget", place),
        line.account,
        _join(line.fund_code, line.fund_name),
        _join(line.function_code, line.function_name),
        _join(line.object_code, line.object_name),
        _join(line.location_code, line.location_name),
        line.description,
        _show(line.amount, symbol),
        Tag("technology") if line.is_technology else "",
    )


def _list_amounts(row: VarianceRow, side: str, symbol: bool) -> tuple[Cell, ...]:
    word = name_variance(side, row.difference)
    return (
        _show(row.this, symbol),
        _show(row.other, symbol),
        _show(row.difference, symbol),
        "new" if row.change_fraction is None else format_percent(row.change_fraction, 1),
        Tag(word, "good" if word == FAVORABLE else "plain") if row.difference else word,
    )


def _show(amount: Decimal, symbol: bool) -> str:
    return format_dollars(amount, symbol=symbol)


def _join(code: str, name: str) -> str:
    return f"{code} {name}".strip()


def name_side(side: str) -> str:
    return {Side.EXPENDITURE: "Expenditures", Side.REVENUE: "Revenues"}.get(
        Side(side), side.replace("_", " ").capitalize()
    )


def _next_level(level: str) -> str:
    levels = list(LEVELS)
    return levels[min(levels.index(level) + 1, len(levels) - 1)]


def _address(changes: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    """The address of this view with some things changed; None takes one away; a new view starts at its first page."""
    kept = {key: value for key, value in st.query_params.to_dict().items() if key != "page"} | changes
    return tuple((key, value) for key, value in kept.items() if value is not None)
