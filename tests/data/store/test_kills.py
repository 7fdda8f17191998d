"""A process killed at any moment loses nothing it had committed and leaves nothing half done."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.store.audit import verify_chain
from data.store.database import Store
from data.store.viewer import Viewer

WRITER = """
import sys
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.viewer import Viewer
from planning.permissions import Role
from tests.data.store.readings import make_reading, make_table
store, viewer = Store(sys.argv[1]), Viewer("Dana", Role.ADMIN, "harlow")
table = make_table([({"fund_code": "10"}, {"D": float(number)}) for number in range(2_000)])
number = store.revision("harlow")
while True:
    number += 1
    publish_reading(store, viewer, make_reading(table, sha256=f"{number:064d}"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_import_is_whole_or_absent(tmp_path: Path, viewer: Viewer, seed: int) -> None:
    path = tmp_path / "killed.duckdb"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.3))
        writer.kill()
        told = 1 + len(writer.stdout.read().splitlines())
    store = Store(path)
    with store.cursor() as cursor:
        [(uploads, current)] = cursor.execute(
            "SELECT count(*), count(*) FILTER (status = 'current') FROM budget_upload"
        ).fetchall()
        [(rows, amounts)] = cursor.execute(
            "SELECT (SELECT count(*) FROM budget_row), (SELECT count(*) FROM budget_amount)"
        ).fetchall()
    assert uploads in (told, told + 1)
    assert (current, rows, amounts) == (1, 2_000 * uploads, 2_000 * uploads)
    assert verify_chain(store, viewer) == ()
    store.close()
