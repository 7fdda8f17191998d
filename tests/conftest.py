"""What every test may ask for; no test ever touches the store of the person who runs it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data.store.database import Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from develop.server import Dashboard, run_dashboard
from planning.permissions import Role

# The suite tries the same examples every time and no clock decides a test; who hunts for new ones asks for `search`.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of each test are its own: no variable of the person's, and a store in its own folder."""
    for name in [name for name in os.environ if name.startswith("TECHPLAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TECHPLAN_STORE", str(tmp_path / "techplan.duckdb"))


def make_small_store(path: Path) -> Path:
    """A store with one district and nothing in it."""
    store = Store(path)
    create_district(store, Viewer("tests", Role.ADMIN, "small"), "small", "Small District", "for a test")
    store.close()
    return path


@pytest.fixture
def small_store(tmp_path: Path) -> Path:
    return make_small_store(tmp_path / "techplan.duckdb")


@pytest.fixture
def cold_dashboard(small_store: Path) -> Iterator[Dashboard]:
    """A dashboard that nobody has opened yet, on a store with one empty district."""
    with run_dashboard(small_store) as dashboard:
        yield dashboard


@pytest.fixture(scope="session")
def small_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """One dashboard for all tests that only look at the shell, on a store with one empty district."""
    store = make_small_store(tmp_path_factory.mktemp("small") / "techplan.duckdb")
    with run_dashboard(store) as dashboard:
        yield dashboard


@pytest.fixture(scope="session")
def sample_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """One dashboard for all tests that look at the sample district; tests that write take one of their own."""
    with run_dashboard(tmp_path_factory.mktemp("sample") / "techplan.duckdb") as dashboard:
        yield dashboard
