"""The session: one store, one viewer, and a cache that a change of the store makes new."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.settings import load_settings
from data.store.districts import list_districts
from data.store.viewer import Viewer
from pages.ui.session import Snapshot, close_stores, current_district, open_store
from planning.errors import InputRefused, StoreDamaged
from planning.permissions import Role

VIEWER = Viewer("tests", Role.ADMIN, "small")


@pytest.fixture(autouse=True)
def closed_afterwards() -> Iterator[None]:
    yield
    close_stores()


def test_a_store_that_does_not_exist_begins_with_the_sample_district() -> None:
    assert [district.district_id for district in list_districts(open_store(), VIEWER)] == ["sample"]


def test_a_store_that_exists_is_left_as_it_is(small_store: Path) -> None:
    assert [district.district_id for district in list_districts(open_store(), VIEWER)] == ["small"]


def test_a_process_has_one_store(small_store: Path) -> None:
    assert open_store() is open_store()


def test_half_a_sample_is_never_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_store: object) -> None:
        raise InputRefused("The sample cannot be read.")

    monkeypatch.setattr("data.samples.seed.seed_sample", fail)
    with pytest.raises(InputRefused):
        open_store()
    assert not load_settings().store.exists()


def test_a_damaged_store_is_told_when_it_is_opened() -> None:
    load_settings().store.write_bytes(b"not a store at all" * 1_000)
    with pytest.raises(StoreDamaged):
        open_store()


def test_the_first_district_is_shown_unless_the_settings_name_one(
    small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    districts = list_districts(open_store(), VIEWER)
    assert current_district(districts) == "small"
    monkeypatch.setenv("TECHPLAN_DISTRICT", "nowhere")
    with pytest.raises(InputRefused, match="There is no district nowhere") as caught:
        current_district(districts)
    assert "small" in caught.value.next_step


def test_a_store_without_districts_takes_the_name_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_district(()) == "district"
    monkeypatch.setenv("TECHPLAN_DISTRICT", "ours")
    assert current_district(()) == "ours"


def test_a_cached_answer_is_for_one_store_one_role_and_one_revision() -> None:
    snapshot = Snapshot("a.duckdb", "small", Role.FINANCE, 3)
    assert snapshot != snapshot._replace(revision=4)
    assert snapshot != snapshot._replace(role=Role.VIEWER)
    assert (snapshot.reader.role, snapshot.reader.district_id) == (Role.FINANCE, "small")
