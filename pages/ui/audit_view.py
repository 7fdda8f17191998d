"""The parts of the audit page: which trail, which events, what each changed, the export and the proof."""

import io
from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.exports.audit_trail import write_audit_csv
from data.store.audit import WHOLE_STORE, AuditEvent, find_events, list_changes_of, list_events, load_head
from data.store.integrity import verify_district
from data.store.viewer import Viewer
from pages.ui.messages import plain
from pages.ui.session import open_store
from pages.ui.tables import Cell, Code, build_facts, draw_table
from pages.ui.wording import count
from planning.findings import Finding

MOST_EVENTS = 1_000_000_000
MOST_EVENTS_SHOWN, MOST_CHANGES_SHOWN, LONGEST_VALUE = 100, 4, 60
TRAILS = {"district": "This district", "store": "The store: backups, restores, drills"}
ANY = "Any"


def choose_trail(viewer: Viewer) -> Viewer:
    """The district's own trail, or the one of the store as a whole."""
    chosen = st.segmented_control(
        "Whose trail",
        list(TRAILS),
        default="district",
        format_func=TRAILS.__getitem__,
        key="trail",
        bind="query-params",
    )
    return viewer.at_district(WHOLE_STORE) if chosen == "store" else viewer


def choose_events(viewer: Viewer) -> tuple[AuditEvent, ...]:
    """The events that fit what the person asks for; all of them where they ask for nothing."""
    known = list_events(open_store(), viewer, limit=MOST_EVENTS)
    actions, actors = (sorted({part(event) for event in known}) for part in (_action_of, _actor_of))
    what, who, since, until, words = st.columns(5)
    action = what.selectbox("What", [ANY, *actions], format_func=_name_action)
    actor = who.selectbox("Who", [ANY, *actors])
    first: date | None = since.date_input("From", None)
    last: date | None = until.date_input("To", None)
    text = words.text_input("Words in the reason or the change", max_chars=100)
    if action == actor == ANY and not (first or last or text):
        return known
    return find_events(
        open_store(),
        viewer,
        "" if action == ANY else str(action),
        "" if actor == ANY else str(actor),
        first,
        last,
        text,
    )


def draw_head(viewer: Viewer) -> None:
    """How many events there are, and the hash the trail ends with."""
    number, head = load_head(open_store(), viewer)
    if number:
        st.html(build_facts([("Events", f"{number:,}"), ("Head hash: write it down elsewhere", head)]))


def draw_proof(viewer: Viewer, events: Sequence[AuditEvent]) -> None:
    """The chosen events as a file for an auditor, and the button that proves everything before the head."""
    whose = "store" if viewer.district_id == WHOLE_STORE else viewer.district_id
    with st.container(horizontal=True):
        label = f"Export {count(len(events), 'event')} as CSV"
        st.download_button(label, lambda: _write_csv(events), f"audit-{whose}.csv", "text/csv", on_click="ignore")
        verify = st.button("Verify the trail and every stored row")
    if verify:
        _draw_findings(verify_district(open_store(), viewer))


def _write_csv(events: Sequence[AuditEvent]) -> str:
    """Written when it is asked for: every change of every event takes longer than the page."""
    text = io.StringIO()
    write_audit_csv(events, text)
    return text.getvalue()


def _draw_findings(findings: Sequence[Finding]) -> None:
    for finding in findings:
        st.error(plain(finding.fix), title=plain(finding.message))
    if not findings:
        st.success("Every event, every stored row and every total is what was written.", title="Nothing was changed")


def draw_events(events: Sequence[AuditEvent]) -> None:
    """The newest of the chosen events, each with what it changed."""
    if not events:
        st.info("Choose fewer conditions.", title="No event fits")
        return
    headers = ["Event", "When (UTC)", "Who", "What", "Why", "From → to"]
    draw_table("Events, newest first", headers, [_list_cells(one) for one in events[:MOST_EVENTS_SHOWN]])
    if len(events) > MOST_EVENTS_SHOWN:
        st.caption(f"The newest {MOST_EVENTS_SHOWN} of {len(events):,} events; the export has them all.")


def _list_cells(event: AuditEvent) -> tuple[Cell, ...]:
    changes = list_changes_of(event)
    shown = [_show_change(*change) for change in changes[:MOST_CHANGES_SHOWN]]
    if len(changes) > MOST_CHANGES_SHOWN:
        shown.append(f"and {len(changes) - MOST_CHANGES_SHOWN:,} more")
    return (
        str(event.event_number),
        Code(f"{event.recorded_at:%Y-%m-%d %H:%M}"),
        f"{event.actor} ({event.role})",
        _name_action(event.action),
        event.reason,
        "; ".join(shown),
    )


def _show_change(what: str, before: str, after: str) -> str:
    values = f"{_shorten(before)} → {_shorten(after) or 'nothing'}" if before else _shorten(after)
    return f"{what.removeprefix('changes › ').replace('_', ' ')}: {values or 'nothing'}"


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _action_of(event: AuditEvent) -> str:
    return event.action


def _actor_of(event: AuditEvent) -> str:
    return event.actor


def _name_action(action: str) -> str:
    return action.replace("_", " ").capitalize()
