"""Who uses a store's file in this process: cursors come and go, and a swap of the file waits until there is none."""

import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from planning.errors import StoreBusy

SWAP_WAIT_SECONDS = 30.0


class FileUse:
    """The cursors that are open on one file; at most one thread has the file to itself.

    Who asks for the file alone goes first: a thread that begins to read waits behind it, so that readers who come one
    after another cannot keep it waiting for ever. A thread that already has a cursor may open more, or both would wait.
    """

    def __init__(self) -> None:
        self.write_lock = threading.Lock()
        self._condition = threading.Condition()
        self._cursors: Counter[int] = Counter()
        self._waiting = 0
        self._owner: int | None = None

    @contextmanager
    def entered(self) -> Generator[None]:
        """Use the file together with others."""
        me = threading.get_ident()
        with self._condition:
            self._wait_until(lambda: self._may_enter(me))
            self._cursors[me] += 1
        try:
            yield
        finally:
            with self._condition:
                self._cursors[me] -= 1
                if not self._cursors[me]:
                    del self._cursors[me]
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Generator[None]:
        """Have the file to oneself, once a moment comes when nobody uses it."""
        with self._condition:
            self._waiting += 1
            try:
                self._wait_until(lambda: not self._cursors and self._owner is None)
            finally:
                self._waiting -= 1
                self._condition.notify_all()
            self._owner = threading.get_ident()
        try:
            yield
        finally:
            with self._condition:
                self._owner = None
                self._condition.notify_all()

    def _may_enter(self, thread: int) -> bool:
        if self._owner == thread or thread in self._cursors:
            return True
        return self._owner is None and not self._waiting

    def _wait_until(self, is_so: Callable[[], bool]) -> None:
        if not self._condition.wait_for(is_so, SWAP_WAIT_SECONDS):
            raise _busy()


def _busy() -> StoreBusy:
    return StoreBusy("The store is being used or replaced at this moment.", "Wait a moment, then try again.")


_uses: dict[Path, FileUse] = {}
_uses_lock = threading.Lock()


def find_use(path: Path | None) -> FileUse:
    """The one for a file, even where two Store objects name it; a store in memory has its own."""
    if path is None:
        return FileUse()
    with _uses_lock:
        return _uses.setdefault(path, FileUse())
