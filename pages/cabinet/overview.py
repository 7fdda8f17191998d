"""Overview: the plan at a glance for a cabinet at one screen: four numbers, the gap, and the initiatives."""

import streamlit as st

from pages.ui.charts import draw_big_numbers, draw_figure
from pages.ui.ledger_glance import draw_ledger_glance
from pages.ui.messages import plain
from pages.ui.plan_rows import list_overview_rows
from pages.ui.session import current_bridge, current_district_name, current_evaluation, current_viewer, open_store
from pages.ui.start import draw_first_plan, draw_first_steps
from pages.ui.tables import draw_table
from planning import figures, funding_figures

st.title(plain(current_district_name()), anchor=False)
evaluation = current_evaluation()
if evaluation is None:
    (draw_first_plan if draw_ledger_glance(open_store(), current_viewer()) else draw_first_steps)()
    st.stop()

bridge = current_bridge()
numbers = figures.draw_big_numbers(evaluation, bridge)
st.write(plain(numbers.sentence + (f" {figures.draw_ledger_bridge(bridge).sentence}" if bridge else "")))
draw_big_numbers(numbers.table.rows)

gap, initiatives = st.columns([5, 9], gap="medium")
with gap:
    draw_figure(funding_figures.draw_gap_by_year(evaluation), key="gap_by_year", height=300)
with initiatives:
    draw_table(
        "Initiatives: cost, who pays, and how well each serves the goals",
        ["Initiative", "Cost", "Secured", "Not yet secured", "Without a source", "Alignment"],
        list_overview_rows(evaluation),
        numbers=(1, 3, 4, 5),
        totals=1,
    )
