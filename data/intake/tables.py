"""Finds the tables of a sheet: the header band, and which rows stand above and below it.

A header is a row whose texts stand over columns of numbers. Blank rows never end a table, because printed reports are
full of them; the next header band with other words does.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from data.intake.cells import CellValue, ColumnRows, Sheet
from data.intake.code_rows import are_codes_above, are_codes_below
from data.intake.codes import read_field
from data.intake.columns import counts_rows
from data.intake.drafts import Grid, TableDraft
from data.intake.header_repeats import find_repeated_years, find_spelled_years, read_band_words
from data.intake.headers import names_a_code, read_basis, read_side, read_value_header, read_years
from data.intake.numbers import (
    cell_text,
    is_malformed_number,
    is_number,
    is_padded,
    is_placeholder,
    is_year,
    looks_like_money,
    read_amount_text,
)
from data.intake.print_lines import is_print_mark
from data.intake.rows import is_total_label
from planning.vocabulary import Side

MAXIMUM_BAND_ROWS = 6
_LOOK_AHEAD_ROWS = 3
_SAMPLE = 200
_NUMBERS = frozenset({float, int})
_CONTINUED = re.compile(r"\s*[-–—,]?\s*\(?\bcont(?:inued|'d|’d|d|\.|\Z|(?=\)))\.?\)?\s*\Z", re.I)
_FEWEST_ROWS_ABOVE = 3
_SUMMARY = re.compile(r"\bsummary\b|\brecap(?:itulation)?\b|\bfunds?\b", re.I)


def turn_sheet(sheet: Sheet) -> Grid:
    """The sheet by columns."""
    if isinstance(sheet.rows, ColumnRows):
        return Grid(sheet, list(sheet.rows.columns), len(sheet.rows))
    even = len(set(map(len, sheet.rows))) == 1
    return Grid(sheet, list(zip(*sheet.rows, strict=True) if even else zip_longest(*sheet.rows)), len(sheet.rows))


def find_tables(grid: Grid) -> list[TableDraft]:
    """Every table with numbers on a sheet, in order from the top."""
    numbers = {
        index: found for index, column in enumerate(grid.columns) if (found := _flag_numbers(column)) is not None
    }
    if not numbers:
        return []
    scan = _HeaderScan(grid, numbers)
    bands = _merge_repeated(grid, scan, scan.bands())
    if not bands:
        return [_table_without_header(grid, scan)]
    tables = [_cut_table(grid, scan, bands, number) for number in range(len(bands))]
    above = _table_above(grid, scan, bands[0][0][0])
    if above is None:
        return tables
    tables[0].title_rows = [row for row in tables[0].title_rows if row >= above.body.stop]
    return [above, *tables]


@dataclass(slots=True)
class _NumberColumn:
    """Which cells of a column are amounts, and where it holds other texts."""

    flags: list[bool]
    text_rows: list[int]


def _flag_numbers(column: Sequence[CellValue]) -> _NumberColumn | None:
    """The amounts of a column; None for a column of labels."""
    kinds = set(map(type, column))
    has_plain = bool(kinds & _NUMBERS)
    if not has_plain and (str not in kinds or not _holds_written_amounts(column)):
        return None
    types = list(map(type, column))
    flags = list(map(_NUMBERS.__contains__, types))
    others: list[int] = []
    for row in [row for row, kind in enumerate(types) if kind is str] if str in kinds else ():
        text = str(column[row])
        if read_amount_text(text) is not None:
            flags[row] = True
        elif not is_placeholder(text) and not is_malformed_number(text):
            others.append(row)
    return _NumberColumn(flags, others) if _are_most_numbers(column, flags, others) else None


def _are_most_numbers(column: Sequence[CellValue], flags: Sequence[bool], others: Sequence[int]) -> bool:
    """Whether texts are in the minority; those of a header and its repetitions do not count in a small table."""
    count = sum(flags)
    if count >= len(others):
        return True
    first = flags.index(True) if count else 0
    header = {column[row] for row in others if row < first}
    within = sum(1 for row in others if row > first and column[row] not in header)
    return 1 < count >= within and len(header) <= MAXIMUM_BAND_ROWS


def _holds_written_amounts(column: Sequence[CellValue]) -> bool:
    """Texts are amounts where most are numbers and either they or their header look like money."""
    texts = list(islice((cell for cell in column if type(cell) is str and not is_placeholder(cell)), _SAMPLE))
    sample = texts[1:] or texts
    numeric = [text for text in sample if read_amount_text(text) is not None]
    if 2 * len(numeric) < len(sample) or not numeric or any(is_padded(text.strip()) for text in numeric):
        return False
    if any(looks_like_money(text) for text in numeric):
        return True
    above = texts[: next((n for n, text in enumerate(texts) if _is_amount(text)), 0)]
    if not above or names_a_code(" ".join(above)):
        return False
    band = read_value_header(" ".join(above))
    return read_value_header(above[-1]).says_value or bool(band.years or band.basis)


def _is_amount(text: str) -> bool:
    """Whether a text is a number and no year of a header such as Fiscal Year | 2025 | Actual."""
    return read_amount_text(text) is not None and not is_year(text)


class _HeaderScan:
    """Where texts stand over numbers on one sheet."""

    def __init__(self, grid: Grid, numbers: dict[int, _NumberColumn]) -> None:
        self.grid = grid
        self.numbers = numbers
        self.year_rows = self._find_year_rows()
        found = map(any, zip(*(column.flags for column in numbers.values()), strict=True))
        numeric = [row for row, some in enumerate(found) if some and row not in self.year_rows]
        # Only a row that stands right below no other figures may hold codes of columns.
        apart = [(row, before) for row, before in zip(numeric, [-1, *numeric], strict=False) if row - before > 1]
        self.coded = {row for row, before in apart if are_codes_below(grid, numbers, row, before)}
        codes = {row for row, before in apart if are_codes_above(grid, row, before)} | self.coded
        self.numeric_rows = [row for row in numeric if row not in codes] if codes else numeric
        used = [index for index, column in enumerate(grid.columns) if any(cell is not None for cell in column)]
        # The numbers of the rows may stand before everything that says something.
        self.leftmost = used[: 2 if len(used) > 1 and counts_rows(grid.columns[used[0]][:_SAMPLE], "") else 1]
        self.texts = self._find_texts()

    def _find_year_rows(self) -> set[int]:
        """Rows above the amounts whose numbers are years: headers such as 2024 | 2025."""
        rows: set[int] = set()
        for index in self.numbers:
            found: list[int] = []
            for row, cell in enumerate(self.grid.columns[index]):
                if is_year(cell):
                    found.append(row)
                elif is_number(cell) or self.numbers[index].flags[row]:
                    break
            else:
                found = []
            rows.update(row for row in found if len(found) == 1 and not self._is_line(row, index))
        rows = {row for row in rows if all(not is_number(c[row]) or is_year(c[row]) for c in self.grid.columns)}
        first = min((column.flags.index(True) for column in self.numbers.values() if True in column.flags), default=0)
        return (
            rows
            | find_repeated_years(self.grid.columns, rows)
            | find_spelled_years(self.grid.columns, self.numbers.keys(), first)
        )

    def _is_line(self, row: int, index: int) -> bool:
        """Whether a header above names the column and every label of the row: 2,000 dollars are no year."""
        labels = [column for other, column in enumerate(self.grid.columns) if other not in self.numbers]
        filled = [column for column in labels if cell_text(column[row])]
        above = (r for r in range(row) if type(self.grid.columns[index][r]) is str)
        return bool(filled) and any(all(cell_text(column[r]) for column in filled) for r in above)

    def _find_texts(self) -> dict[int, set[int]]:
        """Columns of numbers in which a row holds a text (or a year), by row."""
        texts: dict[int, set[int]] = {row: set() for row in self.year_rows}
        for index, found in self.numbers.items():
            column = self.grid.columns[index]
            for row in found.text_rows:
                texts.setdefault(row, set()).add(index)
            for row in self.year_rows:
                if is_year(column[row]):
                    texts[row].add(index)
        for row in self.coded:
            texts[row] = {index for index in self.numbers if cell_text(self.grid.columns[index][row])}
        numeric = set(self.numeric_rows)
        return {r: c for r, c in texts.items() if r not in numeric and not self._is_title(r) and not self._is_page(r)}

    def _is_page(self, row: int) -> bool:
        """Whether a row carries the page or the time of a print-out: it is no header, whatever it stands over."""
        return any(type(column[row]) is str and is_print_mark(str(column[row])) for column in self.grid.columns)

    def _is_title(self, row: int) -> bool:
        """Whether a row is a title: its only text stands in the leftmost column, though numbers may follow below."""
        filled = [index for index, column in enumerate(self.grid.columns) if column[row] is not None]
        return len(filled) == 1 and filled[0] in self.leftmost and len(self.grid.columns) > 1

    def bands(self) -> list[list[int]]:
        """Header bands as lists of rows, from the top."""
        anchors = [row for row in sorted(self.texts) if self._is_anchor(row)]
        bands: list[list[int]] = []
        for row in anchors:
            if bands and not self._has_numbers_between(bands[-1][-1], row):
                bands[-1].extend(r for r in range(bands[-1][-1] + 1, row + 1) if r in self.texts)
            else:
                bands.append([row])
        return [self._grow_upwards(self._grow_downwards(band))[-MAXIMUM_BAND_ROWS:] for band in bands]

    def _grow_downwards(self, band: list[int]) -> list[int]:
        """Adds the rows right below that say a year or a basis over some columns, and nothing else."""
        row = band[-1] + 1
        while row in self.texts and len(band) < MAXIMUM_BAND_ROWS:
            filled = [column[row] for column in self.grid.columns if column[row] is not None and column[row] != ""]
            said = [read_value_header(cell_text(self.grid.columns[index][row])) for index in self.texts[row]]
            if len(filled) > len(said) or not all(meaning.years or meaning.basis for meaning in said):
                break
            band = [*band, row]
            row += 1
        return band

    def _is_anchor(self, row: int) -> bool:
        """Whether the texts of a row stand over at least half of the columns that hold the next numbers."""
        active = self._columns_below(row)
        over = self.texts[row] & active
        if not active or 2 * len(over) < len(active) or self._repeats_labels(row):
            return False
        if len(active) > 1 or not self.numeric_rows or row < self.numeric_rows[0]:
            return True
        return any(read_value_header(cell_text(self.grid.columns[index][row])).says_value for index in over)

    def _repeats_labels(self, row: int) -> bool:
        """Whether a row below the first numbers carries the labels of the row above: then it is a line of a list."""
        if not self.numeric_rows or row < self.numeric_rows[0]:
            return False
        labels = [column for index, column in enumerate(self.grid.columns) if index not in self.numbers]
        filled = [column for column in labels if column[row] is not None]
        return len(filled) > 1 and 2 * sum(1 for column in filled if column[row] == column[row - 1]) >= len(filled)

    def _columns_below(self, row: int) -> set[int]:
        first = bisect_right(self.numeric_rows, row)
        rows = self.numeric_rows[first : first + _LOOK_AHEAD_ROWS]
        return {index for index, column in self.numbers.items() if any(column.flags[r] for r in rows)}

    def _has_numbers_between(self, above: int, below: int) -> bool:
        first = bisect_right(self.numeric_rows, above)
        return first < len(self.numeric_rows) and self.numeric_rows[first] < below

    def _grow_upwards(self, band: list[int]) -> list[int]:
        """Adds the rows above that continue the header: several texts over numbers, or one that reads as a value."""
        row = band[0] - 1
        while row >= 0 and row in self.texts and len(band) < MAXIMUM_BAND_ROWS:
            words = [cell_text(self.grid.columns[index][row]) for index in self.texts[row]]
            if len(words) < 2 and not any(read_value_header(text).says_value for text in words):
                break
            band = [row, *band]
            row -= 1
        return band


def _merge_repeated(grid: Grid, scan: _HeaderScan, bands: list[list[int]]) -> list[list[list[int]]]:
    """Groups a header band with its repetitions further down (page breaks), which start no new table.

    The same words under a new title that says which fund, side, year or basis follows do start one; other new texts
    above a repeated header are headings of what follows on the next page.
    """
    groups: list[list[list[int]]] = []
    titles: set[str] = set()
    for band in bands:
        above = _texts_between(grid, _last_number_before(scan, band[0]), band[0])
        if (
            groups
            and read_band_words(grid, band) == read_band_words(grid, groups[-1][0])
            and not any(map(_starts_table, above - titles))
        ):
            groups[-1].append(band)
        else:
            groups.append([band])
        titles |= above
    return groups


def _starts_table(text: str) -> bool:
    """Whether a title says of which fund, side, year or basis the table below it is, or that it sums others up."""
    says_field = read_field(text) is not None or read_side(text) is not Side.UNKNOWN or bool(_SUMMARY.search(text))
    return says_field or bool(read_years(text)[0]) or read_basis(text) is not None


def _texts_between(grid: Grid, start: int, end: int) -> set[str]:
    """Texts of the rows above a header, without numbers such as those of pages and without “continued”."""
    texts = (column[row] for column in grid.columns for row in range(start, end))
    words = {_CONTINUED.sub("", text) for text in texts if type(text) is str}
    return {text.casefold().strip(" 0123456789") for text in words} - {"", "page"}


def _cut_table(grid: Grid, scan: _HeaderScan, groups: list[list[list[int]]], number: int) -> TableDraft:
    band = groups[number][0]
    start = band[-1] + 1
    end = grid.row_count
    if number + 1 < len(groups):
        following = groups[number + 1][0][0]
        numbers_inside = [row for row in scan.numeric_rows if start <= row < following]
        end = numbers_inside[-1] + 1 if numbers_inside else following
    above = 0 if number == 0 else _last_number_before(scan, band[0])
    header_rows = [row for repeated in groups[number] for row in repeated]
    return TableDraft(
        grid.sheet,
        number + 1,
        title_rows=[row for row in range(above, band[0]) if _has_content(grid, row)],
        header_rows=header_rows,
        body=range(start, end),
        headers={index: _join_header(grid, scan, band, index) for index in range(len(grid.columns))},
    )


def _table_above(grid: Grid, scan: _HeaderScan, first: int) -> TableDraft | None:
    """A table without a header over the first one that has one, where a row that says total ends it."""
    rows = [row for row in scan.numeric_rows if row < first]
    last = [cell_text(column[rows[-1]]) for column in grid.columns] if len(rows) >= _FEWEST_ROWS_ABOVE else []
    if not any(map(is_total_label, last)):
        return None
    table = _table_without_header(grid, scan)
    captions = [row for row in table.title_rows if sum(1 for c in grid.columns if cell_text(c[row])) > 1]
    start = captions[-1] if captions and all(r in table.title_rows for r in range(captions[-1], rows[0])) else rows[0]
    table.title_rows = [row for row in table.title_rows if row < start]
    table.body = range(start, rows[-1] + 1)
    return table


def _last_number_before(scan: _HeaderScan, row: int) -> int:
    earlier = [r for r in scan.numeric_rows if r < row]
    return earlier[-1] + 1 if earlier else 0


def _has_content(grid: Grid, row: int) -> bool:
    return any(column[row] is not None for column in grid.columns)


def _join_header(grid: Grid, scan: _HeaderScan, band: list[int], index: int) -> str:
    """The words over one column, from the top; a group header above several columns is shared to its right.

    Of two years in a group the nearer one counts, and one of the column's own before both.
    """
    column = [_header_text(grid, scan, row, index) for row in band]
    own = next((place for place, text in enumerate(column) if text), 0)
    takes_group = index in scan.numbers and _takes_group(column[-1] or column[own])
    names_year = any(read_years(text)[0] for text in column)
    for place in reversed(range(len(band) - 1)):
        if not column[place] and takes_group and (column[-1] or place < own):
            text = _group_word(grid, scan, band[place], index)
            has_year = bool(read_years(text)[0])
            column[place] = "" if has_year and names_year else text
            names_year = names_year or has_year
    return " ".join(dict.fromkeys(text for text in column if text))


def _header_text(grid: Grid, scan: _HeaderScan, row: int, index: int) -> str:
    """The words of a header; codes below them name no year, whatever they look like."""
    text = cell_text(grid.columns[index][row])
    return "" if row in scan.coded and text.isdecimal() else text


def _takes_group(text: str) -> bool:
    """Whether a column with this header may stand under a group header: one of codes, in a second panel, does not."""
    return bool(text) and not names_a_code(text)


def _group_word(grid: Grid, scan: _HeaderScan, row: int, index: int) -> str:
    left = [column for column in scan.texts.get(row, ()) if column < index]
    return cell_text(grid.columns[max(left)][row]) if left else ""


def _table_without_header(grid: Grid, scan: _HeaderScan) -> TableDraft:
    start = scan.numeric_rows[0] if scan.numeric_rows else 0
    return TableDraft(
        grid.sheet,
        1,
        title_rows=[row for row in range(start) if _has_content(grid, row)],
        header_rows=[],
        body=range(start, grid.row_count),
        headers=dict.fromkeys(range(len(grid.columns)), ""),
    )
