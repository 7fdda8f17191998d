"""Modules are set aside once, so that a page run collects only what it made itself."""

import gc
import sys
from types import ModuleType

import pytest

from pages.ui.memory import set_modules_aside


def test_modules_are_set_aside_again_only_when_there_are_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    set_modules_aside()
    assert not set_modules_aside()
    monkeypatch.setitem(sys.modules, "a_module_of_this_test", ModuleType("a_module_of_this_test"))
    assert set_modules_aside()
    assert not set_modules_aside()
    assert gc.get_freeze_count() > 10_000


def test_what_is_made_later_is_still_collected() -> None:
    set_modules_aside()
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() >= 1
