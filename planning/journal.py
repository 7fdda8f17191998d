"""The plan as a journal: budget entries and transfers by account and fiscal year, balanced in every fund and year.

Estimated revenues and transfers in are debited, appropriations and transfers out are credited, and budgetary fund
balance takes the difference. Source: GASB Codification, section 1700 (the budget and budgetary accounting).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from planning.budget_changes import BudgetChange, ChangeKind
from planning.evaluation import Evaluation
from planning.findings import Finding, FindingKind
from planning.funding.certainty import list_unsecured_sources
from planning.money import format_cents
from planning.vocabulary import CostBridge, FundingState, Severity

JOURNAL_ACCOUNT_MISSING = FindingKind(
    "journal_account_missing",
    Severity.WARNING,
    "{found} of {words} in fund {fund} has no account.",
    "Give it one in the plan, or in the mapping file under {expected}.",
)
JOURNAL_WITHOUT_SOURCE = FindingKind(
    "journal_without_source",
    Severity.WARNING,
    "{found} of {initiative} has no source and is left out of the journal.",
    "Commit a source to it, or take the cost out of the plan.",
)


JOURNAL_NOT_SECURED = FindingKind(
    "journal_not_secured",
    Severity.WARNING,
    "{found} is to be paid by {source}, which is {certainty}, not secured.",
    "Post these lines only once the money is secured, or take its commitments out of the plan.",
)
JOURNAL_NOT_ADOPTED = FindingKind(
    "journal_not_adopted",
    Severity.WARNING,
    "This is revision {found} of the plan, which is {stage}, not adopted by the board.",
    "Take the adopted revision where there is one, or wait for the adoption before posting it.",
)


JOURNAL_OF_SCENARIO = FindingKind(
    "journal_of_scenario",
    Severity.WARNING,
    "This is what the scenario {found} makes of revision {expected} of the plan; the board adopted no such plan.",
    "Adopt the scenario into the plan and take that to the board before posting it.",
)


class EntryType(StrEnum):
    ESTIMATED_REVENUE = "estimated_revenue"
    TRANSFER_IN = "estimated_transfer_in"
    APPROPRIATION = "appropriation"
    TRANSFER_OUT = "estimated_transfer_out"
    FUND_BALANCE = "budgetary_fund_balance"


_TYPES = {
    ChangeKind.REVENUE: EntryType.ESTIMATED_REVENUE,
    ChangeKind.TRANSFER_IN: EntryType.TRANSFER_IN,
    ChangeKind.APPROPRIATION: EntryType.APPROPRIATION,
    ChangeKind.TRANSFER_OUT: EntryType.TRANSFER_OUT,
}
_DEBITED = frozenset({EntryType.ESTIMATED_REVENUE, EntryType.TRANSFER_IN})
_WORDS = {
    EntryType.ESTIMATED_REVENUE: "estimated revenue",
    EntryType.TRANSFER_IN: "transfers in",
    EntryType.APPROPRIATION: "appropriations",
    EntryType.TRANSFER_OUT: "transfers out",
    EntryType.FUND_BALANCE: "budgetary fund balance",
}


class JournalLine(NamedTuple):
    """One line of an entry; one of debit and credit is zero. `account_key` is its name in a mapping file."""

    entry: str
    fiscal_year: str
    fund_code: str
    account: str
    entry_type: EntryType
    debit_cents: int
    credit_cents: int
    description: str
    account_key: str
    initiative_id: str = ""
    cost_line_id: str = ""
    source_id: str = ""
    other_fund: str = ""
    bridge: str = ""
    atom_ids: tuple[str, ...] = ()

    @property
    def amount_cents(self) -> int:
        """Debit positive, credit negative."""
        return self.debit_cents - self.credit_cents


@dataclass(frozen=True, slots=True)
class Journal:
    """Every line, in the order of year, fund and type; debits equal credits in every fund and year."""

    lines: tuple[JournalLine, ...]
    findings: tuple[Finding, ...]

    @property
    def debit_cents(self) -> int:
        return sum(line.debit_cents for line in self.lines)

    @property
    def credit_cents(self) -> int:
        return sum(line.credit_cents for line in self.lines)


def calculate_journal(
    changes: Iterable[BudgetChange],
    evaluation: Evaluation,
    accounts: Mapping[str, str] | None = None,
    fiscal_year: str | None = None,
) -> Journal:
    """The changes of a budget as balanced entries, one for each fiscal year and fund.

    `accounts` names accounts by key: an account of the plan (`10-2580-352`), `cost_line:<id>` where the plan gives
    none, `source:<id>`, `transfer_in:`, `transfer_out:`, `other_spending:` and `fund_balance:<fund>`. What has no
    account is a finding and keeps an empty one. Cost that nobody pays is left out, with a finding: a journal promises
    no money that is not there.
    """
    wanted = [change for change in changes if fiscal_year in (None, change.fiscal_year)]
    paid = [change for change in wanted if change.state is not FundingState.UNFUNDED]
    lines = _sum_lines(paid, evaluation, accounts or {})
    entries: dict[tuple[str, str], list[JournalLine]] = {}
    for line in lines:
        entries.setdefault((line.fiscal_year, line.fund_code), []).append(line)
    balanced: list[JournalLine] = []
    for key in sorted(entries):
        members = sorted(entries[key], key=_order)
        balanced += [*members, *_balance(*key, members, accounts or {})]
    findings = [
        *_find_unpaid(wanted, evaluation),
        *_find_unsecured(paid, evaluation),
        *_find_missing_accounts(balanced),
    ]
    return Journal(tuple(balanced), tuple(findings))


def _sum_lines(
    changes: Iterable[BudgetChange], evaluation: Evaluation, accounts: Mapping[str, str]
) -> list[JournalLine]:
    """One line for each account, cost line or source; amounts that cancel out leave no line."""
    groups: dict[tuple[str, ...], list[BudgetChange]] = {}
    for change in changes:
        source = change.source_id if change.kind is ChangeKind.REVENUE else ""
        key = (
            change.fiscal_year, change.fund_code, change.kind, change.account, change.initiative_id,
            change.cost_line_id, source, change.other_fund, change.bridge,
        )  # fmt: skip
        groups.setdefault(key, []).append(change)
    words = _Describer(evaluation)
    made = (_make_line(members, words, accounts) for members in groups.values())
    return [line for line in made if line.amount_cents]


def _make_line(members: Sequence[BudgetChange], words: "_Describer", accounts: Mapping[str, str]) -> JournalLine:
    first, cents = members[0], sum(change.cents for change in members)
    entry_type = _TYPES[first.kind]
    is_debit = (entry_type in _DEBITED) == (cents > 0)
    key = _name_account(first)
    return JournalLine(
        entry=f"TP-{first.fiscal_year}-{first.fund_code}",
        fiscal_year=first.fiscal_year,
        fund_code=first.fund_code,
        account=accounts.get(key, first.account),
        entry_type=entry_type,
        debit_cents=abs(cents) if is_debit else 0,
        credit_cents=0 if is_debit else abs(cents),
        description=words.describe(first),
        account_key=key,
        initiative_id=first.initiative_id,
        cost_line_id=first.cost_line_id,
        source_id=first.source_id if first.kind is ChangeKind.REVENUE else "",
        other_fund=first.other_fund,
        bridge=str(first.bridge) if first.cost_line_id else "",
        atom_ids=tuple(atom_id for change in members for atom_id in change.atom_ids),
    )


def _name_account(change: BudgetChange) -> str:
    if change.kind is ChangeKind.APPROPRIATION:
        named = f"cost_line:{change.cost_line_id}" if change.cost_line_id else f"other_spending:{change.fund_code}"
        return change.account or named
    if change.kind is ChangeKind.REVENUE:
        return f"source:{change.source_id}"
    return f"{change.kind}:{change.fund_code}"


def _balance(
    fiscal_year: str, fund_code: str, lines: Sequence[JournalLine], accounts: Mapping[str, str]
) -> list[JournalLine]:
    """The line that makes debits equal credits, where they are not."""
    difference = sum(line.amount_cents for line in lines)
    if not difference:
        return []
    key = f"fund_balance:{fund_code}"
    return [
        JournalLine(
            entry=lines[0].entry,
            fiscal_year=fiscal_year,
            fund_code=fund_code,
            account=accounts.get(key, ""),
            entry_type=EntryType.FUND_BALANCE,
            debit_cents=max(-difference, 0),
            credit_cents=max(difference, 0),
            description="Budgetary fund balance: " + ("used by the plan" if difference < 0 else "added to by the plan"),
            account_key=key,
        )
    ]


def _order(line: JournalLine) -> tuple[int, str, str, str, str]:
    place = list(EntryType).index(line.entry_type)
    return place, line.account, line.initiative_id, line.cost_line_id, f"{line.source_id}{line.other_fund}"


class _Describer:
    """Names of initiatives, cost lines and sources, as they stand in a line's description."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.initiatives = {item.initiative_id: item.name for item in evaluation.initiatives}
        self.cost_lines = {item.cost_line_id: item.description for item in reversed(evaluation.plan.cost_lines)}
        self.sources = {item.source_id: item.name for item in reversed(evaluation.plan.sources)}

    def describe(self, change: BudgetChange) -> str:
        initiative = self.initiatives.get(change.initiative_id, "")
        match change.kind:
            case ChangeKind.APPROPRIATION if not change.cost_line_id:
                return f"Other spending of fund {change.fund_code} gives way to the plan"
            case ChangeKind.APPROPRIATION:
                what = self.cost_lines.get(change.cost_line_id, "")
                return f"{initiative}: {what}{_BRIDGE_WORDS.get(change.bridge, '')}"
            case ChangeKind.REVENUE:
                return f"{self.sources[change.source_id]} for {initiative}"
            case ChangeKind.TRANSFER_IN:
                return f"Transfer from fund {change.other_fund}"
            case _:
                return f"Transfer to fund {change.other_fund}"


_BRIDGE_WORDS = {CostBridge.BASE: " (in the base)", CostBridge.REPLACES: " (replaces)"}


def _find_unpaid(changes: Iterable[BudgetChange], evaluation: Evaluation) -> list[Finding]:
    sums: dict[str, int] = {}
    for change in changes:
        if change.state is FundingState.UNFUNDED:
            sums[change.initiative_id] = sums.get(change.initiative_id, 0) + change.cents
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    return [
        JOURNAL_WITHOUT_SOURCE.at(found=format_cents(cents, 2, symbol=True), initiative=names[name], item=name)
        for name, cents in sums.items()
        if cents
    ]


def _find_unsecured(changes: Iterable[BudgetChange], evaluation: Evaluation) -> list[Finding]:
    """What appropriations rest on although the money is only applied or hoped for, a finding for each source."""
    unsecured = list_unsecured_sources(evaluation)
    sums: dict[str, int] = {}
    for change in changes:
        if change.kind is ChangeKind.APPROPRIATION and change.source_id in unsecured and change.cents > 0:
            sums[change.source_id] = sums.get(change.source_id, 0) + change.cents
    sources = {source.source_id: source for source in reversed(evaluation.plan.sources)}
    return [
        JOURNAL_NOT_SECURED.at(
            found=format_cents(cents, 2, symbol=True),
            source=sources[name].name,
            certainty=str(sources[name].certainty),
            item=name,
        )
        for name, cents in sums.items()
    ]


def _find_missing_accounts(lines: Iterable[JournalLine]) -> list[Finding]:
    bare: dict[str, list[JournalLine]] = {}
    for line in lines:
        if not line.account:
            bare.setdefault(line.account_key, []).append(line)
    return [
        JOURNAL_ACCOUNT_MISSING.at(
            found=format_cents(sum(max(line.debit_cents, line.credit_cents) for line in members), 2, symbol=True),
            expected=key,
            words=_WORDS[members[0].entry_type],
            fund=members[0].fund_code,
        )
        for key, members in bare.items()
    ]
