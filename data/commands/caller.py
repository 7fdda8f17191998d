"""Who called a command: where they stand and where its answer goes.

A command that the dashboard runs for another process has both from that process; every other one has them from its own.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Caller:
    """The folder that names of files start from, and the two streams of the answer."""

    folder: Path
    out: TextIO
    err: TextIO


_caller: ContextVar[Caller | None] = ContextVar("caller", default=None)


@contextmanager
def answering(caller: Caller) -> Generator[None]:
    """Run a command in this thread for someone else."""
    token = _caller.set(caller)
    try:
        yield
    finally:
        _caller.reset(token)


def find_out() -> TextIO:
    """Where the answer goes."""
    caller = _caller.get()
    return caller.out if caller else sys.stdout


def find_err() -> TextIO:
    """Where findings and errors go."""
    caller = _caller.get()
    return caller.err if caller else sys.stderr


def locate(name: str) -> Path:
    """The absolute place of a file the person named."""
    caller = _caller.get()
    return (caller.folder if caller else Path.cwd()) / Path(name).expanduser()
