"""A real Chromium for the tests in this folder: `page` at the size of a wall screen, watched for outside requests."""

import os
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from develop.browser import find_browser

REQUIRED = os.environ.get("TECHPLAN_REQUIRE_BROWSER") == "1"
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]
WALL_SCREEN = ViewportSize(width=1280, height=720)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEME_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that light and dark change
IDLE = '[data-testid=stApp][data-test-script-state="notRunning"]'
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
OpenPage = Callable[..., Page]
ColorScheme = Literal["light", "dark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        (pytest.fail if REQUIRED else pytest.skip)("no Chromium found; name one with TECHPLAN_BROWSER")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def outside_requests() -> list[str]:
    """The addresses outside this computer that pages of this test asked for."""
    return []


@pytest.fixture
def open_page(browser: Browser, outside_requests: list[str]) -> Iterator[OpenPage]:
    """Open an address in a window of its own and wait until the page has run; `color_scheme` is light or dark.

    At the end of the test no page may have asked for anything outside this computer.
    """
    contexts = []

    def open_in_own_window(url: str, color_scheme: ColorScheme = "light") -> Page:
        context = browser.new_context(viewport=WALL_SCREEN, color_scheme=color_scheme)
        contexts.append(context)
        return open_watched(context, url, outside_requests)

    yield open_in_own_window
    for context in contexts:
        context.close()
    assert outside_requests == []


@pytest.fixture(scope="module")
def shared_window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=WALL_SCREEN)
    yield context
    context.close()


@pytest.fixture
def open_tab(shared_window: BrowserContext, outside_requests: list[str]) -> Iterator[OpenPage]:
    """Open an address in a tab of a window that has fetched Streamlit before, a second sooner than `open_page`."""
    yield lambda url: open_watched(shared_window, url, outside_requests)
    for page in shared_window.pages:
        page.close()
    assert outside_requests == []


def open_watched(context: BrowserContext, url: str, outside: list[str]) -> Page:
    page = context.new_page()
    page.on("request", lambda request: note_outside(request.url, outside))
    page.on("websocket", lambda socket: note_outside(socket.url, outside))
    page.goto(url)
    wait_until_idle(page)
    return page


def note_outside(url: str, outside: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname not in ("127.0.0.1", "localhost"):
        outside.append(url)


def wait_until_idle(page: Page) -> None:
    page.wait_for_selector(IDLE, timeout=30_000)
    page.wait_for_timeout(300)  # the last elements are drawn after the script has ended
    page.wait_for_selector(IDLE, timeout=30_000)


@pytest.fixture(name="wait_until_idle")
def wait_until_idle_fixture() -> Callable[[Page], None]:
    return wait_until_idle


@pytest.fixture
def find_violations() -> Callable[[Page], list[str]]:
    """What axe finds against WCAG 2.2 AA on a page: the rule and the first place, a line each."""
    return run_axe


@pytest.fixture
def find_violations_by_day_and_night() -> Callable[[Page], list[str]]:
    """The same twice on one page, which changes between light and dark as it does when the system does."""

    def find(page: Page) -> list[str]:
        first, shown = page.evaluate(IS_DARK), page.evaluate(BACKGROUND)
        found = [f"{'dark' if first else 'light'}: {one}" for one in run_axe(page)]
        page.emulate_media(color_scheme="light" if first else "dark")
        page.wait_for_function(f"shown => {BACKGROUND} !== shown", arg=shown, timeout=30_000)
        wait_until_idle(page)
        return found + [f"{'light' if first else 'dark'}: {one}" for one in run_axe(page, SCHEME_RULES)]

    return find


def run_axe(page: Page, rules: object = RULES) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]
