"""What a page shows while a district has no budget, no plan, or neither."""

import streamlit as st


def draw_first_steps() -> None:
    """The two files that fill a district, and where they go in."""
    st.info(
        "Upload a budget workbook, then a plan workbook; every page fills itself from the two.",
        title="This district is still empty.",
    )
    st.page_link("finance/upload.py", label="Upload a budget workbook")
    st.page_link("technology/initiatives.py", label="Download the plan template and upload a plan")


def draw_first_budget() -> None:
    """The way in for the budget."""
    st.info("Publish a budget workbook to see it here.", title="No budget in dollars has been published yet.")
    st.page_link("finance/upload.py", label="Upload a budget workbook")


def draw_first_plan() -> None:
    """The way in for the plan."""
    st.info(
        "Download the plan workbook, fill it and upload it; this page then shows what it says.",
        title="This district has no plan yet.",
    )
    st.page_link("technology/initiatives.py", label="Download the plan template and upload a plan")
