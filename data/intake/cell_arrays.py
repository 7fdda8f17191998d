"""Reads the cells of a long sheet from its bytes, a megabyte at once instead of cell by cell.

Only cells written as spreadsheet programs write most of them are read: an address, perhaps a style, and a shared text
or a plain number. Whatever else stands in a sheet (formulas, error values, texts of its own, comments) makes it
unusual, and then the cell reader reads it whole. The only module of intake that knows numpy: loaded for such sheets.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy

from data.intake.gate import GateLimits
from data.intake.gate_parts import ROW_OR_CELL

TEXT, NO_STYLE = -1, -2
_LONGEST_NUMBER = 32
_MOST_PENDING_BYTES = 4_000_000
_ROWS_BEGIN, _ROWS_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_NUMBER_BYTES = numpy.isin(numpy.arange(256), list(b"0123456789.+-eE\0"))
Array = numpy.ndarray


class UnusualSheet(Exception):
    """The sheet is written in a way that is not read here."""


class Cells(NamedTuple):
    """Cells in the order of the sheet: rows and columns counted from 0, the style of a number or `TEXT`, and the value.

    The value of a text is its place among the shared texts.
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
            self._keep(*_read_rows(pending[:end]))
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

    def join(self, texts: int) -> Cells:
        """All cells, where there are so many shared texts; to be called once.

        Errors: UnusualSheet where the cells do not stand in order, or a text is missing.
        """
        cells = Cells(*map(numpy.concatenate, zip(*self._parts, strict=True)))
        self._parts.clear()
        places = cells.rows.astype(numpy.int64) << 16 | cells.columns
        if not (places[1:] > places[:-1]).all() or cells.values[cells.styles == TEXT].max(initial=-1) >= texts:
            raise UnusualSheet
        return cells


def _check_no_cells(text: bytes) -> None:
    if ROW_OR_CELL.search(text):
        raise UnusualSheet


def list_number_styles(cells: Cells) -> list[int]:
    """The styles that the numbers have."""
    return [style for style in numpy.unique(cells.styles).tolist() if style not in (TEXT, NO_STYLE)]


def build_columns(cells: Cells, end: tuple[int, int], texts: Sequence[str | None]) -> list[tuple]:
    """The sheet from A1 to its last row and column, column by column; empty cells are None."""
    shared = numpy.array([*texts, None], object)
    return [_build_column(cells, end[0] + 1, column, shared) for column in range(end[1] + 1)]


def _build_column(cells: Cells, height: int, column: int, shared: Array) -> tuple:
    own = numpy.flatnonzero(cells.columns == column)
    rows, values, is_text = cells.rows[own], cells.values[own], cells.styles[own] == TEXT
    built = numpy.full(height, None, object)
    built[rows[is_text]] = shared[values[is_text].astype(numpy.int64)]
    built[rows[~is_text]] = values[~is_text]
    return tuple(built.tolist())


def _read_rows(window: bytes) -> tuple[int, Cells]:
    """How many cells some whole rows have, and those with a value; every tag must be one that is known."""
    letters = numpy.frombuffer(window + bytes(64), numpy.uint8)
    # The eight bytes from each place on, as one number: tags and digits are compared and read with them.
    eights = numpy.ndarray((len(letters) - 8,), "<u8", letters, strides=(1,))
    tags = numpy.append(numpy.flatnonzero(letters == ord("<")), [len(window)] * 3)
    heads = eights[tags]
    opened = numpy.flatnonzero(_starts(heads, b'<c r="'))
    address = tags[opened] + 6
    columns, digits = _read_letters(letters, address)
    count, rows = _read_digits(eights, digits)
    attributes = digits + count
    filled = _starts(heads[opened + 1], b"<v>")
    _check_tags(heads, tags, opened, filled)
    if not ((count > 0) & (letters[attributes] == ord('"')) & (rows > 0) & (columns >= 0)).all():
        raise UnusualSheet
    attributes += 1
    _check_empty(letters, eights, attributes[~filled], tags[opened + 1][~filled])
    held, rows, columns = opened[filled], rows[filled] - 1, columns[filled]
    first, last = tags[held + 1], tags[held + 2]
    styles = _read_styles(eights, attributes[filled], first - 1)
    values = _read_values(letters, eights, first + 3, last, styles == TEXT)
    return len(opened), Cells(rows.astype(numpy.int32), columns.astype(numpy.int32), styles, values)


def _starts(eights: Array, text: bytes) -> Array:
    mask = (1 << 8 * len(text)) - 1
    return (eights & numpy.uint64(mask)) == numpy.uint64(int.from_bytes(text, "little"))


def _check_tags(heads: Array, tags: Array, opened: Array, filled: Array) -> None:
    """Each filled cell must hold a value and nothing else, and no other tag may stand among the rows."""
    held = opened[filled]
    closed = (
        _starts(heads[held + 2], b"</v>") & _starts(heads[held + 3], b"</c>") & (tags[held + 3] == tags[held + 2] + 4)
    )
    rows = numpy.count_nonzero(_starts(heads, b"<row ")) + numpy.count_nonzero(_starts(heads, _ROW_END))
    if not closed.all() or 3 * len(held) + len(opened) + rows != len(tags) - 3:
        raise UnusualSheet


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


def _read_styles(eights: Array, at: Array, end: Array) -> Array:
    """The style of each number, `TEXT` for a shared text; `end` is where the bracket of the cell's tag must stand."""
    is_text, styled = _starts(eights[at], b' t="s"'), _starts(eights[at], b' s="')
    styles = numpy.full(len(at), NO_STYLE, numpy.int32)
    place = at.copy()
    if styled.any():
        count, numbers = _read_digits(eights, at[styled] + 4)
        place[styled] += 4 + count + 1
        styles[styled] = numbers
        is_text[styled] = _starts(eights[place[styled]], b' t="s"')
        if not ((count > 0) & _starts(eights[place[styled] - 1], b'"')).all():
            raise UnusualSheet
    named = is_text | _starts(eights[place], b' t="n"')
    if not (_starts(eights[place + 6 * named], b"><v>") & (place + 6 * named == end)).all():
        raise UnusualSheet
    styles[is_text] = TEXT
    return styles


def _check_empty(letters: Array, eights: Array, at: Array, following: Array) -> None:
    """A cell without a value may have a style, and must be closed at once."""
    styled = _starts(eights[at], b' s="')
    count, _ = _read_digits(eights, at + 4)
    end = at + numpy.where(styled, 4 + count + 1, 0)
    quoted = ~styled | ((count > 0) & (letters[end - 1] == ord('"')))
    if not (quoted & _starts(eights[end], b"/>") & (end < following)).all():
        raise UnusualSheet


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
