"""What the rows above a table say about all of it: named fields, side, fiscal year, basis, scale."""

import re

from data.intake.codes import read_field
from data.intake.drafts import Grid, TableDraft, TitleContext
from data.intake.headers import list_bases, read_scale, read_side, read_years
from data.intake.numbers import cell_text, is_number
from data.intake.periods import read_period_year
from data.intake.print_lines import is_option_line, is_print_mark, read_title_basis
from planning.vocabulary import Basis, Side

_LONGEST_CAPTION = 90  # what is longer is a paragraph
_WORD = re.compile(r"[^\W\d_]+")
_SCALE_WORDS = frozenset(
    {"all", "amount", "amounts", "are", "dollar", "dollars", "except", "expressed", "figures", "fte", "in", "millions"}
    | {"of", "positions", "reported", "rounded", "s", "shown", "stated", "thousands", "to", "us", "usd"}
)
# The day on which something was printed or adopted says no fiscal year where another line does.
_STAGES = frozenset(
    {Basis.ACTUAL, Basis.ORIGINAL, Basis.ADOPTED, Basis.APPROVED, Basis.REVISED, Basis.ESTIMATED, Basis.PROPOSED}
    | {Basis.REQUESTED, Basis.RECOMMENDED, Basis.PROJECTED}
)
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}", re.I
)


def read_titles(grid: Grid, rows: list[int], convention: str = "ends") -> TitleContext:
    """The title rows of a table as fields and facts; the line nearest to the table wins."""
    context = TitleContext()
    for row in rows:
        if _holds_codes(grid, row):
            continue
        cells = [
            cell_text(column[row]) for column in grid.columns if type(column[row]) is str or is_number(column[row])
        ]
        for text in _join_label_and_value([cell for cell in cells if cell]):
            context.lines.append(text)
            if not (is_option_line(text) or is_print_mark(text)):
                _read_line(context, text, convention)
        if period := read_period_year(" ".join(cells)):
            context.years, context.bare_years = (period,), False
    return context


def share_titles(table: TableDraft, first: TitleContext) -> None:
    """What stands above the first table of a page holds for those below, where they say nothing else.

    A scale in the caption of the first table (`General Fund (in thousands)`) is its own where the others have captions.
    """
    own = table.titles
    own.years = own.years or first.years
    own.basis = own.basis or first.basis
    *page, caption = [line for line in first.lines if len(line) <= _LONGEST_CAPTION] or [""]
    if not own.lines or not _names_more_than_scale(caption):
        page.append(caption)
    elif read_scale(caption) > own.scale:
        table.add_reason(f"“{caption}” is said of the table above and not of this one.")
    own.scale = max([own.scale, *map(read_scale, page)])


def _names_more_than_scale(text: str) -> bool:
    return any(word.casefold() not in _SCALE_WORDS for word in _WORD.findall(text))


def _holds_codes(grid: Grid, row: int) -> bool:
    """Several figures and no word: codes printed over the names of columns, one of which may look like a year."""
    filled = [column[row] for column in grid.columns if column[row] is not None and column[row] != ""]
    return len(filled) > 1 and all(is_number(cell) or cell_text(cell).isdecimal() for cell in filled)


def _join_label_and_value(cells: list[str]) -> list[str]:
    """`Fund:` in one cell and its value in the next are one line."""
    lines: list[str] = []
    for cell in cells:
        if lines and lines[-1].endswith(":"):
            lines[-1] = f"{lines[-1]} {cell}"
        else:
            lines.append(cell)
    return lines


def _read_line(context: TitleContext, text: str, convention: str) -> None:
    named = read_field(text)
    if named:
        context.fields[named[0]] = named[1]
    side = read_side(text)
    if side is not Side.UNKNOWN:
        context.side = side
    years, bare = ((), False) if named else read_years(text, convention)
    if years and not (bare and context.years and _DATED.search(text)):
        context.years, context.bare_years = years, bare
    context.basis = read_title_basis(text) or context.basis
    context.scale = max(context.scale, read_scale(text))


def read_tab_basis(name: str) -> Basis | None:
    """How firm the amounts of a sheet are by its name alone, such as FY2025 Proposed; Budget vs Actual says neither.

    >>> str(read_tab_basis("FY2025 Proposed")), read_tab_basis("Budget vs Actual"), read_tab_basis("Budget")
    ('proposed', None, None)
    """
    bases = set(list_bases(name.replace("_", " ")))
    stages = bases & _STAGES
    return stages.pop() if len(stages) == 1 and not bases >= {Basis.ACTUAL, Basis.BUDGET} else None
