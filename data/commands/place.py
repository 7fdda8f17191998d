"""Where a command works: which store, which district, and as whom."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from data.samples import SAMPLE_DISTRICT_ID
from data.store.viewer import Viewer
from planning.errors import InputRefused, UsageError
from planning.permissions import Role

if TYPE_CHECKING:
    from data.store.database import Store


@dataclass(frozen=True)
class Place:
    """The store's file and the person; a command acts with the rights of whoever may read the file."""

    store_path: Path
    actor: str
    district_id: str | None

    @cached_property
    def store(self) -> "Store":
        """The store, opened when it is first used; importing DuckDB is put off until then."""
        from data.store.database import Store

        return Store(self.store_path)

    @property
    def reader(self) -> Viewer:
        """The person looking at the district they named, else at the only one there is."""
        return self._viewer(self.district_id or self._find_only(self._list_known()))

    @property
    def writer(self) -> Viewer:
        """The person changing the district they named, else the only one that is not the sample."""
        own = [] if self.district_id else [known for known in self._list_known() if known != SAMPLE_DISTRICT_ID]
        return self._viewer(self.district_id or self._find_only(own))

    @property
    def keeper(self) -> Viewer:
        """The person looking after the whole store."""
        return self._viewer(self.district_id or "")

    def _viewer(self, district_id: str) -> Viewer:
        return Viewer(self.actor, Role.ADMIN, district_id)

    def _list_known(self) -> list[str]:
        from data.store.districts import list_districts

        return [district.district_id for district in list_districts(self.store, self.keeper)]

    def _find_only(self, known: list[str]) -> str:
        if len(known) == 1:
            return known[0]
        choices = f"one of {', '.join(known)}" if known else "an id of your choice makes a new one"
        raise UsageError("Which district is meant is not said.", f"Add --district ID ({choices}).")


def find_file(name: str) -> Path:
    """The file a person named, from the folder where they stand."""
    path = Path(name).expanduser()
    if not path.is_file():
        raise InputRefused(f"There is no file {name}.", "Check the name and the folder.")
    return path.resolve()
