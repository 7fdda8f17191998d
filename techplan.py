"""Techplan's front door: gets the environment ready once, then runs one command.

Standard library only, and written so that any Python from 3.8 on can read it: uv brings the Python that Techplan needs.
Everything past `--inside` runs in the environment; the folder the person stands in is kept all the way.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
UV_VERSION = "0.13.9"
OWN_UV = ROOT / ".uv"
INSIDE = "--inside"
EXIT_USAGE, EXIT_NOT_READY, EXIT_INTERRUPTED = 2, 1, 130

APP_COMMANDS = {
    "app": "start the dashboard and print its address (what no command at all does)",
}
DATA_COMMANDS = {
    "read": "FILE: understand a budget workbook and say what was found; nothing is stored",
    "import": "FILE: publish a budget workbook as the current version of its series",
    "plan": "FILE: read a filled plan workbook and store it as a revision",
    "template": "[FILE]: write a plan workbook to fill, or the stored plan to edit",
    "evaluate": "the stored plan: cost, funding, gaps and alignment",
    "journal": "FILE: write the plan as budget entries and transfers for an accounting system",
    "districts": "list the districts of the store",
    "check": "verify the store: every stored row, versions, totals and the audit chain",
    "audit": "[FILE]: who changed what, when and why; as CSV where a file is named",
    "backup": "FILE: write a consistent, verified copy of the store",
    "drill": "take a backup, restore it elsewhere, and compare the two",
    "restore": "FILE: put a backup in place of the store",
}
DEVELOPER_COMMANDS = {
    "test": "every check and every test; arguments after it go to pytest",
    "check-code": "the checks without the tests",
    "refresh-pins": "resolve every dependency anew, write the exact pins and the notices",
    "check-wheels": "see that every dependency has wheels for Windows, macOS and Linux, Python 3.11-3.14",
}
OPTIONS = {
    "--store FILE": "the store to use (setting TECHPLAN_STORE)",
    "--district ID": "the district to work in (setting TECHPLAN_DISTRICT)",
    "--role ROLE": "act as a lower role than your own, to see what it sees",
    "--port N": "the dashboard's port; without it the next free one from 8501",
    "--version": "print the version",
    "--help": "print this; `COMMAND --help` says more",
}
GROUPS = (
    ("The dashboard", APP_COMMANDS),
    ("Workbooks, plans and the store", DATA_COMMANDS),
    ("For developers", DEVELOPER_COMMANDS),
    ("Options", OPTIONS),
)


class NotReadyError(Exception):
    """The environment could not be made; the text says why and what to do."""


def main(argv: list[str]) -> int:
    if argv[:1] == [INSIDE]:
        return run_inside(argv[1:])
    leading, command, rest = split_arguments(argv)
    if "--help" in leading or "-h" in leading or command == "help":
        print(help_text())
        return 0
    if "--version" in leading:
        print("Techplan " + read_version())
        return 0
    if not is_command(command):
        return refuse("There is no command `" + command + "`. `python techplan.py --help` lists them all.", EXIT_USAGE)
    try:
        python = make_ready(find_uv() or fetch_uv(), for_developers=command in DEVELOPER_COMMANDS)
    except NotReadyError as error:
        return refuse(str(error), EXIT_NOT_READY)
    return hand_over([str(python), str(ROOT / "techplan.py"), INSIDE, command, *rest, *leading])


def split_arguments(argv: list[str]) -> tuple[list[str], str, list[str]]:
    """The options before the command, the command (`app` when none is given), and what follows it."""
    index = 0
    while index < len(argv) and argv[index].startswith("-"):
        takes_value = argv[index] in ("--store", "--district", "--role", "--port")
        index += 2 if takes_value else 1
    command = argv[index] if index < len(argv) else "app"
    return argv[:index], command, argv[index + 1 :]


def is_command(word: str) -> bool:
    return any(word in commands for commands in (APP_COMMANDS, DATA_COMMANDS, DEVELOPER_COMMANDS))


def help_text() -> str:
    lines = ["Techplan " + read_version() + ": technology planning and budgeting for school districts", ""]
    lines.append("python techplan.py [OPTIONS] [COMMAND] ...")
    for title, rows in GROUPS:
        lines += ["", title + ":"]
        lines += [f"  {name:<14} {words}" for name, words in rows.items()]
    return "\n".join(lines)


def read_version() -> str:
    found = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1) if found else "(unknown version)"


def refuse(sentence: str, exit_code: int) -> int:
    print("techplan: " + sentence, file=sys.stderr)
    return exit_code


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def find_uv() -> str | None:
    """uv from PATH, or the one fetched before."""
    own = shutil.which("uv", path=os.pathsep.join([str(OWN_UV / "bin"), str(OWN_UV / "venv" / bin_folder())]))
    return shutil.which("uv") or own


def bin_folder() -> str:
    return "Scripts" if os.name == "nt" else "bin"


def fetch_uv() -> str:
    """Fetch the pinned uv once, with this Python's pip, or with the pip of a small environment of its own."""
    say("Techplan: fetching uv " + UV_VERSION + ", which sets up everything else (once).")
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = "uv==" + UV_VERSION
    attempts = (
        [[sys.executable, *pip, "--target", str(OWN_UV), "--upgrade", uv]],
        [
            [sys.executable, "-m", "venv", str(OWN_UV / "venv")],
            [str(OWN_UV / "venv" / bin_folder() / "python"), *pip, uv],
        ],
    )
    words = ""
    for steps in attempts:
        words = run_steps(steps)
        found = find_uv()
        if found:
            return found
        if "No module named pip" not in words:
            break  # this Python's pip is there, so what is missing is the network, not another pip
    raise NotReadyError(
        "uv is not on PATH and could not be fetched (" + words + "). "
        "Install uv, or pip for this Python, check the network, and run the command again."
    )


def run_steps(steps: list[list[str]]) -> str:
    """Run the steps until one fails; the last line of what the failing one said, or nothing."""
    for step in steps:
        try:
            done = subprocess.run(step, check=False, capture_output=True, text=True)
        except OSError as error:
            return str(error)
        if done.returncode:
            return (done.stderr or done.stdout).strip().split("\n")[-1]
    return ""


def make_ready(uv: str, for_developers: bool) -> Path:
    """Bring the environment to the pins of pyproject.toml; when it is there already this takes about 15 ms."""
    python = environment_python()
    quiet = ["--quiet"] if python.exists() else []
    if not quiet:
        say("Techplan: getting ready. This happens once and takes about a minute.")
    group = [] if for_developers else ["--no-dev"]
    command = [uv, "sync", "--inexact", *group, *quiet, "--project", str(ROOT)]
    if subprocess.call(command, env=uv_environment(first_time=not quiet)) != 0:
        raise NotReadyError(
            "its environment could not be made ready (the lines above say why). "
            "It needs Python 3.11 to 3.14 and, the first time, a network that reaches the Python package index."
        )
    return python


def environment_python() -> Path:
    folder = ROOT / os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv")
    return folder / bin_folder() / ("python.exe" if os.name == "nt" else "python")


def uv_environment(first_time: bool) -> dict[str, str]:
    """The person's variables but their own virtual environment; where there is no home, uv keeps its cache here.

    The first time this Python is named where it will do, because uv may not find it (it need not be on PATH).
    """
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if os.name != "nt" and not os.environ.get("HOME"):
        environment.update(HOME=str(OWN_UV / "home"), UV_CACHE_DIR=str(OWN_UV / "cache"))
    if first_time and (3, 11) <= sys.version_info[:2] <= (3, 14):
        environment.setdefault("UV_PYTHON", sys.executable)
    return environment


def hand_over(command: list[str]) -> int:
    """Become the command where the system can, so that signals and the exit code are its own."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def run_inside(argv: list[str]) -> int:
    """In the environment: run one command."""
    command, arguments = argv[0], argv[1:]
    if command in APP_COMMANDS:
        return run_app(arguments)
    if command in DEVELOPER_COMMANDS:
        from develop.commands import main as run_developer_command

        return run_developer_command(command, arguments)
    from data.__main__ import main as run_data_command

    return run_data_command([command, *arguments])


def run_app(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="techplan.py app", description=APP_COMMANDS["app"], allow_abbrev=False)
    parser.add_argument("--store", help=OPTIONS["--store FILE"])
    parser.add_argument("--district", help=OPTIONS["--district ID"])
    parser.add_argument("--port", type=int, help=OPTIONS["--port N"])
    options = parser.parse_args(arguments)
    if options.store:
        os.environ["TECHPLAN_STORE"] = str(Path(options.store).absolute())
    if options.district:
        os.environ["TECHPLAN_DISTRICT"] = options.district
    if options.port is not None:
        os.environ["TECHPLAN_PORT"] = str(options.port)
    from app import serve

    return serve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
