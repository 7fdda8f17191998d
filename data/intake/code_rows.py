"""Rows of codes over or under the names of columns: 1000 | 2120 over Instruction | Guidance, 100 | 200 under Salaries.

They name what the columns hold and are no amounts, however much they look like some.
"""

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from data.intake.cells import CellValue
from data.intake.drafts import Grid
from data.intake.headers import read_label_header, read_years
from data.intake.numbers import cell_text, is_number, is_year, read_amount_text

_FEWEST_CODES = 4
_FEWEST_NUMBERED = 2
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)")
_CODED_LABELS = frozenset({"code", "account", "object", "function", "fund", "program"})


def are_codes_above(grid: Grid, row: int, before: int) -> bool:
    """Whether figures above a header are codes of what it names: 1000 | 2120 over Instruction | Guidance.

    No label stands beside them, no amounts right above them, and every one stands over a name.
    """
    if before == row - 1 or row + 1 >= grid.row_count:
        return False
    filled = [column for column in grid.columns if column[row] is not None and column[row] != ""]
    codes = {column[row] for column in filled if _is_whole(column[row])}
    return len(codes) == len(filled) > 1 and all(_is_name(column[row + 1]) for column in filled)


def are_codes_below(grid: Grid, numbers: Container[int], row: int, before: int) -> bool:
    """Whether figures below names are their codes: 100 | 200 | 300, or 6100 | 6200 beside FY 2024.

    Above them stand names and no amounts; the row has no label of its own unless that is the header of codes. `numbers`
    are the columns that hold numbers, `before` is the row of numbers above.
    """
    if row == 0 or before == row - 1:
        return False
    cells = {i: column[row] for i, column in enumerate(grid.columns) if i in numbers}
    labels = [column[row] for i, column in enumerate(grid.columns) if i not in numbers]
    labels = [text for text in map(cell_text, labels) if text]
    if _are_column_numbers([text for text in map(cell_text, (c for c in cells.values() if type(c) is str)) if text]):
        return True
    codes = {i: cell for i, cell in cells.items() if is_number(cell) or _is_whole(cell)}
    names = [cell for cell in cells.values() if type(cell) is str and cell.strip() and not _is_whole(cell)]
    if not codes or not all(map(_is_whole, codes.values())):
        return False
    if not labels and any(read_years(name)[0] for name in names):
        return True
    headed = not labels or any(read_label_header(text).dimension in _CODED_LABELS for text in labels)
    named = headed and not names and all(_is_name(grid.columns[i][row - 1]) for i in codes)
    return named and _are_rising([cell_text(code) for code in codes.values()])


def _are_column_numbers(texts: Sequence[str]) -> bool:
    """What forms print under the names of their columns: (1) | (2) | (3), which are no amounts below zero."""
    numbers = [int(text[1:-1]) for text in texts if _COLUMN_NUMBER.fullmatch(text)]
    rising = all(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) == len(texts) >= _FEWEST_NUMBERED and rising


def _are_rising(codes: Sequence[str]) -> bool:
    """Codes of columns from left to right: round, equally long and rising."""
    rising = all(before < after for before, after in pairwise(codes))
    alike = len(set(map(len, codes))) == 1 and all(code[-1] == "0" for code in codes)
    return len(codes) >= _FEWEST_CODES and rising and alike


def _is_whole(cell: CellValue) -> bool:
    """Whether a cell is a whole number without a mark, as codes are."""
    if type(cell) is str:
        return cell.strip().isdecimal()
    return (type(cell) is float or type(cell) is int) and cell % 1 == 0


def _is_name(cell: CellValue) -> bool:
    return type(cell) is str and not is_year(cell) and read_amount_text(cell) is None
