"""What a person said on the page about the columns of last year's file, applied to the file that is imported now."""

from typing import TYPE_CHECKING

from data.store.viewer import Viewer

if TYPE_CHECKING:
    from data.intake.model import Reading
    from data.store.database import Store


def apply_last_year(store: "Store", viewer: Viewer, reading: "Reading") -> "tuple[Reading, dict[str, str]]":
    """The reading with the corrections of a file laid out alike, and those as answers to be stored with it."""
    from data.intake.corrections import SAID_LAST_YEAR, correct_reading, list_correction_answers
    from data.intake.profile import apply_profile, match_profile
    from data.store.profiles import list_profiles

    profile = match_profile(reading, [stored.profile for stored in list_profiles(store, viewer)])
    corrections = apply_profile(reading, profile) if profile else {}
    return correct_reading(reading, corrections, SAID_LAST_YEAR), list_correction_answers(corrections)
