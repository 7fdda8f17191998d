"""Registers, inventories and forms are named as what they are and never imported as budgets."""

import pytest

from data.intake.cells import CellValue
from data.intake.reading import read_budget
from data.intake.registers import find_register
from planning.vocabulary import ReadingStatus, RowRole, Severity, TableKind, Unit
from tests.data.intake.layouts import build_ledger, build_workbook, list_codes, read_sheet, turn

AWARDS: list[list[CellValue]] = [
    ["Award", "Recipient", "Status", "City", "Amount"],
    ["A-1", "North School", "Pending", "Dayton", 1500.5],
    ["A-2", "South School", "Cleared", "Salem", 900.0],
]
PRODUCTS: list[list[CellValue]] = [
    ["Product", "Division", "Renewal date", "Website"],
    ["Canvas", "All", "2026-06-30", "example.com"],
    ["Maps", "High", "2026-07-31", "example.org"],
]


def test_a_register_with_amounts_is_named_and_refused() -> None:
    reading = read_sheet(*AWARDS)
    table = reading.tables[0]
    assert (reading.status, reading.published_lines, table.kind) == (ReadingStatus.REFUSED, 0, TableKind.REGISTER)
    assert table.columns[0].detail_total == pytest.approx(2400.5) and not table.counted
    assert "Recipient, Status, City" in table.why_not_counted


def test_the_refusal_says_what_the_list_is_and_what_to_do() -> None:
    finding = read_sheet(*AWARDS).findings[0]
    assert (finding.code, finding.severity, finding.cell) == ("not_a_budget", Severity.ERROR, "A1")
    assert "register" in finding.message and finding.fix
    assert list_codes(read_sheet(*AWARDS)) == ["not_a_budget"]


def test_an_inventory_without_amounts_is_named_too() -> None:
    reading = read_sheet(*PRODUCTS)
    table = reading.tables[0]
    assert (table.kind, list_codes(reading)) == (TableKind.REGISTER, ["not_a_budget"])
    assert list(table.roles.values()) == [RowRole.HEADER, RowRole.DETAIL, RowRole.DETAIL]


def test_a_ledger_with_vendors_and_dates_is_a_budget_because_it_has_accounts() -> None:
    header = ["Account", "Vendor", "Date", "Status", "Amount spent"]
    reading = read_sheet(
        header, ["10-2580-352", "Acme", "May", "Open", 5.5], ["10-1000-610", "Bolt", "June", "Paid", 6]
    )
    assert reading.tables[0].counted


def test_a_project_list_with_fiscal_years_is_a_budget() -> None:
    header = ["Project", "Status", "Neighborhood", "FY26 Budget", "FY27 Budget"]
    assert read_sheet(header, ["Roof", "Design", "North", 5.5, 6], ["Lab", "Built", "South", 7, 8]).tables[0].counted


def test_zeros_under_a_header_of_funds_are_no_accounts() -> None:
    header = ["Project", "Status", "Scope", "External Funds", "Total cost"]
    rows = [[f"P{n}", "Open", "Works", "0", 100.5 + n] for n in range(5)]
    assert read_sheet(header, *rows).tables[0].kind is TableKind.REGISTER


def test_one_word_of_registers_makes_none() -> None:
    assert read_sheet(["Item", "Status", "FY Amount"], ["Paper", "new", 1.5], ["Pens", "old", 2]).tables[0].counted


def test_a_register_beside_a_ledger_is_left_out_with_a_note() -> None:
    ledger = build_ledger(with_summary=False)
    sheets = [(sheet.name, sheet.rows) for sheet in ledger.sheets]
    reading = read_budget(build_workbook(*sheets, ("Awards", AWARDS)))
    assert reading.status is ReadingStatus.READY and reading.published_lines == 5
    assert [(f.code, f.sheet, f.severity) for f in reading.findings] == [("table_not_counted", "Awards", Severity.NOTE)]


def test_a_form_is_named_and_refused() -> None:
    rows = [["Vendor:", "Acme"], ["Requested by:", "A. Person"], ["Quantity:", 3], ["Amount:", 1500.5]]
    reading = read_sheet(*rows)
    assert (reading.status, reading.tables[0].kind) == (ReadingStatus.REFUSED, TableKind.FORM)
    assert list_codes(reading) == ["not_a_budget"] and "form" in reading.findings[0].message


@pytest.mark.parametrize(
    "rows", [[["Code", "Title"], ["1100", "Salaries"]], [["Name", "Notes", "Page"], ["a", "b", "c"]]]
)
def test_other_lists_of_words_are_no_registers(rows: list[list[CellValue]]) -> None:
    assert find_register(turn(*rows)) is None
    assert list_codes(read_sheet(*rows)) == ["no_numbers"]


def test_every_column_of_a_register_is_kept_as_printed() -> None:
    lines = read_sheet(*AWARDS).tables[0].lines
    assert lines.cells["Status"] == ["Pending", "Cleared"] and lines.cells["Amount"] == ["1500.5", "900"]
    assert (list(lines.row_number), list(lines.amounts["E"])) == ([2, 3], [1500.5, 900.0])


def test_columns_of_one_name_are_told_apart_by_their_letter() -> None:
    rows = [["Product", "Status", "Status", "Website"], ["Maps", "Open", "Paid", "example.org"]]
    assert list(read_sheet(*rows).tables[0].lines.cells) == ["Product", "Status", "Status (C)", "Website"]


def test_figures_of_an_inventory_add_up_and_its_words_do_not() -> None:
    header = ["Product", "License", "Licence count", "Value", "Renewal date", "Phone"]
    rows = [["Canvas", "Site", "Unlimited", "2500", "2026-06-30", "0555"], ["Maps", "Seat", "5", "70", "", "0556"]]
    table = read_sheet(header, *rows).tables[0]
    assert [(c.header, c.unit, c.detail_total) for c in table.columns] == [
        ("Licence count", Unit.COUNT, 5),
        ("Value", Unit.USD, 2570),
    ]
    assert table.lines.cells["Licence count"] == ["Unlimited", "5"]


def test_numbers_that_name_the_things_of_a_list_are_no_amounts() -> None:
    rows = [[float(5000 + n * n), "City", "Open", 10.5] for n in range(12)]
    table = read_sheet(["ben", "City", "Status", "Amount"], *rows).tables[0]
    assert [column.header for column in table.columns] == ["Amount"]
    assert table.lines.cells["ben"][:2] == ["5000", "5001"]


def test_notes_below_a_list_and_its_header_on_the_next_page_are_no_things() -> None:
    rows = [*AWARDS, AWARDS[0], ["Late", *AWARDS[1][1:]], [None], ["Printed by the office"]]
    assert list(read_sheet(*rows).tables[0].roles.values()).count(RowRole.DETAIL) == len(AWARDS)


def test_a_column_that_counts_the_things_of_a_list_is_no_figure() -> None:
    rows = [["#", "Product", "License", "Website"], *([n, f"App {n}", "Site", "example.org"] for n in (1.0, 2.0, 3.0))]
    assert list(read_sheet(*rows).tables[0].lines.cells) == ["Product", "License", "Website"]


CHECKS: list[list[CellValue]] = [
    ["Check No", "Check Date", "Vendor", "Invoice", "Account", "Amount"],
    ["40001", "05/01/2024", "Acme Paper", "INV-1", "10-2410-410-001", 12.5],
    ["40002", "05/02/2024", "Summit Software", "INV-2", "10-2410-410-002", 900.0],
    ["40003", "05/03/2024", "Valley Bus Parts", "INV-3", "10-2410-410-001", 31.25],
    ["Total", None, None, None, None, 943.75],
]
ANSWERS: list[list[CellValue]] = [
    ["Timestamp", "Role", "I have what I need (1-5)", "Training was useful (1-5)"],
    ["5/1/2024", "Teacher", 4.0, 5.0],
    ["5/2/2024", "Parent", 1.0, 3.0],
]


def test_payments_are_a_register_though_they_hold_accounts() -> None:
    reading = read_sheet(*CHECKS)
    assert (reading.status, reading.tables[0].kind) == (ReadingStatus.REFUSED, TableKind.REGISTER)
    assert "Check No, Check Date, Invoice" in reading.tables[0].why_not_counted


def test_payments_beside_a_budget_are_a_budget() -> None:
    reading = read_sheet([*CHECKS[0][:5], "2023-24 Budget"], *CHECKS[1:])
    assert reading.tables[0].counted


def test_answers_on_a_printed_scale_are_a_survey() -> None:
    reading = read_sheet(*ANSWERS)
    assert (reading.status, reading.tables[0].kind) == (ReadingStatus.REFUSED, TableKind.REGISTER)
    assert read_sheet(["Item", "Amount (1-5)"], ["Paper", 4.0], ["Pens", 700.0]).tables[0].counted


@pytest.mark.parametrize(
    "title",
    ["Enrollment History, October Count", "Bid Tabulation - RFP 2024-12", "Schedule of Student Fees 2024-25"],
)
def test_a_title_says_what_a_list_is(title: str) -> None:
    table = read_sheet([title, None, None], ["School", "2023-24", "2024-25"], ["North", 210.0, 220.0]).tables[0]
    assert (table.kind, table.counted) == (TableKind.REGISTER, False) and title in table.why_not_counted
