"""An uploaded file lives as long as its reading, under no name of its own, and never longer."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import uploads
from data.jobs import find_job, forget_job
from data.store.viewer import Viewer
from data.uploads import (
    READ_BUDGET,
    READ_PLAN,
    find_most_megabytes,
    forget_upload,
    read_upload_again,
    start_reading_upload,
)
from planning.errors import InputRefused, UsageError
from planning.permissions import Role
from planning.vocabulary import ReadingStatus

VIEWER = Viewer("Dana", Role.FINANCE, "harlow")
ASKING = b"Expenditures by object\nObject,Name,Amount\n410,Supplies,10\n480,Hardware,5.5\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where uploads are kept during a test."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    for job_id in list(uploads._uploads):
        forget_upload(job_id)


def list_files(folder: Path) -> list[Path]:
    """The dropped files; the cells beside them are of the reading."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "cells"]


def test_the_setting_raises_the_size_of_budgets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHPLAN_FILE_LIMITS", "4")
    assert (find_most_megabytes(READ_BUDGET), find_most_megabytes(READ_PLAN)) == (200, 50)


def test_an_uploaded_budget_is_read_under_the_name_it_came_with(folder: Path) -> None:
    job = start_reading_upload(VIEWER, READ_BUDGET, "../../Budget.csv", ASKING)
    reading = job.result()
    assert (reading.file_name, reading.status) == ("../../Budget.csv", ReadingStatus.NEEDS_CHOICE)
    assert (job.owner, job.district_id) == ("Dana", "harlow")
    [path] = list_files(folder)
    assert (path.name, path.read_bytes()) == ("upload", ASKING)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_answers_read_the_same_file_again(folder: Path) -> None:
    first = start_reading_upload(VIEWER, READ_BUDGET, "budget.csv", ASKING)
    again = read_upload_again(VIEWER, first, {"fiscal_year": "2026-27"})
    assert again and again.result().status is ReadingStatus.READY
    assert again.result().totals[0].fiscal_year == "FY2026-27"
    assert find_job(first.id) is None and len(list_files(folder)) == 1


def test_a_forgotten_upload_leaves_nothing_and_cannot_be_read_again(folder: Path) -> None:
    job = start_reading_upload(VIEWER, READ_BUDGET, "budget.csv", ASKING)
    forget_upload(job.id)
    forget_upload(job.id)
    assert (list_files(folder), find_job(job.id)) == ([], None)
    assert read_upload_again(VIEWER, job, {}) is None


def test_the_next_upload_removes_files_whose_reading_is_gone(folder: Path) -> None:
    old = start_reading_upload(VIEWER, READ_BUDGET, "old.csv", ASKING)
    forget_job(old.id)
    new = start_reading_upload(VIEWER, READ_PLAN, "new.xlsx", b"%PDF")
    assert [path.read_bytes() for path in list_files(folder)] == [b"%PDF"]
    with pytest.raises(InputRefused, match="This is not a workbook"):
        new.result()


def test_the_end_of_the_process_removes_every_file(folder: Path) -> None:
    start_reading_upload(VIEWER, READ_BUDGET, "budget.csv", ASKING)
    uploads._remove_all()
    assert list_files(folder) == []


def test_a_disk_that_takes_no_more_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(InputRefused, match=r"could not be kept on this computer \(No space left on device\)") as caught:
        start_reading_upload(VIEWER, READ_BUDGET, "budget.csv", ASKING)
    assert caught.value.next_step == "Free some space, then drop it again."
    assert list(folder.iterdir()) == []


def test_a_function_that_may_not_run_as_a_job_leaves_no_file(folder: Path) -> None:
    with pytest.raises(UsageError, match="may not run as a job"):
        start_reading_upload(VIEWER, "os:system", "budget.csv", ASKING)
    assert list(folder.iterdir()) == []
