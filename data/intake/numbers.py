"""Cells as numbers: plain ones as they are, written ones (`$5,675`, `(1,234)`, `1,234-`) read with care."""

import re
from array import array
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isfinite, nan
from operator import eq, itemgetter
from typing import TypeVar, cast

from data.intake.cells import CellValue

_AMOUNT = re.compile(
    r"(?:\$\s*(?=\())?(?P<open>\()?\s*(?P<minus>[-−])?\s*\$?\s*(?P<minus2>[-−])?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<close>\))?(?P<trailing>[-−])?"
    r"(?:\s*(?:(?P<credit>CR)|DR)\.?)?(?:\s*(?:[*†‡§^#]{1,3}|[¹²³⁴-⁹]{1,2}|\[\w\]|\([a-z]\)))?\s*\Z",
    re.I,
)
_SIGNS_SWAPPED = str.maketrans(",.€", ".,$")
Value = TypeVar("Value")
_YEAR_TEXT = re.compile(r"\s*(?:19|20)\d{2}\s*\Z")
_MONEY_MARKS = re.compile(r"[$(]|\d,\d{3}|\d\.\d|\A\s*[-−]\s*\d")
# Digits, points and commas in no order, or, beside a comma or a dollar sign, a letter among them: 1O,500 or 12,34,5x.
_MALFORMED = re.compile(r"\s*[($-]*\d[\d.,]*\)?\s*\Z|\s*(?=[^,$]*[,$])[($-]*\d[\d.,]*[A-Za-z]{1,2}[\d.,]*\)?\s*\Z")
_ERROR_VALUE = re.compile(r"\s*#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)\s*\Z")
_NO_AMOUNT = frozenset(
    {"", "-", "--", "–", "—", "$-", "$ -", "n/a", "na", "none", "null", "tbd", "#missing", "#n/a", "nan", "inf", "-inf"}
)
_LOOSE_SPACE = re.compile(r" {2}|[\n\r\t\xa0\u2007\u202f]")
_PLAIN_TYPES = frozenset({float, int, type(None)})


@dataclass(slots=True)
class AmountColumn:
    """The numbers of one column (NaN where empty), the texts they were read from, and what could not be read.

    `placeholders` are texts such as N/A that stand for no amount: empty, but kept as printed.
    """

    amounts: array
    written: dict[int, str] = field(default_factory=dict)
    unreadable: dict[int, str] = field(default_factory=dict)
    placeholders: dict[int, str] = field(default_factory=dict)


class _Style:
    """How the file that is being read writes its numbers; a reading runs in a process of its own."""

    decimal_comma = False


@contextmanager
def decimal_commas(used: bool) -> Generator[None]:
    """Reads numbers with a decimal comma and points between the thousands, where a file uses them."""
    before, _Style.decimal_comma = _Style.decimal_comma, used
    try:
        yield
    finally:
        _Style.decimal_comma = before


def read_amount_text(text: str) -> float | None:
    """The number a text writes, or None.

    >>> read_amount_text("(1,234)"), read_amount_text("$5,675.50"), read_amount_text("793.138.22")
    (-1234.0, 5675.5, None)
    >>> read_amount_text("1,234.00 CR"), read_amount_text("1,234.00DR")
    (-1234.0, 1234.0)

    The mark of a footnote behind a number says nothing of its size.

    >>> read_amount_text("1,234*"), read_amount_text("(500) †"), read_amount_text("75 [a]")
    (1234.0, -500.0, 75.0)
    """
    if _Style.decimal_comma:
        text = text.translate(_SIGNS_SWAPPED)
    match = _AMOUNT.match(text.strip())
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    size = float(match["digits"].replace(",", ""))
    if not isfinite(size):
        return None
    negative = match["open"] or match["minus"] or match["minus2"] or match["trailing"] or match["credit"]
    return -size if negative else size


def is_placeholder(text: str) -> bool:
    """Whether a text stands for no amount, such as a dash or N/A."""
    return text.strip().lower() in _NO_AMOUNT


def is_malformed_number(text: str) -> bool:
    """Whether a text is made of digits, points and commas but reads as no number, such as 793.138.22, or is an error.

    >>> [is_malformed_number(text) for text in ("793.138.22", "1O,500", "#REF!", "101A", "5,000 seats")]
    [True, True, True, False, False]
    """
    return _ERROR_VALUE.match(text) is not None or (
        _MALFORMED.match(text) is not None and read_amount_text(text) is None
    )


def looks_like_money(text: str) -> bool:
    """Whether a written number carries a mark that codes do not have: a dollar or minus sign, commas, decimals."""
    return bool(_MONEY_MARKS.search(text)) and read_amount_text(text) is not None


def is_padded(text: str) -> bool:
    """Whether a text is a whole number filled up with zeros, as only codes are: 03200.

    >>> is_padded("03200"), is_padded("0"), is_padded("0.5")
    (True, False, False)
    """
    return len(text) > 1 and text[0] == "0" and text.isdecimal()


def is_number(value: CellValue) -> bool:
    return type(value) is float or type(value) is int


def is_year(value: CellValue) -> bool:
    """Whether a cell reads as a year standing in a header, written as a number or as text."""
    if type(value) is str:
        return bool(_YEAR_TEXT.match(value))
    return (type(value) is float or type(value) is int) and 1990 <= value <= 2100 and value % 1 == 0


def read_amount_column(cells: Sequence[CellValue]) -> AmountColumn:
    """A column of cells as numbers."""
    if set(map(type, cells)) <= _PLAIN_TYPES:
        plain = cast("Sequence[float | None]", cells)
        return AmountColumn(array("d", [nan if cell is None else cell for cell in plain]))
    column = AmountColumn(array("d", [nan]) * len(cells))
    for position, cell in enumerate(cells):
        if type(cell) is float or type(cell) is int:
            column.amounts[position] = cell
        elif type(cell) is str and is_placeholder(cell):
            column.placeholders[position] = cell
        elif type(cell) is str:
            _read_written_amount(column, position, cell)
    return column


def _read_written_amount(column: AmountColumn, position: int, text: str) -> None:
    amount = read_amount_text(text)
    if amount is None:
        column.unreadable[position] = text
    else:
        column.amounts[position] = amount
        column.written[position] = text


def pick(values: Sequence[Value], positions: Sequence[int]) -> Sequence[Value]:
    """The values at some (rising) positions, fast."""
    if not positions:
        return []
    if positions[-1] - positions[0] + 1 == len(positions):
        return values[positions[0] : positions[-1] + 1]
    return itemgetter(*positions)(values)


def leave_blanks_out(amounts: Sequence[float]) -> Sequence[float]:
    """The amounts of the cells that are not empty; one sum tells whether any is."""
    added = sum(amounts)
    return amounts if added == added else [amount for amount in amounts if amount == amount]


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def look_up(texts: Sequence[str], meanings: Mapping[str, str]) -> list[str]:
    """What each text of a column means, blank where it means nothing; a column has many texts and few distinct ones."""
    return list(map(_Blank(meanings).__getitem__, texts)) if meanings else [""] * len(texts)


def cell_texts(cells: Sequence[CellValue]) -> list[str]:
    """`cell_text` of a whole column."""
    distinct = dict.fromkeys(cells)  # in the order in which they lie in memory: a set of a long column is slow to walk
    if not distinct.keys().isdisjoint((0, 1)) and bool in set(map(type, cells)):
        return [cell_text(cell) for cell in cells]  # True equals 1, so they would share a place in the mapping below
    texts = {cell: cell_text(cell) for cell in distinct if type(cell) is not str}
    words = [cell for cell in distinct if type(cell) is str]
    if len(words) == len(cells) and _are_folded(words) and all(map(eq, words, map(str.strip, words))):
        return words  # nothing repeats, and nothing is to be trimmed
    texts.update(zip(words, map(str.strip if _are_folded(words) else cell_text, words), strict=True))
    return list(map(texts.__getitem__, cells))


def _are_folded(words: Sequence[str]) -> bool:
    """Whether no white space is to be folded; all that is white but a single space is not printable either."""
    joined = "|".join(words)
    return (joined.isprintable() and "  " not in joined) or not _LOOSE_SPACE.search(joined)


def cell_text(value: CellValue) -> str:
    """A label cell as text: trimmed, whole numbers without their decimals, spaces and line breaks folded.

    >>> cell_text(2580.0), cell_text("  a   b ")
    ('2580', 'a b')
    """
    if type(value) is str:
        return " ".join(value.split()) if _LOOSE_SPACE.search(value) else value.strip()
    if value is None:
        return ""
    if type(value) is float and value == int(value):
        return str(int(value))
    return str(value)
