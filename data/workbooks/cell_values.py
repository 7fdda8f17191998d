"""One cell at a time: what the model holds as a cell, and what a person typed as what the model holds."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.intake.cells import CellValue
from data.workbooks import finding_kinds as kinds
from data.workbooks.columns import CellKind, Column
from data.workbooks.words import MONTHS, member_named, month_numbered, plain_word
from planning.errors import InputRefused
from planning.findings import FindingKind
from planning.fiscal_years import check_fiscal_year

# A cell holds no more characters, and a spreadsheet keeps no more digits.
LONGEST_TEXT = 32_767
LARGEST_NUMBER = Decimal(10) ** 15
FIRST_SAFE_DATE = date(1900, 3, 1)  # before it spreadsheets count a 29 February 1900 that never was
_DATE_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b %d, %Y", "%B %d, %Y")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<number>(?:\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)(?P<percent>%?)\Z"
)
_YEAR = re.compile(r"(?:FY|FISCAL YEAR)?\s*(\d{4}|\d{2}(?=\s*[-–/]))(?:\s*[-–/]\s*(\d{4}|\d{2}))?\Z")
FORMULA_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_DASHES = {"-", "–", "—"}


class CellProblem(Exception):
    """A cell that cannot be taken as it is; caught where sheet and address are known."""

    def __init__(self, kind: FindingKind, found: str) -> None:
        super().__init__(found)
        self.kind = kind
        self.found = found


def is_blank(cell: CellValue) -> bool:
    """Whether nothing is in the cell; spaces are nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: CellValue) -> str:
    """A cell as a person sees it, cut to a readable length."""
    text = _number_text(cell) if isinstance(cell, float) else str(cell).strip()
    return text if len(text) <= 60 else text[:59] + "…"


def to_cell(column: Column, value: Any) -> CellValue | Decimal:  # noqa: ANN401 - a model field of any type
    """A model value as the cell a person would type; None is an empty cell."""
    if value is None or value == () or value == "":
        return None
    if column.kind is CellKind.CHOICE:
        return plain_word(value)
    if column.kind is CellKind.YES_NO:
        return "yes" if value else "no"
    if column.kind is CellKind.MONTH:
        return MONTHS[value - 1]
    if column.kind in (CellKind.TEXT_LIST, CellKind.REFERENCES, CellKind.FISCAL_YEARS):
        value = _join(value)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise InputRefused(
            f"“{column.header}” has {len(value):,} characters; a cell holds {LONGEST_TEXT:,}.", "Shorten the text."
        )
    return value


def exact_float(number: Decimal | int) -> float | None:
    """The number as a spreadsheet keeps it (15 digits), or None where digits would be lost and text must be used.

    >>> exact_float(Decimal("0.1")), exact_float(Decimal("0.12345678901234567"))
    (0.1, None)
    """
    as_float = float(number)
    return as_float if Decimal(_number_text(as_float)) == number else None


def read_cell(column: Column, cell: CellValue) -> Any:  # noqa: ANN401 - as above
    """The value a filled cell stands for; CellProblem where it stands for none."""
    if column.kind is CellKind.FISCAL_YEAR:
        return read_fiscal_year(cell)
    if column.kind is CellKind.CHOICE:
        return _or_unreadable(member_named(_text(cell), tuple(type(column.choices[0]))), cell)
    return _READERS[column.kind](cell)


def read_fiscal_year(cell: CellValue) -> str:
    """The label of a fiscal year, however it is punctuated; `2026` alone is the calendar year."""
    if isinstance(cell, date):
        raise CellProblem(kinds.CELL_BECAME_DATE, shown(cell))
    match = _YEAR.match(_text(cell).upper())
    if not match:
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell))
    start = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
    label = f"FY{start}-{match[2][-2:]}" if match[2] else f"FY{start}"
    try:
        return check_fiscal_year(label)
    except ValueError:
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell)) from None


def _number_text(number: float) -> str:
    # Spreadsheets compute in binary and show 15 digits, so 0.1 + 0.2 is 0.3 to the person who typed it.
    return f"{number:.15g}"


def _text(cell: CellValue) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return _number_text(cell) if isinstance(cell, float | int) else str(cell).strip()


def _code(cell: CellValue) -> str:
    if isinstance(cell, date | time | timedelta):
        raise CellProblem(kinds.CELL_BECAME_DATE, shown(cell))
    return _text(cell)


def _number(cell: CellValue, percent_allowed: bool = False) -> Decimal:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        number = Decimal(_number_text(cell))
    elif isinstance(cell, str):
        number = _typed_number(cell, percent_allowed)
    else:
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell))
    if not number.is_finite() or abs(number) >= LARGEST_NUMBER:
        raise CellProblem(kinds.VALUE_OUT_OF_RANGE, shown(cell))
    return number


def _typed_number(cell: str, percent_allowed: bool) -> Decimal:
    text = re.sub(r"[$\s]", "", cell).replace("−", "-")
    if text in _DASHES:
        return Decimal(0)
    bracketed = text.startswith("(") and text.endswith(")")
    match = _NUMBER.match(text[1:-1] if bracketed else text)
    if not match or (match["percent"] and not percent_allowed):
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell))
    number = Decimal(match["number"].replace(",", ""))
    if match["percent"]:
        number = number.scaleb(-2)
    return number.copy_negate() if bracketed or match["sign"] == "-" else number


def _percent(cell: CellValue) -> Decimal:
    return _number(cell, percent_allowed=True)


def _whole(cell: CellValue) -> int:
    number = _number(cell)
    if number != number.to_integral_value():
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell))
    return int(number)


def _yes_no(cell: CellValue) -> bool:
    answers = {"yes": True, "y": True, "true": True, "x": True, "1": True}
    answers |= {"no": False, "n": False, "false": False, "0": False}
    return _or_unreadable(answers.get(_text(cell).casefold()), cell)


def _month(cell: CellValue) -> int:
    return _or_unreadable(month_numbered(_text(cell)), cell)


def _date(cell: CellValue) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    for pattern in _DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise CellProblem(kinds.CELL_UNREADABLE, shown(cell))


def _time_zone(cell: CellValue) -> str:
    name = _text(cell)
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell)) from None


def _list(cell: CellValue) -> tuple[str, ...]:
    lines = csv.reader(io.StringIO(_text(cell), newline=""), delimiter=";", skipinitialspace=True)
    return tuple(item.strip() for line in lines for item in line if item.strip())


def _names(cell: CellValue) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[\s;,]+", _code(cell)) if name)


def _fiscal_years(cell: CellValue) -> tuple[str, ...]:
    if isinstance(cell, date):
        raise CellProblem(kinds.CELL_BECAME_DATE, shown(cell))
    return tuple(read_fiscal_year(part) for part in re.split(r"[;,]", _text(cell)) if part.strip())


def _join(items: Sequence[str]) -> str:
    # Quoted as a CSV field where the item holds what would separate items.
    return "; ".join('"' + item.replace('"', '""') + '"' if re.search(r'[;"\r\n]', item) else item for item in items)


def _or_unreadable(value: Any, cell: CellValue) -> Any:  # noqa: ANN401 - whatever was looked up
    if value is None:
        raise CellProblem(kinds.CELL_UNREADABLE, shown(cell))
    return value


_READERS: dict[CellKind, Callable[[CellValue], Any]] = {
    CellKind.TEXT: _text,
    CellKind.CODE: _code,
    CellKind.IDENTIFIER: _code,
    CellKind.REFERENCE: _code,
    CellKind.REFERENCES: _names,
    CellKind.TEXT_LIST: _list,
    CellKind.YES_NO: _yes_no,
    CellKind.FISCAL_YEARS: _fiscal_years,
    CellKind.MONTH: _month,
    CellKind.TIME_ZONE: _time_zone,
    CellKind.DATE: _date,
    CellKind.DOLLARS: _number,
    CellKind.UNIT_PRICE: _number,
    CellKind.PERCENT: _percent,
    CellKind.NUMBER: _number,
    CellKind.WHOLE: _whole,
}
