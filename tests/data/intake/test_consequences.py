"""A question says what depends on its answer, in the figures of the file, and what is taken without one."""

from dataclasses import replace

import pytest

from data.intake.cells import Sheet, Workbook
from data.intake.consequences import CHOICE_WORDS, describe_choice, describe_consequence
from data.intake.model import Question, Reading
from data.intake.questions import ANSWER_CHOICES, FISCAL_YEAR
from data.intake.reading import read_budget
from data.intake.twins import BUDGET_COLUMN


def read_file(header: str) -> Reading:
    rows = (("Account", "Description", header), ("10-2580-350", "Network", 1200.0), ("10-2580-650", "Software", 450.0))
    return read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", rows),)))


def test_every_choice_of_every_question_has_words() -> None:
    assert {key: tuple(words) for key, words in CHOICE_WORDS.items()} == dict(ANSWER_CHOICES)
    assert describe_choice("side", "revenue") == "They are revenues"
    assert describe_choice("fiscal_year", "2026-27") == "2026-27"


@pytest.mark.parametrize("key", [*ANSWER_CHOICES, FISCAL_YEAR, f"{BUDGET_COLUMN}:FY2026-27"])
def test_every_question_says_what_depends_on_it(key: str) -> None:
    effect = describe_consequence(Question(key, "?", (), ""), read_file("2026-27 Budget"))
    assert effect.startswith("It decides ") and effect.endswith("Nothing can be published before it is answered.")


def test_the_side_is_told_with_the_dollars_and_what_is_taken_for_granted() -> None:
    reading = read_file("2026-27 Budget")
    [question] = [question for question in reading.questions if question.key == "side"]
    assert describe_consequence(question, reading) == (
        "It decides whether the amounts ($1,650 in “2026-27 Budget”) are money spent or money that comes in; the two "
        "are never added up. "
        "Without an answer: they are expenditures."
    )


def test_a_missing_year_names_the_dollars_without_one() -> None:
    reading = read_file("Amount")
    [question] = [question for question in reading.questions if question.key == FISCAL_YEAR]
    assert "in which year the amounts ($1,650 in “Amount”) stand." in describe_consequence(question, reading)
    assert "in which year the amounts stand." in describe_consequence(question, replace(reading, totals=()))


def test_an_unknown_question_promises_nothing() -> None:
    assert describe_consequence(Question("new", "?", ("a",), "a"), read_file("2026-27 Budget")) == (
        "Without an answer: a."
    )
