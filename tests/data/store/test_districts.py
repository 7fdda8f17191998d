import pytest

from data.store.audit import list_events
from data.store.database import Store
from data.store.districts import create_district, list_districts, load_district
from data.store.viewer import Viewer
from planning.errors import InputRefused, NotPermitted
from planning.permissions import Role


def test_a_district_is_made_once(store: Store, viewer: Viewer) -> None:
    assert create_district(store, viewer, "harlow", "Harlow Ridge", "first import")
    assert not create_district(store, viewer, "harlow", "Another name")
    district = load_district(store, viewer)
    assert district is not None
    assert (district.name, district.revision, district.created_by) == ("Harlow Ridge", 1, "Dana Whitfield")
    assert [event.action for event in list_events(store, viewer)] == ["create_district"]


def test_a_district_of_another_viewer_is_not_seen(store: Store, viewer: Viewer) -> None:
    create_district(store, viewer, "harlow")
    assert load_district(store, viewer.at_district("dayton")) is None
    assert list_events(store, viewer.at_district("dayton")) == ()


def test_districts_are_listed_by_name(store: Store, viewer: Viewer) -> None:
    for district_id, name in (("b", "Zion"), ("a", "Union"), ("c", "Arden")):
        create_district(store, viewer, district_id, name)
    assert [district.name for district in list_districts(store, viewer)] == ["Arden", "Union", "Zion"]


@pytest.mark.parametrize("district_id", ["", "*", "a b", "../x", "x" * 65, "a\n"])
def test_what_cannot_name_a_district_is_refused(store: Store, viewer: Viewer, district_id: str) -> None:
    with pytest.raises(InputRefused, match="cannot name a district"):
        create_district(store, viewer, district_id)


def test_only_who_may_makes_districts(store: Store) -> None:
    with pytest.raises(NotPermitted, match="role finance may not create district"):
        create_district(store, Viewer("Kim", Role.FINANCE, "harlow"), "harlow")
