"""What runs in the child: read one request, call one function, hand back its answer.

Started by path and isolated (`python -I -S`), so nothing but the standard library is found until the parent's folders
are put on the path. Kept light: a child must be at work a few hundredths of a second after it was asked for.
"""

import _thread
import gc
import os
import pickle
import struct
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

# A frame on the pipe: one letter for its kind, the length of what follows, then a pickle.
FRAME_HEADER = struct.Struct(">cQ")
PROGRESS, RESULT, REFUSAL = b"p", b"r", b"e"
EXIT_OUT_OF_MEMORY = 71
_SECONDS_BETWEEN_PROGRESS = 0.05
_LONGEST_WORDS = 200


def _main() -> None:
    answers = _take_standard_output()
    (length,) = struct.unpack(">Q", _read_exactly(8))
    request = pickle.loads(_read_exactly(length))
    _thread.start_new_thread(_end_with_parent, ())
    if request["limits"]:
        _set_limits(**request["limits"])
    sys.path[:0] = request["import_folders"]
    # A short life that makes many small objects and few cycles: look for cycles rarely.
    gc.set_threshold(200_000, 20, 20)
    sys.excepthook = _report_crash
    try:
        kind, answer = _call(request["function"], pickle.loads(request["arguments"]), _progress_reporter(answers))
        _send(answers, kind, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    except MemoryError:
        os._exit(EXIT_OUT_OF_MEMORY)
    # Taking a large answer apart again object by object would only cost time.
    os._exit(0)


def _call(name: str, arguments: dict[str, Any], report: Callable[[float, str], None]) -> tuple[bytes, object]:
    from importlib import import_module

    from planning.errors import TechplanError

    module, _, function = name.partition(":")
    try:
        return RESULT, getattr(import_module(module), function)(**arguments, report_progress=report)
    except TechplanError as error:
        return REFUSAL, (type(error).__name__, error.message, error.next_step, tuple(error.findings))


def _take_standard_output() -> int:
    """The pipe to the parent for answers only; whatever a library prints goes to standard error."""
    answers = os.dup(1)
    os.dup2(2, 1)
    return answers


def _read_exactly(length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = os.read(0, length - len(data))
        if not piece:
            os._exit(0)
        data += piece
    return data


def _end_with_parent() -> None:
    """The parent writes nothing more, so the pipe ends when the parent does, however it ends."""
    while os.read(0, 1):
        pass
    os._exit(0)


def _send(answers: int, kind: bytes, payload: bytes) -> None:
    for data in (FRAME_HEADER.pack(kind, len(payload)), payload):
        view = memoryview(data)
        while view:
            view = view[os.write(answers, view) :]


def _progress_reporter(answers: int) -> Callable[[float, str], None]:
    last = 0.0

    def report_progress(fraction: float, words: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SECONDS_BETWEEN_PROGRESS:
            last = now
            progress = (min(max(float(fraction), 0.0), 1.0), str(words)[:_LONGEST_WORDS])
            _send(answers, PROGRESS, pickle.dumps(progress))

    return report_progress


def _set_limits(cpu_seconds: int, memory_bytes: int) -> None:
    """Limits the system itself keeps, where it has them; the parent watches as well."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
    )
    for limit, soft, hard in wanted:
        _, allowed = resource.getrlimit(limit)
        if allowed != resource.RLIM_INFINITY:
            soft, hard = min(soft, allowed), min(hard, allowed)
        try:
            resource.setrlimit(limit, (soft, hard))
        except (ValueError, OSError):
            continue  # macOS does not let the address space be limited


def _report_crash(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Where it went wrong and in what class of error: its text may hold cells of the file, so it stays here."""
    import traceback

    traceback.print_tb(trace)
    sys.stderr.write(f"Ended by {kind.__module__}.{kind.__qualname__}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    _main()
