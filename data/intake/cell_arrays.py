"""Reads the cells of a long sheet from its bytes, a megabyte at once instead of cell by cell.

Shared texts and plain numbers are read here. Any other cell (a text of its own, a formula, a date) is kept as it is
written, each way of writing once, for the cell reader to read. What is no list of rows of cells with addresses is
unusual, and then the cell reader reads the sheet whole. The only module of intake that knows numpy.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy

from data.intake.cells import CellValue
from data.intake.gate import GateLimits
from data.intake.gate_parts import ERROR_TYPE, ROW_OR_CELL

_TEXT, _NO_STYLE, _OTHER, _EMPTY = -1, -2, -3, -4
_LONGEST_NUMBER = 32
_MOST_PENDING_BYTES = 4_000_000
_ROWS_BEGIN, _ROWS_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_NUMBER_BYTES = numpy.isin(numpy.arange(256), list(b"0123456789.+-eE\0"))
Array = numpy.ndarray


class UnusualSheet(Exception):
    """The sheet is written in a way that is not read here."""


class Cells(NamedTuple):
    """Cells in the order of the sheet: rows and columns counted from 0, a style, and the value.

    A style that is negative tells a text, whose value is its place among all texts, from a number without a style.
    """

    rows: Array
    columns: Array
    styles: Array
    values: Array


class CellArrays:
    """Looks at a long sheet in the place of the gate's own scan, and keeps its cells.

    It is unusual until its rows have come to their end; `tail` is what stands after them.
    """

    def __init__(self, limits: GateLimits) -> None:
        self.cells = 0
        self.end = (-1, -1)
        self.is_unusual = True
        self.gave_up = False
        self.has_error_values = False
        self.tail = b""
        self._limits = limits
        self._has_begun = False
        self._pending = b""
        self._parts: list[Cells] = []
        self._others: dict[bytes, int] = {}

    def scan_window(self, window: bytes) -> None:
        """Reads the rows that are whole now."""
        try:
            if self.is_unusual:
                self._add(self._pending + window)
            else:
                self._add_tail(window)
        except UnusualSheet:
            self.gave_up = self.is_unusual = True

    def _add(self, pending: bytes) -> None:
        if not self._has_begun:
            head, found, rows = pending.partition(_ROWS_BEGIN)
            _check_no_cells(head)
            self._has_begun, pending = bool(found), rows if found else head
        end = pending.rfind(_ROW_END) + len(_ROW_END)
        if self._has_begun and end >= len(_ROW_END):
            self._keep(*_read_rows(pending[:end], self._others))
            pending = pending[end:]
        if len(pending) > _MOST_PENDING_BYTES:
            raise UnusualSheet
        self._pending, found, tail = pending.partition(_ROWS_END)
        if found:
            if self._pending.strip() or not self._parts:
                raise UnusualSheet
            self.is_unusual = False
            self._add_tail(tail)

    def _add_tail(self, tail: bytes) -> None:
        _check_no_cells(tail)
        self.tail += tail

    def _keep(self, count: int, cells: Cells) -> None:
        self.cells += count
        if len(cells.rows):
            self._parts.append(cells)
            row, column = max(self.end[0], int(cells.rows.max())), max(self.end[1], int(cells.columns.max()))
            if column >= self._limits.columns or (row + 1) * (column + 1) > self._limits.area_cells:
                raise UnusualSheet  # the gate says what is wrong with it
            self.end = row, column

    def join(self, texts: int, are_numbers: Sequence[bool]) -> tuple[Cells, list[bytes]]:
        """All cells, and how those that are not read here are written: texts whose places come behind all others'.

        `texts` shared ones there are, and `are_numbers` tells styles of numbers from those of dates. To be called once.
        Errors: UnusualSheet where the cells do not stand in order, or a text is missing.
        """
        cells = Cells(*map(numpy.concatenate, zip(*self._parts, strict=True)))
        self._parts.clear()
        places = cells.rows.astype(numpy.int64) << 16 | cells.columns
        if not (places[1:] > places[:-1]).all() or cells.values[cells.styles == _TEXT].max(initial=-1) >= texts:
            raise UnusualSheet
        others = [*self._others]
        for style in numpy.unique(cells.styles).tolist():
            if style >= 0 and not (style < len(are_numbers) and are_numbers[style]):
                others += _set_aside(cells, style, len(others))
        is_other = cells.styles == _OTHER
        cells.values[is_other] += texts
        cells.styles[is_other] = _TEXT
        return cells, others


def _set_aside(cells: Cells, style: int, first: int) -> list[bytes]:
    """The numbers of one style, to be read by the cell reader."""
    own = cells.styles == style
    distinct, places = numpy.unique(cells.values[own], return_inverse=True)
    cells.values[own] = first + places
    cells.styles[own] = _OTHER
    return [b' s="%d"><v>%r</v></c>' % (style, value) for value in distinct.tolist()]


def _check_no_cells(text: bytes) -> None:
    if ROW_OR_CELL.search(text):
        raise UnusualSheet


def find_end(cells: Cells, texts: Sequence[CellValue]) -> tuple[int, int]:
    """The last row and the last column where a number or a text that is not blank stands."""
    blank = [place for place, text in enumerate(texts) if text is None]
    filled = ~((cells.styles == _TEXT) & numpy.isin(cells.values, blank)) if blank else slice(None)
    return int(cells.rows[filled].max(initial=-1)), int(cells.columns[filled].max(initial=-1))


def build_columns(cells: Cells, end: tuple[int, int], texts: Sequence[CellValue]) -> list[tuple]:
    """The sheet from A1 to its last row and column, column by column; empty cells are None."""
    shared = numpy.array([*texts, None], object)
    return [_build_column(cells, end[0] + 1, column, shared) for column in range(end[1] + 1)]


def _build_column(cells: Cells, height: int, column: int, shared: Array) -> tuple:
    own = numpy.flatnonzero(cells.columns == column)
    rows, values, is_text = cells.rows[own], cells.values[own], cells.styles[own] == _TEXT
    built = numpy.full(height, None, object)
    built[rows[is_text]] = shared[values[is_text].astype(numpy.int64)]
    built[rows[~is_text]] = values[~is_text]
    return tuple(built.tolist())


def _read_rows(window: bytes, others: dict[bytes, int]) -> tuple[int, Cells]:
    """How many cells some whole rows have, and those with a value; `others` takes those that are not read here."""
    letters = numpy.frombuffer(window + bytes(64), numpy.uint8)
    # The eight bytes from each place on, as one number: tags and digits are compared and read with them.
    eights = numpy.ndarray((len(letters) - 8,), "<u8", letters, strides=(1,))
    tags = numpy.append(numpy.flatnonzero(letters == ord("<")), [len(window)] * 3)
    heads = eights[tags]
    opened = numpy.flatnonzero(_starts(heads, b'<c r="'))
    columns, digits = _read_letters(letters, tags[opened] + 6)
    count, rows = _read_digits(eights, digits)
    attributes = digits + count + 1
    if not ((count > 0) & (letters[attributes - 1] == ord('"')) & (rows > 0) & (columns >= 0)).all():
        raise UnusualSheet
    styles = _read_styles(letters, eights, attributes, heads, tags, opened)
    ends = _find_ends(heads, opened, styles)
    values = numpy.zeros(len(opened))
    read = styles > _OTHER
    first, last = tags[opened[read] + 1] + 3, tags[opened[read] + 2]
    values[read] = _read_values(letters, eights, first, last, styles[read] == _TEXT)
    is_other, filled = styles == _OTHER, styles != _EMPTY
    values[is_other] = _list_others(window, attributes[is_other], tags[ends[is_other]] + len(b"</c>"), others)
    found = (rows - 1).astype(numpy.int32), columns.astype(numpy.int32), styles, values
    return len(opened), Cells(*(array[filled] for array in found))


def _read_styles(letters: Array, eights: Array, attributes: Array, heads: Array, tags: Array, opened: Array) -> Array:
    """The style of each cell that holds a value and nothing else; `_TEXT` for a shared text, `_EMPTY`, or `_OTHER`."""
    held = _starts(heads[opened + 1], b"<v>") & _starts(heads[opened + 2], b"</v>")
    held &= tags[opened + 2] > tags[opened + 1] + len(b"<v>")
    held &= _starts(heads[opened + 3], b"</c>") & (tags[opened + 3] == tags[opened + 2] + len(b"</v>"))
    styled, styles, place = _starts(eights[attributes], b' s="'), numpy.full(len(opened), _NO_STYLE), attributes.copy()
    if styled.any():
        count, numbers = _read_digits(eights, attributes[styled] + 4)
        place[styled] += 4 + count + 1
        styles[styled] = numbers
        styled[styled] = (count == 0) | (letters[place[styled] - 1] != ord('"'))
        styles[styled] = _OTHER  # what is left of them
    is_empty = _starts(eights[place], b"/>") & (place < tags[opened + 1]) & (styles != _OTHER)
    is_text = _starts(eights[place], b' t="s"')
    place += 6 * (is_text | _starts(eights[place], b' t="n"'))
    styles[is_text & (styles != _OTHER)] = _TEXT
    styles[~(held & _starts(eights[place], b"><v>") & (place + 1 == tags[opened + 1]))] = _OTHER
    styles[is_empty] = _EMPTY
    return styles.astype(numpy.int32)


def _find_ends(heads: Array, opened: Array, styles: Array) -> Array:
    """The tag that each cell ends with. Errors: UnusualSheet where a tag stands among the rows that is in no cell."""
    ends = numpy.where(styles == _EMPTY, opened, opened + 3)
    is_other = styles == _OTHER
    if is_other.any():
        closed = numpy.append(numpy.flatnonzero(_starts(heads, b"</c>")), len(heads))
        ends[is_other] = closed[numpy.searchsorted(closed, opened[is_other])]
    rows = numpy.count_nonzero(_starts(heads, b"<row ")) + numpy.count_nonzero(_starts(heads, _ROW_END))
    if (ends[:-1] >= opened[1:]).any() or (ends - opened + 1).sum() + rows != len(heads) - 3:
        raise UnusualSheet
    return ends


def _list_others(window: bytes, first: Array, end: Array, others: dict[bytes, int]) -> list[int]:
    """Cells as they are written behind their address: which of the others each is."""
    written = [window[low:high] for low, high in zip(first.tolist(), end.tolist(), strict=True)]
    for text in dict.fromkeys(written):
        if text not in others:
            attributes = text[: text.find(b">")]
            if b"r=" in attributes or ERROR_TYPE.search(attributes):
                raise UnusualSheet  # the gate looks for a second address, and for errors
            others[text] = len(others)
    return [others[text] for text in written]


def _starts(eights: Array, text: bytes) -> Array:
    mask = (1 << 8 * len(text)) - 1
    return (eights & numpy.uint64(mask)) == numpy.uint64(int.from_bytes(text, "little"))


def _read_letters(letters: Array, at: Array) -> tuple[Array, Array]:
    """The column of each address, and where its row begins."""
    one, two, three = (letters[at + place].astype(numpy.int64) - ord("A") for place in range(3))
    is_two = (two >= 0) & (two < 26)
    is_three = is_two & (three >= 0) & (three < 26)
    column = numpy.where(is_two, 26 * (one + 1) + two, one)
    column = numpy.where(is_three, 26 * (column + 1) + three, column)
    return numpy.where(one < 26, column, -1), at + 1 + is_two + is_three


def _read_digits(eights: Array, at: Array) -> tuple[Array, Array]:
    """How many digits begin at each place, up to seven, and their number; none where there are more."""
    word = numpy.uint64
    found = eights[at] ^ word(0x3030303030303030)  # a digit becomes its value
    others = ((found + word(0x7676767676767676)) | found) & word(0x8080808080808080)
    count = numpy.where(others == 0, 0, numpy.bitwise_count((others & -others) - word(1)) >> 3).astype(numpy.int64)
    # Neighbours are put together: to two digits, to four, to eight.
    found = numpy.where(count == 0, word(0), found << (64 - 8 * count).astype(word) % word(64))
    found = (found * word(10 * 2**8 + 1) >> word(8)) & word(0x00FF00FF00FF00FF)
    found = (found * word(100 * 2**16 + 1) >> word(16)) & word(0x0000FFFF0000FFFF)
    found = found * word(10_000 * 2**32 + 1) >> word(32)
    return count, found.astype(numpy.int64)


def _read_values(letters: Array, eights: Array, first: Array, end: Array, is_text: Array) -> Array:
    values = numpy.zeros(len(first))
    count, places = _read_digits(eights, first[is_text])
    if not ((count > 0) & (first[is_text] + count == end[is_text])).all():
        raise UnusualSheet
    values[is_text] = places
    values[~is_text] = _read_numbers(letters, first[~is_text], end[~is_text])
    return values


def _read_numbers(letters: Array, first: Array, end: Array) -> Array:
    """Written numbers, each the nearest there is to what is written."""
    size = end - first
    width = int(size.max(initial=1))
    if width > _LONGEST_NUMBER or not (size > 0).all():
        raise UnusualSheet
    steps = numpy.arange(width)
    written = letters[first[:, None] + steps]
    written[steps >= size[:, None]] = 0
    if not _NUMBER_BYTES[written].all():
        raise UnusualSheet
    try:
        numbers = written.view(f"S{width}").ravel().astype(numpy.float64)
    except ValueError:
        raise UnusualSheet from None
    if not numpy.isfinite(numbers).all():
        raise UnusualSheet
    return numbers
