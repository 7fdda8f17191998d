"""Whether published budgets are still what was published: totals, lines and versions."""

import pytest

from data.store.budgets import publish_reading, withdraw_upload
from data.store.database import Store
from data.store.verification import verify_budgets
from data.store.viewer import Viewer
from tests.data.store.readings import NAN, make_reading, make_table

LINES = [
    ({"fund_code": "10"}, {"D": 100.005, "E": NAN}),
    ({"fund_code": "10"}, {"D": -33.333333, "E": 7.0}),
    ({"fund_code": "31"}, {"D": 0.0, "E": NAN}),
]


@pytest.fixture
def budget(store: Store, viewer: Viewer) -> Store:
    """Two versions, a counted table with two columns and one that is not counted."""
    counted = make_table(LINES, {"D": {}, "E": {"unit": "fte"}})
    aside = make_table(LINES[:1], {"D": {}}, sheet="Summary", counted=False)
    for number in range(2):
        publish_reading(store, viewer, make_reading(counted, aside, sha256=f"{number:064d}"))
    return store


def change(store: Store, sql: str) -> None:
    with store.cursor() as cursor:
        cursor.execute(sql)


def test_what_was_published_verifies_withdrawn_or_not(budget: Store, viewer: Viewer) -> None:
    assert verify_budgets(budget, viewer) == ()
    with budget.cursor() as cursor:
        [(upload_id,)] = cursor.execute("SELECT upload_id FROM budget_upload WHERE version = 2").fetchall()
    withdraw_upload(budget, viewer, upload_id)
    assert verify_budgets(budget, viewer) == ()


def test_an_amount_changed_by_a_cent_is_found_in_its_column(budget: Store, viewer: Viewer) -> None:
    change(budget, "UPDATE budget_amount SET amount = amount + 0.01 WHERE row_id = 1 AND column_id = 1")
    findings = verify_budgets(budget, viewer)
    assert [finding.code for finding in findings] == ["upload_total_changed"] * 2
    assert findings[0].message == (
        "The lines of Expenditure budget, version 1, column General fund!D, add up to 66.681667; "
        "66.671667 was published."
    )


def test_a_line_that_is_gone_is_found_though_it_holds_nothing(budget: Store, viewer: Viewer) -> None:
    change(budget, "DELETE FROM budget_row WHERE row_id = 3")
    assert [(finding.code, finding.found, finding.fix != "") for finding in verify_budgets(budget, viewer)] == [
        ("upload_lines_changed", "2", True)
    ] * 2


@pytest.mark.parametrize(("status", "found"), [("current", "2"), ("superseded", "0")])
def test_a_series_has_exactly_one_current_version(budget: Store, viewer: Viewer, status: str, found: str) -> None:
    change(budget, f"UPDATE budget_upload SET status = '{status}'")
    [finding] = verify_budgets(budget, viewer)
    assert (finding.code, finding.found) == ("series_without_one_current", found)


def test_another_districts_budget_is_not_looked_at(budget: Store, viewer: Viewer) -> None:
    change(budget, "DELETE FROM budget_amount")
    assert verify_budgets(budget, viewer.at_district("west")) == ()
    assert verify_budgets(budget, viewer)
