"""What saving would do, and saving it: faults first, then rows and dollars, then both values of what others changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.plan_of_record import evaluate_plan
from data.store.plan_edits import save_rows
from data.store.plans import StoredPlan
from data.workbooks.columns import SheetLayout
from data.workbooks.comparison import list_open_conflicts
from data.workbooks.entry import name_entry, name_place
from pages.ui.messages import draw_error, plain
from pages.ui.plan_draft import Draft, forget_draft
from pages.ui.revision_rows import draw_changes, draw_conflicts, draw_consequences
from pages.ui.session import current_evaluation, current_viewer, open_store
from pages.ui.tables import Tag, draw_table
from planning.editing import complete_deletions
from planning.errors import InputRefused, TechplanError
from planning.findings import Finding
from planning.model import Plan
from planning.revisions.diff import RowChange, apply_changes, list_row_changes
from planning.revisions.merge import RowsChanged, Split, settle_conflicts, split_changes
from planning.revisions.rows import RowKey
from planning.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Pending:
    """The unsaved edits of a section as changes: on the plan as it is now, in conflict, and brought along by others."""

    split: Split
    along: tuple[RowKey, ...]
    wanted: Plan


def draw_saving(
    layout: SheetLayout,
    draft: Draft,
    current: StoredPlan,
    typed: tuple[Plan | None, tuple[Finding, ...]],
    is_sent: bool,
) -> None:
    """Everything under the table or form: what is wrong with it, what it changes, and the buttons."""
    plan, findings = typed
    _draw_findings(layout, draft, findings)
    if plan is None:
        _draw_buttons(layout, draft, current, is_sent, None)
        return
    pending = _find_pending(draft, current, plan)
    if not pending.split.changes and not pending.split.conflicts:
        if is_sent:
            st.toast("Nothing to save: the plan says so already.")
        if draft.seen.revision_id != current.revision_id:
            _draw_gone_on(current, "This form shows it as it was.")
            st.button("Show the plan as it is now", on_click=forget_draft, args=(layout, current))
        return
    _draw_pending(pending, draft, current)
    _draw_buttons(layout, draft, current, is_sent, pending)


def _find_pending(draft: Draft, current: StoredPlan, plan: Plan) -> Pending:
    wanted = list_row_changes(draft.seen.plan, plan)
    complete = complete_deletions(draft.seen.plan, wanted)
    asked = {change.key for change in wanted}
    return Pending(split_changes(current.plan, complete), tuple(c.key for c in complete if c.key not in asked), plan)


def _draw_findings(layout: SheetLayout, draft: Draft, findings: Sequence[Finding]) -> None:
    names = {name_place(number): name_entry(layout, entry) for number, entry in enumerate(draft.typed, start=1)}
    rows = [
        (
            _locate(one.cell, names),
            Tag(one.severity, "bad" if one.severity is Severity.ERROR else "plain"),
            one.message,
            one.fix,
        )
        for one in findings
    ]
    if rows:
        draw_table("What the rows need or say", ["Where", "Severity", "What", "How to mend it"], rows)


def _locate(cell: str, names: dict[str, str]) -> str:
    """Where a fault is, with what its row is called: the table on the screen has no row numbers."""
    place, _, column = cell.partition(": ")
    return f"{names[place]}: {column}" if column and names.get(place) else cell or "—"


def _draw_pending(pending: Pending, draft: Draft, current: StoredPlan) -> None:
    changes, conflicts = pending.split
    if draft.seen.revision_id != current.revision_id:
        _draw_gone_on(current, "What it changed stays; your rows come on top.")
    if conflicts:
        st.warning("Choose for each, then save.", title="Somebody else changed the same rows")
        by = f"In the plan now, by {current.revision.saved_by}"
        key = f"choice_{draft.section}_{draft.generation}_{current.revision.number}"
        draft.choices = dict(draw_conflicts(conflicts, by, "Yours", key))
    settled = (*changes, *settle_conflicts(conflicts, draft.choices))
    if settled:
        draw_changes("What saving changes", settled, pending.along)
        after = evaluate_plan(apply_changes(current.plan, settled), date.today())
        draw_consequences(current_evaluation(), after)


def _draw_gone_on(current: StoredPlan, words: str) -> None:
    by = f"{current.revision.saved_by} saved revision {current.revision.number} since you began."
    st.info(plain(f"{by} {words}"), title="The plan has gone on")


def _draw_buttons(
    layout: SheetLayout, draft: Draft, current: StoredPlan, is_sent: bool, pending: Pending | None
) -> None:
    key = f"{draft.section}_{draft.generation}"
    agreed = True
    if pending and pending.along:
        agreed = st.checkbox("The rows that go along may go too", key=f"along_{key}")
    reason = st.text_input("Reason, for the audit trail", value=f"{layout.name} edited", key=f"reason_{key}")
    with st.container(horizontal=True):
        clicked = st.button("Save", type="primary", key=f"save_{key}")
        st.button("Discard", on_click=forget_draft, args=(layout, current), key=f"discard_{key}")
    if clicked or is_sent:
        try:
            _save(layout, draft, current, pending, reason, agreed)
        except TechplanError as error:
            draw_error(error)


def _save(
    layout: SheetLayout, draft: Draft, current: StoredPlan, pending: Pending | None, reason: str, agreed: bool
) -> None:
    if pending is None:
        raise InputRefused("Nothing was saved: some cells cannot be taken.", "Mend what is listed, then save again.")
    if not agreed:
        raise InputRefused(
            "Nothing was saved: other rows name what you take out.", "Tick that they may go too, or put it back."
        )
    if open_conflicts := list_open_conflicts(pending.split, draft.choices):
        raise RowsChanged(open_conflicts)
    changes: tuple[RowChange, ...] = (
        *pending.split.changes,
        *settle_conflicts(pending.split.conflicts, draft.choices),
    )
    saved = save_rows(open_store(), current_viewer(), changes, reason, like=pending.wanted)
    forget_draft(layout, current)
    st.toast("The plan says so already." if saved.already else f"Saved as revision {saved.number}.")
    st.rerun()
