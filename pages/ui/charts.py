"""Figures of `planning.figures` on the screen: the sentence, the chart, and the same numbers as a table.

Charts are plain dicts: building plotly's own objects costs ten times as much, most of it validation.
"""

from functools import cache
from typing import Any

import plotly.io as pio
import streamlit as st

from pages.ui.messages import plain
from pages.ui.tables import build_disclosure, build_table
from planning.figure import Figure, FigureKind, FigureUnit, Series, Table
from planning.money import format_short

WITHOUT_SOURCE = "#c8402f"
COLOUR_OF_ROLE = {"unfunded": WITHOUT_SOURCE, "base": "rgba(0,0,0,0)"}
PATTERN_OF_ROLE = {"unfunded": "/", "saving": "."}
LONGEST_LABEL = 18
MOST_IN_A_LINE = 4
CONFIG = {"displayModeBar": False, "responsive": True}


def draw_figure(figure: Figure, key: str, height: int = 280, heading: bool = True) -> None:
    """One figure: title, message, chart, and its numbers one click away."""
    if heading:
        st.subheader(plain(figure.title), anchor=False)
    st.write(plain(figure.sentence))
    if figure.categories and any(any(series.values) for series in figure.series):
        st.plotly_chart(build_chart(figure, height), key=key, config=CONFIG, alt=figure.alt, height=height)
        st.html(build_disclosure("The same numbers as a table", build_data_table(figure.title, figure.table)))


def draw_data_table(caption: str, table: Table) -> None:
    """A table of `planning` as it stands."""
    st.html(build_data_table(caption, table))


def build_data_table(caption: str, table: Table) -> str:
    """A table of `planning` as HTML."""
    return build_table(
        caption, table.list_headers(), table.list_text_rows(), table.list_number_columns(), table.total_rows
    )


def draw_big_numbers(figure: Figure) -> None:
    """The headline numbers side by side, each with what it is of."""
    for column, (name, value, note) in zip(st.columns(len(figure.table.rows)), figure.table.rows, strict=True):
        with column.container(border=True, gap=None):
            st.metric(plain(str(name)), plain(str(value)))
            st.caption(plain(str(note)))


def build_chart(figure: Figure, height: int) -> dict[str, Any]:
    """A plotly figure as a plain dict."""
    sideways = _is_sideways(figure)
    bars = [_build_bars(series, figure, sideways) for series in figure.series]
    return {"data": bars, "layout": _build_layout(figure, height, sideways)}


def _is_sideways(figure: Figure) -> bool:
    """Long labels stand beside their bars; under them they would be turned and cut."""
    longest = max((len(label) for label in figure.categories), default=0)
    return figure.kind is FigureKind.BARS or (figure.kind is FigureKind.STACKED_BARS and longest > LONGEST_LABEL)


def _build_bars(series: Series, figure: Figure, sideways: bool) -> dict[str, Any]:
    scale = 100 if figure.unit is FigureUnit.CENTS else 1
    values = [value / scale if value is not None else None for value in series.values]
    labels = list(figure.categories)
    marker: dict[str, Any] = {"pattern": {"shape": PATTERN_OF_ROLE.get(series.role, "")}}
    if series.role in COLOUR_OF_ROLE:
        marker["color"] = COLOUR_OF_ROLE[series.role]
    text = [format_short(value) if value else "" for value in values]
    return {
        "type": "bar",
        "name": series.name,
        "orientation": "h" if sideways else "v",
        "x": values if sideways else labels,
        "y": labels if sideways else values,
        "customdata": text,
        "hovertemplate": "%{customdata}<extra>" + series.name.replace("<", "&lt;") + "</extra>",
        "hoverinfo": "skip" if series.role == "base" else None,
        "showlegend": series.role != "base" and len(figure.series) > 1,
        "marker": marker,
    }


def _build_layout(figure: Figure, height: int, sideways: bool) -> dict[str, Any]:
    money_axis = {"tickprefix": "$", "tickformat": "~s", "zeroline": True, "fixedrange": True}
    label_axis = {"type": "category", "fixedrange": True, "automargin": True}
    if sideways:
        label_axis["autorange"] = "reversed"
    stacked = figure.kind in (FigureKind.STACKED_BARS, FigureKind.FLOATING_BARS)
    return {
        "barmode": "relative" if stacked else "group",
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
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
