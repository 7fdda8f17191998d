"""Reads the dated rates and thresholds that ship with Techplan: `data/reference/*.csv` → `planning.reference`."""

import csv
import hashlib
from pathlib import Path

from data.funding_rules import FUNDING_RULES_FILE, read_funding_rules
from data.reference_rows import read_reference_row
from planning.errors import InputRefused
from planning.reference import Reference, ReferenceRow

FOLDER = Path(__file__).with_name("reference")
REFERENCE_FILES = (
    FOLDER / "rates.csv",
    FOLDER / "thresholds.csv",
    FOLDER / "nces-objects.csv",
    FOLDER / "funding-limits.csv",
    FOLDER / "random-indices.csv",
)
COLUMNS = ("key", "operator", "value", "unit", "valid_from", "valid_to", "source", "link", "owner", "verify")


def load_reference(*paths: Path) -> Reference:
    """Every row of the files and the funding rules (of the files that ship, where none is named), stamped with a
    version that changes with any byte of them.

    Raises InputRefused when a file cannot be read, names other columns or holds a row that is not a figure.
    """
    files = [_read_file(path) for path in paths or REFERENCE_FILES]
    rules = _read_bytes(FUNDING_RULES_FILE)
    return Reference(
        version=hashlib.sha256(b"".join((*(content for content, _ in files), rules))).hexdigest()[:12],
        rows=tuple(row for _, rows in files for row in rows),
        funding_rules=read_funding_rules(rules, FUNDING_RULES_FILE.name),
    )


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            f"The reference data {path.name} cannot be read.", "Put the file back as it came with Techplan."
        ) from error
    return content


def _read_file(path: Path) -> tuple[bytes, list[ReferenceRow]]:
    content = _read_bytes(path)
    reader = csv.DictReader(content.decode("utf-8").splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputRefused(
            f"The reference data {path.name} does not have the columns {', '.join(COLUMNS)}.",
            "Give its first line exactly these names.",
        )
    return content, [_read_row(row, path.name, reader.line_num) for row in reader]


def _read_row(row: dict[str, str], file_name: str, line_number: int) -> ReferenceRow:
    values = {**row, "valid_to": row["valid_to"] or None}
    return read_reference_row(ReferenceRow, values, file_name, line_number)
