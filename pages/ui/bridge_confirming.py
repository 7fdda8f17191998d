"""Several suggestions of the ledger bridge confirmed at once: each is ticked, all are one event."""

import streamlit as st

from data.store.bridge_matches import save_matches
from data.store.viewer import Viewer
from pages.ui.bridge_view import Suggestion, list_suggestions, match_line, name_in_full
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from pages.ui.wording import count
from planning.bridge import BridgeLine, LedgerBridge
from planning.bridge_matching import Evidence, MatchState
from planning.errors import InputRefused, TechplanError
from planning.evaluation import Evaluation
from planning.vocabulary import CostBridge

TICK_ALL = "tick_every_line"


def list_unconfirmed(bridge: LedgerBridge) -> list[tuple[BridgeLine, Suggestion]]:
    """The lines that are counted on a suggestion alone, each with its surest one, the largest amounts first."""
    lines = [line for line in bridge.lines if not any(share.evidence is Evidence.CONFIRMED for share in line.shares)]
    found = ((line, one) for line in lines for one in list_suggestions(line)[:1] if one.is_counted)
    return sorted(found, key=lambda pair: -pair[0].ledger_cents)


def draw_confirm_several(bridge: LedgerBridge, evaluation: Evaluation, viewer: Viewer) -> None:
    """Every open suggestion with a box to tick; nothing where none is open."""
    pairs = list_unconfirmed(bridge)
    if not pairs:
        return
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    with st.expander(f"Confirm several of {count(len(pairs), 'suggestion')} at once"):
        st.caption("A confirmed line is laid to its initiative whole, and stays with it in other years.")
        every = st.checkbox("Tick every line", key=TICK_ALL)
        with st.form("confirm_several", border=False):
            ticked = [pair for pair in pairs if _draw_tick(pair, names, every)]
            reason = st.text_input("Why, for the audit trail", max_chars=300, key="why_several")
            if st.form_submit_button("Confirm what is ticked", type="primary"):
                _confirm(ticked, viewer, reason)


def _draw_tick(pair: tuple[BridgeLine, Suggestion], names: dict[str, str], every: bool) -> bool:
    line, one = pair
    word = "replaced by " if one.bridge is CostBridge.REPLACES else ""
    label = plain(f"{name_in_full(line)} → {word}{names[one.initiative_id]}, because of {one.evidence}")
    return st.checkbox(label, value=every, key=f"tick_{every}_{'_'.join(line.key)}")


def _confirm(ticked: list[tuple[BridgeLine, Suggestion]], viewer: Viewer, reason: str) -> None:
    matches = [match_line(line, one.initiative_id, MatchState.CONFIRMED, one.bridge) for line, one in ticked]
    try:
        if not matches:
            raise InputRefused("Nothing is ticked.", "Tick the lines whose initiative is right, then confirm.")
        done = save_matches(open_store(), viewer, matches, reason)
    except TechplanError as error:
        draw_error(error)
        return
    st.toast(f"{count(done, 'line')} confirmed.")
    st.rerun()
