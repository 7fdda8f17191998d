"""Figures and tables of the ledger bridge and of the fund balance, as data."""

from collections.abc import Sequence
from dataclasses import replace

from planning.bridge import LedgerBridge
from planning.bridge_matching import Evidence
from planning.bridge_years import YearComparison
from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table, Value
from planning.figures import draw_ledger_bridge
from planning.fund_balance import FundBalances, FundYear, sum_funds
from planning.money import format_percent, format_short, round_half_up, to_dollars
from planning.variance import name_variance
from planning.vocabulary import Side

CENTS = FigureUnit.CENTS
WITH_PLAN, WITHOUT_PLAN, FLOOR = "With the plan", "Without the plan", "Policy floor"


def draw_bridge(bridge: LedgerBridge) -> Figure:
    """The bridge from the ledger to the new money, with what is confirmed of it."""
    return replace(draw_ledger_bridge(bridge), sentence=describe_bridge(bridge))


def describe_bridge(bridge: LedgerBridge) -> str:
    """What the page on the bridge says first."""
    confirmed = sum(share.cents for share in bridge.shares if share.evidence is Evidence.CONFIRMED)
    share = format_percent(bridge.explained_cents / bridge.ledger_cents) if bridge.ledger_cents > 0 else "none"
    sure = f"{_short(confirmed)} is confirmed" if confirmed else "nobody has confirmed any of it yet"
    replaced = f", {_short(bridge.replaced_cents)} of which the plan would replace" if bridge.replaced_cents else ""
    return (
        f"Of {_short(bridge.ledger_cents)} technology in the ledger of {bridge.fiscal_year}, initiatives explain "
        f"{_short(bridge.explained_cents)} ({share}); {sure}. {_short(bridge.unexplained_cents)} is unexplained"
        f"{replaced}; the plan asks {_short(bridge.new.cents)} of new money."
    )


def tabulate_years(rows: Sequence[YearComparison]) -> Table:
    """Planned, budgeted and actual by year, each difference with the word for it."""
    columns = (
        Column("Fiscal year"),
        Column("Planned", CENTS),
        Column("Budgeted", CENTS),
        Column("Actual", CENTS),
        Column("Budgeted less planned", CENTS),
        Column("Actual less budgeted", CENTS),
        Column("Variance"),
    )
    return Table(columns, tuple(_list_year(row) for row in rows))


def _list_year(row: YearComparison) -> tuple[Value, ...]:
    spent_more = row.actual_difference_cents
    return (
        row.fiscal_year,
        _or_blank(row.planned_cents),
        _or_blank(row.budgeted_cents),
        _or_blank(row.actual_cents),
        _or_blank(row.budget_difference_cents),
        _or_blank(spent_more),
        "" if spent_more is None else name_variance(Side.EXPENDITURE, to_dollars(spent_more)),
    )


def draw_fund_balance(balances: FundBalances, fund_code: str) -> Figure:
    """The ending balance of one fund by year, with and without the plan, against the floor of its policy."""
    without, with_plan = balances.without_plan[fund_code], balances.with_plan[fund_code]
    outlook = balances.outlooks[fund_code]
    series = [
        Series(WITHOUT_PLAN, "without_plan", tuple(row.ending_cents for row in without)),
        Series(WITH_PLAN, "with_plan", tuple(row.ending_cents for row in with_plan)),
    ]
    if outlook.floor_fraction is not None:
        share = outlook.floor_fraction
        floors = tuple(int(round_half_up(row.expenditure_cents * share, 0)) for row in with_plan)
        name = f"{FLOOR}, {format_percent(share, 1)} of expenditure"
        series.append(Series(name, "floor", floors))
    parts = "; ".join(f"{item.name}: {', '.join(_short(value) for value in item.values)}" for item in series)
    rows = tuple(zip(balances.years, *(item.values for item in series), strict=True))
    return Figure(
        kind=FigureKind.LINES,
        title=f"Ending balance, {name_fund(balances, fund_code)}",
        sentence=describe_floor(balances, fund_code),
        alt=f"Lines of the ending balance from {balances.years[0]} to {balances.years[-1]}. {parts}.",
        unit=CENTS,
        categories=balances.years,
        series=tuple(series),
        table=Table((Column("Fiscal year"), *(Column(item.name, CENTS) for item in series)), rows),
    )


def describe_floor(balances: FundBalances, fund_code: str) -> str:
    """When the fund falls below its floor, with and without the plan, and what the plan takes over the years."""
    last = balances.with_plan[fund_code][-1]
    change = last.ending_cents - balances.without_plan[fund_code][-1].ending_cents
    taken = f"The plan {'takes' if change < 0 else 'adds'} {_short(abs(change))} by {last.fiscal_year}."
    if balances.outlooks[fund_code].floor_fraction is None:
        return f"No policy sets a floor for this fund. {taken if change else 'The plan leaves it as it is.'}"
    falls = (_find_fall(balances, fund_code, rows) for rows in (balances.without_plan, balances.with_plan))
    return f"{_describe_falls(*falls)} {taken if change else 'The plan leaves it as it is.'}"


def _describe_falls(without: str | None, with_plan: str | None) -> str:
    """When the floor is crossed as things are, and with the plan."""
    if without == with_plan:
        crossed = f"It falls below its policy floor in {without}" if without else "It keeps its policy floor"
        return f"{crossed}, with or without the plan."
    if without is None:
        return f"It keeps its policy floor as things are, and falls below it in {with_plan} with the plan."
    rest = f", and in {with_plan} with the plan." if with_plan else "; with the plan it keeps it."
    return f"It falls below its policy floor in {without} as things are{rest}"


def tabulate_fund(balances: FundBalances, fund_code: str | None, with_plan: bool) -> Table:
    """Five years of one fund as a statement, or of all funds together where none is named."""
    by_fund = balances.with_plan if with_plan else balances.without_plan
    rows = by_fund[fund_code] if fund_code else sum_funds(by_fund, balances.years)
    lines: list[tuple[Value, ...]] = [
        ("Beginning balance", *(row.beginning_cents for row in rows)),
        ("Revenue", *(row.revenue_cents for row in rows)),
        ("Transfers in", *(row.transfers_in_cents for row in rows)),
        ("Expenditure", *(-row.expenditure_cents for row in rows)),
        ("Transfers out", *(-row.transfers_out_cents for row in rows)),
        ("Ending balance", *(row.ending_cents for row in rows)),
    ]
    return Table((Column(""), *(Column(year, CENTS) for year in balances.years)), tuple(lines), total_rows=1)


def list_floor_cells(balances: FundBalances, fund_code: str, with_plan: bool) -> list[tuple[str, bool | None]]:
    """For each year the ending balance as a share of expenditure, and whether the policy is kept."""
    outlook = balances.outlooks[fund_code]
    rows = (balances.with_plan if with_plan else balances.without_plan)[fund_code]
    return [
        (
            "—" if row.ending_fraction is None else format_percent(row.ending_fraction, 2),
            outlook.meets_floor(row.ending_fraction),
        )
        for row in rows
    ]


def tabulate_reserves(balances: FundBalances) -> Table:
    """What is set aside of each fund's beginning balance, and what is left of it without a class of its own."""
    columns = (
        Column("Reserve"),
        Column("Fund"),
        Column("Class (GASB 54)"),
        Column("Amount", CENTS),
        Column("Board action"),
    )
    rows = tuple(
        (
            one.name,
            name_fund(balances, one.fund_code),
            one.balance_class.value,
            one.amount_cents,
            " · ".join(part for part in (one.board_action, str(one.acted_on or "")) if part) or "—",
        )
        for one in balances.reserves
    )
    return Table(columns, rows)


def name_fund(balances: FundBalances, fund_code: str) -> str:
    """A fund as a person says it: `10 General Fund`."""
    return f"{fund_code} {balances.names.get(fund_code, '')}".strip()


def describe_rules(balances: FundBalances, fund_code: str) -> str:
    """How the projection of a fund goes on after its first year, in a sentence."""
    outlook = balances.outlooks[fund_code]
    if outlook.rule == "spends_receipts":
        return "From the second year on it spends and passes on whatever comes in; it ends when its source does."
    revenue, spending = (format_percent(rate, 2) for rate in (outlook.revenue_growth, outlook.expenditure_growth))
    return (
        f"From the second year on revenue changes by {revenue} and expenditure by {spending} a year; what a source of "
        "the plan brings ends when the source does; transfers out stay what they are."
    )


def _find_fall(balances: FundBalances, fund_code: str, by_fund: dict[str, tuple[FundYear, ...]]) -> str | None:
    outlook = balances.outlooks[fund_code]
    return next(
        (row.fiscal_year for row in by_fund[fund_code] if outlook.meets_floor(row.ending_fraction) is False), None
    )


def _or_blank(cents: int | None) -> Value:
    return "" if cents is None else cents


def _short(cents: int) -> str:
    return format_short(to_dollars(cents)) if cents else "$0"
