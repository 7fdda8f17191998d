"""A store with four districts: the sample, one with only a budget, one with only a plan, and an empty one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.intake.reading import read_budget_file
from data.jobs import list_jobs
from data.samples.build import BUDGET_FILE, PLAN_FILE
from data.samples.seed import seed_sample
from data.settings import load_settings
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.districts import create_district
from data.store.plans import save_plan
from data.store.viewer import Viewer
from data.uploads import forget_upload
from data.workbooks.reading import read_plan_file
from pages.ui.session import close_stores
from planning.permissions import Role
from tests.pages.screen import Screen

DISTRICTS = ("sample", "ledger", "plan", "empty")
ADMIN = Viewer("tests", Role.ADMIN, "sample")


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "techplan.duckdb"
    store = Store(path)
    seed_sample(store)
    for district in DISTRICTS[1:]:
        create_district(store, ADMIN.at_district(district), district, f"District with {district}")
    publish_reading(store, ADMIN.at_district("ledger"), read_budget_file(str(BUDGET_FILE)))
    plan = read_plan_file(str(PLAN_FILE)).plan
    assert plan
    district = plan.district.model_copy(update={"district_id": "plan"})
    save_plan(store, ADMIN.at_district("plan"), plan.model_copy(update={"district": district}))
    store.close()
    return path


@pytest.fixture
def districts(filled_store: Path, tmp_path: Path) -> Path:
    """The store of this test: a copy that it may change."""
    return Path(shutil.copy(filled_store, tmp_path / "techplan.duckdb"))


@pytest.fixture
def screen(districts: Path) -> Iterator[Screen]:
    yield Screen()
    for district in DISTRICTS:
        for job in list_jobs(load_settings().actor, district):
            forget_upload(job.id)
    close_stores()
