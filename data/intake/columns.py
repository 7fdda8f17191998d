"""Parts the columns of a table into labels and amounts."""

import re
from collections.abc import Sequence
from itertools import pairwise

from data.intake.cells import CellValue, column_letter
from data.intake.drafts import Grid, LabelDraft, TableDraft, ValueDraft
from data.intake.headers import (
    HeaderMeaning,
    names_a_code,
    part_words,
    read_label_header,
    read_value_header,
    read_years,
)
from data.intake.numbers import (
    cell_texts,
    is_malformed_number,
    is_number,
    is_padded,
    is_placeholder,
    is_year,
    looks_like_money,
    read_amount_column,
    read_amount_text,
)
from data.intake.rows import is_total_label
from planning.vocabulary import Unit

_SAMPLE = 400
_FEWEST_ROWS_COUNTED = 3
_FEWEST_IDENTIFIERS = 10
_FEWEST_DIGITS = 4
_MOST_NOTES = 4
_FEWEST_TOTALS = 2
_COUNTS_ROWS = re.compile(r"#|nos?\.?|nr\.?|(?:row|line|ln)\.?(?: ?(?:#|no\.?|numbers?))?|seq(?:uence)?\.?|index", re.I)
_LINE_NUMBER = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?([.)])?")
_FEWEST_LINE_NUMBERS = 4
_LINES_END = 1000
_FLAGS = (0, 1, "0", "1")
_DESCRIBES = re.compile(r"descr?(?:iption)?s?|names?|titles?")
_MOST_WORDS = 0.1
_FEWEST_AROUND_A_SLIP = 4
_MOST_WORDS_ANNOUNCED = 0.5


def take_codes_out(table: TableDraft) -> None:
    """Whole numbers left of all other amounts that no total adds up, though totals are printed, are codes."""
    totals = [total.position for total in table.totals]
    for value in list(table.values):
        others = [other for other in table.values if other is not value]
        if (
            value.meaning.says_value
            or len(totals) < _FEWEST_TOTALS
            or any(other.index < value.index for other in others)
            or not any(label.index > value.index for label in table.labels)
            or any(value.amounts[p] == value.amounts[p] for p in totals)
            or not any(all(other.amounts[p] == other.amounts[p] for p in totals) for other in others)
            or any(amount % 1 for amount in value.amounts if amount == amount)
        ):
            continue
        texts = [str(int(amount)) if amount == amount else "" for amount in value.amounts]
        table.values.remove(value)
        table.labels.append(LabelDraft(value.index, value.header, read_label_header(value.header), texts))
        table.labels.sort(key=lambda label: label.index)


def read_columns(grid: Grid, table: TableDraft, convention: str = "ends") -> None:
    """Fills `values` and `labels` of a table."""
    repeated = {row - table.body.start for row in table.header_rows if row in table.body}
    counted: list[list[CellValue]] = []
    for index, column in enumerate(grid.columns):
        cells = column[table.body.start : table.body.stop]
        header = table.headers[index]
        leftmost = not (table.labels or table.values)
        figures = [] if header else [cell for cell in cells if is_number(cell)]
        if numbers_rows(cells, header, leftmost) or (figures and figures in counted):
            counted.append(figures)
            table.reasons.append(f"Column {column_letter(index)} only numbers the rows and is left out.")
        elif marks_rows(cells, header):
            table.reasons.append(f"Column {header} only marks the rows with ones and zeros and is left out.")
        elif _names_next(table, index, header):
            _add_label(table, index, header, cell_texts(cells))
        elif _holds_amounts(_without(cells, repeated), header, bool(table.header_rows)):
            _add_value(table, index, header, cells, convention)
        elif any(cell is not None for cell in cells) or read_label_header(header).dimension:
            texts = cell_texts(cells)
            _add_label(table, index, header, texts if header else _without_placeholders(texts))
            if not header and table.header_rows and _are_mostly_numbers(cells) and not _name_rows(table, cells):
                table.nameless.append(index)
    _take_bare_numbers(grid, table, repeated, convention)


def _without_placeholders(texts: list[str]) -> list[str]:
    """A column that nobody named says nothing by a dash."""
    empty = {text for text in set(texts) if is_placeholder(text)} - {""}
    return ["" if text in empty else text for text in texts] if empty else texts


def _are_mostly_numbers(cells: tuple[CellValue, ...]) -> bool:
    """Figures on at least half of the rows: what nobody named may still be money."""
    return 2 * sum(1 for cell in cells if is_number(cell)) >= len(cells)


def _name_rows(table: TableDraft, cells: tuple[CellValue, ...]) -> bool:
    """Whole numbers before all amounts are the codes of the rows, where no two are alike or all are of one length.

    So they are where the totals of the table are named in their column.
    """
    names_totals = any(type(cell) is str and is_total_label(cell) for cell in cells)
    numbers = [cell for cell in cells if type(cell) is float or type(cell) is int]
    alike = len({len(str(int(number))) for number in numbers}) == 1
    return not table.values and _are_whole(cells) and (names_totals or alike or len(set(numbers)) == len(numbers))


def _take_bare_numbers(grid: Grid, table: TableDraft, repeated: set[int], convention: str) -> None:
    """In a text file all numbers are texts: beside written amounts, whole numbers without a mark are amounts too."""
    if not any(value.written for value in table.values):
        return
    for label in list(table.labels):
        cells = grid.columns[label.index][table.body.start : table.body.stop]
        coded = names_a_code(label.header) or _names_next(table, label.index, label.header)
        if label.header and not coded and are_bare_numbers(_without(cells, repeated)):
            table.labels.remove(label)
            _add_value(table, label.index, label.header, cells, convention)
    table.values.sort(key=lambda value: value.index)


def are_bare_numbers(cells: Sequence[CellValue]) -> bool:
    texts = [cell.strip().removeprefix("-") for cell in cells if type(cell) is str and not is_placeholder(cell)]
    whole = [text for text in texts if text.isdecimal() and (text == "0" or text[0] != "0")]
    years = all(is_year(text) for text in texts)
    return bool(texts) and len(whole) == len(texts) and not years and not are_identifiers(texts)


def are_identifiers(texts: Sequence[str]) -> bool:
    """Numbers that never repeat and all have as many digits name things; amounts do neither for long."""
    several = len(texts) >= _FEWEST_IDENTIFIERS and len(texts[0]) >= _FEWEST_DIGITS
    return several and len(set(texts)) == len(texts) and len(set(map(len, texts))) == 1


def _without(cells: tuple[CellValue, ...], positions: set[int]) -> tuple[CellValue, ...]:
    if not positions:
        return cells
    return tuple(cell for position, cell in enumerate(cells) if position not in positions)


def _add_label(table: TableDraft, index: int, header: str, texts: list[str]) -> None:
    meaning = read_value_header(header)
    if meaning.is_change or meaning.unit is Unit.PERCENT:
        table.reasons.append(f"Column {header} compares other columns and is left out.")
    else:
        table.labels.append(LabelDraft(index, header, read_label_header(header), texts))


def numbers_rows(cells: Sequence[CellValue], header: str, leftmost: bool) -> bool:
    """A column that counts the rows, or the numbers of the lines of a form: 5, 10, 15, or 1.010, 1.020, 2.050."""
    return (bool(header or leftmost) and counts_rows(cells, header)) or _are_line_numbers(cells, header, leftmost)


def _are_line_numbers(cells: Sequence[CellValue], header: str, leftmost: bool) -> bool:
    """Numbers that only rise from line to line, where a header says so or nothing else is written like them.

    Those are 1.010, 1.020 before all else, and `1.`, `2.` or `1)`, `2)` wherever they stand.
    """
    called = bool(header) and _COUNTS_ROWS.fullmatch(header) is not None
    if not called and header:
        return False
    filled = [cell for cell in cells if cell is not None and cell != ""]
    small = [cell for cell in filled if not (type(cell) is float or type(cell) is int) or 0 < cell < _LINES_END]
    found = [match for text in cell_texts(small) if (match := _LINE_NUMBER.fullmatch(text))]
    if len(found) < _FEWEST_LINE_NUMBERS or len(found) < len(filled) - len(found) // 10:
        return False
    numbers = [(int(match[1]), float(f"0.{match[2] or 0}")) for match in found]
    rising = all(before < after for before, after in pairwise(numbers))
    pointed = leftmost and 2 * sum(1 for match in found if match[2]) > len(found)
    return rising and (called or pointed or all(match[3] for match in found))


def marks_rows(cells: Sequence[CellValue], header: str) -> bool:
    """A column of ones, or of ones and zeros, under a header that says no amount: Include, Is Active."""
    if not header or not cells or cells[0] not in _FLAGS or read_value_header(header).says_value:
        return False
    figures = [cell for cell in cells if cell is not None and cell != ""]
    ones = sum(1 for cell in figures if cell in (1, "1"))
    return len(figures) >= _FEWEST_IDENTIFIERS and ones > 0 and all(cell in _FLAGS for cell in figures)


def _names_next(table: TableDraft, index: int, header: str) -> bool:
    """Whether the column right of this one describes it: Appropriation Account beside Appropriation Account Name."""
    following = table.headers.get(index + 1, "")
    if not header or read_value_header(header).years or len(following) <= len(header):
        return False
    own, other = part_words(header).casefold().split(), part_words(following).casefold().split()
    return len(other) == len(own) + 1 and other[:-1] == own and bool(_DESCRIBES.fullmatch(other[-1]))


def counts_rows(cells: Sequence[CellValue], header: str) -> bool:
    """A column that counts the rows of a print-out (a few notes may stand in it), so that it says nothing of any."""
    if header and not _COUNTS_ROWS.fullmatch(header):
        return False
    filled = [text for text in cell_texts(cells) if text]
    numbers = [int(text) for text in filled if text.isdecimal()]
    from_one = bool(numbers) and numbers[0] == 1 and len(numbers) >= (1 if header else 2)
    if (
        not (from_one or len(numbers) >= _FEWEST_ROWS_COUNTED)
        or len(filled) - len(numbers) > _MOST_NOTES + len(filled) // 10
    ):
        return False
    in_step = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return in_step or (not header and _counted_once(numbers))


def _counted_once(numbers: Sequence[int]) -> bool:
    """Row numbers of a longer list from which rows were taken: they rise from the start, with gaps."""
    rising = all(before < after for before, after in pairwise(numbers))
    return (
        rising
        and len(numbers) >= _FEWEST_IDENTIFIERS
        and numbers[0] <= _FEWEST_ROWS_COUNTED < numbers[-1] <= 2 * len(numbers)
    )


def _holds_amounts(cells: tuple[CellValue, ...], header: str, has_header: bool) -> bool:
    kinds = list(map(type, cells))
    meaning = read_value_header(header)
    numbers = kinds.count(float) + kinds.count(int)
    if not numbers:
        texts = [cell for cell in cells[:_SAMPLE] if type(cell) is str]
        if any(is_padded(text.strip()) for text in texts):
            return False
        written = any(looks_like_money(text) for text in texts) and not names_a_code(header)
        announced = meaning.says_value and _is_written_or_empty(cells, header)
        return (written or announced) and not holds_words(texts, meaning)
    texts = [cell for cell in cells if type(cell) is str and not is_placeholder(cell)] if str in kinds else []
    if (has_header and not header) or holds_words(texts, meaning, numbers):
        return False
    if len(texts) > numbers and not _are_written(texts[:_SAMPLE], header, meaning):
        return False
    if not _are_whole(cells) or _are_written(texts[:_SAMPLE], header, meaning):
        return True
    texts = [str(int(cell)) for cell in cells if type(cell) is float] if not meaning.says_value else []
    return not (names_a_code(header) or (texts and are_identifiers(texts)))


def _are_written(texts: Sequence[str], header: str, meaning: HeaderMeaning) -> bool:
    """Whether written numbers are amounts: one looks like money, or the header says so."""
    return not names_a_code(header) and bool(texts) and (meaning.says_value or any(map(looks_like_money, texts)))


def holds_words(texts: list[str], meaning: HeaderMeaning, numbers: int = 0) -> bool:
    """Whether words stand where amounts should: a malformed number is no word, a sentence or a date is.

    One word among several amounts is a slip of the pen, however short the column is.
    """
    filled = [text for text in texts if not is_placeholder(text)]
    words = sum(1 for text in filled if read_amount_text(text) is None and not is_malformed_number(text))
    share = _MOST_WORDS_ANNOUNCED if meaning.says_value else _MOST_WORDS
    count = len(filled) + numbers
    return words > share * count and (words > 1 or count < _FEWEST_AROUND_A_SLIP)


def _is_written_or_empty(cells: tuple[CellValue, ...], header: str) -> bool:
    """An announced column without plain numbers: written whole numbers, or nothing yet (still to be adopted)."""
    if any(cell is not None for cell in cells):
        column = read_amount_column(cells)
        readable = len(column.written)
        return readable > len(column.unreadable)
    years = read_years(header)[0]
    return bool(years) and read_value_header(header).basis is not None


def _are_whole(cells: tuple[CellValue, ...]) -> bool:
    return all(cell % 1 == 0 for cell in cells if type(cell) is float)


def _add_value(table: TableDraft, index: int, header: str, cells: tuple[CellValue, ...], convention: str) -> None:
    meaning = read_value_header(header, convention)
    if meaning.is_change or meaning.unit is Unit.PERCENT:
        table.reasons.append(f"Column {header} compares other columns and is left out.")
        return
    column = read_amount_column(cells)
    table.values.append(
        ValueDraft(index, header, meaning, column.amounts, column.written, column.unreadable, column.placeholders)
    )
