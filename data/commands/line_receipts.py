"""The receipt of every budget line in `read --lines`: what its cell says, under which heading, in which table."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planning.vocabulary import RowRole

if TYPE_CHECKING:
    from data.intake.model import Reading
    from data.store.budget_queries import BudgetLine

RECEIPT_FIELDS = ("column_header", "scale", "raw_text", "role", "table_range")
Receipt = tuple[str, int, str, str, str]


def find_receipts(reading: "Reading") -> "Callable[[BudgetLine], Receipt]":
    """How to find the receipt of a line: the cell as text, a plain number in its shortest form, before any scale."""
    tables = {(table.sheet, table.table_no): table for table in reading.tables}
    columns = {(*place, column.column): column for place, table in tables.items() for column in table.columns}
    rows = {
        place: {number: position for position, number in enumerate(table.lines.row_number)}
        for place, table in tables.items()
    }

    def find(line: "BudgetLine") -> Receipt:
        place = (line.sheet, line.table_no)
        table, column = tables[place], columns[(*place, line.column_letter)]
        text = table.lines.raw.get(line.cell)
        if text is None:
            number = table.lines.amounts[line.column_letter][rows[place][line.row_number]] / column.scale
            text = f"{int(number)}" if number == int(number) else repr(number)
        role = table.roles.get(line.row_number, RowRole.DETAIL)
        return column.header, column.scale, text, str(role), table.range

    return find
