"""The plan workbook of the sample: what the script builds, what is kept, and what is read back are one plan."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from data.samples import build
from data.samples.archive import store_uncompressed
from data.samples.plan import build_sample_plan
from data.workbooks.reading import read_plan_file


def test_the_committed_plan_workbook_is_what_the_script_builds() -> None:
    """Where this fails after a change of the template: python -m data.samples.build."""
    assert build.build_plan_file() == build.PLAN_FILE.read_bytes()


def test_the_plan_workbook_reads_back_as_the_plan_without_a_finding() -> None:
    reading = read_plan_file(str(build.PLAN_FILE))
    assert reading.findings == ()
    assert reading.plan == build_sample_plan()


def test_storing_uncompressed_keeps_every_part_and_can_be_repeated() -> None:
    book = openpyxl.Workbook()
    written = BytesIO()
    book.save(written)
    stored = store_uncompressed(written.getvalue())
    assert store_uncompressed(stored) == stored
    with ZipFile(written) as before, ZipFile(BytesIO(stored)) as after:
        assert before.namelist() == after.namelist()
        assert all(before.read(name) == after.read(name) for name in before.namelist())


def test_the_script_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BUDGET_FILE", tmp_path / "budget.xlsx")
    monkeypatch.setattr(build, "PLAN_FILE", tmp_path / "plan.xlsx")
    assert [path.name for path in build.write_sample_files()] == ["budget.xlsx", "plan.xlsx"]
    assert all(path.stat().st_size > 100_000 for path in tmp_path.iterdir())
