"""A file loaded by mistake: its contents are gone, from later backups too, and its record stays; holds and periods."""

import itertools
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from data.store.audit import list_events
from data.store.backup import back_up, back_up_on_schedule, list_backups
from data.store.budget_queries import list_measures
from data.store.budget_uploads import list_uploads
from data.store.budgets import Published, publish_reading
from data.store.compaction import rewrite_store
from data.store.database import Store
from data.store.file_use import find_use
from data.store.holds import list_holds, place_hold, release_hold
from data.store.integrity import verify_district
from data.store.plans import save_plan
from data.store.retention import (
    list_removed_uploads,
    list_retention_dates,
    list_retention_periods,
    remove_upload,
    set_retention_period,
)
from data.store.viewer import Viewer
from planning.backup_rotation import Rotation
from planning.errors import InputRefused, NotPermitted, TechplanError
from planning.model import District, Plan
from planning.permissions import Role
from planning.records import RecordClass
from tests.data.store.readings import NAN, make_reading, make_table
from tests.data.store.threads import repeating

SECRET = "Salary of Quimby Vanderhoof"


def publish_secret(store: Store, viewer: Viewer) -> Published:
    """A file that should never have been loaded: its name, a line, a raw cell."""
    lines = [({"fund_code": "10", "description": f"{SECRET} {n}"}, {"D": n + 0.5}) for n in range(50)]
    lines.append(({"fund_code": "10"}, {"D": NAN}))
    table = make_table(lines, raw={"D55": f"{SECRET} in a cell"})
    return publish_reading(store, viewer, make_reading(table, sha256="b" * 64, file_name=f"{SECRET}.xlsx"))


@pytest.fixture
def loaded(file_store: Store, viewer: Viewer) -> Store:
    """Version 1 is right, version 2 was a mistake."""
    publish_reading(file_store, viewer, make_reading())
    publish_secret(file_store, viewer)
    return file_store


def mistake(store: Store, viewer: Viewer) -> str:
    return list_uploads(store, viewer)[0].upload_id


def holds_secret(path: Path) -> bool:
    return any(SECRET.encode() in one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_a_removed_file_leaves_no_text_in_the_store_or_in_later_backups(
    loaded: Store, viewer: Viewer, tmp_path: Path
) -> None:
    assert loaded.path and holds_secret(loaded.path)
    removal = remove_upload(loaded, viewer, mistake(loaded, viewer), "It holds salaries")
    assert removal.rewritten
    later = back_up(loaded, viewer, tmp_path / "later.duckdb").path
    loaded.close()
    assert not holds_secret(loaded.path)
    assert not holds_secret(later)


def test_what_stays_is_its_fingerprint_and_who_when_and_why(loaded: Store, viewer: Viewer) -> None:
    upload_id = mistake(loaded, viewer)
    remove_upload(loaded, viewer, upload_id, "It holds salaries")
    [record] = list_removed_uploads(loaded, viewer)
    assert (record.upload_id, record.version, record.file_sha256, record.lines) == (upload_id, 2, "b" * 64, 51)
    assert (record.removed_by, record.reason) == (viewer.actor, "It holds salaries")
    event = list_events(loaded, viewer)[0]
    assert (event.action, event.reason, json.loads(event.detail)["file_sha256"]) == (
        "remove_upload", "It holds salaries", "b" * 64,
    )  # fmt: skip
    assert verify_district(loaded, viewer) == ()


def test_the_version_before_counts_again_and_no_version_number_comes_twice(loaded: Store, viewer: Viewer) -> None:
    removal = remove_upload(loaded, viewer, mistake(loaded, viewer), "wrong file")
    [left] = list_uploads(loaded, viewer)
    assert (left.upload_id, left.status) == (removal.current, "current")
    assert [measure.amount for measure in list_measures(loaded, viewer)] == [100]
    assert publish_reading(loaded, viewer, make_reading(sha256="c" * 64)).version == 3


def test_backups_that_still_hold_the_file_are_named(loaded: Store, viewer: Viewer, tmp_path: Path) -> None:
    backup = back_up(loaded, viewer, tmp_path / "before.duckdb")
    removal = remove_upload(loaded, viewer, mistake(loaded, viewer), "wrong file")
    assert [one.path for one in removal.still_in] == [backup.path]


@pytest.mark.parametrize("on_everything", [True, False])
def test_a_hold_forbids_removal_until_it_is_released(loaded: Store, viewer: Viewer, on_everything: bool) -> None:
    upload_id = mistake(loaded, viewer)
    hold_id = place_hold(loaded, viewer, "*" if on_everything else upload_id, "Suit 26-114")
    with pytest.raises(InputRefused, match=r"on hold \(Suit 26-114\)"):
        remove_upload(loaded, viewer, upload_id, "wrong file")
    assert len(list_uploads(loaded, viewer)) == 2
    release_hold(loaded, viewer, hold_id, "Settled")
    remove_upload(loaded, viewer, upload_id, "wrong file")
    [hold] = list_holds(loaded, viewer)
    assert (hold.is_in_force, hold.released_by, hold.released_reason) == (False, viewer.actor, "Settled")


REFUSALS: dict[str, Callable[[Store, Viewer], object]] = {
    "Why the file is removed is not said": lambda store, viewer: remove_upload(store, viewer, "x", " "),
    "There is no upload 'x'": lambda store, viewer: remove_upload(store, viewer, "x", "wrong"),
    "Why a hold is placed is not said": lambda store, viewer: place_hold(store, viewer, "*", ""),
    "no upload 'y' in this district": lambda store, viewer: place_hold(store, viewer, "y", "Suit"),
    "This hold is not in force": lambda store, viewer: release_hold(store, viewer, "h", "over"),
    "0 years is no retention period": lambda store, viewer: set_retention_period(
        store, viewer, RecordClass.BUDGET_UPLOAD, 0, "State schedule"
    ),
    "Who says so is missing": lambda store, viewer: set_retention_period(
        store, viewer, RecordClass.BUDGET_UPLOAD, 7, ""
    ),
}


@pytest.mark.parametrize("said", REFUSALS)
def test_what_cannot_be_done_is_said(loaded: Store, viewer: Viewer, said: str) -> None:
    before = list_events(loaded, viewer)
    with pytest.raises(TechplanError, match=said):
        REFUSALS[said](loaded, viewer)
    assert list_events(loaded, viewer) == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PLANNER, Role.FINANCE, Role.CABINET])
def test_only_an_administrator_removes_or_holds(loaded: Store, viewer: Viewer, role: Role) -> None:
    other = Viewer("Kim", role, "harlow")
    with pytest.raises(NotPermitted):
        remove_upload(loaded, other, mistake(loaded, viewer), "wrong")
    with pytest.raises(NotPermitted):
        place_hold(loaded, other, "*", "Suit")


def test_records_are_due_after_their_period_unless_held(loaded: Store, viewer: Viewer) -> None:
    district = District(district_id="harlow", name="Harlow", first_fiscal_year="FY2026-27")
    save_plan(loaded, viewer, Plan(district=district))
    assert {one.keep_until for one in list_retention_dates(loaded, viewer)} == {None}
    set_retention_period(loaded, viewer, RecordClass.BUDGET_UPLOAD, 5, "State schedule")
    set_retention_period(loaded, viewer, RecordClass.BUDGET_UPLOAD, 7, "State schedule 2026")
    [period] = list_retention_periods(loaded, viewer)
    assert (period.years, period.authority) == (7, "State schedule 2026")
    uploads = [one for one in list_retention_dates(loaded, viewer) if one.record_class == "budget_upload"]
    assert {one.keep_until for one in uploads} == {date(2034, 6, 30)}
    assert [one.is_due(date(2034, 7, 1)) for one in uploads] == [True, True]
    assert not uploads[0].is_due(date(2034, 6, 30))
    place_hold(loaded, viewer, "*", "Audit")
    assert not any(one.is_due(date(2040, 1, 1)) for one in list_retention_dates(loaded, viewer))


def test_while_records_are_on_hold_no_backup_is_dropped(loaded: Store, viewer: Viewer, tmp_path: Path) -> None:
    hold_id = place_hold(loaded, viewer, "*", "Audit")
    for number in range(3):
        loaded.clock = lambda number=number: datetime(2026, 12, 8, 12, number)
        back_up_on_schedule(loaded, viewer, tmp_path / "kept", Rotation(1, 0, 0))
    assert len([one for one in list_backups(loaded, viewer) if one.is_there]) == 3
    release_hold(loaded, viewer, hold_id, "Over")
    loaded.clock = lambda: datetime(2026, 12, 8, 13)
    back_up_on_schedule(loaded, viewer, tmp_path / "kept", Rotation(1, 0, 0))
    assert [one.taken_at.hour for one in list_backups(loaded, viewer) if one.is_there] == [13]


def test_a_store_in_constant_use_says_that_its_file_was_not_written_anew(
    loaded: Store, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.file_use.SWAP_WAIT_SECONDS", 0.1)
    with loaded.cursor():
        removal = remove_upload(loaded, viewer, mistake(loaded, viewer), "wrong")
    assert not removal.rewritten
    assert len(list_uploads(loaded, viewer)) == 1


def test_nothing_written_while_the_file_is_written_anew_is_lost(loaded: Store, viewer: Viewer) -> None:
    counts = itertools.count(3)

    def publish() -> None:
        publish_reading(loaded, viewer, make_reading(sha256=f"{next(counts):064d}"))

    with repeating(publish):
        for _ in range(3):
            rewrite_store(loaded)
    assert len(list_uploads(loaded, viewer)) == next(counts) - 1
    assert verify_district(loaded, viewer) == ()
    assert loaded.path and find_use(loaded.path) is loaded._use
