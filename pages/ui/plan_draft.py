"""What a tab has typed into the plan and not saved: kept while other pages are looked at, for each section apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from data.store.plans import StoredPlan
from data.workbooks.columns import SheetLayout
from data.workbooks.entry import Entry, apply_table_edits, list_entries
from data.workbooks.layout import SHEET_BY_KEY
from planning.revisions.merge import Side
from planning.revisions.rows import RowKey

EDITED = "unsaved_edits"


@dataclass
class Draft:
    """`seen` is the plan that the typing began with; `given` are the rows that the table on the screen was drawn with.

    The table reports its edits as differences from what it was given, so that must stay the same while it is there.
    """

    section: str
    seen: StoredPlan
    given: list[Entry]
    typed: list[Entry]
    generation: int
    choices: dict[RowKey, Side] = field(default_factory=dict)
    is_sent: bool = False

    @property
    def table_key(self) -> str:
        return f"edit_{self.section}_{self.generation}"

    @property
    def form_key(self) -> str:
        return f"form_{self.section}_{self.generation}"

    @property
    def is_in_form(self) -> bool:
        """Whether a form is on the screen: what is typed there comes only when it is sent."""
        return any(str(key).startswith(f"{self.form_key}_") for key in st.session_state)

    def read_table(self) -> dict[str, Any]:
        """The edits that the table on the screen reports; nothing where there is none."""
        return st.session_state.get(self.table_key, {})

    def is_touched(self, layout: SheetLayout) -> bool:
        """Whether anything was typed that is not saved."""
        return [entry for entry in self.typed if not entry.is_empty_in(layout)] != list_entries(layout, self.seen.plan)

    def take_sent(self) -> bool:
        """Whether the form was sent just now; answered once."""
        sent, self.is_sent = self.is_sent, False
        return sent


def find_draft(layout: SheetLayout, current: StoredPlan) -> Draft:
    """The tab's draft of a section; one that nobody has typed in follows the plan as it goes on."""
    drafts: dict[tuple[str, str], Draft] = st.session_state.setdefault(EDITED, {})
    name = (current.plan.district.district_id, layout.key)
    draft = drafts.get(name)
    if draft is None or (draft.seen.revision_id != current.revision_id and _may_follow(layout, draft)):
        draft = drafts[name] = _begin_draft(layout, current)
    elif draft.table_key not in st.session_state:
        draft.given = draft.typed  # the table was away; it comes back with what was typed
    return _update(draft)


def _may_follow(layout: SheetLayout, draft: Draft) -> bool:
    return not draft.is_in_form and not _update(draft).is_touched(layout)


def follow_own_change(layout: SheetLayout, current: StoredPlan) -> None:
    """After a change that this tab made itself, show the plan as it is; typing that was kept for saving stays."""
    drafts: dict[tuple[str, str], Draft] = st.session_state.get(EDITED, {})
    draft = drafts.get((current.plan.district.district_id, layout.key))
    if draft and not draft.is_touched(layout):
        forget_draft(layout, current)


def forget_draft(layout: SheetLayout, current: StoredPlan) -> None:
    """Drop what was typed into a section."""
    st.session_state.get(EDITED, {}).pop((current.plan.district.district_id, layout.key), None)


def list_touched(current: StoredPlan, sections: Sequence[str]) -> tuple[str, ...]:
    """The names of the sections with unsaved edits."""
    drafts: dict[tuple[str, str], Draft] = st.session_state.get(EDITED, {})
    found = ((SHEET_BY_KEY[key], drafts.get((current.plan.district.district_id, key))) for key in sections)
    return tuple(layout.name for layout, draft in found if draft and draft.is_touched(layout))


def _begin_draft(layout: SheetLayout, current: StoredPlan) -> Draft:
    st.session_state["edit_generation"] = generation = st.session_state.get("edit_generation", 0) + 1
    rows = list_entries(layout, current.plan)
    return Draft(layout.key, current, rows, rows, generation)


def _update(draft: Draft) -> Draft:
    if draft.table_key in st.session_state:
        draft.typed = apply_table_edits(draft.given, draft.read_table())
    return draft
