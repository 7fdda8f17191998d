"""Which store, which district, and which files a command means."""

from pathlib import Path

import pytest

from data.commands.place import Place, find_file, find_target
from data.samples import SAMPLE_DISTRICT_ID
from data.store.database import Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from planning.errors import InputRefused, UsageError
from planning.permissions import Role


def make_place(folder: Path, *districts: str, named: str | None = None) -> Place:
    store = Store(folder / "store.duckdb")
    for district in districts:
        create_district(store, Viewer("tests", Role.ADMIN, district), district)
    store.close()
    return Place(folder / "store.duckdb", "Dana", named)


def test_the_district_named_is_the_one_meant(tmp_path: Path) -> None:
    place = make_place(tmp_path, "east", "west", named="north")
    assert (place.reader.district_id, place.writer.district_id) == ("north", "north")
    assert (place.reader.actor, place.reader.role) == ("Dana", Role.ADMIN)


def test_the_only_district_of_ones_own_is_meant_without_a_name(tmp_path: Path) -> None:
    place = make_place(tmp_path, SAMPLE_DISTRICT_ID, "harlow")
    assert (place.reader.district_id, place.writer.district_id) == ("harlow", "harlow")


def test_the_sample_is_looked_at_without_a_name_but_never_changed(tmp_path: Path) -> None:
    place = make_place(tmp_path, SAMPLE_DISTRICT_ID)
    assert place.reader.district_id == SAMPLE_DISTRICT_ID
    with pytest.raises(UsageError, match="an id of your choice makes a new one"):
        _ = place.writer


def test_of_several_districts_one_must_be_named(tmp_path: Path) -> None:
    place = make_place(tmp_path, "east", "west")
    with pytest.raises(UsageError, match="Which district is meant is not said") as caught:
        _ = place.reader
    assert caught.value.next_step == "Add --district ID (one of east, west)."


def test_where_there_is_no_store_looking_makes_none(tmp_path: Path) -> None:
    place = Place(tmp_path / "none.duckdb", "Dana", None)
    assert (place.is_new, place.list_known()) == (True, [])
    with pytest.raises(InputRefused, match=r"There is no store .*none\.duckdb yet"):
        _ = place.existing_store
    assert not place.store_path.exists()


def test_a_district_that_is_not_in_the_store_is_refused_with_those_that_are(tmp_path: Path) -> None:
    place = make_place(tmp_path, "east", named="west")
    with pytest.raises(InputRefused, match="There is no district 'west'") as caught:
        place.check_known(place.reader)
    assert "east" in caught.value.next_step


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"There is no file lost\.xlsx"):
        find_file("lost.xlsx")
    (tmp_path / "found.xlsx").touch()
    assert find_file(str(tmp_path / "found.xlsx")).name == "found.xlsx"


@pytest.mark.parametrize("name", [".", "nowhere/out.csv"])
def test_a_file_that_cannot_be_written_is_a_usage_error(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="cannot be written"):
        find_target(name)
    assert find_target("out.csv") == tmp_path / "out.csv"
