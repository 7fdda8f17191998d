"""Columns headed last, this and next year, counted from the year of the report."""

from data.intake.model import Reading
from data.intake.relative_years import read_offset
from planning.vocabulary import Basis
from tests.data.intake.layouts import read_sheet

HEADERS = ["Last Yr Actual", "This Yr Budget", "Next Yr Requested"]


def _read(title: str, headers: list[str], **answers: str) -> Reading:
    rows = [["Salaries", 100.5, 200.5, 300.5], ["Supplies", 10.0, 20.0, 30.0], ["Total", 110.5, 220.5, 330.5]]
    return read_sheet([f"Expenditures {title}"], ["Object", *headers], *rows, answers=answers)


def _years(reading: Reading) -> dict[Basis, str | None]:
    return {total.basis: total.fiscal_year for total in reading.totals}


def test_columns_are_counted_from_the_year_that_a_person_names() -> None:
    reading = _read("", HEADERS)
    assert [(question.key, question.default) for question in reading.questions] == [("fiscal_year:this year", "")]
    assert set(_years(reading).values()) == {None}
    answered = _read("", HEADERS, **{"fiscal_year:this year": "2024-25"})
    assert not answered.questions
    assert _years(answered) == {
        Basis.ACTUAL: "FY2023-24",
        Basis.BUDGET: "FY2024-25",
        Basis.REQUESTED: "FY2025-26",
    }


def test_over_a_column_of_next_year_a_title_may_name_either() -> None:
    reading = _read("Fiscal Year 2025", HEADERS)
    assert [(question.key, question.default) for question in reading.questions] == [
        ("fiscal_year:this year", "2024-25")
    ]
    assert _years(reading)[Basis.REQUESTED] == "FY2025-26"


def test_beside_a_proposal_the_title_names_the_year_of_the_proposal() -> None:
    reading = _read("Fiscal Year 2025-26", ["Previous Year Actual", "Current Year Budget", "Proposed Budget"])
    assert not reading.questions
    assert _years(reading) == {Basis.ACTUAL: "FY2023-24", Basis.BUDGET: "FY2024-25", Basis.PROPOSED: "FY2025-26"}


def test_the_year_before_is_that_before_the_title() -> None:
    reading = _read("Fiscal Year 2024-25", ["Prior Actual", "Original Budget", "Revised Budget"])
    assert _years(reading)[Basis.ACTUAL] == "FY2023-24"
    assert _years(reading)[Basis.REVISED] == "FY2024-25"
    assert not reading.questions


def test_what_was_carried_over_and_a_month_are_of_this_year() -> None:
    assert read_offset("Prior FY Carryover Encumbrances", Basis.ENCUMBERED) is None
    assert read_offset("Prior Month Actual", Basis.ACTUAL) is None
    assert read_offset("Second Preceding Year Actual", Basis.ACTUAL) == -2
    assert read_offset("Previous Balance", Basis.AVAILABLE) is None
