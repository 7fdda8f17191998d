"""The reading on the screen: the file as it was read, with what a person said about it, now or last year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from data.intake.corrections import (
    SAID_LAST_YEAR,
    SAID_NOW,
    Corrections,
    ReadColumn,
    correct_reading,
    list_read_columns,
)
from data.intake.model import Reading, Table, ValueColumn
from data.intake.profile import apply_profile, match_profile
from data.jobs import Job
from data.store.profiles import StoredProfile, list_profiles
from data.store.viewer import Viewer
from data.uploads import KeptUpload
from pages.ui.session import open_store

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ShownReading:
    """`read` is the file as it was read, `reading` as it would be published; `profile` what was said last year.

    `is_last_year` where the corrections are last year's and nothing was said of this file yet.
    """

    job: Job
    upload: KeptUpload
    read: Reading
    reading: Reading
    corrections: Corrections
    profile: StoredProfile | None
    is_last_year: bool

    @property
    def columns(self) -> Mapping[ReadColumn, list[tuple[Table, ValueColumn]]]:
        """The columns of amounts as they were read, each with the places where it stands."""
        return self.memo("columns", lambda: list_read_columns(self.read))

    def memo(self, name: str, make: Callable[[], Made], *about: object) -> Made:
        """What is worked out from the reading (and from `about`) once, and kept as long as its file."""
        key = (about, id(self.read), tuple(self.corrections.items()))
        if self.upload.memo.get(name, (None,))[0] != key:
            self.upload.memo[name] = (key, make())
        return self.upload.memo[name][1]


def settle_reading(job: Job, upload: KeptUpload, read: Reading, viewer: Viewer) -> ShownReading:
    """The reading with the corrections of its person, else with those of last year's like file."""
    plain = ShownReading(job, upload, read, read, {}, None, False)
    profile = plain.memo(
        "profile", lambda: _find_profile(read, viewer), viewer, open_store().revision(viewer.district_id)
    )
    corrections, is_last_year = upload.corrections, False
    if corrections is None:
        corrections = apply_profile(read, profile.profile) if profile else {}
        is_last_year = bool(corrections)
    fitting = {name: correction for name, correction in corrections.items() if name in plain.columns}
    shown = ShownReading(job, upload, read, read, fitting, profile, is_last_year)
    who = SAID_LAST_YEAR if is_last_year else SAID_NOW
    reading = shown.memo("corrected", lambda: correct_reading(read, fitting, who))
    return ShownReading(job, upload, read, reading, fitting, profile, is_last_year)


def _find_profile(read: Reading, viewer: Viewer) -> StoredProfile | None:
    stored = list_profiles(open_store(), viewer)
    if not stored:
        return None
    found = match_profile(read, [one.profile for one in stored])
    return next((one for one in stored if one.profile is found), None)
