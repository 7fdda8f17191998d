"""Publishing a reading as a version of a budget series, and taking a version back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from data.intake.model import Reading
from data.store.audit import canonical_json
from data.store.budget_rows import check_amounts, insert_lines, insert_outline, summarise_reading
from data.store.database import Change, Store
from data.store.districts import create_district
from data.store.identifiers import make_identifier
from data.store.seals import list_upload_keys
from data.store.viewer import Viewer
from planning.errors import ChoiceNeeded, InputRefused
from planning.findings import Finding, FindingKind
from planning.permissions import Action
from planning.vocabulary import ReadingStatus, Severity, Side, TableKind, Unit, UploadStatus

FILE_IN_ANOTHER_SERIES = FindingKind(
    "file_in_another_series",
    Severity.WARNING,
    "{found} is also the current version of the series {expected}: its amounts now count twice.",
    "Withdraw one of the two uploads.",
)
_SERIES_OF_SIDES = {
    frozenset({Side.EXPENDITURE}): "Expenditure budget",
    frozenset({Side.REVENUE}): "Revenue budget",
}
_DIRECTION = {Side.TRANSFER_OUT: Side.EXPENDITURE, Side.TRANSFER_IN: Side.REVENUE}
# A store grows by far less than this for each byte of a compressed workbook.
_STORE_BYTES_PER_FILE_BYTE = 10


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. `replaced` is the upload that was current before; `already` means nothing was written."""

    upload_id: str
    series: str
    version: int
    published_lines: int
    replaced: str | None
    already: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did; `current` is the upload that counts again, None where the series has none left."""

    upload_id: str
    series: str
    version: int
    current: str | None


def publish_reading(
    store: Store,
    viewer: Viewer,
    reading: Reading,
    series: str | None = None,
    answers: Mapping[str, str] | None = None,
    reason: str = "",
) -> Published:
    """Store a reading as the next version of its series, in one transaction; creates a district that is not there.

    The current version's own file with the same answers changes nothing (`already`). A new version supersedes the
    current one. Errors: ChoiceNeeded or InputRefused where the reading is not ready; StoreFull, StoreBusy.
    """
    _check_ready(reading)
    reading = _leave_rivals_out(reading)
    viewer.check_may(Action.PUBLISH_BUDGET)
    store.check_free_space(reading.size_bytes * _STORE_BYTES_PER_FILE_BYTE)
    if store.revision(viewer.district_id) == 0:
        create_district(store, viewer, viewer.district_id, reason=reason)
    publication = _Publication(reading, (series or name_series(reading)).strip(), dict(answers or {}), reason)
    return store.write(viewer, Action.PUBLISH_BUDGET, reason, publication.publish)


def withdraw_upload(store: Store, viewer: Viewer, upload_id: str, reason: str = "") -> Withdrawn:
    """Take a version back; where it was the current one, the latest version not withdrawn is current again."""

    def work(change: Change) -> Withdrawn:
        series_id, series, version, status = load_upload_status(change, upload_id)
        if status == UploadStatus.WITHDRAWN:
            raise InputRefused(f"Version {version} of {series} was already withdrawn.", "Nothing needs to be done.")
        change.cursor.execute(
            "UPDATE budget_upload SET status = 'withdrawn', withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ? "
            "WHERE district_id = ? AND upload_id = ?",
            [change.recorded_at, viewer.actor, reason, viewer.district_id, upload_id],
        )
        current = make_latest_current(change, series_id)
        change.detail |= {"series": series, "version": version, "upload_id": upload_id}
        change.detail |= {"status": {"from": status, "to": "withdrawn"}, "current": current}
        return Withdrawn(upload_id, series, version, current)

    return store.write(viewer, Action.WITHDRAW_BUDGET, reason, work)


def name_series(reading: Reading) -> str:
    """The series a reading belongs to by what its columns hold."""
    counted = [table for table in reading.tables if table.counted]
    sides = {column.side for table in counted for column in table.columns} - {Side.UNKNOWN}
    if not sides:
        sides = {Side(side) for table in counted for side in table.lines.attributes["side"] if side} - {Side.UNKNOWN}
    return _SERIES_OF_SIDES.get(frozenset(_DIRECTION.get(side, side) for side in sides), "Budget")


def make_content_id(reading: Reading, answers: Mapping[str, str]) -> str:
    """The fingerprint of a file together with how its questions were answered."""
    return hashlib.sha256(canonical_json([reading.sha256, dict(answers)]).encode()).hexdigest()


def _check_ready(reading: Reading) -> None:
    findings = tuple(reading.findings)
    if reading.status is ReadingStatus.NEEDS_CHOICE:
        questions = " ".join(question.question for question in reading.questions)
        raise ChoiceNeeded(f"{reading.file_name} needs an answer first. {questions}".strip(), "Answer it.", findings)
    if reading.status is ReadingStatus.REFUSED:
        raise InputRefused(f"{reading.file_name} cannot be published.", "See its findings.", findings)
    if reading.published_lines == 0:
        raise InputRefused(f"{reading.file_name} has no budget lines.", "Choose a file with amounts in it.", findings)
    _check_counted_once(reading)
    check_amounts(reading)


def _check_counted_once(reading: Reading) -> None:
    """Two columns of one table with one meaning would be added up to an amount that the file shows nowhere."""
    for table in reading.tables:
        headers: dict[tuple[object, ...], str] = {}
        # The columns of a crosstab are parts of one amount: adding them up is what they are for.
        for column in table.columns if table.counted and table.kind is not TableKind.CROSSTAB else ():
            meaning = (column.fiscal_year, column.basis, column.unit, column.side)
            rival = column.counted and not column.empty and column.unit is Unit.USD
            if rival and headers.setdefault(meaning, column.header) != column.header:
                year = f"{column.fiscal_year or 'no year'} {column.basis.replace('_', ' ')}"
                raise ChoiceNeeded(
                    f"The columns “{headers[meaning]}” and “{column.header}” of {table.sheet} both read as {year}.",
                    "Say in their headings which is which (requested, recommended, adopted …), or leave one out.",
                    tuple(reading.findings),
                )


def _leave_rivals_out(reading: Reading) -> Reading:
    """The reading without columns that say the same as the one that was chosen to count."""
    if all(column.counted for table in reading.tables for column in table.columns):
        return reading
    tables = (replace(table, columns=tuple(c for c in table.columns if c.counted)) for table in reading.tables)
    return replace(reading, tables=tuple(tables))


@dataclass(frozen=True, slots=True)
class _Publication:
    """One publishing under way, inside its write."""

    reading: Reading
    series: str
    answers: dict[str, str]
    reason: str

    def publish(self, change: Change) -> Published:
        content_id = make_content_id(self.reading, self.answers)
        series_id, series, made = _find_or_make_series(change, self.series)
        current = _load_current(change, series_id)
        if current and current[2] == content_id:
            change.keep_nothing()
            return Published(current[0], series, current[1], current[3], None, True)
        upload_id = make_identifier(change.recorded_at)
        version = _next_version(change, series_id)
        findings = _check_other_series(change, series_id, content_id, self.reading.file_name)
        _supersede(change, series_id)
        self._insert_upload(change, series_id, upload_id, version, content_id)
        keys = {"district_id": change.viewer.district_id, "upload_id": upload_id}
        insert_outline(change.cursor, keys, self.reading)
        insert_lines(change.cursor, keys, self.reading)
        change.sealing |= list_upload_keys(upload_id)
        replaced = current[0] if current else None
        # Nothing that the file says: what it held can be taken out of the store, the audit trail cannot.
        change.detail |= {"series": series, "series_made": made, "version": version}
        change.detail |= {"file_sha256": self.reading.sha256, "content_id": content_id}
        change.detail |= {
            "published_lines": self.reading.published_lines,
            "upload": {"from": replaced, "to": upload_id},
        }
        return Published(upload_id, series, version, self.reading.published_lines, replaced, False, findings)

    def _insert_upload(self, change: Change, series_id: str, upload_id: str, version: int, content_id: str) -> None:
        values = {
            "district_id": change.viewer.district_id,
            "upload_id": upload_id,
            "series_id": series_id,
            "version": version,
            "status": UploadStatus.CURRENT.value,
            "content_id": content_id,
            "file_name": self.reading.file_name,
            "file_sha256": self.reading.sha256,
            "size_bytes": self.reading.size_bytes,
            "answers": json.dumps(self.answers, ensure_ascii=False),
            "published_lines": self.reading.published_lines,
            "reading_summary": summarise_reading(self.reading),
            "uploaded_at": change.recorded_at,
            "uploaded_by": change.viewer.actor,
            "reason": self.reason,
        }
        marks = ", ".join("?" * len(values))
        change.cursor.execute(f"INSERT INTO budget_upload ({', '.join(values)}) VALUES ({marks})", [*values.values()])


def _find_or_make_series(change: Change, name: str) -> tuple[str, str, bool]:
    """Its id, its name as first written, and whether it was made now; upper and lower case are the same."""
    found = _fetch_one(
        change.cursor,
        "SELECT series_id, name FROM budget_series WHERE district_id = ? AND lower(name) = lower(?)",
        [change.viewer.district_id, name],
    )
    if found:
        return found[0], found[1], False
    series_id = make_identifier(change.recorded_at)
    change.cursor.execute(
        "INSERT INTO budget_series (district_id, series_id, name, created_at, created_by) VALUES (?, ?, ?, ?, ?)",
        [change.viewer.district_id, series_id, name, change.recorded_at, change.viewer.actor],
    )
    return series_id, name, True


def _load_current(change: Change, series_id: str) -> tuple | None:
    return _fetch_one(
        change.cursor,
        "SELECT upload_id, version, content_id, published_lines FROM budget_upload "
        "WHERE district_id = ? AND series_id = ? AND status = 'current'",
        [change.viewer.district_id, series_id],
    )


def _next_version(change: Change, series_id: str) -> int:
    row = _fetch_one(
        change.cursor,
        "SELECT coalesce(max(version), 0) + 1 FROM ("
        "SELECT version FROM budget_upload WHERE district_id = $district_id AND series_id = $series_id UNION ALL "
        "SELECT version FROM removed_upload WHERE district_id = $district_id AND series_id = $series_id)",
        {"district_id": change.viewer.district_id, "series_id": series_id},
    )
    return row[0] if row else 1


def _supersede(change: Change, series_id: str) -> None:
    change.cursor.execute(
        "UPDATE budget_upload SET status = 'superseded' WHERE district_id = ? AND series_id = ? AND status = 'current'",
        [change.viewer.district_id, series_id],
    )


def _check_other_series(change: Change, series_id: str, content_id: str, file_name: str) -> tuple[Finding, ...]:
    rows = change.cursor.execute(
        "SELECT name FROM budget_upload JOIN budget_series USING (district_id, series_id) "
        "WHERE district_id = ? AND series_id <> ? AND content_id = ? AND status = 'current' ORDER BY name",
        [change.viewer.district_id, series_id, content_id],
    ).fetchall()
    return tuple(FILE_IN_ANOTHER_SERIES.at(found=file_name, expected=name) for (name,) in rows)


def load_upload_status(change: Change, upload_id: str) -> tuple:
    """The series (id and name), version and status of an upload. Errors: InputRefused where there is none."""
    found = _fetch_one(
        change.cursor,
        "SELECT series_id, name, version, status FROM budget_upload JOIN budget_series USING (district_id, series_id) "
        "WHERE district_id = ? AND upload_id = ?",
        [change.viewer.district_id, upload_id],
    )
    if found is None:
        raise InputRefused(
            f"There is no upload {upload_id!r} in this district.", "Choose one from the list of uploads."
        )
    return found


def make_latest_current(change: Change, series_id: str) -> str | None:
    """Leave exactly one version current: the latest that is not withdrawn."""
    keys = [change.viewer.district_id, series_id]
    latest = _fetch_one(
        change.cursor,
        "SELECT upload_id FROM budget_upload WHERE district_id = ? AND series_id = ? AND status <> 'withdrawn' "
        "ORDER BY version DESC LIMIT 1",
        keys,
    )
    if latest is None:
        return None
    change.cursor.execute(
        "UPDATE budget_upload SET status = CASE WHEN upload_id = ? THEN 'current' ELSE 'superseded' END "
        "WHERE district_id = ? AND series_id = ? AND status <> 'withdrawn'",
        [latest[0], *keys],
    )
    return latest[0]


def _fetch_one(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] | dict[str, object]
) -> tuple | None:
    return cursor.execute(sql, parameters).fetchone()
