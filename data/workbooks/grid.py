"""Where everything stands on a sheet of the template: heading row, filled and spare rows, year columns, formulas."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.intake.cells import cell_address
from data.workbooks.columns import SheetLayout
from data.workbooks.rows import PlanRow

HEADER_ROW = 1
FIRST_ROW = 2
SPARE_ROWS = 200
# Formulas that show nothing would still print as empty pages, so fewer rows than are checked have them.
SPARE_FORMULA_ROWS = 25


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet's rows and years laid out; rows and columns are counted from 0."""

    layout: SheetLayout
    rows: Sequence[PlanRow]
    years: Sequence[str]

    @property
    def last_row(self) -> int:
        """The last row that is formatted and checked."""
        return FIRST_ROW + len(self.rows) + SPARE_ROWS - 1

    @property
    def last_formula_row(self) -> int:
        return FIRST_ROW + len(self.rows) + SPARE_FORMULA_ROWS - 1

    @property
    def total_column(self) -> int:
        return len(self.layout.columns) + len(self.years)

    @property
    def column_count(self) -> int:
        return self.total_column + (1 if self.layout.years and self.layout.years.total else 0)

    def column_range(self, column: int) -> str:
        """A column's filled and spare cells, as a formula names them."""
        first, last = (cell_address(row, column) for row in (FIRST_ROW, self.last_row))
        letters = first.rstrip("0123456789")
        return f"'{self.layout.name}'!${letters}${first[len(letters) :]}:${letters}${last[len(letters) :]}"

    def lookup_formula(self, row: int, column: int) -> str:
        """What the id left of this cell is called on its own sheet."""
        other = self.layout.columns[column].refers_to
        key = cell_address(row, column - 1)
        return f'=IFERROR(INDEX({other}_names,MATCH({key},{other}_ids,0)),"")'

    def total_formula(self, row: int) -> str:
        """The row's years added up; nothing where the row is empty."""
        years = f"{cell_address(row, len(self.layout.columns))}:{cell_address(row, self.total_column - 1)}"
        return f'=IF(COUNT({years})=0,"",SUM({years}))'
