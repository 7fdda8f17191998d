"""One line that says what the role at the screen does not see, so that nobody takes a part for the whole."""

import streamlit as st

from data.store.line_classes import sees_only_sums
from data.store.viewer import Viewer
from pages.ui.messages import plain
from pages.ui.session import current_plan, open_store
from planning.permissions import Record, is_always_shown

LEDGER_WORDS = "Budget lines of some classes come only as sums by fund, function and object."


def draw_not_shown(viewer: Viewer) -> None:
    """What is left out of the budget and of the plan; nothing where the role sees everything."""
    stored = None if is_always_shown(Record.PLAN, viewer.role) else current_plan()
    sentences = [LEDGER_WORDS] if sees_only_sums(open_store(), viewer) else []
    sentences += [stored.hidden.describe()] if stored and stored.hidden.describe() else []
    if sentences:
        with st.container(key="not_shown"):
            st.caption(plain(" ".join(sentences)))
