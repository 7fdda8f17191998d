"""Out and in again is the same plan, whatever it holds; and the same plan is the same bytes."""

import io
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from data.workbooks.reading import read_plan_file, read_plan_workbook
from data.workbooks.template import write_plan_workbook
from planning import model
from planning.errors import InputRefused
from tests.data.workbooks.plan_cells import cells_of
from tests.data.workbooks.plan_strategies import plans


# Not shrunk: a whole plan takes minutes to shrink, and says enough as it is.
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(plan=plans())
def test_any_plan_comes_back_the_same_and_goes_out_the_same(plan: model.Plan) -> None:
    content = write_plan_workbook(plan, "rev-1")
    reading = read_plan_workbook(cells_of(content))
    assert reading.plan is not None, reading.findings
    assert reading.plan == plan
    assert reading.base_revision == "rev-1"
    assert write_plan_workbook(reading.plan, "rev-1") == content


def test_the_file_tells_no_time(small_plan: model.Plan) -> None:
    content = write_plan_workbook(small_plan, "r7")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.count("2026-01-01T00:00:00Z") == 2


def test_saving_it_again_with_another_program_changes_nothing(small_plan: model.Plan, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_plan_workbook(small_plan, "r7")))
    book.save(tmp_path / "again.xlsx")
    reading = read_plan_workbook(cells_of((tmp_path / "again.xlsx").read_bytes()))
    assert reading.plan == small_plan
    assert (reading.base_revision, reading.findings) == ("r7", ())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saving_it_again_with_libreoffice_changes_nothing(small_plan: model.Plan, tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(write_plan_workbook(small_plan, "r7"))
    command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "plan.xlsx")], check=True, capture_output=True, timeout=120)
    reading = read_plan_workbook(cells_of((tmp_path / "out" / "plan.xlsx").read_bytes()))
    assert (reading.plan, reading.base_revision) == (small_plan, "r7")


def test_interleaved_commitments_keep_their_order(small_plan: model.Plan) -> None:
    plan = small_plan.model_copy(update={"commitments": small_plan.commitments[::-1] * 2})
    reading = read_plan_workbook(cells_of(write_plan_workbook(plan)))
    assert reading.plan == plan
    assert {finding.code for finding in reading.findings} == {"duplicate_entry"}


def test_a_file_is_read_through_the_gate_with_progress(small_plan: model.Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(write_plan_workbook(small_plan, "r7"))
    said: list[str] = []
    reading = read_plan_file(str(path), "our plan.xlsx", lambda _, words: said.append(words))
    assert reading.plan == small_plan
    assert said[-1] == "Reading the plan"


def test_text_longer_than_a_cell_is_refused_and_not_cut(small_plan: model.Plan) -> None:
    long = small_plan.initiatives[0].model_copy(update={"description": "x" * 32_768})
    plan = small_plan.model_copy(update={"initiatives": (long,)})
    with pytest.raises(InputRefused, match="“Description” has 32,768 characters; a cell holds 32,767"):
        write_plan_workbook(plan)


def test_a_plan_of_the_samples_size_is_quick(small_plan: model.Plan) -> None:
    """15 initiatives and 60 cost lines; the limits leave room for a slow machine."""
    plan = small_plan.model_copy(
        update={
            "initiatives": (*small_plan.initiatives, *_copies(small_plan.initiatives[0], "initiative_id", 13)),
            "cost_lines": _copies(small_plan.cost_lines[0], "cost_line_id", 60),
        }
    )
    started = time.perf_counter()
    content = write_plan_workbook(plan)
    written = time.perf_counter()
    cells = cells_of(content)
    opened = time.perf_counter()
    assert read_plan_workbook(cells).plan == plan
    assert written - started < 1.0
    assert time.perf_counter() - opened < 0.4


def _copies(item: model.Model, id_field: str, count: int) -> tuple[model.Model, ...]:
    return tuple(item.model_copy(update={id_field: f"{id_field}-{n}"}) for n in range(count))
