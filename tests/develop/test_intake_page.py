"""docs/intake.md says what the code does: its lists, its spellings, and its file that reads itself."""

import re
import subprocess
import sys

import pytest

from data.intake.cells import Sheet, Workbook
from data.intake.consequences import CHOICE_WORDS
from data.intake.headers import read_basis, read_value_header, read_years
from data.intake.numbers import is_malformed_number, is_placeholder, read_amount_text
from data.intake.questions import FISCAL_YEAR
from data.intake.reading import read_budget
from data.intake.twins import BUDGET_COLUMN
from develop.intake_page import BASES, BLOCKS, FILES, PAGE, QUESTIONS, UNITS, fill_page
from planning.vocabulary import Basis, ReadingStatus, Unit

TEXT = PAGE.read_text(encoding="utf-8")
# What the whole package knows, free of the kinds that tests make.
FILL = "from develop.intake_page import PAGE, fill_page; page = PAGE.read_text(encoding='utf-8'); "
SAME = "raise SystemExit('write docs/intake.md again: python -m develop.intake_page' if fill_page(page) != page else 0)"


def find_spellings(after: str) -> list[tuple[str, str]]:
    """What is written and how it is read, from the table that follows these words."""
    table = TEXT.partition(after)[2].partition("| --- | --- |\n")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([^`]+)` \| (.+) \|$", table, re.MULTILINE)


def test_every_block_of_the_page_is_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, "-c", FILL + SAME], cwd=PAGE.parents[1], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_page_without_a_block_is_told() -> None:
    with pytest.raises(ValueError, match="0 blocks files"):
        fill_page("# nothing here")
    assert set(re.findall(r"<!-- from the code: (\w+) -->", TEXT)) == set(BLOCKS)


def test_every_question_is_explained_and_no_other() -> None:
    assert set(QUESTIONS) == {*CHOICE_WORDS, FISCAL_YEAR, BUDGET_COLUMN}
    assert all(f"| .{ending} " in TEXT or f"| `{ending}` |" in TEXT for ending in FILES)


@pytest.mark.parametrize("basis", Basis)
def test_the_words_of_a_basis_are_read_as_it(basis: Basis) -> None:
    assert read_basis(BASES[basis]) is basis


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.OTHER])
def test_the_words_of_a_unit_are_read_as_it(unit: Unit) -> None:
    assert all((read_value_header(words).unit or Unit.USD) is unit for words in UNITS[unit].split(", "))


@pytest.mark.parametrize(("written", "year"), find_spellings("**Fiscal year.**"))
def test_a_fiscal_year_is_read_as_the_page_says(written: str, year: str) -> None:
    assert read_years(written)[0] == (year,)


@pytest.mark.parametrize(("written", "figure"), find_spellings("**Numbers as text.**"))
def test_a_number_is_read_as_the_page_says(written: str, figure: str) -> None:
    if figure.startswith("no number: a finding"):
        assert read_amount_text(written) is None and is_malformed_number(written)
    elif figure.startswith("no number"):
        assert is_placeholder(written)
    else:
        assert read_amount_text(written) == float(figure)


def test_the_file_that_reads_itself_asks_nothing_and_ties_out() -> None:
    [text] = re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL)
    rows = [line.split(",") for line in text.splitlines()]
    cells = [
        [int(cell) if cell.isdecimal() and place > 2 else cell or None for place, cell in enumerate(row)]
        for row in rows
    ]
    reading = read_budget(Workbook("example.xlsx", "", 1, (Sheet("Budget", cells),)))
    assert (reading.status, reading.questions, reading.findings) == (ReadingStatus.READY, (), ())
    assert [(total.fiscal_year, total.basis, total.difference) for total in reading.totals] == [
        ("FY2025-26", "adopted", 0),
        ("FY2026-27", "proposed", 0),
    ]
