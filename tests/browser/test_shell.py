"""The shell in a real browser: deep links, outside requests, both colour schemes, errors as sentences."""

from collections.abc import Callable

from playwright.sync_api import Page

from develop.server import Dashboard

OpenPage = Callable[..., Page]
FindViolations = Callable[[Page], list[str]]


def test_a_deep_link_opened_first_on_a_cold_server_still_passes_the_gate(
    cold_dashboard: Dashboard, open_page: OpenPage
) -> None:
    page = open_page(f"{cold_dashboard.url}/about")
    assert "Local mode" in page.inner_text("[data-testid=stMain]")
    assert page.get_by_role("link", name="Overview").is_visible()


def test_a_page_that_is_not_in_the_table_is_not_served(cold_dashboard: Dashboard, open_page: OpenPage) -> None:
    page = open_page(f"{cold_dashboard.url}/sign_in")
    assert "Page not found" in page.inner_text("body")


def test_a_page_that_the_role_may_not_open_says_so_and_is_not_in_the_navigation(
    small_dashboard: Dashboard, open_page: OpenPage, find_violations: FindViolations
) -> None:
    page = open_page(f"{small_dashboard.url}/audit?act_as=viewer")
    assert "The role viewer may not open the page Audit." in page.inner_text("[role=alert]")
    assert page.get_by_role("link", name="Audit", exact=True).count() == 0
    assert find_violations(page) == []


def test_no_page_asks_for_anything_outside_this_computer(
    small_dashboard: Dashboard, open_page: OpenPage, outside_requests: list[str]
) -> None:
    for address in ("", "about"):
        open_page(f"{small_dashboard.url}/{address}").wait_for_timeout(500)
    assert outside_requests == []


def test_the_policy_stops_a_request_to_the_outside(
    small_dashboard: Dashboard, open_page: OpenPage, outside_requests: list[str]
) -> None:
    page = open_page(f"{small_dashboard.url}/about")
    assert page.evaluate("fetch('http://192.0.2.1/').then(() => 'went out', () => 'stopped')") == "stopped"
    assert page.evaluate("new Promise(r => { const i = new Image(); i.onerror = () => r('stopped'); i.onload = () => r('went out'); i.src = 'http://192.0.2.1/x.png' })") == "stopped"  # fmt: skip # noqa: E501
    outside_requests.clear()


def test_axe_finds_nothing_on_the_shell(
    small_dashboard: Dashboard, open_page: OpenPage, find_violations_by_day_and_night: FindViolations
) -> None:
    assert find_violations_by_day_and_night(open_page(f"{small_dashboard.url}/about")) == []


def test_an_unknown_district_is_a_sentence_with_the_next_step(
    small_dashboard: Dashboard, open_page: OpenPage, find_violations: FindViolations
) -> None:
    page = open_page(f"{small_dashboard.url}/?district=nowhere")
    assert "There is no district nowhere in this store." in page.inner_text("[role=alert]")
    assert find_violations(page) == []


def test_ctrl_c_ends_a_dashboard_that_someone_is_looking_at(cold_dashboard: Dashboard, open_page: OpenPage) -> None:
    open_page(f"{cold_dashboard.url}/about")
    assert cold_dashboard.interrupt() == 0
    printed = cold_dashboard.printed.read_text(encoding="utf-8")
    assert printed.endswith("Techplan has ended.\n")
    assert "Traceback" not in printed
