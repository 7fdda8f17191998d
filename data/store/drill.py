"""The restore drill: a backup is taken, restored elsewhere, and laid beside the store it came from."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from data.store.audit import WHOLE_STORE
from data.store.backup import copy_store, restore
from data.store.database import Change, Store
from data.store.districts import list_districts
from data.store.integrity import verify_district
from data.store.viewer import Viewer
from planning.findings import Finding, FindingKind, has_errors
from planning.permissions import Action
from planning.vocabulary import Severity

DRILL_DIFFERS = FindingKind(
    "drill_differs",
    Severity.ERROR,
    "In the restored copy {what} is {found}, in the store it was {expected}.",
    "Do not rely on backups of this disk; take one to another disk and repeat the drill.",
)
_COUNT = "SELECT 'the number of rows of {table}', count(*)::VARCHAR FROM {table} WHERE district_id = $district_id"
_SUMS = """
    SELECT 'the sum of column ' || column_id || ' of upload ' || upload_id, sum(amount)::VARCHAR
    FROM budget_amount WHERE district_id = $district_id GROUP BY upload_id, column_id
"""
_HEAD = """
    SELECT 'the head of the audit trail', max_by(hash, event_number) FROM audit_event
    WHERE district_id = $district_id HAVING count(*) > 0
"""
Measures = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Drill:
    """How many districts, numbers and rows were compared, and what was found."""

    districts: int
    compared: int
    rows: int
    findings: tuple[Finding, ...]

    @property
    def is_passed(self) -> bool:
        return not has_errors(self.findings)


def run_restore_drill(store: Store, viewer: Viewer, reason: str = "Restore drill") -> Drill:
    """Take a backup, restore it to another place, compare counts, sums and audit heads, and verify the copy whole.

    Writers wait while the store is measured and copied, so that both are of one moment. The drill is recorded.
    """
    viewer.check_may(Action.BACK_UP)
    with tempfile.TemporaryDirectory(prefix="techplan-drill-") as folder:
        backup, place = Path(folder) / "backup.duckdb", Path(folder) / "restored.duckdb"
        with store.only_writer():
            before = measure_store(store)
            rows = copy_store(store, backup)
        restore(backup, place)
        copy = Store(place)
        try:
            findings = (*compare_measures(before, measure_store(copy)), *_verify(copy, viewer))
        finally:
            copy.close()
    drill = Drill(len({district for district, _ in before} - {WHOLE_STORE}), len(before), rows, findings)
    _record(store, viewer, reason, drill)
    return drill


def measure_store(store: Store) -> Measures:
    """By district: the rows of every table, the sum of every column of every upload, and the head of the trail."""
    with store.snapshot() as snapshot:
        districts = [
            WHOLE_STORE,
            *(row[0] for row in snapshot.cursor.execute("SELECT district_id FROM district").fetchall()),
        ]
        parts = [_COUNT.format(table=name) for name in ("audit_event", "content_seal", *snapshot.tables)]
        sql = " UNION ALL ".join([*parts, _SUMS, _HEAD])
        return {
            (district_id, what): value
            for district_id in districts
            for what, value in snapshot.cursor.execute(sql, {"district_id": district_id}).fetchall()
        }


def compare_measures(expected: Measures, found: Measures) -> tuple[Finding, ...]:
    """Where two stores differ."""
    return tuple(
        DRILL_DIFFERS.at(
            what=f"{what} of {'the store itself' if district_id == WHOLE_STORE else f'district {district_id}'}",
            found=found.get((district_id, what), "not there"),
            expected=expected.get((district_id, what), "not there"),
        )
        for district_id, what in sorted(expected.keys() | found.keys())
        if expected.get((district_id, what)) != found.get((district_id, what))
    )


def _verify(copy: Store, viewer: Viewer) -> list[Finding]:
    districts = [district.district_id for district in list_districts(copy, viewer)]
    return [
        finding for name in (*districts, WHOLE_STORE) for finding in verify_district(copy, viewer.at_district(name))
    ]


def _record(store: Store, viewer: Viewer, reason: str, drill: Drill) -> None:
    def work(change: Change) -> None:
        change.detail |= {"drill": "passed" if drill.is_passed else "failed", "compared": drill.compared}
        change.detail |= {"rows": drill.rows, "findings": len(drill.findings)}

    store.write(viewer.at_district(WHOLE_STORE), Action.BACK_UP, reason, work)
