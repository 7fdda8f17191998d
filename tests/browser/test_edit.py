"""Editing in a real browser: a stale tab sees both values, and a table takes what is typed and pasted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from develop.server import Dashboard, run_dashboard

OpenPage = Callable[..., Page]
Wait = Callable[[Page], None]
HEADER_PIXELS, ROW_PIXELS, MARKER_PIXELS = 36, 35, 33


@pytest.fixture
def dashboard(tmp_path: Path) -> Iterator[Dashboard]:
    with run_dashboard(tmp_path / "techplan.duckdb") as dashboard:
        yield dashboard


def rename_in_form(page: Page, name: str, wait: Wait) -> None:
    page.get_by_text("Form", exact=True).click()
    wait(page)
    page.get_by_role("textbox", name="Name").first.fill(name)


def test_a_stale_tab_sees_both_values_and_chooses(
    dashboard: Dashboard, open_page: OpenPage, wait_until_idle: Wait, find_violations: Callable[[Page], list[str]]
) -> None:
    first, second = (open_page(f"{dashboard.url}/edit") for _ in range(2))
    for page, name in ((first, "Laptops"), (second, "Tablets")):
        rename_in_form(page, name, wait_until_idle)
    first.get_by_role("button", name="Save this row").click()
    first.get_by_text("Saved as revision 2.").wait_for()
    second.get_by_role("button", name="Save this row").click()
    second.get_by_text("nothing was saved").wait_for()
    choices = second.get_by_test_id("stRadio").filter(has_text="Which counts for student-devices?")
    assert "Name Laptops" in choices.inner_text()
    assert "Yours: Name Tablets" in choices.inner_text()
    assert find_violations(second) == []
    choices.get_by_text("Yours: Name Tablets").click()
    wait_until_idle(second)
    second.get_by_role("button", name="Save", exact=True).click()
    second.get_by_text("Saved as revision 3.").wait_for()
    first.reload()
    wait_until_idle(first)
    rename_in_form(first, "Tablets", wait_until_idle)
    assert first.get_by_role("button", name="Save", exact=True).count() == 0  # that is what the plan says


def click_cell(page: Page, row: int, pixels_right: int) -> None:
    """Click into a cell of the table; rows are counted from 0, pixels from the first column."""
    page.locator("[data-testid=stDataFrame] .dvn-scroller").click(
        position={"x": MARKER_PIXELS + pixels_right, "y": HEADER_PIXELS + ROW_PIXELS * row + 17}
    )
    page.wait_for_timeout(500)  # the cell is drawn on a canvas: nothing in the page says that it is chosen


def test_a_table_takes_what_is_typed_and_pasted(
    dashboard: Dashboard, open_page: OpenPage, wait_until_idle: Wait
) -> None:
    page = open_page(f"{dashboard.url}/edit?section=Rates")
    click_cell(page, 0, 260)
    page.keyboard.type("9.5%", delay=50)
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.get_by_text("→ 9.5 %").wait_for()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('6%\\n7.25%')")
    click_cell(page, 0, 260)
    page.keyboard.press("Control+V")
    page.get_by_text("5 % → 7.25 %").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved as revision 2.").wait_for()
    page.goto(f"{dashboard.url}/revisions")
    wait_until_idle(page)
    words = page.inner_text("[data-testid=stMain]")
    assert "From revision 1 to revision 2: 2 rows" in words
    assert "Change of the budgeted cost" in words
