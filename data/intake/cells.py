"""Sheets of cells: what the reader child answers, and the contract for everything that reads a workbook.

Plain data: no reader library's types get past this module.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import overload

CellValue = str | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, rows and columns counted from 0, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class ColumnRows(Sequence[tuple[CellValue, ...]]):
    """The rows of a sheet that is kept by its columns, all of one length, as a very long one is."""

    def __init__(self, columns: Sequence[tuple[CellValue, ...]]) -> None:
        self.columns = columns

    @overload
    def __getitem__(self, place: int) -> tuple[CellValue, ...]: ...

    @overload
    def __getitem__(self, place: slice) -> list[tuple[CellValue, ...]]: ...

    def __getitem__(self, place: int | slice) -> tuple[CellValue, ...] | list[tuple[CellValue, ...]]:
        if isinstance(place, slice):
            return list(zip(*(column[place] for column in self.columns), strict=True))
        return tuple(column[place] for column in self.columns)

    def __iter__(self) -> Iterator[tuple[CellValue, ...]]:
        return zip(*self.columns, strict=True)

    def __len__(self) -> int:
        return len(self.columns[0])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[r][c]` is the cell in row r + 1 and the c-th column letter; empty cells are None.

    Rows may be ragged (shorter rows end in empty cells). `merged`, `formats` (number format by row and column),
    `hidden_rows` and `hidden_columns` are filled only when the reader is asked for details. `from_lines` says that the
    file holds a text in each row, which was parted into these cells.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    visible: bool = True
    merged: Sequence[Range] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: Set[int] = frozenset()
    from_lines: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as cells, with the fingerprint that names it, and whether programs (macros) came with it."""

    file_name: str
    sha256: str
    size_bytes: int
    sheets: Sequence[Sheet]
    has_macros: bool = False


def column_letter(index: int) -> str:
    """The letter of a column counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """The address of a cell counted from 0.

    >>> cell_address(4, 9)
    'J5'
    """
    return f"{column_letter(column)}{row + 1}"
