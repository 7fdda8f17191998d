"""`read` and `import`: a budget workbook understood, and published."""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands.answers import Answer, describe_reading, list_total_lines, new_answer, print_answer
from data.commands.place import Place, find_file
from data.jobs import Job, start_job
from data.store.viewer import Viewer
from planning.errors import UsageError
from planning.permissions import Role
from planning.vocabulary import ReadingStatus

if TYPE_CHECKING:
    from data.intake.model import Reading

EXIT_OF_STATUS = {ReadingStatus.READY: 0, ReadingStatus.NEEDS_CHOICE: 3, ReadingStatus.REFUSED: 4}
READ_FUNCTION = "data.intake.reading:read_budget_file"


def read_command(arguments: argparse.Namespace, place: Place) -> int:
    """Understand a workbook and say what was found; nothing is stored."""
    reading: Reading = start_reading(arguments, place).result()
    if arguments.lines:
        write_lines_csv(reading, Path(arguments.lines).expanduser())
    answer = new_answer("read", reading.status, reading.findings, **describe_reading(reading))
    print_answer(answer, arguments.json, list_total_lines(reading))
    return EXIT_OF_STATUS[reading.status]


def import_command(arguments: argparse.Namespace, place: Place) -> int:
    """Understand a workbook and publish it as the current version of its series."""
    job = start_reading(arguments, place)
    from data.store.budgets import publish_reading  # while the child reads, this process loads the store

    viewer, store = place.writer, place.store
    reading: Reading = job.result()
    if reading.status is not ReadingStatus.READY:
        answer = new_answer("import", reading.status, reading.findings, **describe_reading(reading))
        print_answer(answer, arguments.json, list_total_lines(reading))
        return EXIT_OF_STATUS[reading.status]
    published = publish_reading(store, viewer, reading, arguments.series, parse_answers(arguments.answer))
    receipt: Answer = {
        "upload_id": published.upload_id,
        "series": published.series,
        "version": published.version,
        "published_lines": published.published_lines,
        "replaced": published.replaced,
        "already": published.already,
    }
    answer = new_answer(
        "import", "done", [*reading.findings, *published.findings], **describe_reading(reading), **receipt
    )
    verb = "was already stored" if published.already else "published"
    done = f"{verb}: {published.published_lines:,} lines as {published.series}, version {published.version}"
    print_answer(answer, arguments.json, [*list_total_lines(reading), done])
    return 0


def start_reading(arguments: argparse.Namespace, place: Place) -> Job:
    """A child process that reads the file the person named."""
    path = find_file(arguments.file)
    details = {"path": str(path), "file_name": path.name, "answers": parse_answers(arguments.answer)}
    return start_job(place.actor, place.district_id or "", READ_FUNCTION, details)


def parse_answers(pairs: list[str]) -> dict[str, str]:
    """`key=value` pairs as a mapping."""
    answers = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key and equals):
            raise UsageError(f"{pair!r} is not an answer.", "Write --answer key=value.")
        answers[key] = value
    return answers


def write_lines_csv(reading: "Reading", path: Path) -> None:
    """The budget lines that publishing would store: published to a store in memory and read back from its view."""
    from data.store.budget_queries import LINE_FIELDS, export_lines
    from data.store.budgets import publish_reading
    from data.store.database import Store

    viewer = Viewer("read", Role.ADMIN, "district")
    store = Store(":memory:")
    publish_reading(store, viewer, reading)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(LINE_FIELDS)
        writer.writerows(_guard(row) for row in export_lines(store, viewer))


def _guard(row: tuple[object, ...]) -> Iterator[object]:
    for value in row:
        risky = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\0"}
        yield f"'{value}" if risky else value
