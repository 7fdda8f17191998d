"""The file beside the store that says where the running dashboard takes commands, and the token that opens it.

Only the owner can read it. One that a dashboard left behind when it was killed names a process that is gone.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_OPEN_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL
# How far two readings of the moment a process began may lie apart.
_START_TOLERANCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Doorway:
    """Where commands are taken: a port of this computer, the token, and the process that listens."""

    port: int
    token: str
    process_id: int
    process_began: float


def doorway_path(store: Path) -> Path:
    return store.with_name(f"{store.name}.dashboard")


def find_doorway(store: Path) -> Doorway | None:
    """The doorway of a dashboard that runs now; None where there is none or it was left behind."""
    try:
        content = json.loads(doorway_path(store).read_text(encoding="utf-8"))
        doorway = Doorway(
            int(content["port"]), str(content["token"]), int(content["process_id"]), float(content["process_began"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return doorway if _is_running(doorway) else None


def open_doorway(store: Path, doorway: Doorway) -> bool:
    """Write the file unless another running dashboard has; whether it was written."""
    if find_doorway(store):
        return False
    path = doorway_path(store)
    path.unlink(missing_ok=True)
    with suppress(FileExistsError):
        with os.fdopen(os.open(path, _OPEN_FLAGS, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(doorway), file)
        return True
    return False


def close_doorway(store: Path, doorway: Doorway) -> None:
    """Take the file away if it is still this one's."""
    if find_doorway(store) == doorway:
        doorway_path(store).unlink(missing_ok=True)


def find_process_start(process_id: int) -> float | None:
    """When a process began, in seconds since 1970; None where there is no such process."""
    import psutil

    try:
        return psutil.Process(process_id).create_time()
    except psutil.Error:
        return None


def _is_running(doorway: Doorway) -> bool:
    began = find_process_start(doorway.process_id)
    return began is not None and abs(began - doorway.process_began) < _START_TOLERANCE_SECONDS
