"""The sample district's ledger as lines: what each table of `tables/` says, spread over schools and four years.

Harlow Ridge School District is fictitious. Amounts of the budget year are whole dollars that add up exactly to the
tables; earlier years follow a trend with a small wobble taken from a checksum of the line's own words, so the same
tables always give the same ledger.
"""

import csv
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from planning.money import round_half_up, split_cents, to_cents

TABLES = Path(__file__).parent / "tables"
YEARS = ("2023-24", "2024-25", "2025-26", "2026-27")
BUDGET_YEARS = frozenset({"2025-26", "2026-27"})
"""Budgets are adopted in whole dollars; actuals carry cents."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One detail line of the budget: codes, words, full-time equivalents and integer cents for each of YEARS."""

    fund: str
    function: str
    object: str
    location: str
    description: str
    amounts_cents: tuple[int, ...]
    vendor: str = ""
    staff_fte: Decimal = Decimal(0)

    @property
    def account(self) -> str:
        """Fund, function, object and location, or fund and revenue source."""
        return "-".join(code for code in (self.fund, self.function, self.object, self.location) if code)


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of one of the sample's own tables."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def list_funds() -> tuple[Row, ...]:
    """The funds in the order of the budget document, each with code, name and sheet."""
    return read_table("funds")


@cache
def title_of(dimension: str, code: str) -> str:
    """`2580 - Administrative Technology Services`: a code as the budget document prints it."""
    if dimension == "location":
        titles = {row["code"]: row["name"] for row in read_table("locations")}
    elif dimension == "fund":
        titles = {row["code"]: row["name"] for row in read_table("funds")}
    else:
        titles = {row["code"]: row["title"] for row in read_table("codes") if row["dimension"] == dimension}
    return f"{code} - {titles[code]}"


def build_expenditures() -> tuple[LedgerLine, ...]:
    """Every expenditure line, in the order of its account."""
    lines = [line for row in read_table("expenditures") for line in _spread_row(row)]
    lines += _build_benefits(read_table("expenditures"))
    return tuple(sorted(lines, key=lambda line: line.account))


def build_revenues(expenditures: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """Every revenue line; a year left blank shares out what its fund spends, so that grants balance."""
    spent = sum_by_fund(expenditures)
    lines: list[LedgerLine] = []
    for fund in list_funds():
        rows = [row for row in read_table("revenues") if row["fund"] == fund["code"]]
        shares = _settle_revenue(rows, YEARS[-1], spent[fund["code"]][-1], [1] * len(rows))
        by_year = [_settle_revenue(rows, year, spent[fund["code"]][i], shares) for i, year in enumerate(YEARS)]
        for row, amounts in zip(rows, zip(*by_year, strict=True), strict=True):
            lines.append(LedgerLine(row["fund"], row["source"], "", "", row["description"], amounts))
    return tuple(lines)


def sum_by_fund(lines: Iterable[LedgerLine]) -> dict[str, tuple[int, ...]]:
    """Cents by fund, one number for each of YEARS."""
    totals = {fund["code"]: (0,) * len(YEARS) for fund in list_funds()}
    for line in lines:
        totals[line.fund] = tuple(a + b for a, b in zip(totals[line.fund], line.amounts_cents, strict=True))
    return totals


def _places(place: str) -> list[Row]:
    """The locations a table row names: one code, or every location of a group."""
    locations = read_table("locations")
    return [row for row in locations if row["code"] == place or place in row["groups"].split()]


def _spread_row(row: Row) -> Iterator[LedgerLine]:
    """One line for each place, whole dollars and tenths of a position by largest remainder."""
    places = _places(row["place"])
    weights = [Decimal(place["pupils"]) if row["spread"] == "pupils" else Decimal(1) for place in places]
    dollars = split_cents(int(row["amount"]), weights)
    tenths = split_cents(int(row["fte"] or 0) * 10, weights)
    for place, amount, staff in zip(places, dollars, tenths, strict=True):
        yield _make_line(row, place["code"], amount, Decimal(staff).scaleb(-1))


def _make_line(row: Row, location: str, dollars: int, staff_fte: Decimal) -> LedgerLine:
    codes = (row["fund"], row["function"], row["object"], location, row["description"])
    amounts = _trend_amounts(dollars, row["trend"], "|".join(codes))
    return LedgerLine(*codes, amounts, row["vendor"], staff_fte)


def _build_benefits(rows: Iterable[Row]) -> list[LedgerLine]:
    """Benefits follow salaries: one line for each function, place and kind of benefit."""
    base: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        for line in _spread_row(row) if row["benefits"] else ():
            for benefit in (b for b in read_table("benefits") if b["scheme"] == row["benefits"]):
                key = (row["fund"], row["function"], line.location, benefit["description"])
                earned = line.amounts_cents[-1] * Decimal(benefit["rate"])
                base[key] = base.get(key, 0) + int(round_half_up(earned, 0))
    return [_make_benefit(*key, cents) for key, cents in base.items()]


def _make_benefit(fund: str, function: str, location: str, description: str, cents: int) -> LedgerLine:
    row = {"fund": fund, "function": function, "object": "200", "description": description, "vendor": ""}
    dollars = int(round_half_up(Decimal(cents).scaleb(-2), 0))
    return _make_line(row | {"trend": "pay"}, location, dollars, Decimal(0))


def _trend_amounts(dollars: int, trend: str, words: str) -> tuple[int, ...]:
    """Cents for each of YEARS from the budget year's whole dollars."""
    factors = next(row for row in read_table("trends") if row["trend"] == trend)
    amounts = [_earlier_cents(dollars, factors, year, words) for year in YEARS[:-1]]
    return (*amounts, to_cents(dollars))


def _earlier_cents(dollars: int, factors: Row, year: str, words: str) -> int:
    wobble = 1 + Decimal(factors["jitter"]) * _wobble(f"{words}|{year}")
    amount = dollars * Decimal(factors[year]) * wobble
    return to_cents(round_half_up(amount, 0 if year in BUDGET_YEARS else 2))


def _wobble(words: str) -> Decimal:
    """A number from -1 to 1 that only depends on the words."""
    return Decimal(zlib.crc32(words.encode()) % 2001 - 1000) / 1000


def _settle_revenue(rows: list[Row], year: str, spent_cents: int, weights: Sequence[int]) -> list[int]:
    """The amounts of a fund's revenue rows; the blank ones share, by weight, what is left of the fund's spending."""
    printed = [to_cents(Decimal(row[year])) if row[year] else None for row in rows]
    blanks = [i for i, amount in enumerate(printed) if amount is None]
    if blanks:
        left = spent_cents - sum(amount for amount in printed if amount is not None)
        for i, share in zip(blanks, split_cents(left, [weights[i] for i in blanks]), strict=True):
            printed[i] = share
    return [amount or 0 for amount in printed]
