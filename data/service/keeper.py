"""What runs beside the pages for as long as the dashboard does: commands of other processes, and scheduled backups."""

import logging
import threading
from collections.abc import Callable
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
SECONDS_BETWEEN_LOOKS = 60.0
SECONDS_TO_END = 30.0
log = logging.getLogger("data.service")


class Keeper:
    """One thread of the dashboard; `open_store` gives its store, `after` is told which command has been run."""

    def __init__(
        self, settings: Settings, open_store: Callable[[], Store], after: Callable[[str], None] = lambda command: None
    ) -> None:
        self.settings, self.open_store, self.after = settings, open_store, after
        self._server: CommandServer | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End; a backup that has begun is finished first."""
        self._ended.set()
        self._thread.join(SECONDS_TO_END)
        if self._server:
            self._server.stop()

    def _run(self) -> None:
        start_request()
        try:
            while not self._ended.is_set():
                self._look()
                self._ended.wait(SECONDS_BETWEEN_LOOKS)
        except Exception:
            log.exception("commands and backups have ended")
            raise

    def _look(self) -> None:
        """Each step is tried again at the next look; one that fails does not keep the other from being tried."""
        self._try("take commands", lambda: self._listen(self.open_store()))
        self._try("take a due backup", lambda: take_due_backup(self.open_store(), self.settings))

    def _try(self, step: str, work: Callable[[], object]) -> None:
        try:
            work()
        except (TechplanError, OSError) as error:
            log.warning("could not %s: %s", Known(step), Known(type(error).__name__))

    def _listen(self, store: Store) -> None:
        """Take commands from now on: only once the store is open here can no other process open it."""
        if self._server is None and store.path is not None:
            server = CommandServer(self.settings.store, self.after)
            if server.start():
                self._server = server


def take_due_backup(store: Store, settings: Settings) -> bool:
    """Take the scheduled backup if its time has come; a new store's first is due one interval after it was made."""
    viewer = Viewer(ACTOR, Role.ADMIN, "")
    taken = [one.taken_at for one in list_backups(store, viewer) if one.occasion == Occasion.SCHEDULED]
    made = [district.created_at for district in list_districts(store, viewer)]
    last = max(taken) if taken else min(made, default=None)
    if last is None or not is_backup_due(last, store.clock(), settings.backup_every_hours):
        return False
    folder: Path = settings.backup_folder or store.backup_directory
    backup = back_up_on_schedule(store, viewer, folder, settings.backup_keep)
    log.info("took a scheduled backup of %s rows", backup.rows)
    return True
