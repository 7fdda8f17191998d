"""Which commitments may pay: known source and initiative, inside the source's window, and whether money suffices."""

from planning.checks import keep_first
from planning.findings import Finding, FindingKind
from planning.fiscal_years import fiscal_year_label, start_year_of
from planning.funding.allocation import Share
from planning.funding.availability import calculate_net_cents
from planning.funding.windows import list_open_years
from planning.model import Commitment, FundingSource, Plan
from planning.money import format_cents
from planning.vocabulary import Severity

COMMITMENT_OUTSIDE_WINDOW = FindingKind(
    "commitment_outside_window",
    Severity.WARNING,
    "{source} commits {found} to {initiative} in {year}, but its money may be spent only {expected}; it does not pay.",
    "Find another source for {initiative} in {year}, or correct the window of {source}.",
)
COMMITMENT_OUTSIDE_HORIZON = FindingKind(
    "commitment_outside_horizon",
    Severity.NOTE,
    "{source} commits {found} to {initiative} in {year}, outside the years of this plan; it is not counted.",
    "Nothing to do, unless the year is mistyped.",
)
COMMITMENTS_EXCEED_SOURCE = FindingKind(
    "commitments_exceed_source",
    Severity.WARNING,
    "{source} has {expected} in {year}, but {found} of it is committed.",
    "Lower the commitments of {source} in {year}, or raise its amount if there is more.",
)


def find_payable_commitments(
    plan: Plan, years: tuple[str, ...]
) -> tuple[dict[tuple[str, str], list[Share]], list[Finding]]:
    """The commitments that may pay, by (initiative, fiscal year) and in the order of the plan, with findings.

    Money outside its window does not pay. A source committed beyond its amount still pays, so that its balance
    turns negative where everyone sees it; initiatives that are not included do not draw on the balance.
    """
    sources = {source.source_id: source for source in keep_first(plan.sources, "source_id")}
    initiatives = {item.initiative_id: item.counted for item in reversed(plan.initiatives)}
    open_years = list_open_years(tuple(sources.values()), years, plan.district.fiscal_year_start_month)
    is_calendar = "-" not in plan.district.first_fiscal_year
    netted: dict[tuple[str, str], dict[str, int]] = {}
    findings: list[Finding] = []
    labels = {year: year for year in years}
    for item in plan.commitments:
        year = labels.get(item.fiscal_year) or fiscal_year_label(start_year_of(item.fiscal_year), is_calendar)
        if item.source_id not in sources or item.initiative_id not in initiatives or not item.amount_cents:
            continue
        if year not in labels:
            findings.append(_describe(COMMITMENT_OUTSIDE_HORIZON, item, ""))
        elif (item.source_id, year) not in open_years:
            findings.append(_describe(COMMITMENT_OUTSIDE_WINDOW, item, describe_window(sources[item.source_id])))
        else:
            shares = netted.setdefault((item.initiative_id, year), {})
            shares[item.source_id] = shares.get(item.source_id, 0) + item.amount_cents
    payable = {key: [Share(*pair) for pair in shares.items()] for key, shares in netted.items()}
    counted = {key: shares for key, shares in payable.items() if initiatives[key[0]]}
    return payable, [*findings, *_check_amounts(tuple(sources.values()), counted, years)]


def describe_window(source: FundingSource) -> str:
    """The window in words: `from 2026-07-01 to 2028-06-30`."""
    parts = []
    if source.window_start:
        parts.append(f"from {source.window_start}")
    if source.window_end:
        parts.append(f"to {source.window_end}")
    return " ".join(parts) or "at any time"


def _describe(kind: FindingKind, item: Commitment, expected: str) -> Finding:
    return kind.at(
        found=format_cents(item.amount_cents, places=2, symbol=True),
        expected=expected,
        source=item.source_id,
        initiative=item.initiative_id,
        year=item.fiscal_year,
    )


def _check_amounts(
    sources: tuple[FundingSource, ...], counted: dict[tuple[str, str], list[Share]], years: tuple[str, ...]
) -> list[Finding]:
    committed: dict[str, dict[str, int]] = {}
    for (_, year), shares in counted.items():
        for share in shares:
            by_year = committed.setdefault(share.source_id, {})
            by_year[year] = by_year.get(year, 0) + share.cents
    findings = []
    for source in sources:
        by_year = committed.get(source.source_id, {})
        for year in (year for year in years if year in by_year):
            carried = _sum_carried(source, by_year, years, year) if source.carries_over else 0
            available = calculate_net_cents(source, year) + carried
            if by_year[year] > available:
                findings.append(_describe_shortage(source.source_id, year, by_year[year], available))
    return findings


def _sum_carried(source: FundingSource, committed: dict[str, int], years: tuple[str, ...], until: str) -> int:
    """What the years of the plan before one leave to it."""
    carried = 0
    for year in years[: years.index(until)]:
        carried = max(carried + calculate_net_cents(source, year) - committed.get(year, 0), 0)
    return carried


def _describe_shortage(source_id: str, year: str, committed: int, available: int) -> Finding:
    return COMMITMENTS_EXCEED_SOURCE.at(
        found=format_cents(committed, places=2, symbol=True),
        expected=format_cents(available, places=2, symbol=True) if available else "$0.00",
        source=source_id,
        year=year,
    )
