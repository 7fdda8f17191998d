"""Commands run in the folder of the test, and a small budget file there."""

from pathlib import Path

import pytest

from tests.data.command_runs import Run, run_command, write_budget


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command where the test's own store and files are."""
    monkeypatch.chdir(tmp_path)
    return run_command


@pytest.fixture
def budget_file(tmp_path: Path) -> Path:
    return write_budget(tmp_path / "budget.csv")
