"""The way from the sample to one's own district."""

import streamlit as st

from data.samples import SAMPLE_DISTRICT_ID
from data.store.districts import create_district
from data.store.viewer import Viewer
from pages.ui.messages import draw_error
from pages.ui.session import open_store, pick_district
from planning.errors import TechplanError


def draw_own_district(viewer: Viewer) -> None:
    """On the sample district: say so, and offer to begin one's own."""
    if viewer.district_id != SAMPLE_DISTRICT_ID:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("This is the sample district. A file published here joins its figures.")
        with st.popover("Begin your own district"), st.form("own_district"):
            name = st.text_input("Name of the district", max_chars=80)
            identifier = st.text_input("Short id, for example harlow", max_chars=64)
            if st.form_submit_button("Create it", type="primary"):
                _create(viewer, identifier.strip(), name.strip())


def _create(viewer: Viewer, identifier: str, name: str) -> None:
    try:
        created = create_district(open_store(), viewer, identifier, name, "Begun from the upload page")
    except TechplanError as error:
        draw_error(error)
        return
    if not created:
        st.error("Choose another id, or open that district.", title="There is already a district with this id.")
        return
    pick_district(identifier)
    st.rerun()
