"""The page Districts stands in the navigation where there are several, and opens by its address anyway."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from data.store.database import Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from develop.server import Dashboard, run_dashboard
from planning.permissions import Role

OpenPage = Callable[..., Page]


@pytest.fixture
def two_districts(small_store: Path) -> Iterator[Dashboard]:
    store = Store(small_store)
    create_district(store, Viewer("tests", Role.ADMIN, "large"), "large", "Large District", "for a test")
    store.close()
    with run_dashboard(small_store) as dashboard:
        yield dashboard


def has_link(page: Page) -> bool:
    """Whether the navigation, with what it folds away, leads to the page."""
    return page.locator("header a[href*=districts], [role=menu] a[href*=districts]").count() > 0


def test_one_district_has_no_link_to_the_page_that_opens_by_its_address(
    small_dashboard: Dashboard, open_page: OpenPage
) -> None:
    assert not has_link(open_page(f"{small_dashboard.url}/about"))
    page = open_page(f"{small_dashboard.url}/districts")
    assert page.locator("h1").inner_text() == "Districts"


def test_two_districts_have_one_and_a_name_opens_its_overview(two_districts: Dashboard, open_page: OpenPage) -> None:
    page = open_page(f"{two_districts.url}/districts?district=small")
    assert has_link(page)
    page.get_by_role("link", name="Large District").click()
    page.wait_for_url("**/?district=large*")
