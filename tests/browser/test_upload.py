"""The upload page in a real browser: a file is dropped, its picture is gone through by keyboard, axe finds nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from develop.server import Dashboard, run_dashboard

BUDGET = (
    "Account,Description,2025-26 Adopted,2026-27 Proposed\n"
    "10-2580-350,Network services,1000,1200\n10-2580-650,Software,400,450\nTotal,,1400,1700\n"
)
DROPPED = "small.csv"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with run_dashboard(tmp_path_factory.mktemp("upload") / "techplan.duckdb") as dashboard:
        yield dashboard


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_dropped_file_is_looked_at_by_keyboard(
    dashboard: Dashboard,
    open_page: Callable[..., Page],
    wait_until_idle: Callable[[Page], None],
    find_violations: Callable[[Page], list[str]],
    tmp_path: Path,
    color_scheme: str,
) -> None:
    (tmp_path / DROPPED).write_text(BUDGET)
    page = open_page(f"{dashboard.url}/upload?district=sample", color_scheme)
    if page.locator("input[type=file]").count():  # the second window finds the reading of the first
        page.set_input_files("input[type=file]", str(tmp_path / DROPPED))
    page.get_by_role("heading", name=DROPPED).wait_for()
    wait_until_idle(page)
    page.get_by_label("Go to a cell").focus()
    page.keyboard.type("D4")
    page.keyboard.press("Enter")
    page.locator("td.focus").wait_for()
    assert page.locator("td.focus").inner_text() == "→ ! 1700"
    assert page.locator("td.covered").count() == 2
    assert find_violations(page) == []
    page.get_by_role("link", name="small!D4").first.focus()
    page.keyboard.press("Enter")
    page.locator("td.focus").wait_for()
    wait_until_idle(page)
    box = page.locator("td.focus").bounding_box()
    assert box and 0 <= box["y"] < 720  # the picture of the cell is in sight
