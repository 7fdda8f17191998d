"""What a file does not say is asked in plain words, never more than it needs."""

import pytest

from data.intake.cells import Sheet, Workbook
from data.intake.doubts import HIDDEN_CHOICES
from data.intake.model import Reading
from data.intake.questions import ANSWER_CHOICES, has_open_question
from data.intake.reading import read_budget
from data.intake.repeats import SAME_MONEY
from planning.vocabulary import ReadingStatus
from tests.data.intake.layouts import read_sheet

SPENDING = "Expenditures"


def ask(*header: str, answers: dict[str, str] | None = None) -> list[str]:
    rows = [[f"Line {n}", *[n + 1.5 + place for place in range(len(header))]] for n in range(3)]
    return [question.key for question in read_sheet(["Item", *header], *rows, answers=answers).questions]


def test_a_file_that_says_everything_is_asked_nothing() -> None:
    assert ask(f"FY25 {SPENDING}", "FY26 Adopted") == []


def test_columns_that_may_be_of_different_years_are_asked_by_their_headers() -> None:
    assert ask(f"Prior {SPENDING}", "Current") == [f"fiscal_year:Prior {SPENDING}", "fiscal_year:Current"]
    assert ask(f"Actual {SPENDING}", "Proposed") == [f"fiscal_year:Actual {SPENDING}", "fiscal_year:Proposed"]


def test_columns_of_one_year_are_asked_once() -> None:
    assert ask(f"North {SPENDING}", "South") == ["fiscal_year"]
    assert ask(f"Original {SPENDING}", "Revised budget", "Encumbered", "Available") == ["fiscal_year"]


def test_many_columns_without_a_year_are_one_question() -> None:
    assert ask(SPENDING, *(f"School {letter}" for letter in "ABCDEFG")) == ["fiscal_year"]


def test_a_question_without_a_default_keeps_the_reading_from_being_published() -> None:
    rows = [["Paper", 1.5], ["Pens", 2]]
    reading = read_sheet(["Item", SPENDING], *rows)
    assert has_open_question(reading.questions) and reading.status is ReadingStatus.NEEDS_CHOICE
    assert "2026-27" in reading.questions[0].question


def test_a_spelled_out_year_settles_what_bare_years_mean() -> None:
    assert ask(f"2025 {SPENDING}", "2026 Adopted") == ["year_convention"]
    assert ask(f"2025 {SPENDING}", "FY2025-26 Adopted") == []


@pytest.mark.parametrize("convention", ANSWER_CHOICES["year_convention"])
def test_an_answered_question_is_not_asked_again(convention: str) -> None:
    assert ask(f"2025 {SPENDING}", answers={"year_convention": convention}) == []


def test_every_question_that_offers_choices_lists_those_the_command_line_takes() -> None:
    sheets = [
        (["Item", "2025 Amount"], [["a", 1.5], ["b", 2]]),
        (["Item", "FY25 (in thousands)"], [["a", 5000], ["b", 2000], ["c", 3000]]),
        (["Item", "FY25", "FY26"], [["a", 1, 2], ["b", 3, 5], ["c", 4, 7]]),
        (["Item", "FY25", "FY26"], [["a", 1, 2], ["b", 3, 5], ["Total", 9, 9]]),
        (["Item", "FY25 Amount"], [["a", "1.234,56"], ["b", "2,50"]]),
    ]
    readings = [*(read_sheet(header, *rows) for header, rows in sheets), read_two_shapes()]
    seen = {q.key: tuple(q.choices) for reading in readings for q in reading.questions}
    assert set(seen) == set(ANSWER_CHOICES) and seen["hidden_totals"] == HIDDEN_CHOICES
    assert all(choices == ANSWER_CHOICES[key] for key, choices in seen.items())


def read_two_shapes(**answers: str) -> Reading:
    """One fiscal year by department and again by object: both add up to 600.00."""
    departments = [["Department", "FY26 Adopted"], ["Library", 100.5], ["Nurses", 199.5], ["Buses", 300.0]]
    objects = [["Object", "FY26 Adopted"], ["Salaries", 400.25], ["Supplies", 99.75], ["Services", 100.0]]
    return read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", departments), Sheet("Two", objects))), answers)


def test_two_tables_of_one_figure_are_asked_about_and_counted_as_answered() -> None:
    [question] = [one for one in read_two_shapes().questions if one.key == SAME_MONEY]
    assert (question.default, "row 1 of sheet Two" in question.question) == ("", True)
    counted = {choice: read_two_shapes(same_money=choice).totals[0].detail_total for choice in question.choices}
    assert counted == {"once": 600, "both": 1200}
