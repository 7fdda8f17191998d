"""Commands on a store that a dashboard has open: the same answer and exit code, through the loopback port."""

import http.client
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.service.client import delegate
from data.service.doorway import Doorway, doorway_path, find_doorway, find_process_start, open_doorway
from data.service.server import HOST, ROUTE, CommandServer
from data.settings import load_settings
from data.store.audit import list_events
from data.store.database import Store
from data.store.viewer import Viewer
from planning.errors import StoreBusy, StoreHeld
from planning.permissions import Role
from techplan import INSIDE, ROOT
from tests.data.command_runs import Run

HOLDER = """
import sys, time
from pathlib import Path
from data.service.server import CommandServer
from data.store.database import Store
store = Store(sys.argv[1]); store.revision("small")
server = CommandServer(Path(sys.argv[1])); print(server.start(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def dashboard(small_store: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open and takes commands, as the dashboard does."""
    command = [sys.executable, "-c", HOLDER, str(small_store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout and process.stdout.readline() == "True\n"
        yield process
        process.kill()


@pytest.fixture
def server(small_store: Path) -> Iterator[CommandServer]:
    listening = CommandServer(small_store)
    assert listening.start()
    yield listening
    listening.stop()


def ask(server: CommandServer, **headers: str) -> int:
    connection = http.client.HTTPConnection(HOST, server.doorway.port)
    sent = {"Authorization": f"Bearer {server.doorway.token}"} | headers
    request = {"words": ["districts"], "folder": str(ROOT), "encoding": "utf-8", "actor": "Dana", "district": None}
    connection.request("POST", ROUTE, json.dumps(request).encode(), sent)
    return connection.getresponse().status


@pytest.mark.parametrize(
    "words",
    [("districts",), ("districts", "--json"), ("check",), ("evaluate", "--district", "nowhere"), ("check", "-x")],
)
def test_a_command_answers_the_same_with_and_without_the_dashboard(
    run: Run, small_store: Path, words: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    alone = run(*words)
    request.getfixturevalue("dashboard")
    assert run(*words) == alone


def test_a_file_is_found_from_where_the_person_stands(
    run: Run, dashboard: subprocess.Popen[str], budget_file: Path, small_store: Path
) -> None:
    ran = run("import", "budget.csv", "--district", "small", "--json")
    assert (ran.code, ran.answer["file"], ran.answer["published_lines"]) == (0, "budget.csv", 3)
    assert run("backup", "copy.duckdb").code == 0
    assert (small_store.parent / "copy.duckdb").is_file()
    dashboard.kill()
    dashboard.wait()
    store = Store(small_store)
    actors = {event.actor for event in list_events(store, Viewer("x", Role.ADMIN, "small"))}
    assert load_settings().actor in actors
    store.close()


def test_read_needs_no_store_and_stays_here(run: Run, dashboard: subprocess.Popen[str], budget_file: Path) -> None:
    dashboard.kill()
    assert run("read", "budget.csv").code == 0


def test_the_front_door_goes_through_the_dashboard_too(dashboard: subprocess.Popen[str], small_store: Path) -> None:
    command = [sys.executable, str(ROOT / "techplan.py"), INSIDE, "districts", "--store", str(small_store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("small  ")


def test_the_token_is_for_its_owner_alone(server: CommandServer, small_store: Path) -> None:
    assert stat.S_IMODE(doorway_path(small_store).stat().st_mode) == 0o600
    assert find_doorway(small_store) == server.doorway
    server.stop()
    assert not doorway_path(small_store).exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Authorization": "Bearer wrong"}, 403),
        ({"Authorization": ""}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Host": "elsewhere.example"}, 403),
    ],
)
def test_only_the_token_asked_for_directly_is_answered(
    server: CommandServer, headers: dict[str, str], status: int
) -> None:
    assert ask(server, **headers) == status


def test_it_listens_on_this_computer_alone(server: CommandServer) -> None:
    assert server._http.server_address[0] == "127.0.0.1"


def test_a_wrong_token_is_said_to_the_person(server: CommandServer, small_store: Path) -> None:
    wrong = replace(server.doorway, token="wrong")
    doorway_path(small_store).unlink()
    assert open_doorway(small_store, wrong)
    with pytest.raises(StoreHeld, match="did not take this command"):
        delegate(["districts"], load_settings())


def test_a_file_left_by_a_killed_dashboard_is_ignored(
    run: Run, dashboard: subprocess.Popen[str], small_store: Path
) -> None:
    dashboard.kill()
    dashboard.wait()
    assert doorway_path(small_store).exists()
    assert find_doorway(small_store) is None
    assert run("districts").code == 0


def test_a_file_that_names_another_process_is_ignored(small_store: Path) -> None:
    doorway = Doorway(1, "token", os.getpid(), (find_process_start(os.getpid()) or 0) - 100)
    assert open_doorway(small_store, doorway)
    assert find_doorway(small_store) is None
    doorway_path(small_store).write_text("{")
    assert find_doorway(small_store) is None


def test_a_port_that_nobody_answers_is_ignored(run: Run, small_store: Path) -> None:
    began = find_process_start(os.getpid()) or 0
    assert open_doorway(small_store, Doorway(1, "token", os.getpid(), began))
    assert run("districts").code == 0


def test_a_second_dashboard_leaves_the_first_ones_doorway(server: CommandServer, small_store: Path) -> None:
    assert not CommandServer(small_store).start()
    assert find_doorway(small_store) == server.doorway


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dashboard_that_ends_before_it_answers_is_said(
    server: CommandServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(server, "run", fail)
    with pytest.raises(StoreBusy, match="ended before it had answered"):
        delegate(["districts"], load_settings())


def test_a_bug_in_the_dashboard_is_our_bug_for_the_caller(
    run: Run, server: CommandServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise LookupError("Ms. Rivera")

    monkeypatch.setattr("data.commands.keeping.districts_command", fail)
    ran = run("districts")
    assert (ran.code, ran.err.count("\n")) == (70, 1)
    assert "Rivera" not in ran.err
