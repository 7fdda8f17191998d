"""Looks at the XML parts of a workbook as bytes: definitions, claimed counts, cells, addresses and merges.

No XML parser runs here, because parsers are what the bombs are made for. A sheet whose cells are all written the way
Excel writes them, in a rectangle within the limits, costs a few searches at the speed of C; any other sheet is walked
cell by cell. Where the bytes are ambiguous the sheet counts as larger, never as smaller.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from data.intake import gate_findings as why
from data.intake.gate_findings import refuse

if TYPE_CHECKING:
    from data.intake.gate import GateLimits

_LONGEST_TAG_BYTES = 1 << 20
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384

_COUNT_CLAIM = re.compile(rb"""ount\s*=\s*["'][^"'\d]*(\d{7,})""")
_MERGE = re.compile(rb"""mergeCell\s([^>]*)""")
_MERGE_REFERENCE = re.compile(rb"""ref\s*=\s*["']([^"']*)""")
_REFERENCE = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
# How far down and across a sheet reaches, in steps: the number, and what addresses up to it look like.
_DEPTHS = (
    (9_999, rb"[1-9][0-9]{0,3}"),
    (19_999, rb"(?:[1-9][0-9]{0,3}|1[0-9]{4})"),
    (49_999, rb"(?:[1-9][0-9]{0,3}|[1-4][0-9]{4})"),
    (99_999, rb"[1-9][0-9]{0,4}"),
    (199_999, rb"(?:[1-9][0-9]{0,4}|1[0-9]{5})"),
    (499_999, rb"(?:[1-9][0-9]{0,4}|[1-4][0-9]{5})"),
    (749_999, rb"(?:[1-9][0-9]{0,4}|[1-6][0-9]{5}|7[0-4][0-9]{4})"),
    (999_999, rb"[1-9][0-9]{0,5}"),
    (1_039_999, rb"(?:[1-9][0-9]{0,5}|10[0-3][0-9]{4})"),
)
_WIDTHS = ((8, rb"[A-H]"), (16, rb"[A-P]"), (26, rb"[A-Z]"), (52, rb"A?[A-Z]"), (104, rb"[A-C]?[A-Z]"))
_USUAL_CELL = b'<c r="'
_USUAL_ADDRESS = re.compile(rb'<c r="[A-Z]*([0-9]{1,7})"')
_PREFIXED_CELL = re.compile(rb":c[\s/>]")
ROW_OR_CELL = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])([^>]*)>(?=(\s*</)?)")
ERROR_TYPE = re.compile(rb"""\bt\s*=\s*["']e["']""")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])([^>]*)>")
_OWN_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([^"']*)["']""")


class CellTag(NamedTuple):
    """One `<c>` of a sheet: place counted from 0, its attributes as written, whether anything is inside, its end."""

    row: int
    column: int
    attributes: bytes
    filled: bool
    end: int


class SheetWalk:
    """Follows rows and cells through a sheet as readers do: an address moves there, no address means the next place."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.row = -1
        self.column = -1

    def walk_cells(self, window: bytes) -> Iterator[CellTag]:
        for match in ROW_OR_CELL.finditer(window):
            kind, attributes, closed = match.groups()
            if attributes.count(b'"') % 2 or attributes.count(b"'") % 2:
                refuse(why.CELL_ADDRESS_INVALID, part=self.part, found=_shown(attributes))
            if kind == b"row":
                self._start_row(attributes)
            else:
                self._move_to_cell(attributes)
                filled = not (closed or attributes.endswith(b"/"))
                yield CellTag(self.row, self.column, attributes, filled, match.end())

    def walk_rows(self, window: bytes) -> Iterator[tuple[int, bytes]]:
        """Every row with its number counted from 0 and its attributes as written."""
        for match in _ROW.finditer(window):
            self._start_row(match[1])
            yield self.row, match[1]

    def _start_row(self, attributes: bytes) -> None:
        numbers = _OWN_REFERENCE.findall(attributes)
        self.row, self.column = self.row + 1, -1
        if numbers:
            if not numbers[-1].isdigit() or not 1 <= int(numbers[-1]) <= _LAST_ROW:
                refuse(why.CELL_ADDRESS_INVALID, part=self.part, found=f"row {_shown(numbers[-1])}")
            self.row = int(numbers[-1]) - 1

    def _move_to_cell(self, attributes: bytes) -> None:
        references = _OWN_REFERENCE.findall(attributes)
        if len(references) > 1:
            refuse(why.CELL_ADDRESS_INVALID, part=self.part, found="two addresses on one cell")
        if references:
            self.row, self.column = read_reference(references[0], self.part)
        else:
            self.row, self.column = max(self.row, 0), self.column + 1


def has_address(cell: CellTag) -> bool:
    """Whether the cell says where it stands; otherwise it stands where the walk came to."""
    return _OWN_REFERENCE.search(cell.attributes) is not None


def read_reference(reference: bytes, part: str) -> tuple[int, int]:
    """Row and column of an address such as `AB12`, counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    row, column = (int(match[2]) - 1, read_column(match[1])) if match else (-1, -1)
    if not (0 <= row < _LAST_ROW and column < _LAST_COLUMN):
        refuse(why.CELL_ADDRESS_INVALID, part=part, found=_shown(reference))
    return row, column


def list_merges(part: str, window: bytes) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The first and the last cell of every merged range, rows and columns counted from 0."""
    for attributes in _MERGE.findall(window):
        for reference in _MERGE_REFERENCE.findall(attributes):
            first, _, last = reference.partition(b":")
            yield read_reference(first, part), read_reference(last or first, part)


@cache
def read_column(letters: bytes) -> int:
    """The number of a column counted from 0: `A` is 0, `AB` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def check_well_formed(pieces: Iterable[bytes]) -> None:
    """Refuse the cells of an OpenDocument file that end half-way: the reader would look for their end for ever.

    Expat is safe here, because definitions have been refused before.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate()
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two for encodings nobody knows
        refuse(why.WORKBOOK_DAMAGED, found="its sheets do not end as they should")


@cache
def _find_unusual_cells(depth: int, width: int) -> re.Pattern[bytes]:
    """Any `<c …>` that is not in this rectangle with one address and plain attributes: it needs a closer look."""
    address = _WIDTHS[width][1] + _DEPTHS[depth][1]
    return re.compile(rb'<c(?! r="' + address + rb'"(?: [a-qs-z]++="[0-9A-Za-z]*+")*+/?>|[A-Za-z])')


class WorkbookScan:
    """Adds up what the parts of one workbook hold, and refuses as soon as a limit is passed."""

    def __init__(self, limits: "GateLimits") -> None:
        self.limits = limits
        self.cells = 0
        self.merged_cells = 0
        self.parts_with_error_values: list[str] = []

    def scan_part(self, part: str, unpack: Callable[[], Iterator[bytes]], own: "PartScan | None" = None) -> None:
        """Every piece is unpacked and so checked; whatever is XML is looked at, by any name.

        `own` looks at the cells in the place of a `SheetScan`, which does where it gives up.
        """
        pieces = unpack()
        first = next(pieces, b"")
        if not _looks_like_xml(part, first):
            for _ in pieces:
                pass
            return
        sheet, merged_cells = own or SheetScan(self.limits), self.merged_cells
        whole = chain((first,), pieces)
        with closing(_read_ahead(whole)) if own else nullcontext(whole) as pieces:
            for window in cut_between_tags(part, pieces):
                self._check_window(part, window)
                sheet.scan_window(window)
                self._check_cells(sheet.cells)
                if own and own.gave_up:
                    break
        if own and own.is_unusual:
            self.merged_cells = merged_cells
            self.scan_part(part, unpack)
            return
        if sheet.is_unusual:
            sheet = self._walk_sheet(part, cut_between_tags(part, unpack()))
        self.cells += sheet.cells
        if sheet.has_error_values:
            self.parts_with_error_values.append(part)

    def _walk_sheet(self, part: str, windows: Iterable[bytes]) -> "_SheetWalk":
        sheet = _SheetWalk(part, self.limits)
        for window in windows:
            sheet.walk_window(window)
            self._check_cells(sheet.cells)
        return sheet

    def _check_cells(self, cells: int) -> None:
        if self.cells + cells > self.limits.cells:
            refuse(why.TOO_MANY_CELLS, expected=f"{self.limits.cells:,}")

    def _check_window(self, part: str, window: bytes) -> None:
        # One byte is found a dozen times as fast as several: most windows of a long sheet hold none of these.
        if b"!" in window and b"<!DOCTYPE" in window:
            refuse(why.DECLARES_ENTITIES, found=part)
        if b"u" in window:
            self._check_claims(part, window)
        if b"g" in window and b"mergeCell" in window:
            self._add_merges(part, window)

    def _check_claims(self, part: str, window: bytes) -> None:
        for number in _COUNT_CLAIM.findall(window):
            if len(number) > 12 or int(number) > self.limits.claimed_entries:
                claim = number.decode()[:20]
                refuse(why.FALSE_COUNT, part=part, found=claim, expected=f"{self.limits.claimed_entries:,}")

    def _add_merges(self, part: str, window: bytes) -> None:
        for (top, left), (bottom, right) in list_merges(part, window):
            self.merged_cells += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if self.merged_cells > self.limits.merged_cells:
            refuse(why.MERGES_TOO_LARGE, part=part, expected=f"{self.limits.merged_cells:,}")


class PartScan(Protocol):
    """Looks at the cells of one sheet: how many there are. Unusual is a sheet that has to be looked at another way."""

    cells: int
    is_unusual: bool
    has_error_values: bool
    gave_up: bool

    def scan_window(self, window: bytes) -> None: ...


class SheetScan:
    """The cells of one sheet while all are written as usual: how many, and a rectangle of limited size around them.

    `is_unusual` where that cannot be said: then the sheet has to be walked from its start.
    """

    def __init__(self, limits: "GateLimits") -> None:
        self.limits = limits
        self.cells = 0
        self.depth = 0
        self.width = 0
        self.is_unusual = False
        self.has_error_values = False

    def scan_window(self, window: bytes) -> None:
        if not self.is_unusual and self._holds_usual_cells(window):
            self.cells += window.count(_USUAL_CELL)
            self.has_error_values = self.has_error_values or (b"e" in window and b't="e"' in window)
        else:
            self.is_unusual, self.cells = True, 0

    def _holds_usual_cells(self, window: bytes) -> bool:
        """Whether every cell lies in the rectangle, which grows as far down as the last cell and across as needed."""
        last = _USUAL_ADDRESS.match(window, max(window.rfind(_USUAL_CELL), 0))
        row = int(last[1]) if last else 0
        self.depth = next((d for d, (rows, _) in enumerate(_DEPTHS) if d >= self.depth and row <= rows), self.depth)
        while self.width < len(_WIDTHS) and self._is_allowed():
            if not _find_unusual_cells(self.depth, self.width).search(window):
                return not _PREFIXED_CELL.search(window)
            self.width += 1
        return False

    def _is_allowed(self) -> bool:
        columns = _WIDTHS[self.width][0]
        return columns <= self.limits.columns and columns * _DEPTHS[self.depth][0] <= self.limits.area_cells


class _SheetWalk:
    """Every cell of one sheet, and the rectangle that holds its values, which is what a reader allocates."""

    def __init__(self, part: str, limits: "GateLimits") -> None:
        self.part = part
        self.limits = limits
        self.walk = SheetWalk(part)
        self.cells = 0
        self.last_row = 0
        self.last_column = 0
        self.has_error_values = False

    def walk_window(self, window: bytes) -> None:
        self.has_error_values = self.has_error_values or ERROR_TYPE.search(window) is not None
        for cell in self.walk.walk_cells(window):
            self._add_cell(cell)

    def _add_cell(self, cell: CellTag) -> None:
        self.cells += 1
        if cell.filled and (cell.row > self.last_row or cell.column > self.last_column):
            self.last_row, self.last_column = max(self.last_row, cell.row), max(self.last_column, cell.column)
            area = (self.last_row + 1) * (self.last_column + 1)
            if self.last_column >= self.limits.columns or area > self.limits.area_cells:
                self._refuse_far_cell(cell)

    def _refuse_far_cell(self, cell: CellTag) -> None:
        reference = _OWN_REFERENCE.search(cell.attributes)
        found = _shown(reference[1]) if reference else f"row {cell.row + 1}, column {cell.column + 1}"
        expected = f"{self.limits.columns} columns, {self.limits.area_cells:,} cells"
        refuse(why.CELL_TOO_FAR, part=self.part, found=found, expected=expected)


def _looks_like_xml(part: str, first: bytes) -> bool:
    """By its first bytes, not its name: the workbook may call any part a sheet. UTF-16 would hide from the searches."""
    start = first[:4]
    if b"\0" in start and (b"<" in start or part.lower().endswith((".xml", ".rels"))):
        refuse(why.UNUSUAL_ENCODING, found=part)
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"", b"<")


def _read_ahead(pieces: Iterator[bytes]) -> Generator[bytes]:
    """The pieces of a long part, each unpacked on another thread while the one before it is looked at."""
    # Late: few workbooks are so long.
    from concurrent.futures import ThreadPoolExecutor

    def unpack_next() -> bytes:
        return next(pieces, b"")

    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(unpack_next)
        while piece := coming.result():
            coming = thread.submit(unpack_next)
            yield piece


def cut_between_tags(part: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The part in windows that end behind a tag, so that no tag is seen in halves."""
    rest = b""
    for piece in pieces:
        window = rest + piece
        end = window.rfind(b">") + 1
        rest = window[end:]
        if end:
            yield window[:end]
        if len(rest) > _LONGEST_TAG_BYTES:
            if b"<" in rest:
                refuse(why.TAG_TOO_LONG, found=part)
            rest = b""
    if rest:
        yield rest


def _shown(written: bytes) -> str:
    text = written.decode("latin-1")
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:40]
