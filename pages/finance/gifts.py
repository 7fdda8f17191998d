"""Gifts: what is offered, what it would cost, who may accept it and by which sentence of the policy."""

from datetime import date

import streamlit as st

from pages.ui.charts import draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.registers import draw_edit_link
from pages.ui.session import current_reference, require_evaluation
from planning.governance.gift_review import describe_gifts, review_gifts, tabulate_gifts, tabulate_papers

st.title("Gifts", anchor=False)
evaluation = require_evaluation()
reviews = review_gifts(evaluation, current_reference(), date.today())

st.write(plain(describe_gifts(reviews)))
if reviews:
    draw_data_table("Gifts, from the offer to the thanks", tabulate_gifts(reviews))
    draw_findings("What to look at", [finding for review in reviews for finding in review.findings])
    draw_data_table("Papers for the donors", tabulate_papers(reviews))
draw_edit_link("gifts", "policies")
