"""Tables that stand beside each other on a sheet, with an empty column between: each is read on its own.

A second table begins where, right of amounts and of an empty column, a column of other labels has amounts to its
right. A panel that repeats the labels of the first, row by row, only continues it with more columns.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from data.intake.cells import CellValue
from data.intake.drafts import Grid
from data.intake.headers import names_a_code, read_value_header
from data.intake.numbers import (
    cell_text,
    is_malformed_number,
    is_number,
    is_placeholder,
    is_year,
    read_amount_text,
)
from data.intake.rows import is_total_label

_SAMPLE = 400
_MOST_SHARED_LABELS = 0.5
_MOST_ROWS_OF_ONE_SIDE = 0.1


@dataclass(slots=True)
class _Column:
    """What a column holds from the first row with an amount on."""

    is_empty: bool
    labels: dict[int, str]
    amounts: set[int]

    @property
    def last(self) -> int:
        """The last row that was looked at."""
        return max([*self.labels, *self.amounts], default=0)

    @property
    def is_value(self) -> bool:
        first = min(self.amounts, default=0)
        return len(self.amounts) > sum(1 for row in self.labels if row > first)


def split_panels(grid: Grid) -> list[Grid]:
    """The sheet itself, or one grid for each table beside another; the columns keep their places."""
    columns = [_look_at(column) for column in grid.columns]
    rows = [row for column in columns if column.is_value for row in column.amounts]
    if not rows:
        return [grid]
    for column, cells in zip(columns, grid.columns, strict=True):
        column.is_empty = all(cell is None or cell == "" for cell in cells[min(rows) : max(rows) + 1])
    starts = _find_starts(columns)
    bounds = [0, *starts, len(columns)]
    return [_mask(grid, first, last) for first, last in pairwise(bounds)] if starts else [grid]


def _look_at(column: tuple[CellValue, ...]) -> _Column:
    words: dict[int, str] = {}
    bare: dict[int, str] = {}
    amounts: set[int] = set()
    filled = ((row, cell) for row, cell in enumerate(column) if cell is not None and cell != "")
    for row, cell in islice(filled, _SAMPLE):
        if not amounts and not bare and is_year(cell):
            words[row] = cell_text(cell)
        elif is_number(cell):
            amounts.add(row)
        elif type(cell) is str and not is_placeholder(cell) and not is_malformed_number(cell):
            text = cell.strip()
            if text.isdecimal():
                bare[row] = text
            elif read_amount_text(text.removesuffix("%")) is None:
                words[row] = text.casefold()
            else:
                amounts.add(row)
    first = min([*amounts, *bare], default=0)
    header = next((text for row, text in reversed(words.items()) if row < first), "")
    if header and names_a_code(header):
        return _Column(False, dict(sorted({**words, **bare, **_read_texts(column, amounts)}.items())), set())
    if _are_amounts(header, bare, amounts):
        return _Column(False, words, amounts | bare.keys())
    return _Column(False, dict(sorted({**words, **bare}.items())), amounts)


def _read_texts(column: tuple[CellValue, ...], rows: Iterable[int]) -> dict[int, str]:
    return {row: cell_text(column[row]).casefold() for row in rows}


def _are_amounts(header: str, bare: Mapping[int, str], amounts: Collection[int]) -> bool:
    """Whether figures without a mark are amounts: the header says so, or marked ones stand among them."""
    padded = any(len(text) > 1 and text[0] == "0" for text in bare.values())
    return bool(bare) and not padded and (bool(amounts) or read_value_header(header).says_value)


def _find_starts(columns: list[_Column]) -> list[int]:
    """Where a further table begins: right of an empty column, with labels of its own before amounts of its own."""
    starts: list[int] = []
    first = 0
    places = _find_places(columns)
    for place, end in pairwise([*places, len(columns)]):
        left, right = columns[first:place], columns[place:end]
        if _is_table(left) and _is_table(right) and not (_continues(left, right) or _is_one_list(left, right)):
            starts.append(place)
            first = place
    return starts


def _find_places(columns: list[_Column]) -> list[int]:
    """Columns of labels right of an empty one, with amounts somewhere between them and the labels before."""
    places: list[int] = []
    has_values = False
    for index, column in enumerate(columns):
        if column.is_value:
            has_values = True
        elif has_values and index and columns[index - 1].is_empty and not column.is_empty:
            places.append(index)
            has_values = False
    return places


def _is_table(columns: list[_Column]) -> bool:
    """Labels first, then amounts on at least half of the rows that have them."""
    columns = [column for column in columns if not column.is_empty]
    values = [column for column in columns if column.is_value]
    if not values or columns[0].is_value:
        return False
    labels = [column for column in columns[: columns.index(values[0])] if column.labels]
    rows = set().union(*(column.amounts for column in values))
    named = {row for column in labels for row in column.labels} & rows
    return len(rows) > 1 and 2 * len(named) >= len(rows)


def _continues(left: list[_Column], right: list[_Column]) -> bool:
    """Whether the right goes on with the rows of the left: it says its labels again, over other headers."""
    headers = [[_read_headers(column) for column in side if column.is_value] for side in (left, right)]
    return headers[0] != headers[1] and _repeats_labels(left, right)


def _is_one_list(left: list[_Column], right: list[_Column]) -> bool:
    """Whether an empty column only spaces one list: one header row names each column once, and every row goes across.

    Tables of their own have a title, say the same header words again, end in other rows or with a total each.
    """
    sides = [[column for column in side if not column.is_empty] for side in (left, right)]
    every = [column for side in sides for column in side]
    numbers = [row for c in every for row, text in c.labels.items() if text.isdecimal() and not is_year(text)]
    first = min([*numbers, *(row for column in every for row in column.amounts)])
    seen = min((c.last for c in every if len(c.labels) + len(c.amounts) == _SAMPLE), default=max(c.last for c in every))
    bodies, bands, words, totals = [], [], [], []
    for side in sides:
        texts = {(row, text) for column in side for row, text in column.labels.items() if row <= seen}
        amounts = {row for column in side for row in column.amounts if row <= seen}
        bodies.append({row for row, _ in texts if row >= first} | amounts)
        bands.append({row for row, _ in texts if row < first})
        words.append({text for row, text in texts if row < first})
        totals.append(any(is_total_label(text) for row, text in texts if row >= first))
    across = 2 * len(bodies[0] ^ bodies[1]) <= _MOST_ROWS_OF_ONE_SIDE * len(bodies[0] | bodies[1])
    return across and not all(totals) and not words[0] & words[1] and bands[1] <= bands[0] and len(bands[1]) == 1


def _read_headers(column: _Column) -> tuple[str, ...]:
    first = min(column.amounts)
    return tuple(text for row, text in column.labels.items() if row < first)


def _repeats_labels(left: list[_Column], right: list[_Column]) -> bool:
    """Whether a column of labels on the right says, row by row, mostly what one on the left says."""
    rows = set().union(*(column.amounts for column in right))
    for column in right:
        own = column.labels.keys() & rows
        for other in left:
            same = sum(1 for row in own if column.labels[row] == other.labels.get(row))
            if not column.is_value and same > _MOST_SHARED_LABELS * len(own):
                return True
    return False


def _mask(grid: Grid, first: int, last: int) -> Grid:
    """The grid with only these columns filled, so that every cell keeps its address."""
    nothing: tuple[CellValue, ...] = (None,) * grid.row_count
    columns = [column if first <= index < last else nothing for index, column in enumerate(grid.columns)]
    return Grid(grid.sheet, columns, grid.row_count)
