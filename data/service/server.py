"""Takes commands from processes of the same person on this computer, and runs them on the dashboard's own store."""

import io
import json
import logging
import os
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from data.commands.caller import Caller, answering
from data.logs import Known
from data.service.doorway import Doorway, close_doorway, find_process_start, open_doorway

HOST, ROUTE = "127.0.0.1", "/command"
LARGEST_REQUEST_BYTES = 1_000_000
log = logging.getLogger("data.service")


class CommandServer:
    """Listens from `start` to `stop`; `after` is called when a command has ended, with its name."""

    def __init__(self, store: Path, after: Callable[[str], None] = lambda command: None) -> None:
        self.store, self.after = store, after
        self._http = _Server((HOST, 0), _Handler)
        self._http.commands = self
        process = os.getpid()
        port, began = self._http.server_address[1], find_process_start(process) or 0.0
        self.doorway = Doorway(int(port), secrets.token_urlsafe(32), process, began)
        self._thread = threading.Thread(target=self._http.serve_forever, name="commands", daemon=True)

    def start(self) -> bool:
        """Listen; False where another dashboard does already."""
        if not open_doorway(self.store, self.doorway):
            self._http.server_close()
            return False
        self._thread.start()
        return True

    def stop(self) -> None:
        close_doorway(self.store, self.doorway)
        if self._thread.is_alive():
            self._http.shutdown()
        self._http.server_close()

    def is_allowed(self, headers: Any) -> bool:  # noqa: ANN401 - the standard library's own message class
        """The token, asked for by the address it belongs to, and not by a page in a browser."""
        given = headers.get("Authorization", "").encode()
        expected = f"Bearer {self.doorway.token}".encode()
        is_here = headers.get("Host") == f"{HOST}:{self.doorway.port}" and headers.get("Origin") is None
        return secrets.compare_digest(given, expected) and is_here

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run one command as its own process would have, and answer what it printed and its exit code."""
        from data.__main__ import run_for_caller

        out, err = _open_text(request["encoding"]), _open_text(request["encoding"])
        words = [str(word) for word in request["words"]]
        with answering(Caller(Path(request["folder"]), out, err)):
            code = run_for_caller(words, self.store, request["actor"], request["district"])
        log.info("ran the command %s for another process: exit %s", Known(words[0]), code)
        self.after(words[0])
        return {"code": code, "out": _read_text(out), "err": _read_text(err)}


def _open_text(encoding: str) -> io.TextIOWrapper:
    """Text that a stream of the caller's encoding will be able to print."""
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline="\n")


def _read_text(text: io.TextIOWrapper) -> str:
    text.seek(0)
    return text.read()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    commands: CommandServer


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        commands = cast(_Server, self.server).commands
        length = self.headers.get("Content-Length", "")
        if self.path != ROUTE or not commands.is_allowed(self.headers):
            log.warning("refused a command: it did not bring the token")
            self.send_error(HTTPStatus.FORBIDDEN)
        elif not length.isdigit() or int(length) > LARGEST_REQUEST_BYTES:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            answer = json.dumps(commands.run(json.loads(self.rfile.read(int(length))))).encode()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
        """Our own log says what is worth saying."""
