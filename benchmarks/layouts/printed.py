"""Cells as a finance office prints them, each amount with what it stands for, so that the truth can be checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | Decimal | None


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What an amount is: the column of the truth it belongs to."""

    fiscal_year: str
    basis: str
    unit: str
    side: str


@dataclass(slots=True, eq=False)
class Cell:
    """One printed cell. `covers` are the detail cells a total claims to add up; `sign` is -1 on a "Less:" line."""

    value: Value
    role: str = ""  # detail, total, repeat (money shown again elsewhere) or "" for everything that is no amount
    key: Key | None = None
    covers: tuple["Cell", ...] = ()
    sign: int = 1
    indent: int = 0
    bold: bool = False
    percent: bool = False
    error: Decimal = Decimal(0)  # what was added to a total on purpose
    scale: int = 1  # of one table that is printed in thousands beside others that are not
    mark: str = ""  # of a footnote, behind the figure


def add_up(cells: Iterable[Cell]) -> Decimal:
    """The sum of detail cells as printed, "Less:" lines taken off."""
    return sum((cell.value * cell.sign for cell in cells if isinstance(cell.value, Decimal)), Decimal(0))


@dataclass(slots=True)
class Panel:
    """A block of cells with its own origin; panels are placed on sheets."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1

    def put(self, row: int, column: int, cell: Cell | Value) -> None:
        self.cells[row, column] = cell if isinstance(cell, Cell) else Cell(cell)

    def add_row(self, cells: dict[int, Cell]) -> int:
        """Puts one row below everything that is there."""
        row = self.height
        for column, cell in cells.items():
            self.cells[row, column] = cell
        return row

    def place(self, panel: "Panel", top: int, left: int) -> None:
        """Copies another panel onto this one."""
        for (row, column), cell in panel.cells.items():
            self.cells[row + top, column + left] = cell
        self.merges += [(a + top, b + left, c + top, d + left) for a, b, c, d in panel.merges]
        self.hidden_rows |= {row + top for row in panel.hidden_rows}

    def insert_columns(self, at: int, count: int) -> None:
        """Moves everything from column `at` on to the right by `count` columns."""
        self.cells = {(row, column + count * (column >= at)): cell for (row, column), cell in self.cells.items()}
        self.merges = [(a, b + count * (b >= at), c, d + count * (d >= at)) for a, b, c, d in self.merges]

    def insert_rows(self, at: int, count: int) -> None:
        """Moves everything from row `at` on down by `count` rows."""
        self.cells = {(row + count * (row >= at), column): cell for (row, column), cell in self.cells.items()}
        self.merges = [(a + count * (a >= at), b, c + count * (a >= at), d) for a, b, c, d in self.merges]
        self.hidden_rows = {row + count * (row >= at) for row in self.hidden_rows}


@dataclass(slots=True)
class Sheet:
    name: str
    panel: Panel
    hidden: bool = False


def name_cell(row: int, column: int) -> str:
    """The address of a cell: (0, 0) is A1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
