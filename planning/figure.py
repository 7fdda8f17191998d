"""What a figure is: a chart as data, with the sentence it says, a text for those who cannot see it, and its table."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from planning.money import as_decimal, format_cents, format_dollars, format_percent

Value = str | int | float | None


class FigureKind(StrEnum):
    """How a figure is to be drawn; `floating_bars` stack on an invisible first series."""

    BIG_NUMBERS = "big_numbers"
    STACKED_BARS = "stacked_bars"
    BARS = "bars"
    FLOATING_BARS = "floating_bars"
    LINES = "lines"
    TABLE = "table"


class FigureUnit(StrEnum):
    """What the numbers of a series or column are; a fraction is shown as a percentage."""

    TEXT = "text"
    CENTS = "cents"
    FRACTION = "fraction"
    SCORE = "score"
    COUNT = "count"


class Series(NamedTuple):
    """One set of bars, cents for each category; `role` says what it stands for, so that colours keep meaning."""

    name: str
    role: str
    values: tuple[int, ...]


class Column(NamedTuple):
    name: str
    unit: FigureUnit = FigureUnit.TEXT


class Table(NamedTuple):
    """The numbers of a figure as rows; the last `total_rows` are totals."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total_rows: int = 0

    def list_headers(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def list_number_columns(self) -> tuple[int, ...]:
        """Places of the columns that hold numbers, to be aligned right."""
        return tuple(i for i, column in enumerate(self.columns) if column.unit is not FigureUnit.TEXT)

    def list_text_rows(self) -> tuple[tuple[str, ...], ...]:
        """Every cell as it is shown: `$` on the first row and on totals, whole dollars, a dash for zero."""
        first_total = len(self.rows) - self.total_rows
        return tuple(
            tuple(
                format_value(value, column.unit, symbol=i == 0 or i >= first_total)
                for value, column in zip(row, self.columns, strict=True)
            )
            for i, row in enumerate(self.rows)
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as data. `sentence` is its message for everyone; `alt` says what is drawn, in numbers."""

    kind: FigureKind
    title: str
    sentence: str
    alt: str
    unit: FigureUnit
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    table: Table


def format_value(value: Value, unit: FigureUnit, symbol: bool = False) -> str:
    """One cell as text; what is not known is said in words.

    >>> format_value(10418625, FigureUnit.CENTS, symbol=True), format_value(0.474, FigureUnit.FRACTION)
    ('$104,186', '47 %')
    >>> format_value(3100, FigureUnit.COUNT)
    '3,100'
    """
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    if unit is FigureUnit.CENTS:
        is_whole = isinstance(value, int)
        return format_cents(value, symbol=symbol) if is_whole else format_dollars(value / 100, symbol=symbol)
    if unit is FigureUnit.FRACTION:
        return format_percent(value)
    return f"{as_decimal(value):,}" if unit is FigureUnit.COUNT else format_dollars(value, places=1)
