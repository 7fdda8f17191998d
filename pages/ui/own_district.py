"""The way from the sample to one's own district."""

import re
from collections.abc import Collection

import streamlit as st

from data.samples import SAMPLE_DISTRICT_ID
from data.store.districts import create_district, list_districts
from data.store.viewer import Viewer
from pages.ui.messages import draw_error
from pages.ui.session import open_store, pick_district
from planning.editing import make_identifier
from planning.errors import InputRefused, TechplanError
from planning.permissions import Action, may


def draw_own_district(viewer: Viewer) -> None:
    """On the sample district: say so, and offer to begin one's own."""
    if viewer.district_id != SAMPLE_DISTRICT_ID:
        return
    if not may(viewer.role, Action.CREATE_DISTRICT):
        st.caption(
            "This is the sample district. A file published here joins its figures; someone in the role admin begins "
            "your own district on this page."
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("This is the sample district. A file published here joins its figures.")
        with st.popover("Begin your own district"), st.form("own_district"):
            name = st.text_input("Name of the district", max_chars=80)
            identifier = st.text_input(
                "Short id, for example harlow",
                max_chars=64,
                placeholder="made from the name where this stays empty",
                help="It stands in addresses, commands and the plan workbook, and never changes.",
            )
            if st.form_submit_button("Create it", type="primary"):
                _create(viewer, identifier.strip(), name.strip())


def propose_identifier(name: str, taken: Collection[str]) -> str:
    """A short id made from the district's name.

    >>> propose_identifier("Harlow Ridge School District", {"harlow-ridge"}), propose_identifier("District 49", ())
    ('harlow-ridge-2', 'district-49')
    """
    if not re.search(r"\w", name):
        raise InputRefused("The district has no name yet.", "Type what it is called; its id is made from that.")
    words = re.sub(r"(?i)\b(public|unified|independent|community|school|schools|district)\b", " ", name)
    short = words if re.search(r"[A-Za-z]", words) else name
    return make_identifier(short, taken)


def _create(viewer: Viewer, identifier: str, name: str) -> None:
    try:
        if not identifier:
            taken = {district.district_id for district in list_districts(open_store(), viewer)}
            identifier = propose_identifier(name, taken)
        created = create_district(open_store(), viewer, identifier, name, "Begun from the upload page")
    except TechplanError as error:
        draw_error(error)
        return
    if not created:
        st.error("Choose another id, or open that district.", title="There is already a district with this id.")
        return
    st.toast(f"{name or identifier} is begun; its short id is {identifier}.")
    pick_district(identifier)
    st.rerun()
