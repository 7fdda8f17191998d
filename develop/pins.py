"""Writes the exact version of every dependency, direct or not, into pyproject.toml.

`uv.lock` names the places packages come from, so it is not kept in the project; these pins make each resolution the
same.
"""

import re
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from techplan import NotReadyError, fetch_uv, find_uv

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
OLDEST_PYTHON = "3.11"
PIN_BLOCK = re.compile(r"^constraint-dependencies = \[\n(?:.*\n)*?\]\n", re.MULTILINE)


def refresh_pins() -> int:
    """Resolve everything anew, as if there were no pins, and write what came out."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    pins = resolve_pins(list_direct_dependencies(project))
    PYPROJECT.write_text(write_pins(PYPROJECT.read_text(encoding="utf-8"), pins), encoding="utf-8")
    print(f"{len(pins)} pins written to {PYPROJECT.name}.")
    return subprocess.run(
        [find_program(), "sync", "--inexact", "--quiet", "--project", str(PYPROJECT.parent)], check=False
    ).returncode


def list_direct_dependencies(project: dict[str, Any]) -> list[str]:
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


def resolve_pins(requirements: list[str]) -> list[str]:
    """One line a package, for every system and Python at once, without hashes, notes or the name of an index."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "requirements.in"
        source.write_text("\n".join(requirements), encoding="utf-8")
        quiet = ["--quiet", "--no-header", "--no-emit-index-url", "--no-annotate"]
        python = ["--universal", "--python-version", OLDEST_PYTHON]
        command = [find_program(), "pip", "compile", "--no-config", "--system-certs", *quiet, *python, str(source)]
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotReadyError(f"the dependencies could not be resolved: {done.stderr.strip()}")
    return [line for line in done.stdout.splitlines() if line and not line.startswith("#")]


def write_pins(pyproject: str, pins: list[str]) -> str:
    """The text of pyproject.toml with the pins in place of the old ones."""
    rows = "".join(f"    {quote(pin)},\n" for pin in pins)
    block = f"constraint-dependencies = [\n{rows}]\n"
    if PIN_BLOCK.search(pyproject):
        return PIN_BLOCK.sub(lambda _match: block, pyproject, count=1)
    return pyproject.replace("[tool.uv]\n", f"[tool.uv]\n{block}", 1)


def quote(pin: str) -> str:
    return '"' + pin.replace('"', "'") + '"'


def find_program() -> str:
    return find_uv() or fetch_uv()
