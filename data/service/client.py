"""Hands a command to the dashboard that has the store open, and prints its answer as if it had been run here."""

import http.client
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from data.service.doorway import Doorway, find_doorway
from data.service.server import HOST, ROUTE
from data.settings import Settings
from planning.errors import StoreBusy, StoreHeld

_CONNECT_SECONDS = 5.0


def delegate(words: Sequence[str], settings: Settings) -> int | None:
    """The exit code of the command as the dashboard ran it; None where no dashboard has this store open."""
    doorway = find_doorway(settings.store)
    answer = _send(doorway, words, settings) if doorway else None
    if answer is None:
        return None
    sys.stderr.write(answer["err"])
    sys.stdout.write(answer["out"])
    return int(answer["code"])


def _send(doorway: Doorway, words: Sequence[str], settings: Settings) -> dict[str, str] | None:
    connection = http.client.HTTPConnection(HOST, doorway.port, timeout=_CONNECT_SECONDS)
    try:
        connection.connect()
    except OSError:
        return None  # its process is ending: the store itself will say whether it is still open
    request = {
        "words": list(words),
        "folder": str(Path.cwd()),
        "encoding": sys.stdout.encoding or "ascii",
        "actor": settings.actor,
        "district": settings.district,
    }
    try:
        assert connection.sock is not None
        connection.sock.settimeout(None)  # a long command takes as long as it would have taken here
        headers = {"Authorization": f"Bearer {doorway.token}", "Content-Type": "application/json"}
        connection.request("POST", ROUTE, json.dumps(request).encode(), headers)
        response = connection.getresponse()
        content = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise StoreBusy(
            "The dashboard that has the store open ended before it had answered.",
            "See what was stored (districts, audit), then run the command again if need be.",
        ) from error
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise StoreHeld(
            "The dashboard that has the store open did not take this command.",
            "End the dashboard and start it again, or run the command while none is open.",
        )
    return json.loads(content)
