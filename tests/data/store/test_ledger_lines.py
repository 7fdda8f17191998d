"""Technology line by line, and every fund's flows, as the bridge and the fund balance read them."""

from decimal import Decimal

import pytest

from data.store.budget_queries import YearBasis
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.districts import create_district
from data.store.ledger_lines import list_fund_lines, list_technology_lines
from data.store.viewer import Viewer
from tests.data.store.readings import make_reading, make_table

YEAR = YearBasis("FY2026-27", "proposed")
CODES = {"fund_code": "10", "function_code": "2580", "object_code": "352", "technology_rule": "function 2580"}


@pytest.fixture
def budget(store: Store, viewer: Viewer) -> Store:
    lines = [
        ({**CODES, "vendor": "Acme", "location_code": "110"}, {"D": 100.004}),
        ({**CODES, "vendor": "Acme", "location_code": "120"}, {"D": 50.0}),
        ({**CODES, "vendor": "Best"}, {"D": 7.004}),
        ({**CODES, "object_code": "530"}, {"D": 9.004}),
        ({"fund_code": "10", "function_code": "1000", "object_code": "100"}, {"D": 1000.0}),
    ]
    create_district(store, viewer, viewer.district_id, "Harlow")
    publish_reading(store, viewer, make_reading(make_table(lines)))
    return store


def test_a_line_is_an_account_a_vendor_and_a_description(budget: Store, viewer: Viewer) -> None:
    lines = list_technology_lines(budget, viewer, YEAR)
    assert [(line.account, line.vendor, line.line_count) for line in lines] == [
        ("10-2580-352", "Acme", 2),
        ("10-2580-352", "Best", 1),
        ("10-2580-530", "", 1),
    ]


def test_parts_of_a_cent_do_not_move_the_total(budget: Store, viewer: Viewer) -> None:
    lines = list_technology_lines(budget, viewer, YEAR)
    assert sum(line.amount_cents for line in lines) == 166_01  # 166.012, rounded once
    assert lines[0].amount_cents == 150_01


def test_a_year_without_technology_has_no_lines(budget: Store, viewer: Viewer) -> None:
    assert list_technology_lines(budget, viewer, YearBasis("FY1999-00", "actual")) == ()


def test_every_dollar_of_a_fund_is_in_one_of_its_flows(budget: Store, viewer: Viewer) -> None:
    lines = list_fund_lines(budget, viewer, YEAR)
    assert sum((line.amount for line in lines), Decimal(0)) == Decimal("1166.012")
    assert {line.fund_code for line in lines} == {"10"}
