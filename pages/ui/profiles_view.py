"""What people said of the columns of files, kept for the next file laid out alike; each can be forgotten."""

import streamlit as st

from data.intake.profile import Remembered
from data.store.profiles import StoredProfile, drop_profile, list_profiles
from data.store.viewer import Viewer
from pages.ui.messages import draw_error
from pages.ui.session import open_store
from pages.ui.tables import draw_table
from planning.errors import TechplanError


def draw_profiles(viewer: Viewer) -> None:
    """Every profile of the district; nothing where there is none."""
    profiles = {stored.profile_id: stored for stored in list_profiles(open_store(), viewer)}
    if not profiles:
        return
    rows = [
        (one.file_name, _describe(one), f"{one.saved_at:%Y-%m-%d %H:%M} UTC", one.saved_by) for one in profiles.values()
    ]
    draw_table("What holds for next year's files", ["Said of", "What was said", "Kept", "By"], rows)
    with st.popover("Forget one"), st.form("forget_profile"):
        chosen = st.selectbox("Said of", list(profiles), format_func=lambda key: profiles[key].file_name)
        if st.form_submit_button("Forget it"):
            _forget(viewer, profiles[str(chosen)])


def _describe(stored: StoredProfile) -> str:
    said = [_describe_column(one) for one in stored.profile.columns]
    said += [f"{key.replace('_', ' ')}: {answer}" for key, answer in stored.profile.answers.items()]
    return "; ".join(said)


def _describe_column(one: Remembered) -> str:
    words = [str(word).replace("_", " ") for word in (one.correction.basis, one.correction.unit) if word]
    words += [f"one in a cell stands for {one.correction.scale:,}"] if one.correction.scale else []
    words += [f"fiscal year {one.year_shift:+d}"] if one.year_shift else []
    words = ["left out"] if one.correction.left_out else words
    return f"“{one.pattern.header or 'no heading'}”: {', '.join(words)}"


def _forget(viewer: Viewer, stored: StoredProfile) -> None:
    try:
        drop_profile(open_store(), viewer, stored.profile)
    except TechplanError as error:
        draw_error(error)
        return
    st.rerun()
