"""What restates a budget is left out where the budget itself is counted, and only there."""

import pytest

from data.intake.cells import CellValue
from data.intake.model import Reading
from data.intake.reading import read_budget
from planning.vocabulary import Side, TableKind
from tests.data.intake.layouts import build_workbook

Rows = list[list[CellValue]]
LEDGER: Rows = [
    ["Account", "FY25 Expenditures", "FY26 Expenditures"],
    ["10-1000-100", 5.5, 6],
    ["10-1000-200", 7, 8],
    ["10-2580-300", 9, 1],
]
STATEMENT: Rows = [
    ["Fund balance", "FY26 Proposed"],
    ["Opening balance", 100],
    ["Revenues", 50],
    ["Expenditures", -60],
    ["Closing balance", 90],
]
PIVOT: Rows = [
    ["Sum of FY26", "Fund", None],
    ["Department", "General", "Grand Total"],
    ["Schools", 14.5, 14.5],
    ["Office", 1, 1],
    ["Grand Total", 15.5, 15.5],
]
CHECKS: Rows = [["DONE", "DONE"], [15.5, 21.5], [1, 2]]


def read(*tables: Rows) -> Reading:
    return read_budget(build_workbook(*((f"Sheet {n}", rows) for n, rows in enumerate(tables))))


@pytest.mark.parametrize(
    ("rows", "kind", "words"),
    [
        (STATEMENT, TableKind.SUMMARY, "fund balance statement"),
        (PIVOT, TableKind.PIVOT, "pivot"),
        (CHECKS, TableKind.NOTES, "called anything that a budget has"),
    ],
)
def test_a_statement_a_pivot_and_check_figures_are_not_counted_beside_a_ledger(
    rows: Rows, kind: TableKind, words: str
) -> None:
    reading = read(LEDGER, rows)
    table = reading.tables[-1]
    assert (table.kind, table.counted) == (kind, False) and words in table.why_not_counted
    assert [total.detail_total for total in reading.totals] == [21.5, 15]


@pytest.mark.parametrize("rows", [STATEMENT, PIVOT])
def test_alone_they_are_all_there_is_and_are_counted(rows: Rows) -> None:
    assert read(rows).tables[0].counted


def test_a_statement_stands_on_the_side_of_fund_balance() -> None:
    assert read(LEDGER, STATEMENT).tables[-1].columns[0].side is Side.FUND_BALANCE


@pytest.mark.parametrize("missing", range(1, 5))
def test_a_statement_needs_a_beginning_flows_and_an_end(missing: int) -> None:
    rows = [row for number, row in enumerate(STATEMENT) if number != missing]
    left_out = missing in (2, 3)
    assert read(LEDGER, rows).tables[-1].counted is not left_out


def test_a_sheet_of_words_beside_a_ledger_is_named_in_a_note() -> None:
    reading = read(LEDGER, [["Read me", None], ["Prepared by the office", None]])
    assert [(f.code, f.sheet) for f in reading.findings] == [("sheet_left_out", "Sheet 1")]


def test_a_long_list_that_also_names_balances_is_no_statement() -> None:
    lines: Rows = [[f"Expenditures of school {n}", n + 0.5] for n in range(300)]
    assert read(LEDGER, [*STATEMENT, *lines]).tables[-1].counted


def test_what_stands_under_a_title_of_its_own_is_named() -> None:
    sheets = [
        (
            f"Fund {fund}",
            [
                ["Expenditure Budget 2024-25", None, None],
                [f"{fund} Fund", None, None],
                [None, "Lincoln", "Oak Hill"],
                ["Supplies", 12.5, 40],
                ["Travel", 5, 6],
            ],
        )
        for fund in ("General", "Meals")
    ]
    reading = read_budget(build_workbook(*sheets))
    assert [table.counted for table in reading.tables] == [True, True]


def test_check_figures_below_a_budget_do_not_take_its_title() -> None:
    """The page says budget; what stands below under a figure and words of its own is no part of it."""
    budget: Rows = [
        ["Operating Budget", None, None],
        ["Department", "FY25 Expenditures", "FY26 Expenditures"],
        ["Schools", 5.5, 6.25],
        ["Office", 7, 8],
        ["Police", 1.5, 2],
    ]
    gap: Rows = [[None, None, None]] * 6
    checks: Rows = [[None, 23298.0, None], *gap, ["Report match?", "True", "True"], [None, 744.25, 3], [None, 12.5, 2]]
    tables = read([*budget, *gap, *checks]).tables
    assert [table.counted for table in tables] == [True, False] and tables[1].kind is TableKind.NOTES
