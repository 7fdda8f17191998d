"""Rows that state their own side, year or basis are read apart, and nothing is lost or mixed on the way."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake.headers import read_row_side
from data.intake.parts import part_by_rows
from planning.vocabulary import Basis, RowRole, Side
from tests.data.intake.layouts import draft, read_sheet

HEADER = ["Type", "Account", "Amount for FY25"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["EXPENSE", "REVENUE"]), st.integers(1, 10**9)), min_size=2, max_size=20))
def test_revenue_and_expense_in_one_column_are_never_added_together(lines: list[tuple[str, int]]) -> None:
    reading = read_sheet(HEADER, *([side, f"Line {n}", cents / 100] for n, (side, cents) in enumerate(lines)))
    found = {total.side: total.detail_total for total in reading.totals}
    for word, side in (("EXPENSE", Side.EXPENDITURE), ("REVENUE", Side.REVENUE)):
        assert found.get(side, 0) == sum((Decimal(cents) / 100 for name, cents in lines if name == word), Decimal(0))
    assert reading.published_lines == len(lines) and not reading.questions


def test_years_in_a_label_column_make_one_table_each() -> None:
    rows = [["2023-24", "Paper", 1.5], ["2024-25", "Paper", 2], ["2023-24", "Pens", 3]]
    reading = read_sheet(["Fiscal Year", "Expenditures", "Amount"], *rows)
    assert [(t.columns[0].fiscal_year, list(t.lines.row_number)) for t in reading.tables] == [
        ("FY2023-24", [2, 4]),
        ("FY2024-25", [3]),
    ]
    assert [table.table_no for table in reading.tables] == [1, 2]


def test_bases_in_a_label_column_keep_budget_and_actual_apart() -> None:
    rows = [["Adopted", "Paper", 1.5], ["Actual", "Paper", 2], ["Adopted", "Pens", 3]]
    reading = read_sheet(["Version", "Expenditures", "FY25 amount"], *rows)
    assert {total.basis: total.detail_total for total in reading.totals} == {
        Basis.ADOPTED: Decimal("4.5"),
        Basis.ACTUAL: 2,
    }


@pytest.mark.parametrize(
    "header", ["Column Code", "column code", "COLUMN CODE", "ColumnCode", "column_code", "COLUMNCODE"]
)
def test_codes_of_how_firm_a_row_is_are_read_however_their_header_is_written(header: str) -> None:
    rows = [["BB", "Paper", 1.5], ["BA", "Paper", 2], ["BB", "Pens", 3]]
    reading = read_sheet([header, "Expenditures", "FY25 amount"], *rows)
    assert {total.basis: total.detail_total for total in reading.totals} == {
        Basis.BUDGET: Decimal("4.5"),
        Basis.ACTUAL: 2,
    }


def test_one_side_on_every_row_is_the_tables_side_without_a_question() -> None:
    reading = read_sheet(HEADER, ["EXPENSE", "Paper", 1.5], ["EXPENSE", "Pens", 2.5])
    assert (len(reading.tables), reading.totals[0].side, reading.questions) == (1, Side.EXPENDITURE, ())


def test_words_of_what_is_spent_beside_income_leave_the_side_open() -> None:
    """Operations and transportation are spent on and paid for: where income stands beside them, it is asked."""
    lines = [["Cafeteria operations", 5.5], ["Gate admissions", 100], ["Charges for transportation", 200]]
    assert [q.key for q in read_sheet(["Description", "FY2025 Amount"], *lines, ["Maintenance", 3]).questions] == [
        "side"
    ]


def test_a_total_belongs_to_the_side_of_the_line_above_it() -> None:
    body = [["EXPENSE", "Paper", 1.5], ["EXPENSE", "Pens", 2], [None, "Total", 3.5], ["REVENUE", "Taxes", 9]]
    reading = read_sheet(HEADER, *body)
    assert [(tie.table_no, tie.difference) for tie in reading.tie_outs] == [(1, 0)]
    roles = [table.roles.get(4) for table in reading.tables]
    assert roles[0] in (RowRole.TOTAL, RowRole.SUBTOTAL) and roles[1] is None


def test_the_split_is_said_with_the_table() -> None:
    table = part_by_rows(draft(HEADER, ["EXPENSE", "Paper", 1.5], ["REVENUE", "Taxes", 2]))[0]
    assert table.reasons == ["The rows are read apart: expenditure; revenue."]


@pytest.mark.parametrize("words", [("EXPENSE", ""), ("EXPENSE", "Other"), ("Revenue bonds", "Expense of trips")])
def test_a_column_that_names_sides_only_on_some_rows_parts_nothing(words: tuple[str, str]) -> None:
    table = draft(HEADER, [words[0], "Paper", 1.5], [words[1], "Taxes", 2])
    assert part_by_rows(table) == [table]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Rev", Side.REVENUE),
        ("Expenditures", Side.EXPENDITURE),
        ("Exp.", Side.EXPENDITURE),
        ("Interfund transfers in", Side.TRANSFER_IN),
        ("Transfer Out", Side.TRANSFER_OUT),
        ("Fund Balance", Side.FUND_BALANCE),
        ("Liabilities", Side.BALANCE_SHEET),
        ("Expert services", Side.UNKNOWN),
        ("Revenue from taxes", Side.UNKNOWN),
    ],
)
def test_a_cell_states_a_side_only_when_it_says_nothing_else(text: str, side: Side) -> None:
    assert read_row_side(text) is side


def test_numbers_under_a_year_column_name_the_years_of_the_rows() -> None:
    header = ["FiscalYear", "Ledger", "FunctionCode", "ObjectCode", "Amount"]
    rows = [[year, basis, "1000", "4300", 2000.0 + year] for year in (2024, 2025) for basis in ("Adopted", "Actual")]
    reading = read_sheet(header, *rows)
    found = {(total.fiscal_year, total.basis): total.detail_total for total in reading.totals}
    assert found == {
        ("FY2023-24", Basis.ADOPTED): Decimal(4024),
        ("FY2023-24", Basis.ACTUAL): Decimal(4024),
        ("FY2024-25", Basis.ADOPTED): Decimal(4025),
        ("FY2024-25", Basis.ACTUAL): Decimal(4025),
    }


def test_codes_of_a_state_say_how_firm_the_rows_are() -> None:
    header = ["FullFiscalYear", "ColumnCode", "FundCode", "ObjectCode", "Amount"]
    rows = [["2023-24", "BE", "01", "4300", 2000.5], ["2024-25", "BB", "01", "4300", 2100.5]]
    found = {(total.fiscal_year, total.basis): total.detail_total for total in read_sheet(header, *rows, *rows).totals}
    assert found == {("FY2023-24", Basis.ESTIMATED): Decimal(4001), ("FY2024-25", Basis.BUDGET): Decimal(4201)}
    unknown = read_sheet(header, *[[row[0], "XX", *row[2:]] for row in rows]).totals
    assert {total.basis for total in unknown} == {Basis.BUDGET}
