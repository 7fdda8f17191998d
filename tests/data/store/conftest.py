"""Stores with a fixed clock, and a person who may do everything."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.store.database import Store
from data.store.viewer import Viewer
from planning.permissions import Role

NOON = datetime(2026, 12, 8, 12, 0)


@pytest.fixture
def viewer() -> Viewer:
    return Viewer("Dana Whitfield", Role.ADMIN, "harlow")


@pytest.fixture
def store() -> Iterator[Store]:
    memory = Store(":memory:", clock=lambda: NOON)
    yield memory
    memory.close()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "district.duckdb", clock=lambda: NOON)
    yield opened
    opened.close()
