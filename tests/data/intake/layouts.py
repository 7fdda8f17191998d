"""Small budgets built in code, and ways to rearrange a workbook without changing what it says."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from data.intake.cells import CellValue, Sheet, Workbook
from data.intake.columns import read_columns
from data.intake.drafts import Grid, TableDraft
from data.intake.model import Reading
from data.intake.reading import read_budget
from data.intake.rows import read_row_roles
from data.intake.tables import find_tables, turn_sheet
from data.intake.titles import read_titles

Rows = Sequence[Sequence[CellValue]]
YEARS = ("FY2023-24 Actual", "FY2024-25 Actual", "FY2025-26 Adopted", "FY2026-27 Proposed")
LINES = {
    "10": {
        "1000 Instruction": [("10-1000-100-110", "Teachers", 500), ("10-1000-650-110", "Tablets", 40)],
        "2580 Administrative technology services": [
            ("10-2580-352-000", "Technical help", 30),
            ("10-2580-530-000", "Internet", 20),
        ],
    },
    "31": {"2230 Instruction-related technology": [("31-2230-734-000", "Projectors", 70)]},
}
FUNDS = {"10": "General Fund", "31": "Technology Levy"}


def build_workbook(*sheets: tuple[str, Rows]) -> Workbook:
    return Workbook("budget.xlsx", "0" * 64, 1, [Sheet(name, [list(row) for row in rows]) for name, rows in sheets])


def read_sheet(*rows: Sequence[CellValue], answers: Mapping[str, str] | None = None) -> Reading:
    """The reading of a workbook with one sheet."""
    return read_budget(build_workbook(("Sheet", rows)), answers)


def turn(*rows: Sequence[CellValue]) -> Grid:
    return turn_sheet(Sheet("Sheet", [list(row) for row in rows]))


def draft(*rows: Sequence[CellValue]) -> TableDraft:
    """The first table of a sheet with its titles, columns and row roles read."""
    grid = turn(*rows)
    table = find_tables(grid)[0]
    table.titles = read_titles(grid, table.title_rows)
    read_columns(grid, table)
    read_row_roles(grid, table)
    return table


def list_codes(reading: Reading) -> list[str]:
    """The codes of all findings, in order."""
    return [finding.code for finding in reading.findings]


def spread(amount: float) -> list[float]:
    """One amount as four years."""
    return [amount, amount + 1, amount + 2.5, amount + 4]


def add_up(rows: Sequence[Sequence[float]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


def build_fund_sheet(fund: str) -> Rows:
    """A fund's ledger: titles, header, lines by function, a total for each function and one for the fund."""
    rows: list[list[CellValue]] = [
        ["Example School District"],
        ["Proposed Expenditures"],
        [f"Fund {fund} — {FUNDS[fund]}"],
        ["Account", "Description", *YEARS],
    ]
    every: list[list[float]] = []
    for function, lines in LINES[fund].items():
        amounts = [spread(amount) for _, _, amount in lines]
        rows += [[account, name, *values] for (account, name, _), values in zip(lines, amounts, strict=True)]
        rows.append([f"Total {function}", None, *add_up(amounts)])
        every += amounts
    return [*rows, [f"Fund {fund} total", None, *add_up(every)], [date(2026, 5, 1)]]


def sum_fund(fund: str) -> list[float]:
    return add_up([spread(amount) for lines in LINES[fund].values() for _, _, amount in lines])


def build_ledger(with_summary: bool = True) -> Workbook:
    """Two funds on a sheet each and, before them, a summary whose figures are theirs."""
    summary: list[list[CellValue]] = [["Expenditures by fund"], ["Fund", *YEARS]]
    summary += [[f"{fund} {name}", *sum_fund(fund)] for fund, name in FUNDS.items()]
    summary.append(["Grand total", *add_up([sum_fund(fund) for fund in FUNDS])])
    sheets = [(f"Fund {fund}", build_fund_sheet(fund)) for fund in FUNDS]
    return build_workbook(*([("Summary", summary)] if with_summary else []), *sheets)


def change_cell(workbook: Workbook, sheet: str, row: int, column: int, by: float) -> Workbook:
    """The workbook with one number changed; row and column counted from 0."""
    return map_sheets(workbook, lambda s: _change(s, row, column, by) if s.name == sheet else s)


def _change(sheet: Sheet, row: int, column: int, by: float) -> Sheet:
    rows = [list(cells) for cells in sheet.rows]
    old = rows[row][column]
    assert isinstance(old, float | int)
    rows[row][column] = round(old + by, 2)
    return replace(sheet, rows=rows)


def map_sheets(workbook: Workbook, change: Callable[[Sheet], Sheet]) -> Workbook:
    return replace(workbook, sheets=[change(sheet) for sheet in workbook.sheets])


def rename_sheets(workbook: Workbook) -> Workbook:
    return replace(workbook, sheets=[replace(s, name=f"Sheet{i + 1}") for i, s in enumerate(workbook.sheets)])


def move_columns(workbook: Workbook, order: Sequence[int]) -> Workbook:
    """Every sheet with its columns in another order."""
    return map_sheets(workbook, lambda s: replace(s, rows=[[row[i] for i in order] for row in s.rows]))


def insert_blank_rows(workbook: Workbook, seed: int) -> Workbook:
    """A blank row here and there below the header of every sheet."""
    random_ = random.Random(seed)
    return map_sheets(workbook, lambda s: replace(s, rows=_with_blanks(s.rows, random_)))


def _with_blanks(rows: Rows, random_: random.Random) -> Rows:
    width = len(rows[0])
    spaced: list[Sequence[CellValue]] = []
    for number, row in enumerate(rows):
        if number > 5 and random_.random() < 0.2:
            spaced.append([None] * width)
        spaced.append(row)
    return spaced


def insert_title_rows(workbook: Workbook) -> Workbook:
    """Two more title rows and a blank one on top of every sheet."""
    return map_sheets(workbook, lambda s: replace(s, rows=[*_title_rows(len(s.rows[0])), *s.rows]))


def _title_rows(width: int) -> Rows:
    blank: list[CellValue] = [None] * width
    return [["For discussion by the budget committee", *blank[1:]], ["Page 1", *blank[1:]], blank]


def list_mismatches(reading: Reading) -> set[tuple[str, str]]:
    """Sheet and cell of every reported mismatch."""
    return {(f.sheet, f.cell) for f in reading.findings if f.code == "total_mismatch"}


def sum_where(reading: Reading, header: str, attribute: str, prefix: str) -> tuple[float, int]:
    """The amounts under a header on lines whose attribute starts so, and how many lines that are."""
    total, count = 0.0, 0
    for table in reading.tables:
        letter = next((column.column for column in table.columns if column.header == header), "")
        if table.counted and letter in table.lines.amounts:
            pairs = zip(table.lines.attributes[attribute], table.lines.amounts[letter], strict=True)
            found = [amount for value, amount in pairs if value.startswith(prefix)]
            total, count = total + sum(found), count + len(found)
    return round(total, 2), count
