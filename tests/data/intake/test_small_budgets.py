"""Layouts built in code: a ledger over sheets with a summary, a simple list, text amounts, and what is no budget."""

import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from data.intake.model import Reading
from data.intake.reading import read_budget, read_budget_file
from planning.vocabulary import Basis, ReadingStatus, RowRole, Severity, Side, TableKind, Unit
from tests.data.intake.layouts import (
    FUNDS,
    LINES,
    YEARS,
    build_ledger,
    build_workbook,
    change_cell,
    list_mismatches,
    spread,
    sum_where,
)


@pytest.fixture(scope="module")
def ledger() -> Reading:
    return read_budget(build_ledger())


def test_a_ledger_over_sheets_is_one_budget_with_four_years(ledger: Reading) -> None:
    lines = [amount for functions in LINES.values() for found in functions.values() for _, _, amount in found]
    assert (ledger.status, ledger.chart, ledger.questions) == (ReadingStatus.READY, "nces", ())
    assert ledger.published_lines == len(lines)
    assert [total.fiscal_year for total in ledger.totals] == ["FY2023-24", "FY2024-25", "FY2025-26", "FY2026-27"]
    assert [total.basis for total in ledger.totals] == [Basis.ACTUAL, Basis.ACTUAL, Basis.ADOPTED, Basis.PROPOSED]
    assert [total.detail_total for total in ledger.totals] == [sum(c) for c in zip(*map(spread, lines), strict=True)]
    assert all(total.difference == 0 for total in ledger.totals)


def test_a_summary_is_compared_but_not_counted_again(ledger: Reading) -> None:
    summary = ledger.tables[0]
    assert (summary.sheet, summary.kind, summary.counted) == ("Summary", TableKind.SUMMARY, False)
    assert "sums of lines" in summary.why_not_counted
    ties = {(tie.cell, tie.label, tie.difference) for tie in ledger.tie_outs if tie.sheet == "Summary"}
    assert ("B3", "10 General Fund", 0) in ties and ("B5", "Grand total", 0) in ties
    assert [f.code for f in ledger.findings] == ["table_not_counted"]


def test_account_strings_are_parted_and_technology_found_by_code(ledger: Reading) -> None:
    lines = ledger.tables[1].lines.attributes
    assert list(lines["account"]) == ["10-1000-100-110", "10-1000-650-110", "10-2580-352-000", "10-2580-530-000"]
    assert list(lines["fund_code"]) == ["10"] * 4 and set(lines["fund_name"]) == {"General Fund"}
    assert list(lines["function_code"]) == ["1000", "1000", "2580", "2580"]
    assert list(lines["object_code"]) == ["100", "650", "352", "530"]
    assert list(lines["location_code"]) == ["110", "110", "000", "000"]
    assert lines["function_name"][2] == "Administrative technology services"
    assert list(lines["description"]) == ["Teachers", "Tablets", "Technical help", "Internet"]
    assert list(lines["technology_rule"]) == [
        "",
        "NCES object 650 Supplies - technology related",
        "NCES function 2580 Administrative technology services",
        "NCES function 2580 Administrative technology services",
    ]


def test_function_and_fund_totals_say_what_they_cover(ledger: Reading) -> None:
    covers = {(tie.sheet, tie.label): (tie.role, tie.covers) for tie in ledger.tie_outs if tie.column == "C"}
    subtotal = covers["Fund 10", "Total 2580 Administrative technology services"]
    assert subtotal == (RowRole.SUBTOTAL, "rows 8–9")
    assert covers["Fund 10", "Fund 10 total"] == (RowRole.TOTAL, "rows 5–9")


@pytest.mark.parametrize("column", range(2, 6))
@pytest.mark.parametrize(("row", "subtotal"), [(4, 7), (5, 7), (7, 10), (8, 10)])
def test_one_dollar_breaks_the_function_the_fund_and_the_summary(row: int, subtotal: int, column: int) -> None:
    letter, summary_letter = "ABCDEF"[column], "ABCDEF"[column - 1]
    reading = read_budget(change_cell(build_ledger(), "Fund 10", row, column, 1))
    assert list_mismatches(reading) == {
        ("Fund 10", f"{letter}{subtotal}"),
        ("Fund 10", f"{letter}11"),
        ("Summary", f"{summary_letter}3"),
        ("Summary", f"{summary_letter}5"),
    }


def test_a_mismatch_names_both_figures_and_the_difference() -> None:
    reading = read_budget(change_cell(build_ledger(with_summary=False), "Fund 31", 4, 2, 1))
    found = next(finding for finding in reading.findings if finding.cell == "C6")
    assert (found.severity, found.found, found.expected) == (Severity.WARNING, "$70.00", "$71.00")
    assert "a difference of ($1.00)" in found.message and "row 5" in found.message


def test_without_a_summary_the_funds_own_totals_add_up_to_the_printed_total() -> None:
    reading = read_budget(build_ledger(with_summary=False))
    total = reading.totals[0]
    assert (total.detail_total, total.printed_total, total.difference) == (Decimal(660), Decimal(660), Decimal(0))
    assert [table.columns[0].printed_total for table in reading.tables] == [Decimal(590), Decimal(70)]


SIMPLE = [
    ["Line item", "2025-26 Budget", "2026-27 Proposed"],
    ["Desktop computers", 1200.5, 1300],
    ["Library books", 400, 450.25],
    ["Total expenditures", 1600.5, 1750.25],
]


def test_a_simple_list_reads_with_words_for_technology() -> None:
    reading = read_budget(build_workbook(("List", SIMPLE)))
    assert (reading.published_lines, reading.chart, reading.status) == (2, "", ReadingStatus.READY)
    assert [total.difference for total in reading.totals] == [0, 0]
    attributes = reading.tables[0].lines.attributes
    assert list(attributes["description"]) == ["Desktop computers", "Library books"]
    assert list(attributes["technology_rule"]) == ["Word “computer” in the line's names", ""]


def test_amounts_written_as_text_are_read_and_their_text_is_kept() -> None:
    rows = [
        ["Object", "Title", "FY25 Actual Expenditures"],
        ["410", "Supplies", "$5,675"],
        ["470", "Refund", "(1,234)"],
        ["480", "Hardware", "2,000.50"],
        [None, "Total", "$6,441.50"],
    ]
    reading = read_budget(build_workbook(("Text", rows)))
    lines = reading.tables[0].lines
    assert list(lines.amounts["C"]) == [5675.0, -1234.0, 2000.5]
    assert lines.raw == {"C2": "$5,675", "C3": "(1,234)", "C4": "2,000.50"}
    assert reading.totals[0].difference == 0


def test_a_malformed_number_is_a_finding_and_never_a_number() -> None:
    rows = [["Item", "FY25 Budget"], ["Expenditures a", 10], ["b", "793.138.22"], ["c", 5]]
    reading = read_budget(build_workbook(("Sheet", rows)))
    finding = next(f for f in reading.findings if f.code == "unreadable_amount")
    assert (finding.cell, finding.found, finding.severity) == ("B3", "793.138.22", Severity.WARNING)
    assert reading.totals[0].detail_total == 15 and reading.tables[0].lines.raw == {"B3": "793.138.22"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "empty_workbook"), ([[None, ""]], "empty_workbook"), ([["Name", "Notes"], ["a", "b"]], "no_numbers")],
)
def test_what_is_no_budget_is_refused_with_a_reason(rows: list, code: str) -> None:
    reading = read_budget(build_workbook(("Sheet", rows)))
    assert (reading.status, [f.code for f in reading.findings]) == (ReadingStatus.REFUSED, [code])
    assert reading.findings[0].severity is Severity.ERROR and reading.findings[0].fix


def test_a_table_without_money_is_refused() -> None:
    rows = [["School", "2024-25 enrollment"], ["North", 400], ["South", 300]]
    reading = read_budget(build_workbook(("Sheet", rows)))
    assert (reading.status, reading.findings[0].code) == (ReadingStatus.REFUSED, "nothing_counted")


def test_a_missing_year_is_the_one_question_and_its_answer_settles_it() -> None:
    rows = [["Expenditures by object"], ["Object", "Name", "Amount"], ["410", "Supplies", 10], ["480", "Hardware", 5.5]]
    workbook = build_workbook(("Sheet", rows))
    asked = read_budget(workbook)
    assert (asked.status, [q.key for q in asked.questions]) == (ReadingStatus.NEEDS_CHOICE, ["fiscal_year"])
    answered = read_budget(workbook, {"fiscal_year": "2026-27"})
    assert (answered.status, answered.questions) == (ReadingStatus.READY, ())
    assert answered.totals[0].fiscal_year == "FY2026-27"


def test_bare_years_are_asked_about_with_a_default() -> None:
    rows = [["Expenditures", 2024, 2025], ["Supplies", 10.5, 11], ["Hardware", 20, 21.25]]
    workbook = build_workbook(("Sheet", rows))
    reading = read_budget(workbook)
    assert [total.fiscal_year for total in reading.totals] == ["FY2023-24", "FY2024-25"]
    assert [(q.key, q.default) for q in reading.questions] == [("year_convention", "ends")]
    calendar = read_budget(workbook, {"year_convention": "calendar"})
    assert [total.fiscal_year for total in calendar.totals] == ["FY2024", "FY2025"] and not calendar.questions


def test_an_unknown_side_is_asked_with_expenditure_as_default() -> None:
    workbook = build_workbook(("Sheet", [["Item", "FY25 Budget"], ["Paper", 10.5], ["Pens", 5]]))
    assert [(q.key, q.default) for q in read_budget(workbook).questions] == [("side", "expenditure")]
    assert read_budget(workbook, {"side": "revenue"}).totals[0].side is Side.REVENUE


def test_thousands_become_dollars_and_fte_do_not() -> None:
    rows = [
        ["2026-27 Expenditures (in thousands)"],
        ["Function", "Name", "2026-27 Budget", "2026-27 FTE"],
        ["2580", "Technology", 12.5, 3],
        ["1000", "Instruction", 100, 40.5],
    ]
    reading = read_budget(build_workbook(("Sheet", rows)))
    assert [(t.unit, t.detail_total) for t in reading.totals] == [(Unit.USD, 112500), (Unit.FTE, Decimal("43.5"))]
    assert reading.tables[0].columns[0].scale == 1000


def test_a_balance_statement_beside_a_ledger_is_not_counted() -> None:
    statement = [
        ["Fund balance", "FY2026-27 Proposed"],
        ["Beginning balance", 100],
        ["Plus revenue", 50],
        ["Less expenditures", -60],
        ["Ending balance", 90],
    ]
    workbook = build_ledger(with_summary=False)
    sheets = [*workbook.sheets, *build_workbook(("Balance", statement)).sheets]
    reading = read_budget(type(workbook)("x.xlsx", "0", 1, sheets))
    table = reading.tables[-1]
    assert (table.counted, table.columns[0].side) == (False, Side.FUND_BALANCE)
    assert "fund balance statement" in table.why_not_counted and reading.published_lines == 5


def test_two_stacked_tables_with_their_own_titles_are_two_tables() -> None:
    revenue = [["Revenue"], ["Source", *YEARS], ["1110 Property taxes", *spread(900)], ["1510 Interest", *spread(10)]]
    spending = [
        [None],
        ["Expenditures"],
        ["Object", *YEARS],
        ["100 Salaries", *spread(800)],
        ["650 Devices", *spread(90)],
    ]
    reading = read_budget(build_workbook(("Both", [*revenue, *spending])))
    assert [table.columns[0].side for table in reading.tables] == [Side.REVENUE, Side.EXPENDITURE]
    assert [total.detail_total for total in reading.totals[::4]] == [910, 890]
    assert list(reading.tables[0].lines.attributes["technology_rule"]) == ["", ""]


def test_a_header_repeated_on_every_page_starts_no_new_table() -> None:
    page = [["Object", "Name", "FY25 Actual"], ["410", "Supplies", 10.5], ["420", "Books", 20]]
    rows = [["Expenditures"], *page, ["Page 2"], *page, [None, "Total", 61]]
    reading = read_budget(build_workbook(("Pages", rows)))
    assert len(reading.tables) == 1 and reading.published_lines == 4
    assert (reading.totals[0].difference, reading.tables[0].roles[6]) == (0, RowRole.HEADER)


def test_progress_is_reported_in_order() -> None:
    seen: list[float] = []
    read_budget(build_ledger(), report_progress=lambda share, _: seen.append(share))
    assert seen == sorted(seen) and len(seen) >= 3


def test_a_file_is_read_with_its_name_and_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Item,FY25 Adopted Expenditures\nPaper,10.50\nPens,5.25\nTotal,15.75\n")
    reading = read_budget_file(str(path), "budget.csv")
    assert (reading.file_name, len(reading.sha256)) == ("budget.csv", 64)
    assert (reading.totals[0].fiscal_year, reading.totals[0].printed_total) == ("FY2024-25", Decimal("15.75"))


def test_the_funds_of_the_small_ledger_are_summed_by_code(ledger: Reading) -> None:
    assert {fund: sum_where(ledger, YEARS[0], "fund_code", fund) for fund in FUNDS} == {"10": (590, 4), "31": (70, 1)}


def test_a_column_of_zeros_is_kept_as_empty_and_not_as_a_cut() -> None:
    rows = [
        ["Item", "FY25 Actual Expenditures", "FY26 Adopted", "FY26 Approved"],
        ["Paper", 10.5, 0, None],
        ["Pens", 5, 0, None],
    ]
    reading = read_budget(build_workbook(("Sheet", rows)))
    columns = reading.tables[0].columns
    assert [column.empty for column in columns] == [False, True, True]
    assert set(reading.tables[0].lines.amounts) == {"B"}
    notes = [(f.code, f.severity, f.found) for f in reading.findings]
    assert notes == [("empty_column", Severity.NOTE, "FY26 Adopted"), ("empty_column", Severity.NOTE, "FY26 Approved")]


def test_columns_that_say_the_same_are_kept_apart() -> None:
    rows = [["Item", "FY25 Budget Expenditures", "FY25 Budget Expenditures"], ["Paper", 10.5, 1], ["Pens", 5, 2]]
    reading = read_budget(build_workbook(("Sheet", rows)))
    assert [total.detail_total for total in reading.totals] == [Decimal("15.5"), Decimal(3)]


def test_a_total_is_never_swayed_by_one_column() -> None:
    """The block above the total matches in one column, the whole table in two: the whole table it is."""
    rows = [
        ["Item", "FY24 Actual Expenditures", "FY25 Actual", "FY26 Adopted"],
        ["Paper", 0, 4, 5],
        ["Subtotal supplies", 0, 4, 5],
        ["Desks", 7.5, 2, 3],
        ["Total", 7.5, 6, 8],
    ]
    reading = read_budget(build_workbook(("Sheet", rows)))
    assert {tie.label: tie.covers for tie in reading.tie_outs} == {"Subtotal supplies": "row 2", "Total": "rows 2–4"}
    assert [total.printed_total for total in reading.totals] == [Decimal("7.5"), Decimal(6), Decimal(8)]


def test_a_reading_survives_the_way_out_of_the_child() -> None:
    reading = read_budget(build_ledger())
    assert pickle.loads(pickle.dumps(reading)) == reading


def test_the_reading_starts_without_heavy_libraries() -> None:
    code = "import sys, data.intake.reading; print({'pandas','numpy','pyarrow','duckdb','pydantic'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
