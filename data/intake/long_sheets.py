"""Reads one very long sheet as two halves at once, because the cell reader uses one core and lets go of Python.

Each half is a workbook of its own in memory: everything but the other half of the rows, unpacked as the gate saw it.
Only a sheet whose every cell says its address is read so; where the halves do not fit together it is read whole.
"""

import io
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.intake.cells import CellValue
from data.intake.gate import Unpack, read_directory, unpack_part
from data.intake.sheet_parts import name_sheet_parts

FEWEST_BYTES = 8_000_000
# Beyond this the copies cost more memory than the second core is worth.
MOST_BYTES = 200_000_000
# All else is copied into both halves.
_MOST_BYTES_BESIDE = 20_000_000
_ROW, _ROWS_BEGIN, _ROWS_END = b"<row ", b"<sheetData>", b"</sheetData>"
Pieces = Sequence[bytes]
Opened = tuple[CalamineWorkbook, CalamineSheet]


class KeptParts(dict[str, list[bytes] | None]):
    """The pieces of long parts as the gate unpacked them; None for one that it had to unpack twice, an unusual one."""

    def keep(self, name: str, size: int, unpack: Unpack) -> Unpack:
        """What unpacks the part and keeps it where it is long."""
        return partial(self._pass_on, name, unpack) if FEWEST_BYTES <= size <= MOST_BYTES else unpack

    def _pass_on(self, name: str, unpack: Unpack) -> Iterator[bytes]:
        pieces = self[name] = None if name in self else []
        for piece in unpack():
            if pieces is not None:
                pieces.append(piece)
            yield piece


@dataclass(slots=True)
class Halves:
    """A long sheet as two workbooks; `first` has all other sheets too."""

    sheet: str
    first: bytes
    second: bytes


def find_halves(content: bytes, kept: KeptParts) -> Halves | None:
    """The halves of the one long sheet of a workbook; None where there is none, or several."""
    long = {name: pieces for name, pieces in kept.items() if pieces}
    kept.clear()
    entries = {entry.filename: entry for entry in read_directory(content)} if len(long) == 1 else {}
    for name, pieces in long.items() if entries else ():
        if sum(entry.file_size for entry in entries.values()) - entries[name].file_size > _MOST_BYTES_BESIDE:
            continue
        sheet = next((sheet for sheet, part in name_sheet_parts(content).items() if part == name), None)
        cut = _cut_rows(pieces) if sheet is not None else None
        if sheet is not None and cut:
            beside = {other: b"".join(unpack_part(content, e)) for other, e in entries.items() if other != name}
            pieces.clear()
            return Halves(sheet, *(_pack(beside, name, half) for half in cut))
    return None


def _cut_rows(pieces: Pieces) -> tuple[Pieces, Pieces] | None:
    """The part with the first half of its rows, and with the second; None where it is not written as usual."""
    pieces = [*pieces[:-2], b"".join(pieces[-2:])]
    middle, last = len(pieces) // 2, len(pieces) - 1
    begin = pieces[0].find(_ROWS_BEGIN)
    row, end = pieces[middle].find(_ROW), pieces[last].rfind(_ROWS_END)
    if min(begin, row, end) < 0 or not 0 < middle < last:
        return None
    head, tail = pieces[0][: begin + len(_ROWS_BEGIN)], pieces[last][end:]
    first = [*pieces[:middle], pieces[middle][:row], tail]
    return first, [head, pieces[middle][row:], *pieces[middle + 1 :]]


def _pack(beside: Mapping[str, bytes], name: str, pieces: Pieces) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for other, part in beside.items():
            archive.writestr(other, part)
        archive.writestr(name, b"".join(pieces))
    return file.getvalue()


def open_halves(halves: Halves) -> tuple[CalamineWorkbook, CalamineSheet, CalamineSheet] | None:
    """The workbook but for the long sheet, and the two halves of that; None where they do not fit together."""
    found: list[Opened | None] = []
    other = threading.Thread(target=lambda: found.append(_open_sheet(halves.second, halves.sheet)))
    other.start()
    try:
        above = _open_sheet(halves.first, halves.sheet)
    finally:
        other.join()
    below = found[0] if found else None
    if above and below and above[1].end and below[1].start and above[1].end[0] < below[1].start[0]:
        return *above, below[1]
    return None


def _open_sheet(content: bytes, sheet: str) -> Opened | None:
    """Nothing where the reader gives up: then it reads the sheet whole, and says why."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return workbook, workbook.get_sheet_by_name(sheet)
    except (CalamineError, ValueError, OSError):
        return None


def join_rows(above: CalamineSheet, below: CalamineSheet) -> list[list[CellValue]]:
    """The cells of both halves from A1 on, in rows of one length; empty cells are empty texts."""
    (last_above, right_above), (first, left), (_, right) = (
        above.end or (-1, -1),
        below.start or (0, 0),
        below.end or (0, 0),
    )
    width = max(right_above, right) + 1
    between: list[list[CellValue]] = [[""] * width for _ in range(first - last_above - 1)]
    rows = above.to_python(skip_empty_area=False)
    return [*_widen(rows, 0, width), *between, *_widen(below.to_python(), left, width)]


def _widen(rows: list, left: int, width: int) -> list[list[CellValue]]:
    if left == 0 and len(rows[0]) == width:
        return rows
    return [[""] * left + row + [""] * (width - left - len(row)) for row in rows]
