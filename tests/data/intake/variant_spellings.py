"""Other spellings of the same budget: fiscal years, header words, numbers, placeholders, codes and labels."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from data.intake.cells import CellValue, Sheet, Workbook
from tests.data.intake.variants import Change, Layout, map_cells, read_cell

Spelling = Callable[[float], CellValue]


_SPANS = re.compile(
    r"(?:\b(?:FY|SY)\s*'?|(?<![\d/-]))(?P<first>\d{4}|\d{2})\s*[-–/]\s*(?P<last>\d{4}|\d{2})(?![\d/-])"
    r"|\b(?:FY|fiscal years?)\s*'?(?P<ending>\d{4}|\d{2})(?![\d-])",
    re.I,
)
YEAR_SPELLINGS: dict[str, Callable[[int], str]] = {
    "FY25": lambda end: f"FY{end % 100:02d}",
    "FY2025": lambda end: f"FY{end}",
    "FY 2025": lambda end: f"FY {end}",
    "2024-25": lambda end: f"{end - 1}-{end % 100:02d}",
    "2024-2025": lambda end: f"{end - 1}-{end}",
    "2024–2025": lambda end: f"{end - 1}–{end}",
    "2024/25": lambda end: f"{end - 1}/{end % 100:02d}",
    "SY24-25": lambda end: f"SY{(end - 1) % 100:02d}-{end % 100:02d}",
    "FY 2024-25": lambda end: f"FY {end - 1}-{end % 100:02d}",
    "Fiscal Year 2025": lambda end: f"Fiscal Year {end}",
}


def spell_years(text: str, spelling: Callable[[int], str]) -> str:
    """Fiscal years named in a text, written another way.

    >>> spell_years("FY25 Adopted", YEAR_SPELLINGS["2024-25"])
    '2024-25 Adopted'
    """

    def spell(found: re.Match) -> str:
        if found["ending"]:
            return spelling(_full(found["ending"]))
        first, last = _full(found["first"]), _full(found["last"])
        return spelling(last) if last == first + 1 else found[0]

    return _SPANS.sub(spell, text)


def _full(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def change_words(rows: str, change: Callable[[str], str]) -> Change:
    """The texts of the header rows (or of titles and headers) changed."""

    def apply(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
        def change_cell(sheet: Sheet, row: int, column: int, cell: CellValue) -> CellValue:
            known = layout[sheet.name]
            changed = row in known.headers or (rows == "titles" and row in known.titles)
            return change(cell) if changed and type(cell) is str else cell

        changed = map_cells(workbook, change_cell)
        return None if changed == workbook else changed

    return apply


_SYNONYMS: tuple[tuple[str, str], ...] = (
    (r"\badopted budget\b|\badopted\b", "Adopted Budget"),
    (r"\bproposed budget\b|\bproposed\b", "Proposed Budget"),
    (r"\bapproved\b", "Approved Budget"),
    (r"\bactuals?\b(?! expen| oblig)", "Actuals"),
    (r"\bestimated\b", "Est."),
    (r"\baccount\b", "Acct"),
    (r"\bfunction\b", "Func"),
    (r"\bobject\b", "Obj"),
    (r"\bdescription\b", "Descr"),
    (r"\bdepartment\b", "Dept"),
)
_SHORTER: tuple[tuple[str, str], ...] = (
    (r"\badopted budget\b", "Adopted"),
    (r"\bproposed budget\b", "Proposed"),
    (r"\bplanned budget\b", "Planned"),
    (r"\boriginal budget\b", "Original"),
    (r"\bactual (?:expense|obligation|expenditure)s?\b", "Actual"),
    (r"\bacct\b", "Account"),
    (r"\bdept\b", "Department"),
    (r"\bestimated obligations\b", "Estimated"),
)


def lengthen_words(text: str) -> str:
    return _replace_words(text, _SYNONYMS)


def shorten_words(text: str) -> str:
    return _replace_words(text, _SHORTER)


def _replace_words(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for pattern, word in pairs:
        text = re.sub(pattern, word, text, flags=re.I)
    return text


def break_lines(text: str) -> str:
    return text.replace(" ", "\n", 1)


def pad_words(text: str) -> str:
    return f" {text.replace(' ', '  ')}\xa0"


def _digits(amount: float, places: bool) -> str:
    """Thousands commas; cents as far as the number has them, or two."""
    exact = Decimal(repr(abs(amount)))
    if exact == exact.to_integral_value():
        return f"{exact:,.2f}" if places else f"{int(exact):,}"
    return f"{exact:,.2f}" if exact == round(exact, 2) else f"{exact:,f}"


def _mark(negative: str, positive: str, places: bool = True) -> Callable[[float], str]:
    return lambda amount: (negative if amount < 0 else positive).format(_digits(amount, places))


NUMBER_SPELLINGS: dict[str, Spelling] = {
    "$5,675": _mark("-${}", "${}", places=False),
    "$5,675.00": _mark("-${}", "${}"),
    "($1,234)": _mark("(${})", "${}", places=False),
    "$(1,234)": _mark("$({})", "${}"),
    "(1,234)": _mark("({})", "{}", places=False),
    "1,234-": _mark("{}-", "{}", places=False),
    "1,234.00-": _mark("{}-", "{}"),
    "−1,234": _mark("−{}", "{}"),
    " $ 1,234 ": _mark(" $ ({}) ", " $ {} "),
    "\xa01,234.00": _mark("\xa0({})", "\xa0{}\xa0"),
    "USD": _mark("-$ {}", "$ {}"),
}


def spell_numbers(spelling: Spelling) -> Change:
    """Every amount as text."""

    def apply(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
        if not any(known.amounts for known in layout.values()):
            return None

        def change(sheet: Sheet, row: int, column: int, cell: CellValue) -> CellValue:
            number = read_cell(cell) if (row, column) in layout[sheet.name].amounts else None
            return cell if number is None else spelling(number)

        return map_cells(workbook, change)

    return apply


def spell_numbers_mixed(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Every amount in a spelling of its own, or left plain."""
    spellings: list[Spelling] = [*NUMBER_SPELLINGS.values(), float]
    return spell_numbers(lambda amount: random.choice(spellings)(amount))(workbook, layout, random)


def make_numbers_plain(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Written amounts as numbers, as a spreadsheet keeps them."""
    changed = spell_numbers(float)(workbook, layout, random)
    return None if changed == workbook else changed


def write_placeholders(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Empty cells between amounts say so: a dash, N/A."""
    words = ["-", "—", "N/A", "na", "#Missing", "$ -", " -   "]
    columns = {name: {c for _, c in known.amounts} for name, known in layout.items()}

    def change(sheet: Sheet, row: int, column: int, cell: CellValue) -> CellValue:
        known = layout[sheet.name]
        empty = cell is None and row in known.details and column in columns[sheet.name]
        return random.choice(words) if empty else cell

    changed = map_cells(workbook, change)
    return None if changed == workbook else changed


def write_codes_as_text(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Whole numbers outside the columns of amounts as text, as exports keep codes."""

    def change(sheet: Sheet, row: int, column: int, cell: CellValue) -> CellValue:
        known = layout[sheet.name]
        code = row in known.details and (row, column) not in known.amounts and type(cell) is float and cell % 1 == 0
        return str(int(cell)) if code and type(cell) is float else cell

    changed = map_cells(workbook, change)
    return None if changed == workbook else changed


def pad_labels(workbook: Workbook, layout: Layout, random: Random) -> Workbook:
    """Labels with spaces around them and hard spaces behind."""

    def change(sheet: Sheet, row: int, column: int, cell: CellValue) -> CellValue:
        return f" {cell} \xa0" if type(cell) is str and read_cell(cell) is None else cell

    return map_cells(workbook, change)


def change_total_words(workbook: Workbook, layout: Layout, random: Random) -> Workbook | None:
    """Total, TOTAL and total; a colon behind."""
    spell = random.choice([str.upper, str.lower, str.title])

    def change(sheet: Sheet, row: int, column: int, cell: CellValue) -> CellValue:
        if type(cell) is not str or row not in layout[sheet.name].totals:
            return cell
        return re.sub(r"\btotals?\b", lambda found: spell(found[0]), cell, flags=re.I)

    changed = map_cells(workbook, change)
    return None if changed == workbook else changed
