"""A confirmed reading, kept and applied to next year's file: corrections by what stays the same from year to year.

A header says its year (`2025-26 Adopted`), so next year's header is another. A column is therefore known by its header
without the year and by how far its year is from the latest of the file. A profile is only applied to a file that has
exactly the same columns in this sense; and a year that a person gave where the file says none is never carried over.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.intake.corrections import Correction, Corrections, ReadColumn, list_read_columns
from data.intake.decimal_signs import DECIMAL_SIGN
from data.intake.model import Reading
from data.intake.questions import SIDE, YEAR_CONVENTION
from data.intake.scales import SCALE
from planning.fiscal_years import fiscal_year_label, start_year_of
from planning.vocabulary import Basis, Unit

KEPT_ANSWERS = (YEAR_CONVENTION, SIDE, SCALE, DECIMAL_SIGN)
"""Questions about how a district writes; what is asked about one file's figures is asked of every file anew."""
_YEARS = re.compile(
    r"(?:\b(?:FY|SY)\s*'?)?(?<![\d.])(?:(?:19|20)\d{2}|\d{2})(?:\s*[-–—/]\s*(?:\d{4}|\d{2}))?(?![\d.])", re.I
)


@dataclass(frozen=True, slots=True, order=True)
class ColumnPattern:
    """A column without its year: the words of its header, how many years before the latest, and its order."""

    header: str
    years_before: int
    repeat: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was said of one column; `year_shift` is by how many years it differs from what was read."""

    pattern: ColumnPattern
    basis: str
    unit: str
    scale: int
    side: str
    correction: Correction
    year_shift: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person said about the files of one layout."""

    layout: tuple[ColumnPattern, ...]
    columns: tuple[Remembered, ...]
    answers: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not self.columns and not self.answers


def read_layout(reading: Reading) -> tuple[ColumnPattern, ...]:
    """The columns of the counted tables without their years: what a file has in common with next year's."""
    return tuple(sorted(set(_find_patterns(list_read_columns(reading)).values())))


def make_profile(reading: Reading, corrections: Corrections, answers: Mapping[str, str]) -> Profile:
    """What is worth keeping of what a person said; `reading` is the file as it was read, without the corrections."""
    patterns = _find_patterns(list_read_columns(reading))
    remembered = (
        _remember(name, pattern, corrections[name]) for name, pattern in patterns.items() if name in corrections
    )
    kept = {key: answers[key] for key in KEPT_ANSWERS if key in answers}
    return Profile(read_layout(reading), tuple(one for one in remembered if not _says_nothing(one)), kept)


def match_profile(reading: Reading, profiles: Iterable[Profile]) -> Profile | None:
    """The profile of files laid out like this one."""
    layout = read_layout(reading)
    return next((profile for profile in profiles if layout and profile.layout == layout), None)


def apply_profile(reading: Reading, profile: Profile) -> dict[ReadColumn, Correction]:
    """The corrections that a profile makes in a file as it was read; none for a column that is read otherwise now."""
    known = {(one.pattern, one.basis, one.unit, one.scale, one.side): one for one in profile.columns}
    corrections = {}
    for name, pattern in _find_patterns(list_read_columns(reading)).items():
        one = known.get((pattern, name.basis, name.unit, name.scale, name.side))
        if one:
            corrections[name] = _correct_year(name, one)
    return corrections


def _correct_year(name: ReadColumn, one: Remembered) -> Correction:
    if not one.year_shift or not name.fiscal_year:
        return one.correction
    calendar = "-" not in name.fiscal_year
    year = fiscal_year_label(start_year_of(name.fiscal_year) + one.year_shift, calendar)
    return Correction(year, one.correction.basis, one.correction.unit, one.correction.scale, one.correction.left_out)


def _find_patterns(columns: Iterable[ReadColumn]) -> dict[ReadColumn, ColumnPattern]:
    names = list(columns)
    latest = max((start_year_of(name.fiscal_year) for name in names if name.fiscal_year), default=0)
    return {
        name: ColumnPattern(
            _strip_years(name.header),
            latest - start_year_of(name.fiscal_year) if name.fiscal_year else -1,
            name.repeat,
        )
        for name in names
    }


def _strip_years(header: str) -> str:
    """The words of a header without its years.

    >>> _strip_years("FY25 Adopted Budget"), _strip_years("2025-2026 Proposed")
    ('adopted budget', 'proposed')
    """
    return " ".join(_YEARS.sub(" ", header).casefold().split())


def _remember(name: ReadColumn, pattern: ColumnPattern, correction: Correction) -> Remembered:
    shift = 0
    if correction.fiscal_year and name.fiscal_year:
        shift = start_year_of(correction.fiscal_year) - start_year_of(name.fiscal_year)
    kept = Correction(None, correction.basis, correction.unit, correction.scale, correction.left_out)
    return Remembered(pattern, name.basis, name.unit, name.scale, name.side, kept, shift)


def _says_nothing(one: Remembered) -> bool:
    return one.correction.is_empty and not one.year_shift


def write_profile(profile: Profile) -> str:
    """A profile as JSON."""
    columns = [
        {
            "header": one.pattern.header,
            "years_before": one.pattern.years_before,
            "repeat": one.pattern.repeat,
            "read_as": [one.basis, one.unit, one.scale, one.side],
            "basis": one.correction.basis,
            "unit": one.correction.unit,
            "scale": one.correction.scale,
            "left_out": one.correction.left_out,
            "year_shift": one.year_shift,
        }
        for one in profile.columns
    ]
    body = {"layout": write_layout(profile.layout), "columns": columns, "answers": dict(profile.answers)}
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def write_layout(layout: Sequence[ColumnPattern]) -> list[list[object]]:
    """A layout as lists, in its order."""
    return [[pattern.header, pattern.years_before, pattern.repeat] for pattern in layout]


def parse_profile(text: str) -> Profile:
    """A profile from JSON that `write_profile` made."""
    body = json.loads(text)
    layout = tuple(ColumnPattern(*pattern) for pattern in body["layout"])
    return Profile(layout, tuple(map(_parse_column, body["columns"])), body["answers"])


def _parse_column(column: Mapping[str, Any]) -> Remembered:
    basis, unit, scale, side = column["read_as"]
    correction = Correction(
        None,
        Basis(column["basis"]) if column["basis"] else None,
        Unit(column["unit"]) if column["unit"] else None,
        column["scale"],
        column["left_out"],
    )
    pattern = ColumnPattern(column["header"], column["years_before"], column["repeat"])
    return Remembered(pattern, basis, unit, scale, side, correction, column["year_shift"])
