"""`read` and `import`: a budget workbook understood, and published."""

import argparse
import csv
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands.caller import locate
from data.commands.last_year import apply_last_year
from data.commands.place import Place, cannot_write, find_target
from data.exports.csv_text import guard_text
from data.jobs import JobLimits, forget_job, start_job
from data.settings import load_settings
from data.store.viewer import Viewer
from planning.errors import InputRefused, JobStopped, UsageError
from planning.permissions import Role
from planning.vocabulary import ReadingStatus

# Everything else is imported late: the child starts first, and this process loads the rest while the child reads.
if TYPE_CHECKING:
    from data.intake.model import Reading

EXIT_OF_STATUS = {ReadingStatus.READY: 0, ReadingStatus.NEEDS_CHOICE: 3, ReadingStatus.REFUSED: 4}
_LONG_FILE_BYTES = 1_500_000
READ_FUNCTION = "data.intake.reading:read_budget_file"


def read_command(arguments: argparse.Namespace, place: Place) -> int:
    """Understand a workbook and say what was found; nothing is stored."""
    target = _find_lines_target(arguments)
    with start_reading(arguments, place) as finish:
        reading = finish()
    done = []
    if target and reading.status is ReadingStatus.READY:
        count = write_lines_csv(reading, target, place.district_id or "")
        done = [f"Wrote {count:,} budget lines to {arguments.lines}."]
    elif target and reading.status is ReadingStatus.REFUSED and any(table.lines.cells for table in reading.tables):
        count = write_list_csv(reading, target)
        done = [f"Wrote {count:,} rows of a list that is no budget to {arguments.lines}, with its own columns."]
    elif target:
        done = [f"{arguments.lines} was not written: the reading is not ready."]
    return _print_reading("read", reading, arguments.json, done)


def import_command(arguments: argparse.Namespace, place: Place) -> int:
    """Understand a workbook and publish it as the current version of its series."""
    if arguments.series is not None and not arguments.series.strip():
        raise UsageError("The name of the series is empty.", "Write --series NAME, or leave it out.")
    with place.leaving_no_empty_store():
        return _import(arguments, place)


def _import(arguments: argparse.Namespace, place: Place) -> int:
    is_new = place.is_new
    with start_reading(arguments, place) as finish:
        from data.store.budgets import publish_reading
        from data.store.bulk_load import load_arrays

        path = locate(arguments.file)
        if path.is_file() and path.stat().st_size >= _LONG_FILE_BYTES:
            load_arrays()
        viewer = place.writer
        place.store.revision(viewer.district_id)  # opens it, or makes it
        reading, said = finish(), dict[str, str]()
        if not (is_new or arguments.as_read):
            reading, said = apply_last_year(place.store, viewer, reading)
        series = arguments.series or (None if is_new else _propose_series(place, viewer, reading))
    if reading.status is not ReadingStatus.READY:
        return _print_reading("import", reading, arguments.json, ["Nothing was stored."])
    try:
        answers = parse_answers(arguments.answer) | said
        published = publish_reading(place.store, viewer, reading, series, answers)
    except InputRefused as error:
        return _print_reading("import", _refuse(reading, error), arguments.json, ["Nothing was stored."])
    receipt = {
        "upload_id": published.upload_id,
        "series": published.series,
        "version": published.version,
        "published_lines": published.published_lines,
        "replaced": published.replaced,
        "already": published.already,
    }
    what = f"{published.published_lines:,} lines as {published.series}, version {published.version}"
    done = [f"Already stored: {what}." if published.already else f"Published {what}."]
    reading = replace(reading, findings=(*reading.findings, *published.findings))
    return _print_reading("import", reading, arguments.json, done, **receipt)


def _propose_series(place: Place, viewer: Viewer, reading: "Reading") -> str:
    from data.store.budget_queries import list_measures
    from data.store.series import propose_series

    return propose_series(reading, list_measures(place.store, viewer))


@contextmanager
def start_reading(arguments: argparse.Namespace, place: Place) -> Generator[Callable[[], "Reading"]]:
    """A child process at work on the file the person named; the call it gives waits for the reading."""
    path = locate(arguments.file).absolute()
    answers = parse_answers(arguments.answer)
    factor = load_settings().file_limits
    details = {"path": str(path), "file_name": path.name, "answers": answers, "file_limits": factor}
    job = start_job(place.actor, place.district_id or "", READ_FUNCTION, details, JobLimits().times(factor))

    def finish() -> "Reading":
        try:
            return job.result()
        except (InputRefused, JobStopped) as error:
            from data.commands.answers import list_error_findings
            from data.commands.readings import make_refused_reading

            return make_refused_reading(path, list_error_findings(error))

    try:
        yield finish
    finally:
        forget_job(job.id)


def parse_answers(pairs: list[str]) -> dict[str, str]:
    """`key=value` pairs as a mapping; each must answer a question that a reading may ask."""
    answers = {}
    for pair in pairs:
        key, equals, value = pair.rpartition("=")  # a header in the key may hold an equals sign, no answer does
        if not (key and equals):
            raise UsageError(f"{pair!r} is not an answer.", "Write --answer key=value.")
        _check_answer(key, value)
        answers[key] = value
    return answers


def _check_answer(key: str, value: str) -> None:
    from data.intake.column_meanings import read_year_answer
    from data.intake.questions import ANSWER_CHOICES, FISCAL_YEAR
    from data.intake.twins import BUDGET_COLUMN

    if key in ANSWER_CHOICES:
        if value not in ANSWER_CHOICES[key]:
            raise UsageError(f"{value!r} does not answer {key}.", f"Choose one of {', '.join(ANSWER_CHOICES[key])}.")
    elif key == FISCAL_YEAR or key.startswith(f"{FISCAL_YEAR}:"):
        if not read_year_answer({FISCAL_YEAR: value}, ""):
            raise UsageError(f"{value!r} is not a fiscal year.", "Write it like 2026-27.")
    elif not key.startswith(f"{BUDGET_COLUMN}:"):  # its answer is the header of a column of the file
        known = ", ".join((*ANSWER_CHOICES, FISCAL_YEAR, f"{FISCAL_YEAR}:HEADER", f"{BUDGET_COLUMN}:YEAR"))
        raise UsageError(f"No reading asks for {key!r}.", f"Answers are {known}.")


def write_lines_csv(reading: "Reading", path: Path, district_id: str = "") -> int:
    """Write the budget lines that publishing would store, from a store in memory; answers how many.

    They belong to no upload yet, so `upload_id` stays empty. After the fields of the line comes its receipt.
    """
    from data.commands.line_receipts import RECEIPT_FIELDS, find_receipts
    from data.store.budget_queries import LINE_FIELDS, export_lines
    from data.store.budgets import publish_reading
    from data.store.database import Store

    viewer = Viewer("read", Role.ADMIN, district_id or "district")
    store = Store(":memory:")
    publish_reading(store, viewer, reading)
    receipt = find_receipts(reading)
    rows = [
        (*line._replace(upload_id="", district_id=district_id), *receipt(line)) for line in export_lines(store, viewer)
    ]
    store.close()
    _write_csv(path, (*LINE_FIELDS, *RECEIPT_FIELDS), rows)
    return len(rows)


def write_list_csv(reading: "Reading", path: Path) -> int:
    """Write the rows of registers, inventories and charts of accounts as printed; answers how many.

    They are no budget lines: every column keeps its own name, beside the sheet and row that it stands in.
    """
    lists = [table for table in reading.tables if table.lines.cells]
    names = list(dict.fromkeys(name for table in lists for name in table.lines.cells))
    rows: list[tuple[object, ...]] = []
    for table in lists:
        blank = [""] * len(table.lines.row_number)
        columns = [table.lines.cells.get(name, blank) for name in names]
        rows += ((table.sheet, *row) for row in zip(table.lines.row_number, *columns, strict=True))
    _write_csv(path, ("sheet", "row_number", *names), rows)
    return len(rows)


def _write_csv(path: Path, header: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(_guard(tuple(header)))
            writer.writerows(_guard(row) for row in rows)
    except OSError as error:
        raise cannot_write(str(path), error) from error


def _guard(row: tuple[object, ...]) -> list[object]:
    return [guard_text(value) if isinstance(value, str) else value for value in row]


def _find_lines_target(arguments: argparse.Namespace) -> Path | None:
    if arguments.lines is None:
        return None
    target, source = find_target(arguments.lines), locate(arguments.file)
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError(f"{arguments.lines} is the file to be read.", "Name another file after --lines.")
    return target


def _refuse(reading: "Reading", error: InputRefused) -> "Reading":
    from data.commands.answers import list_error_findings

    findings = (*reading.findings, *list_error_findings(error))
    return replace(reading, status=ReadingStatus.REFUSED, findings=tuple(dict.fromkeys(findings)))


def _print_reading(
    command: str, reading: "Reading", as_json: bool, done: list[str] | None = None, **receipt: object
) -> int:
    from data.commands.answers import new_answer, print_answer
    from data.commands.readings import describe_reading, list_reading_lines

    answer = new_answer(command, reading.status, reading.findings, **describe_reading(reading), **receipt)
    print_answer(answer, as_json, [*list_reading_lines(reading), *(done or [])])
    return EXIT_OF_STATUS[reading.status]
