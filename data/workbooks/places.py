"""Where each part of a plan stood in its workbook, so that a finding about the plan points at a cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from data.workbooks.layout import IDENTIFIED, SHEET_BY_KEY
from data.workbooks.sheet_tables import ReadRow
from planning import checks, register_checks
from planning.amount_checks import THINGS
from planning.cost import line_checks
from planning.cost.line_flows import COST_TOO_LARGE
from planning.findings import Finding
from planning.funding.grants import GRANT_PERIOD_REVERSED

# A finding about one field: the thing it is about, and the field to look at.
_FIELDS = {
    checks.RESERVED_ID.code: ("source", "source_id"),
    checks.DEPENDENCY_CIRCLE.code: ("initiative", "depends_on"),
    checks.DEPENDENCY_NOT_INCLUDED.code: ("initiative", "depends_on"),
    checks.EXCLUDED_PAIR_INCLUDED.code: ("initiative", "excludes"),
    checks.COST_OUTSIDE_LIFE.code: ("cost line", "start"),
    checks.COST_ENDS_BEFORE_START.code: ("cost line", "end"),
    checks.REFRESH_WITHOUT_YEARS.code: ("cost line", "refresh_years"),
    checks.DEDUCTIONS_TAKE_ALL.code: ("source", "equitable_services_fraction"),
    checks.WINDOW_REVERSED.code: ("source", "window_end"),
    GRANT_PERIOD_REVERSED.code: ("award", "period_end"),
    register_checks.ELIGIBLE_BEYOND_STUDENTS.code: ("school", "eligible"),
    checks.DRIVER_WITHOUT_COUNTS.code: ("cost line", "driver"),
    COST_TOO_LARGE.code: ("cost line", "unit_price_usd"),
    line_checks.SUBSCRIPTION_WITHOUT_TERM.code: ("cost line", "term_years"),
    line_checks.SCHEDULED_WITHOUT_YEARS.code: ("cost line", "scheduled_years"),
    line_checks.STAFFING_IS_NOT_LABOR.code: ("cost line", "category"),
    line_checks.LOADING_WITHOUT_LABOR.code: ("cost line", "loading_fraction"),
    line_checks.CATEGORY_RATE_TWICE.code: ("escalation rate", "category"),
    line_checks.COMPARED_WITH_ITSELF.code: ("initiative", "compared_with"),
    line_checks.BASE_ALSO_INCLUDED.code: ("initiative", "compared_with"),
}


class PlanPlaces:
    """The sheet and cell of every item, by the words that `planning.checks` uses for it."""

    def __init__(self, rows: Mapping[str, Sequence[ReadRow]]) -> None:
        self._rows: dict[str, ReadRow] = {}
        self.cells: dict[str, tuple[str, str]] = {}
        for key, sheet_rows in rows.items():
            for row in sheet_rows:
                self._add(key, row)

    def place(self, finding: Finding) -> Finding:
        """The finding with its sheet and cell, where the item it is about is known."""
        thing, field = _FIELDS.get(finding.code, ("", ""))
        for words in (finding.item, finding.found.split(" → ")[0]):
            name = f"{thing} {words}" if thing else _lower_first(words.removeprefix("The "))
            if name in self.cells:
                sheet, cell = self.cells[name]
                if name in self._rows:
                    cell = self._rows[name].cells.get(field, cell)
                return replace(finding, sheet=sheet, cell=cell)
        return finding

    def _add(self, key: str, row: ReadRow) -> None:
        if key in IDENTIFIED:
            name = f"{THINGS[key]} {row.values.get(IDENTIFIED[key])}"
            self._rows.setdefault(name, row)
            self.cells.setdefault(name, (row.sheet, row.first_cell))
        for name, field in _entry_names(key, row):
            # The later of two equal entries: that is the one to remove.
            self.cells[name] = (row.sheet, row.cells.get(field, row.first_cell))


def _entry_names(key: str, row: ReadRow) -> Iterator[tuple[str, str]]:
    """What the checks call the entries without an id of their own, and the column each stands in."""
    values = [str(row.values.get(column.field)) for column in SHEET_BY_KEY[key].read_columns]
    if key == "commitments":
        yield f"commitment of {values[1]} to {values[0]}", "initiative_id"
        yield from ((f"commitment {' · '.join((*values, year))}", year) for year in row.years)
    elif key == "driver_counts":
        yield f"count of {values[0]}", "driver"
        yield from ((f"count {values[0]} · {year}", year) for year in row.years)
    elif key == "contributions":
        yield f"goal contribution {values[0]} · {values[1]}", "goal_id"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
