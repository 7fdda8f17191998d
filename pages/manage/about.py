"""About: the version, where the store and the log are, and what is kept."""

import streamlit as st

from data.settings import load_settings
from data.store.districts import load_district
from pages.ui.session import current_viewer, open_store
from techplan import read_version

viewer = current_viewer()
district = load_district(open_store(), viewer)
settings = load_settings()

st.title("About this Techplan")
st.write("Version, places and people, for whoever keeps this installation.")
with st.container(border=True):
    st.subheader("Program")
    st.text(f"Techplan {read_version()}")
    st.text(f"Acting as {settings.actor}, role {viewer.role.value}")
with st.container(border=True):
    st.subheader("District")
    st.text(f"{district.name}, {district.revision} recorded changes" if district else "No district in this store yet.")
with st.container(border=True):
    st.subheader("Files")
    st.text(f"Store: {settings.store}")
    st.text(f"Log: {settings.log}")
