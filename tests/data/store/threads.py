"""Work that goes on in other threads while a test looks: no thread outlives its test, and no failure stays unseen."""

import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

PATIENCE_SECONDS = 120.0
Work = Callable[[], object]


def run_together(works: Iterable[Work]) -> None:
    """Every work in a thread of its own, all at once, to their ends; the first failure is raised."""
    with running(works):
        pass


@contextmanager
def repeating(work: Work, threads: int = 1) -> Generator[None]:
    """Do the work over and over in other threads until the block is left, however it is left."""
    stop = threading.Event()

    def repeat() -> None:
        while not stop.is_set():
            work()

    with running([repeat] * threads):
        try:
            yield
        finally:
            stop.set()


@contextmanager
def running(works: Iterable[Work]) -> Generator[None]:
    """Have the works run while the block runs, and wait for their ends when it is left."""
    failures: list[BaseException] = []

    def run(work: Work) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again below, where it is seen
            failures.append(error)

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "a thread did not come to its end"
    for failure in failures:
        raise failure


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread does, without an end only a person would notice."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "what a test waits for did not come about"
        time.sleep(0.001)
