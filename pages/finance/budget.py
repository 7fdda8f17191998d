"""Budget: what was published, by fund, function, object or place, against another year, down to the cell of a line."""

import streamlit as st

from data.store.budget_queries import compare_columns, list_lines, pivot_budget, summarise_budget
from pages.ui import budget_tables, budget_view
from pages.ui.receipt import draw_receipt
from pages.ui.session import current_measures, current_viewer, open_store
from pages.ui.start import draw_first_budget

st.title("Budget", anchor=False)
store, viewer = open_store(), current_viewer()
if "cell" in st.query_params:
    draw_receipt(store, viewer)
    st.stop()

measures = budget_view.list_dollars(current_measures())
if not measures:
    draw_first_budget()
    st.stop()

view = budget_view.draw_controls(measures)
where = budget_view.read_filter(view)
budget_view.draw_trail(store, viewer, where)

if view.by == "Lines":
    first = budget_tables.LINES_PER_PAGE * (view.page - 1)
    page = list_lines(store, viewer, where, budget_tables.LINES_PER_PAGE, first)
    budget_tables.draw_lines(page, view, list(budget_view.list_narrowed(where)))
    st.stop()

pivot = pivot_budget(store, viewer, budget_view.LEVELS[view.by], budget_view.without_year(where))
budget_tables.draw_variance(compare_columns(pivot, view.this, view.other), view)
if view.technology:
    budget_tables.draw_technology_rules(summarise_budget(store, viewer, "technology_rule", where), view)
budget_tables.draw_years(pivot, view)
