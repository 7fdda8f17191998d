"""A sheet as a person looks at it: which role every row has, what its columns mean, and which rows are worth showing.

Long runs of rows of one role are folded to their ends; what a finding or a tie-out names is always shown.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from data.intake.cells import column_letter
from data.intake.model import Reading, Table, TieOut
from planning.vocabulary import RowRole

NOT_READ = "not read"
LONGEST_RUN = 8
SHOWN_BEFORE = 4
SHOWN_AFTER = 2
SHOWN_AROUND = 2
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})\Z")
_RANGE = re.compile(r"([A-Z]+)\d+:([A-Z]+)\d+")
_ROWS = re.compile(r"(\d+)(?:–(\d+))?")


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """What one row is: its role in each of its tables, as one word, and the numbers of those tables."""

    role: str
    tables: tuple[int, ...]
    counted: bool


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows of one role that are not shown one by one."""

    first: int
    last: int
    role: str

    @property
    def rows(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Run:
    """Rows in a row, all of one meaning."""

    first: int
    last: int
    meaning: RowMeaning


def list_runs(tables: Sequence[Table], row_count: int) -> tuple[Run, ...]:
    """The rows of a sheet from the top, in runs of one meaning; `tables` are those of the sheet."""
    found: dict[int, tuple[tuple[int, RowRole], ...]] = {}
    for number, table in enumerate(tables):
        for row, role in table.roles.items():
            found[row] = (*found.get(row, ()), (number, role))
    rows = range(1, max([row_count, *found]) + 1)
    runs = []
    for roles, group in groupby(rows, key=lambda row: found.get(row, ())):
        members = list(group)
        runs.append(Run(members[0], members[-1], _merge([(tables[number], role) for number, role in roles])))
    return tuple(runs)


_NOTHING = RowMeaning(NOT_READ, (), False)
# Where a row belongs to several tables, the first of these that it has in one of them names it.
_STRONGEST = (
    RowRole.DETAIL, RowRole.TOTAL, RowRole.SUBTOTAL, RowRole.HEADER, RowRole.HEADING, RowRole.TITLE, RowRole.NOTE,
    RowRole.BLANK,
)  # fmt: skip


def _merge(roles: Collection[tuple[Table, RowRole]]) -> RowMeaning:
    if not roles:
        return _NOTHING
    role = min((role for _, role in roles), key=_STRONGEST.index)
    members = [table for table, own in roles if own is role]
    return RowMeaning(str(role), tuple(table.table_no for table in members), any(table.counted for table in members))


def fold_rows(runs: Sequence[Run], open_rows: Iterable[int] = (), everything: bool = False) -> list[int | Fold]:
    """What is shown from the top: row numbers, and folds in the place of long runs."""
    wanted = {row + near for row in open_rows for near in range(-SHOWN_AROUND, SHOWN_AROUND + 1)}
    shown: list[int | Fold] = []
    for run in runs:
        if everything or run.last - run.first < LONGEST_RUN:
            shown += range(run.first, run.last + 1)
        else:
            shown += _fold_run(run, {row for row in wanted if run.first <= row <= run.last})
    return shown


def _fold_run(run: Run, wanted: set[int]) -> list[int | Fold]:
    before, after = (SHOWN_BEFORE, SHOWN_AFTER) if run.meaning.role == RowRole.DETAIL else (2, 0)
    rows = sorted(
        {*range(run.first, run.first + before), *range(run.last - after + 1, run.last + 1), *wanted},
    )
    shown: list[int | Fold] = []
    expected = run.first
    for row in [*rows, run.last + 1]:
        if row > expected:
            shown.append(Fold(expected, row - 1, run.meaning.role))
        if row <= run.last:
            shown.append(row)
        expected = row + 1
    return shown


def find_place(shown: Sequence[int | Fold], row: int) -> int:
    """Where a row stands among what is shown; the end where it is beyond the sheet."""
    for place, one in enumerate(shown):
        if (one.last if isinstance(one, Fold) else one) >= row:
            return place
    return max(len(shown) - 1, 0)


def find_meaning(runs: Sequence[Run], row: int) -> RowMeaning:
    """What a row is."""
    place = bisect_right(runs, row, key=lambda run: run.first) - 1
    return runs[place].meaning if place >= 0 and row <= runs[place].last else _NOTHING


def parse_place(text: str, sheets: Collection[str]) -> tuple[str, str] | None:
    """The sheet ("" where it is not named) and the cell that a person typed: `D45`, `Fund 100!D45`, `'Fund 100'!$D$45`.

    >>> parse_place("'Fund 100'!$d$45", ["Fund 100"]), parse_place("D45", []), parse_place("total", [])
    (('Fund 100', 'D45'), ('', 'D45'), None)
    """
    sheet, _, cell = text.strip().rpartition("!")
    found = _CELL.match(cell.strip())
    name = sheet.strip().strip("'")
    if found is None or (name and name not in sheets):
        return None
    return name, f"{found[1].upper()}{found[2]}"


def part_cell(cell: str) -> tuple[str, int]:
    """The column letter and the row of an address; row 0 where it is none."""
    found = _CELL.match(cell)
    return (found[1].upper(), int(found[2])) if found else ("", 0)


def list_tables(reading: Reading, sheet: str) -> tuple[Table, ...]:
    """The tables of one sheet."""
    return tuple(table for table in reading.tables if table.sheet == sheet)


def find_table(tables: Sequence[Table], numbers: Sequence[int], letter: str) -> Table | None:
    """The table of a row that a column belongs to: the one whose range holds it."""
    column = count_letter(letter)
    for table in tables:
        bounds = _RANGE.match(table.range)
        inside = bounds is not None and count_letter(bounds[1]) <= column <= count_letter(bounds[2])
        if table.table_no in numbers and inside:
            return table
    return None


def count_letter(letter: str) -> int:
    """The index of a column letter, counted from 0.

    >>> count_letter("A"), count_letter("AB")
    (0, 27)
    """
    number = 0
    for character in letter:
        number = number * 26 + ord(character) - 64
    return number - 1


def name_covered_cells(tie: TieOut) -> str:
    """The cells of the detail that a printed total covers, where the rows are named: `D5:D20, D22`."""
    if not tie.covers.startswith("row"):
        return f"column {tie.column} of {tie.covers}"
    parts = [
        f"{tie.column}{first}:{tie.column}{last}" if last else f"{tie.column}{first}"
        for first, last in _ROWS.findall(tie.covers)
    ]
    return ", ".join(parts) + (" …" if tie.covers.endswith("…") else "")


def list_covered_rows(tie: TieOut) -> list[tuple[int, int]]:
    """The rows that a printed total covers on its own sheet."""
    return [(first, last) for sheet, _, first, last in tie.covered if sheet == tie.sheet]


def list_letters(count: int) -> list[str]:
    """The letters of the first columns."""
    return [column_letter(index) for index in range(count)]
