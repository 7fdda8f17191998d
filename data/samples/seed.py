"""Puts the sample district into a new store the way a person's own files go in: read, then published and saved."""

from data.samples import SAMPLE_DISTRICT_ID
from data.samples.build import BUDGET_FILE, PLAN_FILE
from data.samples.fund_balances import seed_fund_balances
from data.samples.scenarios import seed_scenarios
from data.samples.workflow import seed_workflow
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.districts import create_district
from data.store.plans import save_plan
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.findings import has_errors
from planning.permissions import Role

SEEDER = Viewer("Techplan", Role.ADMIN, SAMPLE_DISTRICT_ID)
REASON = "Sample district, fictitious"


def seed_sample(store: Store, viewer: Viewer = SEEDER) -> None:
    """Create the sample district with its budget and its plan, from the two workbooks here, and their history."""
    from data.intake.reading import read_budget_file
    from data.workbooks.reading import read_plan_file

    person = viewer.at_district(SAMPLE_DISTRICT_ID)
    plan_reading = read_plan_file(str(PLAN_FILE))
    if plan_reading.plan is None or has_errors(plan_reading.findings):
        raise InputRefused(f"{PLAN_FILE.name} cannot be read.", "Put the file back as it came with Techplan.")
    create_district(store, person, SAMPLE_DISTRICT_ID, plan_reading.plan.district.name, REASON)
    publish_reading(store, person, read_budget_file(str(BUDGET_FILE)), reason=REASON)
    seed_fund_balances(store, person, plan_reading.plan.district.first_fiscal_year, REASON)
    saved = save_plan(store, person, plan_reading.plan, reason=REASON)
    seed_scenarios(store, person, REASON)
    seed_workflow(store, person, saved.revision_id, REASON)
