"""What print-outs draw between the figures: rules of hyphens, and currency signs in a column of their own.

They say nothing, and left where they are they would look like headers and labels.
"""

import re

from data.intake.cells import CellValue
from data.intake.drafts import Grid
from data.intake.numbers import is_number, read_amount_text

_RULE = re.compile(r"[\s\-=_–—*~.·]{3,}")
_SIGNS = frozenset({"$", "US$", "USD"})
_LONG = 20_000  # nobody draws rules into an export of this many rows, where looking at every text costs time
Column = tuple[CellValue, ...]


def leave_marks_out(grid: Grid) -> Grid:
    """The grid without rules, and without the signs of columns that hold nothing but signs below their header."""
    columns = [_clean(column, grid.row_count) for column in grid.columns]
    return grid if all(map(_is_same, columns, grid.columns)) else Grid(grid.sheet, columns, grid.row_count)


def _is_same(one: Column, other: Column) -> bool:
    return one is other


def _clean(column: Column, row_count: int) -> Column:
    if row_count > _LONG or str not in set(map(type, column)):
        return column
    texts = {cell for cell in column if type(cell) is str}
    marks = {text for text in texts if is_rule(text)}
    signs = {text for text in texts if text.strip() in _SIGNS}
    if signs and not any(map(is_number, column)) and not any(read_amount_text(text) is not None for text in texts):
        marks |= signs
    return tuple(None if type(cell) is str and cell in marks else cell for cell in column) if marks else column


def is_rule(text: str) -> bool:
    """Whether a text is drawn rather than written; a dash or two stand for no amount.

    >>> is_rule("----------"), is_rule(" ======"), is_rule("--"), is_rule("...Total")
    (True, True, False, False)
    """
    return bool(_RULE.fullmatch(text)) and len(text.strip()) > 2
