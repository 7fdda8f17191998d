"""Charts from plain dicts: what the theme colours, what is hatched, and what stands beside for those who cannot see."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store.viewer import Viewer
from pages.ui.charts import INVISIBLE, WITHOUT_SOURCE, build_chart, build_data_table
from pages.ui.tables import Link
from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table
from planning.permissions import Role

YEARS = ("FY2026-27", "FY2027-28")
FIRST = "#000001"  # what Streamlit puts its theme's first colour in place of, light or dark


def make_figure(*series: Series, kind: FigureKind = FigureKind.STACKED_BARS, labels: tuple[str, ...] = YEARS) -> Figure:
    columns = (Column("Name"), *(Column(label, FigureUnit.CENTS) for label in labels))
    table = Table(columns, tuple((one.name, *one.values) for one in series))
    return Figure(kind, "Title", "A sentence.", "Bars of it.", FigureUnit.CENTS, labels, series, table)


PAID = Series("Paid", "committed", (100_00, 200_00))
LACKING = Series("Without a source", "unfunded", (0, 50_00))


def test_a_chart_is_plain_data_in_dollars_with_the_themes_colours() -> None:
    paid, lacking = build_chart(make_figure(PAID, LACKING), 300)["data"]
    assert (paid["x"], paid["y"], paid["marker"]["color"]) == (list(YEARS), [100.0, 200.0], FIRST)
    assert lacking["marker"] == {"color": WITHOUT_SOURCE, "pattern": {"shape": "/"}}
    assert paid["customdata"] == ["$100", "$200"]


def test_one_set_of_bars_carries_its_amounts_and_needs_no_legend() -> None:
    [bars] = build_chart(make_figure(PAID), 300)["data"]
    assert (bars["text"], bars["showlegend"]) == (["$100", "$200"], False)
    both = build_chart(make_figure(PAID, LACKING), 300)["data"]
    assert [("text" in one, one["showlegend"]) for one in both] == [(False, True), (False, True)]


def test_the_base_of_floating_bars_is_not_to_be_seen_and_takes_no_colour() -> None:
    base = Series("Start", "base", (0, 10_00))
    chart = build_chart(make_figure(base, PAID, kind=FigureKind.FLOATING_BARS), 300)
    hidden, shown = chart["data"]
    assert (hidden["marker"]["color"], hidden["showlegend"], hidden["hoverinfo"]) == (INVISIBLE, False, "skip")
    assert (shown["marker"]["color"], shown["text"]) == (FIRST, ["$100", "$200"])
    assert chart["layout"]["barmode"] == "relative"


def test_long_labels_stand_beside_their_bars_and_many_names_beside_the_chart() -> None:
    long = build_chart(make_figure(PAID, LACKING, labels=("Detection and response", "Wi-Fi")), 300)
    assert long["data"][0]["orientation"] == "h"
    assert long["layout"]["yaxis"]["autorange"] == "reversed"
    many = build_chart(make_figure(*[Series(f"Source {n}", f"s{n}", (1, 2)) for n in range(5)]), 300)
    assert many["layout"]["legend"]["orientation"] == "v"


def test_names_and_labels_are_text_to_plotly_which_reads_html() -> None:
    attack = '<a href="http://192.0.2.1">free</a>'
    chart = build_chart(make_figure(Series(attack, "committed", (1,)), labels=(attack,)), 300)
    assert "<a" not in str(chart["data"][0])


@pytest.mark.parametrize(("position", "total_rows", "linked"), [(0, 1, True), (1, 1, False)])
def test_a_name_leads_to_its_page_unless_it_is_a_total(
    monkeypatch: pytest.MonkeyPatch, position: int, total_rows: int, linked: bool
) -> None:
    monkeypatch.setattr("pages.ui.tables.current_viewer", lambda: Viewer("tests", Role.VIEWER, "north"))
    rows = [("Other", 1), ("Other", 2)]
    rows[position] = ("Wi-Fi", 3)
    table = Table((Column("Name"), Column("Cost", FigureUnit.CENTS)), tuple(rows), total_rows)
    html = build_data_table("Cost", table, {"Wi-Fi": Link("Wi-Fi", "initiatives", (("initiative", "wifi"),))})
    assert ('<a href="/initiatives?initiative=wifi&amp;district=north">Wi-Fi</a>' in html) is linked


def draw_all() -> None:
    from pages.ui.charts import draw_figure
    from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table

    table = Table((Column("Year"), Column("Paid", FigureUnit.CENTS)), (("FY2026-27", 0),))
    for number, values in enumerate(((100,), (0,))):
        series = (Series("Paid", "committed", values),)
        draw_figure(
            Figure(FigureKind.BARS, "Paid", "A sentence.", "In words.", FigureUnit.CENTS, ("a",), series, table),
            key=str(number),
            numbers=number == 0,
        )


def test_a_figure_has_its_sentence_its_words_and_its_numbers_and_no_empty_chart() -> None:
    drawn = AppTest.from_function(draw_all, default_timeout=30).run()
    assert [one.value for one in drawn.markdown] == ["A sentence\\.", "A sentence\\."]
    [chart] = drawn.get("plotly_chart")
    assert chart.proto.alt == "In words."
    [html] = drawn.get("html")
    assert "<caption>Paid</caption>" in html.proto.body


def test_a_floating_bar_that_is_less_says_so_in_parentheses() -> None:
    whole, less = Series("In all", "value", (100_00, 0)), Series("Less", "decrease", (0, 20_00))
    data = build_chart(make_figure(whole, less, kind=FigureKind.FLOATING_BARS), 300)["data"]
    assert [bars["text"] for bars in data] == [["$100", ""], ["", "($20)"]]
    assert [bars["showlegend"] for bars in data] == [True, True]
