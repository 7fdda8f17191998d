"""Reads one very long sheet as two parts at once, because the cell reader uses one core and lets go of Python.

As soon as the gate has looked at the first rows of the sheet they are read, while it looks at the others; then those
are. Each part is a workbook of its own in memory: everything but the other rows, unpacked as the gate saw it. Only a
sheet whose every cell says its address is read so; where the parts do not fit together it is read whole.
"""

import io
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.intake.cells import CellValue
from data.intake.gate import Unpack, read_directory, unpack_part
from data.intake.sheet_parts import name_sheet_parts

FEWEST_BYTES = 8_000_000
# Beyond this the copies cost more memory than the second core is worth.
MOST_BYTES = 200_000_000
# All else is copied into both parts.
_MOST_BYTES_BESIDE = 20_000_000
# The gate is about three times as fast as the cell reader: both parts are read at about the same time then.
_SHARE_OF_FIRST = 0.6
_ROW, _ROWS_BEGIN, _ROWS_END = b"<row ", b"<sheetData>", b"</sheetData>"
Opened = tuple[CalamineWorkbook, CalamineSheet]


class OpenParts(NamedTuple):
    """The long sheet in two parts, and the workbook that has all other sheets too."""

    workbook: CalamineWorkbook
    sheet: str
    above: CalamineSheet
    below: CalamineSheet


class LongSheet:
    """The one long sheet of a workbook, if there is one; `watch` is what the gate unpacks each part through."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._name, self._size = "", 0
        self._head, self._rest = b"", list[bytes]()
        self._times = 0
        self._above: list[Opened | None] = []
        self._reading: threading.Thread | None = None

    def watch(self, name: str, size: int, unpack: Unpack) -> Unpack:
        """What unpacks the part; where it is the long sheet and the last part to be looked at, its pieces are kept."""
        if not FEWEST_BYTES <= size <= MOST_BYTES or self._name:
            return unpack
        *others, last = sorted(read_directory(self._content), key=lambda entry: entry.file_size)
        beside = sum(entry.file_size for entry in others)
        if name != last.filename or name not in self._sheets or beside > _MOST_BYTES_BESIDE:
            return unpack
        self._name, self._size = name, size
        return partial(self._pass_on, unpack)

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """The name of each sheet by its part."""
        return {part: sheet for sheet, part in name_sheet_parts(self._content).items()}

    @cached_property
    def _beside(self) -> dict[str, bytes]:
        entries = (entry for entry in read_directory(self._content) if entry.filename != self._name)
        return {entry.filename: b"".join(unpack_part(self._content, entry)) for entry in entries}

    def _pass_on(self, unpack: Unpack) -> Iterator[bytes]:
        self._times += 1
        passed = 0
        for piece in unpack():
            yield piece  # when the next one is asked for, this one has been looked at
            passed += len(piece)
            if self._times == 1:
                self._rest.append(piece)
                if not self._reading and passed >= _SHARE_OF_FIRST * self._size:
                    self._start()

    def _start(self) -> None:
        """Read what came so far, up to the last rows."""
        begin, row = self._rest[0].find(_ROWS_BEGIN), self._rest[-1].find(_ROW)
        if len(self._rest) < 2 or begin < 0 or row < 0:
            return
        self._head = self._rest[0][: begin + len(_ROWS_BEGIN)]
        first = [*self._rest[:-1], self._rest[-1][:row], _ROWS_END, b"</worksheet>"]
        self._rest = [self._rest[-1][row:]]
        beside = self._beside
        self._reading = threading.Thread(target=lambda: self._above.append(self._open(beside, first)))
        self._reading.start()

    def open_parts(self) -> OpenParts | None:
        """The two parts, once the gate has let all pass; None where there are none or they do not fit together."""
        if not self._reading:
            return None
        # Unpacked twice: the sheet had to be walked, for its cells are not written as usual.
        below = self._open(self._beside, [self._head, *self._rest]) if self._times == 1 else None
        self.finish()
        above = self._above[0] if self._above else None
        self._rest.clear()
        if above and below and above[1].end and below[1].start and above[1].end[0] < below[1].start[0]:
            return OpenParts(below[0], self._sheets[self._name], above[1], below[1])
        return None

    def finish(self) -> None:
        """Wait for the part that is being read."""
        if self._reading:
            self._reading.join()

    def _open(self, beside: Mapping[str, bytes], pieces: Sequence[bytes]) -> Opened | None:
        """Nothing where the reader gives up: then it reads the sheet whole, and says why."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, part in beside.items():
                archive.writestr(name, part)
            archive.writestr(self._name, b"".join(pieces))
        file.seek(0)
        try:
            workbook = CalamineWorkbook.from_filelike(file)
            return workbook, workbook.get_sheet_by_name(self._sheets[self._name])
        except (CalamineError, ValueError, OSError):
            return None


def join_rows(above: CalamineSheet, below: CalamineSheet) -> list[list[CellValue]]:
    """The cells of both parts from A1 on, in rows of one length; empty cells are empty texts."""
    (last_above, right_above), (first, left) = above.end or (-1, -1), below.start or (0, 0)
    width = max(right_above, (below.end or (-1, -1))[1]) + 1
    between: list[list[CellValue]] = [[""] * width for _ in range(first - last_above - 1)]
    rows = above.to_python(skip_empty_area=False)
    return [*_widen(rows, 0, width), *between, *_widen(below.to_python(), left, width)]


def _widen(rows: list, left: int, width: int) -> list[list[CellValue]]:
    if left == 0 and len(rows[0]) == width:
        return rows
    return [[""] * left + row + [""] * (width - left - len(row)) for row in rows]
