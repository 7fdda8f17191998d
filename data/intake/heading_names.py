"""What headings without a field or a known code say of the rows below them: a department, a function, an object group.

A report prints `Police - 210` once and its lines below. The outermost heading over a line is its department (or its
function, where it is called what charts call one); groups further in (`5100 Personnel`) are objects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.intake.charts import read_charts
from data.intake.codes import part_code_title, part_title_code, read_field
from data.intake.drafts import Document, Heading, TableDraft
from data.intake.extent_rules import normal_words

_LONGEST = 60
_FEWEST = 2
_NO_NAMES = ("note", "less", "total", "source", "page", "continued")
_DIMENSIONS = ("function", "object")
_UNIT_COLUMNS = frozenset({"location", "org"})


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the lines of its table that it holds for; `is_outer` where another heading follows it at once."""

    text: str
    place: tuple[int, int]
    first: int
    end: int
    is_outer: bool


def name_from_headings(document: Document) -> None:
    """Fills locations, functions and objects that only headings name, where no column and no code does."""
    has_units = any(meaning.dimension in _UNIT_COLUMNS for meaning in document.meanings.values())
    located = zip(document.attributes["location_code"], document.attributes["location_name"], strict=True)
    has_units = has_units or 2 * sum(1 for line in located if any(line)) > document.line_count
    for start, table in zip(document.starts, document.tables, strict=False):
        sections = _find_sections(table)
        units = [section for section in sections if not section.is_outer and not _stands_in_another(section, sections)]
        if not has_units and len({section.text for section in units}) >= _FEWEST:
            for section in units:
                _name_unit(document, section, start)
        inner = [section for section in sections if not section.is_outer and section not in units]
        for section in inner:
            _name_object(document, section, start)


def _find_sections(table: TableDraft) -> list[_Section]:
    headings = [heading for heading in table.headings if _may_name(heading)]
    places = _find_places(table, headings)
    sections: list[_Section] = []
    for number, (heading, place) in enumerate(zip(headings, places, strict=True)):
        following = range(number + 1, len(headings))
        end = next((headings[n].detail_before for n in following if places[n] <= place), len(table.detail))
        after = number + 1
        is_outer = (
            after < len(headings) and places[after] == place and headings[after].detail_before == heading.detail_before
        )
        sections.append(_Section(heading.text, place, heading.detail_before, end, is_outer))
    return sections


def _may_name(heading: Heading) -> bool:
    """Whether a heading is a name; what states its field (`Fund: 10`) is read elsewhere, and is no department."""
    text = heading.text
    named = len(text) <= _LONGEST and not text.endswith((".", ":")) and (is_unit(text) or read_field(text) is None)
    return named and not text.casefold().startswith(_NO_NAMES)


def is_unit(text: str) -> bool:
    """Whether a heading is a department of its own name and code, such as `School - 300`, and states no field."""
    field = read_field(text)
    return bool(part_title_code(text)[0]) and ":" not in text and (field is None or field[0] == "location")


def _find_places(table: TableDraft, headings: Sequence[Heading]) -> list[tuple[int, int]]:
    """How far to the right headings stand: the column, then leading blanks; one among the amounts as the next does."""
    columns = [label.index for label in table.labels]
    places: list[tuple[int, int]] = []
    following = (min(columns, default=0), 0)
    for heading in reversed(headings):
        row = table.sheet.rows[heading.row]
        filled = ((index, row[index]) for index in columns if index < len(row))
        found = ((index, cell) for index, cell in filled if type(cell) is str and cell.strip())
        following = next(((index, len(cell) - len(cell.lstrip())) for index, cell in found), following)
        places.append(following)
    return places[::-1]


def _stands_in_another(section: _Section, sections: list[_Section]) -> bool:
    return any(
        other.place < section.place and other.first <= section.first < other.end and not other.is_outer
        for other in sections
    )


def _name_unit(document: Document, section: _Section, start: int) -> None:
    dimension = _find_dimension(section.text)
    if dimension == "object":
        return _name_object(document, section, start)
    if dimension == "function":
        return _fill(document, section, start, {"function_name": section.text})
    code, title = part_title_code(section.text)
    if not code:
        code, title = part_code_title(section.text)
    return _fill(document, section, start, {"location_code": code, "location_name": title})


def _name_object(document: Document, section: _Section, start: int) -> None:
    """A group of lines under a department: a code with its title, or what charts call an object."""
    code, title = part_code_title(section.text)
    if (code and title) or _find_dimension(section.text) == "object":
        _fill(document, section, start, {"object_code": code, "object_name": title})


def _fill(document: Document, section: _Section, start: int, names: Mapping[str, str]) -> None:
    """Sets attributes of the section's lines where all of them are blank."""
    for line in range(start + section.first, start + section.end):
        if not any(document.attributes[name][line] for name in names):
            for name, text in names.items():
                document.attributes[name][line] = text


def _find_dimension(text: str) -> str:
    words = normal_words(text)
    return next((dimension for dimension in _DIMENSIONS if words in _read_chart_names(dimension)), "")


@cache
def _read_chart_names(dimension: str) -> frozenset[tuple[str, ...]]:
    """Every name that a chart gives a function or an object."""
    accounts = (chart.accounts.get(dimension, {}) for chart in read_charts().values())
    return frozenset(normal_words(account.name) for of_chart in accounts for account in of_chart.values())
