"""What holds for every page of the sample district, whoever wrote it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from develop.server import Dashboard
from pages.rooms import PAGES, Entry

OpenPage = Callable[..., Page]


@pytest.fixture(params=PAGES, ids=lambda entry: entry.url_path)
def entry(request: pytest.FixtureRequest) -> Entry:
    return request.param


def test_a_page_opens_by_its_address_without_an_error_and_axe_finds_nothing(
    sample_dashboard: Dashboard,
    open_tab: OpenPage,
    find_violations_by_day_and_night: Callable[[Page], list[str]],
    entry: Entry,
) -> None:
    page = open_tab(f"{sample_dashboard.url}/{entry.url_path}")
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    assert page.locator("h1").count() == 1
    assert find_violations_by_day_and_night(page) == []
