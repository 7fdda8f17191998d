"""What is done to the plan at one stroke: undo, duplicate, archive; each is a revision of its own."""

from collections.abc import Callable, Sequence

import streamlit as st

from data.store.plan_edits import return_to_revision, save_rows
from data.store.plans import PlanRevision, StoredPlan
from data.workbooks.columns import SheetLayout
from data.workbooks.entry import list_entries, name_entry
from pages.ui.messages import draw_error, plain
from pages.ui.plan_draft import follow_own_change
from pages.ui.session import current_viewer, open_store
from planning.editing import archive_initiative, duplicate_initiative, duplicate_row
from planning.errors import TechplanError
from planning.revisions.diff import RowChange
from planning.revisions.rows import KEY_FIELDS, RowKey, list_rows

DUPLICABLE = tuple(section for section, fields in KEY_FIELDS.items() if len(fields) == 1)


def draw_undo(layout: SheetLayout, stored: StoredPlan, revisions: Sequence[PlanRevision]) -> None:
    """Back to the revision before the last, as a new one."""
    if len(revisions) < 2:
        return
    last, former = revisions[:2]
    with st.popover("Undo"):
        st.write(
            plain(
                f"Revision {last.number} by {last.saved_by}: {last.reason or 'no reason given'}. Undoing it saves the "
                f"plan of revision {former.number} as a new revision; nothing that was saved is lost. What stands in a "
                "form and was not sent is dropped."
            )
        )
        if st.button(f"Undo revision {last.number}", key=f"undo_{last.number}"):
            reason = f"Undo of revision {last.number}: {last.reason}"
            _do(
                lambda: return_to_revision(
                    open_store(), current_viewer(), former.revision_id, last.revision_id, reason
                ),
                layout,
                stored,
            )


def draw_row_actions(layout: SheetLayout, stored: StoredPlan) -> None:
    """Copy a row of the stored plan, or archive an initiative."""
    section = layout.key
    names = _name_rows(layout, stored) if section in DUPLICABLE else {}
    if not names:
        return
    with st.popover("Duplicate, archive" if section == "initiatives" else "Duplicate"):
        chosen = st.selectbox("Row", list(names), format_func=names.__getitem__, key=f"action_{section}")
        if st.button("Duplicate it", key=f"duplicate_{section}"):
            _save(_duplicate(stored, section, chosen), f"{chosen} duplicated", layout, stored)
        if section == "initiatives":
            _draw_archive(layout, stored, chosen)


def _name_rows(layout: SheetLayout, stored: StoredPlan) -> dict[str, str]:
    """What each row is called, by its id; an archived one says so, because no other page lists it."""
    archived = {item.initiative_id for item in stored.plan.initiatives if item.archived}
    keys = [key.names[0] for key in list_rows(stored.plan) if key.section == layout.key and key.names]
    called = [name_entry(layout, entry) for entry in list_entries(layout, stored.plan)]
    put_away = archived if layout.key == "initiatives" else frozenset()
    return {key: f"{name} (archived)" if key in put_away else name for key, name in zip(keys, called, strict=True)}


def _draw_archive(layout: SheetLayout, stored: StoredPlan, initiative_id: str) -> None:
    item = next(one for one in stored.plan.initiatives if one.initiative_id == initiative_id)
    word = "Take it out of the archive" if item.archived else "Archive it"
    st.caption("A copy has the costs and goals, not the money, and is not in the base plan. What is archived is kept, and no total counts it.")  # fmt: skip # noqa: E501
    if st.button(word, key="archive"):
        change = archive_initiative(stored.plan, initiative_id, archived=not item.archived)
        done = "taken out of the archive" if item.archived else "archived"
        _save([change], f"{initiative_id} {done}", layout, stored)


def _duplicate(stored: StoredPlan, section: str, name: str) -> Sequence[RowChange]:
    if section == "initiatives":
        return duplicate_initiative(stored.plan, name)
    return [duplicate_row(stored.plan, RowKey(section, (name,)))]


def _save(changes: Sequence[RowChange], reason: str, layout: SheetLayout, stored: StoredPlan) -> None:
    _do(lambda: save_rows(open_store(), current_viewer(), changes, reason), layout, stored)


def _do(work: Callable[[], PlanRevision], layout: SheetLayout, stored: StoredPlan) -> None:
    try:
        saved = work()
    except TechplanError as error:
        draw_error(error)
        return
    follow_own_change(layout, stored)
    st.toast(f"Saved as revision {saved.number}.")
    st.rerun()
