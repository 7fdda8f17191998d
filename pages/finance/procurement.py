"""Procurement: how each thing must be bought by which rule, how offers were judged, what files lack, and when."""

from datetime import date

import streamlit as st

from pages.ui.charts import draw_data_table
from pages.ui.evaluation_sheet import draw_evaluation_sheet
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.registers import draw_edit_link, draw_rules
from pages.ui.session import current_reference, require_evaluation
from planning.governance import accessibility
from planning.governance import purchase_review as review
from planning.governance.purchase_files import tabulate_files
from planning.rule_words import list_rules

st.title("Procurement", anchor=False)
evaluation, reference, today = require_evaluation(), current_reference(), date.today()
reviews, cited = review.review_purchases(evaluation.plan, reference, today), reference.list_links()

st.write(plain(review.describe_purchases(reviews)))
if reviews:
    draw_data_table("Purchases, with the strictest rule", review.tabulate_purchases(reviews), cited=cited)
    draw_findings("What to look at", list(dict.fromkeys(finding for one in reviews for finding in one.findings)))
    draw_evaluation_sheet([one.sheet for one in reviews], evaluation)
    files = tabulate_files([one.file for one in reviews])
    if files.rows:
        draw_data_table("What the files of purchases without competition must hold", files, cited=cited)
    draw_data_table("Calendar: the last day of each step", review.tabulate_calendar(reviews), cited=cited)
    district = evaluation.plan.district
    st.write(plain(accessibility.describe_web_accessibility(district, reference)))
    rules = list_rules(review.PURCHASE_RULES, reference, today)
    draw_rules("Rules that were looked at", (*rules, *accessibility.list_web_accessibility_rules(district, reference)))
draw_edit_link("purchases", "criteria", "offers", "offer_scores", "purchase_papers", "policies", "meetings")
