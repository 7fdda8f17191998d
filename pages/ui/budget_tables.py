"""The budget page's tables: a year beside another, all years, why lines are technology, and the lines themselves."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from data.store.budget_queries import BudgetGroup, BudgetLine, BudgetPivot, LinePage, VarianceRow
from pages.ui.budget_view import BudgetView, make_address, next_level
from pages.ui.charts import draw_figure
from pages.ui.tables import Cell, Code, Link, Tag, build_trail, draw_table
from pages.ui.wording import name_column, name_side
from planning.budget_figures import draw_budget_by_year
from planning.errors import InputRefused
from planning.money import format_dollars, format_percent
from planning.variance import FAVORABLE, name_variance

LINES_PER_PAGE = 50
NO_CODE = "(none)"
ONLY_A_SUM = "sum"  # of lines that the role does not see one by one, so there is no cell to lead to
LineColumn = tuple[str, tuple[str, ...]]


def draw_variance(rows: Sequence[VarianceRow], view: BudgetView) -> None:
    """One year beside another by code, or the share of each in the whole; a code leads one level down."""
    if not rows:
        st.info("Choose another year or side, or widen what it is narrowed to.", title="No line of the budget matches")
        return
    this, other = sum((row.this for row in rows), Decimal(0)), sum((row.other for row in rows), Decimal(0))
    fraction = float((this - other) / abs(other)) if other else None
    whole = VarianceRow("Total", "", this, other, this - other, fraction)
    cells = [
        (_link_down(row.code, view), row.name, *_list_amounts(row, this, view, symbol=number == 0))
        for number, row in enumerate(rows)
    ]
    total = ("Total", "", *_list_amounts(whole, this, view, symbol=True))
    draw_table(_name_table(view, f"by {view.by.lower()}"), _list_headers(view), [*cells, total], (2, 3, 4, 5), totals=1)


def draw_years(pivot: BudgetPivot, view: BudgetView) -> None:
    """The same lines in every year there is, as a chart of the totals and a table of the codes."""
    if len(pivot.columns) < 2:
        return
    labels = [name_column(column) for column in pivot.columns]
    figure = draw_budget_by_year(labels, pivot.totals, name_side(view.side))
    draw_figure(figure, key="budget_by_year", height=240, numbers=False)
    rows = [
        (_link_down(row.code, view), row.name, *(_show(amount, number == 0) for amount in row.amounts))
        for number, row in enumerate(pivot.rows)
    ]
    total = ("Total", "", *(_show(amount, True) for amount in pivot.totals))
    caption = _name_table(view, f"by {view.by.lower()}, every year")
    draw_table(caption, ["Code", view.by, *labels], [*rows, total], range(2, 2 + len(labels)), totals=1)


def draw_technology_rules(groups: Sequence[BudgetGroup], view: BudgetView) -> None:
    """By which rule the lines of this year count as technology."""
    if not groups:
        return
    by_amount = sorted(groups, key=lambda group: -group.amount)
    rows = [
        (group.codes[0], f"{group.lines:,}", _show(group.amount, number == 0)) for number, group in enumerate(by_amount)
    ]
    lines, amount = sum(group.lines for group in groups), sum((group.amount for group in groups), Decimal(0))
    total = ("Total", f"{lines:,}", _show(amount, True))
    headers = ["Rule", "Lines", name_column(view.this)]
    draw_table("Why these lines count as technology", headers, [*rows, total], (1, 2), totals=1)


def draw_lines(page: LinePage, view: BudgetView, narrowed: Sequence[str]) -> None:
    """Some of the lines, each with the cell it came from, and the way to the others."""
    pages = max(-(-page.total_lines // LINES_PER_PAGE), 1)
    if view.page > pages:
        raise InputRefused(f"The lines end on page {pages:,}.", "Go back to the budget and choose the lines again.")
    columns = _choose_columns(page.lines, narrowed)
    marks = [] if view.technology else ["Technology"]
    headers = ["Cell", *(header for header, _ in columns), "Amount", *marks]
    cells = [_list_line(line, columns, view, symbol=number == 0) for number, line in enumerate(page.lines)]
    total = ("Total", *[""] * len(columns), _show(page.total_amount, True), *[""] * len(marks))
    caption = _name_table(view, f"of {name_column(view.this)}: {page.total_lines:,} lines")
    draw_table(caption, headers, [*cells, total], numbers=(1 + len(columns),), totals=1)
    if pages > 1:
        _draw_pages(view.page, pages)


def _draw_pages(page: int, pages: int) -> None:
    links = [
        Link(words, "budget", make_address({"page": str(number)}))
        for words, number in (("Previous", page - 1), ("Next", page + 1))
        if 1 <= number <= pages
    ]
    st.html(build_trail(f"Page {page:,} of {pages:,}:", links))


_LINE_COLUMNS: dict[str, tuple[str, ...]] = {
    "Sheet": ("sheet",),
    "Account": ("account",),
    "Fund": ("fund_code", "fund_name"),
    "Function": ("function_code", "function_name"),
    "Object": ("object_code", "object_name"),
    "Place": ("location_code", "location_name"),
    "Vendor": ("vendor",),
    "Description": ("description",),
}


def _choose_columns(lines: Sequence[BudgetLine], narrowed: Sequence[str]) -> list[LineColumn]:
    """The columns that say something here: not what every line is narrowed to, nor what no line has."""
    return [
        (header, fields)
        for header, fields in _LINE_COLUMNS.items()
        if header.lower() not in narrowed and any(getattr(line, field) for line in lines for field in fields)
    ]


def _list_line(line: BudgetLine, columns: Sequence[LineColumn], view: BudgetView, symbol: bool) -> tuple[Cell, ...]:
    place = {"upload": line.upload_id, "sheet": line.sheet, "cell": line.cell}
    mark: Cell = Tag("technology") if line.is_technology else ""
    return (
        Link(line.cell, "budget", make_address(place)) if line.cell else ONLY_A_SUM,
        *(_list_words(line, header, fields) for header, fields in columns),
        _show(line.amount, symbol),
        *(() if view.technology else (mark,)),
    )


def _list_words(line: BudgetLine, header: str, fields: Sequence[str]) -> Cell:
    words = " ".join(filter(None, (getattr(line, field) for field in fields)))
    return Code(words) if header == "Account" else words


def _link_down(code: str, view: BudgetView) -> Link:
    return Link(code or NO_CODE, "budget", make_address({view.by.lower(): code, "by": next_level(view.by)}))


def _list_headers(view: BudgetView) -> list[str]:
    start = ["Code", view.by, name_column(view.this)]
    return [*start, name_column(view.other), "Difference", "Change", "Variance"] if view.compares else [*start, "Share"]


def _list_amounts(row: VarianceRow, whole: Decimal, view: BudgetView, symbol: bool) -> tuple[Cell, ...]:
    if not view.compares:
        return _show(row.this, symbol), format_percent(row.this / whole, 1) if whole else "—"
    word = name_variance(view.side, row.difference)
    return (
        _show(row.this, symbol),
        _show(row.other, symbol),
        _show(row.difference, symbol),
        _show_change(row),
        Tag(word, "good" if word == FAVORABLE else "plain") if row.difference else word,
    )


def _show_change(row: VarianceRow) -> str:
    if not row.difference:
        return "—"
    return "new" if row.change_fraction is None else format_percent(row.change_fraction, 1)


def _name_table(view: BudgetView, what: str) -> str:
    return f"{name_side(view.side)} {what}{', technology only' if view.technology else ''}"


def _show(amount: Decimal | None, symbol: bool) -> str:
    return "—" if amount is None else format_dollars(amount, symbol=symbol)
