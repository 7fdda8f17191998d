from decimal import Decimal

import pytest

from data.store.budget_queries import (
    ALL_LINES,
    DIMENSIONS,
    LINE_FIELDS,
    YearBasis,
    compare_columns,
    export_lines,
    list_lines,
    list_measures,
    pivot_budget,
    summarise_budget,
    technology_by_account,
)
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from planning.vocabulary import Basis, Side, Unit
from tests.data.store.readings import make_reading, make_table

GENERAL = {"fund_code": "10", "fund_name": "General Fund"}
TITLE_I = {"fund_code": "21", "fund_name": "Title I"}
TECHNOLOGY = {"function_code": "2580", "function_name": "Technology", "technology_rule": "function 2580"}
TEACHING = {"function_code": "1000", "function_name": "Instruction"}
COLUMNS = {
    "D": {"fiscal_year": "FY2025-26", "basis": Basis.ACTUAL},
    "E": {"fiscal_year": "FY2026-27", "basis": Basis.PROPOSED},
    "F": {"fiscal_year": "FY2026-27", "basis": Basis.PROPOSED, "unit": Unit.FTE},
}
LINES = [
    ({**GENERAL, **TECHNOLOGY, "object_code": "100", "description": "Network staff"}, {"D": 900, "E": 1000, "F": 2.5}),
    ({**GENERAL, **TECHNOLOGY, "object_code": "650", "vendor": "Acme"}, {"D": 50.25, "E": 60.75}),
    ({**GENERAL, **TEACHING, "object_code": "100"}, {"D": 5000, "E": 5100, "F": 60}),
    ({**TITLE_I, **TEACHING, "object_code": "610"}, {"E": 300}),
]
ACTUAL, PROPOSED = YearBasis("FY2025-26", "actual"), YearBasis("FY2026-27", "proposed")
NEXT_YEAR = LineFilter("FY2026-27", "proposed")


@pytest.fixture
def budget(store: Store, viewer: Viewer) -> Store:
    publish_reading(store, viewer, make_reading(make_table(LINES, COLUMNS)))
    return store


def test_measures_name_every_kind_of_amount_with_its_sum(budget: Store, viewer: Viewer) -> None:
    assert [(m.fiscal_year, m.basis, m.unit, m.amount, m.lines) for m in list_measures(budget, viewer)] == [
        ("FY2025-26", "actual", "usd", Decimal("5950.25"), 3),
        ("FY2026-27", "proposed", "fte", Decimal("62.5"), 2),
        ("FY2026-27", "proposed", "usd", Decimal("6460.75"), 4),
    ]


def test_a_summary_sums_by_code_and_never_mixes_units(budget: Store, viewer: Viewer) -> None:
    groups = summarise_budget(budget, viewer, "fund", NEXT_YEAR)
    assert [(group.codes, group.names, group.amount, group.lines) for group in groups] == [
        (("10",), ("General Fund",), Decimal("6160.75"), 3),
        (("21",), ("Title I",), Decimal(300), 1),
    ]


def test_a_summary_by_several_codes(budget: Store, viewer: Viewer) -> None:
    groups = summarise_budget(budget, viewer, ("fund", "object"), NEXT_YEAR)
    assert {group.codes: group.amount for group in groups} == {
        ("10", "100"): Decimal(6100),
        ("10", "650"): Decimal("60.75"),
        ("21", "610"): Decimal(300),
    }


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_cut_sums_to_the_same_whole(budget: Store, viewer: Viewer, by: str) -> None:
    groups = summarise_budget(budget, viewer, by, NEXT_YEAR)
    assert sum(group.amount for group in groups) == Decimal("6460.75")
    assert sum(group.lines for group in groups) == 4


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (LineFilter("FY2026-27", function_code="25*"), "1060.75"),
        (LineFilter("FY2026-27", function_code="2580", object_code="650"), "60.75"),
        (LineFilter("FY2026-27", vendor=""), "6400"),
        (LineFilter("FY2026-27", technology_only=True), "1060.75"),
        (LineFilter("FY2026-27", unit=Unit.FTE), "62.5"),
        (LineFilter(unit=None, sheet="General fund", cell="F7"), "60"),
        (LineFilter("FY2026-27", text="ACME"), "60.75"),
        (LineFilter("FY2026-27", text="100%"), "0"),
        (LineFilter("FY2026-27", side="expenditure", sheet="General fund"), "6460.75"),
        (LineFilter(side="revenue"), "0"),
        (LineFilter(series="Expenditure budget"), "12411"),
        (LineFilter(fund_code="' OR 1=1 --"), "0"),
    ],
)
def test_lines_can_be_asked_for_by_anything_they_carry(
    budget: Store, viewer: Viewer, where: LineFilter, expected: str
) -> None:
    assert list_lines(budget, viewer, where).total_amount == Decimal(expected)


def test_a_pivot_has_a_column_for_every_year_and_basis(budget: Store, viewer: Viewer) -> None:
    pivot = pivot_budget(budget, viewer, "object")
    assert pivot.columns == (ACTUAL, PROPOSED)
    assert [(row.code, row.amounts) for row in pivot.rows] == [
        ("100", (Decimal(5900), Decimal(6100))),
        ("610", (None, Decimal(300))),
        ("650", (Decimal("50.25"), Decimal("60.75"))),
    ]
    assert pivot.totals == (Decimal("5950.25"), Decimal("6460.75"))


def test_a_variance_is_this_minus_other(budget: Store, viewer: Viewer) -> None:
    rows = compare_columns(pivot_budget(budget, viewer, "object"), PROPOSED, ACTUAL)
    assert [(row.code, row.this, row.other, row.difference) for row in rows] == [
        ("100", Decimal(6100), Decimal(5900), Decimal(200)),
        ("610", Decimal(300), Decimal(0), Decimal(300)),
        ("650", Decimal("60.75"), Decimal("50.25"), Decimal("10.50")),
    ]
    assert rows[0].change_fraction == pytest.approx(200 / 5900)
    assert rows[1].change_fraction is None


def test_a_variance_against_a_year_without_lines_is_against_zero(budget: Store, viewer: Viewer) -> None:
    rows = compare_columns(pivot_budget(budget, viewer, "fund"), PROPOSED, YearBasis("FY2019-20", "actual"))
    assert all(row.other == 0 and row.difference == row.this for row in rows)


def test_a_line_carries_its_cell(budget: Store, viewer: Viewer) -> None:
    [line] = list_lines(budget, viewer, LineFilter("FY2026-27", vendor="Acme")).lines
    assert (line.sheet, line.cell, line.row_number, line.column_letter) == ("General fund", "E6", 6, "E")
    assert (line.amount, line.is_technology, line.technology_rule) == (Decimal("60.75"), True, "function 2580")
    assert (line.series, line.file_name, line.side) == ("Expenditure budget", "budget.xlsx", "expenditure")


def test_lines_come_a_page_at_a_time_with_the_count_of_all(budget: Store, viewer: Viewer) -> None:
    pages = [list_lines(budget, viewer, ALL_LINES, limit=4, offset=offset) for offset in (0, 4, 8)]
    assert [len(page.lines) for page in pages] == [4, 4, 1]
    assert {page.total_lines for page in pages} == {9}
    cells = [line.cell for page in pages for line in page.lines]
    assert cells == ["D5", "E5", "F5", "D6", "E6", "D7", "E7", "F7", "E8"]


def test_lines_can_come_with_the_largest_first(budget: Store, viewer: Viewer) -> None:
    page = list_lines(budget, viewer, NEXT_YEAR, order="amount")
    assert [line.amount for line in page.lines] == [5100, 1000, 300, Decimal("60.75")]


def test_no_lines_are_an_empty_page(store: Store, viewer: Viewer) -> None:
    page = list_lines(store, viewer)
    assert (page.lines, page.total_lines, page.total_amount) == ((), 0, Decimal(0))


def test_an_export_has_every_line_and_every_field(budget: Store, viewer: Viewer) -> None:
    lines = list(export_lines(budget, viewer))
    assert len(lines) == 9
    assert len(lines[0]) == len(LINE_FIELDS)
    assert tuple(lines) == list_lines(budget, viewer, ALL_LINES).lines


def test_technology_by_account_sums_dollars_spent(budget: Store, viewer: Viewer) -> None:
    accounts = technology_by_account(budget, viewer, "FY2026-27", "proposed")
    assert [(one.account, one.amount, one.lines) for one in accounts] == [
        ("10-2580-100", Decimal(1000), 1),
        ("10-2580-650", Decimal("60.75"), 1),
    ]


def test_an_account_that_lacks_a_code_keeps_its_place(store: Store, viewer: Viewer) -> None:
    rule = {"technology_rule": "word"}
    lines = [({"fund_code": "10", "object_code": "650", **rule}, {"D": 1}), ({"fund_code": "10", **rule}, {"D": 2})]
    publish_reading(store, viewer, make_reading(make_table(lines)))
    accounts = technology_by_account(store, viewer, "FY2026-27", "proposed")
    assert [one.account for one in accounts] == ["10", "10--650"]


def test_a_row_that_knows_its_side_wins_over_its_column(store: Store, viewer: Viewer) -> None:
    lines = [({"side": "revenue"}, {"D": 1}), ({"side": "unknown"}, {"D": 2}), ({}, {"D": 4})]
    publish_reading(store, viewer, make_reading(make_table(lines, {"D": {"side": Side.EXPENDITURE}})))
    groups = summarise_budget(store, viewer, "side")
    assert {group.codes[0]: group.amount for group in groups} == {"revenue": 1, "expenditure": 6}


def test_another_district_sees_none_of_it(budget: Store, viewer: Viewer) -> None:
    other = viewer.at_district("dayton")
    assert list_measures(budget, other) == ()
    assert summarise_budget(budget, other, "fund") == ()
    assert list_lines(budget, other, ALL_LINES).total_lines == 0
    assert list(export_lines(budget, other)) == []
    assert technology_by_account(budget, other, "FY2026-27", "proposed") == ()


def test_a_correction_of_a_columns_meaning_is_one_row(budget: Store, viewer: Viewer) -> None:
    with budget.cursor() as cursor:
        cursor.execute("UPDATE budget_column SET basis = 'adopted' WHERE column_letter = 'E'")
    assert sum(
        group.amount for group in summarise_budget(budget, viewer, "fund", LineFilter(basis="adopted"))
    ) == Decimal("6460.75")
