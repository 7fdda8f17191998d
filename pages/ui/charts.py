"""Figures of `planning.figures` on the screen: the sentence, the chart, and the same numbers as a table.

Charts are plain dicts: building plotly's own objects costs ten times as much, most of it validation.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any

import plotly.io as pio
import streamlit as st

from pages.ui.messages import plain
from pages.ui.tables import Cited, Link, build_disclosure, build_table
from planning.figure import Figure, FigureKind, FigureUnit, Series, Table
from planning.money import format_short

WITHOUT_SOURCE = "#c8402f"
NOT_YET_SECURED = "#b3740e"
INVISIBLE = "rgba(0,0,0,0)"
COLOUR_OF_ROLE = {"floor": WITHOUT_SOURCE, "unfunded": WITHOUT_SOURCE, "not_yet": NOT_YET_SECURED}
PATTERN_OF_ROLE = {"unfunded": "/", "saving": ".", "not_yet": ".", "decrease": "\\"}
LINE_STYLES = (("solid", "circle"), ("dash", "diamond"), ("dot", "x"))
LONGEST_LABEL = 18
MOST_IN_A_LINE = 4
LABELS = {"textposition": "outside", "textangle": 0, "cliponaxis": False}
CONFIG = {"displayModeBar": False, "responsive": True}
NO_LINKS: Mapping[str, Link] = MappingProxyType({})


def draw_figure(figure: Figure, key: str, height: int = 280, numbers: bool = True) -> None:
    """One figure: title, message, chart, and its numbers one click away unless a table of them stands beside it."""
    st.subheader(plain(figure.title), anchor=False)
    st.write(plain(figure.sentence))
    if figure.categories and any(any(series.values) for series in figure.series):
        st.plotly_chart(build_chart(figure, height), key=key, config=CONFIG, alt=figure.alt, height=height)
        if numbers:
            st.html(build_disclosure("The same numbers as a table", build_data_table(figure.title, figure.table)))


def draw_data_table(
    caption: str, table: Table, links: Mapping[str, Link] | None = None, cited: Mapping[str, str] | None = None
) -> None:
    """A table of `planning` as it stands; names in `links` lead to their pages, sources in `cited` to their texts."""
    st.html(build_data_table(caption, table, links or {}, cited))


def build_data_table(
    caption: str, table: Table, links: Mapping[str, Link] = NO_LINKS, cited: Mapping[str, str] | None = None
) -> str:
    """A table of `planning` as HTML."""
    rows = table.list_text_rows()
    first_total = len(rows) - table.total_rows
    cells = [
        (
            links.get(row[0], row[0]) if i < first_total else row[0],
            *(Cited(text, cited) if cited else text for text in row[1:]),
        )
        for i, row in enumerate(rows)
    ]
    return build_table(caption, table.list_headers(), cells, table.list_number_columns(), table.total_rows)


def draw_big_numbers(numbers: Sequence[tuple[object, ...]]) -> None:
    """Headline numbers side by side: the name, the figure and what it is of."""
    for column, (name, value, note) in zip(st.columns(len(numbers)), numbers, strict=True):
        with column.container(border=True, gap=None):
            st.metric(plain(str(name)), plain(str(value)))
            st.caption(plain(str(note)))


def build_chart(figure: Figure, height: int) -> dict[str, Any]:
    """A plotly figure as a plain dict; where one set of bars is to be seen, each bar carries its amount."""
    if figure.kind is FigureKind.LINES:
        lines = [_build_line(series, figure, number) for number, series in enumerate(figure.series)]
        return {"data": lines, "layout": _build_layout(figure, height, sideways=False)}
    sideways = _is_sideways(figure)
    visible = [series for series in figure.series if series.role != "base"]
    labelled = len(visible) == 1 or figure.kind is FigureKind.FLOATING_BARS  # one bar at each place
    bars = [_build_bars(series, figure, sideways, labelled) for series in figure.series]
    for number, series in enumerate(visible):
        bars[figure.series.index(series)]["marker"]["color"] = _choose_colour(series, number)
        bars[figure.series.index(series)]["showlegend"] = len(visible) > 1
    return {"data": bars, "layout": _build_layout(figure, height, sideways)}


def _is_sideways(figure: Figure) -> bool:
    """Long labels stand beside their bars; under them they would be turned and cut."""
    longest = max((len(label) for label in figure.categories), default=0)
    return figure.kind is FigureKind.BARS or (figure.kind is FigureKind.STACKED_BARS and longest > LONGEST_LABEL)


def _choose_colour(series: Series, number: int) -> str:
    """The colour of a role, else the next of the theme's own, light or dark; invisible bars take none."""
    colours = _load_template()["layout"]["colorway"]
    return COLOUR_OF_ROLE.get(series.role, colours[number % len(colours)])


def _build_bars(series: Series, figure: Figure, sideways: bool, labelled: bool) -> dict[str, Any]:
    scale = 100 if figure.unit is FigureUnit.CENTS else 1
    values = [value / scale if value is not None else None for value in series.values]
    # Plotly reads names and labels as HTML.
    labels, name = [escape(label, quote=False) for label in figure.categories], escape(series.name, quote=False)
    sign = -1 if series.role == "decrease" else 1  # drawn from below, so its size alone does not say that it is less
    amounts = [format_short(sign * value) if value else "" for value in values]
    invisible = series.role == "base"
    bars = {
        "type": "bar",
        "name": name,
        "orientation": "h" if sideways else "v",
        "x": values if sideways else labels,
        "y": labels if sideways else values,
        "customdata": amounts,
        "hovertemplate": f"%{{customdata}}<extra>{name}</extra>",
        "hoverinfo": "skip" if invisible else None,
        "showlegend": False,
        "marker": {"color": INVISIBLE, "pattern": {"shape": PATTERN_OF_ROLE.get(series.role, "")}},
    }
    return bars | LABELS | {"text": amounts} if labelled and not invisible else bars


def _build_line(series: Series, figure: Figure, number: int) -> dict[str, Any]:
    """One line over the categories, each told apart by its dashes and markers and not by colour alone."""
    scale = 100 if figure.unit is FigureUnit.CENTS else 1
    dash, symbol = LINE_STYLES[number % len(LINE_STYLES)]
    name = escape(series.name, quote=False)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(figure.categories),
        "y": [value / scale for value in series.values],
        "customdata": [format_short(value / scale) if value else "$0" for value in series.values],
        "hovertemplate": f"%{{customdata}}<extra>{name}</extra>",
        "line": {"color": _choose_colour(series, number), "dash": dash, "width": 3},
        "marker": {"symbol": symbol, "size": 9},
    }


def _build_layout(figure: Figure, height: int, sideways: bool) -> dict[str, Any]:
    money_axis = {"tickprefix": "$", "exponentformat": "B", "zeroline": True, "fixedrange": True}
    label_axis = {"type": "category", "fixedrange": True, "automargin": True}
    if sideways:
        label_axis["autorange"] = "reversed"
    stacked = figure.kind in (FigureKind.STACKED_BARS, FigureKind.FLOATING_BARS)
    return {
        "barmode": "relative" if stacked else "group",
        "height": height,
        "margin": {"l": 8, "r": 64 if sideways else 8, "t": 8, "b": 8},  # room for the amount beside the longest bar
        "xaxis": money_axis if sideways else label_axis,
        "yaxis": label_axis if sideways else money_axis,
        "legend": _place_legend(figure),
        "template": _load_template(),
        "separators": ".,",
    }


def _place_legend(figure: Figure) -> dict[str, Any]:
    """A few names below the chart, many beside it."""
    if len(figure.series) > MOST_IN_A_LINE:
        return {"orientation": "v", "x": 1.01, "y": 1, "traceorder": "reversed"}
    return {"orientation": "h", "y": -0.18, "traceorder": "normal"}


@cache
def _load_template() -> dict[str, Any]:
    """Streamlit's plotly template: its placeholder colours become the theme's, light or dark, in the browser."""
    return pio.templates["streamlit"].to_plotly_json()
