"""Columns headed `Last Yr`, `This Yr`, `Next Yr`: years that a report counts from its own.

What the year of a report is, its title says; but a title over a column of next year may name this year or the next, so
a person is asked. Beside a proposed budget that names no year of its own, the year of the title is the proposed one.
"""

import re
from collections.abc import Mapping

from data.intake.drafts import TableDraft, ValueDraft
from data.intake.headers import read_years
from data.intake.stages import is_moved, is_part_of_year
from planning.fiscal_years import shift_fiscal_year
from planning.vocabulary import Basis, Unit

THIS_YEAR = "this year"
COUNTED_FROM = "counted from this year, as its header says"
NEXT_YEAR = frozenset({Basis.PROPOSED, Basis.REQUESTED, Basis.RECOMMENDED, Basis.PROJECTED, Basis.PLANNED})
_YEAR = r"\W+(?:fiscal\W+|school\W+)?(?:years?|yrs?|fy|sy)\b"
_OFFSETS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"\b(?:second|2nd|two)\W+(?:prior|previous|preceding|last){_YEAR}|\b(?:two|2) years ago\b", re.I), -2),
    (re.compile(rf"\b(?:prior|previous|preceding|last|past){_YEAR}|\b(?:py|ly)\b", re.I), -1),
    (re.compile(rf"\b(?:next|upcoming|coming){_YEAR}|\bny\b(?! (?:state|city)\b)", re.I), 1),
    (re.compile(rf"\b(?:current|this){_YEAR}|\bcy\b", re.I), 0),
)
# Without the word year: Prior Actual, Next Budget; a prior balance is of this year's books.
_BARE_OFFSETS = ((re.compile(r"\b(?:prior|previous|last)\b", re.I), -1), (re.compile(r"\bnext\b", re.I), 1))


def read_offset(header: str, basis: Basis | None) -> int | None:
    """How many years a column is from the year of its report, where its header says so.

    >>> read_offset("Last Yr Closing Amt", None), read_offset("NY Request", Basis.REQUESTED)
    (-1, 1)
    >>> read_offset("Prior Actual", Basis.ACTUAL), read_offset("Prior Balance", Basis.AVAILABLE)
    (-1, None)
    >>> read_offset("NY State", None), read_offset("NY State Request", Basis.REQUESTED)
    (None, None)
    """
    words = header.replace("_", " ")
    if is_moved(words) or is_part_of_year(words):
        return None
    found = next((offset for pattern, offset in _OFFSETS if pattern.search(words)), None)
    if found is not None or basis in (None, Basis.AVAILABLE, Basis.ENCUMBERED):
        return found
    return next((offset for pattern, offset in _BARE_OFFSETS if pattern.search(words)), None)


def count_years(table: TableDraft, years: tuple[str, ...], answers: Mapping[str, str]) -> dict[int, str]:
    """The years of columns (by index) that are counted from that of the report; nothing where none is."""
    undated = [value for value in table.values if not value.meaning.years and value.meaning.unit in (None, Unit.USD)]
    offsets = {value.index: read_offset(value.header, value.meaning.basis) for value in undated}
    if not any(offsets.values()):
        return {}
    silent = [value for value in undated if offsets[value.index] is None]
    title = years[0] if len(years) == 1 else ""
    this_year = _read_answer(answers) or _find_this_year(title, set(offsets.values()), silent)
    table.asks_this_year = not _read_answer(answers) and (not title or 1 in offsets.values())
    table.this_year = this_year
    if not this_year:
        return {}
    counted = {index: shift_fiscal_year(this_year, offset) for index, offset in offsets.items() if offset is not None}
    of_silent = {v.index: shift_fiscal_year(this_year, int(v.meaning.basis in NEXT_YEAR)) for v in silent}
    return counted if title else counted | of_silent


def _find_this_year(title: str, offsets: set[int | None], silent: list[ValueDraft]) -> str:
    if title and 1 not in offsets and any(value.meaning.basis in NEXT_YEAR for value in silent):
        return shift_fiscal_year(title, -1)
    return title


def _read_answer(answers: Mapping[str, str]) -> str:
    given = answers.get(f"fiscal_year:{THIS_YEAR}") or answers.get("fiscal_year", "")
    years = read_years(given)[0]
    return years[0] if len(years) == 1 else ""
