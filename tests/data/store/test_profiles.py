"""What a person said about a layout is kept once for the district, with who and when, and can be forgotten."""

import json

import pytest

from data.intake.corrections import Correction
from data.intake.profile import ColumnPattern, Profile, Remembered
from data.store.audit import list_events
from data.store.database import Store
from data.store.districts import create_district
from data.store.profiles import drop_profile, list_profiles, save_profile
from data.store.viewer import Viewer
from planning.errors import NotPermitted
from planning.permissions import Role
from planning.vocabulary import Basis

PATTERN = ColumnPattern("budget", 0, 0)
ADOPTED = Remembered(PATTERN, "budget", "usd", 1, "expenditure", Correction(basis=Basis.ADOPTED))
PROFILE = Profile((PATTERN,), (ADOPTED,), {"side": "revenue"})


@pytest.fixture
def district(store: Store, viewer: Viewer) -> Store:
    create_district(store, viewer, viewer.district_id, "Harlow")
    return store


def test_a_profile_is_kept_with_the_file_it_was_made_from(district: Store, viewer: Viewer) -> None:
    save_profile(district, viewer, PROFILE, "fy26.xlsx")
    [stored] = list_profiles(district, viewer)
    assert (stored.profile, stored.file_name, stored.saved_by) == (PROFILE, "fy26.xlsx", viewer.actor)


def test_the_last_word_about_a_layout_counts(district: Store, viewer: Viewer) -> None:
    save_profile(district, viewer, PROFILE, "fy26.xlsx")
    save_profile(district, viewer, Profile((PATTERN,), (ADOPTED,), {}), "fy27.xlsx")
    [stored] = list_profiles(district, viewer)
    assert (stored.file_name, stored.profile.answers) == ("fy27.xlsx", {})


def test_the_same_word_again_writes_nothing(district: Store, viewer: Viewer) -> None:
    save_profile(district, viewer, PROFILE, "fy26.xlsx")
    before = district.revision(viewer.district_id)
    save_profile(district, viewer, PROFILE, "fy26.xlsx")
    assert district.revision(viewer.district_id) == before
    assert len(list_profiles(district, viewer)) == 1


def test_what_was_said_can_be_forgotten(district: Store, viewer: Viewer) -> None:
    save_profile(district, viewer, PROFILE, "fy26.xlsx")
    drop_profile(district, viewer, PROFILE)
    assert list_profiles(district, viewer) == ()
    event = list_events(district, viewer)[0]
    assert json.loads(event.detail)["corrections"] == {"from": 1, "to": 0}
    assert "fy26" not in event.detail


def test_another_district_has_profiles_of_its_own(district: Store, viewer: Viewer) -> None:
    save_profile(district, viewer, PROFILE, "fy26.xlsx")
    other = viewer.at_district("north")
    create_district(district, other, "north", "North")
    assert list_profiles(district, other) == ()


def test_who_may_not_publish_may_not_say_what_columns_mean(district: Store, viewer: Viewer) -> None:
    with pytest.raises(NotPermitted):
        save_profile(district, Viewer("Ann", Role.PLANNER, viewer.district_id), PROFILE, "fy26.xlsx")
