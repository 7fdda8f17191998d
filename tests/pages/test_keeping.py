"""The pages Audit, Backups and records, and Districts."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.store.audit import load_head
from data.store.backup import list_backups
from data.store.budget_uploads import list_uploads
from data.store.holds import list_holds
from data.store.viewer import Viewer
from pages.rooms import list_entries
from pages.ui.session import close_stores, open_store
from planning.permissions import Role
from tests.pages.screen import Screen

AUDIT, KEEPING, DISTRICTS = "manage/audit.py", "manage/keeping.py", "cabinet/districts.py"
SAMPLE = Viewer("Lee", Role.ADMIN, "sample")


def fill(screen: Screen, label: str, value: str) -> None:
    [field] = [one for one in screen.app.text_input if one.label.startswith(label)]
    field.set_value(value)


def test_the_trail_shows_who_what_why_and_from_to(screen: Screen) -> None:
    words = screen.open(AUDIT, district="sample")
    [head, *rows] = screen.table("Events")
    assert head == ["Event", "When (UTC)", "Who", "What", "Why", "From → to"]
    assert rows[-1][3] == "Create district"
    assert "name: Harlow Ridge School District (fictitious)" in rows[-1][5]
    assert load_head(open_store(), SAMPLE)[1] in words
    assert "sealed" not in words


def test_events_are_filtered_and_the_export_follows(screen: Screen) -> None:
    screen.open(AUDIT, district="sample")
    [what] = [one for one in screen.app.selectbox if one.label == "What"]
    what.select("save_plan").run()
    assert {row[3] for row in screen.table("Events")[1:]} == {"Save plan"}
    fill(screen, "Words", "no such words anywhere")
    screen.app.run()
    assert "No event fits" in screen.words()


def test_a_schedule_that_is_not_kept_is_said(screen: Screen) -> None:
    words = screen.open(KEEPING, district="sample")
    assert "overdue" not in words
    store = open_store()
    store.clock = lambda: datetime.now() + timedelta(days=3)
    screen.app.run()
    assert "The scheduled backup is overdue: the last one is of" in screen.words()


def test_verifying_finds_a_row_that_was_changed_behind_the_back(screen: Screen) -> None:
    screen.open(AUDIT, district="sample")
    assert "Nothing was changed" in screen.click("Verify the trail and every stored row")
    with open_store().cursor() as cursor:
        cursor.execute("UPDATE budget_row SET vendor = 'X' WHERE district_id = 'sample' AND row_id = 9")
    assert "is not what was stored" in screen.click("Verify the trail and every stored row")


def test_a_backup_is_taken_verified_and_drilled(screen: Screen) -> None:
    assert "No backup has been taken yet" in screen.open(KEEPING, district="sample")
    assert "was read back" in screen.click("Back up now")
    [_, row] = screen.table("Backups")
    assert (row[2], row[7]) == ("asked", "there")
    assert "1 backup verified" in screen.click("Verify every backup again")
    assert "came back equal" in screen.click("Restore drill")
    list_backups(open_store(), SAMPLE)[0].path.unlink()
    screen.open(KEEPING, district="sample")
    assert screen.table("Backups")[1][7] == "gone"


def test_a_file_is_removed_only_by_who_is_sure_and_its_record_is_shown(screen: Screen) -> None:
    screen.open(KEEPING, district="sample")
    fill(screen, "Reason, for the audit trail", "It holds salaries")
    screen.click("Remove it")
    [upload] = list_uploads(open_store(), SAMPLE)
    [sure] = [one for one in screen.app.checkbox if one.label.startswith("I know")]
    sure.check()
    assert "The file was removed" in screen.click("Remove it")
    assert list_uploads(open_store(), SAMPLE) == ()
    [_, row] = screen.table("Files that were removed")
    assert (row[0], row[6]) == (upload.file_sha256, "It holds salaries")


def test_a_hold_is_placed_forbids_removal_and_is_released(screen: Screen) -> None:
    screen.open(KEEPING, district="sample")
    fill(screen, "Reason: the matter", "Suit 26-114")
    screen.click("Place it")
    assert screen.table("Records on hold")[1][:2] == ["Every record of the district", "Suit 26-114"]
    fill(screen, "Reason, for the audit trail", "wrong")
    [sure] = [one for one in screen.app.checkbox if one.label.startswith("I know")]
    sure.check()
    assert "This record is on hold (Suit 26-114)" in screen.click("Remove it")
    [reason] = [one for one in screen.app.text_input if one.key == "release_reason"]
    reason.set_value("Settled")
    screen.click("Release it")
    assert [hold.is_in_force for hold in list_holds(open_store(), SAMPLE)] == [False]


def test_a_retention_period_dates_every_record(screen: Screen) -> None:
    screen.open(KEEPING, district="sample")
    assert {row[3] for row in screen.table("Records and until")[1:]} == {"no period set"}
    fill(screen, "Authority", "State schedule")
    screen.click("Set it")
    rows = {row[0]: row for row in screen.table("Records and until")[1:]}
    assert rows["Budget, version 1"][1:] == ["2027-06-30", "2034-06-30", "kept"]


def test_every_district_stands_beside_the_others_with_its_own_figures(screen: Screen) -> None:
    screen.open(DISTRICTS, district="sample")
    rows = {row[0]: row[1:] for row in screen.table("Every district")[1:]}
    sample = rows["Harlow Ridge School District (fictitious)"]
    assert sample[:4] == ["3,612,500", "FY2026-27 adopted", "9,223,941", "FY2026-27 to FY2030-31"]
    assert sample[4:] == ["2,217,296", "1,999,460", "22 %"]
    assert rows["District with ledger"][:3] == ["3,612,500", "FY2026-27 adopted", "no plan"]
    assert rows["District with empty"] == ["no budget", "", "no plan", "", "", "", ""]
    assert rows["4 districts"][0] == "$7,225,000"


def test_a_name_leads_to_the_districts_own_overview(screen: Screen) -> None:
    screen.open(DISTRICTS, district="sample")
    [table] = [html for html in screen.html() if "Every district" in html]
    assert sorted(re.findall(r"/overview\?district=(\w+)", table)) == ["empty", "ledger", "plan", "sample"]


def test_one_district_says_how_another_begins(small_store: Path) -> None:
    assert "This store keeps one district." in Screen().open(DISTRICTS)
    close_stores()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PLANNER, Role.FINANCE, Role.CABINET])
def test_only_the_administrator_has_these_pages(role: Role) -> None:
    assert {entry.title for entry in list_entries(role)} & {"Audit", "Backups and records", "Districts"} == set()
