"""What a system prints around a report besides its title: page, time and user, the options and the selection.

These lines are no headers and no lines of a budget, and what they speak of is not what the amounts are: `Include pre
encumbrance` encumbers nothing.
"""

import re
from collections.abc import Set

from data.intake.drafts import Grid, TableDraft
from data.intake.headers import list_bases
from planning.vocabulary import Basis

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?"
_MARK = re.compile(
    rf"\s*(?:\|?\s*(?:page|pg\.?)\s*(?:no\.?|number|#)?\s*[:#]?\s*\d*(?:\s*(?:of|/)\s*\d+)?|\|p"
    rf"|(?:\d{{1,2}}/\d{{1,2}}/\d{{2,4}},?\s+)?{_TIME}"
    rf"|(?:run|print(?:ed)?|report|current)?\s*(?:date|time)(?: run)?\s*:.*|run (?:date|time)\b.*"
    rf"|(?:from|to|start(?:ing)?|begin(?:ning)?|end(?:ing)?) date\s*:?\s*\d.*"
    rf"|printed\s*(?::|by\b|on\b|\d).*|(?:report|user|report id|file id|user id)\s*:\s*\S.*"
    rf"|program\s*:\s*[a-z]{{2,4}}\d{{3,}}|\W*end of report\b.*)\s*\Z",
    re.I,
)
_OPTION = re.compile(
    r"[☐☑☒□■✓✔]|\s*(?:include|exclude|print|suppress|filter|sort(?:ed)?|subtotal|totaled|page breaks?|show) "
    r"|\s*selection\b|.*\bfiltered by\b|\s*criteria name\b|.*\brange\s*:",
    re.I,
)
_OUTCOMES = frozenset({Basis.ACTUAL, Basis.YEAR_TO_DATE, Basis.ENCUMBERED, Basis.AVAILABLE})
_LONG = 20_000  # an export of this many rows has no pages
_DIGITS = " 0123456789"
_MOST_EMPTY = 12


def is_print_mark(text: str) -> bool:
    """Whether a text is the page, time or user of a print-out.

    >>> [is_print_mark(text) for text in ("Page 1 of 9", "|P", "8:41 am", "Date: 07/03/2025", "Printed: 7/2/2025")]
    [True, True, True, True, True]
    >>> [is_print_mark(text) for text in ("Printed materials", "Paging system", "Program: Title I", "7/1/2024")]
    [False, False, False, False]
    """
    # Runs of blanks are one: print-outs pad lines with hundreds of them, which the pattern would part in every way.
    return _MARK.match(" ".join(text.split())) is not None


def is_option_line(text: str) -> bool:
    """Whether a line lists what was chosen to be printed.

    >>> is_option_line("☐ Include pre encumbrance"), is_option_line("Sorted by: Fund"), is_option_line("Included funds")
    (True, True, False)
    """
    return _OPTION.match(text) is not None


def read_title_basis(text: str) -> Basis | None:
    """The basis that a title names for all its columns; one of budgets and of what became of them names none.

    >>> read_title_basis("2025-26 Adopted Budget"), read_title_basis("Year-to-Date Budget Report")
    (<Basis.ADOPTED: 'adopted'>, None)
    """
    found = list_bases(text)
    return None if len(found) > 1 and any(basis in _OUTCOMES for basis in found) else next(iter(found), None)


def find_page_rows(grid: Grid, table: TableDraft) -> set[int]:
    """Places in the body of what is printed on every page: page and time, and the lines of the title beside them."""
    if len(table.body) > _LONG:
        return set()
    texts: dict[int, list[str]] = {}
    marks: set[int] = set()
    for column in grid.columns:
        cells = column[table.body.start : table.body.stop]
        found = {cell for cell in set(cells) if type(cell) is str and is_print_mark(cell)}
        for position, cell in enumerate(cells):
            if type(cell) is str and cell:
                texts.setdefault(position, []).append(cell)
                if cell in found:
                    marks.add(position)
    titles = {_name(text) for text in table.titles.lines} - {""}
    headers = {row - table.body.start for row in table.header_rows if row in table.body}
    repeated = (
        {p for p, own in texts.items() if all(_name(text) in titles for text in own)} if marks | headers else set()
    )
    return marks | _list_beside(marks | headers, repeated, texts.keys() | headers)


def _name(text: str) -> str:
    return text.strip().casefold().strip(_DIGITS)


def _list_beside(seeds: Set[int], wanted: Set[int], filled: Set[int]) -> set[int]:
    """Which of the wanted places stand beside a seed, empty rows and one another between them."""
    found: set[int] = set()
    for seed in seeds:
        for step in (1, -1):
            place = seed + step
            while place in wanted or place in seeds or (place not in filled and abs(place - seed) <= _MOST_EMPTY):
                if place in wanted:
                    found.add(place)
                place += step
    return found
