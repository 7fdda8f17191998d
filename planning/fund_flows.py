"""What goes through each fund in a year: revenue, transfers in, expenditure, transfers out, told apart by rule.

A transfer is no revenue and no expenditure of the district, and an appropriated fund balance is no revenue at all: it
is the balance being used. Budgets print all three among revenues and expenditures, so codes and words tell them apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from planning.money import to_cents
from planning.vocabulary import Side


class Flow(StrEnum):
    REVENUE = "revenue"
    TRANSFER_IN = "transfer_in"
    EXPENDITURE = "expenditure"
    TRANSFER_OUT = "transfer_out"
    BALANCE_USED = "balance_used"


class FlowRule(NamedTuple):
    """A line of `side` whose `field` has the pattern (a last `*`: starts so; words: is in it) is this flow."""

    side: str
    field: str
    pattern: str
    flow: Flow


class FundLine(NamedTuple):
    """One side of one fund at one code, in dollars as the ledger has them; `account` is one of those summed."""

    fund_code: str
    fund_name: str
    side: str
    function_code: str
    function_name: str
    object_code: str
    object_name: str
    nces_function: str
    nces_object: str
    account: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FundFlow:
    """What goes through one fund in one year, in cents; `accounts` are those its transfers stand at."""

    fund_code: str
    name: str = ""
    revenue_cents: int = 0
    transfers_in_cents: int = 0
    expenditure_cents: int = 0
    transfers_out_cents: int = 0
    balance_used_cents: int = 0
    accounts: Mapping[Flow, str] = field(default_factory=dict)


def calculate_fund_flows(lines: Iterable[FundLine], rules: Sequence[FlowRule]) -> dict[str, FundFlow]:
    """The flows of every fund, each rounded once to cents, in the order of the fund codes.

    Lines of other sides (fund balance, balance sheet, unknown) are no flow and are left out.
    """
    sums: dict[str, dict[Flow, Decimal]] = {}
    names: dict[str, str] = {}
    accounts: dict[str, dict[Flow, str]] = {}
    for line in lines:
        flow = name_flow(line, rules)
        if flow is None:
            continue
        of_fund = sums.setdefault(line.fund_code, {})
        of_fund[flow] = of_fund.get(flow, Decimal(0)) + line.amount
        names[line.fund_code] = names.get(line.fund_code) or line.fund_name
        if line.amount:
            accounts.setdefault(line.fund_code, {}).setdefault(flow, line.account)
    return {
        code: FundFlow(
            code,
            names[code],
            *(to_cents(sums[code].get(flow, Decimal(0))) for flow in Flow),
            accounts=accounts.get(code, {}),
        )
        for code in sorted(sums)
    }


def name_flow(line: FundLine, rules: Iterable[FlowRule]) -> Flow | None:
    """Which flow a line is: what its side says, unless a rule knows better; the first rule that fits counts.

    >>> rule = FlowRule("revenue", "object_name", "fund balance", Flow.BALANCE_USED)
    >>> line = FundLine("43", "", "revenue", "", "", "5900", "Appropriated Fund Balance", "", "", "43-5900", Decimal(1))
    >>> name_flow(line, [rule]).value
    'balance_used'
    """
    own = {
        Side.REVENUE: Flow.REVENUE,
        Side.EXPENDITURE: Flow.EXPENDITURE,
        Side.TRANSFER_IN: Flow.TRANSFER_IN,
        Side.TRANSFER_OUT: Flow.TRANSFER_OUT,
    }.get(Side(line.side))
    if own is None:
        return None
    return next((rule.flow for rule in rules if rule.side == line.side and _fits(line, rule)), own)


def _fits(line: FundLine, rule: FlowRule) -> bool:
    value = str(getattr(line, rule.field))
    if rule.pattern.endswith("*"):
        return value.startswith(rule.pattern[:-1])
    if rule.field.endswith("_name"):
        return rule.pattern.casefold() in value.casefold()
    return value == rule.pattern
