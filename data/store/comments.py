"""What people say about the plan: comments, never changed and never taken away."""

from dataclasses import dataclass
from datetime import datetime

from data.store.database import Change, Store
from data.store.plans import load_plan
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.permissions import Action, Role

LONGEST_COMMENT = 4_000


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `initiative_id` is empty where it is about the plan as a whole."""

    number: int
    revision_id: str
    initiative_id: str
    words: str
    written_by: str
    role: Role
    written_at: datetime


def add_comment(store: Store, viewer: Viewer, words: str, initiative_id: str = "") -> Comment:
    """Say something about the plan, or about one initiative of it."""
    viewer.check_may(Action.COMMENT)
    if not words.strip() or len(words) > LONGEST_COMMENT:
        raise InputRefused(
            f"A comment has 1 to {LONGEST_COMMENT:,} characters.", "Write something, or make it shorter."
        )
    stored = load_plan(store, viewer)
    if stored is None:
        raise InputRefused("There is no plan yet to comment on.", "Save a plan first.")
    if initiative_id and initiative_id not in {item.initiative_id for item in stored.plan.initiatives}:
        raise InputRefused(f"The plan has no initiative {initiative_id}.", "Choose one from the list of initiatives.")

    def work(change: Change) -> Comment:
        last = change.cursor.execute(
            "SELECT coalesce(max(comment_number), 0) FROM plan_comment WHERE district_id = ?", [viewer.district_id]
        ).fetchone()
        number = last[0] + 1 if last else 1
        comment = Comment(
            number, stored.revision_id, initiative_id, words.strip(), viewer.actor, viewer.role, change.recorded_at
        )
        change.cursor.execute(
            "INSERT INTO plan_comment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                viewer.district_id, number, comment.revision_id, initiative_id, comment.words, viewer.actor,
                viewer.role, comment.written_at,
            ],
        )  # fmt: skip
        change.detail |= {"comment": number, "initiative": initiative_id, "words": comment.words}
        return comment

    return store.write(viewer, Action.COMMENT, "", work)


def list_comments(store: Store, viewer: Viewer) -> tuple[Comment, ...]:
    """Every comment, newest first; none about an initiative that the viewer's role does not see."""
    rows = store.read(
        viewer,
        "SELECT comment_number, revision, initiative_id, words, written_by, role, written_at FROM plan_comment "
        "WHERE district_id = $district_id ORDER BY comment_number DESC",
    )
    comments = tuple(Comment(*row[:5], Role(row[5]), row[6]) for row in rows)
    stored = load_plan(store, viewer)
    if stored is None or not stored.hidden.describe():
        return comments
    seen = {"", *(item.initiative_id for item in stored.plan.initiatives)}
    return tuple(comment for comment in comments if comment.initiative_id in seen)
