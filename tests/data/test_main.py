"""The command line as a whole: what it takes, how it ends, and that it always answers in a sentence."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

import techplan
from data.__main__ import COMMANDS, main
from planning import errors
from planning.errors import TechplanError
from tests.data.command_runs import Run, write_budget

ROOT = Path(__file__).parents[2]
FRONT_DOOR = [sys.executable, str(ROOT / "techplan.py"), techplan.INSIDE]
ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TechplanError)]
HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def start(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*FRONT_DOOR, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "The following arguments are required: COMMAND"),
        (("choose",), "invalid choice: 'choose'"),
        (("packet", "--out", "x"), "invalid choice: 'packet'"),
        (("read",), "The following arguments are required: FILE"),
        (("evaluate", "--scenarios", "Lean"), "Unrecognized arguments: --scenarios Lean"),
        (("evaluate", "--as-of", "soon"), "'soon' is not a date like 2026-07-01"),
        (("districts", "--js"), "Unrecognized arguments: --js"),
    ],
)
def test_what_is_not_understood_is_a_usage_error(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err and "--help" in ran.err


def test_a_usage_error_is_one_object_too(run: Run) -> None:
    ran = run("evaluate", "--as-of", "soon", "--json")
    assert (ran.code, ran.answer["schema"], ran.answer["status"]) == (2, "techplan.evaluate/1", "usage")
    assert ran.answer["findings"] == [] and "'soon'" in ran.answer["message"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_function(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[command].summary in " ".join(capsys.readouterr().out.split())
    assert callable(COMMANDS[command].load())


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_ends_with_its_exit_code_and_its_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, kind: type[TechplanError]
) -> None:
    def fail(*_: object) -> int:
        raise kind("It went so.", "Do this.")

    monkeypatch.setattr("data.commands.keeping.districts_command", fail)
    ran = run("districts", "--json")
    assert (ran.code, ran.answer["message"], ran.answer["next_step"]) == (kind.exit_code, "It went so.", "Do this.")
    assert ran.err.count("It went so. Do this.") == 1
    assert bool(ran.answer["findings"]) == (kind.exit_code == 4)  # the reason of a refusal is a finding


def test_a_bug_is_one_line_that_names_the_log(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> int:
        raise LookupError("Ms. Rivera's salary")

    monkeypatch.setattr("data.commands.keeping.districts_command", fail)
    ran = run("districts")
    log = tmp_path / "techplan.log"
    assert (ran.code, ran.out, ran.err.count("\n")) == (70, "", 1)
    assert str(log) in ran.err and "Rivera" not in ran.err
    [line] = [line for line in log.read_text().splitlines() if "LookupError" in line]
    assert line.split()[2] in ran.err and "Rivera" not in line
    assert run("districts", "--json").answer["status"] == "failed"


def test_a_bug_before_there_is_a_log_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.__main__.load_settings", lambda: 1 / 0)
    ran = run("districts")
    assert (ran.code, ran.err) == (
        70,
        "techplan: Something went wrong, and it is Techplan's fault. No log was open yet.\n",
    )


def test_a_setting_that_cannot_be_used_is_a_usage_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHPLAN_PORT", "many")
    ran = run("districts", "--json")
    assert (ran.code, ran.answer["status"]) == (2, "usage")
    assert "TECHPLAN_PORT" in ran.err


def test_a_named_store_has_its_log_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert run("districts", "--store", "other/store.duckdb").code == 0
    assert (tmp_path / "other" / "techplan.log").exists()
    assert run("districts", "--store", "nowhere/store.duckdb").code == 0
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", ["districts", "check", "evaluate"])
def test_a_store_held_by_another_process_is_said_with_exit_5(run: Run, small_store: Path, command: str) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(small_store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    ran = run(command, "--json")
    holder.communicate()
    assert (ran.code, ran.answer["status"]) == (5, "store_unavailable")
    assert f"process {holder.pid}" in ran.err


def test_a_held_store_is_said_before_a_budget_is_published(run: Run, small_store: Path, budget_file: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(small_store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    ran = run("import", str(budget_file), "--district", "small")
    holder.communicate()
    assert (ran.code, ran.out) == (5, "")
    assert "has the store techplan.duckdb open" in ran.err


def test_a_newer_a_damaged_and_an_emptied_store_are_said_with_exit_5(run: Run, small_store: Path) -> None:
    with duckdb.connect(str(small_store)) as connection:
        connection.execute("INSERT INTO schema_migration VALUES (999, 'later', TIMESTAMP '2030-01-01')")
    assert "written by a newer Techplan" in run("districts").err
    small_store.write_bytes(b"a letter, not a store" * 1000)
    assert "not a Techplan store, or it is damaged" in run("districts").err
    small_store.write_bytes(b"")
    ran = run("districts")
    assert (ran.code, ran.out) == (5, "")


def test_a_folder_that_cannot_be_made_for_the_store_is_a_sentence(run: Run, budget_file: Path) -> None:
    ran = run("import", str(budget_file), "--district", "d", "--store", f"{budget_file}/store.duckdb")
    assert ran.code == 2
    assert "The folder of the store" in ran.err and "--store" in ran.err


def test_what_a_file_says_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    write_budget(tmp_path / "b\x1b[2J.csv", devices="12.34.56")
    ran = run("read", "b\x1b[2J.csv")
    assert "b [2J.csv" in ran.out
    assert "\x1b" not in ran.out + ran.err


def test_a_reader_that_goes_away_ends_a_command_quietly(tmp_path: Path, small_store: Path) -> None:
    process = start("districts", folder=tmp_path)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert (process.wait(30), process.stderr.read()) == (130, b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes of this kind")
def test_ctrl_c_ends_a_command_quietly_and_its_reader_with_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow.csv")  # whoever opens it waits for someone to write
    process = start("read", "slow.csv", folder=tmp_path)
    writer = os.open(tmp_path / "slow.csv", os.O_WRONLY)  # returns once the child has opened it
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert is_pipe_abandoned(writer)


def is_pipe_abandoned(writer: int) -> bool:
    """Whether nobody reads a pipe any more, waiting a little for that."""
    for _ in range(100):
        try:
            os.write(writer, b"x")
        except BrokenPipeError:
            return True
        time.sleep(0.05)
    return False


def test_through_the_front_door_a_file_is_looked_for_where_the_person_stands(tmp_path: Path, budget_file: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    write_budget(folder / "mine.csv")
    process = start("read", "mine.csv", "--json", folder=folder)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert json.loads(out)["file"] == "mine.csv"
