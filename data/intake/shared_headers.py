"""Headers that were merged over a dollar sign and its amount: they belong to the column of the amounts.

Converted documents print `$` in a column of its own on the first rows and totals; the header stands in that column, and
the amounts beside it would have none.
"""

from collections.abc import Sequence

from data.intake.cells import CellValue
from data.intake.drafts import Grid
from data.intake.numbers import is_number, read_amount_text

_SIGN = "$"
Column = tuple[CellValue, ...]


def move_headers_to_amounts(grid: Grid) -> Grid:
    """The grid with such headers over their amounts; the signs say no more than the amounts do."""
    columns = list(grid.columns)
    for index in range(len(columns) - 1):
        if _is_beside_amounts(columns, index):
            columns[index], columns[index + 1] = _move(columns[index], columns[index + 1])
    return grid if columns == grid.columns else Grid(grid.sheet, columns, grid.row_count)


def _is_beside_amounts(columns: Sequence[Column], index: int) -> bool:
    """Whether a column of dollar signs and headers stands left of amounts that have no header of their own."""
    own, amounts = columns[index], columns[index + 1]
    if _SIGN not in own:  # the cells of a long ledger are not looked at one by one
        return False
    first = next((row for row, cell in enumerate(amounts) if _is_amount(cell)), None)
    if first is None or any(_is_filled(cell) for cell in amounts[:first]):
        return False
    return all(_is_sign(cell) or not _is_filled(amounts[row]) for row, cell in enumerate(own) if _is_filled(cell))


def _is_filled(cell: CellValue) -> bool:
    return cell is not None and cell != ""


def _is_sign(cell: CellValue) -> bool:
    return type(cell) is str and cell.strip() == _SIGN


def _is_amount(cell: CellValue) -> bool:
    return is_number(cell) or (type(cell) is str and read_amount_text(cell) is not None)


def _move(own: Column, amounts: Column) -> tuple[Column, Column]:
    moved = tuple(
        text if _is_filled(text) and not _is_sign(text) else amount for text, amount in zip(own, amounts, strict=True)
    )
    return (None,) * len(own), moved
