"""The revisions of the plan: what each changed in rows and dollars, any two side by side, and the way back to one."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.plan_of_record import evaluate_stored
from data.store.plan_edits import return_to_revision
from data.store.plans import PlanRevision, StoredPlan, load_plan
from pages.ui.messages import draw_error, plain
from pages.ui.revision_rows import count_rows, draw_changes, draw_effect
from pages.ui.session import Snapshot, current_viewer, open_store, take_snapshot
from pages.ui.tables import Link, draw_table
from planning.errors import InputRefused, TechplanError
from planning.evaluation import Evaluation
from planning.money import format_cents
from planning.permissions import Action, may
from planning.revisions.diff import list_row_changes
from planning.revisions.effects import calculate_effect

AT_ONCE = 20


def draw_revisions(revisions: Sequence[PlanRevision]) -> None:
    """The latest revisions, each with what it changed against the one before."""
    shown = revisions[:AT_ONCE]
    if len(revisions) > AT_ONCE:
        last_page = (len(revisions) - 1) // AT_ONCE + 1
        page = st.number_input("Page, the newest first", 1, last_page, key="page", bind="query-params", width=200)
        shown = revisions[(page - 1) * AT_ONCE : page * AT_ONCE]
    number_of = {one.revision_id: one.number for one in revisions}
    headers = ["Revision", "When", "Who", "Why", "Rows", "Cost, all years", "Without a source"]
    rows = [_list_cells(one, number_of.get(one.parent_id or "")) for one in shown]
    draw_table("Every revision of the plan, the newest first", headers, rows, numbers=(4, 5, 6))
    st.caption("The amounts say what a revision added to or took from the plan; its number shows the rows.")


def _list_cells(revision: PlanRevision, parent: int | None) -> tuple[str | Link, ...]:
    snapshot, today = take_snapshot(), date.today()
    stored = require_revision(snapshot, revision.revision_id)
    former = require_revision(snapshot, revision.parent_id) if revision.parent_id else None
    after = _evaluate(snapshot, stored.revision_id, today)
    before = _evaluate(snapshot, former.revision_id, today) if former else None
    effect = calculate_effect(before, after)
    link = Link(str(revision.number), "revisions", (("from", str(parent or 0)), ("to", str(revision.number))))
    return (
        link,
        f"{revision.saved_at:%Y-%m-%d %H:%M} UTC",
        revision.saved_by,
        revision.reason or "—",
        f"{len(list_row_changes(former.plan if former else None, stored.plan)):,}",
        format_cents(effect.cost_cents, symbol=True),
        format_cents(effect.unfunded_cents, symbol=True),
    )


def draw_comparison(revisions: Sequence[PlanRevision]) -> None:
    """Two revisions side by side: the rows and the dollars that differ."""
    by_number = {one.number: one for one in revisions}
    names = {0: "Nothing, before the first"} | {one.number: _name(one) for one in revisions}
    with st.container(horizontal=True):
        first = _choose("From", "from", [*by_number, 0], names, default=max(revisions[0].number - 1, 0))
        second = _choose("To", "to", list(by_number), names, default=revisions[0].number)
    snapshot = take_snapshot()
    after = require_revision(snapshot, by_number[second].revision_id)
    before = require_revision(snapshot, by_number[first].revision_id) if first else None
    changes = list_row_changes(before.plan if before else None, after.plan)
    origin = f"revision {first}" if first else "nothing"
    st.subheader(plain(f"From {origin} to revision {second}: {count_rows(len(changes))}"), anchor=False)
    if not changes:
        st.write("Every row is the same.")
        return
    today = date.today()
    evaluated = _evaluate(snapshot, before.revision_id, today) if before else None
    draw_effect(calculate_effect(evaluated, _evaluate(snapshot, after.revision_id, today)))
    draw_changes("The rows that differ", changes)


def draw_return(revisions: Sequence[PlanRevision]) -> None:
    """Back to a former revision, saved as a new one, for those who may save the plan."""
    viewer = current_viewer()
    if len(revisions) < 2 or not may(viewer.role, Action.SAVE_PLAN):
        return
    former = {one.number: one for one in revisions[1:]}
    with st.expander("Return to a former revision"), st.form("return"):
        st.write("It is saved as a new revision; everything in between stays in this list.")
        number = st.selectbox("Revision", list(former), format_func=lambda number: _name(former[number]))
        reason = st.text_input("Reason, for the audit trail", value="Return to a former revision")
        if st.form_submit_button("Return to it"):
            try:
                saved = return_to_revision(
                    open_store(), viewer, former[number].revision_id, revisions[0].revision_id, reason
                )
            except TechplanError as error:
                draw_error(error)
                return
            st.toast("The plan is that already." if saved.already else f"Saved as revision {saved.number}.")
            st.rerun()


def _choose(label: str, key: str, options: Sequence[int], names: dict[int, str], default: int) -> int:
    """A revision, from the address where it names one."""
    named = st.query_params.get(key, "")
    chosen = int(named) if named.isdigit() and int(named) in options else default
    picked = st.selectbox(
        label, options, index=options.index(chosen), format_func=names.__getitem__, key=f"{key}_{chosen}", width=420
    )
    if picked != default:
        st.query_params[key] = str(picked)
    else:
        st.query_params.pop(key, None)  # the address of the last change goes on to mean the last change
    return picked


def _name(revision: PlanRevision) -> str:
    return f"{revision.number}: {revision.saved_at:%Y-%m-%d} {revision.saved_by}, {revision.reason or 'no reason'}"


@st.cache_resource(max_entries=128, show_spinner=False)
def require_revision(snapshot: Snapshot, revision_id: str) -> StoredPlan:
    """A revision of the plan as this role sees it."""
    stored = load_plan(open_store(), snapshot.reader, revision_id)
    if stored is None:
        raise InputRefused("The plan has no such revision.", "Choose one from the list of revisions.")
    return stored


@st.cache_resource(max_entries=128, show_spinner=False)
def _evaluate(snapshot: Snapshot, revision_id: str, as_of: date) -> Evaluation:
    return evaluate_stored(require_revision(snapshot, revision_id), as_of)
