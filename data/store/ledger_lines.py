"""The ledger as the bridge and the fund balance read it: technology line by line, and every fund's flows."""

from decimal import Decimal

from data.store.budget_queries import YearBasis
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from planning.bridge_matching import LedgerAmount
from planning.fund_flows import FundLine
from planning.money import to_cents
from planning.vocabulary import Side, Unit


def list_technology_lines(store: Store, viewer: Viewer, column: YearBasis) -> tuple[LedgerAmount, ...]:
    """Technology spending of one year and basis: a line for each fund-function-object, vendor and description.

    Sums are exact and rounded to cents once a line; the cents that this moves are put on the largest line, so that
    the lines sum to the technology of the ledger.
    """
    where = LineFilter(column.fiscal_year, column.basis, unit=Unit.USD, side=Side.EXPENDITURE, technology_only=True)
    condition, parameters = where.as_sql()
    codes = "fund_code, function_code, object_code, vendor, description, technology_rule"
    rows = store.read(
        viewer,
        f"SELECT {codes}, sum(amount), count(*) FROM budget_line WHERE {condition} GROUP BY {codes} ORDER BY {codes}",
        **parameters,
    )
    return _settle_cents(
        [
            (LedgerAmount("-".join(row[:3]).rstrip("-"), to_cents(row[6]), row[7], *row[3:6]), Decimal(row[6]))
            for row in rows
        ]
    )


def _settle_cents(rows: list[tuple[LedgerAmount, Decimal]]) -> tuple[LedgerAmount, ...]:
    lines = [line for line, _ in rows]
    if not lines:
        return ()
    moved = to_cents(sum((amount for _, amount in rows), Decimal(0))) - sum(line.amount_cents for line in lines)
    largest = max(range(len(lines)), key=lambda place: abs(lines[place].amount_cents))
    lines[largest] = lines[largest]._replace(amount_cents=lines[largest].amount_cents + moved)
    return tuple(lines)


def list_fund_lines(store: Store, viewer: Viewer, column: YearBasis) -> tuple[FundLine, ...]:
    """Everything in dollars of one year and basis, by fund, side and code; `account` is the first of the group."""
    condition, parameters = LineFilter(column.fiscal_year, column.basis, unit=Unit.USD).as_sql()
    codes = "fund_code, side, function_code, object_code, nces_function, nces_object"
    rows = store.read(
        viewer,
        "SELECT fund_code, max(fund_name), side, function_code, max(function_name), object_code, max(object_name), "
        f"nces_function, nces_object, min(account), sum(amount) FROM budget_line WHERE {condition} "
        f"GROUP BY {codes} ORDER BY {codes}",
        **parameters,
    )
    return tuple(FundLine(*row) for row in rows)
