"""Columns of one table with one meaning: parts of an amount, drafts by known authors, or a question."""

import pytest

from data.intake.cells import CellValue
from data.intake.model import Reading
from data.intake.twins import ALL_ADDED
from data.store.budget_queries import list_measures
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.viewer import Viewer
from planning.permissions import Role
from planning.vocabulary import Basis, ReadingStatus, TableKind
from tests.data.intake.layouts import list_codes, read_sheet

Rows = list[list[CellValue]]
FIGURES = {"Paper": (10.5, 9.0), "Pens": (20.0, 19.5), "Ink": (5.0, 5.0)}
ROWS: Rows = [[name, *amounts] for name, amounts in FIGURES.items()]
SUMMED: Rows = [[name, *amounts, sum(amounts)] for name, amounts in FIGURES.items()]
YEAR = "FY2025-26"
KEY = f"budget_column:{YEAR}"


def read(first: str, second: str, answers: dict[str, str] | None = None) -> Reading:
    return read_sheet(["Expenditures", first, second], *ROWS, answers=answers)


def publish(reading: Reading) -> dict[str, float]:
    """What a store holds of a reading, by basis."""
    store, viewer = Store(":memory:"), Viewer("Dana", Role.ADMIN, "harlow")
    publish_reading(store, viewer, reading)
    measures = list_measures(store, viewer)
    store.close()
    return {str(measure.basis): float(measure.amount) for measure in measures}


@pytest.mark.parametrize(
    ("first", "second", "bases"),
    [
        ("FY26 DEPT", "FY26 ADMIN", (Basis.REQUESTED, Basis.RECOMMENDED)),
        ("FY26 Superintendent", "FY26 School Board", (Basis.RECOMMENDED, Basis.ADOPTED)),
        ("FY26 Requested", "FY26 Town Manager", (Basis.REQUESTED, Basis.RECOMMENDED)),
        ("FY26 Department", "FY26 Town Meeting", (Basis.REQUESTED, Basis.ADOPTED)),
    ],
)
def test_who_wrote_a_draft_says_its_basis(first: str, second: str, bases: tuple[Basis, Basis]) -> None:
    reading = read(first, second)
    assert tuple(column.basis for column in reading.tables[0].columns) == bases
    assert (reading.questions, reading.status) == ((), ReadingStatus.READY)
    assert publish(reading) == {str(bases[0]): 35.5, str(bases[1]): 33.5}


def test_a_single_column_of_a_department_is_its_budget() -> None:
    reading = read("FY25 Dept", "FY26 Dept")
    assert [column.basis for column in reading.tables[0].columns] == [Basis.BUDGET, Basis.BUDGET]


def test_drafts_that_nothing_tells_apart_are_one_question_with_a_default() -> None:
    reading = read("FY26 Draft A", "FY26 Draft B")
    [question] = reading.questions
    assert (question.key, question.default) == (KEY, "FY26 Draft B")
    assert question.choices == ("FY26 Draft A", "FY26 Draft B", ALL_ADDED)
    assert "“FY26 Draft A” and “FY26 Draft B”" in question.question
    assert [column.counted for column in reading.tables[0].columns] == [False, True]
    assert publish(reading) == {"budget": 33.5}


@pytest.mark.parametrize(("answer", "total"), [("FY26 Draft A", 35.5), ("FY26 Draft B", 33.5), (ALL_ADDED, 69)])
def test_the_answer_says_which_of_them_counts(answer: str, total: float) -> None:
    reading = read("FY26 Draft A", "FY26 Draft B", {KEY: answer})
    assert reading.questions == () and publish(reading) == {"budget": total}


def test_both_drafts_keep_their_own_total() -> None:
    reading = read_sheet(["Expenditures", "FY26 Draft A", "FY26 Draft B"], *ROWS, ["Total", 35.5, 33.5])
    assert [(tie.cell, tie.difference) for tie in reading.tie_outs] == [("B5", 0), ("C5", 0)]


def test_parts_that_a_column_of_totals_adds_up_are_added_up_without_a_question() -> None:
    reading = read_sheet(["FY26 Expenditures"], [], ["Item", "North School", "South School", "Total"], *SUMMED)
    assert (reading.questions, list_codes(reading)) == ((), [])
    assert reading.tables[0].kind is TableKind.CROSSTAB and publish(reading) == {"budget": 69}


def test_parts_without_a_column_of_totals_are_added_up_and_that_is_asked() -> None:
    reading = read_sheet(["FY26 Expenditures"], [], ["Item", "North School", "South School"], *ROWS)
    assert [(question.key, question.default) for question in reading.questions] == [(KEY, ALL_ADDED)]
    assert publish(reading) == {"budget": 69}


def test_administration_and_departments_under_the_year_of_the_page_are_parts() -> None:
    reading = read_sheet(["FY26 Expenditures"], [], ["Item", "Administration", "Departments"], *ROWS)
    assert [column.basis for column in reading.tables[0].columns] == [Basis.BUDGET, Basis.BUDGET]
    assert [question.key for question in reading.questions] == [KEY]


def test_rates_side_by_side_are_no_twins() -> None:
    reading = read_sheet(["FY26 Expenditures"], [], ["Item", "Cost per pupil", "State per pupil", "Amount"], *(
        [*row, 7.5 * number] for number, row in enumerate(ROWS, 1)
    ))  # fmt: skip
    assert reading.questions == () and reading.status is ReadingStatus.READY


@pytest.mark.parametrize("name", ["All Funds", "Everything"])
def test_a_column_that_adds_up_its_neighbours_is_counted_once_whatever_it_is_called(name: str) -> None:
    reading = read_sheet(["FY26 Expenditures"], [], ["Item", "General fund", "Grants", name], *SUMMED)
    assert [column.header for column in reading.tables[0].columns] == ["General fund", "Grants"]
    assert reading.questions == () and publish(reading) == {"budget": 69}


def test_a_cell_that_is_off_in_a_column_of_all_funds_is_reported() -> None:
    rows = [SUMMED[0], [*SUMMED[1][:3], 40], SUMMED[2]]
    reading = read_sheet(["FY26 Expenditures"], [], ["Item", "General fund", "Grants", "All Funds"], *rows)
    assert list_codes(reading) == ["row_total_mismatch"] and publish(reading) == {"budget": 69}


def test_columns_of_rows_that_are_years_are_asked_about_once_for_every_year() -> None:
    rows = [["FY2023-24", 500.5, 400], ["FY2024-25", 510, 410], ["FY2025-26", 520, 420]]
    reading = read_sheet(["Expenditures"], ["Fiscal year", "Elementary", "Secondary"], *rows)
    [question] = reading.questions
    assert question.key == "budget_column:every year" and "all read as of one year budget" in question.question


def test_of_unlike_columns_the_one_that_names_its_basis_counts_unless_a_person_says_otherwise() -> None:
    rows = [["Paper", 100.5, 90, 3, 4], ["Pens", 50, 45, 1, 2], ["Ink", 5, 4, 2, 2]]
    headers = ["Object", "Budget", "Target", "Encumbered", "Pre-Encumbered"]
    reading = read_sheet(["Expenditures 2024-25"], headers, *rows)
    asked = {question.key: question.default for question in reading.questions}
    assert asked == {
        "budget_column:FY2024-25": "Budget",
        "budget_column:FY2024-25 encumbered": "all of them, added up",
    }
    assert [column.header for column in reading.tables[0].columns if not column.counted] == ["Target"]
    answered = read_sheet(
        ["Expenditures 2024-25"], headers, *rows, answers={"budget_column:FY2024-25 encumbered": "Encumbered"}
    )
    assert [question.key for question in answered.questions] == ["budget_column:FY2024-25"]
