"""Runs the checks one after the other, each to its end, and closes with one line that names what failed."""

import os
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Check:
    """A program that must end with 0."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def find_checks() -> list[Check]:
    """What every change must pass before its tests are worth running."""
    return [
        Check("lint (ruff)", [_program("ruff"), "check", "--quiet", "."]),
        Check("format (ruff)", [_program("ruff"), "format", "--check", "--quiet", "."]),
        Check("types (ty)", [_program("ty"), "check", "--output-format", "concise", "--error-on-warning"]),
        Check("imports (import-linter)", [_program("lint-imports"), "--no-cache"]),
        Check("dependencies (deptry)", [_program("deptry"), "."]),
    ]


def _program(name: str) -> str:
    suffix = ".exe" if sys.platform == "win32" else ""
    return str(Path(sysconfig.get_path("scripts")) / (name + suffix))


def run_checks(checks: list[Check]) -> int:
    """Run them all; 0 when every one passed."""
    failed = []
    for check in checks:
        started = time.monotonic()
        print(f"==> {check.name}", flush=True)
        done = subprocess.run(check.command, cwd=ROOT, env=os.environ | check.environment, check=False)
        verdict = "passed" if done.returncode == 0 else f"FAILED (exit {done.returncode})"
        print(f"    {check.name}: {verdict} in {time.monotonic() - started:.1f} s", flush=True)
        if done.returncode:
            failed.append(check.name)
    names = ", ".join(failed)
    print(f"Techplan: {names} FAILED." if failed else f"Techplan: all {len(checks)} checks passed.", flush=True)
    return 1 if failed else 0
