"""A reading that something speaks against is asked about, not published."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake.cells import CellValue
from data.intake.doubts import find_hidden_totals
from planning.vocabulary import ReadingStatus, RowRole, Severity
from tests.data.intake.layouts import draft, list_codes, read_sheet

HEADER: list[CellValue] = ["Item", "FY25 Actual Expenditures", "FY26 Adopted"]
LINES: list[list[CellValue]] = [["Paper", 1.5, 2], ["Pens", 3, 4], ["Ink", 5, 7]]
BODY: list[list[CellValue]] = [
    *LINES,
    ["Supplies in all", 9.5, 13],
    ["Desks", 8, 9],
    ["Chairs", 7, 6],
    ["Seats", 15, 15.5],
]


def test_a_line_that_equals_the_lines_above_it_is_asked_about() -> None:
    reading = read_sheet(HEADER, *BODY)
    finding = next(finding for finding in reading.findings if finding.code == "hidden_total")
    assert (finding.cell, finding.found, finding.severity) == ("B5", "Supplies in all", Severity.WARNING)
    assert reading.status is ReadingStatus.NEEDS_CHOICE and [q.key for q in reading.questions] == ["hidden_totals"]
    assert "row 5 of sheet Sheet" in reading.questions[0].question


@pytest.mark.parametrize(("answer", "lines", "total"), [("totals", 6, 39.5), ("lines", 7, 49)])
def test_the_answer_settles_whether_it_counts(answer: str, lines: int, total: float) -> None:
    reading = read_sheet(HEADER, *BODY, answers={"hidden_totals": answer})
    assert (reading.published_lines, float(reading.totals[0].detail_total)) == (lines, total)
    assert (reading.status, reading.questions, list_codes(reading)) == (ReadingStatus.READY, (), [])
    assert reading.tables[0].roles[5] is (RowRole.SUBTOTAL if answer == "totals" else RowRole.DETAIL)


def test_a_total_above_its_lines_is_found_too() -> None:
    table = draft(HEADER, ["Supplies", 9.5, 13], *LINES, ["Furniture", 15, 20], ["Desks", 8, 9], ["Chairs", 7, 11])
    find_hidden_totals(table, {})
    assert table.hidden_totals == [0, 4]


TIES = [(9.5, "rows 2–4"), (13, "rows 2–4"), (39.5, "rows 2–8"), (43.5, "rows 2–8")]


@pytest.mark.parametrize("answers", [{}, {"hidden_totals": "totals"}])
def test_a_printed_total_that_adds_up_only_without_them_proves_what_they_are(answers: dict[str, str]) -> None:
    reading = read_sheet(HEADER, *BODY, ["Total", 39.5, 43.5], answers=answers)
    assert (reading.published_lines, reading.questions, list_codes(reading)) == (6, (), [])
    assert [(tie.printed, tie.covers) for tie in reading.tie_outs] == TIES
    assert [float(tie.difference) for tie in reading.tie_outs] == [0, 0, 0, 0]
    assert answers or any("adds up only without them" in reason for reason in reading.tables[0].reasons)


def test_totals_above_their_lines_are_proved_and_tied_to_the_lines_below() -> None:
    body = [["Supplies", 9.5, 13], *LINES, ["Furniture", 15, 20], ["Desks", 8, 9], ["Chairs", 7, 11]]
    reading = read_sheet(HEADER, *body, ["Total", 24.5, 33])
    assert (reading.questions, list_codes(reading), reading.published_lines) == ((), [], 5)
    assert [(tie.label, tie.covers) for tie in reading.tie_outs][::2] == [
        ("Supplies", "rows 3–5"),
        ("Furniture", "rows 7–8"),
        ("Total", "rows 3–8"),
    ]


def test_a_printed_total_that_adds_up_only_with_them_proves_that_they_are_lines() -> None:
    reading = read_sheet(HEADER, *BODY, ["Total", 49, 56.5])
    assert (reading.published_lines, reading.questions, list_codes(reading)) == (7, (), [])


def test_a_total_that_is_off_proves_nothing_and_the_rows_are_asked_about() -> None:
    reading = read_sheet(HEADER, *BODY, ["Total", 40, 43.5])
    assert [question.key for question in reading.questions] == ["hidden_totals"]
    assert "total_mismatch" in list_codes(reading)


def test_the_same_figure_in_every_year_proves_nothing() -> None:
    rows = [["a", 250.5, 250.5], ["b", 250.5, 250.5], ["c", 501, 501]]
    assert not read_sheet(HEADER, *rows).questions


def test_a_line_with_an_account_code_is_a_line_whatever_it_equals() -> None:
    coded = [[f"10-1000-{n}00", *row[1:]] for n, row in enumerate(BODY)]
    assert not read_sheet(["Account", *HEADER[1:]], *coded).questions


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10**7), st.integers(1, 10**7)), min_size=2, max_size=8, unique=True))
def test_any_sum_of_the_lines_above_is_found(lines: list[tuple[int, int]]) -> None:
    sums = [sum(column) for column in zip(*lines, strict=True)]
    rows = [[f"Line {n}", a / 100, b / 100] for n, (a, b) in enumerate(lines)]
    table = draft(HEADER, *rows, ["All of it", sums[0] / 100, sums[1] / 100])
    find_hidden_totals(table, {})
    assert table.hidden_totals or sums[0] == sums[1]


def test_when_most_printed_totals_are_off_nothing_is_published_unasked() -> None:
    rows = [*LINES, ["Total", 12, 14]]
    asked = read_sheet(HEADER, *rows)
    assert (asked.status, [q.key for q in asked.questions]) == (ReadingStatus.NEEDS_CHOICE, ["totals_off"])
    assert asked.questions[0].question.startswith("2 of 2 printed totals differ")
    answered = read_sheet(HEADER, *rows, answers={"totals_off": "publish"})
    assert answered.status is ReadingStatus.READY and list_codes(answered) == ["total_mismatch"] * 2


def test_a_few_wrong_totals_are_warnings_and_no_question() -> None:
    reading = read_sheet(HEADER, *LINES, ["Total", 9.5, 14])
    assert (reading.status, list_codes(reading)) == (ReadingStatus.READY, ["total_mismatch"])
