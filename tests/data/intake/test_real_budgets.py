"""Every truth of the two real workbooks of one Oregon district, and the same truths after rearranging them."""

import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from data.intake.cells import Workbook, cell_address
from data.intake.model import Reading
from data.intake.reading import read_budget
from data.intake.source import read_workbook
from planning.vocabulary import ReadingStatus, Severity, Unit
from tests.data.intake.layouts import (
    change_cell,
    insert_blank_rows,
    insert_title_rows,
    list_mismatches,
    move_columns,
    rename_sheets,
    sum_where,
)

SHARED = Path(__file__).parents[4] / "shared" / "workbooks"
EXPENDITURES = SHARED / "dayton_or_2024-25_proposed_expenditures.xlsx"
REVENUE = SHARED / "dayton_or_2024-25_proposed_revenue.xlsx"
PROPOSED = "2024-2025 Proposed"
LABELS, VALUES = range(5), range(5, 13)

pytestmark = [
    pytest.mark.workbooks,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared workbooks are not here"),
]


@pytest.fixture(scope="module")
def expenditures() -> Workbook:
    return read_workbook(str(EXPENDITURES))


@pytest.fixture(scope="module")
def revenue() -> Workbook:
    return read_workbook(str(REVENUE))


@pytest.fixture(scope="module")
def spending(expenditures: Workbook) -> Reading:
    return read_budget(expenditures)


@pytest.fixture(scope="module")
def income(revenue: Workbook) -> Reading:
    return read_budget(revenue)


def list_truths(file: Path) -> list[dict]:
    manifest = json.loads((SHARED / "manifest.json").read_text()) if SHARED.exists() else []
    return next((entry["truths"] for entry in manifest if entry["file"] == file.name), [])


def check_truth(reading: Reading, truth: dict) -> None:
    """One entry of the manifest, found in a reading by what its description quotes."""
    words = truth["description"]
    expected = Decimal(str(truth["expected_value"]))
    quoted = words.split("'")[1] if "'" in words else PROPOSED
    total = next(total for total in reading.totals if total.header == quoted)
    if truth["kind"] == "grand_total" or truth["kind"] == "non_money_total":
        assert (total.detail_total, total.printed_total) == (expected, expected)
        assert total.unit is (Unit.USD if truth["kind"] == "grand_total" else Unit.FTE)
    elif truth["kind"] == "zero_column":
        columns = [c for table in reading.tables for c in table.columns if c.header == quoted]
        assert len(columns) == len(reading.tables) and all(column.empty for column in columns)
        assert not any(c.column in table.lines.amounts for table in reading.tables for c in columns if c.empty)
    elif truth["kind"] == "count":
        assert (reading.published_lines if "lines" in words else len(reading.tables)) == expected
    else:
        attribute, prefix, lines = NAMED_SUMS[truth["kind"], str(truth["expected_value"])]
        found, count = sum_where(reading, PROPOSED, attribute, prefix)
        assert (found, lines or count) == (float(expected), count)


NAMED_SUMS = {
    ("fund_total", "15850606.16"): ("fund_code", "100", 0),
    ("technology", "176197.0"): ("object_code", "470", 50),
    ("technology", "209990.0"): ("object_code", "480", 20),
    ("technology", "644217.73"): ("function_code", "266", 73),
    ("technology_funding", "80000"): ("object_code", "R1991", 0),
    ("cross_file", "181000"): ("fund_code", "415", 0),
}


@pytest.mark.parametrize("truth", list_truths(EXPENDITURES), ids=lambda truth: truth["description"][:60])
def test_every_truth_of_the_expenditures_holds(spending: Reading, truth: dict) -> None:
    check_truth(spending, truth)


@pytest.mark.parametrize("truth", list_truths(REVENUE), ids=lambda truth: truth["description"][:60])
def test_every_truth_of_the_revenue_holds(income: Reading, truth: dict) -> None:
    check_truth(income, truth)


def test_the_erate_fund_balances_across_the_two_files(spending: Reading, income: Reading) -> None:
    assert sum_where(spending, PROPOSED, "fund_code", "415")[0] == sum_where(income, PROPOSED, "fund_code", "415")[0]
    by_file = [next(t.detail_total for t in r.totals if t.header == PROPOSED) for r in (spending, income)]
    assert by_file[0] - by_file[1] == Decimal("1.86")


def test_nothing_is_asked_and_nothing_untrue_is_warned(spending: Reading, income: Reading) -> None:
    for reading in (spending, income):
        assert (reading.status, reading.questions, reading.chart) == (ReadingStatus.READY, (), "oregon")
        assert {finding.severity for finding in reading.findings} == {Severity.NOTE}
        assert all(tie.difference == 0 for tie in reading.tie_outs)


def test_technology_is_found_by_the_states_codes_and_the_rule_is_kept(spending: Reading) -> None:
    rules = [rule for table in spending.tables for rule in table.lines.attributes["technology_rule"] if rule]
    assert set(rules) == {
        "Oregon function 266x Technology services",
        "Oregon object 470 Computer software",
        "Oregon object 480 Computer hardware",
    }
    assert rules.count("Oregon function 266x Technology services") == 73


def test_a_line_keeps_its_codes_as_printed_and_names_from_the_file(spending: Reading) -> None:
    lines = spending.tables[0].lines
    first = {name: texts[0] for name, texts in lines.attributes.items()}
    assert (first["account"], first["fund_code"], first["fund_name"]) == ("100-1220-001-320-112", "100", "GENERAL FUND")
    assert (first["function_code"], first["object_code"], first["object_name"]) == ("1220", "112", "CLASS SALARIES")
    assert (first["location_code"], first["location_name"]) == ("001", "District")
    assert (first["program_code"], first["description"]) == ("320", "RESTRICTIVE PROG/SPED")
    assert (lines.row_number[0], lines.amounts["G"][0], first["side"]) == (5, 27.68, "expenditure")


def test_totals_name_what_they_cover_even_over_sheets(spending: Reading) -> None:
    covers = {(tie.label, tie.covers) for tie in spending.tie_outs}
    assert ("Overall - Total", "all 95 sheets") in covers
    assert ("100 - GENERAL FUND - Total", "4 sheets: fund 100 - GENERAL FUND") in covers
    assert ("1001220001320000 - RESTRICTIVE PROG/SPED - Total", "rows 5–10") in covers


def shuffle(order: range, seed: int) -> list[int]:
    return random.Random(seed).sample(list(order), len(order))


REARRANGEMENTS: dict[str, Callable[[Workbook], Workbook]] = {
    "sheets renamed": rename_sheets,
    "value columns swapped": lambda w: move_columns(w, [*LABELS, *shuffle(VALUES, 1)]),
    "label columns swapped": lambda w: move_columns(w, [*shuffle(LABELS, 2), *VALUES]),
    "all columns shuffled": lambda w: move_columns(w, shuffle(range(13), 3)),
    "blank rows": lambda w: insert_blank_rows(w, 4),
    "more titles": insert_title_rows,
    "all at once": lambda w: insert_title_rows(
        insert_blank_rows(move_columns(rename_sheets(w), shuffle(range(13), 5)), 6)
    ),
}


@pytest.mark.parametrize("name", REARRANGEMENTS)
def test_rearranging_the_expenditures_changes_no_truth(expenditures: Workbook, name: str) -> None:
    reading = read_budget(REARRANGEMENTS[name](expenditures))
    for truth in list_truths(EXPENDITURES):
        check_truth(reading, truth)
    assert not list_mismatches(reading) and not reading.questions
    assert {c.basis for t in reading.tables for c in t.columns if c.header == "2023-2024 FTE"} <= {"budget", "proposed"}


@pytest.mark.parametrize("name", ["sheets renamed", "blank rows", "more titles"])
def test_rearranging_the_revenue_changes_no_truth(revenue: Workbook, name: str) -> None:
    reading = read_budget(REARRANGEMENTS[name](revenue))
    for truth in list_truths(REVENUE):
        check_truth(reading, truth)
    assert not list_mismatches(reading) and not reading.questions


@pytest.mark.parametrize("order", [[1, 0, 2, 3, 4, 5, 6, 7], [0, 1, 7, 4, 2, 6, 3, 5], [5, 2, 0, 7, 4, 1, 3, 6]])
def test_moving_the_columns_of_the_revenue_changes_no_truth(revenue: Workbook, order: list[int]) -> None:
    reading = read_budget(move_columns(revenue, order))
    for truth in list_truths(REVENUE):
        check_truth(reading, truth)
    assert not list_mismatches(reading)


def find_totals(workbook: Workbook, sheet_no: int, row: int) -> set[tuple[str, int]]:
    """The four totals over a line: of its organisation, cost centre, fund and of everything; read by hand."""
    sheet = workbook.sheets[sheet_no]
    below = range(row + 1, len(sheet.rows))
    org = next(r for r in below if str(sheet.rows[r][1] or "").endswith("Total"))
    centre = next(r for r in below if str(sheet.rows[r][0] or "").endswith("Total"))
    fund = str(sheet.rows[2][0]).removeprefix("Fund: ")
    found = {(sheet.name, org), (sheet.name, centre)}
    for other in workbook.sheets:
        for number, cells in enumerate(other.rows):
            if str(cells[0]) in (f"{fund} - Total", "Overall - Total"):
                found.add((other.name, number))
    return found


def sample_cells(workbook: Workbook, count: int, seed: int) -> list[tuple[int, int, int]]:
    """Sheet, row and column of detail cells, over all columns; small sheets as often as large ones."""
    random_ = random.Random(seed)
    cells = []
    while len(cells) < count:
        sheet_no = random_.randrange(len(workbook.sheets))
        rows = [r for r, cells_ in enumerate(workbook.sheets[sheet_no].rows) if r > 3 and cells_[3] and cells_[4]]
        cells.append((sheet_no, random_.choice(rows), random_.choice(list(VALUES))))
    return cells


@pytest.mark.parametrize("seed", range(3))
def test_one_dollar_in_one_cell_breaks_exactly_the_totals_over_it(expenditures: Workbook, seed: int) -> None:
    for sheet_no, row, column in sample_cells(expenditures, 8, seed):
        name = expenditures.sheets[sheet_no].name
        reading = read_budget(change_cell(expenditures, name, row, column, 1.0))
        expected = {(s, cell_address(r, column)) for s, r in find_totals(expenditures, sheet_no, row)}
        assert list_mismatches(reading) == expected, (name, row, column)
        assert reading.published_lines == 2227


@pytest.mark.parametrize("seed", range(12))
def test_one_dollar_in_the_revenue_breaks_its_fund_and_the_grand_total(revenue: Workbook, seed: int) -> None:
    random_ = random.Random(seed)
    sheet = random_.choice(list(revenue.sheets))
    row = random_.choice([r for r, cells in enumerate(sheet.rows) if str(cells[0] or "").startswith("R")])
    column = random_.choice(range(2, 8))
    reading = read_budget(change_cell(revenue, sheet.name, row, column, 1.0))
    fund = next(r for r, cells in enumerate(sheet.rows) if cells[0] == "Fund - Total")
    last = revenue.sheets[-1]
    grand = next(r for r, cells in enumerate(last.rows) if cells[0] == "Total Adopted Revenue")
    assert list_mismatches(reading) == {
        (sheet.name, cell_address(fund, column)),
        (last.name, cell_address(grand, column)),
    }


@pytest.mark.parametrize(
    "path", sorted(p for p in SHARED.glob("*") if p.suffix in (".xlsx", ".csv")), ids=lambda path: path.name
)
def test_no_real_workbook_breaks_the_reading(path: Path) -> None:
    reading = read_budget(read_workbook(str(path)))
    assert reading.status in ReadingStatus
    assert reading.totals or any(finding.severity is Severity.ERROR for finding in reading.findings)
