"""When a cost line falls due, for every kind of line: the year, and what makes the amount of that year.

This is the exact, readable definition; `planning.cost.flow_table` works the same out for a whole plan at once, and a
property test holds the two together.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from planning.fiscal_years import start_year_of
from planning.model import CostLine, Initiative
from planning.vocabulary import CostKind, CostTiming, ResidualMethod

_WHOLE = Decimal(1)
_RECURRING_KINDS = (CostKind.RECURRING, CostKind.STAFFING)


class Event(NamedTuple):
    """An amount falls in `year`: the count of `counted_year`, at the price of `priced_year`, times `factor`."""

    year: int
    timing: CostTiming
    counted_year: int
    priced_year: int
    factor: Decimal


def list_events(line: CostLine, initiative: Initiative, years: range) -> Iterator[Event]:
    """Every amount of a line inside the horizon, in the order of the years; a purchase before its residual."""
    start = start_year_of(line.start)
    if line.kind in (CostKind.ONE_TIME, CostKind.SCHEDULED):
        for year in list_purchase_years(line):
            if year in years:
                yield Event(year, CostTiming.ONE_TIME, year, year, _WHOLE)
        return
    last = min(find_last_year(line, initiative), years[-1])
    if line.kind in _RECURRING_KINDS:
        for year in range(max(start, years[0]), last + 1):
            yield Event(year, CostTiming.RECURRING, year, year, _WHOLE)
    elif line.kind is CostKind.SUBSCRIPTION:
        for year in range(max(start, years[0]), last + 1):
            yield _subscribe(line, year, start)
    else:
        # Without a refresh period (an error of the plan) the line is bought once.
        step = max(line.refresh_years or last - start + 1, 1)
        for year in range(start, last + 1, step):
            yield from _purchase(line, year, start, step, years)


def list_purchase_years(line: CostLine) -> tuple[int, ...]:
    """The years in which a one-time or scheduled line is bought, each once, the earliest first."""
    if line.kind is CostKind.ONE_TIME:
        return (start_year_of(line.start),)
    return tuple(sorted({start_year_of(year) for year in line.scheduled_years}))


def find_last_year(line: CostLine, initiative: Initiative) -> int:
    """The last year of a line: its end, or the last year of its initiative's life."""
    if line.end is not None:
        return start_year_of(line.end)
    return start_year_of(initiative.start) + initiative.life_years - 1


def find_term(line: CostLine) -> int:
    """Years of a subscription's first term, options that are reasonably certain included; without a term one."""
    return (line.term_years or 1) + line.option_years


def count_renewals(line: CostLine, year: int, start: int) -> int:
    """How often a subscription has been renewed by a year: 0 in the first term, 1 in the second …

    The first term includes the option years; every later term has `term_years`.
    """
    first = find_term(line)
    return 0 if year - start < first else 1 + (year - start - first) // (line.term_years or 1)


def find_term_start(line: CostLine, renewals: int, start: int) -> int:
    """The first year of the term that begins with so many renewals."""
    return start if renewals == 0 else start + find_term(line) + (renewals - 1) * (line.term_years or 1)


def calculate_residual_fraction(line: CostLine, age_years: int) -> Decimal:
    """The share of its price that a unit of this age still brings.

    `share`: the line's own fraction at any age. `straight_line`: 1 − age ÷ useful life, never below zero; the
    fraction is then what is left at the end of the useful life: fraction + (1 − fraction) × (1 − age ÷ life).
    Source: straight-line depreciation; NIST Handbook 135 (2020) on residual values prorated over service life.
    """
    if line.residual_method is ResidualMethod.SHARE:
        return line.residual_fraction
    life = line.useful_life_years or line.refresh_years or age_years
    left = max(Decimal(life - age_years), Decimal(0)) / Decimal(life)
    return line.residual_fraction + (1 - line.residual_fraction) * left


def _subscribe(line: CostLine, year: int, start: int) -> Event:
    renewals = count_renewals(line, year, start)
    if line.renewal_uplift is None:
        return Event(year, CostTiming.RECURRING, year, find_term_start(line, renewals, start), _WHOLE)
    return Event(year, CostTiming.RECURRING, year, start, (1 + line.renewal_uplift) ** renewals)


def _purchase(line: CostLine, year: int, start: int, step: int, years: range) -> Iterator[Event]:
    """A purchase, and what the units it replaces bring: a fraction of what they cost when they were bought."""
    if year not in years:
        return
    yield Event(year, CostTiming.REFRESH, year, year, _WHOLE)
    if year > start and (fraction := calculate_residual_fraction(line, step)):
        yield Event(year, CostTiming.RESIDUAL, year - step, year - step, -fraction)
