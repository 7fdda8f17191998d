"""Checks, without installing anything, that each pinned dependency has a wheel for every system and Python we name."""

import subprocess
import tempfile
import tomllib
from pathlib import Path

from develop.pins import PYPROJECT, find_program

PLATFORMS = {
    "Windows x86_64": "x86_64-pc-windows-msvc",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS x86_64": "x86_64-apple-darwin",
    "Linux x86_64": "x86_64-unknown-linux-gnu",
    "Linux arm64": "aarch64-unknown-linux-gnu",
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def check_wheels() -> int:
    """Print a table of systems and Pythons; 0 when every pinned dependency has a wheel for each."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    runtime: list[str] = project["project"]["dependencies"]
    pins: list[str] = project["tool"]["uv"]["constraint-dependencies"]
    troubles = {}
    print(f"{'':16}" + "".join(f"{python:>8}" for python in PYTHONS))
    for name, triple in PLATFORMS.items():
        row = {python: find_trouble(runtime, pins, triple, python) for python in PYTHONS}
        troubles |= {f"{name}, Python {python}": words for python, words in row.items() if words}
        print(f"{name:16}" + "".join(f"{'NO' if row[python] else 'yes':>8}" for python in PYTHONS), flush=True)
    for place, words in troubles.items():
        print(f"\n{place}:\n{words}")
    return 1 if troubles else 0


def find_trouble(requirements: list[str], pins: list[str], triple: str, python: str) -> str:
    """What uv says when it may use wheels only; nothing when they all exist."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, constraints = Path(folder) / "requirements.in", Path(folder) / "constraints.txt"
        wanted.write_text("\n".join(requirements), encoding="utf-8")
        constraints.write_text("\n".join(pins), encoding="utf-8")
        place = ["--python-platform", triple, "--python-version", python]
        command = [
            find_program(),
            "pip",
            "compile",
            "--no-config",
            "--system-certs",
            "--quiet",
            "--only-binary",
            ":all:",
        ]
        command += [*place, "--constraint", str(constraints), str(wanted)]
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else ""
