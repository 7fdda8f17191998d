"""The log holds what the code says and nothing that a person typed or a workbook holds."""

import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.logs import Known, current_request_id, set_up_logs, start_request
from planning.permissions import Role

CELL_TEXT = "Doe, Jane: salary 91,204"


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "logs" / "techplan.log"
    set_up_logs(path)
    yield path
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if getattr(handler, "baseFilename", "") == str(path):
            root.removeHandler(handler)
            handler.close()


def test_a_line_has_the_moment_the_request_and_the_words_of_the_code(log_file: Path) -> None:
    request_id = start_request()
    logging.getLogger("data.intake").info("read %d sheets of %s for %s", 95, Known("upload-1"), Role.FINANCE)
    moment, rest = log_file.read_text().split(" ", 1)
    assert moment.endswith("Z")
    assert rest == f"INFO {request_id} data.intake: read 95 sheets of upload-1 for finance\n"


def test_each_request_has_an_id_of_its_own() -> None:
    assert start_request() != start_request()
    assert current_request_id() != "-"


def test_text_that_is_not_vouched_for_never_gets_in(log_file: Path) -> None:
    log = logging.getLogger("data.intake")
    log.warning("cannot read %s", CELL_TEXT)
    log.warning("cannot read %r in %s", [CELL_TEXT], {"cell": CELL_TEXT})
    log.warning("cannot read %(cell)s", {"cell": CELL_TEXT})
    log.info("amount %s, id %s", 91204.5, uuid.UUID(int=1))
    written = log_file.read_text()
    assert "Doe" not in written
    assert "91204" not in written
    assert "cannot read <str>" in written
    assert "id 00000000-0000-0000-0000-000000000001" in written


def test_the_message_of_an_error_never_gets_in_but_its_place_does(log_file: Path) -> None:
    try:
        try:
            float(CELL_TEXT)
        except ValueError as error:
            raise LookupError(CELL_TEXT) from error
    except LookupError:
        logging.getLogger("data.commands").exception("a command failed")
    written = log_file.read_text()
    assert "Doe" not in written
    assert "a command failed | LookupError > tests/data/test_logs.py:" in written


def test_a_librarys_own_words_never_get_in(log_file: Path) -> None:
    logging.getLogger("openpyxl.reader").warning("strange value in cell B7: " + CELL_TEXT)  # noqa: G003 - as they do
    written = log_file.read_text()
    assert "Doe" not in written
    assert "openpyxl.reader: (a message of the library, test_logs.py:" in written


def test_a_log_that_cannot_be_written_is_said_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    set_up_logs(tmp_path / "file" / "techplan.log")
    assert "no log is kept" in capsys.readouterr().err


def test_the_file_is_turned_over_before_it_grows_large(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.logs.MAX_BYTES", 200)
    set_up_logs(log_file)
    for number in range(9):
        logging.getLogger("data.jobs").info("job %d done", number)
    assert log_file.with_name("techplan.log.1").exists()
    assert log_file.stat().st_size <= 200
