"""Procurement: how each thing must be bought, by which rule, and the calendar planned back from when it is needed."""

from datetime import date

import streamlit as st

from pages.ui.charts import draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.registers import draw_edit_link
from pages.ui.session import current_reference, require_evaluation
from planning.governance import purchase_review as review

st.title("Procurement", anchor=False)
plan = require_evaluation().plan
reviews = review.review_purchases(plan, current_reference(), date.today())

st.write(plain(review.describe_purchases(reviews)))
if reviews:
    draw_data_table("Purchases, with the strictest rule", review.tabulate_purchases(reviews))
    draw_findings("What to look at", list(dict.fromkeys(finding for one in reviews for finding in one.findings)))
    draw_data_table("Calendar: the last day of each step", review.tabulate_calendar(reviews))
draw_edit_link("purchases", "policies", "meetings")
