"""How a command ended, and a small budget file to run commands on."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from data.__main__ import main


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The one object of `--json`."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def run_command(*words: str) -> Ran:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return Ran(code, out.getvalue(), err.getvalue())


def write_budget(path: Path, devices: str = "1300", name: str = "Desktop computers") -> Path:
    """A budget of three lines and two years, as text; its printed total fits devices at 1300."""
    path.write_text(
        "Line item,2025-26 Adopted Expenditures,2026-27 Proposed Expenditures\n"
        f"{name},1200.50,{devices}\nLibrary books,400,450.25\nBuses,10,20\nTotal,1610.50,1770.25\n",
        encoding="utf-8",
    )
    return path
