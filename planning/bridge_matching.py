"""Which ledger lines an initiative explains: what a person confirmed, then what vendor, account and words suggest.

A ledger line's dollars are given away at most once. Whatever is shared is shared by largest remainder, so that parts
sum to the whole to the cent.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Self

from pydantic import model_validator

from planning.model import Identifier, Model
from planning.money import split_cents
from planning.vocabulary import CostBridge

# Words that most technology lines share: they tell one line from another no better than a blank does.
_FILLER = frozenset({"each", "every", "from", "other", "school", "service", "software", "technology", "that", "with", "year"})  # fmt: skip # noqa: E501
FEWEST_WORDS_ALONE = 2


class MatchState(StrEnum):
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Evidence(StrEnum):
    """Why a ledger line is laid to an initiative, the surest first; what is only possible carries no dollars."""

    CONFIRMED = "confirmed"
    VENDOR_ACCOUNT_WORDS = "vendor, account and words"
    VENDOR_ACCOUNT = "vendor and account"
    ACCOUNT_WORDS = "account and words"
    ACCOUNT = "account"
    VENDOR = "vendor"
    WORDS = "words"


class LedgerAmount(NamedTuple):
    """Technology in the ledger in one fiscal year: one account, or one vendor and description at it."""

    account: str
    amount_cents: int
    line_count: int = 1
    vendor: str = ""
    description: str = ""
    technology_rule: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same line in another year."""
        return self.account.strip(), self.vendor.strip().casefold(), self.description.strip().casefold()


class BridgeMatch(Model):
    """What a person said about some ledger lines: this initiative is (or is not) what they are for, or replaces them.

    The lines are those that fit every part given: the account equal or continued at a segment boundary, the vendor
    equal, every word in the description, the technology rule equal. It names no row of a file, so it holds for the
    next version of the budget.
    """

    match_id: Identifier
    initiative_id: Identifier
    state: MatchState = MatchState.CONFIRMED
    bridge: CostBridge = CostBridge.BASE
    account: str = ""
    vendor: str = ""
    words: str = ""
    technology_rule: str = ""

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        if not any(part.strip() for part in (self.account, self.vendor, self.words, self.technology_rule)):
            raise ValueError("a match needs an account, a vendor, words or a technology rule")
        if self.bridge is CostBridge.NEW:
            raise ValueError("new money is not in the ledger, so no ledger line can match it")
        return self

    def covers(self, line: LedgerAmount) -> bool:
        """Whether a ledger line fits every part given."""
        return (
            (not self.account.strip() or is_account_within(line.account.strip(), self.account.strip()))
            and (not self.vendor.strip() or _fold(self.vendor) == _fold(line.vendor))
            and set(_split_words(self.words)) <= set(_split_words(line.description))
            and (not self.technology_rule or self.technology_rule == line.technology_rule)
        )

    @property
    def precision(self) -> tuple[int, int, int]:
        """How exactly it names its lines: the more exact of two matches counts."""
        parts = sum(bool(part.strip()) for part in (self.account, self.vendor, self.words, self.technology_rule))
        return parts, len(self.account.strip()), len(_split_words(self.words))


class Share(NamedTuple):
    """Cents of one ledger line that one initiative explains (or would replace), and why."""

    line: int
    initiative_id: str
    cents: int
    bridge: CostBridge
    evidence: Evidence
    match_id: str = ""


class Possible(NamedTuple):
    """An initiative that may explain a line but to which nothing is laid until a person confirms it."""

    line: int
    initiative_id: str
    bridge: CostBridge
    evidence: Evidence
    is_in_plan: bool


@dataclass(slots=True)
class Claim:
    """What one cost line says is in the ledger, and how much of it has not found its place yet."""

    initiative_id: str
    bridge: CostBridge
    account: str
    vendor: str
    words: frozenset[str]
    asked_cents: int
    left_cents: int = field(init=False)

    def __post_init__(self) -> None:
        self.left_cents = self.asked_cents


def is_account_within(account: str, prefix: str) -> bool:
    """Whether an account equals a prefix or continues it at a segment boundary.

    >>> is_account_within("10-2580-352-01", "10-2580-352"), is_account_within("10-2580-3521", "10-2580-352")
    (True, False)
    """
    return account.startswith(prefix) and (len(account) == len(prefix) or not account[len(prefix)].isalnum())


def find_words(text: str) -> frozenset[str]:
    """The words of a name or description that can tell it from others, in lower case and without a plural s.

    >>> sorted(find_words("Student devices, each school (2 of 3)"))
    ['device', 'student']
    """
    return frozenset(_list_telling_words(text))


def lay_matches(
    matches: Iterable[BridgeMatch], ledger: Sequence[LedgerAmount], left: list[int], claims: Sequence[Claim]
) -> list[Share]:
    """What confirmed matches explain: every line they cover, whole, the most exact match first; lowers `left`.

    Equally exact matches of one line share it in proportion to what their initiatives plan in the base, in equal
    parts where they plan nothing. What an initiative is given lowers what its cost lines still claim, so that no
    suggestion lays the same planned dollars a second time.
    """
    confirmed = [match for match in matches if match.state is MatchState.CONFIRMED]
    by_initiative: dict[str, list[Claim]] = {}
    for claim in claims:
        by_initiative.setdefault(claim.initiative_id, []).append(claim)
    shares: list[Share] = []
    for place, line in enumerate(ledger):
        covering = [match for match in confirmed if left[place] > 0 and match.covers(line)]
        if not covering:
            continue
        best = max(match.precision for match in covering)
        chosen = list({match.initiative_id: match for match in covering if match.precision == best}.values())
        plans = [
            sum(c.asked_cents for c in by_initiative.get(m.initiative_id, ()) if c.bridge is m.bridge) for m in chosen
        ]
        for match, cents in zip(
            chosen, split_cents(left[place], plans if any(plans) else [1] * len(chosen)), strict=True
        ):
            if cents:
                shares.append(
                    Share(place, match.initiative_id, cents, match.bridge, Evidence.CONFIRMED, match.match_id)
                )
                _settle(
                    [c for c in by_initiative.get(match.initiative_id, ()) if c.bridge is match.bridge], line, cents
                )
        left[place] = 0
    return shares


def lay_claims(
    claims: Sequence[Claim], ledger: Sequence[LedgerAmount], left: list[int], matches: Iterable[BridgeMatch]
) -> list[Share]:
    """What cost lines explain by vendor, account and words: the surest evidence first; lowers `left` and the claims.

    Within one kind of evidence the longest plan accounts go first. Claims on the same lines are laid together: no
    line gives more than is left of it, spread in proportion.
    """
    index = LedgerIndex(ledger, matches)
    shares: list[Share] = []
    for evidence, choose in _TIERS.items():
        groups: dict[tuple[int, ...], list[Claim]] = {}
        for claim in sorted(claims, key=lambda one: (-len(one.account), one.account)):
            places = tuple(i for i in choose(claim, index) if left[i] > 0) if claim.left_cents else ()
            if places:
                groups.setdefault(places, []).append(claim)
        for places, members in groups.items():
            shares += _lay_together(members, places, left, evidence)
    return shares


def list_possible(
    claims: Iterable[Claim],
    ledger: Sequence[LedgerAmount],
    left: Sequence[int],
    matches: Iterable[BridgeMatch],
    is_in_plan: bool,
) -> list[Possible]:
    """The lines with something left that a claim may be about: by vendor, by several words, or where it is too late."""
    index = LedgerIndex(ledger, matches)
    found: dict[tuple[int, str, CostBridge], Possible] = {}
    for claim in claims:
        for evidence, choose in (_LOOSE if is_in_plan else {**_TIERS, **_LOOSE}).items():
            for place in choose(claim, index) if claim.left_cents else ():
                if left[place] > 0 and evidence is not Evidence.ACCOUNT:
                    key = (place, claim.initiative_id, claim.bridge)
                    found.setdefault(key, Possible(place, claim.initiative_id, claim.bridge, evidence, is_in_plan))
    return list(found.values())


class LedgerIndex:
    """The ledger's lines by account, vendor and words, without those a person said an initiative is not for."""

    def __init__(self, ledger: Sequence[LedgerAmount], matches: Iterable[BridgeMatch]) -> None:
        self._ledger = ledger
        self._rejected = [match for match in matches if match.state is MatchState.REJECTED]
        self._by_vendor: dict[str, list[int]] = {}
        for place, line in enumerate(ledger):
            if line.vendor.strip():
                self._by_vendor.setdefault(_fold(line.vendor), []).append(place)
        self._words = [find_words(line.description) for line in ledger]
        self._by_account: dict[str, list[int]] = {}

    def at_account(self, claim: Claim) -> list[int]:
        if not claim.account:
            return []
        if claim.account not in self._by_account:
            self._by_account[claim.account] = [
                i for i, line in enumerate(self._ledger) if is_account_within(line.account.strip(), claim.account)
            ]
        return self._without_rejected(claim, self._by_account[claim.account])

    def of_vendor(self, claim: Claim) -> list[int]:
        return self._without_rejected(claim, self._by_vendor.get(_fold(claim.vendor), []) if claim.vendor else [])

    def vendor_of(self, place: int) -> str:
        return _fold(self._ledger[place].vendor)

    def everywhere(self, claim: Claim) -> list[int]:
        return self._without_rejected(claim, range(len(self._ledger)))

    def closest_in_words(self, claim: Claim, places: Iterable[int], fewest: int = 1) -> list[int]:
        """Of these lines, those that share the most telling words with the claim, where that is enough of them."""
        shared = {place: len(claim.words & self._words[place]) for place in places}
        most = max(shared.values(), default=0)
        return [place for place, count in shared.items() if count == most >= fewest]

    def _without_rejected(self, claim: Claim, places: Iterable[int]) -> list[int]:
        against = [match for match in self._rejected if match.initiative_id == claim.initiative_id]
        return [i for i in places if not any(match.covers(self._ledger[i]) for match in against)]


def _of_vendor_at_account(claim: Claim, index: LedgerIndex) -> list[int]:
    vendors = set(index.of_vendor(claim))
    return [place for place in index.at_account(claim) if place in vendors]


def _of_no_other_vendor(claim: Claim, index: LedgerIndex) -> list[int]:
    """The lines of the account that do not name somebody else; what replaces a line is bought from somebody else."""
    places = index.at_account(claim)
    if not claim.vendor or claim.bridge is CostBridge.REPLACES:
        return places
    return [place for place in places if index.vendor_of(place) in ("", _fold(claim.vendor))]


Choose = Callable[[Claim, LedgerIndex], list[int]]
_TIERS: Mapping[Evidence, Choose] = {
    Evidence.VENDOR_ACCOUNT_WORDS: lambda claim, index: index.closest_in_words(
        claim, _of_vendor_at_account(claim, index)
    ),
    Evidence.VENDOR_ACCOUNT: _of_vendor_at_account,
    Evidence.ACCOUNT_WORDS: lambda claim, index: index.closest_in_words(claim, _of_no_other_vendor(claim, index)),
    Evidence.ACCOUNT: lambda claim, index: _of_no_other_vendor(claim, index),
    Evidence.VENDOR: lambda claim, index: [] if claim.account else index.of_vendor(claim),
}
# Too weak to move dollars: a vendor at another account than the plan says, and words alone.
_LOOSE: Mapping[Evidence, Choose] = {
    Evidence.VENDOR: lambda claim, index: index.of_vendor(claim),
    Evidence.WORDS: lambda claim, index: index.closest_in_words(claim, index.everywhere(claim), FEWEST_WORDS_ALONE),
}


def _lay_together(claims: Sequence[Claim], places: Sequence[int], left: list[int], evidence: Evidence) -> list[Share]:
    """Lay claims on the same lines: each claim and each line in proportion, to the cent on both sides."""
    room = [left[place] for place in places]
    given = min(sum(claim.left_cents for claim in claims), sum(room))
    if not given:
        return []
    to_lay = split_cents(given, room)
    shares: list[Share] = []
    for claim, part in zip(claims, split_cents(given, [claim.left_cents for claim in claims]), strict=True):
        claim.left_cents -= part
        for number, cents in enumerate(split_cents(part, to_lay) if part else ()):
            if cents:
                to_lay[number] -= cents
                left[places[number]] -= cents
                shares.append(Share(places[number], claim.initiative_id, cents, claim.bridge, evidence))
    return shares


def _settle(claims: Iterable[Claim], line: LedgerAmount, cents: int) -> None:
    """Take from an initiative's claims what a confirmed line already explains, the claims on that very line first."""

    def strangeness(claim: Claim) -> tuple[bool, bool, int]:
        is_at = bool(claim.account) and is_account_within(line.account.strip(), claim.account)
        return not is_at, _fold(claim.vendor) != _fold(line.vendor), -len(claim.words & find_words(line.description))

    for claim in sorted(claims, key=strangeness):
        taken = min(claim.left_cents, cents)
        claim.left_cents -= taken
        cents -= taken


@lru_cache(maxsize=65_536)
def _split_words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


@lru_cache(maxsize=65_536)
def _list_telling_words(text: str) -> tuple[str, ...]:
    stems = (_cut_plural(word) for word in _split_words(text))
    return tuple(word for word in stems if len(word) > 3 and word not in _FILLER and not word.isdigit())


def _cut_plural(word: str) -> str:
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=65_536)
def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
