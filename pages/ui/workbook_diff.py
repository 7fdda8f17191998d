"""An uploaded plan workbook beside the plan: what it changes, what others changed, what it lacks, what to choose."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data.plan_of_record import evaluate_plan
from data.workbooks.comparison import Comparison
from data.workbooks.row_words import name_row_in_full
from pages.ui.messages import plain
from pages.ui.revision_rows import count_rows, draw_changes, draw_conflicts, draw_consequences
from pages.ui.session import current_evaluation
from planning.revisions.diff import RowChange, apply_changes
from planning.revisions.merge import Side, settle_conflicts
from planning.revisions.rows import RowKey

Decided = tuple[Mapping[RowKey, Side], frozenset[RowKey]]


def draw_workbook_difference(comparison: Comparison, key: str) -> Decided:
    """What taking the workbook would do; answers the choices made, and the missing rows that are to go."""
    if comparison.current is None:
        return {}, frozenset()
    _draw_origin(comparison)
    deleted = _choose_deletions(comparison, key)
    changes, conflicts = comparison.split(deleted)
    choices: Mapping[RowKey, Side] = {}
    if conflicts:
        st.warning("Choose for each, then save.", title="The plan and the workbook changed the same rows")
        by = f"In the plan now, by {comparison.current.revision.saved_by}"
        choices = draw_conflicts(conflicts, by, "In the workbook", f"conflict_{key}")
    settled = (*changes, *settle_conflicts(conflicts, choices))
    _draw_outcome(comparison, settled, bool(conflicts))
    return choices, deleted


def _draw_origin(comparison: Comparison) -> None:
    assert comparison.current is not None
    if comparison.is_unrelated:
        st.warning(
            "Every row that differs from the plan is a question below.",
            title="The workbook was made from a revision that this store does not have",
        )
    elif comparison.is_stale and comparison.base:
        theirs = comparison.their_changes
        st.info(
            plain(
                f"The workbook was made from revision {comparison.base.revision.number}; the plan is now revision "
                f"{comparison.current.revision.number}. What changed in between stays: {count_rows(len(theirs))}."
            ),
            title="The plan has gone on",
        )
        if theirs:
            with st.expander("What others changed meanwhile"):
                draw_changes("Changed in the plan since the workbook was made", theirs)


def _choose_deletions(comparison: Comparison, key: str) -> frozenset[RowKey]:
    if not comparison.missing:
        return frozenset()
    are = "is" if len(comparison.missing) == 1 else "are"
    st.write(
        plain(
            f"{count_rows(len(comparison.missing))} of the plan {are} missing in the workbook. They are kept, but for "
            "those that you name here; missing rows that name them go along."
        )
    )
    chosen = st.multiselect(
        "Missing in the workbook: delete these",
        comparison.missing,
        format_func=name_row_in_full,
        key=f"delete_{key}",
        placeholder="Keep them all",
    )
    return frozenset(chosen)


def _draw_outcome(comparison: Comparison, settled: tuple[RowChange, ...], has_conflicts: bool) -> None:
    assert comparison.current is not None
    if not settled:
        st.write(
            "Nothing changes but for what you choose above."
            if has_conflicts
            else "The workbook says what the plan says: nothing changes."
        )
        return
    draw_changes("What the workbook changes", settled)
    after = evaluate_plan(apply_changes(comparison.current.plan, settled, like=comparison.mine), date.today())
    draw_consequences(current_evaluation(), after)
