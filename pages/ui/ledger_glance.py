"""The budget at a glance, for a district that has published one and has no plan yet."""

from decimal import Decimal

from data.store.budget_queries import Measure, YearBasis, technology_by_account
from data.store.database import Store
from data.store.viewer import Viewer
from pages.ui.budget_view import list_columns, list_dollars
from pages.ui.charts import draw_big_numbers
from pages.ui.session import current_measures
from pages.ui.wording import name_column, name_side
from planning.money import format_percent, format_short
from planning.vocabulary import Side


def draw_ledger_glance(store: Store, viewer: Viewer) -> bool:
    """The newest budget's two sides and its technology; whether there was one to draw."""
    measures = list_dollars(current_measures())
    if not measures:
        return False
    column = next(iter(list_columns(measures).values()))
    accounts = technology_by_account(store, viewer, column.fiscal_year, column.basis)
    draw_big_numbers(list_ledger_numbers(measures, column, sum((item.amount for item in accounts), Decimal(0))))
    return True


def list_ledger_numbers(measures: list[Measure], column: YearBasis, technology: Decimal) -> list[tuple[str, str, str]]:
    """Each side that the column has, then the technology in it and its share of the expenditures."""
    sums: dict[str, Decimal] = {}
    for measure in measures:
        if (measure.fiscal_year, measure.basis) == (column.fiscal_year, column.basis):
            sums[measure.side] = sums.get(measure.side, Decimal(0)) + measure.amount
    label = name_column(column)
    spent = sums.get(Side.EXPENDITURE)
    share = f"{format_percent(technology / spent, 1)} of the expenditures" if spent else label
    sides = [(name_side(side), format_short(sums[side]), label) for side in Side if side in sums]
    return [*sides[:3], ("Technology in the ledger", format_short(technology), share)]
