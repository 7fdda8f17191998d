"""The tables of `docs/intake.md` that the code decides: `python -m develop.intake_page`; a test names what differs."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from data.intake.charts import read_charts
from data.intake.consequences import CHOICE_WORDS
from data.intake.decimal_signs import DECIMAL_SIGN
from data.intake.doubts import HIDDEN_TOTALS, TOTALS_OFF
from data.intake.questions import FISCAL_YEAR, SIDE, YEAR_CONVENTION
from data.intake.repeats import SAME_MONEY
from data.intake.scales import SCALE
from data.intake.twins import BUDGET_COLUMN
from data.uploads import BUDGET_TYPES
from develop.findings_page import list_kinds_by_group
from planning.vocabulary import Basis, RowRole, Severity, TableKind, Unit

PAGE = Path(__file__).resolve().parents[1] / "docs" / "intake.md"
FINDING_GROUPS = ("A file, before it is read", "A budget workbook")
FILES = {
    "xlsx": "Excel workbook",
    "xlsm": "Excel workbook with macros, which are ignored",
    "xlsb": "Excel binary workbook",
    "xls": "Excel 97 to 2003",
    "ods": "LibreOffice workbook",
    "csv": "text, parted by commas, semicolons, tabs or bars",
    "tsv": "text, parted by tabs",
}
KINDS = {
    TableKind.LINES: "one budget line a row",
    TableKind.CROSSTAB: "amounts by school, fund or category in columns that add up to one amount",
    TableKind.BLOCKS: "the same table again and again, for example for each department",
    TableKind.GRID: "small tables in rows and columns",
    TableKind.SUMMARY: "sums of lines that stand elsewhere in the file; not counted",
    TableKind.PIVOT: "what a pivot table left; not counted",
    TableKind.REGISTER: "a list of things such as awards or projects; not a budget",
    TableKind.FORM: "single answers beside their labels; not a budget",
    TableKind.NOTES: "figures that nothing names; not counted",
}
BASES = {
    Basis.ACTUAL: "2023-24 Actual",
    Basis.ORIGINAL: "Original budget",
    Basis.ADOPTED: "2025-26 Adopted",
    Basis.APPROVED: "Approved budget",
    Basis.REVISED: "Revised, amended or working budget",
    Basis.ESTIMATED: "2025-26 Estimated",
    Basis.PROPOSED: "2026-27 Proposed, tentative or preliminary",
    Basis.REQUESTED: "Requested",
    Basis.RECOMMENDED: "Recommended",
    Basis.PROJECTED: "Projected, forecast",
    Basis.ALLOCATED: "Allocation",
    Basis.BUDGET: "Budget, appropriation",
    Basis.YEAR_TO_DATE: "Year to date, YTD",
    Basis.ENCUMBERED: "Encumbrances",
    Basis.AVAILABLE: "Available, remaining",
    Basis.PLANNED: "Planned",
}
UNITS = {
    Unit.USD: "Amount",
    Unit.USD_PER_PUPIL: "Cost per pupil",
    Unit.FTE: "FTE, positions",
    Unit.PUPILS: "Enrollment, ADM",
    Unit.COUNT: "Quantity, number of",
    Unit.PERCENT: "% of total",
    Unit.OTHER: "",
}
ROLES = {
    RowRole.TITLE: "lines above a table",
    RowRole.HEADER: "names of columns, one to six rows, and where they are printed again",
    RowRole.HEADING: "names the lines below it and holds no amount",
    RowRole.DETAIL: "a budget line: this is what is counted",
    RowRole.SUBTOTAL: "adds up some of the lines",
    RowRole.TOTAL: "adds up a whole table or all tables",
    RowRole.NOTE: "remarks, check figures, and other rows that are not counted",
    RowRole.BLANK: "empty",
}
QUESTIONS = {
    YEAR_CONVENTION: "the headers name single years and nothing spells one out",
    SIDE: "neither words nor codes say revenue or expenditure",
    SCALE: "the page says thousands or millions, and the cells look like whole dollars",
    HIDDEN_TOTALS: "rows that are not called totals equal the sum of the rows beside them",
    TOTALS_OFF: "most printed totals differ from their lines, so that the reading itself is in doubt",
    SAME_MONEY: "two tables laid out differently add up to one and the same figure",
    DECIMAL_SIGN: "numbers are written with a comma where others write a point",
    FISCAL_YEAR: "no fiscal year is named anywhere; with a colon and a header for one column",
    BUDGET_COLUMN: "several columns share one year and basis; with a colon and the year, or `every year`",
}


def fill_page(page: str) -> str:
    """The page with every block as the code says it now."""
    for name, write in BLOCKS.items():
        block = re.compile(rf"(<!-- from the code: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, found = block.subn(lambda match, write=write: f"{match[1]}\n{write()}\n{match[2]}", page)
        if found != 1:
            raise ValueError(f"the page has {found} blocks {name}")
    return page


def _write_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _write_words(head: str, words: Mapping[str, str], every: Iterable[str], column: str) -> str:
    """A table of every word of an enumeration; KeyError where one has no explanation."""
    return _write_table((head, column), ((f"`{word}`", words[word] or "—") for word in every))


def _write_questions() -> str:
    rows = []
    for key in (*CHOICE_WORDS, FISCAL_YEAR, BUDGET_COLUMN):
        answers = "<br>".join(f"`{choice}`: {_lower(words)}" for choice, words in CHOICE_WORDS.get(key, {}).items())
        given = {FISCAL_YEAR: "a year like `2026-27`", BUDGET_COLUMN: "one of its headers, or all of them added up"}
        rows.append((f"`{key}`", QUESTIONS[key], answers or given[key]))
    return _write_table(("key", "asked where", "answers"), rows)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _write_charts() -> str:
    return "".join(f"- {chart.name}\n" for chart in read_charts().values())


def _write_findings() -> str:
    groups = list_kinds_by_group()
    parts = []
    for severity in Severity:
        codes = [
            f"[`{kind.code}`](findings.md#{group.lower().replace(',', '').replace(' ', '-')})"
            for group in FINDING_GROUPS
            for kind in groups[group]
            if kind.severity is severity
        ]
        parts.append(f"- {severity}: {', '.join(codes)}\n")
    return "".join(parts)


BLOCKS: Mapping[str, Callable[[], str]] = {
    "files": lambda: _write_words("file", FILES, BUDGET_TYPES, "what it is"),
    "kinds": lambda: _write_words("kind", {str(kind): words for kind, words in KINDS.items()}, TableKind, "what it is"),
    "bases": lambda: _write_words("basis", {str(basis): words for basis, words in BASES.items()}, Basis, "for example"),
    "units": lambda: _write_words("unit", {str(unit): words for unit, words in UNITS.items()}, Unit, "for example"),
    "roles": lambda: _write_words("role", {str(role): words for role, words in ROLES.items()}, RowRole, "what it is"),
    "charts": _write_charts,
    "questions": _write_questions,
    "findings": _write_findings,
}


if __name__ == "__main__":
    PAGE.write_text(fill_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"Wrote {PAGE.name}.")
