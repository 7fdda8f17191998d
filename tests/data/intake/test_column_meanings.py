"""What each column of amounts means: its fiscal year, basis and unit."""

from data.intake.column_meanings import read_year_answer, settle_values
from data.intake.drafts import TableDraft
from planning.vocabulary import Basis, Unit
from tests.data.intake.layouts import draft, read_sheet


def settled(table: TableDraft, sheet_years: tuple[str, ...] = (), **answers: str) -> list[tuple]:
    settle_values(table, sheet_years, answers)
    return [(value.fiscal_year, value.basis, value.unit) for value in table.values]


def test_the_year_comes_from_the_header_then_the_rows_then_titles_then_the_tab() -> None:
    body = [["Item", "FY25 Budget", "Amount"], ["Paper", 1.5, 2], ["Pens", 3, 4]]
    assert [year for year, _, _ in settled(draft(*body), ("FY2029-30",))] == ["FY2024-25", "FY2029-30"]
    titled = draft(["Budget 2026-27", None, None], *body)
    assert [year for year, _, _ in settled(titled, ("FY2029-30",))] == ["FY2024-25", "FY2026-27"]
    own = draft(["Budget 2026-27", None, None], *body)
    own.own_year = "FY2027-28"
    assert settled(own)[1][0] == "FY2027-28"


def test_a_label_column_with_one_year_on_every_row_gives_it() -> None:
    table = draft(["FY19", "Item", "Amount"], ["FY19", "Paper", 2.5], ["FY19", "Pens", 4])
    assert settled(table)[0][0] == "FY2018-19"


def test_a_column_without_a_basis_shares_that_of_its_neighbour_in_the_same_year() -> None:
    header = ["Item", "2023-24 Actual", "2024-25 Proposed", "2024-25 FTE"]
    assert settled(draft(header, ["a", 1.5, 2, 0.5]))[2] == ("FY2024-25", Basis.PROPOSED, Unit.FTE)


def test_a_column_that_says_nothing_is_an_unspecified_budget_in_dollars() -> None:
    assert settled(draft(["Item", "Amount"], ["a", 1.5], ["b", 2])) == [(None, Basis.BUDGET, Unit.USD)]


def test_an_answer_settles_one_column_or_all() -> None:
    table = draft(["Item", "North", "South"], ["a", 1.5, 2], ["b", 2, 3])
    answers = {"fiscal_year": "2026-27", "fiscal_year:South": "FY2025-26"}
    settle_values(table, (), answers)
    assert [value.fiscal_year for value in table.values] == ["FY2026-27", "FY2025-26"]
    assert read_year_answer({"fiscal_year": "soon"}, "North") is None


def test_twin_columns_have_keys_of_their_own() -> None:
    table = draft(["Item", "FY25 Budget", "FY25 Budget"], ["a", 1.5, 2], ["b", 3, 4])
    settle_values(table, (), {})
    assert len({value.key for value in table.values}) == 2


def test_positions_that_name_no_year_are_of_the_year_of_the_amounts_before_them() -> None:
    header = ["Object", "FY2025-26 Adopted Expenditures", "FTE", "FY2026-27 Proposed Expenditures", "FTE"]
    reading = read_sheet(header, ["Salaries", 500.5, 4, 600, 5], ["Travel", 20, 0, 30, 0], ["Paper", 1, 0, 2, 0])
    positions = [(total.fiscal_year, total.detail_total) for total in reading.totals if total.unit is Unit.FTE]
    assert positions == [("FY2025-26", 4), ("FY2026-27", 5)]


def test_a_year_in_a_remark_is_not_that_of_the_table() -> None:
    reading = read_sheet(
        ["2021-22 Expenditure Budget", None, None],
        ["Item", "Budget", "Explanation"],
        ["Paper", 1.5, None],
        ["Pens", 3, "Moved from 2230 in FY24"],
    )
    assert [total.fiscal_year for total in reading.totals] == ["FY2021-22"]


def test_positions_right_behind_a_column_are_of_its_basis() -> None:
    reading = read_sheet(
        ["Object", "FY2024-25 Actual", "FTE", "FY2025-26 Adopted", "FTE"],
        ["Salaries", 500.5, 4, 600, 5],
        ["Travel", 20, 0, 30, 0],
    )
    positions = [(total.basis, total.detail_total) for total in reading.totals if total.unit is Unit.FTE]
    assert positions == [(Basis.ACTUAL, 4), (Basis.ADOPTED, 5)]
