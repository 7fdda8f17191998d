"""What runs beside the pages for as long as the dashboard does: commands of other processes, and scheduled backups."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from data.logs import Known, start_request
from data.service.server import CommandServer
from data.settings import Settings
from data.store.backup import Occasion, back_up_on_schedule, list_backups
from data.store.database import Store
from data.store.districts import list_districts
from data.store.viewer import Viewer
from planning.backup_rotation import is_backup_due
from planning.errors import TechplanError
from planning.permissions import Role

ACTOR = "Techplan"
TAKE_COMMANDS, TAKE_BACKUP = "take commands", "take a due backup"
SECONDS_BETWEEN_LOOKS = 60.0
SECONDS_TO_END = 30.0
SECONDS_TO_LISTEN = 20.0
log = logging.getLogger("data.service")


class Keeper:
    """One thread of the dashboard; `open_store` gives its store, `after` is told which command has been run.

    `troubles` holds the kind of error of each step that failed when it was last tried.
    """

    def __init__(
        self, settings: Settings, open_store: Callable[[], Store], after: Callable[[str], None] = lambda command: None
    ) -> None:
        self.settings, self.open_store, self.after = settings, open_store, after
        self.troubles: dict[str, str] = {}
        self._server: CommandServer | None = None
        self._listened = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait_for_commands(self) -> bool:
        """Wait until commands of other processes have been let in, or have failed to be; whether that was in time."""
        return self._listened.wait(SECONDS_TO_LISTEN)

    def stop(self) -> None:
        """End; a backup that has begun is finished first."""
        self._ended.set()
        self._thread.join(SECONDS_TO_END)
        if self._server:
            self._server.stop()

    def _run(self) -> None:
        with ThreadPoolExecutor(1, "keeper-step", start_request) as steps:
            while not self._ended.is_set():
                self._look(steps)
                self._ended.wait(SECONDS_BETWEEN_LOOKS)

    def _look(self, steps: ThreadPoolExecutor) -> None:
        """Each step is tried again at the next look; one that fails does not keep the other from being tried."""
        self._try(steps, TAKE_COMMANDS, lambda: self._listen(self.open_store()))
        self._listened.set()
        self._try(steps, TAKE_BACKUP, lambda: take_due_backup(self.open_store(), self.settings))

    def _try(self, steps: ThreadPoolExecutor, step: str, work: Callable[[], object]) -> None:
        """The step's own thread holds whatever ended it, so nothing that goes wrong there ends this one."""
        error = steps.submit(work).exception()
        if error is None:
            self.troubles.pop(step, None)
            return
        self.troubles[step] = type(error).__name__
        foreseen = isinstance(error, (TechplanError, OSError))
        log.log(
            logging.WARNING if foreseen else logging.ERROR,
            "could not %s: %s",
            Known(step),
            Known(type(error).__name__),
            exc_info=None if foreseen else error,
        )

    def _listen(self, store: Store) -> None:
        """Take commands from now on: only once the store is open here can no other process open it."""
        if self._server is None and store.path is not None:
            server = CommandServer(self.settings.store, self.after)
            if server.start():
                self._server = server


def find_last_backup(store: Store, viewer: Viewer) -> datetime | None:
    """When the last scheduled backup was taken; a new store's first is due one interval after it was made."""
    taken = [one.taken_at for one in list_backups(store, viewer) if one.occasion == Occasion.SCHEDULED]
    made = [district.created_at for district in list_districts(store, viewer)]
    return max(taken) if taken else min(made, default=None)


def take_due_backup(store: Store, settings: Settings) -> bool:
    """Take the scheduled backup if its time has come."""
    viewer = Viewer(ACTOR, Role.ADMIN, "")
    last = find_last_backup(store, viewer)
    if last is None or not is_backup_due(last, store.clock(), settings.backup_every_hours):
        return False
    folder: Path = settings.backup_folder or store.backup_directory
    backup = back_up_on_schedule(store, viewer, folder, settings.backup_keep)
    log.info("took a scheduled backup of %s rows", backup.rows)
    return True
