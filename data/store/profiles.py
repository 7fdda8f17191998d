"""Profiles: how people corrected the reading of a file, kept for the next file that is laid out alike."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from data.intake.profile import Profile, parse_profile, write_layout, write_profile
from data.store.audit import canonical_json
from data.store.database import Change, Store
from data.store.viewer import Viewer
from planning.permissions import Action

_COLUMNS = "profile_id, body, file_name, saved_by, saved_at"


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A profile with the file it was made from, by whom and when."""

    profile_id: str
    profile: Profile
    file_name: str
    saved_by: str
    saved_at: datetime


def list_profiles(store: Store, viewer: Viewer) -> tuple[StoredProfile, ...]:
    """Every profile of the district, the newest first."""
    rows = store.read(
        viewer,
        f"SELECT {_COLUMNS} FROM budget_profile WHERE district_id = $district_id ORDER BY saved_at DESC, profile_id",
    )
    return tuple(StoredProfile(key, parse_profile(body), *rest) for key, body, *rest in rows)


def save_profile(store: Store, viewer: Viewer, profile: Profile, file_name: str, reason: str = "") -> None:
    """Keep what was said of a layout in the place of what was said before; saying nothing takes that away."""
    profile_id = _make_id(profile)

    def work(change: Change) -> None:
        before = _take_out(change, profile_id)
        body = "" if profile.is_empty else write_profile(profile)
        if before == body:
            change.keep_nothing()
            return
        if body:
            change.cursor.execute(
                f"INSERT INTO budget_profile (district_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
                [viewer.district_id, profile_id, body, file_name, viewer.actor, change.recorded_at],
            )
        # Counts alone: what files say can be taken out of the store, the audit trail cannot.
        change.detail |= {"profile": profile_id, "corrections": {"from": _count(before), "to": len(profile.columns)}}

    store.write(viewer, Action.PUBLISH_BUDGET, reason or "What was said of the columns is kept", work)


def drop_profile(store: Store, viewer: Viewer, profile: Profile, reason: str = "") -> None:
    """Forget what was said of files laid out like this one."""
    nothing = Profile(profile.layout, (), {})
    save_profile(store, viewer, nothing, "", reason or "What was said of the columns is forgotten")


def _make_id(profile: Profile) -> str:
    return f"profile-{hashlib.sha256(canonical_json(write_layout(profile.layout)).encode()).hexdigest()[:16]}"


def _take_out(change: Change, profile_id: str) -> str:
    key = [change.viewer.district_id, profile_id]
    where = "FROM budget_profile WHERE district_id = ? AND profile_id = ?"
    row = change.cursor.execute(f"SELECT body {where}", key).fetchone()
    change.cursor.execute(f"DELETE {where}", key)
    return row[0] if row else ""


def _count(body: str) -> int:
    return len(parse_profile(body).columns) if body else 0
