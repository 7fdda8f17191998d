"""Whatever stands in a cell, there is an answer: a plan, or findings with their cells; never a crash."""

import contextlib
import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.intake.cells import CellValue, Sheet, Workbook
from data.workbooks.cell_values import CellProblem, read_cell
from data.workbooks.columns import CellKind, Column
from data.workbooks.layout import SHEETS
from data.workbooks.reading import read_plan_workbook
from planning.vocabulary import CostKind, Severity
from tests.data.workbooks.plan_cells import sheets_named, with_sheet

NASTY = (
    "1e999999",
    "9" * 400,
    "{found}",
    "FY0000-01",
    "٣",
    "½",
    '"',
    "((1))",
    "--1",
    "../x",
    "\x00",
    "$",
    "%",
    "FY99999",
)
CELLS = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=8),
    st.floats(),
    st.booleans(),
    st.just(date(1, 1, 1)),
    st.just(datetime(9999, 12, 31, 23)),
    st.just(time(1)),
    st.just(timedelta(days=-1)),
)


@pytest.mark.parametrize("kind", [kind for kind in CellKind if kind is not CellKind.LOOKED_UP])
def test_every_kind_of_cell_answers_every_odd_value(kind: CellKind) -> None:
    column = Column("odd", "Odd", kind, "", choices=tuple(CostKind))
    for value in (*NASTY, math.nan, math.inf, -math.inf, 1e300, 5e-324, True, time(1), timedelta(1), date(1, 1, 1)):
        with contextlib.suppress(CellProblem):
            assert read_cell(column, value) is not None


@settings(
    max_examples=300,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from([sheet.name for sheet in SHEETS]), value=CELLS, data=st.data())
def test_any_value_in_any_cell_is_answered(
    workbook: Workbook, name: str, value: CellValue, data: st.DataObject
) -> None:
    (sheet,) = sheets_named(workbook, name)
    rows = [list(row) for row in sheet.rows]
    r = data.draw(st.integers(1, len(rows) - 1))
    rows[r][data.draw(st.integers(0, len(rows[r]) - 1))] = value
    reading = read_plan_workbook(with_sheet(workbook, name, [Sheet(name, rows)]))
    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    assert (reading.plan is None) == bool(errors)
    assert all(finding.message and finding.fix for finding in errors)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_sheets_of_anything_are_answered(rows: list[list[CellValue]]) -> None:
    book = Workbook("any.xlsx", "0" * 64, 1, [Sheet(layout.name, rows) for layout in SHEETS])
    assert read_plan_workbook(book).plan is None
