"""The parts of the page on the plan's status: the stage, what is due, what happened, and the steps of this role."""

from datetime import date
from typing import Literal

import streamlit as st

from data.store.plans import StoredPlan
from data.store.viewer import Viewer
from data.store.workflow import PlanStatus, move_plan, set_deadline
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from pages.ui.tables import Cell, Tag, draw_table
from planning.errors import NotPermitted, TechplanError
from planning.permissions import Action, may
from planning.workflow import (
    DATED_STAGES,
    Milestone,
    PlanStage,
    Step,
    check_open,
    is_open,
    list_milestones,
    list_steps,
    name_stage,
)


def draw_stage(status: PlanStatus, stored: StoredPlan) -> None:
    """Where the plan stands, with the revision that is meant, and whether it may be written."""
    number = stored.revision.number
    if is_open(status.stage):
        words = f"Those who write the plan may change it; revision {number} is the latest."
        st.info(words, title=f"The plan is {name_stage(status.stage)}")
    else:
        words = f"Nobody changes it now: revision {number} is the one that is {name_stage(status.stage)}."
        st.success(words, title=f"The plan is {name_stage(status.stage)} and locked")


def draw_lock(status: PlanStatus) -> None:
    """Say before anybody types that the plan cannot be changed now, and what opens it; nothing where it can."""
    try:
        check_open(status.stage)
    except NotPermitted as error:
        st.warning(plain(error.next_step), title=plain(error.message))


def draw_milestones(status: PlanStatus) -> None:
    """What is due when, and what was done when."""
    milestones = list_milestones(status.moves, status.deadlines, date.today())
    headers = ["Stage", "Due", "Reached", "", "Note"]
    draw_table("The way to the board", headers, [_list_milestone(one) for one in milestones])


def _list_milestone(milestone: Milestone) -> tuple[Cell, ...]:
    deadline, reached = milestone.deadline, milestone.reached_on
    return (
        name_stage(milestone.stage).capitalize(),
        f"{deadline.due_on}" if deadline else "no day set",
        f"{reached}" if reached else "—",
        _tag(milestone),
        deadline.note if deadline else "",
    )


def _tag(milestone: Milestone) -> Cell:
    days = milestone.days_late
    if days is None:
        return ""
    if days > 0:
        return Tag(f"{days:,} days late", "bad" if milestone.reached_on is None else "plain")
    return Tag("in time", "good") if milestone.reached_on else f"in {-days:,} days"


def draw_moves(status: PlanStatus) -> None:
    """Every step that was taken, the newest first."""
    rows = [
        (
            f"{move.moved_at:%Y-%m-%d %H:%M} UTC",
            name_stage(move.to_stage).capitalize(),
            f"{move.moved_by} ({move.role.value})",
            move.reason or "—",
        )
        for move in reversed(status.moves)
    ]
    if rows:
        draw_table("What happened, newest first", ["When", "Became", "By", "Why"], rows)
    else:
        st.caption("Nobody has moved this plan yet.")


def draw_steps(status: PlanStatus, stored: StoredPlan, viewer: Viewer) -> None:
    """The steps that this role may take from here."""
    steps = list_steps(status.stage, viewer.role)
    st.subheader("Next step", anchor=False)
    if not steps:
        st.caption(f"The role {viewer.role.value} takes no step from here.")
        return
    with st.form("steps"):
        for step in steps:
            st.caption(plain(f"{step.name}: {step.meaning}"))
        needing = [step.name.lower() for step in steps if step.needs_reason]
        label = f"Why (needed to {' or '.join(needing)})" if needing else "Why (may stay empty)"
        reason = st.text_input(label, max_chars=400)
        with st.container(horizontal=True):
            pressed = [step for step in steps if st.form_submit_button(step.name, type=_look(step))]
    if pressed:
        _take(pressed[0], stored, viewer, reason)


def _look(step: Step) -> Literal["primary", "secondary"]:
    return "secondary" if step.target is PlanStage.SENT_BACK else "primary"


def _take(step: Step, stored: StoredPlan, viewer: Viewer, reason: str) -> None:
    try:
        move_plan(open_store(), viewer, step.action, stored.revision_id, reason)
    except TechplanError as error:
        draw_error(error)
        return
    st.toast(f"The plan is {name_stage(step.target)}.")
    st.rerun()


def draw_deadlines(status: PlanStatus, viewer: Viewer) -> None:
    """The way to set a deadline, for those who may."""
    if not may(viewer.role, Action.SET_DEADLINE):
        return
    with st.popover("Set a deadline"), st.form("deadline"):
        stage = st.selectbox("Stage", [one.value for one in DATED_STAGES], format_func=str.capitalize)
        due_on = st.date_input(
            "Due on", value=None, format="YYYY-MM-DD", help="Left empty, the deadline is taken away."
        )
        note = st.text_input("Note", max_chars=120)
        if st.form_submit_button("Set it", type="primary"):
            _set_deadline(viewer, PlanStage(str(stage)), due_on, note)


def _set_deadline(viewer: Viewer, stage: PlanStage, due_on: date | None, note: str) -> None:
    try:
        set_deadline(open_store(), viewer, stage, due_on, note.strip(), "Set on the page of the plan's status")
    except TechplanError as error:
        draw_error(error)
        return
    st.rerun()
