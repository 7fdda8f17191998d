"""Records on hold: what a legal matter or an audit needs must not be removed until the hold is released."""

from dataclasses import dataclass
from datetime import datetime

from data.store.database import Change, Store
from data.store.identifiers import make_identifier
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.permissions import Action

EVERYTHING = "*"
_COLUMNS = "hold_id, subject, reason, placed_at, placed_by, released_at, released_by, released_reason"


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on one upload, or on every record of the district (`subject` is `*`)."""

    hold_id: str
    subject: str
    reason: str
    placed_at: datetime
    placed_by: str
    released_at: datetime | None
    released_by: str | None
    released_reason: str | None

    @property
    def is_in_force(self) -> bool:
        return self.released_at is None

    def covers(self, record_id: str) -> bool:
        return self.is_in_force and self.subject in (EVERYTHING, record_id)


def place_hold(store: Store, viewer: Viewer, subject: str, reason: str) -> str:
    """Put a hold on an upload, or on everything; answers its id."""
    _require(reason, "a hold is placed")

    def work(change: Change) -> str:
        _check_subject(change, subject)
        hold_id = make_identifier(change.recorded_at)
        change.cursor.execute(
            f"INSERT INTO records_hold (district_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
            [viewer.district_id, hold_id, subject, reason, change.recorded_at, viewer.actor],
        )
        change.detail |= {"hold": {"from": None, "to": hold_id}, "subject": subject}
        return hold_id

    return store.write(viewer, Action.SET_HOLD, reason, work)


def release_hold(store: Store, viewer: Viewer, hold_id: str, reason: str) -> None:
    """End a hold; it stays recorded."""
    _require(reason, "a hold is released")

    def work(change: Change) -> None:
        rows = change.cursor.execute(
            "SELECT subject FROM records_hold WHERE district_id = ? AND hold_id = ? AND released_at IS NULL",
            [viewer.district_id, hold_id],
        ).fetchall()
        if not rows:
            raise InputRefused("This hold is not in force.", "Choose one from the list of holds.")
        change.cursor.execute(
            "UPDATE records_hold SET released_at = ?, released_by = ?, released_reason = ? "
            "WHERE district_id = ? AND hold_id = ?",
            [change.recorded_at, viewer.actor, reason, viewer.district_id, hold_id],
        )
        change.detail |= {"hold": {"from": hold_id, "to": None}, "subject": rows[0][0]}

    store.write(viewer, Action.SET_HOLD, reason, work)


def list_holds(store: Store, viewer: Viewer) -> tuple[Hold, ...]:
    """The district's holds, newest first, those released too."""
    rows = store.read(
        viewer, f"SELECT {_COLUMNS} FROM records_hold WHERE district_id = $district_id ORDER BY placed_at DESC, hold_id"
    )
    return tuple(Hold(*row) for row in rows)


def check_not_held(change: Change, record_id: str) -> None:
    """Refuse to go on where a hold covers the record. Errors: InputRefused with the reason of the hold."""
    rows = change.cursor.execute(
        "SELECT reason FROM records_hold WHERE district_id = ? AND released_at IS NULL AND subject IN ('*', ?)",
        [change.viewer.district_id, record_id],
    ).fetchall()
    if rows:
        raise InputRefused(
            f"This record is on hold ({rows[0][0]}), so nothing of it may be removed.",
            "Release the hold first, if the matter is over.",
        )


def _check_subject(change: Change, subject: str) -> None:
    known = (
        subject == EVERYTHING
        or change.cursor.execute(
            "SELECT 1 FROM budget_upload WHERE district_id = ? AND upload_id = ?", [change.viewer.district_id, subject]
        ).fetchall()
    )
    if not known:
        raise InputRefused(f"There is no upload {subject!r} in this district.", "Choose one from the list of uploads.")


def _require(reason: str, when: str) -> None:
    if not reason.strip():
        raise InputRefused(f"Why {when} is not said.", "Write the reason; it stays in the audit trail.")
