"""What is true of a generated file, said beside it and never read from it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.layouts.printed import Cell, Key, Sheet, name_cell


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """A printed total that does not equal its detail: printed minus detail, in the unit of the cell."""

    sheet: str
    cell: str
    difference: Decimal


@dataclass(frozen=True)
class Truth:
    """The totals of a file by what they are, the lines it has, and what is wrong with it on purpose."""

    is_budget: bool
    totals: dict[Key, Decimal] = field(default_factory=dict)
    taken_off: dict[Key, Decimal] = field(default_factory=dict)  # by "Less:" lines below the totals
    lines: tuple[int, int] | None = None  # rows with money, and rows that are printed: zeros and blanks too
    scale: int = 1
    wrong: tuple[WrongTotal, ...] = ()
    malformed: tuple[tuple[str, str], ...] = ()
    unsaid_year: str = ""
    side_said: bool = True
    balances: bool = False  # a statement prints the fund balance that it begins with


@dataclass(frozen=True)
class Layout:
    """A generated file with its truth and with the choices that made it."""

    seed: int
    file_name: str
    content: bytes
    truth: Truth
    sheets: Sequence[Sheet]
    features: dict[str, str]


def add_details(sheets: Sequence[Sheet], scale: int, role: str = "detail") -> dict[Key, Decimal]:
    """The sum of all detail cells (or those of another role) by what they are, in dollars."""
    totals: dict[Key, Decimal] = defaultdict(Decimal)
    for sheet in sheets:
        for cell in sheet.panel.cells.values():
            if cell.role == role and cell.key and isinstance(cell.value, Decimal):
                times = scale * cell.scale if cell.key.unit == "usd" else 1
                totals[cell.key] += cell.value * cell.sign * times
    return dict(totals)


def count_lines(sheets: Sequence[Sheet]) -> tuple[int, int]:
    """Rows with an amount other than zero, and rows that have or would have one; a "Less:" line may count as one."""
    rows: dict[tuple[str, int], bool] = defaultdict(bool)
    for sheet in sheets:
        for (row, _), cell in sheet.panel.cells.items():
            if cell.role in ("detail", "taken_off"):
                rows[sheet.name, row] |= cell.role == "detail" and isinstance(cell.value, Decimal) and cell.value != 0
    return sum(rows.values()), len(rows)


def find_cells(sheets: Sequence[Sheet], role: str) -> list[tuple[str, str, Cell]]:
    """Every cell of a role with its place."""
    return [
        (sheet.name, name_cell(*place), cell)
        for sheet in sheets
        for place, cell in sorted(sheet.panel.cells.items())
        if cell.role == role
    ]
