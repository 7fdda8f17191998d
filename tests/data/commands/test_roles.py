"""What each role may do from the command line: every command as every role, and no hidden line in any answer."""

import tomllib
from pathlib import Path

import pytest

from data.__main__ import COMMANDS
from data.samples.build import BUDGET_FILE, PLAN_FILE
from data.samples.seed import seed_sample
from data.store.backup import back_up
from data.store.database import Store
from data.store.viewer import Viewer
from planning.permissions import Role
from tests.data.command_runs import Ran, run_command

MATRIX = tomllib.loads((Path(__file__).parents[2] / "cases" / "permissions.toml").read_text(encoding="utf-8"))
NOT_PERMITTED = 4
HIDDEN_WORDS = ("cameras", "Wi-Fi and switches", "Pay of two")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's store and a backup of it."""
    path = tmp_path_factory.mktemp("roles")
    store = Store(path / "store.duckdb")
    seed_sample(store)
    back_up(store, Viewer("tests", Role.ADMIN, "sample"), path / "copy.duckdb")
    store.close()
    return path


def run_as(role: Role, folder: Path, command: str, *words: str) -> Ran:
    place = ("--store", str(folder / "store.duckdb"), "--district", "sample", "--role", role.value)
    return run_command(command, *words, *place, "--json")


def name_files(command: str, folder: Path, role: Role) -> list[str]:
    """What a command is given, so that only the role can be in its way."""
    fresh = str(folder / f"{command}-{role.value}")
    return {
        "read": [str(BUDGET_FILE)],
        "import": [str(BUDGET_FILE), "--series", f"Of {role.value}"],
        "plan": [str(PLAN_FILE)],
        "template": [f"{fresh}.xlsx"],
        "journal": [f"{fresh}.csv"],
        "backup": [f"{fresh}.duckdb"],
        "restore": [str(folder / "copy.duckdb")],
    }.get(command, [])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "restore"])
def test_a_command_is_refused_exactly_where_the_matrix_says_so(folder: Path, command: str, role: Role) -> None:
    ran = run_as(role, folder, command, *name_files(command, folder, role))
    refused = ran.code == NOT_PERMITTED and f"The role {role} may not" in ran.answer["message"]
    assert refused is (role not in MATRIX["commands"].get(command, list(Role))), ran.out
    assert refused or ran.code == 0, ran.out


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PLANNER, Role.FINANCE, Role.CABINET])
def test_restoring_is_refused_and_the_store_stays(folder: Path, role: Role) -> None:
    before = (folder / "store.duckdb").read_bytes()
    ran = run_as(role, folder, "restore", str(folder / "copy.duckdb"))
    assert (ran.code, "may not restore" in ran.answer["message"]) == (NOT_PERMITTED, True)
    assert (folder / "store.duckdb").read_bytes() == before


def test_the_matrix_names_no_command_there_is_not() -> None:
    assert MATRIX["commands"].keys() <= COMMANDS.keys()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
@pytest.mark.parametrize("command", ["evaluate", "check", "districts"])
def test_an_answer_to_a_viewer_has_no_hidden_line(folder: Path, command: str, role: Role) -> None:
    ran = run_as(role, folder, command)
    found = [word for word in HIDDEN_WORDS if word in ran.out]
    assert bool(found) is (role is Role.ADMIN and command == "evaluate"), found


def test_the_plan_workbook_of_a_viewer_has_no_hidden_line(folder: Path) -> None:
    from data.workbooks.reading import read_plan_file

    for role in (Role.VIEWER, Role.ADMIN):
        path = folder / f"plan-of-{role.value}.xlsx"
        assert run_as(role, folder, "template", str(path)).code == 0
        plan = read_plan_file(str(path)).plan
        assert plan
        found = [word for word in HIDDEN_WORDS if word in plan.model_dump_json()]
        assert found == ([] if role is Role.VIEWER else list(HIDDEN_WORDS))


def test_a_role_there_is_not_is_a_question_of_usage(folder: Path) -> None:
    ran = run_command("districts", "--store", str(folder / "store.duckdb"), "--role", "king", "--json")
    assert (ran.code, "king" in ran.answer["message"]) == (2, True)
