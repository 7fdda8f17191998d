"""Reads one very long sheet by columns, and what the gate has to know of its cells in the same pass.

Its cells are read as arrays (`cell_arrays`). What a shared text says, which styles are dates, and what else a cell may
hold the cell reader tells: it is given the workbook with another sheet in the place of the long one, which has every
such cell once. A sheet that is no plain list of rows it reads whole, as any other.
"""

import io
import re
import threading
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from data.intake.cells import CellValue, ColumnRows
from data.intake.gate import GateLimits, read_directory, unpack_part
from data.intake.gate_parts import list_merges
from data.intake.sheet_parts import name_sheet_parts

if TYPE_CHECKING:
    from data.intake.cell_arrays import CellArrays, Cells

FEWEST_BYTES = 8_000_000
# All else is copied.
_MOST_BYTES_BESIDE = 150_000_000
_TEXTS_PART, _TEXT = "sharedstrings.xml", re.compile(rb"<si[\s/>]")
_STYLES_PART, _STYLE = "styles.xml", re.compile(rb"<xf\s")


class ReadSheet(NamedTuple):
    """The cells of the long sheet, named as those of a sheet of the cell reader; `workbook` has all other sheets."""

    workbook: CalamineWorkbook
    name: str
    cells: "Cells"
    end: tuple[int, int]
    texts: Sequence[CellValue]
    merged_cell_ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]

    def build_rows(self) -> ColumnRows:
        # Late: as below.
        from data.intake.cell_arrays import build_columns

        return ColumnRows(build_columns(self.cells, self.end, self.texts))


class LongSheet:
    """The one long sheet of a workbook, if there is one; `find_scan` is what the gate asks for it."""

    def __init__(self, content: bytes, limits: GateLimits) -> None:
        self._content = content
        self._limits = limits
        self._part = self._name = ""
        self._arrays: CellArrays | None = None
        self._beside: _Beside | None = None
        self._thread: threading.Thread | None = None

    def find_scan(self, part: str, size: int) -> "CellArrays | None":
        """What looks at the part and keeps its cells, where it is the long sheet: by far the longest part."""
        if size < FEWEST_BYTES or self._part:
            return None
        *others, last = sorted(read_directory(self._content), key=lambda entry: entry.file_size)
        names = [name for name, its_part in name_sheet_parts(self._content).items() if its_part.lower() == part.lower()]
        beside = sum(entry.file_size for entry in others)
        if part != last.filename or len(names) != 1 or beside > _MOST_BYTES_BESIDE:
            return None
        # Late: it brings numpy.
        from data.intake.cell_arrays import CellArrays

        self._part, self._name, self._arrays = part, names[0], CellArrays(self._limits)
        self._thread = threading.Thread(target=self._read_beside)
        self._thread.start()
        return self._arrays

    def _read_beside(self) -> None:
        """What all shared texts say and which styles are of numbers; nothing where the cell reader gives up."""
        parts = {
            entry.filename: b"".join(unpack_part(self._content, entry))
            for entry in read_directory(self._content)
            if entry.filename != self._part
        }
        texts = sum(len(_TEXT.findall(part)) for name, part in parts.items() if name.lower().endswith(_TEXTS_PART))
        styles = sum(len(_STYLE.findall(part)) for name, part in parts.items() if name.lower().endswith(_STYLES_PART))
        shared = [b' t="s"><v>%d</v></c>' % number for number in range(texts)]
        styled = [b' s="%d"><v>1</v></c>' % number for number in range(styles)]
        with suppress(CalamineError, ValueError, OSError):
            workbook, found = self._read_cells(parts, [*shared, *styled])
            self._beside = _Beside(parts, workbook, found[:texts], [type(value) is float for value in found[texts:]])

    def _read_cells(
        self, parts: Mapping[str, bytes], cells: Sequence[bytes]
    ) -> tuple[CalamineWorkbook, list[CellValue]]:
        """What the cell reader makes of cells, written as behind an address, in the place of the long sheet."""
        rows = b"".join([b'<row><c r="A%d"%s</row>' % numbered for numbered in enumerate(cells, 1)])
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
            archive.writestr(self._part, b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows)
        file.seek(0)
        workbook = CalamineWorkbook.from_filelike(file)
        found = workbook.get_sheet_by_name(self._name).to_python(skip_empty_area=False)
        values = [None if row[0] == "" else row[0] for row in found]
        return workbook, values + [None] * (len(cells) - len(values))

    def read(self) -> ReadSheet | None:
        """The long sheet, once the gate has let all pass; None where there is none or it has to be read whole."""
        self.finish()
        if self._arrays is None or self._arrays.is_unusual or self._beside is None:
            return None
        # Late: as below.
        from data.intake.cell_arrays import UnusualSheet, find_end

        parts, workbook, texts, are_numbers = self._beside
        with suppress(UnusualSheet, CalamineError, ValueError, OSError):
            cells, others = self._arrays.join(len(texts), are_numbers)
            texts = [*texts, *(self._read_cells(parts, others)[1] if others else ())]
            merges = tuple(list_merges(self._part, self._arrays.tail))
            if find_end(cells, texts) == self._arrays.end:  # blank texts at the edge the reader may count or not
                return ReadSheet(workbook, self._name, cells, self._arrays.end, texts, merges)
        return None

    def finish(self) -> None:
        """Wait for what is being read."""
        if self._thread:
            self._thread.join()


class _Beside(NamedTuple):
    """The parts of the workbook but the long sheet, the workbook without its rows, its shared texts and styles."""

    parts: Mapping[str, bytes]
    workbook: CalamineWorkbook
    texts: Sequence[CellValue]
    are_numbers: Sequence[bool]
