"""The pages, in the order they stand in the navigation. A page is added by one line in PAGES."""

from dataclasses import dataclass
from pathlib import Path

from planning.permissions import Action, Role, may


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its file under `pages/`, its title, and what a role must be allowed to do to open it.

    One that needs several districts to say anything opens by its address, and is in the navigation where there are.
    """

    path: str
    title: str
    action: Action = Action.READ
    needs_several: bool = False

    @property
    def url_path(self) -> str:
        """Its address: the name of its file."""
        return Path(self.path).stem


PAGES = (
    Entry("cabinet/overview.py", "Overview"),
    Entry("finance/upload.py", "Upload", Action.PUBLISH_BUDGET),
    Entry("finance/budget.py", "Budget"),
    Entry("technology/initiatives.py", "Initiatives"),
    Entry("technology/edit.py", "Edit", Action.SAVE_PLAN),
    Entry("technology/cost.py", "Cost"),
    Entry("technology/scenarios.py", "Scenarios"),
    Entry("finance/funding.py", "Funding"),
    Entry("finance/grants.py", "Grants and E-Rate"),
    Entry("finance/gifts.py", "Gifts"),
    Entry("finance/procurement.py", "Procurement"),
    Entry("finance/bridge.py", "Ledger bridge"),
    Entry("finance/balance.py", "Fund balance"),
    Entry("strategy/alignment.py", "Alignment"),
    Entry("strategy/workflow.py", "Plan status"),
    Entry("manage/visibility.py", "Who sees what"),
    Entry("manage/revisions.py", "Revisions"),
    Entry("cabinet/districts.py", "Districts", Action.READ_EVERY_DISTRICT, needs_several=True),
    Entry("manage/audit.py", "Audit", Action.READ_AUDIT),
    Entry("manage/keeping.py", "Backups and records", Action.BACK_UP),
    Entry("manage/about.py", "About"),
)


def list_entries(role: Role) -> list[Entry]:
    """The pages a role may open; the store refuses what it may not do, whatever this list shows."""
    return [entry for entry in PAGES if may(role, entry.action)]
