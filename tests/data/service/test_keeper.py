"""The dashboard's own thread: backups when they are due, commands once the store is open, trouble told to the log."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.service.doorway import doorway_path, find_doorway
from data.service.keeper import TAKE_BACKUP, Keeper, take_due_backup
from data.settings import Settings
from data.store.backup import list_backups
from data.store.database import Store
from data.store.viewer import Viewer
from planning.backup_rotation import Rotation
from planning.errors import StoreHeld
from planning.permissions import Role

ADMIN = Viewer("tests", Role.ADMIN, "")


@pytest.fixture
def store(small_store: Path) -> Iterator[Store]:
    opened = Store(small_store)
    yield opened
    opened.close()


def settings(store: Store, hours: int = 24) -> Settings:
    assert store.path
    return Settings(store.path, store.path.with_suffix(".log"), backup_every_hours=hours, backup_keep=Rotation(2, 0, 0))


def wait_for(condition: object, seconds: float = 10) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(condition())


def test_a_backup_is_taken_a_day_after_the_store_was_made_and_every_day_from_then(store: Store) -> None:
    made = datetime.now().replace(microsecond=0)
    taken = []
    for hours in (1, 26, 40, 51, 80):
        store.clock = lambda hours=hours: made + timedelta(hours=hours + 24)
        taken.append(take_due_backup(store, settings(store)))
    assert taken == [True, True, False, True, True]
    assert len([one for one in list_backups(store, ADMIN) if one.is_there]) == 2


def test_a_new_store_and_one_without_a_schedule_wait(store: Store) -> None:
    assert not take_due_backup(store, settings(store))
    store.clock = lambda: datetime.now() + timedelta(days=30)
    assert not take_due_backup(store, settings(store, hours=0))


def test_the_folder_of_the_settings_is_used(store: Store, tmp_path: Path) -> None:
    store.clock = lambda: datetime(2030, 1, 1, 3)
    folder = tmp_path / "elsewhere"
    own = settings(store)
    assert take_due_backup(store, Settings(own.store, own.log, backup_folder=folder))
    assert [path.name for path in folder.iterdir()] == ["techplan-20300101T030000Z.duckdb"]


def test_commands_are_taken_while_it_runs(store: Store) -> None:
    keeper = Keeper(settings(store), lambda: store)
    keeper.start()
    assert store.path
    path = store.path
    assert keeper.wait_for_commands() and find_doorway(path)
    keeper.stop()
    assert not doorway_path(path).exists()


def test_an_error_that_nobody_foresaw_is_kept_to_be_told_and_the_next_look_tries_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("data.service.keeper.SECONDS_BETWEEN_LOOKS", 0.02)
    looks: list[int] = []

    def take(_store: Store, _settings: Settings) -> bool:
        looks.append(len(looks))
        if len(looks) < 3:
            raise KeyError("a fault of ours")
        return False

    monkeypatch.setattr("data.service.keeper.take_due_backup", take)
    keeper = Keeper(settings(store), lambda: store)
    seen: list[dict[str, str]] = []
    monkeypatch.setattr(keeper._ended, "wait", lambda _seconds: seen.append(dict(keeper.troubles)))
    keeper.start()
    assert wait_for(lambda: len(looks) > 3, 30)
    keeper.stop()
    assert seen[:3] == [{TAKE_BACKUP: "KeyError"}, {TAKE_BACKUP: "KeyError"}, {}]
    assert "could not take a due backup: KeyError" in caplog.text


def test_while_the_store_cannot_be_opened_no_commands_are_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.service.keeper.SECONDS_BETWEEN_LOOKS", 0.02)
    looks = []

    def open_store() -> Store:
        looks.append(len(looks))
        if len(looks) < 3:
            raise StoreHeld("Another program has the store open.")
        return store

    keeper = Keeper(settings(store), open_store)
    keeper.start()
    assert store.path
    path = store.path
    assert wait_for(lambda: find_doorway(path)) and len(looks) >= 3
    keeper.stop()
