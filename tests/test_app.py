"""The ASGI application: security headers, readiness, and who local mode answers."""

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Scope

import app
from data.service.keeper import Keeper
from data.settings import Settings
from develop.server import Dashboard
from pages.ui.session import close_stores


def make_scope(host: str = "127.0.0.1:8501", client: str = "127.0.0.1", **headers: str) -> Scope:
    pairs = {"host": host, **headers}
    encoded = [(name.replace("_", "-").encode(), value.encode()) for name, value in pairs.items()]
    return {"type": "http", "path": "/", "headers": encoded, "client": (client, 5000)}


def test_every_answer_carries_the_security_headers(small_dashboard: Dashboard) -> None:
    for address in ("/", "/about", "/ready", "/nowhere.js", "/_stcore/metrics"):
        headers = httpx.get(small_dashboard.url + address).headers
        assert set(app.SECURITY_HEADERS.items()) <= set(headers.items()), address
        assert "default-src 'self'" in headers["content-security-policy"], address
        assert "frame-ancestors 'none'" in headers["content-security-policy"], address


def test_the_policy_names_the_servers_own_socket_and_no_other() -> None:
    assert "connect-src 'self' ws://localhost:8501 wss://localhost:8501;" in app.content_security_policy(
        "localhost:8501"
    )
    assert "connect-src 'self';" in app.content_security_policy("evil; script-src *")


def test_a_ready_dashboard_says_its_version_and_nothing_else(small_dashboard: Dashboard) -> None:
    answer = httpx.get(f"{small_dashboard.url}/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "version": "0.1.0"}


def test_a_store_that_cannot_be_opened_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "techplan.duckdb").write_bytes(b"this is not a store" * 1_000)
    with ThreadPoolExecutor() as beside:  # the browser tests leave a loop running in this thread
        answer = beside.submit(lambda: asyncio.run(app.ready(Request(make_scope())))).result()
    close_stores()
    assert answer.status_code == 503
    assert json.loads(bytes(answer.body)) == {"status": "not ready", "reason": "StoreDamaged"}


def test_the_overview_is_found_by_its_name_too(small_dashboard: Dashboard) -> None:
    answer = httpx.get(f"{small_dashboard.url}/overview?district=sample")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?district=sample")


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/manage/audit?district=sample", "/audit?district=sample"),
        ("/edit/sources", "/sources"),
        ("/cabinet/%2F%2Fevil.example", "/%2F%2Fevil.example"),
    ],
)
def test_an_address_below_the_first_level_leads_up(small_dashboard: Dashboard, asked: str, led_to: str) -> None:
    answer = httpx.get(f"{small_dashboard.url}{asked}")
    if answer.status_code == 307:
        assert answer.headers["location"] == led_to
    else:
        assert "evil" in asked  # a name with a slash in it is no page


def test_what_fails_beside_the_pages_is_named_by_its_kind(
    small_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keeper = Keeper(Settings(small_store, tmp_path / "log"), lambda: None)  # ty: ignore[invalid-argument-type]
    keeper.troubles["take a due backup"] = "StoreFull"
    monkeypatch.setattr(app, "_keepers", [keeper])
    with ThreadPoolExecutor() as beside:
        answer = beside.submit(lambda: asyncio.run(app.ready(Request(make_scope())))).result()
    close_stores()
    assert json.loads(bytes(answer.body))["trouble"] == {"take a due backup": "StoreFull"}


def test_metrics_are_refused(small_dashboard: Dashboard) -> None:
    assert httpx.get(f"{small_dashboard.url}/_stcore/metrics").status_code == 404


def test_host_config_lets_no_other_page_speak_to_ours(small_dashboard: Dashboard) -> None:
    assert httpx.get(f"{small_dashboard.url}/_stcore/host-config").json()["allowedOrigins"] == []


@pytest.mark.parametrize("headers", [{"host": "rebound.example"}, {"x-forwarded-for": "203.0.113.9"}])
def test_local_mode_answers_only_this_computer_asking_directly(
    small_dashboard: Dashboard, headers: dict[str, str]
) -> None:
    answer = httpx.get(f"{small_dashboard.url}/ready", headers=headers)
    assert answer.status_code == 403
    assert "answers only the computer it runs on" in answer.text


def test_a_socket_under_a_foreign_name_is_refused(small_dashboard: Dashboard) -> None:
    port = urlsplit(small_dashboard.url).port or 0
    request = (
        "GET /_stcore/stream HTTP/1.1\r\nHost: rebound.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("name", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "localhost"])
def test_this_computers_own_names_are_answered(name: str) -> None:
    assert app.is_local(make_scope(name))


def test_other_computers_are_not_answered() -> None:
    assert not app.is_local(make_scope(client="192.0.2.7"))
    assert not app.is_local(make_scope("techplan.example.org"))
    assert not app.is_local(make_scope(forwarded="for=192.0.2.7"))


def test_an_unknown_page_runs_no_script_of_ours(small_dashboard: Dashboard) -> None:
    """Static files are Streamlit's own; no file of the project is served by its path."""
    for address in ("/pages/main.py", "/app/static/favicon.png", "/data/settings.py"):
        assert "import" not in httpx.get(small_dashboard.url + address).text.split("<script")[0], address
