"""What people confirmed or rejected about the ledger lines of an initiative: who, when and why."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.store.audit import canonical_json
from data.store.database import Change, Store
from data.store.viewer import Viewer
from planning.bridge_matching import BridgeMatch, MatchState
from planning.errors import InputRefused
from planning.permissions import Action
from planning.vocabulary import CostBridge

_PARTS = "match_id, initiative_id, state, bridge, account, vendor, words, technology_rule"
_COLUMNS = f"{_PARTS}, reason, decided_by, decided_at"


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A match with who decided it."""

    match: BridgeMatch
    reason: str
    decided_by: str
    decided_at: datetime


def list_matches(store: Store, viewer: Viewer) -> tuple[StoredMatch, ...]:
    """Every match of the district, the newest decision first."""
    rows = store.read(
        viewer,
        f"SELECT {_COLUMNS} FROM bridge_match WHERE district_id = $district_id ORDER BY decided_at DESC, match_id",
    )
    return tuple(_make_match(row) for row in rows)


def load_bridge_matches(store: Store, viewer: Viewer) -> tuple[BridgeMatch, ...]:
    """The matches alone, for the bridge."""
    return tuple(stored.match for stored in list_matches(store, viewer))


def make_match_id(
    initiative_id: str, account: str = "", vendor: str = "", words: str = "", technology_rule: str = ""
) -> str:
    """One id for one pair of initiative and lines, so that a second word about it takes the place of the first."""
    named = canonical_json([initiative_id, *(part.strip() for part in (account, vendor, words, technology_rule))])
    return f"match-{hashlib.sha256(named.encode()).hexdigest()[:16]}"


def make_match(
    initiative_id: str,
    state: MatchState,
    bridge: CostBridge = CostBridge.BASE,
    account: str = "",
    vendor: str = "",
    words: str = "",
    technology_rule: str = "",
) -> BridgeMatch:
    """That an initiative is, or is not, what some ledger lines are for; refused where it is not said which lines."""
    if not any(part.strip() for part in (account, vendor, words, technology_rule)):
        raise InputRefused(
            "It is not said which ledger lines are meant.", "Give an account, a vendor, words or a technology rule."
        )
    if bridge is CostBridge.NEW:
        raise InputRefused("New money is not in the ledger.", "Choose base or replaces.")
    return BridgeMatch(
        match_id=make_match_id(initiative_id, account, vendor, words, technology_rule),
        initiative_id=initiative_id,
        state=state,
        bridge=bridge,
        account=account.strip(),
        vendor=vendor.strip(),
        words=words.strip(),
        technology_rule=technology_rule.strip(),
    )


def save_matches(store: Store, viewer: Viewer, matches: Sequence[BridgeMatch], reason: str) -> int:
    """Confirm or reject, all or none; the last word about a pair counts. Answers how many say something new."""

    def work(change: Change) -> int:
        changed = {
            match.match_id: (before, match) for match in matches if (before := _put(change, match, reason)) != match
        }
        if not changed:
            change.keep_nothing()
        change.detail |= {
            "match" if len(changed) == 1 else f"match {key}": {"from": _describe(before), "to": _describe(match)}
            for key, (before, match) in changed.items()
        }
        return len(changed)

    return store.write(viewer, Action.CONFIRM_BRIDGE, reason, work)


def remove_match(store: Store, viewer: Viewer, match_id: str, reason: str) -> None:
    """Take back what was said; the bridge then rests on what vendor, account and words suggest."""

    def work(change: Change) -> None:
        before = _take_out(change, match_id)
        if before is None:
            raise InputRefused("This match is not there any more.", "Look at the list again.")
        change.detail["match"] = {"from": _describe(before), "to": None}

    store.write(viewer, Action.CONFIRM_BRIDGE, reason, work)


def _put(change: Change, match: BridgeMatch, reason: str) -> BridgeMatch | None:
    """Write a match in the place of what was said of the same pair, which is answered."""
    before = _find(change, match.match_id)
    if before != match:
        _take_out(change, match.match_id)
        viewer = change.viewer
        change.cursor.execute(
            f"INSERT INTO bridge_match (district_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [viewer.district_id, *_list_values(match), reason, viewer.actor, change.recorded_at],
        )
    return before


def _find(change: Change, match_id: str) -> BridgeMatch | None:
    key = [change.viewer.district_id, match_id]
    row = change.cursor.execute(
        f"SELECT {_COLUMNS} FROM bridge_match WHERE district_id = ? AND match_id = ?", key
    ).fetchone()
    return _make_match(row).match if row else None


def _take_out(change: Change, match_id: str) -> BridgeMatch | None:
    before = _find(change, match_id)
    key = [change.viewer.district_id, match_id]
    change.cursor.execute("DELETE FROM bridge_match WHERE district_id = ? AND match_id = ?", key)
    return before


def _make_match(row: tuple) -> StoredMatch:
    names = _PARTS.split(", ")
    return StoredMatch(BridgeMatch.model_validate(dict(zip(names, row, strict=False))), *row[len(names) :])


def _list_values(match: BridgeMatch) -> list[str]:
    return [str(value) for value in match.model_dump(mode="json").values()]


def _describe(match: BridgeMatch | None) -> dict[str, object] | None:
    return match.model_dump(mode="json") if match else None
