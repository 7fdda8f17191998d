"""The table in which the rows of a section are edited: drop-downs, boxes and numbers, with paste from a spreadsheet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.workbooks.columns import CellKind, Column, SheetLayout, default_of
from data.workbooks.entry import list_entry_years
from data.workbooks.layout import IDENTIFIED
from data.workbooks.notes import describe_column, header_text
from data.workbooks.rows import list_plan_rows
from data.workbooks.words import plain_word
from pages.ui.plan_draft import Draft
from planning.fiscal_years import list_fiscal_years, shift_fiscal_year
from planning.model import Plan

if TYPE_CHECKING:
    import pandas as pd

ROW_PIXELS, MOST_PIXELS, PIXELS_A_LETTER = 35, 560, 8
NUMBERS = (CellKind.NUMBER, CellKind.WHOLE, CellKind.DOLLARS, CellKind.UNIT_PRICE)


def draw_plan_table(layout: SheetLayout, draft: Draft) -> None:
    """The section as a table; what is typed is found in the draft at the next look."""
    years = list_entry_years(layout, draft.seen.plan)
    st.data_editor(
        _build_frame(layout, years, draft),
        key=draft.table_key,
        num_rows="dynamic",
        hide_index=True,
        height=min(ROW_PIXELS * (len(draft.given) + 2) + 2, MOST_PIXELS),
        placeholder="",
        column_config=_configure(layout, years, draft.seen.plan),
        alt=f"{layout.name}, a table to edit",
    )


def list_year_choices(plan: Plan) -> list[str]:
    """The fiscal years a drop-down offers: around the plan, and any other that the plan names."""
    first = plan.district.first_fiscal_year
    around = list_fiscal_years(shift_fiscal_year(first, -5), plan.district.horizon_years + 15)
    named = {item.start for item in plan.initiatives}
    named |= {year for line in plan.cost_lines for year in (line.start, line.end, line.dollar_year) if year}
    return sorted({*around, *named})


def list_reference_choices(column: Column, plan: Plan) -> list[str]:
    """The ids that a reference may name."""
    rows = list_plan_rows(plan)[column.refers_to]
    return [str(row.values[IDENTIFIED[column.refers_to]]) for row in rows]


def list_choices(column: Column, plan: Plan) -> list[str]:
    """What a drop-down of the column offers."""
    if column.kind is CellKind.FISCAL_YEAR:
        return list_year_choices(plan)
    if column.kind is CellKind.REFERENCE:
        return list_reference_choices(column, plan)
    return [plain_word(member) for member in column.choices]


def _build_frame(layout: SheetLayout, years: Sequence[str], draft: Draft) -> "pd.DataFrame":
    import pandas as pd

    kinds = {column.field: column.kind for column in layout.read_columns} | dict.fromkeys(years, CellKind.NUMBER)
    cells = [entry.cells for entry in draft.given]
    return pd.DataFrame({name: _build_series([row.get(name) for row in cells], kind) for name, kind in kinds.items()})


def _build_series(values: list[Any], kind: CellKind) -> "pd.Series":
    """A column of one type, so that an empty one can be edited too."""
    import pandas as pd

    if kind is CellKind.DATE:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")))
    if kind is CellKind.YES_NO:
        return pd.Series(values, dtype="boolean")
    return pd.Series(values, dtype="float64" if kind in NUMBERS else "string")


def _configure(layout: SheetLayout, years: Sequence[str], plan: Plan) -> dict[str, Any]:
    columns = {column.field: _configure_column(layout, column, plan) for column in layout.read_columns}
    is_money = layout.years is not None and layout.years.kind is CellKind.DOLLARS
    of_years = {
        year: st.column_config.NumberColumn(year, format="accounting" if is_money else "localized", width="small")
        for year in years
    }
    return columns | of_years


def _configure_column(layout: SheetLayout, column: Column, plan: Plan) -> Any:  # noqa: ANN401 - streamlit's own mapping
    words: dict[str, Any] = {
        "label": header_text(layout, column),
        "help": describe_column(layout, column),
        "width": column.width * PIXELS_A_LETTER,
        "pinned": column is layout.columns[0],
    }
    match column.kind:
        case CellKind.CHOICE | CellKind.FISCAL_YEAR | CellKind.REFERENCE:
            return st.column_config.SelectboxColumn(**words, options=list_choices(column, plan))
        case CellKind.YES_NO:
            return st.column_config.CheckboxColumn(**words, default=bool(default_of(layout, column)))
        case CellKind.DATE:
            return st.column_config.DateColumn(**words, format="YYYY-MM-DD")
        case CellKind.WHOLE:
            return st.column_config.NumberColumn(**words, step=1, format="%d")
        case CellKind.UNIT_PRICE | CellKind.DOLLARS:
            return st.column_config.NumberColumn(**words, format="accounting")
        case CellKind.NUMBER:
            return st.column_config.NumberColumn(**words)
        case _:
            return st.column_config.TextColumn(**words)
