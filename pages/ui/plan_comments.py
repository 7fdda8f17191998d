"""What people say about the plan, and the form to say something."""

from collections.abc import Sequence

import streamlit as st

from data.store.comments import LONGEST_COMMENT, Comment, add_comment
from data.store.plans import StoredPlan
from data.store.viewer import Viewer
from pages.ui.messages import draw_error
from pages.ui.session import open_store
from pages.ui.tables import draw_table
from planning.errors import TechplanError
from planning.permissions import Action, may

WHOLE_PLAN = "The whole plan"


def draw_comments(comments: Sequence[Comment], stored: StoredPlan, viewer: Viewer) -> None:
    """Every comment, newest first, and the form for those who may comment."""
    names = {item.initiative_id: item.name for item in stored.plan.initiatives}
    rows = [
        (
            f"{one.written_at:%Y-%m-%d %H:%M} UTC",
            f"{one.written_by} ({one.role.value})",
            names.get(one.initiative_id, one.initiative_id) or WHOLE_PLAN,
            one.words,
        )
        for one in comments
    ]
    if rows:
        draw_table("Comments, newest first", ["When", "By", "About", "Comment"], rows)
    else:
        st.caption("Nobody has commented on this plan yet.")
    if may(viewer.role, Action.COMMENT):
        _draw_form(names, viewer)


def _draw_form(names: dict[str, str], viewer: Viewer) -> None:
    with st.form("comment", clear_on_submit=True):
        about = st.selectbox("About", ["", *names], format_func=lambda key: names.get(key, WHOLE_PLAN))
        words = st.text_area(
            "Comment", max_chars=LONGEST_COMMENT, help="Whoever may read the plan reads it; it stays as it is written."
        )
        if st.form_submit_button("Comment"):
            _add(viewer, words, str(about))


def _add(viewer: Viewer, words: str, initiative_id: str) -> None:
    try:
        add_comment(open_store(), viewer, words, initiative_id)
    except TechplanError as error:
        draw_error(error)
        return
    st.rerun()
