"""A process killed at any moment loses nothing it had committed and leaves nothing half done."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.budget_uploads import list_uploads
from data.store.database import Store
from data.store.integrity import verify_district
from data.store.plans import list_revisions
from data.store.viewer import Viewer

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 and fork are of Unix")
# Imports and edits of the plan by turns, in a child that tells of each once it is committed. The process that makes the
# children has everything loaded and nothing open, so that a child starts in no time.
WRITER = """
import os, sys
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.plans import save_plan
from data.store.viewer import Viewer
from planning.model import District, Plan
from planning.permissions import Role
from tests.data.store.readings import make_reading, make_table
viewer = Viewer("Dana", Role.ADMIN, "harlow")
table = make_table([({"fund_code": "10"}, {"D": float(number)}) for number in range(int(sys.argv[1]))])

def write(path):
    store = Store(path)
    while True:
        number = store.revision("harlow")
        publish_reading(store, viewer, make_reading(table, sha256=f"{number:064d}"))
        print(store.revision("harlow"), flush=True)
        district = District(district_id="harlow", name=f"Harlow {number}", first_fiscal_year="FY2026-27")
        save_plan(store, viewer, Plan(district=district))
        print(store.revision("harlow"), flush=True)

for path in sys.stdin:
    child = os.fork()
    if child == 0:
        write(path.strip())
    print("child", child, flush=True)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""
LINES = 300


@pytest.fixture(scope="module")
def writers() -> Iterator[subprocess.Popen[str]]:
    """Makes a writing child for every path that it is told."""
    command = [sys.executable, "-c", WRITER, str(LINES)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def write_and_be_killed(writers: subprocess.Popen[str], path: Path, seconds: float) -> int:
    """Let a child write, kill it so long after its first commit, and answer the last revision it told of."""
    assert writers.stdin and writers.stdout
    writers.stdin.write(f"{path}\n")
    writers.stdin.flush()
    told: list[int] = []
    child = 0
    while not (told and child):  # the child may tell of its first commit before its number is told
        child = _take(writers.stdout.readline(), told) or child
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while (line := writers.stdout.readline()).strip() != "killed":
        _take(line, told)
    return max(told)


def _take(line: str, told: list[int]) -> int:
    """Note a revision that was told, or answer the number of the child."""
    words = line.split()
    if words[0] == "child":
        return int(words[1])
    told.append(int(words[0]))
    return 0


def check_after_kill(path: Path, viewer: Viewer, told: int) -> None:
    """The file opens, every commit that was told of is there, every row is whole, and one change at most came after."""
    store = Store(path)
    assert store.revision("harlow") in (told, told + 1)
    uploads, revisions = list_uploads(store, viewer), list_revisions(store, viewer)
    assert len(uploads) + len(revisions) + 1 == store.revision("harlow")
    assert [upload.status for upload in uploads].count("current") == 1
    assert {upload.published_lines for upload in uploads} == {LINES}
    assert verify_district(store, viewer) == ()
    store.close()


def kill_often(writers: subprocess.Popen[str], path: Path, viewer: Viewer, seed: int) -> None:
    """25 kills of one store, each at a random moment."""
    chance = random.Random(seed)
    for _ in range(25):
        check_after_kill(path, viewer, write_and_be_killed(writers, path, chance.uniform(0, 0.15)))


def test_25_kills_in_imports_and_edits_lose_nothing(
    writers: subprocess.Popen[str], tmp_path: Path, viewer: Viewer
) -> None:
    kill_often(writers, tmp_path / "killed.duckdb", viewer, seed=0)


@pytest.mark.rehearsal
def test_200_kills_in_imports_and_edits_lose_nothing(
    writers: subprocess.Popen[str], tmp_path: Path, viewer: Viewer
) -> None:
    for seed in range(1, 9):
        kill_often(writers, tmp_path / f"killed-{seed}.duckdb", viewer, seed)
