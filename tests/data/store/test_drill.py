import itertools

import pytest

from data.store.audit import WHOLE_STORE, list_events
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.drill import compare_measures, measure_store, run_restore_drill
from data.store.viewer import Viewer
from planning.errors import NotPermitted
from planning.permissions import Role
from tests.data.store.readings import make_reading
from tests.data.store.threads import repeating


@pytest.fixture
def filled(file_store: Store, viewer: Viewer) -> Store:
    for district_id in ("harlow", "dayton"):
        publish_reading(file_store, viewer.at_district(district_id), make_reading())
    return file_store


def test_a_drill_passes_and_is_recorded(filled: Store, viewer: Viewer) -> None:
    drill = run_restore_drill(filled, viewer)
    assert (drill.is_passed, drill.districts, drill.findings) == (True, 2, ())
    assert drill.compared > 40 and drill.rows > 20
    [event] = list_events(filled, viewer.at_district(WHOLE_STORE))
    assert '"drill":"passed"' in event.detail
    assert list(filled.backup_directory.iterdir()) == []


def test_a_drill_passes_while_others_write(filled: Store, viewer: Viewer) -> None:
    numbers = itertools.count(1)

    def write() -> None:
        publish_reading(filled, viewer, make_reading(sha256=f"{next(numbers):064d}"))

    with repeating(write):
        drills = [run_restore_drill(filled, viewer) for _ in range(2)]
    assert [drill.is_passed for drill in drills] == [True, True]


def test_a_store_changed_behind_its_back_fails_the_drill(filled: Store, viewer: Viewer) -> None:
    with filled.cursor() as cursor:
        cursor.execute("UPDATE budget_amount SET amount = amount + 1 WHERE district_id = 'dayton'")
    drill = run_restore_drill(filled, viewer)
    assert not drill.is_passed
    assert {finding.code for finding in drill.findings} == {"content_changed", "upload_total_changed"}


def test_a_difference_is_named_with_both_numbers(filled: Store, viewer: Viewer) -> None:
    before = measure_store(filled)
    publish_reading(filled, viewer, make_reading(sha256="b" * 64))
    messages = [finding.message for finding in compare_measures(before, measure_store(filled))]
    assert (
        "In the restored copy the number of rows of budget_row of district harlow is 2, in the store it was 1."
        in messages
    )
    assert any("the head of the audit trail of district harlow" in message for message in messages)
    assert not any("dayton" in message for message in messages)


def test_only_who_may_back_up_runs_a_drill(filled: Store) -> None:
    with pytest.raises(NotPermitted):
        run_restore_drill(filled, Viewer("Kim", Role.FINANCE, "harlow"))
