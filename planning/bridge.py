"""The ledger bridge: what of the technology already in the ledger the plan explains, and what it asks anew.

The same dollars stand in a budget and in a plan; a cost line says whether it is in the base, replaces something in
it, or is new. Nothing is counted twice: no ledger line explains more than it holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planning.atoms import Atom, Total, calculate_total
from planning.bridge_matching import (
    BridgeMatch,
    Claim,
    LedgerAmount,
    MatchState,
    Possible,
    Share,
    find_words,
    is_account_within,
    lay_claims,
    lay_matches,
    list_possible,
)
from planning.checks import keep_first
from planning.evaluation import Evaluation
from planning.findings import Finding, FindingKind
from planning.money import format_cents
from planning.vocabulary import CostBridge, Severity

__all__ = ["BridgeLine", "LedgerAmount", "LedgerBridge", "calculate_ledger_bridge", "is_account_within"]

BRIDGE_EXCEEDS_LEDGER = FindingKind(
    "bridge_exceeds_ledger",
    Severity.WARNING,
    "The plan says {found} of account {account} is in the base of {year}, but the ledger holds only {expected} there.",
    "Correct the amount or the account of these cost lines, or call what goes beyond the ledger new.",
)
BRIDGE_ACCOUNT_NOT_IN_LEDGER = FindingKind(
    "bridge_account_not_in_ledger",
    Severity.WARNING,
    "The plan says {found} is in the base of {year} at account {account}, which the ledger does not have.",
    "Correct the account of these cost lines, or publish the budget that holds it.",
)
BRIDGE_WITHOUT_ACCOUNT = FindingKind(
    "bridge_without_account",
    Severity.WARNING,
    "Cost lines of {initiatives} say that {found} is already in the ledger in {year}, but not at which account.",
    "Give these cost lines their account, or call them new.",
)
BRIDGE_MATCH_OUTSIDE_PLAN = FindingKind(
    "bridge_match_outside_plan",
    Severity.WARNING,
    "A confirmed match names the initiative {found}, which the plan does not do; it explains nothing.",
    "Take the match back, or include the initiative.",
)
BRIDGE_MATCH_WITHOUT_LINES = FindingKind(
    "bridge_match_without_lines",
    Severity.NOTE,
    "The match of {found} with {expected} fits no technology line of {year} in the ledger.",
    "Take it back if the line is gone for good.",
)
BRIDGE_BEYOND_PLAN = FindingKind(
    "bridge_beyond_plan",
    Severity.NOTE,
    "Ledger lines confirmed for {initiative} hold {found} in {year}, but its cost lines put {expected} in the base.",
    "Plan what these lines pay, or confirm fewer of them.",
)


class BridgeLine(NamedTuple):
    """One ledger line: what it holds, what initiatives explain, what they would replace of the rest, and who may."""

    account: str
    ledger_cents: int
    explained_cents: int
    replaced_cents: int
    line_count: int
    vendor: str = ""
    description: str = ""
    technology_rule: str = ""
    shares: tuple[Share, ...] = ()
    possible: tuple[Possible, ...] = ()

    @property
    def unexplained_cents(self) -> int:
        return self.ledger_cents - self.explained_cents

    @property
    def left_over_cents(self) -> int:
        """What is neither explained nor would be replaced."""
        return self.unexplained_cents - self.replaced_cents

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same line in another year."""
        return LedgerAmount(self.account, 0, 0, self.vendor, self.description).key


@dataclass(frozen=True, slots=True)
class LedgerBridge:
    """Ledger = explained + unexplained, to the cent. `replaced_cents` is a part of the unexplained, told apart.

    `base`, `replaces`, `new` and `savings` are what the plan says of the year, with their atoms. Explained = `base`
    - `excess_cents` (what the plan claims and the ledger does not hold) + `beyond_plan_cents` (what confirmed lines
    hold beyond what is planned). What later years replace is laid on the ledger too.
    """

    fiscal_year: str
    ledger_cents: int
    explained_cents: int
    replaced_cents: int
    unexplained_cents: int
    excess_cents: int
    base: Total
    replaces: Total
    new: Total
    savings: Total
    lines: tuple[BridgeLine, ...]
    findings: tuple[Finding, ...]

    @property
    def left_over_cents(self) -> int:
        """What is neither explained nor would be replaced."""
        return self.unexplained_cents - self.replaced_cents

    beyond_plan_cents: int = 0

    @property
    def accounts(self) -> tuple[BridgeLine, ...]:
        """The lines summed by account, in their order."""
        groups: dict[str, list[BridgeLine]] = {}
        for line in self.lines:
            groups.setdefault(line.account, []).append(line)
        return tuple(
            BridgeLine(
                account,
                sum(line.ledger_cents for line in members),
                sum(line.explained_cents for line in members),
                sum(line.replaced_cents for line in members),
                sum(line.line_count for line in members),
            )
            for account, members in groups.items()
        )

    @property
    def shares(self) -> tuple[Share, ...]:
        """Every share of every line."""
        return tuple(share for line in self.lines for share in line.shares)


def calculate_ledger_bridge(
    evaluation: Evaluation,
    ledger: Sequence[LedgerAmount],
    fiscal_year: str,
    matches: Sequence[BridgeMatch] = (),
) -> LedgerBridge:
    """Lays the plan's base cost lines of one fiscal year on the technology lines of the ledger.

    Confirmed matches explain (or replace) every line they cover, whole. Then cost lines find their place by vendor,
    account and words (planning.bridge_matching), base before replaces; each takes at most what is left, spread in
    proportion. A plan account matches ledger accounts that equal it or continue it at a segment boundary. A cost line
    that replaces something counts with its first year from `fiscal_year` on, a saving by its size. Negative ledger
    amounts are never explained.
    """
    atoms = [atom for atom in evaluation.budgeted_atoms if atom.fiscal_year == fiscal_year]
    base = [atom for atom in atoms if atom.bridge is CostBridge.BASE and atom.cents > 0]
    replacing = _first_years(evaluation.budgeted_atoms, evaluation.years, fiscal_year)
    base_claims, replace_claims = _make_claims(evaluation, base), _make_claims(evaluation, replacing)
    usable, findings = _check_matches(evaluation, ledger, matches, fiscal_year)
    left = [max(item.amount_cents, 0) for item in ledger]
    shares = lay_matches(usable, ledger, left, [*base_claims, *replace_claims])
    shares += lay_claims(base_claims, ledger, left, matches)
    shares += lay_claims(replace_claims, ledger, left, matches)
    possible = list_possible([*base_claims, *replace_claims], ledger, left, matches, is_in_plan=True)
    possible += list_possible(_claim_alternatives(evaluation, fiscal_year), ledger, left, matches, is_in_plan=False)
    findings += _describe_left_over(base_claims, ledger, fiscal_year)
    findings += _describe_left_over(replace_claims, ledger, fiscal_year)
    base_total = calculate_total(base)
    explained = sum(share.cents for share in shares if share.bridge is CostBridge.BASE)
    excess = sum(claim.left_cents for claim in base_claims)
    ledger_cents = sum(item.amount_cents for item in ledger)
    return LedgerBridge(
        fiscal_year=fiscal_year,
        ledger_cents=ledger_cents,
        explained_cents=explained,
        replaced_cents=sum(share.cents for share in shares if share.bridge is CostBridge.REPLACES),
        unexplained_cents=ledger_cents - explained,
        excess_cents=excess,
        base=base_total,
        replaces=calculate_total(atom for atom in atoms if atom.bridge is CostBridge.REPLACES),
        new=calculate_total(atom for atom in atoms if atom.bridge is CostBridge.NEW and atom.cents > 0),
        savings=calculate_total(atom for atom in atoms if atom.bridge is not CostBridge.REPLACES and atom.cents < 0),
        lines=_join_lines(ledger, shares, possible),
        findings=(*findings, *_describe_beyond_plan(evaluation, shares, base, fiscal_year)),
        beyond_plan_cents=explained - (base_total.cents - excess),
    )


def _first_years(atoms: Iterable[Atom], years: Sequence[str], fiscal_year: str) -> list[Atom]:
    """The atoms of cost lines that replace something, each in its first year from the ledger's on."""
    by_line: dict[str, dict[str, list[Atom]]] = {}
    for atom in atoms:
        if atom.bridge is CostBridge.REPLACES and atom.fiscal_year >= fiscal_year:
            by_line.setdefault(atom.cost_line_id, {}).setdefault(atom.fiscal_year, []).append(atom)
    return [atom for by_year in by_line.values() for atom in by_year[min(by_year)]]


def _claim_alternatives(evaluation: Evaluation, fiscal_year: str) -> list[Claim]:
    """What initiatives outside the plan would say is in the ledger: they explain nothing, but a person may ask."""
    atoms = [atom for atom in evaluation.alternative_atoms if atom.is_budgeted and atom.fiscal_year == fiscal_year]
    return _make_claims(evaluation, [atom for atom in atoms if atom.bridge is CostBridge.BASE and atom.cents > 0])


def _make_claims(evaluation: Evaluation, atoms: Iterable[Atom]) -> list[Claim]:
    """One claim for each cost line, of the size of its sum, so that a saving does not hide a cost."""
    cost_lines = {line.cost_line_id: line for line in keep_first(evaluation.plan.cost_lines, "cost_line_id")}
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    by_line: dict[str, list[Atom]] = {}
    for atom in atoms:
        by_line.setdefault(atom.cost_line_id, []).append(atom)
    return [
        Claim(
            initiative_id=members[0].initiative_id,
            bridge=members[0].bridge,
            account=members[0].account.strip(),
            vendor=cost_lines[line_id].vendor.strip(),
            words=find_words(f"{names[members[0].initiative_id]} {cost_lines[line_id].description}"),
            asked_cents=abs(sum(atom.cents for atom in members)),
        )
        for line_id, members in by_line.items()
    ]


def _join_lines(
    ledger: Sequence[LedgerAmount], shares: Iterable[Share], possible: Iterable[Possible]
) -> tuple[BridgeLine, ...]:
    by_place: dict[int, list[Share]] = {}
    for share in shares:
        by_place.setdefault(share.line, []).append(share)
    maybe: dict[int, list[Possible]] = {}
    for one in possible:
        maybe.setdefault(one.line, []).append(one)
    return tuple(
        BridgeLine(
            line.account,
            line.amount_cents,
            *(
                sum(share.cents for share in by_place.get(place, ()) if share.bridge is bridge)
                for bridge in (CostBridge.BASE, CostBridge.REPLACES)
            ),
            line.line_count,
            line.vendor,
            line.description,
            line.technology_rule,
            tuple(by_place.get(place, ())),
            tuple(maybe.get(place, ())),
        )
        for place, line in enumerate(ledger)
    )


def _check_matches(
    evaluation: Evaluation, ledger: Sequence[LedgerAmount], matches: Iterable[BridgeMatch], fiscal_year: str
) -> tuple[list[BridgeMatch], list[Finding]]:
    """The confirmed matches of initiatives that the plan does, and what is wrong with the others."""
    included = {item.initiative_id for item in evaluation.included}
    usable: list[BridgeMatch] = []
    findings: list[Finding] = []
    for match in matches:
        if match.state is not MatchState.CONFIRMED:
            continue
        if match.initiative_id not in included:
            findings.append(BRIDGE_MATCH_OUTSIDE_PLAN.at(found=match.initiative_id, item=match.match_id))
            continue
        usable.append(match)
        if not any(match.covers(line) for line in ledger):
            parts = (match.account, match.vendor, match.words, match.technology_rule)
            named = " · ".join(part for part in parts if part)
            findings.append(BRIDGE_MATCH_WITHOUT_LINES.at(found=match.initiative_id, expected=named, year=fiscal_year))
    return usable, findings


def _describe_left_over(claims: Iterable[Claim], ledger: Sequence[LedgerAmount], fiscal_year: str) -> list[Finding]:
    """What cost lines claim and the ledger does not hold, an account at a time."""
    by_account: dict[str, list[Claim]] = {}
    for claim in claims:
        by_account.setdefault(claim.account, []).append(claim)
    findings = []
    for account, members in by_account.items():
        asked = sum(claim.asked_cents for claim in members)
        given = asked - sum(claim.left_cents for claim in members)
        if given < asked:
            is_known = any(is_account_within(line.account.strip(), account) for line in ledger)
            findings.append(_describe_excess(account, members, asked, given, is_known, fiscal_year))
    return findings


def _describe_excess(
    account: str, claims: Sequence[Claim], asked: int, given: int, is_known: bool, fiscal_year: str
) -> Finding:
    found = format_cents(asked, places=2, symbol=True)
    if not account:
        names = ", ".join(dict.fromkeys(claim.initiative_id for claim in claims if claim.left_cents))
        return BRIDGE_WITHOUT_ACCOUNT.at(found=found, initiatives=names, year=fiscal_year)
    if not is_known:
        return BRIDGE_ACCOUNT_NOT_IN_LEDGER.at(found=found, account=account, year=fiscal_year)
    expected = format_cents(given, places=2, symbol=True) if given else "$0.00"
    return BRIDGE_EXCEEDS_LEDGER.at(found=found, expected=expected, account=account, year=fiscal_year)


def _describe_beyond_plan(
    evaluation: Evaluation, shares: Iterable[Share], base: Iterable[Atom], fiscal_year: str
) -> list[Finding]:
    """Initiatives whose explained ledger lines hold more than they plan in the base."""
    planned: dict[str, int] = {}
    for atom in base:
        planned[atom.initiative_id] = planned.get(atom.initiative_id, 0) + atom.cents
    held: dict[str, int] = {}
    for share in shares:
        if share.bridge is CostBridge.BASE:
            held[share.initiative_id] = held.get(share.initiative_id, 0) + share.cents
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    return [
        BRIDGE_BEYOND_PLAN.at(
            found=format_cents(cents, places=2, symbol=True),
            expected=format_cents(planned.get(key, 0), places=2, symbol=True) if planned.get(key) else "nothing",
            initiative=names[key],
            year=fiscal_year,
        )
        for key, cents in held.items()
        if cents > planned.get(key, 0)
    ]
