"""No read with a viewer of one district answers anything of another, whichever function reads, whatever is stored."""

import inspect
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import FunctionType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.roll_up import load_roll_up
from data.store.audit import list_events
from data.store.backup import list_backups
from data.store.budget_queries import list_lines
from data.store.budget_uploads import list_uploads
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.districts import create_district, list_districts
from data.store.holds import place_hold
from data.store.plans import list_revisions, save_plan
from data.store.retention import remove_upload
from data.store.viewer import Viewer
from planning.errors import NotPermitted, TechplanError
from planning.model import District, Plan
from planning.permissions import Role
from tests.data.store.readings import make_reading, make_table
from tests.data.store.test_line_classes import ARGUMENTS, list_readers

MARK = "Quimby"
EAST, WEST = "east", "west"


def fill(store: Store, district_id: str, words: str, amount: float = 12.5) -> Viewer:
    """A district with uploads, one removed, a plan and a hold; every text of it has the words."""
    viewer = Viewer(f"{words} Person", Role.ADMIN, district_id)
    create_district(store, viewer, district_id, f"{words} District", f"{words} begins")
    lines = [({"fund_code": "10", "description": words, "vendor": words, "account": words}, {"D": amount})]
    for sha in "ab":
        reading = make_reading(make_table(lines, sheet=words), sha256=sha * 64, file_name=f"{words}.xlsx")
        published = publish_reading(store, viewer, reading, series=words, reason=words)
    remove_upload(store, viewer, published.upload_id, f"{words} was wrong")
    district = District(district_id=district_id, name=f"{words} District", first_fiscal_year="FY2026-27")
    save_plan(store, viewer, Plan(district=district), reason=words)
    place_hold(store, viewer, "*", f"{words} suit")
    return viewer


@pytest.fixture
def both(store: Store) -> Store:
    fill(store, EAST, "Easter")
    fill(store, WEST, MARK)
    return store


def list_given(store: Store) -> dict[str, object]:
    """What a reader may be asked for, with the ids of the other district."""
    west = Viewer("x", Role.ADMIN, WEST)
    revision = list_revisions(store, west)[0]
    return {
        **ARGUMENTS,
        "upload_id": list_uploads(store, west)[0].upload_id,
        "series": MARK,
        "revision_id": revision.revision_id,
        "number": revision.number,
        "words": MARK,
        "account": MARK,
    }


def ask(function: FunctionType, store: Store, viewer: Viewer, given_values: dict[str, object]) -> Iterator[str]:
    """What it answers when asked with the ids of the other district, and without."""
    parameters = list(inspect.signature(function).parameters.values())[2:]
    needed = {one.name for one in parameters if one.default is inspect.Parameter.empty}
    known = {one.name for one in parameters} & given_values.keys()
    for names in (known, needed):
        if needed <= names and names <= given_values.keys():
            try:
                answer = function(store, viewer, **{name: given_values[name] for name in names})
                yield repr(list(answer) if inspect.isgenerator(answer) else answer)
            except (TechplanError, TypeError, ValueError, KeyError):
                yield ""  # refused, or asked for in a way that means nothing


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FINANCE, Role.CABINET])
def test_no_reading_function_answers_anything_of_another_district(both: Store, role: Role) -> None:
    viewer, given_values = Viewer("Lee", role, EAST), list_given(both)
    asked = 0
    for function in list_readers():
        for answer in ask(function, both, viewer, given_values):
            assert MARK not in answer, function.__name__
            asked += 1
    assert asked > 25


def test_the_administrator_of_a_district_reads_only_it_but_for_the_list_of_districts(both: Store) -> None:
    viewer, given_values = Viewer("Lee", Role.ADMIN, EAST), list_given(both)
    told = {
        function.__name__
        for function in list_readers()
        for answer in ask(function, both, viewer, given_values)
        if MARK in answer
    }
    assert told == {"list_districts"}
    assert list_backups(both, viewer) == ()


def test_only_who_may_read_every_district_sees_their_names_and_the_roll_up(both: Store) -> None:
    board, admin = Viewer("Lee", Role.VIEWER, EAST), Viewer("Lee", Role.ADMIN, EAST)
    assert [one.district_id for one in list_districts(both, board)] == [EAST]
    assert [one.district_id for one in list_districts(both, admin)] == [EAST, WEST]
    with pytest.raises(NotPermitted, match="may not read every district"):
        load_roll_up(both, board, date(2026, 12, 8))
    assert [one.name for one in load_roll_up(both, admin, date(2026, 12, 8))] == ["Easter District", f"{MARK} District"]


@given(st.lists(st.tuples(st.sampled_from([EAST, WEST]), st.integers(-500, 500)), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_stored_each_district_has_its_own_lines_sums_and_events(writes: list[tuple[str, int]]) -> None:
    store = Store(":memory:")
    expected: dict[str, Decimal] = {}
    for number, (district_id, amount) in enumerate(writes):
        viewer = Viewer(district_id, Role.ADMIN, district_id)
        reading = make_reading(
            make_table([({"description": district_id}, {"D": float(amount)})]), sha256=f"{number:064d}"
        )
        publish_reading(store, viewer, reading)
        expected[district_id] = Decimal(amount)  # each is the next version of its district's series
    for district_id in (EAST, WEST):
        viewer = Viewer("Lee", Role.ADMIN, district_id)
        page = list_lines(store, viewer)
        assert {line.description for line in page.lines} <= {district_id}
        assert page.total_amount == expected.get(district_id, 0)
        assert {event.actor for event in list_events(store, viewer)} <= {district_id}
    store.close()
