"""That a journal left Techplan is itself an event: which plan, which file, how much."""

from data.store.database import Change, Store
from data.store.viewer import Viewer
from planning.journal import Journal
from planning.money import to_dollars
from planning.permissions import Action


def record_journal(
    store: Store,
    viewer: Viewer,
    journal: Journal,
    plan_revision: str,
    sha256: str,
    file_name: str,
    scenario: str = "",
) -> None:
    """Write the export into the audit trail: its fingerprint, never its lines."""

    def work(change: Change) -> None:
        change.detail |= {
            "plan_revision": plan_revision,
            "file_name": file_name,
            "sha256": sha256,
            "lines": len(journal.lines),
            "debit": str(to_dollars(journal.debit_cents)),
            "credit": str(to_dollars(journal.credit_cents)),
        } | ({"scenario": scenario} if scenario else {})

    store.write(viewer, Action.EXPORT_JOURNAL, "Journal exported", work)
