"""Pages, times, options and selections that systems print around a report."""

from data.intake.model import Reading
from data.intake.print_lines import is_option_line, is_print_mark, read_title_basis
from planning.vocabulary import Basis, RowRole
from tests.data.intake.layouts import read_sheet

HEAD = [
    ["glbudget.p", None, "Harlow Schools", "Page: 1"],
    ["Expenditure Budget", None, "Fiscal Year 2024-25", "8:41 am"],
    ["Account", None, "Budget", "Available"],
]


def _read_pages(*options: list, footer: list[list] | None = None) -> Reading:
    """A subtotal stands on the page after its lines."""
    lines = [["1000", "Salaries", 80.5, 20.25], ["1000", "Supplies", 20.25, 5.0]]
    second = [["Total Function 1000", None, 100.75, 25.25], ["2000", "Salaries", 7.0, 1.0], ["2000", "Fuel", 3.0, 1.0]]
    totals = [["Total Function 2000", None, 10.0, 2.0], ["Grand Total", None, 110.75, 27.25]]
    head = [*HEAD[:2], *options, HEAD[2]]
    return read_sheet(*head, *lines, *head, *second, *totals, *(footer or []))


def test_a_subtotal_on_the_page_after_its_lines_covers_them() -> None:
    reading = _read_pages()
    assert [table.range for table in reading.tables] == ["A3:D13"]
    assert {str(tie.difference) for tie in reading.tie_outs} == {"0.000000"}
    assert [reading.tables[0].roles[row] for row in (6, 7, 8)] == [RowRole.NOTE, RowRole.NOTE, RowRole.HEADER]
    assert not reading.findings


def test_options_of_a_report_say_nothing_of_its_amounts() -> None:
    reading = _read_pages(["☐ Include pre encumbrance"], ["Sorted by: Fund"], ["Filtered by (Fiscal Year = 2019)"])
    assert {(total.fiscal_year, total.basis) for total in reading.totals} == {
        ("FY2024-25", Basis.BUDGET),
        ("FY2024-25", Basis.AVAILABLE),
    }


def test_the_foot_of_a_report_holds_no_amounts() -> None:
    foot = [[], ["End of Report"], ["Printed: 07/22/2025", "10:03 AM", "Report: rptBudget", "2024.1.28"]]
    reading = _read_pages(footer=foot)
    assert not reading.findings
    assert all(not tie.difference for tie in reading.tie_outs)
    assert reading.tables[0].roles[16] is RowRole.NOTE


def test_words_of_pages_and_options() -> None:
    assert all(map(is_print_mark, ("PAGE NUMBER: 3", "Run Date 07/14/2025", "Page 1/1", "*** END OF REPORT ***")))
    assert not any(map(is_print_mark, ("Homepage", "Date", "Report cards", "Time clocks", "2024-25", "Program: 21")))


def test_lines_padded_with_blanks_are_looked_at_once() -> None:
    """Parted in every way, this text would take minutes."""
    blanks = " " * 400
    assert not is_print_mark(f"{blanks}page{blanks}of the budget") and is_print_mark(f"{blanks}page{blanks}3{blanks}")
    assert is_option_line("Selection")
    assert not is_option_line("Printing and binding")


def test_a_title_of_budgets_and_what_became_of_them_names_no_basis() -> None:
    assert read_title_basis("Comparison of Expenditures and Encumbrances to Budget") is None
    assert read_title_basis("Budget to Actual") is None
    assert read_title_basis("Proposed Budget") is Basis.PROPOSED


def test_a_page_number_over_a_column_that_is_left_out_marks_its_row_and_codes_need_no_header() -> None:
    head = [
        ["Cnty Dist:", "123-901", "Comparison of Expenditures to Budget", "Fiscal Year 2024-25", "Page: 1 of 2"],
        [None, None, "Budget", "YTD Actual", "% Used"],
    ]
    first = [[11, "INSTRUCTION"], [6100, "PAYROLL", 80.5, 20.25, "25%"], [6300, "SUPPLIES", 20.5, 5.0, "24%"]]
    second = [["Total 11", "INSTRUCTION", 101.0, 25.25, "25%"], [41, "ADMIN"], [6100, "PAYROLL", 7.5, 1.0, "13%"]]
    totals = [["Total 41", "ADMIN", 7.5, 1.0, "13%"], ["Total Expenditures", None, 108.5, 26.25, "24%"]]
    reading = read_sheet(*head, *first, *head, *second, *totals)
    assert reading.tables[0].roles[6] is RowRole.NOTE
    assert not reading.findings and not any(tie.difference for tie in reading.tie_outs)
    assert {str(total.detail_total) for total in reading.totals} == {"108.500000", "26.250000"}
