import threading
from contextlib import ExitStack

import pytest

from data.store import file_use
from data.store.file_use import FileUse
from planning.errors import StoreBusy
from tests.data.store.threads import running, wait_until


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> FileUse:
    monkeypatch.setattr(file_use, "SWAP_WAIT_SECONDS", 0.05)
    return FileUse()


def test_who_begins_to_read_waits_behind_a_swap_that_waits() -> None:
    """Else readers who come one after another keep it waiting for ever."""
    use, order = FileUse(), []

    def swap() -> None:
        with use.alone():
            order.append("swap")

    def read() -> None:
        with use.entered():
            order.append("read")

    with ExitStack() as others, use.entered():
        others.enter_context(running([swap]))
        wait_until(lambda: use._waiting == 1)
        others.enter_context(running([read]))
        assert order == []
    assert order == ["swap", "read"]


def test_a_thread_that_reads_may_read_more_while_a_swap_waits() -> None:
    use = FileUse()

    def swap() -> None:
        with use.alone():
            pass

    with ExitStack() as others, use.entered():
        others.enter_context(running([swap]))
        wait_until(lambda: use._waiting == 1)
        with use.entered():
            assert use._waiting == 1
    assert (use._waiting, use._cursors) == (0, {})


def test_a_swap_gives_up_in_words_when_a_reader_stays(impatient: FileUse) -> None:
    inside, leave = threading.Event(), threading.Event()

    def read() -> None:
        with impatient.entered():
            inside.set()
            leave.wait(10)

    with running([read]):
        assert inside.wait(10)
        with pytest.raises(StoreBusy, match="being used or replaced"), impatient.alone():
            pass
        leave.set()
    with impatient.alone():
        pass


def test_a_reader_gives_up_in_words_when_a_swap_takes_long(impatient: FileUse) -> None:
    refused: list[str] = []

    def read() -> None:
        try:
            with impatient.entered():
                pass
        except StoreBusy as busy:
            refused.append(str(busy))

    with impatient.alone(), running([read]):
        pass
    assert refused and "Wait a moment" in refused[0]
