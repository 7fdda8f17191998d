"""The ledger bridge: what of the technology already in the ledger the plan explains, and what it asks anew.

The same dollars stand in a budget and in a plan; a cost line says whether it is in the base, replaces something in
it, or is new. Nothing is counted twice: no ledger account explains more than it holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planning.atoms import Atom, Total, calculate_total
from planning.evaluation import Evaluation
from planning.findings import Finding, FindingKind
from planning.money import format_cents, split_cents
from planning.vocabulary import CostBridge, Severity

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


class LedgerAmount(NamedTuple):
    """Technology in the ledger at one account in one fiscal year, with how many budget lines make it."""

    account: str
    amount_cents: int
    line_count: int = 1


class BridgeLine(NamedTuple):
    """One ledger account: what it holds, what initiatives explain, what they would replace of the rest."""

    account: str
    ledger_cents: int
    explained_cents: int
    replaced_cents: int
    line_count: int

    @property
    def unexplained_cents(self) -> int:
        return self.ledger_cents - self.explained_cents


@dataclass(frozen=True, slots=True)
class LedgerBridge:
    """Ledger = explained + unexplained, to the cent. `replaced_cents` is a part of the unexplained, told apart.

    `base`, `replaces`, `new` and `savings` are what the plan says, with their atoms; explained is `base` less
    `excess_cents`, what the plan claims beyond the ledger.
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


def calculate_ledger_bridge(evaluation: Evaluation, ledger: Sequence[LedgerAmount], fiscal_year: str) -> LedgerBridge:
    """Lays the base cost lines of one fiscal year on the ledger, account by account.

    A plan account matches ledger accounts that equal it or continue it at a segment boundary: `10-2580` matches
    `10-2580-352` but not `10-25801`. The longest plan accounts go first; each takes at most what is left, spread
    in proportion. `replaces` lines are then laid on what is still unexplained, a saving (negative) as its size.
    Negative ledger amounts are never explained.
    """
    atoms = [atom for atom in evaluation.budgeted_atoms if atom.fiscal_year == fiscal_year]
    base = [atom for atom in atoms if atom.bridge is CostBridge.BASE and atom.cents > 0]
    replaces = [atom for atom in atoms if atom.bridge is CostBridge.REPLACES]
    left = [max(item.amount_cents, 0) for item in ledger]
    explained, findings = _lay(base, ledger, left, fiscal_year)
    left = [before - part for before, part in zip(left, explained, strict=True)]
    replaced, more = _lay(replaces, ledger, left, fiscal_year)
    base_total = calculate_total(base)
    ledger_cents = sum(item.amount_cents for item in ledger)
    return LedgerBridge(
        fiscal_year=fiscal_year,
        ledger_cents=ledger_cents,
        explained_cents=sum(explained),
        replaced_cents=sum(replaced),
        unexplained_cents=ledger_cents - sum(explained),
        excess_cents=base_total.cents - sum(explained),
        base=base_total,
        replaces=calculate_total(replaces),
        new=calculate_total(atom for atom in atoms if atom.bridge is CostBridge.NEW and atom.cents > 0),
        savings=calculate_total(atom for atom in atoms if atom.bridge is not CostBridge.REPLACES and atom.cents < 0),
        lines=tuple(
            BridgeLine(item.account, item.amount_cents, explained[i], replaced[i], item.line_count)
            for i, item in enumerate(ledger)
        ),
        findings=(*findings, *more),
    )


def is_account_within(account: str, prefix: str) -> bool:
    """Whether an account equals a prefix or continues it at a segment boundary.

    >>> is_account_within("10-2580-352-01", "10-2580-352"), is_account_within("10-2580-3521", "10-2580-352")
    (True, False)
    """
    return account.startswith(prefix) and (len(account) == len(prefix) or not account[len(prefix)].isalnum())


def _lay(
    atoms: Iterable[Atom], ledger: Sequence[LedgerAmount], left: Sequence[int], fiscal_year: str
) -> tuple[list[int], list[Finding]]:
    """How much of each ledger account the atoms take, never more than is left of it."""
    by_account: dict[str, list[Atom]] = {}
    for atom in atoms:
        by_account.setdefault(atom.account.strip(), []).append(atom)
    taken = [0] * len(ledger)
    findings: list[Finding] = []
    for account in sorted(by_account, key=lambda text: (-len(text), text)):
        members = by_account[account]
        asked = _size(members)
        places = [i for i, item in enumerate(ledger) if account and is_account_within(item.account.strip(), account)]
        room = [left[i] - taken[i] for i in places]
        given = min(asked, sum(room))
        if given:
            for i, part in zip(places, split_cents(given, room), strict=True):
                taken[i] += part
        if given < asked:
            findings.append(_describe_excess(account, members, asked, given, bool(places), fiscal_year))
    return taken, findings


def _size(atoms: Iterable[Atom]) -> int:
    """The sum over cost lines of the size of each, so that a saving does not hide a cost."""
    by_line: dict[str, int] = {}
    for atom in atoms:
        by_line[atom.cost_line_id] = by_line.get(atom.cost_line_id, 0) + atom.cents
    return sum(abs(cents) for cents in by_line.values())


def _describe_excess(
    account: str, atoms: Sequence[Atom], asked: int, given: int, is_known: bool, fiscal_year: str
) -> Finding:
    found = format_cents(asked, places=2, symbol=True)
    if not account:
        names = ", ".join(dict.fromkeys(atom.initiative_id for atom in atoms))
        return BRIDGE_WITHOUT_ACCOUNT.at(found=found, initiatives=names, year=fiscal_year)
    if not is_known:
        return BRIDGE_ACCOUNT_NOT_IN_LEDGER.at(found=found, account=account, year=fiscal_year)
    expected = format_cents(given, places=2, symbol=True) if given else "$0.00"
    return BRIDGE_EXCEEDS_LEDGER.at(found=found, expected=expected, account=account, year=fiscal_year)
