"""The sample budget, summed from the built workbook alone: what the specification fixes must hold to the dollar."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.samples.build import BUDGET_FILE, build_budget_file

YEARS = ("2023-24 Actual", "2024-25 Actual", "2025-26 Adopted Budget", "2026-27 Adopted Budget")
TECHNOLOGY_FUNCTIONS = {"2580", "2230"}
TECHNOLOGY_OBJECTS = {"351", "352", "432", "443", "530", "650", "734", "735"}

Cells = dict[str, object]


@dataclass(frozen=True)
class PrintedSheet:
    title: str
    document: str
    details: list[Cells]
    totals: list[Cells]


def read_sheet(sheet: Worksheet) -> PrintedSheet:
    rows = list(sheet.iter_rows(values_only=True))
    header = [str(cell) for cell in rows[3]]
    records = [dict(zip(header, row, strict=True)) for row in rows[4:]]
    details = [record for record in records if record["Account"]]
    totals = [record for record in records if str(record[header[0]]).endswith(" - Total")]
    return PrintedSheet(str(rows[2][0]), str(rows[1][0]), details, totals)


@pytest.fixture(scope="module")
def book() -> Iterator[dict[str, Worksheet]]:
    workbook = openpyxl.load_workbook(BytesIO(build_budget_file()))
    yield {sheet.title: sheet for sheet in workbook.worksheets}


@pytest.fixture(scope="module")
def funds(book: dict[str, Worksheet]) -> dict[str, PrintedSheet]:
    """Expenditure sheets by fund code."""
    return {name[:2]: read_sheet(sheet) for name, sheet in book.items() if name[:2].isdigit()}


@pytest.fixture(scope="module")
def revenue(book: dict[str, Worksheet]) -> PrintedSheet:
    return read_sheet(book["Revenue"])


def add(rows: list[Cells], column: str = YEARS[-1]) -> Decimal:
    return sum((Decimal(str(row[column] or 0)) for row in rows), Decimal(0))


def codes_of(row: Cells) -> list[str]:
    return str(row["Account"]).split("-")


def technology_by_account(funds: dict[str, PrintedSheet]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in (row for sheet in funds.values() for row in sheet.details):
        fund, function, object_code, _ = codes_of(row)
        if function in TECHNOLOGY_FUNCTIONS or object_code in TECHNOLOGY_OBJECTS:
            found[f"{fund}-{function}-{object_code}"] += add([row])
    return dict(found)


def test_the_committed_workbook_is_what_the_script_builds() -> None:
    assert build_budget_file() == BUDGET_FILE.read_bytes()


def test_the_workbook_carries_nothing_of_the_machine_that_wrote_it() -> None:
    with ZipFile(BUDGET_FILE) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.compress_type for part in parts.infolist()} == {ZIP_STORED}
        assert {part.create_system for part in parts.infolist()} == {3}


def test_every_sheet_says_that_the_district_is_fictitious(book: dict[str, Worksheet]) -> None:
    assert all("fictitious" in str(sheet["A1"].value) for sheet in book.values())


def test_there_are_about_fifteen_hundred_lines(funds: dict[str, PrintedSheet], revenue: PrintedSheet) -> None:
    count = sum(len(sheet.details) for sheet in funds.values()) + len(revenue.details)
    assert 1400 <= count <= 1600


def test_general_fund_revenue_expenditure_and_balance(
    book: dict[str, Worksheet], funds: dict[str, PrintedSheet], revenue: PrintedSheet
) -> None:
    general = [row for row in revenue.details if codes_of(row)[0] == "10"]
    assert add(general) == 97_412_000
    assert add(funds["10"].details) == 98_655_000
    balance = {row[0]: row[1] for row in book["Fund Balance"].iter_rows(min_row=5, values_only=True)}
    assert balance["Beginning balance"] == 11_840_000
    assert balance["Ending balance"] == 11_840_000 + 97_412_000 - 98_655_000 == 10_597_000
    assert balance["Ending balance as a share of expenditures"] == pytest.approx(0.107, abs=0.0005)


def test_technology_by_nces_codes_is_exact_account_by_account(funds: dict[str, PrintedSheet]) -> None:
    technology = technology_by_account(funds)
    coaches = ("10-2230-100", "10-2230-200", "22-2230-100", "22-2230-200")
    assert sum(technology.pop(account) for account in coaches) == 288_900
    assert technology == {
        "10-2580-100": 1_048_300,
        "10-2580-200": 377_400,
        "10-2580-352": 188_500,
        "10-2580-432": 96_200,
        "10-2580-530": 247_600,
        "10-2580-650": 142_900,
        "10-1000-530": 488_300,
        "10-1000-650": 734_400,
    }
    assert sum(technology.values()) + 288_900 == 3_612_500


@pytest.mark.parametrize("year", YEARS)
def test_every_printed_total_is_the_sum_of_its_lines(funds: dict[str, PrintedSheet], year: str) -> None:
    for sheet in funds.values():
        by_function: dict[str, Decimal] = defaultdict(Decimal)
        for row in sheet.details:
            by_function[codes_of(row)[1]] += add([row], year)
        *functions, fund = sheet.totals
        assert [add([row], year) for row in functions] == list(by_function.values())
        assert add([fund], year) == sum(by_function.values())


@pytest.mark.parametrize(("column", "year"), list(enumerate(YEARS, start=1)))
def test_the_summary_shows_the_same_money_again(
    book: dict[str, Worksheet], funds: dict[str, PrintedSheet], revenue: PrintedSheet, column: int, year: str
) -> None:
    printed = {row[0]: row[column] for row in book["Summary"].iter_rows(values_only=True) if row[0]}
    spent = sum((add(sheet.details, year) for sheet in funds.values()), Decimal(0))
    assert Decimal(str(printed["Total Expenditures, All Funds"])) == spent
    assert Decimal(str(printed["Total Revenue, All Funds"])) == add(revenue.details, year)
    assert add(revenue.totals[-1:], year) == add(revenue.details, year)


def test_every_other_fund_balances_in_the_budget_year(funds: dict[str, PrintedSheet], revenue: PrintedSheet) -> None:
    for fund in funds.keys() - {"10"}:
        received = add([row for row in revenue.details if codes_of(row)[0] == fund])
        assert received == add(funds[fund].details) > 0


def test_what_one_fund_transfers_out_another_receives(funds: dict[str, PrintedSheet], revenue: PrintedSheet) -> None:
    for year in YEARS:
        out = [row for sheet in funds.values() for row in sheet.details if codes_of(row)[2] == "910"]
        assert add(out, year) == add([row for row in revenue.details if codes_of(row)[1] == "5200"], year)


def test_budget_years_are_in_whole_dollars_and_actuals_carry_cents(funds: dict[str, PrintedSheet]) -> None:
    rows = funds["10"].details
    for year in YEARS[2:]:
        assert all(add([row], year) % 1 == 0 for row in rows)
    assert any(add([row], YEARS[0]) % 1 for row in rows)


def test_pay_and_staff_look_like_a_school_district(funds: dict[str, PrintedSheet]) -> None:
    rows = funds["10"].details
    share = {code: add([row for row in rows if codes_of(row)[2] == code]) / add(rows) for code in ("100", "200")}
    assert float(share["100"]) == pytest.approx(0.60, abs=0.02)
    assert float(share["200"]) == pytest.approx(0.22, abs=0.02)
    assert sum(add(sheet.details, "2026-27 FTE") for sheet in funds.values()) == 812
    assert add([row for row in rows if codes_of(row)[1] == "2580"], "2026-27 FTE") == 13


def test_general_fund_spending_grew_a_plausible_amount_each_year(funds: dict[str, PrintedSheet]) -> None:
    totals = [add(funds["10"].details, year) for year in YEARS]
    growth = [float(after / before) - 1 for before, after in pairwise(totals)]
    assert all(0.02 <= rate <= 0.05 for rate in growth)
