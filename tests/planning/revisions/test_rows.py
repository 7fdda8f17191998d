from hypothesis import given

from planning.model import Plan
from planning.revisions.rows import KEY_FIELDS, RowKey, build_plan, list_rows
from tests.planning.revisions.plan_edits import plans


@given(plans())
def test_the_rows_of_a_plan_are_the_plan(plan: Plan) -> None:
    assert build_plan(list_rows(plan)) == plan


def test_every_list_of_the_plan_is_a_section(small_plan: Plan) -> None:
    lists = {*type(small_plan).model_fields, "driver_counts", "escalation_rates"}
    assert set(KEY_FIELDS) == lists


def test_rows_that_share_their_names_are_counted(small_plan: Plan) -> None:
    plan = small_plan.model_copy(update={"commitments": small_plan.commitments[:1] * 2})
    keys = [key for key in list_rows(plan) if key.section == "commitments"]
    assert [key.title for key in keys] == ["mdr · cyber-grant · FY2026-27", "mdr · cyber-grant · FY2026-27 (2)"]
    assert [str(key) for key in keys][1] == "commitments:mdr/cyber-grant/FY2026-27#2"


def test_the_district_is_one_row_without_its_rates_and_counts(small_plan: Plan) -> None:
    rows = list_rows(small_plan)
    assert rows[RowKey("district")] == small_plan.district.model_copy(
        update={"escalation_rates": (), "driver_counts": ()}
    )
    assert RowKey("escalation_rates", ("services",)) in rows
    assert RowKey("driver_counts", ("students", "FY2029-30")) in rows
