"""An invented district: its schools, its lines and what it budgets for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from benchmarks.layouts.charts import Chart, choose_chart

_NAMES = ("Alder Creek", "Brookhaven", "Cedar Falls", "Dunmore", "Eagle Point", "Fairmont", "Glenwood", "Hawthorne")
_KINDS = ("School District", "Unified School District", "Independent School District", "Public Schools", "CUSD 47")
_SCHOOLS = (
    "Lincoln Elementary",
    "Washington Elementary",
    "Ridgeview Elementary",
    "Oak Hill Middle School",
    "Jefferson High School",
    "Franklin Academy",
    "District Office",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the ledger: a fiscal year (by the calendar year it starts in), a basis and a unit."""

    start: int
    basis: str
    unit: str = "usd"

    @property
    def fiscal_year(self) -> str:
        return f"FY{self.start}-{(self.start + 1) % 100:02d}"


@dataclass(slots=True, eq=False)
class Line:
    """One line of the budget with an amount for each column (None: the cell is left empty)."""

    side: str
    account: str
    fund: tuple[str, str]
    function: tuple[str, str]
    object: tuple[str, str]
    location: tuple[str, str]
    title: str
    amounts: dict[Column, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class District:
    name: str
    chart: Chart
    schools: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    cents: bool


def invent_district(
    rng: Random, columns: Sequence[Column], sides: Sequence[str], fund_count: int, size: int
) -> District:
    """A district of `size` expenditure lines in each fund, sorted by fund, function, object and school."""
    chart = choose_chart(rng)
    schools = _name_schools(rng)
    cents = rng.random() < 0.4
    lines = []
    for fund in chart.funds[:fund_count]:
        if "revenue" in sides:
            lines += _invent_revenues(rng, chart, fund)
        if "expenditure" in sides:
            lines += _invent_expenditures(rng, chart, fund, schools, size)
    for line in lines:
        _fill(rng, line, columns, cents)
    name = f"{rng.choice(_NAMES)} {rng.choice(_KINDS)}"
    return District(name, chart, schools, tuple(lines), cents)


def _name_schools(rng: Random) -> tuple[tuple[str, str], ...]:
    names = [*rng.sample(_SCHOOLS[:-1], rng.randint(2, 5)), _SCHOOLS[-1]]
    return tuple((f"{code:03d}", name) for code, name in zip(sorted(rng.sample(range(1, 899), 9)), names, strict=False))


def _invent_revenues(rng: Random, chart: Chart, fund: tuple[str, str]) -> list[Line]:
    chosen = sorted(rng.sample(chart.sources, rng.randint(3, len(chart.sources))))
    return [
        Line("revenue", chart.write_revenue_account(fund[0], source[0]), fund, source, source, ("", ""), source[1])
        for source in chosen
    ]


def _invent_expenditures(
    rng: Random, chart: Chart, fund: tuple[str, str], schools: Sequence[tuple[str, str]], size: int
) -> list[Line]:
    functions = sorted(rng.sample(chart.functions, rng.randint(2, 6)))
    places = [(f, o, s) for f in functions for o in sorted(chart.objects) for s in schools]
    chosen = sorted(rng.sample(places, min(size, len(places))))
    seen: dict[str, Line] = {}
    for function, object_, school in chosen:
        account = chart.write_account(fund[0], function[0], object_[0], school[0])
        seen.setdefault(account, Line("expenditure", account, fund, function, object_, school, object_[1]))
    return list(seen.values())


def _fill(rng: Random, line: Line, columns: Sequence[Column], cents: bool) -> None:
    """Amounts that drift from year to year; a few lines are new, ended, credits or empty."""
    level = 10 ** rng.uniform(2.7, 5.8)
    fate = rng.random()
    for column in columns:
        if column.unit == "fte":
            paid = line.title.endswith("Salaries")
            line.amounts[column] = Decimal(rng.randint(1, 800)) / 100 if paid else None
        else:
            line.amounts[column] = _draw_amount(rng, level, fate, cents)


def _draw_amount(rng: Random, level: float, fate: float, cents: bool) -> Decimal | None:
    if fate < 0.12 and rng.random() < 0.6:
        return None if fate < 0.05 else Decimal(0)
    amount = Decimal(round(level * rng.uniform(0.8, 1.25) * 100)) / 100
    amount = amount if cents else Decimal(round(amount))
    return -amount if 0.12 < fate < 0.14 else amount
