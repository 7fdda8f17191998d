"""Cells as numbers: every accounting spelling reads back, nothing else is ever a number."""

from array import array
from math import inf, isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.numbers import (
    cell_text,
    cell_texts,
    is_malformed_number,
    is_placeholder,
    is_year,
    leave_blanks_out,
    look_up,
    looks_like_money,
    pick,
    read_amount_column,
    read_amount_text,
)

NEGATIVES = ("-{0}", "({0})", "-${0}", "$-{0}", "$({0})", "(${0})", "{0}-", "−{0}", "- {0}", "$ ({0})")
POSITIVES = ("{0}", "${0}", "$ {0}", " {0} ")
CENTS = st.integers(0, 10**13)


@given(CENTS, st.sampled_from(POSITIVES + NEGATIVES), st.booleans(), st.booleans())
def test_money_in_any_accounting_spelling_reads_back(cents: int, form: str, commas: bool, decimals: bool) -> None:
    cents = cents if decimals else cents - cents % 100
    size = f"{cents / 100:{',' if commas else ''}.{2 if decimals else 0}f}"
    expected = -cents / 100 if form in NEGATIVES else cents / 100
    assert read_amount_text(form.format(size)) == pytest.approx(expected, abs=0.001)


@given(st.text(alphabet="0123456789.,-($) ", max_size=14))
def test_a_text_is_an_amount_malformed_or_neither_but_never_two(text: str) -> None:
    read = read_amount_text(text)
    assert not (read is not None and is_malformed_number(text))
    assert read is None or read == read


@pytest.mark.parametrize("text", ["793.138.22", "1,23", "(12", "12,", "1.234,56", "12.5.1"])
def test_a_malformed_number_is_no_number_and_no_word(text: str) -> None:
    assert read_amount_text(text) is None and is_malformed_number(text)


@pytest.mark.parametrize("text", ["12 pieces", "FY25", "06/25/2024", "TRUE", "$", "10-2580", "1e5", "++1", "١٢"])
def test_words_and_dates_are_neither_numbers_nor_malformed_numbers(text: str) -> None:
    assert not is_malformed_number(text) and not looks_like_money(text)


@pytest.mark.parametrize("text", ["-", "—", "N/A", " n/a ", "#Missing", "TBD", "$ -", "None"])
def test_a_placeholder_is_empty_and_its_text_is_kept(text: str) -> None:
    column = read_amount_column([1.0, text])
    assert is_placeholder(text) and isnan(column.amounts[1])
    assert (column.placeholders, column.written, column.unreadable) == ({1: text}, {}, {})


def test_a_column_keeps_numbers_texts_and_what_cannot_be_read_apart() -> None:
    column = read_amount_column([None, 2, 3.5, "$4", "four", True])
    assert [amount for amount in column.amounts if amount == amount] == [2, 3.5, 4]
    assert (column.written, column.unreadable) == ({3: "$4"}, {4: "four"})


def test_a_number_too_large_for_money_is_unreadable() -> None:
    assert is_malformed_number("1" * 400)
    column = read_amount_column(["9" * 400])
    assert isnan(column.amounts[0]) and list(column.unreadable) == [0]


@pytest.mark.parametrize(("text", "is_money"), [("$5", True), ("1,234", True), ("5.5", True), ("(7)", True)])
def test_a_written_amount_carries_a_mark_that_codes_do_not_have(text: str, is_money: bool) -> None:
    assert looks_like_money(text) is is_money and not looks_like_money("2580")


@pytest.mark.parametrize(("cell", "expected"), [(2025, True), (2025.0, True), ("2025", True), (1889, False)])
def test_a_year_in_a_header_may_be_a_number_or_a_text(cell: float | str, expected: bool) -> None:
    assert is_year(cell) is expected and not is_year(2025.5) and not is_year(None) and not is_year("FY2025")


@given(st.lists(st.integers(), min_size=1, max_size=30), st.data())
def test_picking_is_indexing(values: list[int], data: st.DataObject) -> None:
    positions = sorted(data.draw(st.sets(st.integers(0, len(values) - 1))))
    assert list(pick(values, positions)) == [values[position] for position in positions]


@given(st.lists(st.one_of(st.none(), st.text(max_size=8), st.floats(-1e9, 1e9), st.integers(-99, 99), st.booleans())))
def test_a_column_of_texts_is_each_cells_text(cells: list) -> None:
    assert cell_texts(cells) == [cell_text(cell) for cell in cells]


@pytest.mark.parametrize(
    ("cell", "text"), [(2580.0, "2580"), (12.5, "12.5"), (" a  b ", "a b"), ("a\nb\xa0", "a b"), (None, ""), (7, "7")]
)
def test_a_label_cell_is_its_text_without_needless_decimals(cell: float | str | None, text: str) -> None:
    assert cell_text(cell) == text


def test_texts_without_a_meaning_are_blank() -> None:
    assert look_up(["10", "", "20", "10"], {"10": "General"}) == ["General", "", "", "General"]
    assert look_up(["10", "20"], {}) == ["", ""]


def test_blank_cells_are_left_out_of_a_sum() -> None:
    assert [*leave_blanks_out(array("d", [1.0, nan, 2.5]))] == [1.0, 2.5]
    assert [*leave_blanks_out(array("d", [1.0, 2.5]))] == [1.0, 2.5]
    assert [*leave_blanks_out(array("d", [inf, -inf, nan]))] == [inf, -inf]
