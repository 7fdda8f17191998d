"""Backups and records: copies that verify, files taken out whole, holds, and how long records are kept."""

import streamlit as st

from pages.ui.backups import draw_backup_actions, draw_backups
from pages.ui.records import draw_holds, draw_removal, draw_retention
from pages.ui.session import current_viewer
from planning.permissions import Action

st.title("Backups and records", anchor=False)
viewer = current_viewer()
viewer.check_may(Action.BACK_UP)
draw_backups(viewer)
draw_backup_actions(viewer)

st.subheader("A file loaded by mistake", anchor=False)
draw_removal(viewer)
draw_holds(viewer)
draw_retention(viewer)
