"""Who uses a store's file in this process: cursors come and go, and a swap of the file waits until there is none."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from planning.errors import StoreBusy

SWAP_WAIT_SECONDS = 30.0


class FileUse:
    """The cursors that are open on one file; at most one thread has the file to itself."""

    def __init__(self) -> None:
        self.write_lock = threading.Lock()
        self._condition = threading.Condition()
        self._cursors = 0
        self._owner: int | None = None

    @contextmanager
    def entered(self) -> Generator[None]:
        """Use the file together with others."""
        me = threading.get_ident()
        with self._condition:
            if not self._condition.wait_for(lambda: self._owner in (None, me), SWAP_WAIT_SECONDS):
                raise _busy()
            self._cursors += 1
        try:
            yield
        finally:
            with self._condition:
                self._cursors -= 1
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Generator[None]:
        """Have the file to oneself, once a moment comes when nobody uses it."""
        with self._condition:
            if not self._condition.wait_for(lambda: self._cursors == 0 and self._owner is None, SWAP_WAIT_SECONDS):
                raise _busy()
            self._owner = threading.get_ident()
        try:
            yield
        finally:
            with self._condition:
                self._owner = None
                self._condition.notify_all()


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
