"""What a person types in about each fund: its balance, the floor of its policy, how it goes on, and its reserves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from planning.findings import Finding, FindingKind
from planning.fiscal_years import FiscalYear
from planning.fund_flows import FundFlow
from planning.model import Fraction, Identifier, Model
from planning.money import format_cents
from planning.vocabulary import Severity

FUND_WITHOUT_BALANCE = FindingKind(
    "fund_without_balance",
    Severity.WARNING,
    "No beginning balance is known for {found}; they are shown as if they began with nothing.",
    "Type the beginning balances in, or leave out funds that have none.",
)
FUND_BALANCE_OF_ANOTHER_YEAR = FindingKind(
    "fund_balance_of_another_year",
    Severity.WARNING,
    "The balance of fund {fund} is that of the start of {found}, but the projection starts with {expected}.",
    "Type in the balance at the start of {expected}.",
)
TRANSFERS_DO_NOT_MEET = FindingKind(
    "transfers_do_not_meet",
    Severity.WARNING,
    "The ledger transfers {found} out of funds but {expected} into funds.",
    "Look for transfers that the budget prints under another code.",
)
RESERVES_EXCEED_BALANCE = FindingKind(
    "reserves_exceed_balance",
    Severity.WARNING,
    "The reserves of fund {fund} come to {found}, more than its beginning balance of {expected}.",
    "Correct the reserves or the beginning balance.",
)
RESERVE_WITHOUT_ACTION = FindingKind(
    "reserve_without_action",
    Severity.WARNING,
    "The committed reserve {found} of fund {fund} names no action of the board.",
    "Name the resolution: only the board's formal action commits fund balance (GASB Statement 54).",
)

Cents = Annotated[int, Field(ge=-(10**15), le=10**15)]


class OutlookRule(StrEnum):
    """How a fund goes on: at its rates, or by spending and passing on whatever comes in, as grants and levies do."""

    GROWS = "grows"
    SPENDS_RECEIPTS = "spends_receipts"


class BalanceClass(StrEnum):
    """The five classes of fund balance of GASB Statement 54."""

    NONSPENDABLE = "nonspendable"
    RESTRICTED = "restricted"
    COMMITTED = "committed"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"


class FundOutlook(Model):
    """What a fund begins with and how it goes on; rates are fractions a year, the floor is of a year's expenditure."""

    fund_code: str = Field(min_length=1, max_length=32)
    fund_name: str = ""
    fiscal_year: FiscalYear
    beginning_cents: Cents
    floor_fraction: Annotated[Decimal, Field(ge=0, le=2)] | None = None
    floor_operator: Literal[">=", ">"] = ">="
    revenue_growth: Fraction = Decimal(0)
    expenditure_growth: Fraction = Decimal(0)
    rule: OutlookRule = OutlookRule.GROWS
    note: str = ""

    def meets_floor(self, fraction: float | None) -> bool | None:
        """Whether an ending balance (as a share of expenditure) keeps the policy; None where nothing says so."""
        if self.floor_fraction is None or fraction is None:
            return None
        floor = float(self.floor_fraction)
        return fraction > floor if self.floor_operator == ">" else fraction >= floor


class Reserve(Model):
    """A part of a fund's beginning balance that is set aside, with its class and the board's action."""

    reserve_id: Identifier
    fund_code: str = Field(min_length=1, max_length=32)
    name: str = Field(min_length=1)
    balance_class: BalanceClass
    amount_cents: Annotated[int, Field(ge=0, le=10**15)]
    board_action: str = ""
    acted_on: date | None = None


def check_outlooks(
    flows: Mapping[str, FundFlow],
    outlooks: Mapping[str, FundOutlook],
    first_year: str,
    reserves: Iterable[Reserve],
) -> list[Finding]:
    """What is missing or contradictory in what was typed in and in the ledger's transfers."""
    findings = [
        FUND_BALANCE_OF_ANOTHER_YEAR.at(fund=code, found=one.fiscal_year, expected=first_year)
        for code, one in outlooks.items()
        if one.fiscal_year != first_year
    ]
    bare = [f"fund {code}" for code in flows if code not in outlooks]
    if bare:
        findings.append(FUND_WITHOUT_BALANCE.at(found=", ".join(bare)))
    out, into = (
        sum(getattr(flow, name) for flow in flows.values()) for name in ("transfers_out_cents", "transfers_in_cents")
    )
    if out != into:
        found, expected = (format_cents(cents, 2, symbol=True) if cents else "nothing" for cents in (out, into))
        findings.append(TRANSFERS_DO_NOT_MEET.at(found=found, expected=expected))
    return findings + _check_reserves(outlooks, list(reserves))


def _check_reserves(outlooks: Mapping[str, FundOutlook], reserves: Sequence[Reserve]) -> list[Finding]:
    sums: dict[str, int] = {}
    findings = []
    for reserve in reserves:
        sums[reserve.fund_code] = sums.get(reserve.fund_code, 0) + reserve.amount_cents
        if reserve.balance_class is BalanceClass.COMMITTED and not reserve.board_action.strip():
            findings.append(RESERVE_WITHOUT_ACTION.at(found=reserve.name, fund=reserve.fund_code))
    for code, cents in sums.items():
        held = outlooks[code].beginning_cents if code in outlooks else 0
        if cents > held:
            found, expected = (format_cents(amount, 2, symbol=True) for amount in (cents, held))
            findings.append(RESERVES_EXCEED_BALANCE.at(found=found, expected=expected, fund=code))
    return findings
