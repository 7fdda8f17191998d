"""Budget: what was published, by fund, function, object or place, against another year, down to the cell of a line."""

import streamlit as st

from data.store.budget_queries import calculate_variance, list_lines, list_measures, pivot_budget
from pages.ui import budget_view
from pages.ui.receipt import draw_receipt
from pages.ui.session import current_viewer, open_store
from pages.ui.start import draw_first_steps

st.title("Budget", anchor=False)
store, viewer = open_store(), current_viewer()
measures = list_measures(store, viewer)
if not measures:
    draw_first_steps()
    st.stop()
if "cell" in st.query_params:
    draw_receipt(store, viewer)
    st.stop()

view = budget_view.draw_controls(measures)
where = budget_view.read_filter(view)
budget_view.draw_trail(where)

if view.by == "Lines":
    offset = budget_view.LINES_PER_PAGE * (view.page - 1)
    budget_view.draw_lines(list_lines(store, viewer, where, budget_view.LINES_PER_PAGE, offset), view)
    st.stop()

every_year = budget_view.without_year(where)
budget_view.draw_variance(
    calculate_variance(store, viewer, budget_view.LEVELS[view.by], view.this, view.other, every_year), view
)
budget_view.draw_years(pivot_budget(store, viewer, "side", every_year), view)
