"""Questions about the budget lines that count: sums by code, by year, against another year, and the lines themselves.

Money is summed in SQL, exactly; every answer is small and plain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from planning.vocabulary import Side, Unit

# What lines can be summed by: the column of its code and the column of its name.
DIMENSIONS = {
    "fund": ("fund_code", "fund_name"),
    "function": ("function_code", "function_name"),
    "object": ("object_code", "object_name"),
    "location": ("location_code", "location_name"),
    "program": ("program_code", "program_name"),
    "project": ("project_code", "project_name"),
    "vendor": ("vendor", "vendor"),
    "account": ("account", "description"),
    "side": ("side", "side"),
    "series": ("series", "series"),
    "sheet": ("sheet", "sheet"),
    "fiscal_year": ("fiscal_year", "fiscal_year"),
    "basis": ("basis", "basis"),
    "nces_function": ("nces_function", "nces_function"),
    "nces_object": ("nces_object", "nces_object"),
    "technology_rule": ("technology_rule", "technology_rule"),
}
ALL_DOLLARS = LineFilter()
ALL_LINES = LineFilter(unit=None)
# What a role sees only as sums has no place in a file; without an order of its own it would be on two pages or on none.
_SUMS_LAST = "fund_code, function_code, object_code, side, fiscal_year, basis, unit, technology_rule"
_ORDERS = {
    "file": f"series, sheet, table_no, row_number, length(column_letter), column_letter, {_SUMS_LAST}",
    "amount": f"abs(amount) DESC, series, sheet, table_no, row_number, column_letter, {_SUMS_LAST}",
}


class YearBasis(NamedTuple):
    """A column of a budget statement: which year, and how firm."""

    fiscal_year: str
    basis: str


class BudgetLine(NamedTuple):
    """One amount with everything known about it: a row of the view `budget_line`, in its order."""

    district_id: str
    series: str
    upload_id: str
    file_name: str
    sheet: str
    table_no: int
    row_number: int
    column_letter: str
    cell: str
    account: str
    fund_code: str
    fund_name: str
    function_code: str
    function_name: str
    object_code: str
    object_name: str
    location_code: str
    location_name: str
    program_code: str
    program_name: str
    project_code: str
    project_name: str
    vendor: str
    description: str
    side: str
    fiscal_year: str
    basis: str
    unit: str
    amount: Decimal
    nces_function: str
    nces_object: str
    is_technology: bool
    technology_rule: str


LINE_FIELDS = BudgetLine._fields


@dataclass(frozen=True, slots=True)
class BudgetGroup:
    """A sum with the codes it is of and how many lines are in it."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    amount: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class PivotRow:
    """One code; an amount for every column of the pivot, None where no line has one."""

    code: str
    name: str
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class BudgetPivot:
    """Sums by code and by year and basis; totals are of each column."""

    columns: tuple[YearBasis, ...]
    rows: tuple[PivotRow, ...]
    totals: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """One code in two columns; the difference is this minus other, the fraction is of other (None where that is 0)."""

    code: str
    name: str
    this: Decimal
    other: Decimal
    difference: Decimal
    change_fraction: float | None


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some of the lines asked for, with the number and the sum of all of them."""

    lines: tuple[BudgetLine, ...]
    total_lines: int
    total_amount: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of amount the district has, with its sum."""

    series: str
    fiscal_year: str
    basis: str
    unit: str
    side: str
    amount: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class AccountAmount:
    """What the ledger holds under one fund-function-object."""

    account: str
    amount: Decimal
    lines: int


def list_measures(store: Store, viewer: Viewer) -> tuple[Measure, ...]:
    """Every combination of series, year, basis, unit and side that has lines, with its sum."""
    rows = store.read(
        viewer,
        "SELECT series, fiscal_year, basis, unit, side, sum(amount), count(*) FROM budget_line "
        "WHERE district_id = $district_id GROUP BY ALL ORDER BY fiscal_year, series, basis, unit, side",
    )
    return tuple(Measure(*row) for row in rows)


def summarise_budget(
    store: Store, viewer: Viewer, by: str | Sequence[str], where: LineFilter = ALL_DOLLARS
) -> tuple[BudgetGroup, ...]:
    """Sums by one or several of DIMENSIONS, in the order of the codes; a code with several names shows the last one."""
    dimensions = [DIMENSIONS[name] for name in ((by,) if isinstance(by, str) else by)]
    condition, parameters = where.as_sql()
    codes = ", ".join(code for code, _ in dimensions)
    names = ", ".join(f"max({name})" for _, name in dimensions)
    rows = store.read(
        viewer,
        f"SELECT {codes}, {names}, sum(amount), count(*) FROM budget_line WHERE {condition} "
        f"GROUP BY {codes} ORDER BY {codes}",
        **parameters,
    )
    size = len(dimensions)
    return tuple(BudgetGroup(row[:size], row[size : 2 * size], row[-2], row[-1]) for row in rows)


def pivot_budget(store: Store, viewer: Viewer, by: str, where: LineFilter = ALL_DOLLARS) -> BudgetPivot:
    """Sums by one of DIMENSIONS, with a column for every fiscal year and basis."""
    groups = summarise_budget(store, viewer, (by, "fiscal_year", "basis"), where)
    columns = tuple(sorted({YearBasis(*group.codes[1:]) for group in groups}))
    place = {column: number for number, column in enumerate(columns)}
    names = {group.codes[0]: group.names[0] for group in groups}
    cells: dict[str, list[Decimal | None]] = {code: [None] * len(columns) for code in names}
    totals = [Decimal(0)] * len(columns)
    for group in groups:
        number = place[YearBasis(*group.codes[1:])]
        cells[group.codes[0]][number] = group.amount
        totals[number] += group.amount
    return BudgetPivot(columns, tuple(PivotRow(code, names[code], tuple(cells[code])) for code in cells), tuple(totals))


def compare_columns(pivot: BudgetPivot, this: YearBasis, other: YearBasis) -> tuple[VarianceRow, ...]:
    """Two columns of a pivot beside each other; a code that is in neither is left out."""
    here, there = (pivot.columns.index(one) if one in pivot.columns else None for one in (this, other))
    rows = (_variance_row(row, here, there) for row in pivot.rows)
    return tuple(row for row in rows if row.this or row.other)


def list_lines(
    store: Store,
    viewer: Viewer,
    where: LineFilter = ALL_DOLLARS,
    limit: int = 200,
    offset: int = 0,
    order: Literal["file", "amount"] = "file",
) -> LinePage:
    """Lines with their cells, some at a time, and how many there are in all."""
    condition, parameters = where.as_sql()
    rows = store.read(
        viewer,
        f"SELECT {', '.join(LINE_FIELDS)}, count(*) OVER (), sum(amount) OVER () FROM budget_line WHERE {condition} "
        f"ORDER BY {_ORDERS[order]} LIMIT $row_limit OFFSET $row_offset",
        **parameters,
        row_limit=limit,
        row_offset=offset,
    )
    lines = tuple(BudgetLine(*row[:-2]) for row in rows)
    return LinePage(lines, *(rows[0][-2:] if rows else _sum_lines(store, viewer, where)))


def _sum_lines(store: Store, viewer: Viewer, where: LineFilter) -> tuple[int, Decimal]:
    condition, parameters = where.as_sql()
    sql = f"SELECT count(*), coalesce(sum(amount), 0) FROM budget_line WHERE {condition}"
    [(total_lines, total_amount)] = store.read(viewer, sql, **parameters)
    return total_lines, Decimal(total_amount)


def export_lines(store: Store, viewer: Viewer, where: LineFilter = ALL_LINES) -> Iterator[BudgetLine]:
    """Every line of the view in the order of the file; the names of its fields are LINE_FIELDS."""
    condition, parameters = where.as_sql()
    sql = f"SELECT {', '.join(LINE_FIELDS)} FROM budget_line WHERE {condition} ORDER BY {_ORDERS['file']}"
    return (BudgetLine(*row) for row in store.stream(viewer, sql, **parameters))


def technology_by_account(
    store: Store, viewer: Viewer, fiscal_year: str, basis: str, series: str | None = None
) -> tuple[AccountAmount, ...]:
    """Technology spending of one year and basis by fund-function-object, for the ledger bridge."""
    where = LineFilter(fiscal_year, basis, unit=Unit.USD, side=Side.EXPENDITURE, series=series, technology_only=True)
    groups = summarise_budget(store, viewer, ("fund", "function", "object"), where)
    return tuple(AccountAmount("-".join(group.codes).rstrip("-"), group.amount, group.lines) for group in groups)


def _variance_row(row: PivotRow, here: int | None, there: int | None) -> VarianceRow:
    this, other = ((row.amounts[i] if i is not None else None) or Decimal(0) for i in (here, there))
    fraction = float((this - other) / abs(other)) if other else None
    return VarianceRow(row.code, row.name, this, other, this - other, fraction)
