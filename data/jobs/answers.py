"""The parent's end of the pipe: frames in, plain results and named errors out.

The child has read a file from anywhere, so what it sends is not trusted: only classes of plain data and of our own
models may be unpickled, never a function.
"""

import array
import io
import pickle
from importlib import import_module
from typing import IO, Any, NamedTuple

from data.jobs.child import FRAME_HEADER
from planning import errors
from planning.errors import InputRefused, TechplanError

_PLAIN_CLASSES = {
    "array": ("array",),
    "builtins": ("bytearray", "complex", "frozenset", "range", "set", "slice"),
    "collections": ("Counter", "OrderedDict", "deque"),
    "datetime": ("date", "datetime", "time", "timedelta", "timezone"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "uuid": ("UUID",),
}
_OUR_PACKAGES = ("data", "planning")
_MALFORMED = (
    pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, KeyError, TypeError, ValueError,
    OverflowError, MemoryError,
)  # fmt: skip


class MalformedAnswer(Exception):
    """The child sent something that is no answer."""


class Frame(NamedTuple):
    kind: bytes
    payload: bytes


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:  # noqa: ANN401
        if global_name in _PLAIN_CLASSES.get(module_name, ()):
            return getattr(import_module(module_name), global_name)
        if (module_name, global_name) == ("array", "_array_reconstructor"):
            return array._array_reconstructor  # ty: ignore[missing-attribute]
        if module_name.partition(".")[0] in _OUR_PACKAGES and not module_name.endswith("__main__"):
            return _find_own_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not plain data")


def _find_own_class(module_name: str, class_name: str) -> type:
    """A class defined in that very module: never one it imports, never an attribute of one."""
    found = getattr(import_module(module_name), class_name, None)
    if not isinstance(found, type) or found.__module__ != module_name:
        raise pickle.UnpicklingError(f"{module_name}.{class_name} is not plain data")
    return found


def read_frame(pipe: IO[bytes], longest: int) -> Frame | None:
    """The next frame; None where the child has closed its end, be it in the middle of a frame."""
    header = pipe.read(FRAME_HEADER.size)
    if len(header) < FRAME_HEADER.size:
        return None
    kind, length = FRAME_HEADER.unpack(header)
    if length > longest:
        raise MalformedAnswer(f"an answer of {length} bytes")
    payload = pipe.read(length)
    return Frame(kind, payload) if len(payload) == length else None


def load_answer(payload: bytes) -> Any:  # noqa: ANN401
    """The plain data in a frame."""
    try:
        return _PlainUnpickler(io.BytesIO(payload)).load()
    except _MALFORMED as problem:
        raise MalformedAnswer(type(problem).__name__) from problem


def load_progress(payload: bytes) -> tuple[float, str]:
    """How far the child says it is, and its words for that."""
    answer = load_answer(payload)
    if not (isinstance(answer, tuple) and len(answer) == 2):
        raise MalformedAnswer("progress")
    return float(answer[0]), str(answer[1])


def load_refusal(payload: bytes) -> TechplanError:
    """The error the child ended with, as the class it had there."""
    answer = load_answer(payload)
    if not (isinstance(answer, tuple) and len(answer) == 4):
        raise MalformedAnswer("refusal")
    name, message, next_step, findings = answer
    kind = getattr(errors, str(name), InputRefused)
    if not (isinstance(kind, type) and issubclass(kind, TechplanError)):
        kind = InputRefused
    return kind(str(message), str(next_step), tuple(findings))
