"""What a page shows while a district has no budget, no plan, or neither."""

import streamlit as st

from pages.ui.sign_in import require_sign_in
from planning.permissions import Action, may


def draw_first_steps() -> None:
    """The two files that fill a district, and where they go in."""
    st.info(
        "Upload a budget workbook, then a plan workbook; every page fills itself from the two.",
        title="This district is still empty.",
    )
    _draw_upload_link()
    st.page_link("technology/initiatives.py", label="Download the plan template and upload a plan")


def draw_first_budget() -> None:
    """The way in for the budget."""
    st.info("Publish a budget workbook to see it here.", title="No budget in dollars has been published yet.")
    _draw_upload_link()


def draw_first_plan() -> None:
    """The way in for the plan."""
    st.info(
        "Download the plan workbook, fill it and upload it; this page then shows what it says.",
        title="This district has no plan yet.",
    )
    st.page_link("technology/initiatives.py", label="Download the plan template and upload a plan")


def _draw_upload_link() -> None:
    """The way to the upload page, for those whose role has one."""
    if may(require_sign_in().role, Action.PUBLISH_BUDGET):
        st.page_link("finance/upload.py", label="Upload a budget workbook")
    else:
        st.caption("Someone whose role may publish a budget does this.")
