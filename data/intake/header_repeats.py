"""Headers that are printed again further down, with the very same years or with years spelled in another way.

Object   Description   2024-25   2025-26
110      Salaries       80,500    90,000
Object   Description      2025      2026
"""

import re
from collections.abc import Collection, Iterator, Sequence

from data.intake.cells import CellValue
from data.intake.drafts import Grid
from data.intake.headers import read_years
from data.intake.numbers import cell_text, is_number, is_year

_FEWEST_YEARS = 2
_MOST_HEADER_ROWS = 12
_YEARS = re.compile(
    r"\b(?:FY|SY|fiscal year|school year)?\s*'?(?:(?:19|20)\d{2}|\d{2})\s*[-–—/]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d)"
    r"|\b(?:FY|SY|fiscal year|school year)\s*'?\d{2,4}\b|\b(?:19|20)\d{2}\b",
    re.I,
)
Column = Sequence[CellValue]


def find_repeated_years(columns: Sequence[Column], rows: Collection[int]) -> set[int]:
    """Rows further down that say the same years in the same columns as a header of figures: headers too."""
    known = {tuple(column[row] if is_year(column[row]) else None for column in columns) for row in rows}
    return {row for years in known if _are_several(years) for row in _find_rows(columns, years)}


def find_spelled_years(columns: Sequence[Column], numbers: Collection[int], first: int) -> set[int]:
    """Rows that say by figures (2025) what a header above the first amounts spells out (2024-25, FY25)."""
    found: set[int] = set()
    for row in range(max(first - _MOST_HEADER_ROWS, 0), first):
        years = [_read_ends(column[row]) if index in numbers else None for index, column in enumerate(columns)]
        if _are_several(years):
            found |= {below for below in _find_rows(columns, tuple(years)) if below > row}
    return found


def _read_ends(cell: CellValue) -> float | None:
    """The year in which the one fiscal year ends that a text spells out."""
    labels = read_years(cell)[0] if type(cell) is str else ()
    return float(labels[0][2:6]) + 1 if len(labels) == 1 and "-" in labels[0] else None


def _are_several(years: Sequence[CellValue]) -> bool:
    return sum(1 for year in years if year is not None) >= _FEWEST_YEARS


def _find_rows(columns: Sequence[Column], years: Sequence[CellValue]) -> Iterator[int]:
    """Rows with these years in these columns and no other figures."""
    first = next(index for index, year in enumerate(years) if year is not None)
    for row, cell in enumerate(columns[first]):
        if cell == years[first] and all(
            column[row] == year
            for column, year in zip(columns, years, strict=True)
            if is_number(column[row]) or year is not None
        ):
            yield row


def read_band_words(grid: Grid, band: Sequence[int]) -> tuple[str, ...]:
    """The words of a header, each year spelled in one way, so that it is known again."""
    return tuple(_spell(cell_text(column[row])) for row in band for column in grid.columns)


def _spell(text: str) -> str:
    years = read_years(text)[0] if text else ()
    return f"{' '.join(years)} {' '.join(_YEARS.sub(' ', text).split())}".casefold() if years else text.casefold()
