"""The districts a store keeps."""

import re
from dataclasses import dataclass
from datetime import datetime

from data.store.audit import WHOLE_STORE
from data.store.database import Change, Store
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.permissions import Action, may

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class StoredDistrict:
    """A district as the store knows it; rates and years belong to its plan."""

    district_id: str
    name: str
    revision: int
    created_at: datetime
    created_by: str


def create_district(store: Store, viewer: Viewer, district_id: str, name: str = "", reason: str = "") -> bool:
    """Make the district unless it is there; answers whether it was made."""
    if not _IDENTIFIER.match(district_id):
        raise InputRefused(
            f"{district_id!r} cannot name a district.", "Use up to 64 letters, digits, points, dashes or underscores."
        )

    def work(change: Change) -> bool:
        found = change.cursor.execute("SELECT 1 FROM district WHERE district_id = ?", [district_id]).fetchone()
        if found:
            change.keep_nothing()
            return False
        change.cursor.execute("INSERT INTO write_guard VALUES (?, 0)", [district_id])
        change.cursor.execute(
            "INSERT INTO district (district_id, name, revision, created_at, created_by) VALUES (?, ?, 0, ?, ?)",
            [district_id, name or district_id, change.recorded_at, viewer.actor],
        )
        change.detail["name"] = {"from": None, "to": name or district_id}
        return True

    return store.write(viewer.at_district(district_id), Action.CREATE_DISTRICT, reason, work, guard=WHOLE_STORE)


def load_district(store: Store, viewer: Viewer) -> StoredDistrict | None:
    """The viewer's district, or None where the store has none of that name."""
    rows = store.read(
        viewer,
        "SELECT district_id, name, revision, created_at, created_by FROM district WHERE district_id = $district_id",
    )
    return StoredDistrict(*rows[0]) if rows else None


def list_districts(store: Store, viewer: Viewer) -> tuple[StoredDistrict, ...]:
    """The districts the viewer may open, by name: every one of the store, or their own."""
    viewer.check_may(Action.READ)
    every = may(viewer.role, Action.READ_EVERY_DISTRICT)
    with store.cursor(store.read_timeout_seconds) as cursor:
        rows = cursor.execute(
            "SELECT district_id, name, revision, created_at, created_by FROM district "
            "WHERE $every OR district_id = $district_id ORDER BY name, district_id",
            {"every": every, "district_id": viewer.district_id},
        ).fetchall()
    return tuple(StoredDistrict(*row) for row in rows)
