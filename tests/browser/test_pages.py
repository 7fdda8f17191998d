"""The three people's work in a real browser: a budget from file to cell and back, a plan out and in again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.samples.build import BUDGET_FILE
from develop.server import Dashboard, run_dashboard

WORKBOOKS = Path(__file__).resolve().parents[2].parent / "shared" / "workbooks"
DAYTON = WORKBOOKS / "dayton_or_2024-25_proposed_expenditures.xlsx"
SECONDS = 30_000
OpenPage = Callable[..., Page]
FindViolations = Callable[[Page], list[str]]
LINES = "by=Lines&fund=10&function=2580&object=530"
DRILL_DOWNS = {
    "technology": "budget?by=Function&fund=10&technology=true",
    "shares": "budget?other=FY2026-27%20adopted&fund=31",
    "nothing": "budget?fund=99",
    "initiative": "initiatives?initiative=wifi",
    "alternative": "initiatives?initiative=keep-sis",
    "unknown initiative": "initiatives?initiative=nothing",
    "unknown cell": "budget?cell=A1",
}


def drop(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)


def read(page: Page, words: str) -> None:
    """Wait until the words can be read."""
    expect(page.get_by_text(words).first).to_be_visible(timeout=SECONDS)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click(timeout=SECONDS)


def follow(page: Page, caption: str, name: str) -> None:
    """Click a link in the table with this caption."""
    page.get_by_role("region", name=caption, exact=True).get_by_role("link", name=name, exact=True).click()


@pytest.fixture
def large_budget(tmp_path: Path) -> Path:
    """A ledger of a quarter of a million lines: nobody can press a button later than it is read."""
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Account,Description,2025-26 Adopted,2026-27 Proposed\n")
        for row in range(1, 250_000):
            file.write(f"10-{1000 + row % 9 * 100}-{row % 7 * 100 + 110},Line {row},{row}.25,{row + 1}.75\n")
    return path


@pytest.fixture
def writable_dashboard(tmp_path: Path) -> Iterator[Dashboard]:
    """The sample district on a store of this test."""
    with run_dashboard(tmp_path / "sample.duckdb") as dashboard:
        yield dashboard


def test_axe_finds_nothing_where_a_page_leads_down(
    sample_dashboard: Dashboard,
    open_page: OpenPage,
    wait_until_idle: Callable[[Page], None],
    find_violations_by_day_and_night: FindViolations,
) -> None:
    page = open_page(f"{sample_dashboard.url}/budget?{LINES}")
    found = {"lines": find_violations_by_day_and_night(page)}
    follow(page, "Expenditures of FY2026-27 adopted: 4 lines", "J902")
    read(page, "Where it was printed")
    found["receipt"] = find_violations_by_day_and_night(page)
    for name, address in DRILL_DOWNS.items():
        page.goto(f"{sample_dashboard.url}/{address}")
        wait_until_idle(page)
        found[name] = find_violations_by_day_and_night(page)
    assert found == {name: [] for name in ("lines", "receipt", *DRILL_DOWNS)}


def test_a_budget_goes_from_the_file_to_the_cell_of_a_line_and_is_taken_back(
    cold_dashboard: Dashboard, open_page: OpenPage, find_violations: FindViolations
) -> None:
    page = open_page(f"{cold_dashboard.url}/upload")
    drop(page, BUDGET_FILE)
    read(page, "All 429 printed totals tie out")
    assert find_violations(page) == []
    press(page, "Publish")
    read(page, "1,453 lines are now Budget, version 1.")
    page.get_by_role("link", name="See it in the budget").click()
    follow(page, "Expenditures by fund", "10")
    read(page, "Narrowed to")
    follow(page, "Expenditures by function", "2580")
    read(page, "Expenditures by object")
    page.get_by_role("radio", name="Lines").click()
    follow(page, "Expenditures of FY2026-27 adopted: 32 lines", "J902")
    read(page, "$169,200.00 in 10 General!J902")
    read(page, "2580 - Administrative Technology Services - Total")
    page.get_by_role("link", name="Upload").click()
    press(page, "Take one back")
    press(page, "Take it back")
    read(page, "No version of it counts now.")
    assert find_violations(page) == []
    page.get_by_role("link", name="Budget", exact=True).click()
    read(page, "No budget in dollars has been published yet.")


def test_a_reading_shows_how_far_it_is_and_can_be_cancelled(
    cold_dashboard: Dashboard, open_page: OpenPage, large_budget: Path
) -> None:
    page = open_page(f"{cold_dashboard.url}/upload")
    drop(page, large_budget)
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=SECONDS)
    press(page, "Cancel")
    read(page, "The work was cancelled")
    press(page, "Try another file")
    expect(page.locator("input[type=file]")).to_be_attached()


def test_a_reading_goes_on_while_its_tab_is_closed_and_a_new_tab_finds_it(
    cold_dashboard: Dashboard, open_page: OpenPage
) -> None:
    page = open_page(f"{cold_dashboard.url}/upload")
    drop(page, BUDGET_FILE)
    started = page.get_by_role("button", name=re.compile("^(Cancel|Publish)$"))
    expect(started.first).to_be_visible(timeout=SECONDS)
    page.close()
    read(open_page(f"{cold_dashboard.url}/upload"), "All 429 printed totals tie out")


def test_a_plan_goes_out_comes_in_broken_comes_in_mended_and_is_saved(
    tmp_path: Path, writable_dashboard: Dashboard, open_page: OpenPage, find_violations: FindViolations
) -> None:
    page = open_page(f"{writable_dashboard.url}/initiatives")
    page.get_by_text("Plan workbook: download, fill, upload").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the plan as a workbook").click()
    download.value.save_as(tmp_path / "plan.xlsx")
    change_cell(tmp_path / "plan.xlsx", tmp_path / "broken.xlsx", "Goals", "G4", "a lot")
    drop(page, tmp_path / "broken.xlsx")
    read(page, "This plan cannot be saved yet")
    assert find_violations(page) == []
    press(page, "Try another file")
    change_cell(tmp_path / "plan.xlsx", tmp_path / "mended.xlsx", "Initiatives", "B4", "Wireless everywhere")
    drop(page, tmp_path / "mended.xlsx")
    read(page, "5 goals, 15 initiatives, 11 sources")
    assert find_violations(page) == []
    press(page, "Save this plan")
    read(page, "Saved as revision 2.")
    expect(page.get_by_role("link", name="Wireless everywhere")).to_be_visible(timeout=SECONDS)


def change_cell(source: Path, target: Path, sheet: str, cell: str, value: str) -> None:
    book = openpyxl.load_workbook(source)
    book[sheet][cell] = value
    book.save(target)


@pytest.mark.workbooks
@pytest.mark.skipif(not DAYTON.exists(), reason="the shared workbooks are not here")
def test_a_real_budget_of_95_sheets_ties_out_and_is_published(
    cold_dashboard: Dashboard, open_page: OpenPage, find_violations: FindViolations
) -> None:
    page = open_page(f"{cold_dashboard.url}/upload", "dark")
    drop(page, DAYTON)
    read(page, "All 2,682 printed totals tie out")
    assert find_violations(page) == []
    press(page, "Publish")
    read(page, "2,227 lines are now Expenditure budget, version 1.")
    page.get_by_role("link", name="See it in the budget").click()
    expect(page.get_by_role("row", name=re.compile(r"^Total .*\$24,989,942")).first).to_be_visible(timeout=SECONDS)
    page.get_by_role("radio", name="Lines").click()
    read(page, "Expenditures of FY2024-25 proposed: 2,227 lines")
    page.get_by_role("region").get_by_role("link").first.click()
    read(page, "Printed totals that this amount is part of")
    assert find_violations(page) == []
