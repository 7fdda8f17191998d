"""Funding: who pays, who could lawfully pay what nobody does, why money may not, and what falls off or expires."""

import streamlit as st

from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.funding_views import draw_available, draw_suggestion, draw_verdicts, require_suggestion
from pages.ui.messages import plain
from pages.ui.plan_rows import link_initiatives
from pages.ui.session import require_evaluation
from planning import figures, funding_figures, funding_tables, plan_tables
from planning.evaluation import Evaluation


def draw_payers(evaluation: Evaluation) -> None:
    """Who pays by year, what has no source, and what falls off when money ends."""
    payers, gap = st.columns([1, 1], gap="medium")
    with payers:
        draw_figure(figures.draw_funding_by_year(evaluation), key="funding_by_year", height=340)
    with gap:
        draw_figure(funding_figures.draw_gap_by_initiative(evaluation), key="gap_by_initiative", height=340)
    draw_data_table(
        "What nobody pays yet, by initiative and year",
        plan_tables.tabulate_unfunded(evaluation),
        link_initiatives(evaluation),
    )
    draw_figure(figures.draw_cliffs(evaluation), key="cliffs")
    draw_data_table(
        f"Sources: money that may pay, {evaluation.years[0]} to {evaluation.years[-1]}",
        plan_tables.tabulate_sources(evaluation),
    )


VIEWS = {
    "Who pays": draw_payers,
    "Who could pay": draw_suggestion,
    "What may pay, and why not": draw_verdicts,
    "What there is": draw_available,
}

st.title("Funding", anchor=False)
plan_evaluation = require_evaluation()
st.write(plain(funding_tables.describe_suggestion(require_suggestion())))
first = next(iter(VIEWS))
chosen = st.segmented_control(
    "Look at", list(VIEWS), default=first, required=True, key="view", bind="query-params", label_visibility="collapsed"
)
VIEWS.get(chosen or first, draw_payers)(plan_evaluation)
