"""What the plan changes in a budget that goes on as it is: appropriations, new revenue and transfers, by fund and year.

The fund balance and the journal read the same changes, so neither can say something the other does not.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from planning.atoms import Atom
from planning.bridge_matching import is_account_within
from planning.checks import keep_first
from planning.evaluation import Evaluation
from planning.findings import Finding, FindingKind
from planning.fiscal_years import start_year_of
from planning.model import FundingSource
from planning.money import format_cents, split_cents
from planning.vocabulary import CostBridge, FundingState, Severity, SourceKind

COST_WITHOUT_ACCOUNT = FindingKind(
    "cost_without_account",
    Severity.WARNING,
    "Cost lines of {initiative} have no account: {found} is charged to fund {expected}, which pays or is the largest.",
    "Give these cost lines their account.",
)
FUND_NOT_IN_LEDGER = FindingKind(
    "fund_not_in_ledger",
    Severity.WARNING,
    "The plan charges {found} to fund {expected}, which the ledger does not have.",
    "Correct the account of these cost lines, or publish the budget of this fund.",
)
TRANSFER_NEEDED = FindingKind(
    "transfer_needed",
    Severity.NOTE,
    "Fund {fund} pays {found} at accounts of other funds ({years}), which the ledger does not transfer yet.",
    "Where a grant must be charged directly, give these cost lines an account of fund {fund}.",
)

# What these hold is in the fund already, or comes with a bond sale: paying from them brings nothing in.
NO_REVENUE = frozenset({SourceKind.GENERAL_FUND, SourceKind.BOND, SourceKind.RESERVE})
FundYearKey = tuple[str, str]


class ChangeKind(StrEnum):
    APPROPRIATION = "appropriation"
    REVENUE = "revenue"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"


class BudgetChange(NamedTuple):
    """One change of a fund's budget in one fiscal year, in cents; negative where it is lowered."""

    fiscal_year: str
    fund_code: str
    kind: ChangeKind
    cents: int
    account: str = ""
    initiative_id: str = ""
    cost_line_id: str = ""
    source_id: str = ""
    other_fund: str = ""
    bridge: CostBridge = CostBridge.NEW
    state: FundingState = FundingState.COMMITTED
    atom_ids: tuple[str, ...] = ()


class BudgetChanges(NamedTuple):
    changes: tuple[BudgetChange, ...]
    findings: tuple[Finding, ...]


def calculate_budget_changes(
    evaluation: Evaluation,
    funds: Sequence[str],
    transferred_out: Mapping[FundYearKey, int] | None = None,
    whole: bool = False,
) -> BudgetChanges:
    """What the plan asks beyond the budget of its first year, one change for each atom, source and pair of funds.

    With `whole`, the budget of everything in the plan instead, whatever a budget holds already.

    - Appropriations: new cost, and savings. What is in the base is in the budget already, and what replaces something
      takes its place dollar for dollar; both are left out.
    - Revenue: what a source pays that brought nothing in the first year, except what the fund holds already (general
      fund, bond, reserve).
    - Transfers: within an initiative and year a fund's sources pay that fund's accounts first; what is left pays
      accounts of other funds and must be transferred, beyond what `transferred_out` says each fund already passes on.

    A fund is the beginning of an account at a segment boundary; a cost line without an account is charged to the fund
    of the source that pays it, else to the first of `funds`.
    """
    book = _Book(evaluation, funds)
    wanted = [atom for atom in evaluation.budgeted_atoms if whole or _is_change(atom)]
    changes = [book.make_appropriation(atom) for atom in wanted]
    changes += _list_revenue(evaluation, book, whole)
    transfers, findings = _list_transfers(evaluation, book, {} if whole else transferred_out or {})
    return BudgetChanges((*changes, *transfers), (*_check_funds(changes, funds, evaluation), *findings))


def find_fund(account: str, funds: Collection[str]) -> str:
    """The fund an account belongs to: the longest known fund it begins with, else its first segment.

    >>> find_fund("10-2580-352", ["1", "10"]), find_fund("99.1", ["10"]), find_fund("", ["10"])
    ('10', '99', '')
    """
    text = account.strip()
    known = [fund for fund in funds if fund and is_account_within(text, fund)]
    if known:
        return max(known, key=len)
    end = next((i for i, letter in enumerate(text) if not letter.isalnum()), len(text))
    return text[:end]


def brings_revenue(source: FundingSource) -> bool:
    """Whether a source's money comes in from outside when it pays."""
    return source.kind not in NO_REVENUE


def amount_in_year(source: FundingSource, fiscal_year: str) -> int:
    """What a source holds for a fiscal year, in cents; of two amounts of one year the first counts."""
    start = start_year_of(fiscal_year)
    return next((item.amount_cents for item in source.amounts if start_year_of(item.fiscal_year) == start), 0)


class _Book:
    """Which fund a cost or a source belongs to."""

    def __init__(self, evaluation: Evaluation, funds: Sequence[str]) -> None:
        self.funds = funds
        self.sources = {item.source_id: item for item in keep_first(evaluation.plan.sources, "source_id")}
        self.default = funds[0] if funds else ""

    def fund_of_source(self, source_id: str) -> str:
        source = self.sources.get(source_id)
        return source.fund_code.strip() if source else ""

    def fund_of(self, atom: Atom) -> str:
        return find_fund(atom.account, self.funds) or self.fund_of_source(atom.source_id) or self.default

    def make_appropriation(self, atom: Atom) -> BudgetChange:
        return BudgetChange(
            fiscal_year=atom.fiscal_year,
            fund_code=self.fund_of(atom),
            kind=ChangeKind.APPROPRIATION,
            cents=atom.cents,
            account=atom.account.strip(),
            initiative_id=atom.initiative_id,
            cost_line_id=atom.cost_line_id,
            source_id=atom.source_id,
            bridge=atom.bridge,
            state=atom.state,
            atom_ids=(atom.atom_id,),
        )


def _is_change(atom: Atom) -> bool:
    return atom.bridge is CostBridge.NEW or (atom.bridge is CostBridge.REPLACES and atom.cents < 0)


def _list_revenue(evaluation: Evaluation, book: _Book, whole: bool) -> list[BudgetChange]:
    """What sources bring in that the first year's budget does not know, or all they bring in."""
    known = {key for key, item in book.sources.items() if amount_in_year(item, evaluation.years[0]) and not whole}
    paid: dict[tuple[str, str, str], list[Atom]] = {}
    for atom in evaluation.budgeted_atoms:
        source = book.sources.get(atom.source_id)
        if source and atom.cents > 0 and brings_revenue(source) and atom.source_id not in known:
            paid.setdefault((atom.fiscal_year, atom.source_id, atom.initiative_id), []).append(atom)
    return [
        BudgetChange(
            fiscal_year=year,
            fund_code=book.fund_of_source(source_id) or book.fund_of(atoms[0]),
            kind=ChangeKind.REVENUE,
            cents=sum(atom.cents for atom in atoms),
            initiative_id=initiative_id,
            source_id=source_id,
            atom_ids=tuple(atom.atom_id for atom in atoms),
        )
        for (year, source_id, initiative_id), atoms in paid.items()
    ]


def _list_transfers(
    evaluation: Evaluation, book: _Book, transferred_out: Mapping[FundYearKey, int]
) -> tuple[list[BudgetChange], list[Finding]]:
    needs = _calculate_needs(evaluation, book)
    by_payer: dict[FundYearKey, list[str]] = {}
    for payer, receiver, year in needs:
        by_payer.setdefault((payer, year), []).append(receiver)
    changes: list[BudgetChange] = []
    for (payer, year), receivers in sorted(by_payer.items(), key=lambda item: (item[0][1], item[0][0])):
        asked = [needs[payer, receiver, year] for receiver in receivers]
        increase = max(0, sum(asked) - transferred_out.get((payer, year), 0))
        for receiver, cents in zip(receivers, split_cents(increase, asked), strict=True):
            if cents:
                changes.append(BudgetChange(year, payer, ChangeKind.TRANSFER_OUT, cents, other_fund=receiver))
                changes.append(BudgetChange(year, receiver, ChangeKind.TRANSFER_IN, cents, other_fund=payer))
    return changes, _describe_transfers(changes)


def _describe_transfers(changes: Iterable[BudgetChange]) -> list[Finding]:
    by_payer: dict[str, list[BudgetChange]] = {}
    for change in changes:
        if change.kind is ChangeKind.TRANSFER_OUT:
            by_payer.setdefault(change.fund_code, []).append(change)
    return [
        TRANSFER_NEEDED.at(
            found=format_cents(sum(change.cents for change in members), places=2, symbol=True),
            fund=payer,
            years=_name_span([change.fiscal_year for change in members]),
        )
        for payer, members in by_payer.items()
    ]


def _name_span(years: Sequence[str]) -> str:
    return min(years) if min(years) == max(years) else f"{min(years)} to {max(years)}"


def _calculate_needs(evaluation: Evaluation, book: _Book) -> dict[tuple[str, str, str], int]:
    """What the sources of one fund pay at accounts of another, by payer, receiver and year."""
    cost: dict[tuple[str, str], dict[str, int]] = {}
    paid: dict[tuple[str, str], dict[str, int]] = {}
    for atom in evaluation.budgeted_atoms:
        if atom.cents <= 0:
            continue
        key, fund = (atom.initiative_id, atom.fiscal_year), book.fund_of(atom)
        costs = cost.setdefault(key, {})
        costs[fund] = costs.get(fund, 0) + atom.cents
        payer = book.fund_of_source(atom.source_id)
        if payer:
            payments = paid.setdefault(key, {})
            payments[payer] = payments.get(payer, 0) + atom.cents
    needs: dict[tuple[str, str, str], int] = {}
    for key, payments in paid.items():
        for payer, receiver, cents in _pay_across(payments, cost[key]):
            pair = (payer, receiver, key[1])
            needs[pair] = needs.get(pair, 0) + cents
    return needs


def _pay_across(payments: Mapping[str, int], costs: Mapping[str, int]) -> Iterable[tuple[str, str, int]]:
    """Each fund pays its own accounts first; what it has left pays the others', in the order of the funds."""
    left = {fund: cents - min(cents, costs.get(fund, 0)) for fund, cents in payments.items()}
    open_costs = {fund: cents - min(cents, payments.get(fund, 0)) for fund, cents in costs.items()}
    for payer in sorted(left):
        for receiver in sorted(open_costs):
            cents = min(left[payer], open_costs[receiver])
            left[payer] -= cents
            open_costs[receiver] -= cents
            if cents:
                yield payer, receiver, cents


def _check_funds(changes: Iterable[BudgetChange], funds: Collection[str], evaluation: Evaluation) -> list[Finding]:
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    lost: dict[str, int] = {}
    bare: dict[tuple[str, str], int] = {}
    for change in changes:
        if change.fund_code not in funds:
            lost[change.fund_code] = lost.get(change.fund_code, 0) + abs(change.cents)
        if change.kind is ChangeKind.APPROPRIATION and not change.account:
            key = (change.initiative_id, change.fund_code)
            bare[key] = bare.get(key, 0) + abs(change.cents)
    return [
        *(
            COST_WITHOUT_ACCOUNT.at(
                found=format_cents(cents, places=2, symbol=True), expected=fund or "(none)", initiative=names[name]
            )
            for (name, fund), cents in bare.items()
        ),
        *(
            FUND_NOT_IN_LEDGER.at(found=format_cents(cents, places=2, symbol=True), expected=fund or "(none)")
            for fund, cents in lost.items()
        ),
    ]
