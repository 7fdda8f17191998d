"""A store with the sample district in it, made once; a test gets a copy of its own."""

import shutil
from pathlib import Path

import pytest

from data.samples.seed import seed_sample
from data.store.database import Store


@pytest.fixture(scope="session")
def seeded_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "techplan.duckdb"
    store = Store(path)
    seed_sample(store)
    store.close()
    return path


@pytest.fixture
def sample_store(seeded_store: Path, tmp_path: Path) -> Path:
    """A copy of the seeded store, where the commands of this test look for theirs."""
    return Path(shutil.copy(seeded_store, tmp_path / "techplan.duckdb"))
