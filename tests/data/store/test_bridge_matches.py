"""What a person says about ledger lines is kept with who, when and why, and the last word counts."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from data.store.audit import list_events
from data.store.bridge_matches import (
    list_matches,
    load_bridge_matches,
    make_match,
    make_match_id,
    remove_match,
    save_matches,
)
from data.store.database import Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from planning.bridge_matching import BridgeMatch, MatchState
from planning.errors import InputRefused, NotPermitted
from planning.permissions import Role
from planning.vocabulary import CostBridge


def save_match(store: Store, viewer: Viewer, name: str, state: MatchState, reason: str, **lines: str) -> BridgeMatch:
    """One match, of lines that explain what they are for unless `bridge` says otherwise."""
    match = make_match(name, state, CostBridge(lines.pop("bridge", "base")), **lines)
    save_matches(store, viewer, [match], reason)
    return match


@pytest.fixture
def district(store: Store, viewer: Viewer) -> Store:
    create_district(store, viewer, viewer.district_id, "Harlow")
    return store


def test_a_match_is_kept_with_who_when_and_why(district: Store, viewer: Viewer) -> None:
    saved = save_match(district, viewer, "sis", MatchState.CONFIRMED, "The contract says so", vendor=" Trailmark ")
    [stored] = list_matches(district, viewer)
    assert stored.match == saved
    assert (saved.vendor, saved.bridge) == ("Trailmark", CostBridge.BASE)
    assert (stored.decided_by, stored.reason) == ("Dana Whitfield", "The contract says so")
    assert stored.decided_at == datetime(2026, 12, 8, 12)


def test_the_last_word_about_the_same_lines_takes_the_place_of_the_first(district: Store, viewer: Viewer) -> None:
    save_match(district, viewer, "sis", MatchState.CONFIRMED, "", account="10-2580", words="records")
    save_match(district, viewer, "sis", MatchState.REJECTED, "Not it", account="10-2580", words="records")
    assert [match.state for match in load_bridge_matches(district, viewer)] == [MatchState.REJECTED]
    detail = json.loads(list_events(district, viewer)[0].detail)["match"]
    assert (detail["from"]["state"], detail["to"]["state"]) == ("confirmed", "rejected")


def test_several_are_said_at_once_in_one_event_or_not_at_all(district: Store, viewer: Viewer) -> None:
    save_match(district, viewer, "sis", MatchState.CONFIRMED, "", vendor="Trailmark")
    matches = [make_match("sis", MatchState.CONFIRMED, vendor=name) for name in ("Trailmark", "Keyring", "Mesa")]
    before = district.revision(viewer.district_id)
    assert save_matches(district, viewer, matches, "The list of contracts") == 2
    assert district.revision(viewer.district_id) == before + 1
    event = list_events(district, viewer)[0]
    assert event.reason == "The list of contracts"
    assert {one["to"]["vendor"] for one in json.loads(event.detail).values() if "to" in one} == {"Keyring", "Mesa"}
    assert len(list_matches(district, viewer)) == 3


def test_the_same_word_again_writes_nothing(district: Store, viewer: Viewer) -> None:
    save_match(district, viewer, "sis", MatchState.CONFIRMED, "", vendor="Trailmark")
    before = district.revision(viewer.district_id)
    save_match(district, viewer, "sis", MatchState.CONFIRMED, "again", vendor="Trailmark")
    assert district.revision(viewer.district_id) == before
    assert len(list_matches(district, viewer)) == 1


def test_a_match_can_be_taken_back_once(district: Store, viewer: Viewer) -> None:
    match = save_match(district, viewer, "sis", MatchState.CONFIRMED, "", vendor="Trailmark")
    remove_match(district, viewer, match.match_id, "Wrong vendor")
    assert list_matches(district, viewer) == ()
    with pytest.raises(InputRefused, match="not there any more"):
        remove_match(district, viewer, match.match_id, "")


def test_a_match_must_say_which_lines_and_is_never_new_money(district: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match="not said which ledger lines"):
        save_match(district, viewer, "sis", MatchState.CONFIRMED, "", vendor="  ")
    with pytest.raises(InputRefused, match="New money is not in the ledger"):
        save_match(district, viewer, "sis", MatchState.CONFIRMED, "", bridge=CostBridge.NEW, vendor="x")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PLANNER, Role.CABINET])
def test_only_finance_and_the_administrator_confirm(district: Store, role: Role) -> None:
    with pytest.raises(NotPermitted, match="may not confirm bridge"):
        save_match(district, Viewer("x", role, "harlow"), "sis", MatchState.CONFIRMED, "", vendor="x")
    assert save_match(district, Viewer("x", Role.FINANCE, "harlow"), "sis", MatchState.CONFIRMED, "", vendor="x")


def test_another_district_sees_no_match(district: Store, viewer: Viewer) -> None:
    save_match(district, viewer, "sis", MatchState.CONFIRMED, "", vendor="x")
    assert list_matches(district, viewer.at_district("elsewhere")) == ()


def test_ids_tell_pairs_apart_and_are_the_same_in_every_store() -> None:
    assert make_match_id("sis", vendor="x") == make_match_id("sis", vendor=" x ")
    assert make_match_id("sis", vendor="x") != make_match_id("sis", words="x")
    assert len({make_match_id("a", "b"), make_match_id("ab"), make_match_id("a", "", "b")}) == 3


def test_matches_outlive_the_closing_of_the_file(tmp_path: Path, viewer: Viewer) -> None:
    for _ in range(2):
        store = Store(tmp_path / "kept.duckdb")
        create_district(store, viewer, viewer.district_id)
        save_match(store, viewer, "sis", MatchState.CONFIRMED, "", vendor="x")
        assert len(list_matches(store, viewer)) == 1
        store.close()
