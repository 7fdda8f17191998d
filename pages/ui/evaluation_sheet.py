"""The evaluation sheet of the chosen purchase: criteria, offers by weighted points, and a workbook to take away."""

from collections.abc import Sequence

import streamlit as st

from data.exports.evaluation_sheet import write_evaluation_sheet
from pages.ui.charts import draw_data_table
from pages.ui.messages import plain
from pages.ui.registers import WORKBOOK_TYPE
from planning.evaluation import Evaluation
from planning.governance import offer_review


def draw_evaluation_sheet(sheets: Sequence[offer_review.OfferReview], evaluation: Evaluation) -> None:
    """How the offers for a purchase were judged; the purchase stands in the address. Its findings stand above."""
    by_id = {sheet.record.purchase_id: sheet for sheet in sheets}
    names = sorted(by_id, key=lambda name: (not by_id[name].offers, not by_id[name].criteria))
    st.subheader("How offers are judged", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Purchase",
            names,
            format_func=lambda name: by_id[name].record.description,
            key="purchase",
            bind="query-params",
            width=360,
        )
        sheet = by_id[chosen]
        if sheet.criteria:
            st.download_button(
                "Download the evaluation sheet",
                lambda: write_evaluation_sheet(sheet, evaluation.plan.district.name, evaluation.stamp),
                f"evaluation-{chosen}.xlsx",
                WORKBOOK_TYPE,
                on_click="ignore",
            )
    st.write(plain(offer_review.describe_offers(sheet)))
    if sheet.offers:
        draw_data_table("Offers by weighted points, the best first", offer_review.tabulate_offers(sheet))
    elif sheet.criteria:
        draw_data_table("What offers will be judged by", offer_review.tabulate_criteria(sheet))
