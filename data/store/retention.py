"""How long records are kept, and a file loaded by mistake taken out whole: its contents gone, its record kept."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from data.store.backup import Backup, list_backups
from data.store.budgets import load_upload_status, make_latest_current
from data.store.compaction import rewrite_store
from data.store.database import Change, Store
from data.store.holds import check_not_held, list_holds
from data.store.seals import list_upload_keys
from data.store.viewer import Viewer
from planning.errors import InputRefused, StoreBusy
from planning.fiscal_years import fiscal_year_dates
from planning.permissions import Action
from planning.records import RecordClass, RetentionDate, calculate_keep_until
from planning.vocabulary import UploadStatus

_REMOVED_COLUMNS = (
    "upload_id, series_id, version, file_sha256, size_bytes, line_count, uploaded_at, uploaded_by, removed_at, "
    "removed_by, reason"
)
_TABLES_OF_AN_UPLOAD = (
    "budget_amount", "budget_row", "budget_column", "budget_table", "budget_tie_out", "budget_finding", "budget_upload",
)  # fmt: skip
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class RemovedUpload:
    """What stays of a removed file: no name and no content."""

    upload_id: str
    series_id: str
    version: int
    file_sha256: str
    size_bytes: int
    lines: int
    uploaded_at: datetime
    uploaded_by: str
    removed_at: datetime
    removed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """How many years after its period a class of records is kept, and by which authority."""

    record_class: RecordClass
    years: int
    authority: str
    set_at: datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a file did; `current` is the upload that counts now, `still_in` the backups that still hold it.

    `rewritten` says whether the store's file was written anew too; where others used it all the time it was not, and
    the freed space still holds what was removed until something else is written there.
    """

    upload_id: str
    current: str | None
    still_in: tuple[Backup, ...]
    rewritten: bool


def remove_upload(store: Store, viewer: Viewer, upload_id: str, reason: str) -> Removal:
    """Take a file that was loaded by mistake out of the store: its rows, amounts, cells and name.

    Its fingerprint, who loaded it and who removed it when and why stay. The store's file is then written anew, because
    the engine leaves deleted rows in the free space of its file. Errors: InputRefused without a reason or under a hold.
    """
    if not reason.strip():
        raise InputRefused("Why the file is removed is not said.", "Write the reason; it stays in the audit trail.")

    def work(change: Change) -> str | None:
        series_id, _, version, status = load_upload_status(change, upload_id)
        check_not_held(change, upload_id)
        record = _keep_record(change, upload_id, reason)
        for table in _TABLES_OF_AN_UPLOAD:
            change.cursor.execute(
                f"DELETE FROM {table} WHERE district_id = ? AND upload_id = ?", [viewer.district_id, upload_id]
            )
        change.sealing |= list_upload_keys(upload_id)
        current = make_latest_current(change, series_id) if status == UploadStatus.CURRENT else None
        change.detail |= {"upload": {"from": upload_id, "to": None}, "version": version, **record, "current": current}
        return current

    current = store.write(viewer, Action.REMOVE_UPLOAD, reason, work)
    rewritten = False
    with suppress(StoreBusy):
        rewrite_store(store)
        rewritten = True
    uploaded_at = next(one.uploaded_at for one in list_removed_uploads(store, viewer) if one.upload_id == upload_id)
    later = [one for one in list_backups(store, viewer) if one.is_there and one.taken_at >= uploaded_at]
    return Removal(upload_id, current, tuple(later), rewritten)


def list_removed_uploads(store: Store, viewer: Viewer) -> tuple[RemovedUpload, ...]:
    """The files that were removed from the district, the latest first."""
    rows = store.read(
        viewer,
        f"SELECT {_REMOVED_COLUMNS} FROM removed_upload WHERE district_id = $district_id ORDER BY removed_at DESC",
    )
    return tuple(RemovedUpload(*row) for row in rows)


def set_retention_period(store: Store, viewer: Viewer, record_class: RecordClass, years: int, authority: str) -> None:
    """Say how long a class of records is kept; the authority is the state's schedule or the board's policy."""
    if not 0 < years <= MOST_YEARS:
        raise InputRefused(f"{years} years is no retention period.", f"Give 1 to {MOST_YEARS} years.")
    if not authority.strip():
        raise InputRefused("Who says so is missing.", "Name the state's retention schedule or the board's policy.")

    def work(change: Change) -> None:
        keys = [viewer.district_id, record_class.value]
        former = change.cursor.execute(
            "SELECT years FROM retention_period WHERE district_id = ? AND record_class = ?", keys
        ).fetchone()
        change.cursor.execute("DELETE FROM retention_period WHERE district_id = ? AND record_class = ?", keys)
        change.cursor.execute(
            "INSERT INTO retention_period (district_id, record_class, years, authority, set_at, set_by) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [*keys, years, authority, change.recorded_at, viewer.actor],
        )
        change.detail |= {"record_class": record_class.value, "years": {"from": former and former[0], "to": years}}
        change.detail |= {"authority": authority}

    store.write(viewer, Action.SET_HOLD, authority, work)


def list_retention_periods(store: Store, viewer: Viewer) -> tuple[RetentionPeriod, ...]:
    """The periods the district has set."""
    rows = store.read(
        viewer,
        "SELECT record_class, years, authority, set_at, set_by FROM retention_period "
        "WHERE district_id = $district_id ORDER BY record_class",
    )
    return tuple(RetentionPeriod(RecordClass(row[0]), *row[1:]) for row in rows)


def list_retention_dates(store: Store, viewer: Viewer) -> tuple[RetentionDate, ...]:
    """Every record with the last day it must be kept, the earliest first; those without a period last.

    An upload belongs to the last fiscal year it holds (July to June where the label has two years), a plan revision to
    the day it was saved.
    """
    years = {period.record_class: period.years for period in list_retention_periods(store, viewer)}
    holds = list_holds(store, viewer)
    dates = []
    for record_class, record_id, name, end in [*_list_uploads(store, viewer), *_list_revisions(store, viewer)]:
        kept = calculate_keep_until(end, years[record_class]) if record_class in years else None
        held = any(hold.covers(record_id) for hold in holds)
        dates.append(RetentionDate(record_class, record_id, name, end, kept, held))
    return tuple(sorted(dates, key=lambda one: (one.keep_until is None, one.keep_until or one.period_end, one.name)))


_Record = tuple[RecordClass, str, str, date]


def _list_uploads(store: Store, viewer: Viewer) -> list[_Record]:
    rows = store.read(
        viewer,
        "SELECT upload_id, name || ', version ' || version, uploaded_at, (SELECT max(fiscal_year) FROM budget_column "
        "WHERE budget_column.district_id = $district_id AND budget_column.upload_id = budget_upload.upload_id) "
        "FROM budget_upload JOIN budget_series USING (district_id, series_id) WHERE district_id = $district_id",
    )
    return [
        (RecordClass.BUDGET_UPLOAD, upload_id, name, _find_period_end(fiscal_year, uploaded_at))
        for upload_id, name, uploaded_at, fiscal_year in rows
    ]


def _list_revisions(store: Store, viewer: Viewer) -> list[_Record]:
    rows = store.read(
        viewer, "SELECT revision, revision_number, saved_at FROM plan_revision WHERE district_id = $district_id"
    )
    return [
        (RecordClass.PLAN_REVISION, revision, f"Plan, revision {number}", saved_at.date())
        for revision, number, saved_at in rows
    ]


def _find_period_end(fiscal_year: str | None, uploaded_at: datetime) -> date:
    if not fiscal_year:
        return uploaded_at.date()
    return fiscal_year_dates(fiscal_year, 7 if "-" in fiscal_year else 1)[1]


def _keep_record(change: Change, upload_id: str, reason: str) -> dict[str, object]:
    """Write what stays of the upload; answers it for the audit trail."""
    district_id = change.viewer.district_id
    change.cursor.execute(
        f"INSERT INTO removed_upload (district_id, {_REMOVED_COLUMNS}) "
        "SELECT district_id, upload_id, series_id, version, file_sha256, size_bytes, published_lines, uploaded_at, "
        "uploaded_by, ?, ?, ? FROM budget_upload WHERE district_id = ? AND upload_id = ?",
        [change.recorded_at, change.viewer.actor, reason, district_id, upload_id],
    )
    [(sha256, lines)] = change.cursor.execute(
        "SELECT file_sha256, line_count FROM removed_upload WHERE district_id = ? AND upload_id = ?",
        [district_id, upload_id],
    ).fetchall()
    return {"file_sha256": sha256, "removed_lines": lines}
