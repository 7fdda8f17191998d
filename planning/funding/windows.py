"""When a source may pay: the fiscal years of the plan against the source's own window of dates."""

from planning.fiscal_years import fiscal_year_dates, fiscal_year_of, start_year_of
from planning.model import FundingSource


def is_year_open(source: FundingSource, fiscal_year: str, start_month: int) -> bool:
    """Whether at least one day of a fiscal year lies inside the window; a missing end leaves that side open.

    A grant to 2028-06-30 pays in FY2027-28 but not in FY2028-29; one to 2028-09-30 pays in both, in the second
    for what falls due by September.
    """
    first, last = fiscal_year_dates(fiscal_year, start_month)
    starts_in_time = source.window_start is None or source.window_start <= last
    return starts_in_time and (source.window_end is None or source.window_end >= first)


def find_last_year(source: FundingSource, start_month: int) -> str | None:
    """The last fiscal year with money in it that the window still opens; None where there is none.

    Money that carries over lasts to the end of its window.

    >>> from planning.model import YearAmount
    >>> years = [YearAmount(fiscal_year=year, amount_cents=1) for year in ("FY2026-27", "FY2027-28")]
    >>> find_last_year(FundingSource(source_id="gift", name="Gift", kind="gift", amounts=years), 7)
    'FY2027-28'
    """
    paying = [
        amount.fiscal_year
        for amount in source.amounts
        if amount.amount_cents > 0 and is_year_open(source, amount.fiscal_year, start_month)
    ]
    last = max(paying, key=start_year_of, default=None)
    if last and source.carries_over and source.window_end:
        return max(last, fiscal_year_of(source.window_end, start_month), key=start_year_of)
    return last


def list_open_years(
    sources: tuple[FundingSource, ...], years: tuple[str, ...], start_month: int
) -> frozenset[tuple[str, str]]:
    """Every (source, fiscal year) in which the source may pay."""
    return frozenset(
        (source.source_id, year) for source in sources for year in years if is_year_open(source, year, start_month)
    )
