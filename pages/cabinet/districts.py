"""Districts: every district of the store side by side, for a service centre."""

import streamlit as st

from pages.ui.districts_view import draw_roll_up
from pages.ui.session import current_viewer

st.title("Districts", anchor=False)
st.write(
    "Each row is what the district's own pages show; nothing of one district is seen by those who may see only another."
)
districts = draw_roll_up(current_viewer())
if len(districts) == 1:
    st.caption("This store keeps one district. Another one begins on the page Upload, or with import --district.")
elif len({one.plan and (one.plan.first_year, one.plan.last_year) for one in districts if one.plan}) > 1:
    st.caption("The plans cover different years, so their sums are of different years too.")
