"""Numbers written with a decimal comma (`1.234,56`): a file that has them is asked about, and never read by halves.

What is written with two signs says which is which; `1.234` alone may be one and a bit, or one thousand and more: both
are asked, because a wrong guess is wrong by a factor of a thousand.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise

from data.intake.cells import CellValue, Sheet, column_letter
from data.intake.headers import read_value_header
from data.intake.model import Question
from data.intake.numbers import cell_text
from planning.vocabulary import Unit

DECIMAL_SIGN = "decimal_sign"
COMMA, POINT = DECIMAL_CHOICES = ("comma", "point")
_SAMPLE_ROWS = 300
_FEWEST = 2
_FEWEST_LINES = 6
_EDGES = r"[\s$€£(+−-]*"
_COMMA_DECIMAL = re.compile(_EDGES + r"(?:\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+,\d{1,2})[\s)€−-]*\Z")
_POINT_GROUPS = re.compile(_EDGES + r"[1-9]\d{0,2}(?:\.\d{3})+[\s)€−-]*\Z")
_POINT_DECIMAL = re.compile(_EDGES + r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.(?:\d{1,2}|\d{4,}))[\s)%−-]*\Z")
_LINE_NUMBER = re.compile(r"\d{1,2}\.\d{3}")
_NUMBER = re.compile(_EDGES + r"\d[\d.,]*[\s)%€−-]*\Z")


def find_decimal_commas(sheets: Sequence[Sheet]) -> tuple[str, str] | None:
    """The first column (as sheet and letter) and text that a decimal comma would read otherwise; else None."""
    for sheet in sheets:
        sample = list(islice(sheet.rows, _SAMPLE_ROWS))
        for index in range(max(map(len, sample), default=0)):
            texts = [cell for row in sample if index < len(row) and type(cell := row[index]) is str]
            example = _find_example(texts)
            if example:
                return f"column {column_letter(index)} of sheet {sheet.name}", example
    return None


def _find_example(texts: Sequence[CellValue]) -> str:
    """A number of a column that has more commas for decimals than points, or only groups of three after points."""
    written = [cell_text(text) for text in texts]
    numbers = [text for text in written if _NUMBER.match(text)]
    commas = [text for text in numbers if _COMMA_DECIMAL.match(text)]
    points = sum(1 for text in numbers if _POINT_DECIMAL.match(text))
    if len(commas) >= _FEWEST and len(commas) > points:
        return commas[0]
    groups = [text for text in numbers if _POINT_GROUPS.match(text)]
    plain = sum(1 for text in numbers if text.isdecimal() and len(text) <= 3)
    if _are_line_numbers(groups):
        return ""
    if len(set(groups)) >= _FEWEST and len(groups) + plain == len(numbers) and _is_money(written, groups[0]):
        return groups[0]
    return ""


def _are_line_numbers(groups: Sequence[str]) -> bool:
    """Whether numbers with points only rise from line to line, as those of a form do: 1.010, 1.020, 10.010."""
    numbers = [tuple(map(int, text.split("."))) for text in groups if _LINE_NUMBER.fullmatch(text)]
    rising = all(before < after for before, after in pairwise(numbers))
    return len(numbers) == len(groups) >= _FEWEST_LINES and rising


def _is_money(written: Sequence[str], first: str) -> bool:
    """Whether the words above the first number announce dollars: codes with points and staff are none."""
    meaning = read_value_header(" ".join(text for text in written[: written.index(first)] if not _NUMBER.match(text)))
    return "$" in first or (meaning.says_value and meaning.unit in (None, Unit.USD)) or meaning.unit is Unit.USD


def choose_decimal_sign(found: tuple[str, str] | None, answers: Mapping[str, str]) -> str:
    """The sign to read with: as answered; else a comma where the file seems to have them, and it is asked."""
    given = answers.get(DECIMAL_SIGN, "")
    return given if given in DECIMAL_CHOICES else COMMA if found else POINT


def ask_decimal_sign(found: tuple[str, str] | None, answers: Mapping[str, str]) -> list[Question]:
    """Whether the comma or the point parts the cents; no default, because either may be wrong a thousandfold."""
    if found is None or answers.get(DECIMAL_SIGN) in DECIMAL_CHOICES:
        return []
    where, example = found
    text = (
        f"Numbers such as “{example}” in {where} are written with a comma for the decimals, or with points between the "
        "thousands, as far as one can see. Which sign stands before the cents?"
    )
    return [Question(DECIMAL_SIGN, text, DECIMAL_CHOICES, "")]
