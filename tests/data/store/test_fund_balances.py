"""What finance types in about funds is kept whole, from → to, and only what differs is written."""

import json
from datetime import date
from decimal import Decimal

import pytest

from data.store.audit import list_events
from data.store.database import Store
from data.store.districts import create_district
from data.store.fund_balances import (
    list_outlooks,
    list_reserves,
    remove_reserve,
    save_fund_balances,
    save_outlook,
    save_reserve,
)
from data.store.viewer import Viewer
from planning.errors import InputRefused, NotPermitted
from planning.fund_outlook import BalanceClass, FundOutlook, OutlookRule, Reserve
from planning.permissions import Role

GENERAL = FundOutlook(
    fund_code="10",
    fund_name="General Fund",
    fiscal_year="FY2026-27",
    beginning_cents=11_840_000_00,
    floor_fraction=Decimal("0.08"),
    revenue_growth=Decimal("0.0215"),
    note="Board policy",
)
LEVY = FundOutlook(fund_code="31", fiscal_year="FY2026-27", beginning_cents=0, rule=OutlookRule.SPENDS_RECEIPTS)
ROOFS = Reserve(
    reserve_id="roofs",
    fund_code="10",
    name="Roofs",
    balance_class=BalanceClass.COMMITTED,
    amount_cents=1_200_000_00,
    board_action="Resolution 2025-31",
    acted_on=date(2025, 6, 10),
)


@pytest.fixture
def district(store: Store, viewer: Viewer) -> Store:
    create_district(store, viewer, viewer.district_id, "Harlow")
    return store


def test_what_was_saved_comes_back_the_same(district: Store, viewer: Viewer) -> None:
    assert save_fund_balances(district, viewer, (LEVY, GENERAL), (ROOFS,), "First typed in")
    assert list_outlooks(district, viewer) == (GENERAL, LEVY)
    assert list_reserves(district, viewer) == (ROOFS,)


def test_saving_the_same_again_writes_nothing(district: Store, viewer: Viewer) -> None:
    save_fund_balances(district, viewer, (GENERAL,), (ROOFS,))
    before = district.revision(viewer.district_id)
    assert not save_fund_balances(district, viewer, (GENERAL,), (ROOFS,))
    assert district.revision(viewer.district_id) == before


def test_only_what_differs_is_in_the_audit_trail_from_and_to(district: Store, viewer: Viewer) -> None:
    save_fund_balances(district, viewer, (GENERAL, LEVY), (ROOFS,))
    raised = GENERAL.model_copy(update={"beginning_cents": 12_000_000_00})
    save_fund_balances(district, viewer, (raised,), (ROOFS,), "Audited balance")
    detail = json.loads(list_events(district, viewer)[0].detail)
    assert set(detail) - {"sealed"} == {"funds"}
    assert detail["funds"]["10"]["from"]["beginning_cents"] == 11_840_000_00
    assert detail["funds"]["10"]["to"]["beginning_cents"] == 12_000_000_00
    assert detail["funds"]["31"]["to"] is None
    assert list_outlooks(district, viewer) == (raised,)


def test_one_fund_can_be_saved_alone(district: Store, viewer: Viewer) -> None:
    save_fund_balances(district, viewer, (GENERAL,), (ROOFS,))
    save_outlook(district, viewer, LEVY, "The levy")
    assert list_outlooks(district, viewer) == (GENERAL, LEVY)
    assert list_reserves(district, viewer) == (ROOFS,)


def test_a_reserve_can_be_added_changed_and_let_go(district: Store, viewer: Viewer) -> None:
    save_fund_balances(district, viewer, (GENERAL,), ())
    save_reserve(district, viewer, ROOFS)
    lower = ROOFS.model_copy(update={"amount_cents": 1_000_000_00})
    save_reserve(district, viewer, lower, "One roof is done")
    assert list_reserves(district, viewer) == (lower,)
    remove_reserve(district, viewer, "roofs", "All done")
    assert (list_reserves(district, viewer), list_outlooks(district, viewer)) == ((), (GENERAL,))
    with pytest.raises(InputRefused, match="not there any more"):
        remove_reserve(district, viewer, "roofs")


def test_a_fund_or_reserve_that_is_there_twice_is_refused(district: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match="fund 10 is there twice"):
        save_fund_balances(district, viewer, (GENERAL, GENERAL), ())
    with pytest.raises(InputRefused, match="reserve roofs is there twice"):
        save_fund_balances(district, viewer, (), (ROOFS, ROOFS))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PLANNER, Role.CABINET])
def test_only_finance_and_the_administrator_type_balances_in(district: Store, role: Role) -> None:
    with pytest.raises(NotPermitted, match="may not save fund balance"):
        save_fund_balances(district, Viewer("x", role, "harlow"), (GENERAL,), ())
    assert save_fund_balances(district, Viewer("x", Role.FINANCE, "harlow"), (GENERAL,), ())


def test_another_district_sees_nothing_of_it(district: Store, viewer: Viewer) -> None:
    save_fund_balances(district, viewer, (GENERAL,), (ROOFS,))
    elsewhere = viewer.at_district("elsewhere")
    assert (list_outlooks(district, elsewhere), list_reserves(district, elsewhere)) == ((), ())
