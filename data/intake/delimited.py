"""Reads simple text tables (.csv, .tsv and their kin): every value as text, exactly as written."""

import contextlib
import csv
import io
from collections.abc import Iterator

from data.intake import gate_findings as why
from data.intake.gate import GateLimits
from data.intake.gate_findings import refuse

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 50
_LONGEST_VALUE = 1_000_000


def read_delimited_rows(content: bytes, limits: GateLimits) -> list[list[str | None]]:
    """The rows of the text, ragged as they stand; empty values are None."""
    text = _decode(content)
    delimiter = _find_delimiter(text)
    if delimiter is None and "\n" not in text.strip():
        refuse(why.NOT_A_WORKBOOK, found="a line of text")
    rows: list[list[str | None]] = []
    cells = 0
    # The limit belongs to the whole process: others get back what they had.
    limit_before = csv.field_size_limit(_LONGEST_VALUE)
    try:
        for values in _parse(text, delimiter or ","):
            cells += len(values)
            if cells > limits.cells:
                refuse(why.TOO_MANY_CELLS, expected=f"{limits.cells:,}")
            rows.append([value or None for value in values])
    except csv.Error:
        refuse(why.TEXT_NOT_READABLE, found=f"row {len(rows) + 1} has a value that does not end")
    finally:
        csv.field_size_limit(limit_before)
    if not any(value for row in rows for value in row):
        refuse(why.NO_SHEETS)
    return rows


def _decode(content: bytes) -> str:
    # UTF-16 is what Excel calls Unicode Text.
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        text = "\0"
    if "\0" in text:
        refuse(why.TEXT_NOT_READABLE, found="its letters are in no encoding we know")
    return text


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _find_delimiter(text: str) -> str | None:
    """The delimiter that gives the first rows most often the same width, then the larger width."""
    best: tuple[int, int, str] | None = None
    sample = "\n".join(text[:65_536].splitlines()[:_SAMPLE_ROWS])
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in _parse(sample, delimiter) if row]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        score = (wide.count(common), common, delimiter)
        if best is None or score[:2] > best[:2]:
            best = score
    return best[2] if best else None
