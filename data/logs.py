"""The log: a rotating file beside the store, each line with the request it belongs to.

Nothing that a person typed or a workbook holds may reach it, so the formatter, not good manners, keeps it out: of our
own records it writes the words of the source code and the numbers, of an error its type and where it happened, never
its message; of a library's records only that there was one. Text that the code vouches for is wrapped in `Known`.
"""

import logging
import re
import secrets
import sys
import time
import traceback
import uuid
from contextvars import ContextVar
from enum import Enum
from itertools import zip_longest
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

OUR_LOGGERS = ("data", "pages", "planning", "techplan")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0-9.]*[a-zA-Z]")
MAX_BYTES, KEPT_FILES = 1_000_000, 3
ROOT = Path(__file__).resolve().parent.parent

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class Known(str):
    """Text that is known not to come from a person or a workbook: an id, a code, the name of a page."""

    __slots__ = ()


def start_request() -> str:
    """Begin a new request (a page run, a web request, a command) and return its id."""
    request_id = secrets.token_hex(4)
    _request_id.set(request_id)
    return request_id


def current_request_id() -> str:
    return _request_id.get()


class DiscreetFormatter(logging.Formatter):
    """One line a record, without any text that is not our own."""

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        moment = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        line = f"{moment} {record.levelname} {current_request_id()} {record.name}: {_show_message(record)}"
        if record.exc_info and record.exc_info[0]:
            line += f" | {describe_error(record.exc_info[0], record.exc_info[2])}"
        return line


def _show_message(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] not in OUR_LOGGERS:
        return f"(a message of the library, {Path(record.pathname).name}:{record.lineno})"
    if not record.args:
        return str(record.msg)
    arguments = record.args if isinstance(record.args, tuple) else tuple(record.args.values())
    parts = PLACEHOLDER.split(str(record.msg))
    shown = [_show_argument(argument) for argument in arguments]
    return "".join(text + value for text, value in zip_longest(parts, shown, fillvalue=""))


def _show_argument(argument: object) -> str:
    if isinstance(argument, Known | uuid.UUID | Enum):
        return str(argument)
    if argument is None or isinstance(argument, bool | int):
        return str(argument)
    return f"<{type(argument).__name__}>"


def describe_error(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The type of an error and the places it passed, innermost last; its message may hold cell text and is left out."""
    places = [
        f"{_shorten(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace, limit=-8)
    ]
    return " > ".join([kind.__name__, *places])


def _shorten(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def set_up_logs(path: Path) -> None:
    """Send this process's records to the file; without a place to write, say so once and go on."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    except OSError as error:
        print(f"techplan: no log is kept: {path} cannot be written ({error.strerror}).", file=sys.stderr)
        return
    handler.setFormatter(DiscreetFormatter())
    handler.setLevel(logging.INFO)
    root.addHandler(handler)
    for name in OUR_LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)
