"""The driver's errors in our words: translated here and nowhere else.

The texts are DuckDB's own; a test provokes each one, so an upgrade that rewords them is noticed.
"""

import re
from pathlib import Path

import duckdb

from planning.errors import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreHeld, StoreNewer

_PROCESS_ID = re.compile(r"PID (\d+)")
_HELD = ("could not set lock", "used by another process", "file is already open in")
_FULL = ("no space left", "not enough space", "disk full", "file too large", "max_temp_directory_size")
_INVALIDATED = "database has been invalidated"
_DAMAGE = (
    duckdb.IOException,
    duckdb.InternalException,
    duckdb.FatalException,
    duckdb.SerializationException,
)


def translate_error(error: duckdb.Error, path: Path | None) -> StoreError | None:
    """The store error that a driver error means, or None where it is a mistake in our own SQL."""
    text = str(error).lower()
    name = path.name if path else "in memory"
    if any(words in text for words in _HELD):
        return _held(str(error), name)
    if any(words in text for words in _FULL):
        return full_store(name)
    if "database file with version number" in text or "newer version of duckdb" in text:
        return StoreNewer(f"The store {name} was written by a newer DuckDB.", "Update Techplan, then open it again.")
    if isinstance(error, duckdb.InterruptException):
        return StoreBusy("The store took too long to answer and was stopped.", "Try again, or ask for less at once.")
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreBusy("The store needed more memory than it is allowed.", "Ask for less at once, or allow it more.")
    if is_conflict(error):
        return StoreBusy("Another change was being saved at the same moment.", "Try again.")
    if isinstance(error, _DAMAGE) or "corrupt" in text:
        return damaged_store(name)
    return None


def is_conflict(error: BaseException | None) -> bool:
    """Whether two transactions met, so that trying again can help."""
    return isinstance(error, duckdb.TransactionException) and "conflict" in str(error).lower()


def needs_reopening(error: duckdb.Error) -> bool:
    """Whether every later statement would fail until the file is closed and opened again."""
    return isinstance(error, duckdb.FatalException) or _INVALIDATED in str(error).lower()


def full_store(name: str) -> StoreFull:
    """No room to write."""
    return StoreFull(
        f"There is no room on the disk for the store {name}; nothing was changed.",
        "Free some space on that disk, then try again.",
    )


def damaged_store(name: str) -> StoreDamaged:
    """Not a store, cut short, or unreadable."""
    return StoreDamaged(
        f"The file {name} is not a Techplan store, or it is damaged and cannot be read.",
        "Restore a backup, or choose another file with --store.",
    )


def _held(text: str, name: str) -> StoreHeld:
    process = _PROCESS_ID.search(text)
    by = f" (process {process[1]})" if process else ""
    return StoreHeld(
        f"Another program{by} has the store {name} open.",
        "Close the other Techplan, or use the dashboard that is already running.",
    )
