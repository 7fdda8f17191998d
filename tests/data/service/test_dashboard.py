"""The real dashboard and the real command line on one store: nothing has to be stopped for anything."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from data.service.doorway import doorway_path, find_doorway
from develop.server import Dashboard
from techplan import INSIDE, ROOT
from tests.data.command_runs import write_budget


def command(dashboard: Dashboard, *words: str) -> tuple[int, dict[str, Any]]:
    front_door = [sys.executable, str(ROOT / "techplan.py"), INSIDE]
    done = subprocess.run(
        [*front_door, *words, "--json", "--store", str(dashboard.store)],
        capture_output=True, text=True, check=False, cwd=dashboard.store.parent,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


def wait_for_doorway(store: Path) -> None:
    end = time.monotonic() + 30
    while find_doorway(store) is None and time.monotonic() < end:
        time.sleep(0.05)


def test_import_backup_restore_and_check_while_the_dashboard_runs(cold_dashboard: Dashboard) -> None:
    wait_for_doorway(cold_dashboard.store)
    write_budget(cold_dashboard.store.with_name("budget.csv"))
    assert command(cold_dashboard, "backup", "before.duckdb")[0] == 0
    code, published = command(cold_dashboard, "import", "budget.csv", "--district", "small")
    assert (code, published["published_lines"]) == (0, 3)
    code, restored = command(cold_dashboard, "restore", "before.duckdb")
    assert (code, Path(restored["former_store"]).is_file()) == (0, True)
    assert command(cold_dashboard, "districts")[1]["districts"][0]["revision"] == 1
    assert command(cold_dashboard, "check")[0] == 0
    assert httpx.get(f"{cold_dashboard.url}/ready").status_code == 200


def test_a_dashboard_takes_its_doorway_away_and_a_killed_one_leaves_one_that_is_ignored(
    cold_dashboard: Dashboard,
) -> None:
    wait_for_doorway(cold_dashboard.store)
    token = doorway_path(cold_dashboard.store).read_bytes()
    assert cold_dashboard.interrupt() == 0
    assert not doorway_path(cold_dashboard.store).exists()
    doorway_path(cold_dashboard.store).write_bytes(token)
    assert command(cold_dashboard, "districts")[0] == 0
