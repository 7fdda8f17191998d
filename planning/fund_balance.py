"""Fund balances over the years, with and without the plan, against the floor of the board's policy.

    ending = beginning + revenue + transfers in - expenditure - transfers out

in every fund and year, to the cent. The rules of the projection are in docs/method.md and on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from planning.budget_changes import (
    BudgetChange,
    BudgetChanges,
    ChangeKind,
    FundYearKey,
    amount_in_year,
    brings_revenue,
    calculate_budget_changes,
)
from planning.evaluation import Evaluation
from planning.findings import Finding, FindingKind
from planning.fund_flows import FundFlow
from planning.fund_outlook import FundOutlook, OutlookRule, Reserve, check_outlooks
from planning.funding.windows import is_year_open
from planning.model import FundingSource
from planning.money import format_cents, round_half_up, split_cents
from planning.vocabulary import CostBridge, Severity

SOURCE_EXCEEDS_REVENUE = FindingKind(
    "source_exceeds_revenue",
    Severity.WARNING,
    "The plan's sources bring {found} into fund {fund} in {year}, but the ledger holds only {expected} of revenue "
    "there; their end is not projected.",
    "Correct the amounts or the fund of these sources, or publish the budget that holds them.",
)


class FundYear(NamedTuple):
    """One fund in one fiscal year, in cents."""

    fund_code: str
    fiscal_year: str
    beginning_cents: int
    revenue_cents: int
    transfers_in_cents: int
    expenditure_cents: int
    transfers_out_cents: int

    @property
    def ending_cents(self) -> int:
        return (
            self.beginning_cents
            + self.revenue_cents
            + self.transfers_in_cents
            - self.expenditure_cents
            - self.transfers_out_cents
        )

    @property
    def ending_fraction(self) -> float | None:
        """Ending balance as a share of the year's expenditure (transfers out left aside); None without expenditure."""
        return self.ending_cents / self.expenditure_cents if self.expenditure_cents > 0 else None


FundYears = dict[str, tuple[FundYear, ...]]


@dataclass(frozen=True, slots=True)
class FundBalances:
    """Every fund over the years, as the budget goes on and with what the plan changes; `changes` are the difference.

    `findings` are about balances and the ledger, `plan_findings` about where the plan puts its money.
    """

    years: tuple[str, ...]
    names: Mapping[str, str]
    outlooks: Mapping[str, FundOutlook]
    without_plan: FundYears
    with_plan: FundYears
    changes: tuple[BudgetChange, ...]
    reserves: tuple[Reserve, ...]
    findings: tuple[Finding, ...]
    plan_findings: tuple[Finding, ...] = ()

    @property
    def transferred_out(self) -> dict[FundYearKey, int]:
        """What each fund already passes on to others in each year, before the plan."""
        return {
            (year.fund_code, year.fiscal_year): year.transfers_out_cents
            for years in self.without_plan.values()
            for year in years
        }


def calculate_fund_balances(
    flows: Mapping[str, FundFlow],
    outlooks: Sequence[FundOutlook],
    years: Sequence[str],
    evaluation: Evaluation | None = None,
    reserves: Sequence[Reserve] = (),
) -> FundBalances:
    """Every fund of the ledger and of the outlooks over the years; the first year is the ledger's own.

    Without an evaluation nothing is known of sources that end, and the two projections are the same.
    """
    chosen = {one.fund_code: one for one in outlooks}
    funds = sorted({*flows, *chosen}, key=lambda code: (-flows.get(code, FundFlow(code)).expenditure_cents, code))
    settled = {
        code: chosen.get(code) or FundOutlook(fund_code=code, fiscal_year=years[0], beginning_cents=0) for code in funds
    }
    sourced, findings = _find_sourced_revenue(flows, years, evaluation)
    projection = _Projection(flows, settled, years, sourced)
    without = projection.run({})
    balances = FundBalances(
        years=tuple(years),
        names={code: (flows[code].name if code in flows else "") or settled[code].fund_name for code in funds},
        outlooks=settled,
        without_plan=without,
        with_plan=without,
        changes=(),
        reserves=tuple(reserves),
        findings=(*check_outlooks(flows, chosen, years[0], reserves), *findings),
    )
    if evaluation is None:
        return balances
    changed = calculate_budget_changes(evaluation, funds, balances.transferred_out)
    return _add_plan(balances, changed, projection)


def sum_funds(by_fund: FundYears, years: Sequence[str]) -> tuple[FundYear, ...]:
    """All funds together, year by year; transfers stand on both sides and leave the sum as it is."""
    return tuple(
        FundYear(
            "", year, *(sum(values) for values in zip(*(rows[place][2:] for rows in by_fund.values()), strict=True))
        )
        for place, year in enumerate(years)
        if by_fund
    )


def _add_plan(balances: FundBalances, changed: BudgetChanges, projection: "_Projection") -> FundBalances:
    by_key: dict[tuple[str, str, ChangeKind], int] = {}
    for change in changed.changes:
        key = (change.fund_code, change.fiscal_year, change.kind)
        by_key[key] = by_key.get(key, 0) + change.cents
    with_plan = projection.run(by_key)
    return replace(
        balances,
        with_plan=with_plan,
        changes=(*changed.changes, *_list_displaced(balances.without_plan, with_plan, by_key)),
        plan_findings=changed.findings,
    )


def _list_displaced(
    without: FundYears, with_plan: FundYears, changes: Mapping[tuple[str, str, ChangeKind], int]
) -> list[BudgetChange]:
    """Other spending that gives way to the plan in funds that spend their receipts: appropriations that are lowered."""
    displaced = []
    for code, rows in with_plan.items():
        for before, after in zip(without[code], rows, strict=True):
            added = changes.get((code, after.fiscal_year, ChangeKind.APPROPRIATION), 0)
            cents = after.expenditure_cents - before.expenditure_cents - added
            if cents:
                displaced.append(
                    BudgetChange(after.fiscal_year, code, ChangeKind.APPROPRIATION, cents, bridge=CostBridge.BASE)
                )
    return displaced


class _Projection:
    """The ledger's first year carried on by the rules of each fund."""

    def __init__(
        self,
        flows: Mapping[str, FundFlow],
        outlooks: Mapping[str, FundOutlook],
        years: Sequence[str],
        sourced: Mapping[str, Sequence[int]],
    ) -> None:
        self.flows = {code: flows.get(code, FundFlow(code)) for code in outlooks}
        self.outlooks = outlooks
        self.years = years
        self.sourced = sourced

    def run(self, changes: Mapping[tuple[str, str, ChangeKind], int]) -> FundYears:
        balances = {code: outlook.beginning_cents for code, outlook in self.outlooks.items()}
        found: dict[str, list[FundYear]] = {code: [] for code in self.outlooks}
        for place, year in enumerate(self.years):
            revenue = {code: self._project_revenue(code, place) for code in self.outlooks}
            out = {code: self._project_out(code, place, revenue[code]) for code in self.outlooks}
            into = self._pass_on(out)
            for code in self.outlooks:
                row = self._make_year(code, place, revenue[code], into[code], out[code])
                row = self._change(row._replace(beginning_cents=balances[code]), changes, year)
                balances[code] = row.ending_cents
                found[code].append(row)
        return {code: tuple(rows) for code, rows in found.items()}

    def _project_revenue(self, code: str, place: int) -> int:
        """What the plan's sources bring follows the sources; the rest grows from the first year, rounded once."""
        sourced = self.sourced.get(code)
        first, now = (sourced[0], sourced[place]) if sourced else (0, 0)
        return _grow(self.flows[code].revenue_cents - first, self.outlooks[code].revenue_growth, place) + now

    def _project_out(self, code: str, place: int, revenue: int) -> int:
        """Transfers out stay what they are, but a fund that spends its receipts passes on their share."""
        flow = self.flows[code]
        passes_on = self.outlooks[code].rule is OutlookRule.SPENDS_RECEIPTS and not flow.transfers_in_cents
        uses = (flow.transfers_out_cents, flow.expenditure_cents)
        if not place or not passes_on or min(uses) < 0 or not sum(uses) or revenue < 0:
            return flow.transfers_out_cents
        return split_cents(revenue, uses)[0]

    def _pass_on(self, out: Mapping[str, int]) -> dict[str, int]:
        """What is transferred out comes in where it came in in the first year, in the same proportions."""
        first_in = {code: flow.transfers_in_cents for code, flow in self.flows.items()}
        first_out = sum(flow.transfers_out_cents for flow in self.flows.values())
        total_in = sum(first_in.values())
        if not total_in or first_out <= 0 or min(first_in.values()) < 0:
            return first_in
        now = sum(out.values())
        passed = now if first_out == total_in else int(round_half_up(Decimal(total_in) * now / first_out, 0))
        return dict(zip(first_in, split_cents(passed, list(first_in.values())), strict=True))

    def _make_year(self, code: str, place: int, revenue: int, into: int, out: int) -> FundYear:
        flow, outlook = self.flows[code], self.outlooks[code]
        expenditure = _grow(flow.expenditure_cents, outlook.expenditure_growth, place)
        if place and outlook.rule is OutlookRule.SPENDS_RECEIPTS:
            expenditure = revenue + into - out
        return FundYear(code, self.years[place], 0, revenue, into, expenditure, out)

    def _change(self, row: FundYear, changes: Mapping[tuple[str, str, ChangeKind], int], year: str) -> FundYear:
        """What the plan changes; in a fund that spends its receipts it takes the place of other spending."""
        revenue, added, into, out = (
            changes.get((row.fund_code, year, kind), 0)
            for kind in (ChangeKind.REVENUE, ChangeKind.APPROPRIATION, ChangeKind.TRANSFER_IN, ChangeKind.TRANSFER_OUT)
        )
        room = 0
        if self.outlooks[row.fund_code].rule is OutlookRule.SPENDS_RECEIPTS:
            room = max(0, min(row.expenditure_cents, added + out - revenue - into))
        return row._replace(
            revenue_cents=row.revenue_cents + revenue,
            transfers_in_cents=row.transfers_in_cents + into,
            expenditure_cents=row.expenditure_cents + added - room,
            transfers_out_cents=row.transfers_out_cents + out,
        )


def _grow(cents: int, rate: Decimal, years: int) -> int:
    return int(round_half_up(cents * (1 + rate) ** years, 0))


def _find_sourced_revenue(
    flows: Mapping[str, FundFlow], years: Sequence[str], evaluation: Evaluation | None
) -> tuple[dict[str, list[int]], list[Finding]]:
    """What the plan's sources that pay in the first year bring into each fund, year by year."""
    if evaluation is None:
        return {}, []
    month = evaluation.plan.district.fiscal_year_start_month
    by_fund: dict[str, list[int]] = {}
    for source in evaluation.sources:
        amounts = [_available(source, year, month) for year in years]
        if brings_revenue(source) and amounts[0] > 0 and source.fund_code.strip() in flows:
            before = by_fund.get(source.fund_code.strip(), [0] * len(years))
            by_fund[source.fund_code.strip()] = [a + b for a, b in zip(before, amounts, strict=True)]
    findings = []
    for code in [code for code, amounts in by_fund.items() if amounts[0] > flows[code].revenue_cents]:
        found, held = (format_cents(c, 2, symbol=True) for c in (by_fund.pop(code)[0], flows[code].revenue_cents))
        findings.append(SOURCE_EXCEEDS_REVENUE.at(found=found, expected=held, fund=code, year=years[0]))
    return by_fund, findings


def _available(source: FundingSource, year: str, start_month: int) -> int:
    return amount_in_year(source, year) if is_year_open(source, year, start_month) else 0
