"""Amounts of a text file that carry no mark at all: 54341 under Guidance Services, on a page that speaks of a budget.

Where nothing on a sheet looks like money, whole numbers may still be amounts: not codes by their header, not years, not
padded, not names of things. Only a sheet that says it is about a budget is read so.
"""

import re
from collections.abc import Sequence

from data.intake.cells import CellValue
from data.intake.columns import are_identifiers, counts_rows
from data.intake.drafts import Grid
from data.intake.headers import names_a_code
from data.intake.numbers import is_number, is_placeholder, is_year, read_amount_text

_BUDGET = re.compile(r"\bbudget|\bexpenditures?\b|\brevenues?\b|\bappropriations?\b", re.I)
_MARKED = re.compile(r"[$(]|\d,\d{3}")
_TITLE_ROWS = 12
_FEWEST_NUMBERS = 2
_MOST_ROWS = 20_000
_MOST_PADDED = 5  # one in five: a row of codes may stand above the names of the columns
Column = tuple[CellValue, ...]


def take_bare_numbers(grid: Grid) -> Grid | None:
    """The grid with its whole numbers as amounts; None where the sheet speaks of no budget or has none."""
    if grid.row_count > _MOST_ROWS or not _says_budget(grid):
        return None
    if all(_convert(column, _FEWEST_NUMBERS) is column for column in grid.columns):
        return None
    # Beside a column of several numbers, a single one in another is an amount too.
    return Grid(grid.sheet, [_convert(column, 1) for column in grid.columns], grid.row_count)


def is_all_text(grid: Grid) -> bool:
    """Whether no cell is a number and no text has a dollar sign, a bracket or a comma, as money elsewhere has."""
    if grid.row_count > _MOST_ROWS:
        return False
    cells = [cell for column in grid.columns for cell in column]
    marked = any(type(cell) is str and _MARKED.search(cell) and read_amount_text(cell) is not None for cell in cells)
    return not marked and not any(map(is_number, cells))


def _says_budget(grid: Grid) -> bool:
    texts = (cell for column in grid.columns for cell in column[:_TITLE_ROWS] if type(cell) is str)
    return any(_BUDGET.search(text) for text in texts)


def _convert(column: Column, fewest: int) -> Column:
    """The column with its numbers as amounts, where they are amounts."""
    texts = [cell if type(cell) is str and not is_placeholder(cell) else "" for cell in column]
    numbers = {row: amount for row, text in enumerate(texts) if (amount := read_amount_text(text)) is not None}
    bare = [row for row in numbers if texts[row].strip().isdecimal()]
    if len(bare) < fewest or any(map(is_number, column)) or not _has_header(column, sorted(numbers)):
        return column
    words = sum(1 for row, text in enumerate(texts) if text.strip() and row > bare[0] and row not in numbers)
    if 2 * words > len(numbers) or not (len(bare) < len(numbers) or _are_amounts(column, bare)):
        return column
    return tuple(numbers.get(row, cell) for row, cell in enumerate(column))


def _has_header(column: Column, rows: Sequence[int]) -> bool:
    """Whether words stand above the numbers (a code may stand above these), and none of them announces codes."""
    above = column[: rows[1] if len(rows) > 1 else rows[0]]
    words = [cell for cell in above if type(cell) is str and cell.strip() and read_amount_text(cell) is None]
    return bool(words) and not any(map(names_a_code, words))


def _are_amounts(column: Column, rows: Sequence[int]) -> bool:
    texts = [str(column[row]).strip() for row in rows]
    padded = sum(1 for text in texts if len(text) > 1 and text[0] == "0")
    names = all(map(is_year, texts)) or are_identifiers(texts) or counts_rows(texts, "")
    # Several equally long numbers, one of them padded, are codes: 050, 110, 203.
    coded = padded > 1 and len(set(map(len, texts))) == 1
    return not names and not coded and _MOST_PADDED * padded <= len(texts)
