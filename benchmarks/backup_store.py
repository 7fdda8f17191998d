"""Backup of a store with a million budget amounts while others write, the check of it, and the drill.

    uv run python benchmarks/backup_store.py [--amounts 1000000]

One process: the store is filled, a thread goes on publishing small files in another district, and meanwhile a backup is
taken, which is read back before it counts. Printed are seconds on the clock, what the writers managed meanwhile, and
how long each of their writes took; then, without writers, `check` of the large district and the restore drill.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from data.store.backup import back_up
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.districts import create_district
from data.store.drill import run_restore_drill
from data.store.integrity import verify_district
from data.store.viewer import Viewer
from planning.permissions import Role
from tests.data.store.large import fill_large_store
from tests.data.store.readings import make_reading

VIEWER = Viewer("benchmark", Role.ADMIN, "large")


def measure(what: str, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{what:<60}{seconds:>9.2f} s", flush=True)
    return seconds


class Writers:
    """A thread that publishes one small file after the other in another district, and times each."""

    def __init__(self, store: Store) -> None:
        self.seconds: list[float] = []
        self._store, self._stop = store, threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Writers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        small = VIEWER.at_district("small")
        while not self._stop.is_set():
            start = time.perf_counter()
            publish_reading(self._store, small, make_reading(sha256=f"{len(self.seconds):064d}"))
            self.seconds.append(time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--amounts", type=int, default=1_000_000)
    amounts = parser.parse_args().amounts
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "large.duckdb"
        store = Store(place, read_timeout_seconds=600)
        measure(f"publish {amounts:,} amounts in 5 files", lambda: fill_large_store(store, VIEWER, amounts))
        create_district(store, VIEWER, "small")
        with Writers(store) as writers:
            time.sleep(2)
            before = len(writers.seconds)
            path = Path(folder) / "copy.duckdb"
            measure("backup, read back, while others write", lambda: back_up(store, VIEWER, path))
        alone, during = writers.seconds[:before], writers.seconds[before:]
        print(f"  writes meanwhile: {len(during)}, median {statistics.median(during) * 1000:.0f} ms, longest "
              f"{max(during):.2f} s (alone: median {statistics.median(alone) * 1000:.0f} ms)")  # fmt: skip
        print(f"  the copy has {path.stat().st_size / 1e6:.0f} MB, the store {place.stat().st_size / 1e6:.0f} MB")
        measure("check of the large district", lambda: verify_district(store, VIEWER))
        measure("restore drill", lambda: run_restore_drill(store, VIEWER))
        store.close()


if __name__ == "__main__":
    main()
