"""Header bands: what stands above the columns of amounts, in one to six rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.layouts.district import Column
from benchmarks.layouts.printed import Cell, Panel
from benchmarks.layouts.spelling import BASIS_WORDS, WIDER_YEAR_SPELLINGS, YEAR_SPELLINGS

STYLES = ("single", "single", "single_turned", "year_over_basis", "basis_over_year", "split", "grouped", "numbered")
PAIRS = {"pairs": "Amount", "pairs_sign": "$", "pairs_dollars": "Dollars"}  # year and basis over FTE and this


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column on the page: amounts, or what offices print beside them."""

    kind: str  # amount, change, percent, spacer, note
    column: Column | None = None
    against: Column | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """How the years of a file are spelled and where they stand."""

    spelling: str
    place: str  # header, title, sheet, file, nowhere

    def spell(self, start: int) -> str:
        return (YEAR_SPELLINGS | WIDER_YEAR_SPELLINGS)[self.spelling](start)


def choose_years(rng: Random, place: str) -> Years:
    short = [name for name in YEAR_SPELLINGS if len(name) < 10]
    return Years(rng.choice(list(YEAR_SPELLINGS) if place == "title" else short), place)


def plan_value_columns(rng: Random, columns: Sequence[Column], spacers: bool) -> list[ValueColumn]:
    """The amounts in their order, then a change or a percent, with empty columns between where the file has them."""
    planned = [ValueColumn("amount", column) for column in columns]
    money = [column for column in columns if column.unit == "usd"]
    if len(money) > 1 and rng.random() < 0.4:
        old, new = sorted(money[-2:], key=lambda column: column.start)
        kinds = rng.choice([("change",), ("percent",), ("change", "percent")])
        planned += [ValueColumn(kind, new, old) for kind in kinds]
    if rng.random() < 0.1:
        planned.append(ValueColumn("note"))
    if spacers:
        planned = [part for value in planned for part in (value, ValueColumn("spacer"))][:-1]
    return planned


def word_columns(rng: Random, planned: Sequence[ValueColumn], years: Years, style: str) -> list[ValueColumn]:
    """Gives every column its header parts, from the top of the band to its bottom."""
    words = {basis: rng.choice(choices) for basis, choices in BASIS_WORDS.items()}
    changes = rng.choice(
        [("Change", "% Change"), ("$ Change", "Percent"), ("Increase/(Decrease)", "%"), ("+/-", "+/- %")]
    )
    worded = []
    for value in planned:
        if value.kind == "amount" and value.column is not None:
            parts = _word(value.column, words[value.column.basis], years, style)
        else:
            text = {"change": changes[0], "percent": changes[1], "note": "Comments"}.get(value.kind, "")
            parts = ("",) * (_height(style) - 1) + (text,)
        worded.append(replace(value, parts=parts))
    return worded


def _height(style: str) -> int:
    return {"single": 1, "single_turned": 1, "split": 3, "grouped": 3, "numbered": 4}.get(style, 2)


def _word(column: Column, word: str, years: Years, style: str) -> tuple[str, ...]:
    year = years.spell(column.start) if years.place == "header" else ""
    if style in PAIRS:
        return f"{year} {word}".strip(), "FTE" if column.unit == "fte" else PAIRS[style]
    if column.unit == "fte":
        word = "FTE"
    if style == "single":
        return (f"{year} {word}".strip(),)
    if style == "single_turned":
        return (f"{word} {year}".strip(),)
    if style == "year_over_basis":
        return year, word
    if style == "basis_over_year":
        return word, year
    first, _, rest = word.partition(" ")
    if style == "split":
        return (year, first, rest) if rest else ("", year, first)
    group = "History" if column.basis in ("actual", "year_to_date") else "Budget"
    if style == "grouped":
        return group, year, word
    return group, year, word, "Amount"


def print_header(panel: Panel, top: int, left: int, labels: Sequence[str], planned: Sequence[ValueColumn]) -> int:
    """Prints the band; the labels stand in its last row. Returns the first row below it."""
    height = max(len(value.parts) for value in planned)
    for column, label in enumerate(labels):
        panel.put(top + height - 1, left + column, Cell(label, bold=True))
    for column, value in enumerate(planned, left + len(labels)):
        for row, part in enumerate(value.parts):
            if part:
                panel.put(top + row, column, Cell(part, bold=True))
    for row in range(height - 1):
        _merge_equal(panel, top + row, left + len(labels), len(planned))
    return top + height


def _merge_equal(panel: Panel, row: int, left: int, count: int) -> None:
    """Prints a group header that repeats in neighbouring columns once, merged over them."""
    column = left
    while column < left + count:
        cell = panel.cells.get((row, column))
        end = column
        while cell and end + 1 < left + count and _is_same(panel.cells.get((row, end + 1)), cell):
            end += 1
            del panel.cells[row, end]
        if end > column:
            panel.merges.append((row, column, row, end))
        column = end + 1


def _is_same(other: Cell | None, cell: Cell) -> bool:
    return other is not None and other.value == cell.value
