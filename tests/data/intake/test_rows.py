"""What the rows of a table are: labels and filled cells decide, amounts never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.drafts import TableDraft
from data.intake.rows import is_total_label
from planning.vocabulary import RowRole
from tests.data.intake.layouts import draft, read_sheet

HEADER = ["Code", "Item", "FY25 Budget", "FY26 Budget"]
DETAIL, TOTAL, NOTE = RowRole.DETAIL, RowRole.SUBTOTAL, RowRole.NOTE


def list_roles(table: TableDraft) -> list[str]:
    return [str(table.roles[row]) for row in table.body]


def read(*rows: list) -> list[str]:
    return list_roles(draft(HEADER, *rows))


@pytest.mark.parametrize("label", ["Total", "TOTAL:", "Sub-Total", "Grand Total", "Total - Fund 10", "Fund 10 totals"])
def test_a_row_is_a_total_by_its_label(label: str) -> None:
    roles = read(["1", "Paper", 1.5, 2], ["2", "Pens", 3, 4], [None, label, 4.5, 6])
    assert roles == [DETAIL, DETAIL, TOTAL]


def test_a_row_without_any_label_is_a_total_where_all_lines_have_one() -> None:
    assert read(["1", "Paper", 1.5, 2], ["2", "Pens", 3, 4], [None, None, 4.5, 6])[-1] == TOTAL


def test_a_remark_beside_a_row_without_label_does_not_make_it_a_line() -> None:
    header = ["Item", "FY25 Budget", "FY26 Budget", None]
    body = [["Paper", 1.5, 2, None], ["Pens", 3, 4, None]] * 5
    table = draft(header, *body, ["Total", 22.5, 30, None], [None, 22.5, 30, "as of May"])
    assert list_roles(table)[-2:] == [TOTAL, TOTAL]


def test_a_row_of_zeros_without_label_says_nothing() -> None:
    assert read(["1", "Paper", 1.5, 2], ["2", "Pens", 3, 4], [None, None, 0, 0])[-1] == NOTE


def test_a_title_that_contains_the_word_total_is_a_line_when_it_has_a_code() -> None:
    roles = read(
        ["1", "Paper", 1.5, 2], ["241", "Total compensation", 3, 4], ["3", "Pens", 3, 4], [None, "Total", 7, 8]
    )
    assert roles == [DETAIL, DETAIL, DETAIL, TOTAL]


def test_labels_printed_again_beside_a_second_panel_say_total_too() -> None:
    header = ["Item", "FY25 Budget", None, "FY24 Actual"]
    table = draft(header, ["Paper", 1.5, "Paper", 2], ["Pens", 3, "Pens", 4], ["Total", 4.5, "Total", 6])
    assert list_roles(table)[-1] == TOTAL


def test_what_is_taken_off_below_a_total_is_no_line_and_no_total() -> None:
    roles = read(
        ["1", "Paper", 1.5, 2],
        ["2", "Pens", 3, 4],
        [None, "Total funds", 4.5, 6],
        [None, "Less: transfers", 1, 1],
        [None, "Operating budget", 3.5, 5],
        [None, None, 77, None],
    )
    assert roles == [DETAIL, DETAIL, TOTAL, NOTE, RowRole.TOTAL, NOTE]


def test_adjustments_end_where_the_next_total_is_printed() -> None:
    body = [
        ["1", "Paper", 1.5, 2],
        [None, "Total", 1.5, 2],
        [None, "Less transfers", 1, 1],
        [None, "Total net", 0.5, 1],
    ]
    assert read(*body)[2:] == [NOTE, RowRole.TOTAL]


@pytest.mark.parametrize("label", ["Less than full-time staff", "Lessons", "Leased devices"])
def test_other_words_take_nothing_off(label: str) -> None:
    assert read(["1", "Paper", 1.5, 2], [None, "Total", 1.5, 2], ["2", label, 3, 4])[-1] == DETAIL


def test_less_above_the_first_total_is_a_line_like_others() -> None:
    assert read(["1", "Paper", 1.5, 2], ["2", "Less: refunds", -1, -1], [None, "Total", 0.5, 1]) == [
        DETAIL,
        DETAIL,
        TOTAL,
    ]


def test_a_row_of_words_is_a_heading_above_numbers_and_a_note_below_them() -> None:
    roles = read(["Instruction", None, None, None], ["1", "Paper", 1.5, 2], ["Unaudited.", None, None, None])
    assert roles == [RowRole.HEADING, DETAIL, NOTE]


def test_a_long_sentence_between_lines_is_a_note() -> None:
    roles = read(["1", "Paper", 1.5, 2], ["Note: " + "word " * 30, None, None, None], ["2", "Pens", 3, 4])
    assert roles[1] == NOTE


def test_an_empty_row_is_blank() -> None:
    assert read(["1", "Paper", 1.5, 2], [None] * 4, ["2", "Pens", 3, 4])[1] == RowRole.BLANK


def test_a_malformed_number_keeps_its_row_a_line() -> None:
    assert read(["1", "Paper", 1.5, 2], ["2", "Pens", "793.138.22", None], ["3", "Ink", 3, 4])[1] == DETAIL


def test_headings_and_totals_know_how_many_lines_stand_before_them() -> None:
    table = draft(HEADER, ["1", "a", 1.5, 2], ["Next", None, None, None], ["2", "b", 3, 4], [None, "Total", 4.5, 6])
    assert [heading.detail_before for heading in table.headings] == [1]
    assert [(total.label, total.detail_before) for total in table.totals] == [("Total", 2)]


@given(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3))
def test_amounts_never_decide_what_a_row_is(amounts: list[float]) -> None:
    rows = [[str(n), f"Line {n}", amount, 1.5] for n, amount in enumerate(amounts)]
    assert read(*rows, [None, "Total", 1.5, 4.5]) == [DETAIL, DETAIL, DETAIL, TOTAL]


@given(st.text(alphabet="abdefghijkmnpqrsuvwxyz ", max_size=20))
def test_without_the_word_no_label_is_a_total(text: str) -> None:
    assert not is_total_label(text) and is_total_label(f"{text} total")


def test_lines_that_are_all_called_totals_of_their_codes_are_lines() -> None:
    rows = [["00370", "Subtotal Local", 20.5], ["00520", "Subtotal State", 30.0], [None, "Total", 50.5]]
    reading = read_sheet(["Expenditures 2024-25"], ["Line", "Description", "Adopted Budget"], *rows)
    assert [str(total.detail_total) for total in reading.totals] == ["50.500000"]
    assert [str(tie.difference) for tie in reading.tie_outs] == ["0.000000"]


def test_codes_filled_up_with_zeros_are_no_amounts_under_a_header_of_amounts() -> None:
    rows = [["03200", "Instruction", 20.5], ["10300", "Support", 30.0], [None, "Total", 50.5]]
    reading = read_sheet(["Fiscal Year 2024-25"], ["Expenditures:", None, "Adopted Budget"], *rows)
    assert [column.header for column in reading.tables[0].columns] == ["Adopted Budget"]
    assert not reading.questions and not reading.findings
