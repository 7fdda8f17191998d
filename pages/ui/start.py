"""What a page shows before there is anything to show."""

import streamlit as st


def draw_first_steps() -> None:
    """The two files that fill a district, and where they go in."""
    st.info(
        "Upload a budget workbook, then a plan workbook; every page fills itself from the two.",
        title="This district is still empty.",
    )
    st.page_link("finance/upload.py", label="Upload a budget workbook")
    st.page_link("technology/initiatives.py", label="Download the plan template and upload a plan")
