"""The sample district's budget workbook, laid out the way a finance office prints it.

One sheet a fund with a subtotal for every function and a total for the fund, one sheet of revenues, and a summary
that shows the same money again. Written with stored values only and a fixed date, so it is the same file each time.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.samples.ledger import (
    BUDGET_YEARS,
    YEARS,
    LedgerLine,
    Row,
    build_expenditures,
    build_revenues,
    list_funds,
    sum_by_fund,
    title_of,
)
from planning.money import to_dollars

DISTRICT = "HARLOW RIDGE SCHOOL DISTRICT (fictitious: a sample made for practice)"
PRINTED_ON = datetime(2026, 6, 10)
YEAR_HEADERS = tuple(f"{year} {'Adopted Budget' if year in BUDGET_YEARS else 'Actual'}" for year in YEARS)
EXPENDITURE_WORDS = ("Function", "Account", "Object", "Location", "Description", "Vendor")
EXPENDITURE_HEADERS = (*EXPENDITURE_WORDS, *YEAR_HEADERS, "2026-27 FTE")
REVENUE_HEADERS = ("Fund", "Account", "Source", "Description", *YEAR_HEADERS)
OPENING_BALANCE_CENTS = 1_184_000_000
BALANCE_FLOOR = Decimal("0.08")

Amounts = Sequence[int]


class Book:
    """The workbook being written, its formats, and the few shapes of row a budget document has."""

    def __init__(self) -> None:
        self.bytes = BytesIO()
        self.file = Workbook(self.bytes, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.file.set_properties({"title": "Harlow Ridge adopted budget 2026-27 (fictitious)", "created": PRINTED_ON})
        self.title = self._format(bold=True, font_size=13)
        self.header = self._format(bold=True, text_wrap=True, valign="vcenter", bg_color="#DDE6EE", border=1)
        self.label = self._format(valign="top", text_wrap=True)
        self.total_label = self._format(bold=True, top=1)
        self.day = self._format(num_format="mm/dd/yyyy", align="left")
        self.plain, self.total = self._money(), self._money(bold=True, top=1)
        self.fte, self.total_fte = (self._format(num_format="0.0", **style) for style in ({}, {"bold": True, "top": 1}))
        self.percent = self._format(num_format="0.0%")

    def _format(self, **properties: object) -> Format:
        return self.file.add_format({"font_name": "Arial", "font_size": 9, **properties})

    def _money(self, **properties: object) -> dict[bool, Format]:
        """Whole dollars for budget years, cents for actuals."""
        return {
            True: self._format(num_format="#,##0", **properties),
            False: self._format(num_format="#,##0.00", **properties),
        }

    def add_sheet(self, name: str, document: str, subject: str, widths: Sequence[int]) -> Worksheet:
        """A landscape sheet with the three title rows every sheet of the document has."""
        sheet = self.file.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for row, text in enumerate((DISTRICT, document, subject)):
            sheet.write_string(row, 0, text, self.title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def write_header(self, sheet: Worksheet, row: int, headers: Sequence[str]) -> None:
        for column, text in enumerate(headers):
            sheet.write_string(row, column, text, self.header)

    def write_amounts(self, sheet: Worksheet, row: int, column: int, cents: Amounts, total: bool = False) -> None:
        formats = self.total if total else self.plain
        for offset, (year, amount) in enumerate(zip(YEARS, cents, strict=True)):
            sheet.write_number(row, column + offset, float(to_dollars(amount)), formats[year in BUDGET_YEARS])

    def write_total(self, sheet: Worksheet, row: int, label: str, column: int, cents: Amounts) -> None:
        if column > 1:
            sheet.merge_range(row, 0, row, column - 1, label, self.total_label)
        else:
            sheet.write_string(row, 0, label, self.total_label)
        self.write_amounts(sheet, row, column, cents, total=True)

    def close(self) -> bytes:
        self.file.close()
        return self.bytes.getvalue()


def write_budget_workbook() -> bytes:
    """The whole budget document as one .xlsx file."""
    expenditures = build_expenditures()
    revenues = build_revenues(expenditures)
    book = Book()
    _write_summary(book, expenditures, revenues)
    for fund in list_funds():
        _write_fund(book, fund, [line for line in expenditures if line.fund == fund["code"]])
    _write_revenues(book, revenues)
    _write_balance(book, expenditures, revenues)
    return book.close()


def _write_fund(book: Book, fund: Row, lines: Sequence[LedgerLine]) -> None:
    """One fund's expenditures: a block for each function with its subtotal, then the fund's total."""
    title = title_of("fund", fund["code"])
    sheet = book.add_sheet(
        fund["sheet"], "2026-27 Adopted Expenditures", f"Fund: {title}", (24, 18, 30, 28, 38, 24, 15, 15, 15, 15, 9)
    )
    book.write_header(sheet, 3, EXPENDITURE_HEADERS)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(0, 3)
    row = 4
    for code, block in groupby(lines, key=lambda line: line.function):
        row = _write_function(book, sheet, row, title_of("function", code), list(block))
    _write_expenditure_total(book, sheet, row, f"{title} - Total", lines)
    sheet.write_datetime(row + 1, 0, PRINTED_ON, book.day)


def _write_function(book: Book, sheet: Worksheet, row: int, title: str, lines: Sequence[LedgerLine]) -> int:
    """The lines of one function and its subtotal; answers the next free row."""
    _write_block_label(book, sheet, row, title, len(lines))
    for line in lines:
        _write_expenditure(book, sheet, row, line)
        row += 1
    _write_expenditure_total(book, sheet, row, f"{title} - Total", lines)
    return row + 1


def _write_block_label(book: Book, sheet: Worksheet, row: int, title: str, height: int) -> None:
    """The block's name in its first row, merged down over the block as print programs do."""
    if height > 1:
        sheet.merge_range(row, 0, row + height - 1, 0, title, book.label)
    else:
        sheet.write_string(row, 0, title, book.label)


def _write_expenditure(book: Book, sheet: Worksheet, row: int, line: LedgerLine) -> None:
    words = (line.account, title_of("object", line.object), title_of("location", line.location), line.description)
    for column, text in enumerate((*words, line.vendor), start=1):
        if text:
            sheet.write_string(row, column, text, book.label)
    book.write_amounts(sheet, row, 6, line.amounts_cents)
    if line.staff_fte:
        sheet.write_number(row, 6 + len(YEARS), float(line.staff_fte), book.fte)


def _write_expenditure_total(book: Book, sheet: Worksheet, row: int, label: str, lines: Sequence[LedgerLine]) -> None:
    book.write_total(sheet, row, label, 6, _sum_lines(lines))
    staff_fte = sum((line.staff_fte for line in lines), Decimal(0))
    sheet.write_number(row, 6 + len(YEARS), float(staff_fte), book.total_fte)


def _write_revenues(book: Book, lines: Sequence[LedgerLine]) -> None:
    """Every fund's revenues on one sheet, with a total for each fund and one for all."""
    widths = (30, 12, 34, 36, 15, 15, 15, 15)
    sheet = book.add_sheet("Revenue", "2026-27 Adopted Revenue", "All Funds", widths)
    book.write_header(sheet, 3, REVENUE_HEADERS)
    sheet.freeze_panes(4, 0)
    row = 4
    for code, block in groupby(lines, key=lambda line: line.fund):
        row = _write_fund_revenue(book, sheet, row, title_of("fund", code), list(block))
    book.write_total(sheet, row, "All Funds - Total", 4, _sum_lines(lines))
    sheet.write_datetime(row + 1, 0, PRINTED_ON, book.day)


def _write_fund_revenue(book: Book, sheet: Worksheet, row: int, title: str, lines: Sequence[LedgerLine]) -> int:
    _write_block_label(book, sheet, row, title, len(lines))
    for line in lines:
        for column, text in enumerate((line.account, title_of("revenue", line.function), line.description), start=1):
            sheet.write_string(row, column, text, book.label)
        book.write_amounts(sheet, row, 4, line.amounts_cents)
        row += 1
    book.write_total(sheet, row, f"{title} - Total", 4, _sum_lines(lines))
    return row + 1


def _write_summary(book: Book, expenditures: Sequence[LedgerLine], revenues: Sequence[LedgerLine]) -> None:
    """Funds by year, twice: what comes in and what goes out."""
    sheet = book.add_sheet("Summary", "2026-27 Adopted Budget", "Summary of All Funds", (40, 17, 17, 17, 17))
    next_row = _write_summary_table(book, sheet, 4, "Revenue by Fund", sum_by_fund(revenues))
    last_row = _write_summary_table(book, sheet, next_row + 1, "Expenditures by Fund", sum_by_fund(expenditures))
    sheet.write_datetime(last_row, 0, PRINTED_ON, book.day)


def _write_summary_table(
    book: Book, sheet: Worksheet, row: int, heading: str, by_fund: dict[str, tuple[int, ...]]
) -> int:
    sheet.write_string(row, 0, heading, book.title)
    book.write_header(sheet, row + 1, ("Fund", *YEAR_HEADERS))
    row += 2
    for code, cents in by_fund.items():
        sheet.write_string(row, 0, title_of("fund", code), book.label)
        book.write_amounts(sheet, row, 1, cents)
        row += 1
    label = f"Total {heading.removesuffix(' by Fund')}, All Funds"
    book.write_total(sheet, row, label, 1, _sum_years(by_fund.values()))
    return row + 1


def _write_balance(book: Book, expenditures: Sequence[LedgerLine], revenues: Sequence[LedgerLine]) -> None:
    """Where the general fund's balance goes in the budget year, beside the board's floor."""
    revenue, spent = (sum_by_fund(lines)["10"][-1] for lines in (revenues, expenditures))
    ending = OPENING_BALANCE_CENTS + revenue - spent
    sheet = book.add_sheet("Fund Balance", "2026-27 Adopted Budget", "Fund: 10 - General Fund, balance", (44, 20))
    book.write_header(sheet, 3, ("Fund balance", YEAR_HEADERS[-1]))
    amounts = {"Beginning balance": OPENING_BALANCE_CENTS, "Plus revenue": revenue, "Less expenditures": -spent}
    for row, (label, cents) in enumerate((amounts | {"Ending balance": ending}).items(), start=4):
        sheet.write_string(row, 0, label, book.label)
        sheet.write_number(row, 1, float(to_dollars(cents)), book.plain[True])
    shares = {"Ending balance as a share of expenditures": Decimal(ending) / spent, "Board floor": BALANCE_FLOOR}
    for row, (label, share) in enumerate(shares.items(), start=9):
        sheet.write_string(row, 0, label, book.label)
        sheet.write_number(row, 1, float(round(share, 4)), book.percent)


def _sum_lines(lines: Iterable[LedgerLine]) -> tuple[int, ...]:
    return _sum_years(line.amounts_cents for line in lines)


def _sum_years(rows: Iterable[Amounts]) -> tuple[int, ...]:
    return tuple(sum(year) for year in zip(*rows, strict=True))
