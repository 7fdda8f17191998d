"""The sample district in a store: seeded from its two files, it answers with the numbers of the specification."""

from collections.abc import Iterator

import pytest

from data.intake.model import Reading
from data.intake.reading import read_budget_file
from data.samples import SAMPLE_DISTRICT_ID
from data.samples.build import BUDGET_FILE
from data.samples.ledger import build_expenditures, build_revenues
from data.samples.plan import build_sample_plan
from data.samples.seed import SEEDER, seed_sample
from data.store.audit import list_events
from data.store.budget_queries import list_measures, summarise_budget
from data.store.database import Store
from data.store.districts import load_district
from data.store.line_filter import LineFilter
from data.store.plans import load_plan
from data.store.viewer import Viewer
from planning.errors import NotPermitted
from planning.permissions import Role
from planning.vocabulary import Basis, ReadingStatus, Severity, Side, Unit


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    memory = Store(":memory:")
    seed_sample(memory)
    yield memory
    memory.close()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_budget_file(str(BUDGET_FILE))


def test_the_budget_is_read_without_a_question_and_only_with_notes(reading: Reading) -> None:
    assert reading.status is ReadingStatus.READY
    assert list(reading.questions) == []
    assert {finding.severity for finding in reading.findings} <= {Severity.NOTE}
    assert {finding.code for finding in reading.findings} == {"table_not_counted"}


def test_every_printed_total_ties_out(reading: Reading) -> None:
    assert len(reading.tie_outs) > 100
    assert all(tie.difference == 0 for tie in reading.tie_outs)
    assert [total.difference for total in reading.totals] == [0] * 9


def test_summary_and_fund_balance_are_not_counted_a_second_time(reading: Reading) -> None:
    counted = {table.sheet: table.counted for table in reading.tables}
    assert {sheet for sheet, is_counted in counted.items() if not is_counted} == {"Summary", "Fund Balance"}
    assert reading.published_lines == len(build_expenditures()) + len(build_revenues(build_expenditures()))


def test_the_general_fund_comes_to_what_the_district_adopted(store: Store) -> None:
    general = LineFilter(fiscal_year="FY2026-27", fund_code="10")
    by_side = {group.codes[0]: group.amount for group in summarise_budget(store, SEEDER, "side", general)}
    assert by_side[Side.EXPENDITURE] == 98_655_000
    assert sum(by_side.values()) - by_side[Side.EXPENDITURE] == 97_412_000


def test_four_years_are_there_and_staff_is_not_money(store: Store) -> None:
    measures = list_measures(store, SEEDER)
    years = {(one.fiscal_year, one.basis) for one in measures if one.unit == Unit.USD}
    assert years == {
        ("FY2023-24", Basis.ACTUAL),
        ("FY2024-25", Basis.ACTUAL),
        ("FY2025-26", Basis.ADOPTED),
        ("FY2026-27", Basis.ADOPTED),
    }
    assert sum(one.amount for one in measures if one.unit == Unit.FTE) == 812


def test_technology_in_the_ledger_is_found_by_its_codes(store: Store) -> None:
    technology = LineFilter(fiscal_year="FY2026-27", technology_only=True)
    groups = summarise_budget(store, SEEDER, ("fund", "function", "object"), technology)
    assert sum(group.amount for group in groups) == 3_612_500
    amounts = {"-".join(group.codes): group.amount for group in groups}
    assert amounts["10-1000-650"] == 734_400
    assert amounts["22-2230-100"] == 70_800


def test_the_plan_of_record_is_the_sample_plan(store: Store) -> None:
    stored = load_plan(store, SEEDER)
    assert stored is not None
    assert stored.plan == build_sample_plan()


def test_the_district_and_its_three_steps_are_on_record(store: Store) -> None:
    district = load_district(store, SEEDER)
    assert district is not None
    assert (district.district_id, district.name) == (SAMPLE_DISTRICT_ID, "Harlow Ridge School District (fictitious)")
    assert {event.actor for event in list_events(store, SEEDER)} == {"Techplan"}


def test_a_person_who_may_not_create_a_district_cannot_seed() -> None:
    empty = Store(":memory:")
    with pytest.raises(NotPermitted):
        seed_sample(empty, Viewer("Ada", Role.VIEWER, "other"))
    assert load_district(empty, SEEDER) is None
    empty.close()
