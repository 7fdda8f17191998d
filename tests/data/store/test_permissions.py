"""The store refuses what a role may not do: every action as every role, and nothing is left behind."""

import tomllib
from pathlib import Path

import pytest

from data.store.audit import find_events, list_events
from data.store.database import Change, Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from planning.errors import NotPermitted
from planning.permissions import Action, Role

MATRIX = tomllib.loads((Path(__file__).parents[2] / "cases" / "permissions.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_the_store_writes_exactly_where_the_matrix_says_so(
    store: Store, viewer: Viewer, action: Action, role: Role
) -> None:
    create_district(store, viewer, "harlow")
    person, done = Viewer("Lee", role, "harlow"), []

    def work(change: Change) -> None:
        done.append(change.viewer.role)

    if role in MATRIX["actions"][action]:
        store.write(person, action, "for a test", work)
        assert (done, store.revision("harlow")) == ([role], 2)
    else:
        with pytest.raises(NotPermitted, match=f"The role {role} may not {action.value.replace('_', ' ')}"):
            store.write(person, action, "for a test", work)
        assert (done, store.revision("harlow")) == ([], 1)


@pytest.mark.parametrize("role", Role)
def test_the_audit_trail_is_read_exactly_where_the_matrix_says_so(store: Store, viewer: Viewer, role: Role) -> None:
    create_district(store, viewer, "harlow")
    for read in (list_events, find_events):
        if role in MATRIX["actions"]["read_audit"]:
            assert len(read(store, Viewer("Lee", role, "harlow"))) == 1
        else:
            with pytest.raises(NotPermitted, match="may not read audit"):
                read(store, Viewer("Lee", role, "harlow"))


def test_who_has_no_role_of_the_table_reads_nothing(store: Store) -> None:
    stranger = Viewer("Nobody", "guest", "harlow")  # ty: ignore[invalid-argument-type]
    with pytest.raises(NotPermitted, match="The role guest may not read"):
        store.read(stranger, "SELECT * FROM district WHERE district_id = $district_id")
