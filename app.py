"""The ASGI application: the dashboard, a readiness route, security headers, and the guard of local mode.

`pages/main.py` is the script, not this file: a `pages/` folder beside the script would be served by Streamlit without
the sign-in gate until some session had called `st.navigation`.
"""

import contextlib
import errno
import ipaddress
import logging
import os
import re
import socket
import sys
import webbrowser
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from data.logs import Known, set_up_logs, start_request
from data.service.keeper import Keeper
from data.settings import has_screen, load_settings
from pages.rooms import PAGES
from pages.ui.messages import draw_unexpected_error
from pages.ui.session import open_store
from planning.errors import StoreError, TechplanError, UsageError
from techplan import read_version

ROOT = Path(__file__).resolve().parent
PAGE_FOLDERS = sorted({Path(entry.path).parent.name for entry in PAGES} | {entry.url_path for entry in PAGES})
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]", "::1")
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
# Answers without sign-in that no page needs. `/_stcore/host-config` is one too, but without it no page ever starts; it
# says only what the configuration file says (no origin may speak to the page).
REFUSED_PATHS = ("/_stcore/metrics",)
PLAIN_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d+)?|\[[0-9a-fA-F:]+\](?::\d+)?")
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

log = logging.getLogger("techplan.app")
_keepers: list[Keeper] = []


def content_security_policy(host: str) -> str:
    """What a page may load: this server only, its own web socket included."""
    sockets = f"ws://{host} wss://{host}" if PLAIN_HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {sockets}".rstrip(),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Puts the security headers on every answer and refuses what a browser does not need."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start_request()
        policy = content_security_policy(Headers(scope=scope).get("host", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = policy
                headers.update(SECURITY_HEADERS)
            await send(message)

        if scope["path"].startswith(REFUSED_PATHS):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)


class LocalModeGuard:
    """Local mode signs everyone in with every role, so only this computer, asking it directly, is answered.

    A page elsewhere that points its own name at 127.0.0.1 is refused by the name, a proxy here by its headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or is_local(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            log.warning("refused a request that did not come from this computer")
            words = "Techplan is in local mode: it has no sign-in and answers only the computer it runs on."
            await PlainTextResponse(words, status_code=403)(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """Whether a request came straight from this computer, under one of its own names."""
    headers = Headers(scope=scope)
    name = re.sub(r":\d+$", "", headers.get("host", ""))
    client = scope.get("client")
    return (
        name in LOOPBACK_NAMES
        and client is not None
        and is_loopback(client[0])
        and not any(header in headers for header in PROXY_HEADERS)
    )


def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


async def ready(_request: Request) -> JSONResponse:
    """200 when the store can be opened; otherwise 503 with the kind of trouble and nothing else.

    What runs beside the pages and failed when last tried (a scheduled backup) is named too; pages do without it.
    """
    try:
        await run_in_threadpool(open_store)
    except TechplanError as error:
        log.warning("not ready: %s", Known(type(error).__name__))
        return JSONResponse({"status": "not ready", "reason": type(error).__name__}, status_code=503)
    troubles = {step: kind for keeper in _keepers for step, kind in keeper.troubles.items()}
    return JSONResponse({"status": "ready", "version": read_version()} | ({"trouble": troubles} if troubles else {}))


async def lead_to_overview(request: Request) -> RedirectResponse:
    """The overview stands at the bare address; a link by its name finds it too."""
    return lead_to("", request)


async def lead_to_page(request: Request) -> RedirectResponse:
    """A page asked for by its folder too (`/manage/audit`): below the first level Streamlit shows an empty window."""
    return lead_to(request.path_params["page"], request)


def lead_to(page: str, request: Request) -> RedirectResponse:
    return RedirectResponse(f"/{quote(page)}" + (f"?{request.url.query}" if request.url.query else ""))


@contextlib.asynccontextmanager
async def lifespan(_app: st.App) -> AsyncGenerator[dict[str, Any]]:
    """Begin the log, and say where the dashboard is once it answers."""
    set_up_logs(load_settings().log)
    address = config.get_option("server.address") or "127.0.0.1"
    if not is_loopback(address):
        raise SystemExit(
            "techplan: local mode has no sign-in and is served only on this computer. Set server.address to 127.0.0.1."
        )
    url = f"http://{address}:{config.get_option('server.port')}"
    log.info("dashboard started")
    keeper = Keeper(load_settings(), open_store, forget_after)
    keeper.start()
    _keepers.append(keeper)
    await run_in_threadpool(keeper.wait_for_commands)  # who reads that it is ready may type a command at once
    print(f"Techplan is ready at {url} (Ctrl-C ends it).", flush=True)
    if sys.stdout.isatty() and has_screen():
        webbrowser.open(url)
    yield {}
    _keepers.remove(keeper)
    await run_in_threadpool(keeper.stop)
    log.info("dashboard ended")


def forget_after(command: str) -> None:
    """Another process had a command run: a restored store may have the numbers of the one that pages remember."""
    if command == "restore":
        st.cache_resource.clear()


app = st.App(
    ROOT / "pages" / "main.py",
    routes=[
        Route("/ready", ready),
        Route("/overview", lead_to_overview),
        *(Route(f"/{folder}/{{page}}", lead_to_page) for folder in PAGE_FOLDERS),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(LocalModeGuard)],
    on_script_error=draw_unexpected_error,
    lifespan=lifespan,
)


def serve() -> int:
    """Serve the dashboard on this computer until Ctrl-C."""
    try:
        port = load_settings().port
        if port is not None:
            check_port_is_free(port)
        app.run(config={"server.address": "127.0.0.1", "logger.hideWelcomeMessage": True} | pick_port(port))
    except (UsageError, StoreError) as error:
        print(f"techplan: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        pass  # what Ctrl-C is for
    print("Techplan has ended.", flush=True)
    return 0


def pick_port(port: int | None) -> dict[str, int]:
    """The port asked for; without one Streamlit takes the next free one from 8501."""
    return {} if port is None else {"server.port": port}


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            raise UsageError(
                f"Port {port} {'is used by another program' if taken else 'cannot be opened'}.",
                "Give another one with --port, or none to take the next free one.",
            ) from error


if __name__ == "__main__":
    sys.exit(serve())
