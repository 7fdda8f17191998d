"""What is done to the plan at one stroke: undo, duplicate, archive; each is a revision of its own."""

from collections.abc import Callable, Sequence

import streamlit as st

from data.store.plan_edits import return_to_revision, save_rows
from data.store.plans import PlanRevision, StoredPlan
from pages.ui.messages import draw_error, plain
from pages.ui.session import current_viewer, open_store
from planning.editing import archive_initiative, duplicate_initiative, duplicate_row
from planning.errors import TechplanError
from planning.revisions.diff import RowChange
from planning.revisions.rows import KEY_FIELDS, RowKey, list_rows

DUPLICABLE = tuple(section for section, fields in KEY_FIELDS.items() if len(fields) == 1)


def draw_undo(revisions: Sequence[PlanRevision]) -> None:
    """Back to the revision before the last, as a new one."""
    if len(revisions) < 2:
        return
    last, former = revisions[:2]
    with st.popover("Undo"):
        st.write(
            plain(
                f"Revision {last.number} by {last.saved_by}: {last.reason or 'no reason given'}. Undoing it saves the "
                f"plan of revision {former.number} as a new revision; nothing is lost."
            )
        )
        if st.button(f"Undo revision {last.number}", key=f"undo_{last.number}"):
            reason = f"Undo of revision {last.number}: {last.reason}"
            _do(
                lambda: return_to_revision(open_store(), current_viewer(), former.revision_id, last.revision_id, reason)
            )


def draw_row_actions(section: str, stored: StoredPlan) -> None:
    """Copy a row of the stored plan, or archive an initiative."""
    names = [key.names[0] for key in list_rows(stored.plan) if key.section == section and key.names]
    if section not in DUPLICABLE or not names:
        return
    with st.popover("Duplicate, archive" if section == "initiatives" else "Duplicate"):
        chosen = st.selectbox("Row", names, key=f"action_{section}")
        if st.button("Duplicate it", key=f"duplicate_{section}"):
            _save(_duplicate(stored, section, chosen), f"{chosen} duplicated")
        if section == "initiatives":
            _draw_archive(stored, chosen)


def _draw_archive(stored: StoredPlan, initiative_id: str) -> None:
    item = next(one for one in stored.plan.initiatives if one.initiative_id == initiative_id)
    word = "Take it out of the archive" if item.archived else "Archive it"
    st.caption("A copy has the costs and goals, not the money, and is not in the base plan. What is archived is kept, and no total counts it.")  # fmt: skip # noqa: E501
    if st.button(word, key="archive"):
        change = archive_initiative(stored.plan, initiative_id, archived=not item.archived)
        _save([change], f"{initiative_id} {'taken out of the archive' if item.archived else 'archived'}")


def _duplicate(stored: StoredPlan, section: str, name: str) -> Sequence[RowChange]:
    if section == "initiatives":
        return duplicate_initiative(stored.plan, name)
    return [duplicate_row(stored.plan, RowKey(section, (name,)))]


def _save(changes: Sequence[RowChange], reason: str) -> None:
    _do(lambda: save_rows(open_store(), current_viewer(), changes, reason))


def _do(work: Callable[[], PlanRevision]) -> None:
    try:
        saved = work()
    except TechplanError as error:
        draw_error(error)
        return
    st.toast(f"Saved as revision {saved.number}.")
    st.rerun()
