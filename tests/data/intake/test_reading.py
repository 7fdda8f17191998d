"""The whole reading as identities: on generated ledgers, whatever is rearranged, and whatever cell is wrong."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake.cells import CellValue, Sheet, Workbook, cell_address
from data.intake.model import Reading
from data.intake.reading import read_budget, read_budget_file
from planning.vocabulary import ReadingStatus
from tests.data.intake.layouts import (
    change_cell,
    insert_blank_rows,
    insert_title_rows,
    list_mismatches,
    map_sheets,
    move_columns,
    rename_sheets,
)

HEADER: list[CellValue] = ["Account", "Description", "FY2025-26 Adopted", "FY2026-27 Proposed"]
FUNDS = ("10", "20", "30")
FUNCTIONS = ("1000", "2230", "2580", "2600")
VALUES = (2, 3)
CENTS = st.integers(1, 10**9)
LINE = st.tuples(CENTS, CENTS)
FUNCTION = st.lists(LINE, min_size=2, max_size=5)
LEDGER = st.lists(st.lists(FUNCTION, min_size=2, max_size=4), min_size=1, max_size=3)
Ledger = list[list[list[tuple[int, int]]]]
relaxed = settings(deadline=None, max_examples=40)


def add(lines: list[tuple[int, int]]) -> list[CellValue]:
    return [sum(column) / 100 for column in zip(*lines, strict=True)]


def build(ledger: Ledger) -> Workbook:
    """A sheet for each fund: lines, a total for each function, one for the fund; the last one closes the whole."""
    sheets = [_build_sheet(fund, functions) for fund, functions in zip(FUNDS, ledger, strict=False)]
    every = [line for functions in ledger for lines in functions for line in lines]
    sheets[-1] = replace(sheets[-1], rows=[*sheets[-1].rows, ["Grand total", None, *add(every)]])
    return Workbook("ledger.xlsx", "0" * 64, 1, sheets)


def _build_sheet(fund: str, functions: list[list[tuple[int, int]]]) -> Sheet:
    rows: list[list[CellValue]] = [
        ["Expenditures", None, None, None],
        [f"Fund: {fund} - Fund {fund}", None, None, None],
    ]
    rows.append(HEADER)
    for function, lines in zip(FUNCTIONS, functions, strict=False):
        rows += [
            [f"{fund}-{function}-{n + 1}00", f"Line {n}", first / 100, second / 100]
            for n, (first, second) in enumerate(lines)
        ]
        rows.append([f"Total {function}", None, *add(lines)])
    rows.append([f"Fund {fund} total", None, *add([line for lines in functions for line in lines])])
    return Sheet(f"Fund {fund}", rows)


def describe(reading: Reading) -> object:
    """What a reading says, without where it stands."""
    lines = sorted(
        (table.lines.attributes["account"][n], column.header, round(table.lines.amounts[column.column][n], 2))
        for table in reading.tables
        for column in table.columns
        for n in range(len(table.lines.row_number))
    )
    totals = sorted(
        (t.header, str(t.fiscal_year), str(t.basis), t.detail_total, t.printed_total) for t in reading.totals
    )
    ties = sorted((tie.label, tie.printed, tie.detail, tie.line_count) for tie in reading.tie_outs)
    return reading.status, reading.chart, lines, totals, ties, sorted(f.code for f in reading.findings)


@relaxed
@given(LEDGER)
def test_detail_adds_up_to_what_the_ledger_holds_and_every_total_ties(ledger: Ledger) -> None:
    reading = read_budget(build(ledger))
    every = [line for functions in ledger for lines in functions for line in lines]
    sums = [Decimal(sum(column)) / 100 for column in zip(*every, strict=True)]
    assert [total.detail_total for total in reading.totals] == [total.printed_total for total in reading.totals] == sums
    assert reading.published_lines == len(every) and reading.status is ReadingStatus.READY
    assert all(tie.difference == 0 for tie in reading.tie_outs) and not reading.findings
    assert len(reading.tie_outs) == 2 * (sum(map(len, ledger)) + len(ledger) + 1)


@relaxed
@given(LEDGER)
def test_tie_outs_of_a_fund_add_up_its_functions(ledger: Ledger) -> None:
    ties = read_budget(build(ledger)).tie_outs
    for fund, functions in zip(FUNDS, ledger, strict=False):
        own = [tie for tie in ties if tie.sheet == f"Fund {fund}" and tie.column == "C"]
        parts = [tie.detail for tie in own if tie.label.split()[-1] in FUNCTIONS]
        whole = next(tie.detail for tie in own if tie.label == f"Fund {fund} total")
        assert (sum(parts), len(parts)) == (whole, len(functions))


REARRANGEMENTS = {
    "sheets renamed": rename_sheets,
    "blank rows": lambda workbook: insert_blank_rows(workbook, 7),
    "more titles": insert_title_rows,
    "value columns swapped": lambda workbook: move_columns(workbook, [0, 1, 3, 2]),
    "labels last": lambda workbook: move_columns(workbook, [3, 2, 1, 0]),
    "a spacer column": lambda workbook: map_sheets(
        workbook, lambda sheet: replace(sheet, rows=[[*row[:2], None, *row[2:]] for row in sheet.rows])
    ),
    "amounts as text": lambda workbook: map_sheets(
        workbook, lambda sheet: replace(sheet, rows=[[_spell(cell) for cell in row] for row in sheet.rows])
    ),
}


def _spell(cell: CellValue) -> CellValue:
    return f"${cell:,.2f}" if isinstance(cell, float) else cell


@pytest.mark.parametrize("name", REARRANGEMENTS)
@settings(deadline=None, max_examples=15)
@given(ledger=LEDGER)
def test_rearranging_a_ledger_changes_nothing_it_says(name: str, ledger: Ledger) -> None:
    workbook = build(ledger)
    assert describe(read_budget(REARRANGEMENTS[name](workbook))) == describe(read_budget(workbook))


def find_totals_over(workbook: Workbook, sheet_no: int, row: int, column: int) -> set[tuple[str, str]]:
    """The function's total, the fund's and the grand total, found by looking down the sheet."""
    sheet, last = workbook.sheets[sheet_no], workbook.sheets[-1]
    below = range(row + 1, len(sheet.rows))
    function = next(r for r in below if str(sheet.rows[r][0]).startswith("Total"))
    fund = next(r for r in below if str(sheet.rows[r][0]).startswith("Fund"))
    places = {(sheet.name, function), (sheet.name, fund), (last.name, len(last.rows) - 1)}
    return {(name, cell_address(found, column)) for name, found in places}


@relaxed
@given(LEDGER, st.randoms(use_true_random=False))
def test_one_dollar_in_any_line_gives_exactly_the_totals_over_it(ledger: Ledger, random_: Random) -> None:
    workbook = build(ledger)
    sheet_no = random_.randrange(len(workbook.sheets))
    lines = [r for r, cells in enumerate(workbook.sheets[sheet_no].rows) if "-" in str(cells[0]) and r > 2]
    row, column = random_.choice(lines), random_.choice(VALUES)
    reading = read_budget(change_cell(workbook, workbook.sheets[sheet_no].name, row, column, 1))
    assert list_mismatches(reading) == find_totals_over(workbook, sheet_no, row, column)
    assert all(abs(tie.difference) in (0, 1) for tie in reading.tie_outs)


@relaxed
@given(LEDGER, st.randoms(use_true_random=False))
def test_one_dollar_in_any_total_gives_exactly_that_total(ledger: Ledger, random_: Random) -> None:
    workbook = build(ledger)
    sheet = random_.choice(list(workbook.sheets))
    row = random_.choice([r for r, cells in enumerate(sheet.rows) if "otal" in str(cells[0])])
    column = random_.choice(VALUES)
    reading = read_budget(change_cell(workbook, sheet.name, row, column, 1))
    assert list_mismatches(reading) == {(sheet.name, cell_address(row, column))}
    assert reading.published_lines == sum(len(lines) for functions in ledger for lines in functions)


@relaxed
@given(LEDGER)
def test_reading_twice_says_the_same(ledger: Ledger) -> None:
    assert read_budget(build(ledger)) == read_budget(build(ledger))


def test_number_formats_are_read_where_a_page_states_a_scale(tmp_path: Path) -> None:
    """A list in thousands whose format prints thousands: the file itself, not only its cells."""
    path = tmp_path / "thousands.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Fund")
        thousands = book.add_format({"num_format": "#,##0,"})
        sheet.write(0, 0, "FY2025-26 Expenditures (in thousands)")
        sheet.write_row(1, 0, ["Function", "FY2025-26 Budget"])
        for row, amount in enumerate((268_715_000, 20_000, 70_000), start=2):
            sheet.write(row, 0, f"{row}000")
            sheet.write(row, 1, amount, thousands)
    reading = read_budget_file(str(path))
    assert (reading.totals[0].detail_total, reading.questions) == (268_805_000, ())
