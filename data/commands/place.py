"""Where a command works: which store, which district, and as whom."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands.caller import locate
from data.samples import SAMPLE_DISTRICT_ID
from data.store.viewer import Viewer
from planning.errors import InputRefused, UsageError
from planning.permissions import Role

if TYPE_CHECKING:
    from data.store.database import Store


@dataclass(frozen=True)
class Place:
    """The store's file and the person: whoever may read the file has every role, and may act in a lower one."""

    store_path: Path
    actor: str
    district_id: str | None
    role: Role = Role.ADMIN

    @property
    def is_new(self) -> bool:
        """Whether there is no store yet; a command that only looks must not make one."""
        return not self.store_path.exists()

    @cached_property
    def store(self) -> "Store":
        """The store, made where there is none; importing DuckDB is put off until then."""
        from data.store.database import Store

        try:
            self.store_path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"The folder of the store {self.store_path} cannot be made ({error.strerror}).",
                "Name another file with --store.",
            ) from error
        return Store(self.store_path)

    def close(self) -> None:
        """Let the store go, where a command opened it; in the dashboard's process the file stays open for the pages."""
        if "store" in self.__dict__:
            self.store.close()

    @contextmanager
    def leaving_no_empty_store(self) -> Generator[None]:
        """A store may be made ahead of its use; it is taken away again where nothing was kept in it."""
        is_new = self.is_new
        try:
            yield
        finally:
            if is_new and "store" in self.__dict__ and not self.list_known():
                with suppress(PermissionError):  # Windows removes no open file
                    self.store_path.unlink(missing_ok=True)  # nobody else can open it before it is gone
                self.store.close()
                self.store_path.unlink(missing_ok=True)

    @property
    def existing_store(self) -> "Store":
        """The store for commands that only look at it."""
        if self.is_new:
            raise InputRefused(
                f"There is no store {self.store_path} yet.",
                "Import a budget, store a plan or start the dashboard; --store FILE names another store.",
            )
        return self.store

    @property
    def reader(self) -> Viewer:
        """The person looking at the district they named, else at the only one, where the sample is the last choice."""
        if self.district_id:
            return self._viewer(self.district_id)
        known = self.list_known()
        return self._viewer(self._find_only(_leave_sample_out(known) or known))

    @property
    def writer(self) -> Viewer:
        """The person changing the district they named, else the only one; never the sample unless named."""
        return self._viewer(self.district_id or self._find_only(_leave_sample_out(self.list_known())))

    @property
    def keeper(self) -> Viewer:
        """The person looking after the whole store."""
        return self._viewer(self.district_id or "")

    def list_known(self) -> list[str]:
        """The ids of the districts in the store; none where there is no store."""
        if self.is_new:
            return []
        from data.store.districts import list_districts

        # Which districts there are is known to whoever may read the file, whatever role they act in.
        owner = Viewer(self.actor, Role.ADMIN, "")
        return [district.district_id for district in list_districts(self.store, owner)]

    def check_known(self, viewer: Viewer) -> Viewer:
        """The viewer, where the store keeps their district."""
        known = self.list_known()
        if viewer.district_id not in known:
            raise InputRefused(
                f"There is no district {viewer.district_id!r} in this store.",
                f"Choose one with --district: {', '.join(known) or 'the store holds none yet'}.",
            )
        return viewer

    def _viewer(self, district_id: str) -> Viewer:
        return Viewer(self.actor, self.role, district_id)

    def _find_only(self, known: list[str]) -> str:
        if len(known) == 1:
            return known[0]
        choices = f"one of {', '.join(known)}" if known else "an id of your choice makes a new one"
        raise UsageError("Which district is meant is not said.", f"Add --district ID ({choices}).")


def _leave_sample_out(known: list[str]) -> list[str]:
    return [district_id for district_id in known if district_id != SAMPLE_DISTRICT_ID]


def find_file(name: str) -> Path:
    """The file a person named, from the folder where they stand."""
    path = locate(name)
    if not path.is_file():
        raise InputRefused(f"There is no file {name}.", "Check the name and the folder.")
    return path.resolve()


def find_target(name: str) -> Path:
    """The file a person wants written; its folder must be there."""
    path = locate(name).absolute()
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"The file {name} cannot be written.", "Name a file in a folder that is there.")
    return path


def cannot_write(name: str, error: OSError) -> UsageError:
    """The system would not take a file."""
    return UsageError(f"The file {name} cannot be written ({error.strerror}).", "Name another file.")
