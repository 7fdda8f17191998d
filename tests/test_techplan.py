"""The front door: from any folder, with or without uv, with or without a home; help and version."""

import ast
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import techplan
from data.__main__ import build_parser
from develop.server import find_free_port

ROOT = Path(techplan.__file__).parent
PROJECT = '[project]\nname = "small"\nversion = "7.8.9"\nrequires-python = ">=3.11"\n[tool.uv]\npackage = false\n'
COMMANDS = 'import os, sys\ndef main(argv):\n    print(argv, os.getcwd(), sys.prefix)\n    return 3\n'  # fmt: skip


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """The front door in front of a project without dependencies whose one command prints what reached it."""
    project = tmp_path / "a project"
    (project / "data").mkdir(parents=True)
    shutil.copy(ROOT / "techplan.py", project)
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "data" / "__init__.py").touch()
    (project / "data" / "__main__.py").write_text(COMMANDS)
    return project


def run_front_door(
    project: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    variables = {name: os.environ[name] for name in ("PATH", "PIP_CERT", "SSL_CERT_FILE") if name in os.environ}
    python = shutil.which("python3", path=environment.get("PATH")) or sys.executable
    command = [python, str(project / "techplan.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env=variables | environment, capture_output=True, text=True, check=False)


def make_folder_with_python_only(tmp_path: Path) -> str:
    """A PATH on which a Python is, and uv is not."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python3").symlink_to(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}")
    return str(folder)


def test_a_command_runs_where_the_person_stands_in_the_projects_own_environment(small_project: Path) -> None:
    elsewhere = small_project.parent / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    (elsewhere / "data" / "__main__.py").write_text("raise SystemExit('the wrong data')")
    done = run_front_door(small_project, "read", "budget.xlsx", "--json", cwd=elsewhere, HOME=str(elsewhere))
    assert done.returncode == 3, done.stderr
    assert done.stdout == f"['read', 'budget.xlsx', '--json'] {elsewhere} {small_project / '.venv'}\n"


def test_options_before_the_command_reach_it(small_project: Path) -> None:
    done = run_front_door(small_project, "--store", "s.duckdb", "check", cwd=small_project, HOME=str(small_project))
    assert "['check', '--store', 's.duckdb']" in done.stdout


@pytest.mark.network
def test_without_pip_either_it_fetches_uv_with_a_pip_of_its_own(small_project: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "no pip")], check=True)
    folder = str(tmp_path / "no pip" / "bin")
    done = run_front_door(small_project, "check", cwd=tmp_path, PATH=folder, HOME=str(tmp_path))
    assert done.returncode == 3, done.stderr
    assert (small_project / ".uv" / "venv").is_dir()


@pytest.mark.network
def test_without_uv_on_path_and_without_a_home_it_fetches_uv_once(small_project: Path, tmp_path: Path) -> None:
    path = make_folder_with_python_only(tmp_path)
    first = run_front_door(small_project, "check", cwd=tmp_path, PATH=path, HOME="")
    again = run_front_door(small_project, "check", cwd=tmp_path, PATH=path, HOME="")
    assert first.returncode == 3, first.stderr
    assert "fetching uv" in first.stderr
    assert (again.returncode, again.stderr) == (3, "")


def test_where_uv_cannot_be_had_it_says_so_in_a_sentence(small_project: Path, tmp_path: Path) -> None:
    path = make_folder_with_python_only(tmp_path)
    done = run_front_door(small_project, "check", cwd=tmp_path, PATH=path, HOME="", PIP_NO_INDEX="1")
    assert done.returncode == techplan.EXIT_NOT_READY
    assert "uv is not on PATH and could not be fetched" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_environment_that_cannot_be_made_is_a_sentence(small_project: Path) -> None:
    (small_project / "pyproject.toml").write_text(PROJECT.replace(">=3.11", ">=4"))
    done = run_front_door(small_project, "check", cwd=small_project, HOME=str(small_project))
    assert done.returncode == techplan.EXIT_NOT_READY
    assert "could not be made ready" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help_need_no_environment(small_project: Path, tmp_path: Path) -> None:
    path = make_folder_with_python_only(tmp_path)
    assert run_front_door(small_project, "--version", PATH=path).stdout == "Techplan 7.8.9\n"
    assert "python techplan.py [OPTIONS] [COMMAND]" in run_front_door(small_project, "--help", PATH=path).stdout
    assert not (small_project / ".uv").exists()


def test_an_unknown_command_is_a_usage_error(small_project: Path) -> None:
    done = run_front_door(small_project, "evalute")
    assert done.returncode == techplan.EXIT_USAGE
    assert "There is no command `evalute`" in done.stderr


def test_help_names_every_command_there_is() -> None:
    subcommands = next(action.choices for action in build_parser()._actions if action.dest == "command")
    assert set(techplan.DATA_COMMANDS) == set(subcommands or ())
    for commands in (techplan.APP_COMMANDS, techplan.DATA_COMMANDS, techplan.DEVELOPER_COMMANDS):
        assert all(f"\n  {command} " in techplan.help_text() for command in commands)


def test_the_readme_names_the_commands_of_the_help_and_no_others() -> None:
    named = set(re.findall(r"python techplan\.py ([a-z][a-z-]*)", (ROOT / "README.md").read_text(encoding="utf-8")))
    known = {*techplan.APP_COMMANDS, *techplan.DATA_COMMANDS, *techplan.DEVELOPER_COMMANDS}
    assert named <= known
    assert known - named <= {"app"}  # it is what no command does


def test_the_documents_name_no_command_that_does_not_exist() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        for command in re.findall(r"python techplan\.py ([a-z][a-z-]*)", page.read_text(encoding="utf-8")):
            assert techplan.is_command(command), f"{page.name}: {command}"


def test_the_front_door_is_standard_library_that_python_3_8_can_read() -> None:
    tree = ast.parse((ROOT / "techplan.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert set(names) <= {*sys.stdlib_module_names, "__future__"}


def test_ctrl_c_ends_the_dashboard_without_a_traceback(small_store: Path) -> None:
    command = [sys.executable, str(ROOT / "techplan.py"), "--store", str(small_store)]
    process = subprocess.Popen(command, cwd=small_store.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout
    address = process.stdout.readline().decode()
    assert re.fullmatch(r"Techplan is ready at http://127\.0\.0\.1:\d+ \(Ctrl-C ends it\)\.\n", address)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    assert process.wait(15) in (0, techplan.EXIT_INTERRUPTED)
    assert time.monotonic() - started < 5
    assert process.stdout.read().decode().strip() == "Techplan has ended."


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    port = find_free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        command = [sys.executable, str(ROOT / "techplan.py"), techplan.INSIDE, "app", "--port", str(port)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == techplan.EXIT_USAGE
    assert done.stderr.startswith(f"techplan: Port {port} is used by another program. Give another one")
    assert done.stdout == ""


def test_a_port_that_is_no_port_is_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "techplan.py"), techplan.INSIDE, "app", "--port", "99999"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == techplan.EXIT_USAGE
    assert "TECHPLAN_PORT" in done.stderr
    assert "Traceback" not in done.stderr
