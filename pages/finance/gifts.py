"""Gifts: what is offered, what it would cost, who may accept it; and what providers gave to people of the district."""

from datetime import date

import streamlit as st

from pages.ui.charts import draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.registers import draw_edit_link, draw_rules
from pages.ui.session import current_reference, require_evaluation
from planning.evaluation import Evaluation
from planning.governance import conflict_review as conflicts
from planning.governance import gift_review as gifts
from planning.reference import Reference
from planning.rule_words import list_rules


def draw_offers(evaluation: Evaluation, reference: Reference, day: date) -> None:
    """Gifts to the district, from the offer to the thanks."""
    reviews = gifts.review_gifts(evaluation, reference, day)
    st.write(plain(gifts.describe_gifts(reviews)))
    if reviews:
        draw_data_table("Gifts, from the offer to the thanks", gifts.tabulate_gifts(reviews))
        draw_findings("What to look at", [finding for review in reviews for finding in review.findings])
        draw_data_table("Papers for the donors", gifts.tabulate_papers(reviews), cited=reference.list_links())
        rules = list_rules({**gifts.SCREENING_RULES, **gifts.PAPER_RULES}, reference, day)
        draw_rules("Rules for gifts to the district", rules)


def draw_conflicts(evaluation: Evaluation, reference: Reference, day: date) -> None:
    """What providers gave to people of the district, and the interests people declared."""
    review = conflicts.review_conflicts(evaluation.plan, reference, day)
    st.subheader("Gifts to employees and interests", anchor=False)
    st.write(plain(conflicts.describe_conflicts(review)))
    if review.entries:
        draw_findings("What to look at in the log", review.findings)
        draw_data_table("What each person kept from each provider", conflicts.tabulate_gift_sums(review, reference))
        draw_data_table("Log of gifts and interests", conflicts.tabulate_conflicts(review))
    draw_rules("Rules for gifts to employees and interests", review.rules)


st.title("Gifts", anchor=False)
for draw_part in (draw_offers, draw_conflicts):
    draw_part(require_evaluation(), current_reference(), date.today())
draw_edit_link("gifts", "conflicts", "policies")
