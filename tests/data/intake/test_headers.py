"""What headers, titles and cells say, spelling by spelling."""

import pytest

from data.intake.codes import part_code_title, read_field
from data.intake.headers import read_basis, read_label_header, read_scale, read_side, read_value_header, read_years
from data.intake.numbers import cell_text, is_placeholder, read_amount_column, read_amount_text
from data.intake.rows import is_total_label
from planning.vocabulary import Basis, Side, Unit


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021-2022 Actual", "FY2021-22"),
        ("2024-25", "FY2024-25"),
        ("2024–2025 Proposed", "FY2024-25"),
        ("FY25", "FY2024-25"),
        ("FY 2025 Budget", "FY2024-25"),
        ("FY2024-25", "FY2024-25"),
        ("FY24/25 Adopted", "FY2024-25"),
        ("SY24-25", "FY2024-25"),
        ("Fiscal Year 2015", "FY2014-15"),
        ("1999-00", "FY1999-00"),
        ("FY99", "FY1998-99"),
        ("1998-99 audited", "FY1998-99"),
        ("2025 Budget", "FY2024-25"),
    ],
)
def test_every_spelling_of_a_fiscal_year_is_read(text: str, year: str) -> None:
    assert read_years(text)[0] == (year,)


@pytest.mark.parametrize("text", ["FY2021-25", "2015 - 2017", "10-2580-352", "Function 2580", "05/13/2024", "1990s"])
def test_what_is_no_single_fiscal_year_is_not_read_as_one(text: str) -> None:
    assert read_years(text)[0] == ()


@pytest.mark.parametrize(
    ("convention", "year"), [("ends", "FY2024-25"), ("starts", "FY2025-26"), ("calendar", "FY2025")]
)
def test_a_bare_year_follows_the_districts_convention(convention: str, year: str) -> None:
    assert read_years("2025", convention) == ((year,), True)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("FY25 Actuals", Basis.ACTUAL),
        ("Adopted Budget", Basis.ADOPTED),
        ("Amended", Basis.REVISED),
        ("YTD Actual", Basis.YEAR_TO_DATE),
        ("Encumbrances", Basis.ENCUMBERED),
        ("Appropriation", Basis.BUDGET),
        ("Dept Requested", Basis.REQUESTED),
        ("Amount", None),
    ],
)
def test_the_basis_is_the_most_telling_word(text: str, basis: Basis | None) -> None:
    assert read_value_header(text).basis is basis


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("2024-25 FTE", Unit.FTE),
        ("Cost per pupil", Unit.USD_PER_PUPIL),
        ("2024-25 enrollment", Unit.PUPILS),
        ("% of total", Unit.PERCENT),
        ("Amount", Unit.USD),
        ("2024-25", None),
    ],
)
def test_the_unit_is_read_from_the_header(text: str, unit: Unit | None) -> None:
    assert read_value_header(text).unit is unit


def test_change_and_row_total_columns_are_recognised() -> None:
    assert read_value_header("Increase/(Decrease)").is_change and read_value_header("$ Change").is_change
    assert read_value_header("Grand Total").is_row_total and not read_value_header("Total Budget").is_row_total


def test_scale_and_side_come_from_words() -> None:
    assert [read_scale(t) for t in ("(in thousands)", "$000s", "in millions", "Budget")] == [1000, 1000, 1_000_000, 1]
    assert read_side("Proposed Revenue") is Side.REVENUE and read_side("Expenditures by fund") is Side.EXPENDITURE
    assert read_side("Revenues and Expenditures") is Side.UNKNOWN


@pytest.mark.parametrize(
    ("header", "dimension", "is_name"),
    [
        ("Cost Center", "location", False),
        ("Object Title", "object", True),
        ("FunctionCode", "function", False),
        ("Acct Code", "account", False),
        ("FUND_NAME", "fund", True),
        ("Vendor", "vendor", False),
        ("Budget Orgn", "org", False),
        ("Funding Source", "project", False),
        ("Description", "description", True),
    ],
)
def test_label_headers_name_their_dimension(header: str, dimension: str, is_name: bool) -> None:
    meaning = read_label_header(header)
    assert (meaning.dimension, meaning.is_name) == (dimension, is_name)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Fund: 100 - GENERAL FUND", ("fund", "100 - GENERAL FUND")),
        ("Fund 10 — General Fund", ("fund", "10 — General Fund")),
        ("General Fund (10)", ("fund", "10 - General Fund")),
        ("School: North High", ("location", "North High")),
        ("Function 2580 Technology", ("function", "2580 Technology")),
        ("Proposed Budget", None),
        ("School Board Budget", None),
    ],
)
def test_title_lines_name_fields(line: str, field: tuple[str, str] | None) -> None:
    assert read_field(line) == field


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10 - General Fund", ("10", "General Fund")),
        ("R1111", ("R1111", "")),
        ("001 - District - Total", ("001", "District - Total")),
        ("000 -  - Total", ("000", "- Total")),
        ("Office supplies", ("", "Office supplies")),
        ("0010 Teachers", ("0010", "Teachers")),
    ],
)
def test_codes_keep_letters_and_leading_zeros(text: str, parts: tuple[str, str]) -> None:
    assert part_code_title(text) == parts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$5,675", 5675),
        ("(1,234)", -1234),
        ("-$500", -500),
        ("1,234-", -1234),
        ("$(12.50)", -12.5),
        ("4,103,029.00", 4103029),
        ("793.138.22", None),
        ("1,23", None),
        ("(12", None),
        ("12 pieces", None),
    ],
)
def test_written_amounts_are_read_or_refused(text: str, amount: float | None) -> None:
    assert read_amount_text(text) == amount


def test_placeholders_are_no_amounts() -> None:
    column = read_amount_column([1, "-", "N/A", "#Missing", None, "$2", "two"])
    assert [value for value in column.amounts if value == value] == [1, 2]
    assert (column.written, column.unreadable) == ({5: "$2"}, {6: "two"})
    assert is_placeholder("—") and cell_text(100.0) == "100" and cell_text(" a  b ") == "a b"


@pytest.mark.parametrize(
    "label", ["Total", "Sub-total", "Grand Total", "Fund - Total", "Total Adopted Revenue", "TOTALS"]
)
def test_total_labels_are_recognised(label: str) -> None:
    assert is_total_label(label)


@pytest.mark.parametrize("label", ["Totally free", "Capital", "Subtotaling", "Rentals"])
def test_other_labels_are_no_totals(label: str) -> None:
    assert not is_total_label(label)


def test_a_letter_before_the_figures_makes_them_a_code_and_no_year() -> None:
    assert read_years("A2070 Guidance", "ends")[0] == ()
    assert read_years("Y2024 Budget", "ends")[0] == read_years("2024 Budget", "ends")[0] == ("FY2023-24",)


@pytest.mark.parametrize(
    ("header", "basis"),
    [
        ("Open PO", Basis.ENCUMBERED),
        ("Orders Open", Basis.ENCUMBERED),
        ("Free Balance", Basis.AVAILABLE),
        ("Ending Fund Balance", None),
        ("Unearned Revenue", Basis.AVAILABLE),
        ("Revenue Earned", Basis.ACTUAL),
        ("Cash Disb", Basis.ACTUAL),
        ("FYTD EXPENDABLE", Basis.REVISED),
        ("FYTD APPROPRIATED", Basis.BUDGET),
        ("2025 ORIG BUD", Basis.ORIGINAL),
        ("DEPT REQ", Basis.REQUESTED),
        ("SUPT REC", Basis.RECOMMENDED),
        ("Adj. Budget", Basis.REVISED),
        ("YR-TO-DATE", Basis.YEAR_TO_DATE),
        ("Y-T-D EXPENDITURES", Basis.YEAR_TO_DATE),
        ("ENC", Basis.ENCUMBERED),
        ("2023/2024 Audit", Basis.ACTUAL),
        ("Expenditure Audit Summary", None),
    ],
)
def test_stages_as_finance_systems_abbreviate_them(header: str, basis: Basis | None) -> None:
    assert read_basis(header) is basis


def test_what_was_used_of_a_budget_is_a_ratio() -> None:
    assert read_value_header("YTD/ BUD").unit is Unit.PERCENT
    assert read_value_header("Encumb/Req").unit is not Unit.PERCENT
